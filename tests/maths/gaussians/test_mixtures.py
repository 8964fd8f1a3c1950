"""Mixtures of Gaussians against scipy, mpmath and closed forms, and what is no mixture."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.mixtures import GaussianMixture, panel_rule, rule

TWIN = GaussianMixture((0.5, 0.5), (-2.5, 2.5), (0.7, 0.7))
UNEVEN = GaussianMixture((0.001, 0.999), (-3, 2), (0.05, 4))
CUT = GaussianMixture((0.3, 0.7), (-2.5, 2.5), (0.7, 1.2), -3, 2)


def by_scipy(p, x):
    parts = zip(p.weights, p.means, p.deviations, strict=True)
    return sum(weight * stats.norm.pdf(x, mean, deviation) for weight, mean, deviation in parts)


@pytest.mark.parametrize("p", [TWIN, UNEVEN])
@np.errstate(all="ignore")
def test_density_and_score_against_scipy(p):
    x = np.linspace(-12, 12, 301)
    np.testing.assert_allclose(p.density(x), by_scipy(p, x), rtol=1e-13)
    step = 1e-5
    slope = (p.log_density(x + step) - p.log_density(x - step)) / (2 * step)
    np.testing.assert_allclose(p.score(x), slope, rtol=2e-6, atol=2e-6)


@pytest.mark.parametrize("x", [-700.0, -14.0, 20.0, 1e3, 1e150])
def test_far_out_nothing_underflows(x):
    with mpmath.workdps(40):
        parts = [-(((x - mpmath.mpf(m)) / mpmath.mpf("0.7")) ** 2) / 2 for m in (-2.5, 2.5)]
        exact = max(parts) + mpmath.log(sum(mpmath.exp(part - max(parts)) for part in parts)) - mpmath.log("1.4")
        exact -= mpmath.log(2 * mpmath.pi) / 2
    assert TWIN.log_density(x) == pytest.approx(float(exact), rel=1e-14)
    nearest = math.copysign(2.5, x)
    assert TWIN.score(x) == pytest.approx((nearest - x) / 0.49, rel=1e-13)


def test_moments_and_entropy_as_claimed():
    assert (TWIN.mean, TWIN.variance) == (0, pytest.approx(6.74, abs=1e-14))
    assert TWIN.entropy() == pytest.approx(1.754892943366, abs=1e-12)
    assert GaussianMixture((0.3, 0.7), (-2.5, 2.5), (0.7, 0.7)).entropy() == pytest.approx(1.672655847216, abs=1e-12)


@pytest.mark.parametrize("deviation", [0.01, 1.0, 100.0])
def test_one_component_is_a_gaussian(deviation):
    one = GaussianMixture((0, 1), (7, 3), (1, deviation))
    assert one.entropy() == pytest.approx(stats.norm.entropy(3, deviation), abs=1e-13)
    assert (one.mean, one.deviation) == (3, deviation)
    assert one.score(3 + 20 * deviation) == pytest.approx(-20 / deviation, rel=1e-13)


def test_truncation_against_scipy():
    inside = integrate.quad(lambda x: by_scipy(CUT, x), -3, 2, epsabs=1e-13)[0]
    x = np.linspace(-3, 2, 51)
    np.testing.assert_allclose(CUT.density(x), by_scipy(CUT, x) / inside, rtol=1e-12)
    assert CUT.log_density([-3.001, 2.001]).tolist() == [-math.inf] * 2
    assert np.isnan(CUT.score(2.001))
    assert CUT.score(1.5) == GaussianMixture(CUT.weights, CUT.means, CUT.deviations).score(1.5)
    mean = integrate.quad(lambda x: x * CUT.density(x), -3, 2, epsabs=1e-13)[0]
    assert CUT.mean == pytest.approx(mean, abs=1e-12)
    half = GaussianMixture((1,), (0,), (1,), 0)
    assert half.mean == pytest.approx(math.sqrt(2 / math.pi), abs=1e-13)
    assert half.variance == pytest.approx(1 - 2 / math.pi, abs=1e-13)
    assert half.entropy() == pytest.approx(stats.halfnorm.entropy(), abs=1e-13)


@pytest.mark.parametrize(("low", "high"), [(20, math.inf), (-21, -20), (30, 3000)])
def test_truncation_to_a_far_tail_against_mpmath(low, high):
    tail = GaussianMixture((1,), (0,), (1,), low, high)
    x = -20.5 if low < 0 else low + 0.5
    with mpmath.workdps(40):
        near, far = sorted((abs(low), abs(high)))
        mass = mpmath.ncdf(-near) - mpmath.ncdf(-far)
        mean = (mpmath.npdf(near) - mpmath.npdf(far)) / mass * (-1 if low < 0 else 1)
        log_density = mpmath.log(mpmath.npdf(x) / mass)
    assert tail.log_density(x) == pytest.approx(float(log_density), rel=1e-12)
    assert tail.mean == pytest.approx(float(mean), rel=1e-12)


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=12).map(sorted))
@np.errstate(all="ignore")
def test_panels_are_exact_for_polynomials(breaks):
    x, weights = panel_rule(np.array(breaks))
    low, high = breaks[0], breaks[-1]
    for power in (0, 1, 5, 20):
        scale = max(abs(low), abs(high), 1.0)
        exact = ((high / scale) ** (power + 1) - (low / scale) ** (power + 1)) * scale / (power + 1)
        assert weights @ (x / scale) ** power == pytest.approx(exact, abs=1e-11)


@given(
    st.lists(st.tuples(st.floats(0.001, 1), st.floats(-1, 1), st.floats(-2, 2)), min_size=1, max_size=3),
)
def test_the_rule_of_any_mixture_gives_it_the_mass_1(parts):
    total = math.fsum(weight for weight, _, _ in parts)
    deviations = [10**power for _, _, power in parts]
    means = [20 * place * max(deviations) for _, place, _ in parts]
    p = GaussianMixture([weight / total for weight, _, _ in parts], means, deviations)
    x, weights = rule(p)
    assert weights @ p.density(x) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (((0.5, 0.6), (0, 1), (1, 1)), "weights must have the sum 1, but have 1.1"),
        (((0.5, 0.5 + 1e-8), (0, 1), (1, 1)), "the sum 1"),
        (((1.5, -0.5), (0, 1), (1, 1)), "weights must be at least 0, but hold -0.5"),
        (((0.5, 0.5), (0, 1), (1, 0)), "deviations must be above 0, but hold 0"),
        (((0.5, 0.5), (0, 1), (1, -2)), "deviations must be above 0, but hold -2"),
        (((0.5, 0.5), (0, math.nan), (1, 1)), "means must be finite, but holds nan"),
        (((0.5, math.nan), (0, 0), (1, 1)), "weights must be finite"),
        (((0.5, 0.5), (0, 0), (1, math.inf)), "deviations must be finite"),
        (((0.5, 0.5), (0,), (1, 1)), "equally many, not 2, 1 and 2"),
        (((), (), ()), "weights must be a list of numbers"),
        ((0.5, 0, 1), "weights must be a list"),
        ((("a",), (0,), (1,)), "weights must hold numbers"),
        (((1,), (0,), (1,), 2, 2), "low must be below high, but they are 2 and 2"),
        (((1,), (0,), (1,), 3, -3), "low must be below high"),
        (((1,), (0,), (1,), math.nan, 3), "low must be one number"),
        (((1,), (0,), (1,), 0, (1, 2)), "high must be one number"),
        (((1,), (0,), (1e-200,), 1, 2), "no mass between 1 and 2"),
    ],
)
def test_what_is_no_mixture_is_named(arguments, words):
    with pytest.raises(InputError, match=words):
        GaussianMixture(*arguments)


def test_nothing_is_normalised_silently():
    almost = GaussianMixture((0.5, 0.5 + 1e-10), (0, 1), (1, 1))
    assert sum(almost.weights) == 1 + 1e-10
    with pytest.raises(InputError, match="x must be finite"):
        almost.density([0.0, math.nan])
