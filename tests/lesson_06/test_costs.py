"""What a text costs while it is being typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons_lib.lesson_06.costs import Costs
from lessons_lib.text import shelf
from lessons_lib.text.models import surprisals


@given(st.lists(st.text(max_size=6), max_size=8))
def test_typing_comes_to_the_same_as_reading_afresh(texts):
    costs = Costs(shelf.trained(shelf.MIXTURE))
    for text in texts:
        data = text.encode("utf-8", "replace").decode()
        expected = surprisals(shelf.trained(shelf.MIXTURE), data.encode()).sum()
        assert costs.of(data).total == pytest.approx(expected)
