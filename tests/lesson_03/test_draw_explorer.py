"""The pad: what the pointer draws is what the model sees."""

import numpy as np
import pytest
import sweep

from lessons_lib.lesson_03 import DrawExplorer, bitmap
from lessons_lib.maths import digits
from lessons_lib.maths.errors import InputError


@pytest.mark.parametrize("number", [1, 6, 123, 1000, 1797])
def test_a_loaded_digit_gets_exactly_what_the_model_gives_to_it(number):
    e = DrawExplorer(digit=number)
    data = digits.digits()
    np.testing.assert_array_equal(e.result.counts.ravel() / 16, data.images[number - 1])
    expected = digits.trained().probabilities(data.images[number - 1])
    np.testing.assert_array_equal(e.result.probabilities, expected)
    assert e.result.meant == e.state.meant == data.labels[number - 1]
    assert e.result.bits == pytest.approx(-np.log2(expected[e.result.meant]), rel=1e-12)
    assert e.result.changed == 0
    assert [e.result.first, e.result.second] == np.argsort(-expected)[:2].tolist()


def test_loading_by_the_slider_is_loading_at_opening():
    e = DrawExplorer()
    sweep.drag(e, 0.1, 0.5, 0.3, 0.6)
    sweep.set_control(e, "digit", 77)
    assert e.state == DrawExplorer(digit=77).state
    sweep.set_control(e, "meant", 4)
    sweep.set_control(e, "clear")
    assert e.state.digit == 0
    assert e.state.meant == 4, "an empty pad changes nothing of what is meant"
    assert not e.result.bitmap.any()
    np.testing.assert_allclose(e.result.probabilities, digits.trained().probabilities(np.zeros(64)), rtol=1e-12)


def drawn_at(e, *points, gesture=1):
    """Lead the pointer through these dots, as few messages as can be, in one gesture."""
    axes, to_figure = e.figure.view.pad_axes, e.figure.fig.transFigure.inverted()
    at = [to_figure.transform(axes.transData.transform(point)) for point in points]
    for x, y in at:
        e.figure.pointer = [gesture, *at[0], x, y, 0.0]
        sweep.healthy(e, "drawing")


def test_strokes_follow_the_pointer_without_gaps_and_in_the_right_place():
    e = DrawExplorer(digit=0)
    drawn_at(e, (5, 2), (9, 26), (28, 26))
    expected = bitmap.stroke((5, 2), (9, 26), 1.6) | bitmap.stroke((9, 26), (28, 26), 1.6)
    assert np.sum(e.result.bitmap != expected) <= 2, "but for rounding on the way"
    drawn_at(e, (20, 5), (24, 5), gesture=2)
    more = expected | bitmap.stroke((20, 5), (24, 5), 1.6)
    assert np.sum(e.result.bitmap != more) <= 3, "a new gesture begins anew"
    assert e.state.digit == 0


def test_the_eraser_takes_ink_away():
    e = DrawExplorer(digit=6, pointer="erases")
    before = e.result.bitmap.sum()
    drawn_at(e, (14, 4), (18, 28))
    assert e.result.bitmap.sum() < before
    assert not (e.result.bitmap & ~DrawExplorer(digit=6).result.bitmap).any()
    assert f"{e.result.changed} dots changed by hand" in e.describe()


def test_a_square_is_filled_and_emptied_by_its_button():
    e = DrawExplorer(digit=0, square=15)
    for filled in (16, 0, 16):
        sweep.set_control(e, "turn")
        assert e.result.counts[1, 6] == filled
        assert e.result.counts.sum() == filled


def test_every_one_of_the_digits_can_be_loaded():
    data, explorer = digits.digits(), DrawExplorer()
    for number in range(1, data.labels.size + 1, 37):
        explorer.move(digit=number)
        r = explorer.result
        np.testing.assert_array_equal(r.counts.ravel() / 16, data.images[number - 1])


def test_strokes_are_taken_back_one_after_the_other():
    e = DrawExplorer(digit=0)
    assert e.controls["undo"].disabled
    pads = [e.state.bitmap]
    drawn_at(e, (5, 2), (9, 26), (28, 26))
    pads.append(e.state.bitmap)
    drawn_at(e, (20, 5), (24, 5), gesture=2)
    pads.append(e.state.bitmap)
    sweep.set_control(e, "turn")
    pads.append(e.state.bitmap)
    sweep.set_control(e, "clear")
    assert not e.result.bitmap.any()
    for pad in reversed(pads):
        sweep.set_control(e, "undo")
        assert e.state.bitmap == pad
    assert e.controls["undo"].disabled
    drawn_at(e, (5, 2), (9, 26), gesture=3)
    e.move(digit=6)
    assert e.controls["undo"].disabled, "a digit that is loaded begins anew"


def test_a_small_eight_has_two_holes():
    turns = np.linspace(0, 2 * np.pi, 25)
    e = DrawExplorer(digit=0)
    for gesture, (centre, way) in enumerate(((10, 1), (22, -1)), start=1):
        loop = [(16 + 4 * np.sin(turn), centre + way * 6 * np.cos(turn)) for turn in turns]
        drawn_at(e, *loop, gesture=gesture)
    middle = e.result.counts[:, 3:5].max(axis=1)
    for hole in (2, 5):
        assert middle[hole] < min(middle[hole - 1], middle[hole + 1]) - 3, "less ink than above and below"


@pytest.mark.parametrize("wrong", [3, [], ((0,) * 31,), ("ab",)])
def test_impossible_pads_are_named(wrong):
    with pytest.raises(InputError, match="earlier"):
        DrawExplorer(earlier=wrong)
