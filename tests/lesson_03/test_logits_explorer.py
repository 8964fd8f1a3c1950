"""Logits as bars: what is shown of softmax, and of the presets."""

import numpy as np
import pytest
import sweep

from lessons_lib.lesson_03 import LogitsExplorer
from lessons_lib.lesson_03.logits_explorer import PRESETS, TEN
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.logits import TEN_SCORES


def test_the_ten_scores_as_they_open():
    """0.560587298842: mpmath, decimal, numpy, scipy and torch agree."""
    r = LogitsExplorer().result
    assert r.probabilities[3] == pytest.approx(0.560587298842, abs=1e-12)
    assert "56.06 %" in LogitsExplorer().describe()


@pytest.mark.parametrize("name", PRESETS)
def test_presets_bring_their_logits_and_a_change_makes_them_the_learner_s(name):
    explorer = LogitsExplorer(scores="one far above nine", logits=PRESETS["one far above nine"]["logits"])
    sweep.set_control(explorer, "scores", name)
    for field, value in PRESETS[name].items():
        assert getattr(explorer.state, field) == value
    assert explorer.state.scores == name
    sweep.set_control(explorer, "value", explorer.state.value + 0.5)
    assert explorer.state.scores == "your own"
    sweep.set_control(explorer, "scores", TEN)
    assert explorer.state.logits == TEN_SCORES
    assert explorer.state.shift == 0


def test_a_preset_may_be_the_opening():
    explorer = LogitsExplorer(scores="ten equal ones")
    assert explorer.state.scores == "ten equal ones"
    np.testing.assert_allclose(explorer.result.probabilities, 0.1)


@pytest.mark.parametrize("wrong", [(1.0,) * 9, (7.0,) * 10, "abc", None, (float("nan"),) * 10])
def test_impossible_logits_are_named(wrong):
    with pytest.raises(InputError, match="logits"):
        LogitsExplorer(logits=wrong)


def test_dragging_a_bar():
    explorer = LogitsExplorer()
    sweep.drag_in(explorer, explorer.figure.view.logit_axes, (6, 1), (6, 4.5))
    assert (explorer.state.chosen, explorer.state.value) == (6, 4.5)


@pytest.mark.parametrize(
    ("logits", "said"),
    [
        ((0.0,) * 10, "all have the logit 0.0 and 10.0 %, and none is ahead"),
        ((1.0, 1.0, *(0.0,) * 8), "classes 0 and 1, with the logit 1.0, are level"),
        ((1.0, 0.0, 1.0, 1.0, *(0.0,) * 6), "classes 0, 2 and 3, with the logit 1.0, are level"),
        ((1.0, *(0.0,) * 9), "class 0, with the logit 1.0, is the most probable"),
    ],
)
def test_who_is_level_is_not_called_the_most_probable(logits, said):
    explorer = LogitsExplorer(logits=logits)
    assert said in explorer.describe()
    assert ("most probable" in explorer.describe()) == ("×" not in explorer.figure.view.text.get_text())


def test_it_opens_with_two_pictures():
    explorer = LogitsExplorer()
    assert len(explorer.figure.fig.axes) == 2
    assert not any(term in explorer.describe() for term in ("Z =", "entropy", "float16")), "these come later"


def test_no_sentence_says_that_a_probability_is_one():
    assert "all but 0.000237 %" in LogitsExplorer(temperature=0.1).describe()


def test_no_drawing_of_background_while_moving():
    explorer, drawn = LogitsExplorer(), []
    explorer.figure.fig.canvas.draw = lambda: drawn.append(1)
    for name in ("value", "temperature", "shift"):
        sweep.set_control(explorer, name, sweep.positions(explorer.controls[name])[2])
    assert drawn == []
