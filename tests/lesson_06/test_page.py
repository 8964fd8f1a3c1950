"""A text on pages, and its words."""

from hypothesis import given
from hypothesis import strategies as st

from lessons_lib.lesson_06.page import line_starts, page_with, words


@given(st.text(alphabet="ab \n", max_size=80), st.integers(0, 80))
def test_every_character_stands_on_one_page(text, place):
    starts = line_starts(text, 10)
    assert all(1 <= b - a <= 10 for a, b in zip(starts, [*starts[1:], len(text)], strict=False))
    place = min(place, len(text))
    page = page_with(text, place, 10, 3)
    assert "".join(page.lines) == text[page.first : page.end].replace("\n", "↵")
    assert not text or page.first <= min(place, len(text) - 1) < page.end
    assert len(page.lines) <= 3
    for index, character in enumerate(text[page.first : page.end].replace("\n", "↵")):
        assert page.lines[page.line[index]][page.column[index]] == character


def test_words_hold_all_that_is_not_blank_before_the_first():
    assert [" ab\n c"[a:b] for a, b in words(" ab\n c")] == ["ab\n ", "c"]
