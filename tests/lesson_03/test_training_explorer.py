"""Training on the digits: what is shown is what the model says."""

import numpy as np
import pytest
import sweep

from lessons_lib.lesson_03 import TrainingExplorer
from lessons_lib.lesson_03.training_explorer import RATES
from lessons_lib.maths import digits

HELD_OUT = digits.split_digits()[1]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("step", [0, 7, 300])
def test_what_is_shown_of_a_descent_is_what_its_model_says(rate, step):
    r = TrainingExplorer.compute(TrainingExplorer.State(learning_rate=rate, step=step))
    model = digits.descent(rate).models[step]
    assert r.held_out_bits[-1] == pytest.approx(digits.mean_nll(model, HELD_OUT) / np.log(2), rel=1e-12)
    assert r.accuracy == digits.accuracy(model, HELD_OUT)
    np.testing.assert_array_equal(r.weights.reshape(10, 64).T, model.weights)
    worst = np.argsort(-digits.surprisals(model, HELD_OUT), kind="stable")[: len(r.wrong_bits)]
    np.testing.assert_array_equal(r.wrong_images, HELD_OUT.images[worst])
    np.testing.assert_array_equal(r.wrong_labels, HELD_OUT.labels[worst])
    own = model.probabilities(r.wrong_images)[np.arange(worst.size), r.wrong_labels]
    np.testing.assert_allclose(r.wrong_bits, -np.log2(own), rtol=1e-12)
    np.testing.assert_array_equal(r.wrong_said, model.probabilities(r.wrong_images).argmax(axis=1))


def test_squares_are_as_large_as_the_weights():
    view, r = (e := TrainingExplorer()).figure.view, e.result
    areas = {}
    for artist, sign in ((view.weights.above, 1), (view.weights.below, -1)):
        corners = artist.get_path().vertices.reshape(-1, 5, 2)[:, :4]  # the fifth closes
        sides = np.ptp(corners[..., 0], axis=1)
        areas[sign] = np.sort(sides**2)[::-1]
        largest = np.sort(sign * r.weights)[::-1][: sides.size]
        np.testing.assert_allclose(areas[sign] / areas[sign][0], largest / largest[0], rtol=1e-9)
        assert sides.size > 200
    assert areas[1][0] < 1


def test_a_weight_stands_where_its_pixel_is():
    e = TrainingExplorer()
    best = int(np.argmax(e.result.weights))
    digit, pixel = divmod(best, 64)
    centre = e.figure.view.weights.centres[best]
    assert centre[0] == digit % 5 * 9 + pixel % 8 + 0.5
    assert centre[1] == pytest.approx(digit // 5 * 10.4 + pixel // 8 + 0.5)


def test_dragging_in_the_loss_goes_to_the_step_under_the_pointer():
    e = TrainingExplorer()
    sweep.drag_in(e, e.figure.view.loss_axes, (60, 1), (211, 1))
    assert e.state.step == 211
    assert e.state.learning_rate == digits.RATE


def test_training_plays_from_the_start_and_can_be_paused_and_for_the_calm_is_done_at_once():
    e = TrainingExplorer()
    e.controls["train"].click()
    assert e.state.step == 0
    assert e.controls["play"].playing
    e.controls["step"].value = 33  # as the player does, in the browser
    e.controls["play"].playing = False
    assert e.state.step == 33
    e.figure.calm = True
    e.controls["train"].click()
    assert e.state.step == digits.STEPS


def test_a_rate_that_is_too_great_makes_the_loss_rise():
    for rate, rises in ((2.0, False), (3.0, True), (10.0, True)):
        r = TrainingExplorer(learning_rate=rate, step=300).result
        assert bool(np.any(np.diff(r.training_bits) > 0)) == rises
