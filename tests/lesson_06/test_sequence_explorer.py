"""The sequence: its bits, and how it answers."""

import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib.lesson_06 import SequenceExplorer, sentences
from lessons_lib.lesson_06.sentences import END, RULES, TABLE, WORDS
from lessons_lib.lesson_06.sequence_view import CHOICES, LONGEST
from lessons_lib.maths.errors import InputError


def test_the_figure_names_the_model_s_own_choices():
    assert SequenceExplorer().result.finished.size == LONGEST + 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=11), st.booleans(), st.sampled_from(list(RULES)))
def test_bits_add_up_to_the_product(words, ended, rule):
    words = (*words, END) if ended else tuple(words)
    r = SequenceExplorer.compute(SequenceExplorer.State(words=words, rule=rule))
    p = float(sentences.probability(words, rule))
    assert 2.0**-r.total == pytest.approx(p, rel=1e-9)
    assert len(r.bits) == len(words)
    assert r.ended == ended
    assert r.offered.sum() == pytest.approx(1, abs=1e-12)


def test_a_sentence_by_clicks_and_by_keys_is_the_same():
    keys, clicks = SequenceExplorer(words=()), SequenceExplorer(words=())
    view = clicks.figure.view
    for number, word in enumerate(("the", "old", "dog", END)):
        keys.controls["next"].value = word
        keys.controls["add"].click()
        at = view.next_axes.transData.transform((0.3, CHOICES.index(word)))
        x, y = clicks.figure.fig.transFigure.inverted().transform(at)
        sweep.drag(clicks, x, y, x + 0.1, y, gesture=number)
    assert keys.state.words == clicks.state.words == ("the", "old", "dog", END)
    keys.controls["next"].value = "cat"
    keys.controls["add"].click()
    assert keys.state.words == ("cat",), "after the end, another sentence begins"
    keys.controls["back"].click()
    assert keys.controls["back"].disabled


def test_a_full_sentence_takes_no_more():
    full = SequenceExplorer(words=("the",) * 12)
    assert full.controls["add"].disabled
    full.controls["add"].click()
    sweep.drag(full, 0.8, 0.7, 0.9, 0.7)
    assert full.state.words == ("the",) * 12
    full.controls["back"].click()
    assert not full.controls["add"].disabled


def test_an_impossible_end_costs_infinitely_much_and_is_said_so():
    sequence = SequenceExplorer(words=("the", "cat", END), rule="never")
    sweep.healthy(sequence, "never")
    assert "∞ bits" in sequence.describe()
    assert "∞ bits" in sequence.figure.view.total.get_text()


def test_what_the_model_writes():
    sequence = SequenceExplorer()
    sequence.controls["seed"].value = 7
    assert sequence.state.words == sentences.write(7, TABLE, 12)
    before = sequence.state.words
    sequence.controls["write"].click()
    assert sequence.state.words != before
    assert sequence.state.words == sentences.write(sequence.state.seed, TABLE, 12)


def test_impossible_sentences_are_named():
    sequence = SequenceExplorer()
    for wrong in (None, 3, "the cat", ("the", "mouse"), ("the",) * 13, (END, "the"), (1,), (None,)):
        with pytest.raises(InputError, match="words"):
            sequence.move(words=wrong)
    with pytest.raises(InputError, match="words"):
        SequenceExplorer(words=("mouse",))
