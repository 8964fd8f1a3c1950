"""What a text costs while it is being typed."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons_lib.lesson_06.costs import Costs
from lessons_lib.maths.errors import InputError
from lessons_lib.text import shelf
from lessons_lib.text.models import from_function, surprisals


@given(st.lists(st.text(max_size=6), max_size=8))
def test_typing_comes_to_the_same_as_reading_afresh(texts):
    costs = Costs(shelf.trained(shelf.MIXTURE))
    for text in texts:
        data = text.encode("utf-8", "replace").decode()
        expected = surprisals(shelf.trained(shelf.MIXTURE), data.encode()).sum()
        assert costs.of(data).total == pytest.approx(expected)


def test_two_threads_get_what_each_would_get_alone():
    costs, interval = Costs(shelf.trained(shelf.MIXTURE)), sys.getswitchinterval()
    texts = ["the cat sat on the mat and was fat " * 2, "ALL WELL HERE. THE GOAT IS A THIEF."]
    alone = [Costs(costs.model).of(text).total for text in texts]

    def ask(text):
        return [costs.of(text[: len(text) - spared]).total for spared in (20, 10, 0)][-1]

    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(2) as threads:
            for _ in range(5):
                assert list(threads.map(ask, texts)) == alone
    finally:
        sys.setswitchinterval(interval)


def test_after_an_error_of_the_learner_s_model_the_next_text_is_read_afresh():
    def model(context):
        if context.endswith(b"!"):
            raise KeyError("!")
        return [(1 + (byte == len(context))) / 257 for byte in range(256)]

    costs = Costs(from_function(model))
    before = costs.of("ab").total
    with pytest.raises(InputError, match="KeyError"):
        costs.of("abc!")
    assert costs.of("ab").total == before
    assert costs.of("abc?").total == Costs(from_function(model)).of("abc?").total
