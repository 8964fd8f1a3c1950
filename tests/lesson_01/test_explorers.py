"""The coin against scipy, what is turned over, and a classifier's curve by hand and by ascent."""

import itertools

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lessons_lib.lesson_01 import ClassifierExplorer, CoinExplorer
from lessons_lib.lesson_01.coin_explorer import HISTORIC, SIMULATED, TOSSED

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
    sweep.drag_in(classifier, classifier.figure.view.data_axes, (high, 0.75), (6.5, 0.75))
    assert classifier.result.handles == pytest.approx((low, 6.5), abs=0.06)
