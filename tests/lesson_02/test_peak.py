"""A coin's likelihood and its logarithm against scipy, exact fractions and mpmath."""

import math
from fractions import Fraction

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp
from scipy import stats

from lessons_lib.lesson_02 import PeakExplorer
from lessons_lib.lesson_02.peak_explorer import GRID, MEAN, SIZES, SUM, TRUE_SHARE, likelihoods
from lessons_lib.maths.errors import InputError


@settings(max_examples=25)
@given(st.sampled_from(SIZES), st.integers(1, 999).map(lambda i: i / 1000), st.integers(0, 50))
def test_peak_and_logs_against_scipy(n, theta, seed):
    r = PeakExplorer.compute(PeakExplorer.State(n=n, theta=theta, seed=seed))
    tosses = (np.random.default_rng(seed).random(10_000) < TRUE_SHARE).astype(int)[:n]
    assert (r.heads, r.peak) == (tosses.sum(), tosses.mean())
    here, best = (stats.bernoulli.logpmf(tosses, t).sum() for t in (theta, r.peak))
    assert r.at_theta == pytest.approx(here - best, rel=1e-8, abs=1e-8)
    assert r.log_of_peak == pytest.approx(best, rel=1e-10, abs=1e-12)
    assert r.log_grid[np.argmax(r.log)] == r.peak
    assert r.log.max() == pytest.approx(0, abs=1e-9)
    assert r.gone == (n >= 1122)
    if not r.gone:
        exact = math.prod((Fraction(theta) if y else 1 - Fraction(theta) for y in tosses), start=Fraction(1))
        assert r.ratio.max() == 1
        if exact > Fraction(2) ** -900:
            index = round(theta * 1000)
            assert likelihoods(seed)[n][index] == pytest.approx(float(exact), rel=1e-9)
            assert abs(GRID[np.argmax(r.ratio)] - r.peak) <= 0.0005 + 1e-9


@pytest.mark.parametrize("shown", [SUM, MEAN])
@pytest.mark.parametrize("n", [10, 100, 10_000])
def test_the_parabola_has_the_curvature_of_the_log_likelihood(n, shown):
    r = PeakExplorer(n=n, shown=shown).result
    share = 1 / n if shown == MEAN else 1

    def log(theta):
        return mp.mpf(r.heads) * mp.log(theta) + (n - r.heads) * mp.log(1 - theta)

    curvature = float(-mp.diff(log, r.peak, 2)) * share
    assert r.information * share == pytest.approx(curvature, rel=1e-6)
    at = np.searchsorted(r.log_grid, r.peak + 0.02)
    assert r.parabola[at] == pytest.approx(-curvature * (r.log_grid[at] - r.peak) ** 2 / 2)
    near = np.abs(r.log_grid - r.peak) < 0.002
    np.testing.assert_allclose(r.parabola[near], r.log[near], atol=2e-2 * abs(r.log[near]).max() + 1e-9)


def test_a_tenth_as_wide_with_a_hundred_times_the_tosses():
    widths = [PeakExplorer(n=n).result.information ** -0.5 for n in (100, 10_000)]
    assert widths[0] / widths[1] == pytest.approx(10, rel=0.05)


def test_more_tosses_never_reshuffle():
    heads = [PeakExplorer.compute(PeakExplorer.State(n=n)).heads for n in SIZES]
    steps, gained = np.diff(SIZES), np.diff(heads)
    assert np.all((gained >= 0) & (gained <= steps))


def test_where_the_likelihood_is_gone_nothing_is_drawn_and_it_is_said():
    explorer = PeakExplorer(n=1122)
    assert explorer.result.gone
    assert explorer.result.first_gone == 1122
    assert "0 to every θ" in explorer.describe()
    assert len(explorer.figure.view.curve.get_xdata()) == 0
    assert len(explorer.figure.view.log_curve.get_xdata()) > 10
    explorer.move(n=1000)
    assert "0 to every θ" not in explorer.describe()
    assert explorer.result.greatest == pytest.approx(math.exp(explorer.result.log_of_peak), rel=1e-6)


def test_equal_tosses_have_a_peak_at_the_edge_and_no_parabola():
    explorer = PeakExplorer(n=1)
    assert explorer.result.peak in (0, 1)
    assert explorer.result.information is None
    assert "no parabola" in explorer.describe()
    for theta in (0.0, 1.0):
        explorer.move(theta=theta)
        sweep.healthy(explorer, theta)


def test_n_is_one_of_the_slider_s():
    with pytest.raises(InputError, match="n must be one of"):
        PeakExplorer(n=1001)
    for wrong in (1.5, "10", None, 0):
        with pytest.raises(InputError, match="n must"):
            PeakExplorer().move(n=wrong)
