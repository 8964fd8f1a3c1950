"""The numbers in the folded answers of the notebook."""

import numpy as np
import pytest
from every import folded_answers

from lessons_lib.drawing.wording import percent
from lessons_lib.lesson_03 import LogitsExplorer, OverflowExplorer, PushExplorer, TrainingExplorer
from lessons_lib.maths.digits import digits, trained
from lessons_lib.maths.logits import descent_path
from lessons_lib.maths.stable import softmax

SAID = folded_answers("03_softmax")


def test_the_lowest_logit_of_a_class():
    explorer = LogitsExplorer()
    explorer.move(chosen=7, value=-6.0)
    assert f"At −6 it still gets {percent(explorer.result.probabilities[7])}" in SAID


def test_where_the_formula_leaves_the_bars():
    """At most one step of the slider before, sum and exponentials are finite."""
    explorer = OverflowExplorer()
    for c, sentence in ((7.1, "at most"), (7.2, "the sum of the e^x overflows"), (7.7, "e^x overflows for 1 of them")):
        explorer.move(shift=c)
        assert sentence in explorer.describe()
    explorer.move(shift=7.6)
    assert "the sum of the e^x overflows" in explorer.describe()
    assert "At c = 7.2 their sum overflows" in SAID
    assert "from 7.7 on" in SAID


def test_the_thousand():
    shares = 100 * softmax([1000.0, 999.0, 997.0])
    assert "{:.1f}, {:.1f} and {:.1f} %".format(*shares) in SAID


def test_the_steps_from_a_wrong_corner_are_short_first_and_last():
    points = softmax(descent_path([0.0, 9.0, 0.0], 0, rate=1.0, steps=30))
    lengths = np.hypot.reduce(np.diff(points, axis=0), axis=1)
    middle = lengths.argmax()
    assert 0 < middle < 29
    assert max(lengths[0], lengths[-1]) < lengths[middle] / 3


def test_one_wrong_class_gives_way_in_fewer_steps_than_three():
    def steps(wrong):
        loss = -np.log2(softmax(descent_path(wrong, 0, rate=1.0, steps=400))[:, 0])
        return int(np.argmax(loss < 0.1))

    one, three = [-1.0, 6.0, -6.0, -6.0], [-1.0, *(4.9,) * 3]
    assert np.log(softmax(one)[0]) == pytest.approx(np.log(softmax(three)[0]), abs=0.01)
    assert f"The first, with {steps(one)} against {steps(three)}" in SAID


def test_the_push_stays_below_one():
    explorer = PushExplorer()
    assert "Close to 1. It cannot grow beyond that." in SAID
    assert explorer.result is not None
    assert 0.99 < 1 - softmax([-10.0, 10.0, 0.0, 0.0])[0] < 1


def training(rate, step):
    explorer = TrainingExplorer(learning_rate=rate)
    explorer.move(step=step)
    return explorer.result


def test_what_training_does_after_step_100():
    assert abs(training(2.0, 300).right - training(2.0, 100).right) <= 8
    late = training(2.0, 300)
    assert f"from {late.training_bits[100]:.3f} to {late.training_bits[300]:.3f} bits" in SAID
    assert training(10.0, 300).right < late.right
    behind = np.array(late.held_out_bits) - np.array(late.training_bits)
    assert np.all(behind[20:] > 0)
    assert behind[300] > behind[100] > behind[20]


@pytest.mark.parametrize(("rate", "rises"), [(1.0, False), (2.0, False), (3.0, True), (5.0, True), (10.0, True)])
def test_which_learning_rates_make_the_loss_rise(rate, rises):
    losses = np.array(training(rate, 300).training_bits)
    assert (np.diff(losses[:10]).max() > 0) == rises
    if rises:
        assert losses[300] < training(2.0, 300).training_bits[-1]


def test_what_the_model_has_no_ink_for():
    images = digits().images.reshape(-1, 8, 8)
    assert 0 < (images.max(axis=0)[:, 0] == 0).sum() < 8, "some squares at the left edge, and not all"
    assert not np.allclose(np.exp(trained().log_probabilities(np.zeros(64))), 0.1, atol=0.02)
