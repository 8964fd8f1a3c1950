"""Guesses: committed once, kept, locked, and put beside the truth; and the map that shows them."""

import re

import ipywidgets as widgets
import pytest
import sweep
from every import EXERCISES, EXPLORERS, PREDICTIONS

from lessons_lib import progress
from lessons_lib.course import LESSONS, course_map
from lessons_lib.exercise.prediction import Amount, Choice, Revealed, Sketch
from lessons_lib.maths.likelihood import bernoulli_likelihood

EVERY = pytest.mark.parametrize("prediction", PREDICTIONS.values(), ids=PREDICTIONS)


def a_guess(kind):
    if isinstance(kind, Amount):
        return kind.low + kind.step
    return kind.options[0] if isinstance(kind, Choice) else [0.25] * len(kind.labels)


def parts(form):
    question, control, button, reply = form.children[:4]
    return question, control, button, reply


@EVERY
def test_the_truth_can_be_guessed(prediction):
    assert prediction.kind.admits(list(prediction.truth) if isinstance(prediction.kind, Sketch) else prediction.truth)


@EVERY
def test_a_guess_is_committed_by_the_button_and_locked(prediction):
    assert prediction.guess is None
    assert "none yet" in repr(prediction)
    form = prediction.form()
    _, control, button, reply = parts(form)
    guess = a_guess(prediction.kind)
    if isinstance(prediction.kind, Sketch):
        form.sketch.move(heights=tuple(guess))
    else:
        control.value = guess
    button.click()
    assert prediction.guess == guess
    assert "Your guess" in reply.value
    assert button.disabled
    if isinstance(prediction.kind, Sketch):
        sweep.drag(form.sketch, 0.3, 0.3, 0.3, 0.9)
        assert list(form.sketch.state.heights) == guess
        assert all(c.disabled for c in form.sketch.controls.values())
    else:
        assert control.disabled
    again = parts(prediction.form())
    assert again[2].disabled
    assert "You have made your guess" in again[3].value


@EVERY
def test_the_first_guess_counts(prediction):
    guess = a_guess(prediction.kind)
    prediction.commit(guess)
    other = list(prediction.truth) if isinstance(prediction.kind, Sketch) else prediction.truth
    assert "You have made your guess" in prediction.commit(other)
    assert prediction.guess == guess


@EVERY
@pytest.mark.parametrize(
    "guess", [None, "", "a guess", -1, 1e9, float("nan"), True, [], [2] * 6, ["a"] * 6, {}, object()]
)
def test_what_is_no_guess_is_not_taken(prediction, guess):
    assert prediction.commit(guess) == "Choose an answer first."
    assert prediction.guess is None


@EVERY
def test_the_end_shows_guess_and_truth_and_how_far_off(prediction):
    kind = prediction.kind
    told = repr(prediction.reveal())
    assert "You made no guess" in told
    assert kind.told(prediction.truth) in told
    assert progress.read()["predictions"] == {}
    prediction.commit(a_guess(kind))
    told = repr(prediction.reveal())
    assert kind.told(a_guess(kind)) in told
    assert kind.told(prediction.truth) in told
    assert prediction.reply(a_guess(kind)) in told
    assert prediction.question in repr(course_map())


def other_guesses(kind, truth):
    """Every guess that is off, of a sketch all bars alike and the truth upside down."""
    if isinstance(kind, Amount):
        steps = round((kind.high - kind.low) / kind.step)
        every = [kind.low + step * kind.step for step in range(steps + 1)]
    elif isinstance(kind, Choice):
        every = kind.options
    else:
        every = [[0.5] * len(kind.labels), [1.0] * len(kind.labels), [1 - height for height in truth]]
    return [guess for guess in every if kind.how(guess, truth) == "off"]


@EVERY
def test_whoever_guessed_otherwise_is_told_a_sentence_of_their_own(prediction):
    """Each option of a choice has its own; a number, some sentence wherever it lies."""
    kind, truth = prediction.kind, prediction.truth
    others = other_guesses(kind, truth)
    told = {str(guess): prediction.reply(guess).removeprefix(kind.off(guess, truth)).strip() for guess in others}
    assert others
    assert [guess for guess, sentence in told.items() if not sentence.endswith((".", "?", "!", ")"))] == []
    if isinstance(kind, Choice):
        assert len({*told.values()}) == len(told)
    assert not any(kind.fits(which, truth) for which in prediction.otherwise if not isinstance(kind, Sketch))


def test_the_colour_and_the_mark_of_a_reply_say_how_it_went():
    prediction = PREDICTIONS["01_best_theta"]
    assert "border-left: 4px solid #808080" in prediction.reveal()._html()
    looks = set()
    for guess, mark in ((0.4, "✓"), (0.45, "≈"), (0.9, "✗")):
        page = Revealed(prediction, guess)._html()
        assert f"<b>{mark} So:</b>" in page
        looks.add(re.search(r"solid (#\w+)", page)[1])
    assert len(looks) == 2


@EVERY
def test_without_a_kernel_the_question_is_there(prediction):
    bundle, _ = prediction._repr_mimebundle_()
    assert "Your guess?" in bundle["text/html"]
    assert bundle["text/plain"] == repr(prediction)
    bundle, _ = prediction.reveal()._repr_mimebundle_()
    assert "text/html" in bundle or "image/png" in bundle


def test_a_choice_is_not_made_for_the_learner():
    prediction = PREDICTIONS["01_fair_sequence"]
    _, control, button, reply = parts(prediction.form())
    assert control.value is None
    button.click()
    assert reply.value == "Choose an answer first."
    assert not button.disabled
    assert isinstance(control, widgets.RadioButtons)


def test_a_slider_that_nobody_has_moved_is_no_guess():
    prediction = next(p for p in PREDICTIONS.values() if isinstance(p.kind, Amount))
    _, control, button, reply = parts(prediction.form())
    button.click()
    assert reply.value.startswith("Move the slider first. If your guess is ")
    assert prediction.guess is None
    control.value = control.max
    control.value = control.min
    button.click()
    assert prediction.guess == control.min
    assert button.disabled


def test_a_sketch_that_nobody_has_drawn_is_no_guess():
    prediction = next(p for p in PREDICTIONS.values() if isinstance(p.kind, Sketch))
    *_, button, reply = parts(prediction.form())
    button.click()
    assert reply.value == "Drag the bars to your guess first."
    assert prediction.guess is None


def test_distances():
    amount = Amount(0, 1, 0.05)
    assert amount.off(0.3, 0.4) == "You were 0.10 below."
    assert amount.off(0.4, 0.4) == "Exactly right."
    assert Amount(0, 20, 1, "bits", digits=0).widget(None).description == "from 0 bits to 20 bits"
    assert Amount(0, 20, 1, "bits", digits=0).off(12, 10) == "You were 2 bits above."
    assert Choice(("a", "b")).off("a", "a") == "You were right."
    assert "15.0 %" in Sketch(("a", "b"), "x").off([0.5, 0.5], [0.4, 0.7])


def test_the_sketched_curve_is_the_likelihood():
    truth = PREDICTIONS["01_curve"].truth
    peak = 0.4**4 * 0.6**6
    expected = [bernoulli_likelihood([1] * 4 + [0] * 6, theta) / peak for theta in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    assert truth == pytest.approx(expected, abs=1e-4)


# The map


def test_everything_there_is_to_do_is_on_the_map_once():
    done = {kind: [item.name for lesson in LESSONS for item in getattr(lesson, kind)] for kind in progress.KINDS}
    assert done["exercises"] == list(EXERCISES)
    assert done["predictions"] == list(PREDICTIONS)
    assert sorted(done["challenges"]) == sorted(c.name for e in EXPLORERS for c in e.challenges)
    names = [name for kind in done.values() for name in kind]
    assert len(set(names)) == len(names)
    for lesson in LESSONS:
        items = (*lesson.exercises, *lesson.predictions, *lesson.challenges)
        assert all(item.name.startswith(f"{lesson.number:02d}_") for item in items)


def test_the_map_counts_what_is_done():
    assert "Start here: not opened yet" in repr(course_map())
    EXERCISES["00_surprisal"]._repr_markdown_()
    assert "Start here: 0 of 1 exercises" in repr(course_map())
    PREDICTIONS["01_curve"]._repr_mimebundle_()
    assert "product: 0 of 4 exercises, 0 of 4 guesses" in repr(course_map())
    EXERCISES["00_surprisal"].check(1.0)
    assert "Start here: 0 of 1 exercises, 0 of 1 guesses, 0 of 1 challenges" in repr(course_map())
    EXERCISES["00_surprisal"].check(EXERCISES["00_surprisal"].answer)
    EXERCISES["01_sequence"].solution()
    progress.record("challenges", "00_three_bits", reached=True)
    told = repr(course_map())
    assert "Start here: 1 of 1 exercises, 0 of 1 guesses, 1 of 1 challenges" in told
    assert "0 of 4 exercises (1 with the solution)" in told
    page = course_map()._repr_html_()
    assert '<a href="01_likelihood_is_a_product.ipynb">' in page
    assert "being written" not in page


@pytest.mark.parametrize(
    "content", ["{", '{"version": 1, "predictions": {"01_best_theta": {"guess": "x", "revealed": 1}}}']
)
def test_the_map_survives_a_damaged_file(progress_file, content):
    progress_file.parent.mkdir()
    progress_file.write_text(content)
    assert "Start here" in repr(course_map())
    assert "Start here" in course_map()._repr_html_()
