"""Bayes factors against mpmath, and dependent features against sampling, quadrature and scikit-learn."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from lessons_lib.maths.data import KERRICH, MENDEL, WELDON
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.evidence import bits_for_point, bits_with_weights, optimal_weights, share_right


@pytest.mark.parametrize(("count", "bits"), [(KERRICH, 5.023055), (MENDEL, 6.106965), (WELDON, -10.595469)])
def test_what_the_counts_say_of_the_claims(count, bits):
    assert bits_for_point(count.successes, count.n, count.claim) == pytest.approx(bits, abs=5e-7)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.01, 0.99))
def test_against_forty_digits(k, failures, claim):
    with mpmath.workdps(40):
        any_theta = mpmath.beta(k + 1, failures + 1)
        exact = float(mpmath.log(mpmath.mpf(claim) ** k * (1 - mpmath.mpf(claim)) ** failures / any_theta, 2))
    assert bits_for_point(k, k + failures, claim) == pytest.approx(exact, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("n", "bits"), [(100, 0.131), (10_000, 3.547), (1_000_000, 6.869)])
def test_lindley_the_same_p_value_speaks_more_and_more_for_the_claim(n, bits):
    k = n / 2 + 1.96 * math.sqrt(n) / 2
    below, above = (bits_for_point(int(edge), n, 0.5) for edge in (math.floor(k), math.ceil(k)))
    assert min(below, above) - 5e-4 <= bits <= max(below, above) + 5e-4


def test_a_claim_that_rules_out_what_happened():
    assert bits_for_point(1, 3, 0.0) == -math.inf
    assert bits_for_point(3, 3, 1.0) == pytest.approx(2, abs=1e-12)
    assert bits_for_point(0, 0, 0.3) == 0


@pytest.mark.parametrize(
    ("apart", "rho", "weights"),
    [((1, 1), 0.8, (0.555556, 0.555556)), ((1, 1), -0.8, (5, 5)), ((1, 0), 0.8, (2.777778, -2.222222))],
)
def test_the_true_weights(apart, rho, weights):
    np.testing.assert_allclose(optimal_weights(apart, rho), weights, atol=5e-7)
    covariance = [[1, rho], [rho, 1]]
    plus, minus = (stats.multivariate_normal(sign * np.array(apart) / 2, covariance) for sign in (1, -1))
    for x in np.random.default_rng(0).normal(size=(20, 2)):
        assert plus.logpdf(x) - minus.logpdf(x) == pytest.approx(optimal_weights(apart, rho) @ x, abs=1e-9)


PAIRS = st.tuples(st.floats(-3, 3), st.floats(-3, 3))


@given(PAIRS, PAIRS, st.floats(-0.95, 0.95))
def test_the_loss_against_quadrature(weights, apart, rho):
    (v, w), (d, e) = weights, apart
    mean, spread = (v * d + w * e) / 2, math.sqrt(max(v**2 + 2 * rho * v * w + w**2, 0))
    with np.errstate(all="ignore"):
        expected, _ = integrate.quad(
            lambda z: stats.norm.pdf(z) * np.logaddexp(0, -(mean + spread * z)) / math.log(2), -12, 12, epsabs=1e-11
        )
    assert bits_with_weights(weights, apart, rho) == pytest.approx(expected, rel=1e-6, abs=1e-9)


@given(PAIRS, st.floats(-0.9, 0.9), PAIRS)
def test_no_weights_cost_less_than_the_true_ones(apart, rho, others):
    least = bits_with_weights(optimal_weights(apart, rho), apart, rho)
    assert least <= bits_with_weights(others, apart, rho) + 1e-9
    assert least <= 1 + 1e-12


def test_independent_features_added_up_though_they_depend():
    """With a negative correlation who adds them up is too timid; with a positive one too bold."""
    naive, true = (bits_with_weights(w, (1, 1), -0.8) for w in ((1, 1), optimal_weights((1, 1), -0.8)))
    assert (naive, true) == pytest.approx((0.507594, 0.207089), abs=5e-7)
    rng = np.random.default_rng(1)
    x = rng.multivariate_normal([0.5, 0.5], [[1, -0.8], [-0.8, 1]], size=400_000)
    assert np.mean(np.logaddexp(0, -x.sum(axis=1)) / math.log(2)) == pytest.approx(naive, abs=0.003)
    assert share_right((1, 1), (1, 1), -0.8) == pytest.approx(np.mean(x.sum(axis=1) > 0), abs=0.003)
    assert share_right((0, 0), (1, 1), 0.3) == 0.5


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: bits_for_point(11, 10, 0.5), "successes"),
        (lambda: bits_for_point(1.5, 10, 0.5), "successes"),
        (lambda: bits_for_point(1, 10, 1.5), "claim"),
        (lambda: optimal_weights([1, 2, 3], 0.1), "apart"),
        (lambda: optimal_weights([1, 2], 1.0), "correlation"),
    ],
)
def test_impossible_arguments_are_named(call, named):
    with pytest.raises(InputError, match=named):
        call()
