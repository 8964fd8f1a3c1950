"""The explorers of the digits: what they show is what the model says, and what the pointer draws is what it sees."""

import contextlib
import io
import signal

import numpy as np
import pytest
import sweep
from jupyter_client.manager import start_new_kernel

from lessons_lib.explorer.progress_bar import progress_bar
from lessons_lib.lesson_03 import DrawExplorer, TrainingExplorer, bitmap
from lessons_lib.lesson_03.training_explorer import RATES
from lessons_lib.maths import digits

HELD_OUT = digits.split_digits()[1]


# Training


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
    axes, to_figure = e.figure.view.loss_axes, e.figure.fig.transFigure.inverted()
    start, end = (to_figure.transform(axes.transData.transform(point)) for point in ((60, 1), (211, 1)))
    sweep.drag(e, *start, *end)
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


# Drawing


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
    expected = bitmap.stroke((5, 2), (9, 26), 2.0) | bitmap.stroke((9, 26), (28, 26), 2.0)
    assert np.sum(e.result.bitmap != expected) <= 2, "but for rounding on the way"
    drawn_at(e, (20, 5), (24, 5), gesture=2)
    more = expected | bitmap.stroke((20, 5), (24, 5), 2.0)
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
    e = DrawExplorer(digit=0, row=2, column=7)
    for filled in (16, 0, 16):
        sweep.set_control(e, "turn")
        assert e.result.counts[1, 6] == filled
        assert e.result.counts.sum() == filled


def test_every_one_of_the_digits_can_be_loaded():
    data = digits.digits()
    for number in range(1, data.labels.size + 1, 37):
        r = DrawExplorer.compute(DrawExplorer(digit=number).state)
        np.testing.assert_array_equal(r.counts.ravel() / 16, data.images[number - 1])


# The progress bar


def looped(bar, stop_at=None, times=1):
    done, printed = [], io.StringIO()
    with contextlib.redirect_stdout(printed):
        for step in bar:
            done.append(step)
            bar.show(1 / (step + 1))
            if step == stop_at:
                for _ in range(times):
                    signal.raise_signal(signal.SIGINT)
    return done, printed.getvalue()


def test_a_bar_goes_through_all_steps_and_says_so():
    bar = progress_bar(range(40), "training")
    done, printed = looped(bar)
    assert done == list(range(40))
    assert "training: 40 of 40 steps, the last value 0.0250 bits." in printed
    assert bar._bar.value == bar._bar.max == 40
    assert "polyline" in bar._curve.value


def test_an_interrupt_stops_it_after_the_step_that_runs():
    bar = progress_bar(range(300), "training")
    before = signal.getsignal(signal.SIGINT)
    done, printed = looped(bar, stop_at=119)
    assert done == list(range(120))
    assert "training: stopped after 120 of 300 steps, the last value 0.00833 bits. What was learned is kept." in printed
    assert signal.getsignal(signal.SIGINT) is before
    assert looped(bar)[0] == list(range(300)), "and it can be begun anew"


def test_interrupted_twice_it_gives_way_at_once():
    with pytest.raises(KeyboardInterrupt):
        looped(progress_bar(range(300), "training"), stop_at=3, times=2)


def test_the_stop_button_of_a_notebook_ends_the_loop_and_keeps_what_was_learned():
    code = """
import time
from lessons_lib.explorer.progress_bar import progress_bar
learned = 0
for step in progress_bar(range(3000), "training"):
    learned += 1
    if learned == 3:
        print("three steps", flush=True)
    time.sleep(0.02)
"""
    manager, client = start_new_kernel()
    try:
        client.execute(code)
        while "three steps" not in client.get_iopub_msg(timeout=60)["content"].get("text", ""):
            pass
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=60)["content"]
        assert reply["status"] == "ok", f"a traceback: {reply}"
        reply = client.execute_interactive("assert 3 <= learned < 3000, learned", timeout=60)["content"]
        assert reply["status"] == "ok", reply
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_without_values_and_without_steps():
    assert "training: 0 of 0 steps." in looped(progress_bar(range(0), "training"))[1]
    bundle = progress_bar(range(300), "training")._repr_mimebundle_()
    assert bundle["text/plain"] == "A progress bar of 300 steps: training."
    assert "application/vnd.jupyter.widget-view+json" in bundle
