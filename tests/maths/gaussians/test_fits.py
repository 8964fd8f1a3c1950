"""Both divergences of a Gaussian from a mixture, against integrals in 25 decimals, closed forms, and the claims."""

import math

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.fits import (
    divergence,
    forward_kl,
    gaussian,
    moment_match,
    reverse_cross_entropy,
    reverse_kl,
)
from lessons_lib.maths.gaussians.mixtures import GaussianMixture

EVEN = GaussianMixture((0.5, 0.5), (-2.5, 2.5), (0.7, 0.7))
UNEVEN = GaussianMixture((0.3, 0.7), (-2.5, 2.5), (0.7, 0.7))


def in_decimals(p, q):
    """KL(p‖q) of two mixtures to 25 digits: tanh-sinh between ends that enclose every bend of either logarithm."""
    parts = [
        [tuple(map(mpmath.mpf, part)) for part in zip(m.weights, m.means, m.deviations, strict=True) if part[0]]
        for m in (p, q)
    ]

    def log_density(mixture, x):
        logs = [
            mpmath.log(w) - mpmath.log(s) - mpmath.log(2 * mpmath.pi) / 2 - ((x - m) / s) ** 2 / 2
            for w, m, s in mixture
        ]
        return max(logs) + mpmath.log(sum(mpmath.exp(log - max(logs)) for log in logs))

    steps = (-14, -9, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9, 14)
    ends = {m + s * step for _, m, s in parts[0] for step in steps}
    low, high = min(ends), max(ends)
    ends |= {m + s * step for _, m, s in parts[1] for step in steps}
    for mixture in parts:
        for place, (w, a, s) in enumerate(mixture):
            for v, b, t in mixture[:place]:
                ends |= _around_crossings((w, a, s), (v, b, t))
    ends = sorted(end for end in ends if low <= end <= high)
    log_p, log_q = (lambda x, mixture=mixture: log_density(mixture, x) for mixture in parts)
    return mpmath.quad(lambda x: mpmath.exp(log_p(x)) * (log_p(x) - log_q(x)), ends, maxdegree=5)


def _around_crossings(first, second):
    (w, a, s), (v, b, t) = first, second
    square, slope = 1 / t**2 / 2 - 1 / s**2 / 2, a / s**2 - b / t**2
    constant = b**2 / t**2 / 2 - a**2 / s**2 / 2 + mpmath.log(w / v) - mpmath.log(s / t)
    root = mpmath.sqrt(slope**2 - 4 * square * constant)
    crossings = [(sign * root - slope) / 2 / square for sign in (1, -1)] if square else [-constant / slope]
    ends = set()
    for x in map(mpmath.re, crossings):
        scale = 1 / max(abs(slope + 2 * square * x), abs(1 / t - 1 / s))
        ends |= {x + sign * scale * step for sign in (1, -1) for step in (0, 2, 5, 10, 20, 60, 300, 2000, 10000)}
    return ends


# weights, means, deviations of p; mean and deviation of q; forward and reverse KL as `in_decimals` gives them.
REFERENCES = [
    (((0.001, 0.333, 0.666), (-20.0, 0.0, 20.0), (1.0, 0.01, 100.0)), -19, 0.5, 15583.036456114654, 5.1887321160689725),
    (((0.5, 0.5), (-10.0, 10.0), (1.0, 1.0)), 0, 8.0, 1.6753568611198906, 16.278839498183263),
    (((0.5, 0.5), (-10.0, 10.0), (1.0, 1.0)), 3, 100.0, 3.4175230054281461, 4251.8440670963656),
    (((0.5, 0.5), (-10.0, 10.0), (1.0, 1.0)), 3, 0.01, 549994.20168263343, 29.298367366548037),
    (((0.001, 0.999), (-10.0, 10.0), (1.0, 1.0)), 0, 8.0, 2.3605967865676038, 18.980611859717741),
    (((0.001, 0.999), (0.0, 20.0), (0.01, 1.0)), 19, 1.3, 0.4569912032098861, 0.58363623586609251),
    (((0.3, 0.7), (0.0, 5.0), (0.01, 100.0)), 1, 90.0, 1.9812207837971182, 0.36577748134435517),
    (((0.3, 0.7), (0.0, 5.0), (0.01, 100.0)), 0, 0.01, 35087492.59343228, 1.2031732726729963),
    (((0.999, 0.001), (0.0, 5.0), (0.01, 100.0)), 0, 0.0101, 49137.321972484398, 0.0010996500809956444),
    (((0.3, 0.3, 0.4), (-50.0, 0.0, 50.0), (0.01, 100.0, 1.0)), 1, 90.0, 3.234994279867045, 1.1271747831342473),
    (((0.0, 1.0), (3.0, 1.0), (1.0, 2.0)), 1.5, 1.9, 0.037349364892227868, 0.033793294387550538),
    (((0.5, 0.5), (0.0, 0.2), (0.01, 0.01)), 0.1, 100, 8.0171936964162374, 49920252.526723239),
    (((0.5, 0.5), (0.0, 0.2), (0.01, 0.01)), 0.1, 0.08, 1.6753568611198907, 16.278839498183264),
    (((0.5, 0.5), (0.0, 0.0), (0.01, 100.0)), 0, 1, 2498.8081239575844, 4.5850449133031039),
    (((0.5, 0.5), (0.0, 0.001), (1.0, 1.001)), 0, 1, 3.7520859820095277e-7, 3.7491608777209585e-7),
]


@pytest.mark.parametrize(("parts", "mean", "deviation", "forward", "reverse"), REFERENCES)
def test_within_a_billionth_of_high_precision(parts, mean, deviation, forward, reverse):
    p = GaussianMixture(*parts)
    assert forward_kl(p, mean, deviation) == pytest.approx(forward, rel=1e-11, abs=1e-13)
    assert reverse_kl(p, mean, deviation) == pytest.approx(reverse, rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("case", [6, 10])
def test_the_references_themselves(case):
    parts, mean, deviation, forward, reverse = REFERENCES[case]
    p, q = GaussianMixture(*parts), gaussian(mean, deviation)
    with mpmath.workdps(25):
        assert float(in_decimals(p, q)) == pytest.approx(forward, rel=1e-15)
        assert float(in_decimals(q, p)) == pytest.approx(reverse, rel=1e-15)


def closed_form(mean, deviation, other_mean, other_deviation):
    """KL of two Gaussians, in decimals."""
    with mpmath.workdps(60):
        m, s, a, t = map(mpmath.mpf, (mean, deviation, other_mean, other_deviation))
        return float(mpmath.log(t / s) + (s**2 + (m - a) ** 2) / (2 * t**2) - mpmath.mpf(1) / 2)


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(-20, 20))
def test_two_gaussians_have_a_closed_form(power, other_power, apart):
    s, t = 10**power, 10**other_power
    p, mean = GaussianMixture((1,), (0,), (s,)), apart * max(s, t)
    assert forward_kl(p, mean, t) == pytest.approx(closed_form(0, s, mean, t), rel=1e-11, abs=1e-13)
    assert reverse_kl(p, mean, t) == pytest.approx(closed_form(mean, t, 0, s), rel=1e-11, abs=1e-13)


@pytest.mark.parametrize("off", [1e-3, 1e-6, 1e-9])
def test_a_tiny_divergence_is_positive_and_keeps_its_digits(off):
    p = GaussianMixture((1,), (0,), (1,))
    digits = max(1e-11, 1e-14 / off)
    assert forward_kl(p, off, 1 + off) == pytest.approx(closed_form(0, 1, off, 1 + off), rel=digits, abs=0)
    assert reverse_kl(p, off, 1 + off) == pytest.approx(closed_form(off, 1 + off, 0, 1), rel=digits, abs=0)
    assert forward_kl(p, 0, 1) == reverse_kl(p, 0, 1) == 0


@pytest.mark.parametrize(
    ("p", "mean", "deviation", "forward", "reverse"),
    [
        (EVEN, 0, 2.596150997149, 0.618075552301, 1.544298867047),
        (EVEN, 2.498556009286, 0.702575269742, 11.961839305, 0.692614465362),
        (EVEN, 0, 2.210020296494, 0.647028678, 1.379216273688),
        (EVEN, -1.256299572040, 1.843161861081, 0.999797613, 1.470338771663),
        (UNEVEN, 1, 2.395829710142, 0.620012291154, 1.547899960581),
        (UNEVEN, 2.499074822057, 0.701697656605, 7.002871037, 0.356339828792),
        (UNEVEN, -2.497759500153, 0.703879580821, 17.034654118, 1.203132704373),
        (UNEVEN, -1.518768512612, 1.669600845545, 1.926383762, 1.794682171170),
    ],
)
def test_the_claims(p, mean, deviation, forward, reverse):
    assert forward_kl(p, mean, deviation) == pytest.approx(forward, abs=2e-9)
    assert reverse_kl(p, mean, deviation) == pytest.approx(reverse, abs=2e-11)
    if deviation == 2.210020296494:
        assert moment_match(p) == (0, pytest.approx(math.sqrt(6.74), abs=1e-14))


parts = st.lists(
    st.tuples(st.floats(0.001, 1), st.floats(-20, 20), st.floats(-2, 2).map(lambda power: 10**power)),
    min_size=1,
    max_size=3,
)


@given(parts, st.floats(-20, 20), st.floats(-2, 2))
def test_at_least_0_and_the_matched_moments_are_the_forward_best(parts, mean, power):
    total = math.fsum(weight for weight, _, _ in parts)
    p = GaussianMixture([weight / total for weight, _, _ in parts], *list(zip(*parts, strict=True))[1:])
    forward = forward_kl(p, mean, 10**power)
    assert forward >= forward_kl(p, *moment_match(p)) - 1e-12 * max(1, forward)
    assert forward >= 0
    reverse = reverse_kl(p, mean, 10**power)
    assert 0 <= reverse < math.inf
    entropy = power * math.log(10) + 0.5 * math.log(2 * math.pi * math.e)
    assert reverse_cross_entropy(p, mean, 10**power) - entropy == pytest.approx(reverse, rel=1e-12, abs=1e-12)


def test_without_its_entropy_q_collapses_on_the_mode():
    prices = [reverse_cross_entropy(EVEN, 2.49999999996, width) for width in (0.7, 0.1, 0.01, 1e-4)]
    assert prices == sorted(prices, reverse=True)
    assert prices[0] == pytest.approx(1.754891, abs=2e-6)
    assert prices[-1] == pytest.approx(1.255410770, abs=2e-8)


def test_infinite_where_support_is_missing():
    cut = GaussianMixture(EVEN.weights, EVEN.means, EVEN.deviations, -3, 3)
    assert reverse_kl(cut, 0, 1) == math.inf
    assert reverse_kl(cut, 0, 1, low=-3) == math.inf
    assert forward_kl(EVEN, 0, 1, low=-9) == math.inf
    assert forward_kl(cut, 0, 1, low=-2) == math.inf
    assert math.isfinite(forward_kl(cut, 0, 1))
    assert math.isfinite(reverse_kl(cut, 0, 1, low=-3, high=3))


def test_truncated_against_scipy():
    cut = GaussianMixture(UNEVEN.weights, UNEVEN.means, UNEVEN.deviations, -3, 2)
    q = gaussian(0.3, 1.5)

    def price(x):
        return cut.density(x) * (cut.log_density(x) - q.log_density(x))

    expected = integrate.quad(price, -3, 2, epsabs=1e-13, epsrel=1e-13)[0]
    assert forward_kl(cut, 0.3, 1.5) == pytest.approx(expected, abs=1e-12)
    inner = gaussian(0.3, 1.5, -1, 2)

    def reverse_price(x):
        return inner.density(x) * (inner.log_density(x) - cut.log_density(x))

    expected = integrate.quad(reverse_price, -1, 2, epsabs=1e-13, epsrel=1e-13)[0]
    assert reverse_kl(cut, 0.3, 1.5, -1, 2) == pytest.approx(expected, abs=1e-12)
    assert divergence(cut, cut) == 0


@pytest.mark.parametrize("deviation", [0, -1, math.nan, math.inf, "wide"])
def test_impossible_widths_are_named(deviation):
    for kl in (forward_kl, reverse_kl, reverse_cross_entropy):
        with pytest.raises(InputError, match="deviations"):
            kl(EVEN, 0, deviation)
