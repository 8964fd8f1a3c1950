"""The walk downhill of four logits, and the push on each."""

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib.lesson_03 import PushExplorer
from lessons_lib.lesson_03.push_view import STEPS
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.logits import descent_path, label_loss


def test_a_walk_goes_forth_and_back_and_begins_anew():
    explorer = PushExplorer()
    for _ in range(3):
        sweep.set_control(explorer, "step")
    assert explorer.state.steps == 3
    np.testing.assert_allclose(explorer.result.logits, descent_path((1.0, -2.0, 3.0, 0.0), 1, 1.0, 3)[-1])
    losses = [label_loss(z, 1) / np.log(2) for z in descent_path((1.0, -2.0, 3.0, 0.0), 1, 1.0, 3)]
    np.testing.assert_allclose(explorer.result.losses_bits, losses)
    sweep.set_control(explorer, "steps", 0)
    np.testing.assert_array_equal(explorer.result.logits, [1, -2, 3, 0])
    sweep.set_control(explorer, "steps", STEPS)
    assert explorer.controls["step"].disabled
    sweep.set_control(explorer, "value", 2.0)
    assert explorer.state.steps == 0
    assert explorer.state.logits == (2.0, -2.0, 3.0, 0.0)


@settings(max_examples=30)
@given(*[st.floats(-6, 6)] * 4, st.sampled_from("ABCD"), st.floats(0.1, 4))
def test_a_push_is_bounded_sums_to_nothing_and_stays_in_the_figure(a, b, c, d, label, rate):
    explorer_class, low, high = PushExplorer, -10.4, 12
    for steps in (0, 1, 5, STEPS):
        r = explorer_class.compute(explorer_class.State((a, b, c, d), "A", a, label, rate, steps))
        assert abs(r.push.sum()) < 1e-15
        assert (np.abs(r.push) <= 1).all()
        assert r.push.argmax() == r.label
        assert ((low < r.logits) & (r.logits < high) & (r.following < high) & (low < r.following)).all()


def test_the_hardest_push_goes_to_the_most_confident_mistake():
    pushes = [PushExplorer(logits=(z, -6.0, -6.0, -6.0)).result.push[1] for z in (-6.0, -3.0, 0.0, 3.0, 6.0)]
    assert pushes == sorted(pushes)
    assert 0.9999 < pushes[-1] < 1


def test_ten_steps_are_the_fewest():
    """Of all starts of 8 bits, one with a single rival is the quickest; nine steps of rate 1 never do."""
    choose = np.random.default_rng(0)
    starts = [choose.uniform(-6, 6, 4) for _ in range(3000)]
    starts = [z for z in starts if label_loss(z, 0) >= 8 * np.log(2)]
    rival = np.array([0.4, 6.0, -6.0, -6.0])
    assert len(starts) > 100
    assert label_loss(descent_path(rival, 0, 1.0, 10)[-1], 0) < 0.1 * np.log(2)
    for z in [*starts, rival]:
        assert label_loss(descent_path(z, 0, 1.0, 9)[-1], 0) > 0.1 * np.log(2)


@pytest.mark.parametrize("wrong", [(1.0,) * 9, (7.0,) * 10, "abc", None, (float("nan"),) * 10])
def test_impossible_logits_are_named(wrong):
    with pytest.raises(InputError, match="logits"):
        PushExplorer(logits=wrong)


def test_no_sentence_says_that_a_probability_is_one():
    assert "B +0.9999939, C −0.0000061" in PushExplorer(logits=(6.0, -6.0, -6.0, -6.0)).describe()


def test_no_drawing_of_background_while_moving():
    explorer, drawn = PushExplorer(), []
    explorer.figure.fig.canvas.draw = lambda: drawn.append(1)
    for name in ("value",):
        sweep.set_control(explorer, name, sweep.positions(explorer.controls[name])[2])
    assert drawn == []
