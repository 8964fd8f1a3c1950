"""What holds for every explorer, and what each computes."""

import itertools

import ipywidgets as widgets
import numpy as np
import pytest
import sweep
from every import EXPLORERS
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lessons_lib.exercise.sketch_explorer import SketchExplorer
from lessons_lib.lesson_00 import SurprisalExplorer
from lessons_lib.lesson_01 import ClassifierExplorer, CoinExplorer
from lessons_lib.lesson_01.coin_explorer import HISTORIC, SIMULATED, TOSSED
from lessons_lib.lesson_02 import PeakExplorer, UnderflowExplorer
from lessons_lib.lesson_03 import DrawExplorer, TrainingExplorer
from lessons_lib.maths.errors import InputError

EVERY = pytest.mark.parametrize("explorer_class", EXPLORERS)


@EVERY
def test_every_control_over_its_whole_range(explorer_class):
    sweep.every_control(explorer_class())


@EVERY
@pytest.mark.parametrize("seed", range(3))
def test_moved_equals_fresh(explorer_class, seed):
    moved = explorer_class()
    sweep.random_moves(moved, seed)
    fresh = sweep.fresh(moved)
    assert fresh.describe() == moved.describe()
    np.testing.assert_array_equal(fresh.figure.pixels(), moved.figure.pixels())


@EVERY
def test_a_drag_changes_the_picture(explorer_class):
    explorer = explorer_class()
    for number, (left, bottom, right, top) in enumerate(explorer.figure.draggable):
        before = explorer.figure.pixels()
        x, y = (left + right) / 2, (bottom + top) / 2
        sweep.drag(explorer, x, y, x + (right - left) / (5 + number), y, gesture=number)
        assert (before != explorer.figure.pixels()).any()


@EVERY
def test_the_stored_output_holds_picture_and_sentence(explorer_class):
    explorer = explorer_class()
    bundle, metadata = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == explorer.describe() == metadata["image/png"]["alt"]
    assert bundle["image/png"].startswith("iVBOR")


@EVERY
def test_every_draggable_thing_has_a_control(explorer_class):
    assert explorer_class().controls
    assert all(c.description for n, c in explorer_class().controls.items() if n != "play")


@EVERY
def test_what_cannot_be_a_state_is_named(explorer_class):
    with pytest.raises(InputError, match="nonsense"):
        explorer_class(nonsense=1)
    explorer = explorer_class()
    before = explorer.state
    for name, control in explorer.controls.items():
        if hasattr(control, "min") and hasattr(explorer.state, name):
            for value in (control.max + 1, control.min - 1, float("nan"), "1", None):
                with pytest.raises(InputError, match=name):
                    explorer.move(**{name: value})
    assert explorer.state == before


@EVERY
def test_a_failing_callback_says_so_in_the_explorer(explorer_class, monkeypatch):
    explorer = explorer_class()
    before = explorer.state
    control = next(c for c in explorer.controls.values() if hasattr(c, "min"))

    def fail(state):
        raise ZeroDivisionError("a fault made on purpose")

    monkeypatch.setattr(explorer, "compute", fail)
    control.value = control.max
    assert "a fault made on purpose" in explorer.error
    assert "a fault made on purpose" in explorer._message.value
    assert explorer.state == before
    monkeypatch.undo()
    control.value = control.min
    control.value = control.max
    assert explorer.error == explorer._message.value == ""


@EVERY
def test_a_slider_s_own_rounding_is_no_move(explorer_class):
    """The browser rounds a slider's value to its step and reports that."""
    explorer = explorer_class()
    sweep.random_moves(explorer, seed=7)
    before = explorer.state
    for control in explorer.controls.values():
        if hasattr(control, "readout_format") and isinstance(control.value, float):
            control.value = round(control.value / control.step) * control.step
    assert explorer.state == before


def test_no_drawing_of_background_while_moving():
    """Moving artists alone may change: a stale background costs a drawing of the whole figure."""
    largest = (CoinExplorer(n=200), PeakExplorer(n=10_000), UnderflowExplorer(p=0.9, window="10,000 factors"))
    for explorer in (*(cls() for cls in EXPLORERS), *largest):
        drawn = []
        explorer.figure.fig.canvas.draw = lambda drawn=drawn: drawn.append(1)
        sliders = [
            n
            for n, c in explorer.controls.items()
            if isinstance(c, widgets.FloatSlider | widgets.IntSlider) and n != "count"
        ]
        for name in sliders:
            control = explorer.controls.get(name)
            if control:
                sweep.set_control(explorer, name, sweep.positions(control)[2])
            assert drawn == [], f"{type(explorer).__name__}: {name}"


@pytest.mark.parametrize(
    ("explorer_class", "wrong"),
    [
        *[(CoinExplorer, {"flipped": f}) for f in ("abc", 3, None, ("1",), ((1, 2),), (1.5,), (0,), (500,))],
        *[(CoinExplorer, {"source": s}) for s in ("nowhere", None, 3)],
        *[(CoinExplorer, {"n": n}) for n in (True, "10", 10.5, 0, 201, 1j)],
        *[(ClassifierExplorer, {"best": b}) for b in (5, (5,), (1, 2, 3), (0, 0), ("a", "b"), (4.86, -3), ())],
        *[(ClassifierExplorer, {"start": b}) for b in ("ab", 5, (5,), (5, 1, 2), (float("nan"), 1))],
        *[
            (SketchExplorer, {"heights": h})
            for h in (("a",), "abc", None, 3, (0.5,) * 5, (2,) * 6, (float("nan"),) * 6)
        ],
        *[
            (DrawExplorer, {"bitmap": b})
            for b in ((), (0,) * 31, (2**32,) * 32, (-1,) * 32, (0.5,) * 32, "ab", 3, [[1]])
        ],
        *[(DrawExplorer, {"digit": d}) for d in (-1, 1798, 1.5, "1")],
        *[(DrawExplorer, {"pointer": p}) for p in ("rubs", 3, ())],
        *[(TrainingExplorer, {"learning_rate": r}) for r in (0, -1, 0.7, "1", float("nan"))],
        *[(TrainingExplorer, {"step": t}) for t in (-1, 301, 0.5)],
        *[(SketchExplorer, {"truth": t}) for t in (5, (), (0.5,), (1e9,) * 6)],
    ],
)
def test_an_impossible_state_is_named_and_the_explorer_stays_as_it_was(explorer_class, wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        explorer_class(**wrong)
    explorer = explorer_class()
    before, pixels = explorer.state, explorer.figure.pixels()
    with pytest.raises(InputError, match=next(iter(wrong))):
        explorer.move(**wrong)
    assert explorer.state == before
    np.testing.assert_array_equal(explorer.figure.pixels(), pixels)
    sweep.healthy(explorer, wrong)


def test_numbers_of_any_type_will_do():
    assert CoinExplorer(n=np.int64(20), theta=np.float32(0.25), seed=3.0).state == CoinExplorer.State(
        n=20, theta=0.25, seed=3
    )
    assert ClassifierExplorer(best=np.array([5.0, 9.0]), step=np.int8(0)).state.best == (5.0, 9.0)


CHALLENGES = [(explorer_class, c) for explorer_class in EXPLORERS for c in explorer_class.challenges]


@pytest.mark.parametrize(("explorer_class", "challenge"), CHALLENGES, ids=lambda value: getattr(value, "name", ""))
def test_a_challenge_is_open_at_first_and_reached_by_its_example(explorer_class, challenge, progress_file):
    explorer = explorer_class()
    start = explorer.state
    assert not challenge.reached(explorer.state, explorer.result)
    assert f"☐ {challenge.goal}" in explorer._goals.value
    explorer.move(**challenge.example)
    assert explorer.error == ""
    assert f"☑ {challenge.goal}" in explorer._goals.value
    explorer.move(**{name: getattr(start, name) for name in challenge.example})
    assert f"☑ {challenge.goal}" in explorer._goals.value, "once reached it stays so"
    assert f"☑ {challenge.goal}" in explorer_class()._goals.value, "and is kept for the next time"


def test_names_of_challenges_are_told_apart():
    names = [challenge.name for _, challenge in CHALLENGES]
    assert len(set(names)) == len(names)


# The coin


@settings(max_examples=60)
@given(st.integers(1, 200), st.integers(0, 200).map(lambda i: i / 200), st.integers(0, 999))
def test_coin_against_scipy(n, theta, seed):
    r = CoinExplorer.compute(CoinExplorer.State(source=SIMULATED, n=n, theta=theta, seed=seed))
    np.testing.assert_allclose(r.factors, stats.bernoulli.pmf(r.outcomes, theta), rtol=1e-13)
    assert r.product == pytest.approx(np.prod(stats.bernoulli.pmf(r.outcomes, theta)), rel=1e-12)
    assert r.peak == r.outcomes.mean()
    assert r.grid[np.argmax(r.curve)] == r.peak
    assert r.curve.max() == 1
    if r.product > 0 and not r.underflows:
        assert 10**r.log10_product == pytest.approx(r.product, rel=1e-9)
        best = np.prod(stats.bernoulli.pmf(r.outcomes, r.peak))
        assert r.of_peak == pytest.approx(r.product / best, rel=1e-9)


def test_n_adds_outcomes_and_never_reshuffles():
    for source in (TOSSED, SIMULATED):
        long = CoinExplorer(source=source, n=200).result.outcomes
        for n in (1, 10, 57):
            np.testing.assert_array_equal(CoinExplorer(source=source, n=n).result.outcomes, long[:n])


def test_resample_and_turning_over():
    coin = CoinExplorer()
    before = coin.result.outcomes.copy()
    coin.controls["toss"].value = 3
    coin.controls["flip"].click()
    assert (coin.result.outcomes != before).nonzero()[0].tolist() == [2]
    coin.controls["flip"].click()
    np.testing.assert_array_equal(coin.result.outcomes, before)
    coin.controls["resample"].click()
    assert coin.state.source == SIMULATED
    assert coin.state.seed == 2
    assert coin.state.flipped == ()


def test_a_click_on_a_bar_turns_it_over_once():
    coin = CoinExplorer()
    view, to_figure = coin.figure.view, coin.figure.fig.transFigure.inverted()
    for toss in (1, 4, 10):
        at = to_figure.transform(view.factor_axes.transData.transform(((toss - 0.5) / 10, 0.2)))
        sweep.drag(coin, *at, at[0] + 0.2, at[1], gesture=toss)
        assert toss in coin.state.flipped
    assert coin.state.flipped == (1, 4, 10)


@pytest.mark.parametrize("source", HISTORIC)
def test_historic_counts_underflow_and_say_so(source):
    count = HISTORIC[source]
    theta = round(count.successes / count.n, 4) + 0.001
    coin = CoinExplorer(source=source, theta=theta)
    assert coin.result.product == 0
    assert coin.result.underflows
    assert "underflow" in coin.describe()
    assert "lesson 2" in coin.describe()
    assert "underflow" in coin.figure.view.underflow_text.get_text()
    assert coin.result.log10_product == pytest.approx(
        stats.bernoulli.logpmf([1, 0], theta) @ [count.successes, count.n - count.successes] / np.log(10)
    )
    coin.controls["source"].value = TOSSED
    assert "underflow" not in coin.describe()


def test_an_impossible_theta_is_zero_and_not_underflow():
    coin = CoinExplorer(theta=1.0)
    assert coin.result.product == 0
    assert not coin.result.underflows


@pytest.mark.parametrize("order", list(itertools.permutations(HISTORIC)))
def test_a_recorded_count_opens_at_its_claim_in_the_browser_too(order):
    coin = CoinExplorer(theta=0.9)
    browser = sweep.BrowserSlider(coin.controls["theta"])
    for source in order:
        coin.controls["source"].value = source
        browser.report()
        assert coin.state.theta == round(HISTORIC[source].claim, 4)
        assert browser.kept["value"] == pytest.approx(coin.state.theta, abs=1e-9)
    before = coin.state.theta
    coin.controls["source"].value = TOSSED
    browser.report()
    assert coin.state.theta == before
    assert browser.kept["value"] == pytest.approx(before, abs=0.0026)


@EVERY
def test_no_slider_moves_of_itself_when_something_is_chosen(explorer_class):
    explorer = explorer_class()
    sliders = [c for c in explorer.controls.values() if isinstance(c, widgets.FloatSlider | widgets.IntSlider)]
    browsers = [sweep.BrowserSlider(control) for control in sliders]
    for name, control in explorer.controls.items():
        for value in sweep.positions(control) if isinstance(control, widgets.Dropdown) else []:
            sweep.set_control(explorer, name, value)
            before = explorer.state
            for browser in browsers:
                browser.report()
            assert explorer.state == before, f"after {name} = {value}"


@EVERY
def test_a_moved_slider_is_answered_with_the_picture_and_not_with_its_own_value(explorer_class, monkeypatch):
    explorer = explorer_class()
    explorer.figure.ratio = 1.0
    sent = []
    monkeypatch.setattr(widgets.Widget, "_send", lambda self, msg, buffers=None: sent.append((self, msg["method"])))
    for control in explorer.controls.values():
        if isinstance(control, widgets.SelectionSlider):
            report = {"index": abs(control.index - 1)}
        elif isinstance(control, widgets.FloatSlider | widgets.IntSlider):
            further = control.value < (control.min + control.max) / 2
            report = {"value": control.value + (control.step if further else -control.step)}
        else:
            continue
        sent.clear()
        before = explorer.state
        control.set_state(report)
        assert [widget for widget, _ in sent].count(explorer.figure) == (explorer.state != before)
        assert (control, "echo_update") not in sent


def test_a_share_exactly_a_tenth_from_one_half_misleads():
    """32 heads of 80 are 0.4, and 0.5 − 0.4 is less than 0.1 in floats."""
    goal = next(c for c in CoinExplorer.challenges if c.name == "01_fair_coin_misleads")
    coin = CoinExplorer(source=SIMULATED, n=80, seed=9)
    assert coin.result.heads == 32
    assert goal.reached(coin.state, coin.result)
    coin.move(n=81)
    assert goal.reached(coin.state, coin.result) == (abs(2 * coin.result.heads - 81) * 5 >= 81)
    coin.move(n=80, flipped=(1,))
    assert not goal.reached(coin.state, coin.result)


# The classifier


def test_the_learner_s_best_is_kept_and_the_climb_does_not_count():
    classifier = ClassifierExplorer()
    sweep.set_control(classifier, "midpoint", 5.0)
    sweep.set_control(classifier, "slope", 5.0)
    best = classifier.state.best
    assert best == (5.0, 5.0)
    sweep.set_control(classifier, "slope", 1.0)
    assert classifier.state.best == best
    sweep.set_control(classifier, "climb")
    sweep.set_control(classifier, "step", 60)
    assert classifier.state.best == best
    assert classifier.result.log10_product == pytest.approx(classifier.result.log10_optimum, abs=1e-3)
    assert classifier.result.path.midpoint[0] == 5.0
    after_the_climb = classifier.result.path
    sweep.set_control(classifier, "midpoint", 4.88)
    assert classifier.state.best == best, "a nudge where the climb has led is not the learner's"
    assert classifier.result.path is None
    sweep.set_control(classifier, "midpoint", 6.0)
    sweep.set_control(classifier, "midpoint", 4.88)
    assert classifier.state.best != best, "coming back from afar is"
    classifier = None
    assert after_the_climb.slope[0] == 1.0


def test_greatest_product_of_the_irises():
    """As scikit-learn's fit has it: 5.50e-8 at midpoint 4.863 cm and slope 9.00."""
    r = ClassifierExplorer().result
    assert 10**r.log10_optimum == pytest.approx(5.4998e-8, rel=1e-3)


def test_as_steep_as_it_goes_at_the_best_midpoint_the_product_is_250_times_smaller():
    classifier = ClassifierExplorer(midpoint=4.86)
    classifier.move(slope=classifier.controls["slope"].max)
    r = classifier.result
    assert f"{10 ** (r.log10_optimum - r.log10_product):.2g}" == "2.5e+02"
    assert np.mean(r.factors > 0.9) > 0.8


def test_a_handle_goes_where_it_is_dragged_and_the_other_stays():
    classifier = ClassifierExplorer(midpoint=5.0, slope=2.0)
    low, high = classifier.result.handles
    view, to_figure = classifier.figure.view, classifier.figure.fig.transFigure.inverted()
    start = to_figure.transform(view.data_axes.transData.transform((high, 0.75)))
    end = to_figure.transform(view.data_axes.transData.transform((6.5, 0.75)))
    sweep.drag(classifier, *start, *end)
    assert classifier.result.handles == pytest.approx((low, 6.5), abs=0.06)


# The surprisal


@given(st.floats(0.005, 1))
def test_surprisal_against_scipy(p):
    r = SurprisalExplorer.compute(SurprisalExplorer.State(p=p))
    assert r.nats == pytest.approx(-stats.bernoulli.logpmf(1, p), rel=1e-12, abs=1e-15)
    assert r.bits == pytest.approx(r.nats / np.log(2), rel=1e-12)
