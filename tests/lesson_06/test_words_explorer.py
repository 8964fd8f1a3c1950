"""The words over the unit interval: the same code as the code tree's, with less around it."""

from dataclasses import asdict

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib.lesson_06 import CodeTreeExplorer, WordsExplorer
from lessons_lib.lesson_06.words_explorer import HUFFMAN, SHANNON
from lessons_lib.maths.errors import InputError

WEIGHTS = st.tuples(*[st.floats(0.01, 100)] * 8)


@settings(max_examples=40, deadline=None)
@given(WEIGHTS, st.integers(2, 8), st.sampled_from([HUFFMAN, SHANNON]))
def test_it_is_the_code_of_the_code_tree(weights, count, code):
    state = WordsExplorer.State(weights=weights, count=count, code=code)
    words = WordsExplorer.compute(state)
    tree = CodeTreeExplorer.compute(CodeTreeExplorer.State(**asdict(state)))
    for name, value in vars(words).items():
        np.testing.assert_array_equal(value, getattr(tree, name), err_msg=name)


def test_it_opens_with_two_pictures_and_few_controls():
    words = WordsExplorer()
    assert len(words.figure.fig.axes) == 2
    assert len(words.controls) == 4
    told = " ".join([words.describe(), *(text.get_text() for ax in words.figure.fig.axes for text in ax.texts)])
    assert not any(term in told for term in ("KL", "entropy", "excess", "log")), "these come later in the lesson"


def test_the_sentence_says_what_the_words_own_and_cost():
    words = WordsExplorer()
    assert "own all of the unit interval. On average a word has 2.150 bits." in words.describe()
    sweep.set_control(words, "code", SHANNON)
    assert "own 75.0 % of the unit interval. On average a word has 2.550 bits." in words.describe()
    assert words.figure.view.average.get_text() == "on average 2.550 bits a symbol"
    words.move(code=HUFFMAN, weights=(4.0, 2.0, 1.0, 1.0, *(1.0,) * 4), count=4)
    assert "Each owns exactly its p." in words.describe()


def test_impossible_weights_are_named():
    for wrong in ((), (0.0,) * 8, (float("nan"),) * 8):
        with pytest.raises(InputError, match="weights"):
            WordsExplorer(weights=wrong)
