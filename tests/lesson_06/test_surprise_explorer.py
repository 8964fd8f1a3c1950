"""The Surprise explorer: what it computes, and what it does with whatever is typed, pasted or uploaded."""

import numpy as np
import pytest
import sweep

from lessons_lib.lesson_06 import SurpriseExplorer
from lessons_lib.lesson_06.surprise_explorer import NONE, TAKEN, opening_text
from lessons_lib.maths.errors import InputError
from lessons_lib.text import shelf
from lessons_lib.text.models import from_function, surprisals

ORDER_2, ORDER_0 = shelf.TRAINED[2], shelf.TRAINED[0]


@pytest.mark.parametrize("name", [shelf.UNIFORM, ORDER_2, shelf.MIXTURE])
@pytest.mark.parametrize("text", ["", "a", "naïve 😀 漢\n\tend", "ALL WELL HERE. " * 3])
def test_costs_against_the_model_byte_by_byte(name, text):
    explorer = SurpriseExplorer(text=text, model=name)
    given = surprisals(shelf.trained(name), text.encode("utf-8"))
    cost = explorer.result.cost
    assert cost.total == pytest.approx(given.sum())
    at = 0
    for character, bits in zip(text, cost.bits, strict=True):
        size = len(character.encode("utf-8"))
        assert bits == pytest.approx(given[at : at + size].sum())
        at += size
    assert cost.by_word.sum() == pytest.approx(cost.total if not text or not text[0].isspace() else 0)


def test_at_the_end_of_the_opening_text_there_is_room_to_type():
    explorer = SurpriseExplorer()
    longer = explorer.controls["text"].value + " One more."
    sweep.set_control(explorer, "text", longer)
    assert explorer.result.characters == len(longer)
    assert explorer.state.at == len(longer) + 1


def test_of_a_long_text_the_beginning_counts_and_all_of_it_stays():
    explorer = SurpriseExplorer()
    sweep.set_control(explorer, "text", "word " * 20_000)
    assert explorer.result.characters == TAKEN
    assert explorer.controls["text"].value == "word " * 20_000
    assert "Of 100,000 characters the first 1,000 are counted; the rest stays in the box." in explorer.describe()
    sweep.set_control(explorer, "at", 500)
    assert "first 1,000" in explorer.describe()
    sweep.set_control(explorer, "text", "short")
    assert "counted" not in explorer.describe()
    sweep.set_control(explorer, "text", "")
    assert "An empty text costs 0 bits" in explorer.describe()


@pytest.mark.parametrize(
    ("name", "content", "said", "taken"),
    [
        ("a.txt", "Ein Café".encode(), "From a.txt", "Ein Café"),
        ("latin.txt", "Ein Café".encode("latin-1"), "Windows-1252", "Ein Café"),
        ("empty.txt", b"", "empty.txt is not taken", None),
        ("picture.png", b"\x89PNG\0\0", "picture.png is not taken", None),
        ("<b>.txt", b"bold", "From <b>.txt", "bold"),
        ("long.txt", b"a" * 6_000_000, "The beginning of long.txt, which has 6,000,000 bytes", "a" * TAKEN),
        ("long.txt", ("a" + "é" * 90_000).encode(), "which has 180,001 bytes.", "a" + "é" * (TAKEN - 1)),
        ("long.txt", "ab😀".encode() * 20_001, "which has 120,006 bytes.", "ab😀" * (TAKEN // 3) + "a"),
    ],
)
def test_uploads(name, content, said, taken):
    explorer = SurpriseExplorer()
    for _ in range(2):  # the same file may be sent again
        sweep.set_control(explorer, "upload", (name, content))
        assert said in explorer.describe()
        assert explorer.state.text == (opening_text() if taken is None else taken)
        sweep.set_control(explorer, "at", 2)


def test_a_file_as_the_browser_sends_it():
    explorer = SurpriseExplorer()
    message = {"name": "m.txt", "size": 6, "content": memoryview(b"a file"), "sent": 1}
    explorer.controls["upload"].set_state(message)
    assert explorer.state.text == "a file"


def test_the_cursor_follows_what_is_typed():
    explorer = SurpriseExplorer(text="the cat")
    for text, at in (("the cats", 9), ("the bcats", 6), ("the cats", 5), ("t", 2), ("", 1), ("x" * 30, 1)):
        sweep.set_control(explorer, "text", text)
        assert explorer.state.at == at


def test_two_models_character_by_character():
    explorer = SurpriseExplorer(text="the example", model=ORDER_2, other=ORDER_0)
    one, two = explorer.result.cost, explorer.result.other
    alone = SurpriseExplorer(text="the example", model=ORDER_0).result.cost
    np.testing.assert_array_equal(two.bits, alone.bits)
    assert f"{abs(two.total - one.total):.1f} bits more in all" in explorer.describe()
    _label, p, other = explorer.result.expected[0]
    assert p == one.before(explorer.state.at).max()
    assert other == two.before(explorer.state.at)[int(one.before(explorer.state.at).argmax())]
    explorer.move(other=ORDER_2)
    assert "as much in all" in explorer.describe()
    explorer.move(other=NONE)
    assert explorer.result.other is None


def test_a_click_puts_the_cursor_on_a_letter():
    explorer = SurpriseExplorer()
    page, to_figure = explorer.figure.view.page, explorer.figure.fig.transFigure.inverted()
    for line, column in ((0, 3), (2, 0), (1, 20)):
        at = to_figure.transform(page.transData.transform(((column + 0.5) * 10, line * 46 + 25)))
        sweep.drag(explorer, *at, *at, gesture=line)
        place = explorer.state.at - 1 - explorer.result.page.first
        assert explorer.result.page.line[place] == line
        assert explorer.result.page.column[place] == min(column, len(explorer.result.page.lines[line]) - 1)


def test_the_learner_s_own_model_among_the_others():
    spike = np.full(256, 0.5 / 255)
    spike[ord("e")] = 0.5
    explorer = SurpriseExplorer(mine=from_function(lambda context: spike), text="ee", model="yours")
    assert explorer.result.cost.total == pytest.approx(2)
    assert "Under yours, 2 characters cost 2.00 bits" in explorer.describe()
    with pytest.raises(InputError, match="model"):
        SurpriseExplorer(model="yours")


@pytest.mark.parametrize(
    "wrong", [{"text": 3}, {"text": b"bytes"}, {"at": 0}, {"at": 5000}, {"model": "zip"}, {"note": 1}]
)
def test_what_is_no_state(wrong):
    with pytest.raises(InputError, match="text" if "note" in wrong else next(iter(wrong))):
        SurpriseExplorer(**wrong)


def test_no_html_from_a_text_and_no_formula():
    explorer = SurpriseExplorer(text="<img src=x onerror=alert(1)> $a$ and $\\frac$")
    assert "<img" not in explorer._standin_caption.value
    assert explorer.figure.png()[0]
