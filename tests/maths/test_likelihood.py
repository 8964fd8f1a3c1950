"""The mathematics of lesson 1 against mpmath, scipy, torch and scikit-learn."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from lessons_lib.maths import likelihood as L
from lessons_lib.maths.data import iris_petals, kerrich_tosses
from lessons_lib.maths.errors import InputError

outcomes = st.lists(st.integers(0, 1), max_size=200)
probabilities = st.floats(0, 1)


@given(outcomes, st.fractions(0, 1, max_denominator=1000))
def test_product_is_exact_arithmetic_s(ys, theta):
    exact = math.prod((theta if y else 1 - theta for y in ys), start=Fraction(1))
    assert L.bernoulli_likelihood(ys, float(theta)) == pytest.approx(float(exact), rel=1e-12, abs=1e-300)


@given(outcomes, probabilities)
def test_log_of_the_product_is_the_sum_of_the_logs(ys, theta):
    log = float(L.bernoulli_log_likelihood(sum(ys), len(ys), theta))
    with mpmath.workdps(400):
        exact = mpmath.mpf(theta) ** sum(ys) * (1 - mpmath.mpf(theta)) ** (len(ys) - sum(ys))
        expected = float(mpmath.log(exact)) if exact else -math.inf
    assert log == pytest.approx(expected, rel=1e-13, abs=1e-300)


@given(outcomes.filter(bool), probabilities)
def test_no_theta_beats_the_share_of_ones(ys, theta):
    k, n = sum(ys), len(ys)
    assert L.bernoulli_log_likelihood(k, n, theta) <= L.bernoulli_log_likelihood(k, n, k / n) + 1e-9


def test_claims_000_09():
    sevens = [1] * 7 + [0] * 3
    assert L.bernoulli_likelihood(sevens, 0.7) == pytest.approx(2.2235661e-3)
    assert L.bernoulli_likelihood(sevens, 0.5) == 9.765625e-4


def test_binomial_counts_the_orders():
    sequence = L.bernoulli_likelihood(kerrich_tosses()[:10], 0.3)
    assert L.binomial_likelihood(4, 10, 0.3) == pytest.approx(math.comb(10, 4) * sequence, rel=1e-13)
    assert np.sum(L.binomial_likelihood(np.arange(11), 10, 0.3)) == pytest.approx(1)


def test_area_under_the_likelihood_is_not_one():
    area, _ = quad(lambda theta: L.bernoulli_likelihood(kerrich_tosses()[:10], theta), 0, 1)
    assert area == pytest.approx(1 / (11 * math.comb(10, 4)))


def test_categorical_and_multinomial():
    counts, p = [315, 108, 101, 32], np.array([9, 3, 3, 1]) / 16
    sequence = stats.rv_discrete(values=(range(4), p)).logpmf(np.repeat(range(4), counts)).sum()
    assert L.categorical_log_likelihood(counts, p) == pytest.approx(sequence)
    assert L.multinomial_likelihood(counts, p) == pytest.approx(stats.multinomial.pmf(counts, 556, p))
    assert L.categorical_log_likelihood([3, 0], [1, 0]) == 0
    assert L.categorical_log_likelihood([3, 1], [1, 0]) == -math.inf


@given(st.floats(3, 7), st.floats(0.5, 20))
def test_logistic_log_likelihood_is_the_log_of_the_product(midpoint, slope):
    petals = iris_petals()
    p = L.logistic_curve(petals.length, midpoint, slope)
    expected = stats.bernoulli.logpmf(petals.label, np.clip(p, 1e-300, 1)).sum()
    if np.isfinite(expected) and p.max() < 1 - 1e-12:
        assert L.logistic_log_likelihood(petals.length, petals.label, midpoint, slope) == pytest.approx(expected)


def test_logistic_log_likelihood_against_torch_and_its_gradient_s_zero():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    petals = iris_petals()
    x, y = torch.tensor(petals.length), torch.tensor(petals.label, dtype=torch.float64)
    path = L.logistic_ascent(petals.length, petals.label, 5.0, 1.0, steps=6000)
    where = torch.tensor([path.midpoint[-1], path.slope[-1]], requires_grad=True)
    logits = where[1] * (x - where[0])
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, y, reduction="sum")
    loss.backward()
    ours = L.logistic_log_likelihood(petals.length, petals.label, path.midpoint[-1], path.slope[-1])
    assert float(ours) == pytest.approx(-loss.item(), rel=1e-12)
    assert torch.abs(where.grad).max() < 1e-5


def test_ascent_agrees_with_scikit_learn_and_climbs():
    from sklearn.linear_model import LogisticRegression

    petals = iris_petals()
    fitted = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(petals.length[:, None], petals.label)
    for midpoint, slope in [(6, 1), (3, 0.5), (7, 0.5), (3, 20), (7, 20), (5, 10)]:
        path = L.logistic_ascent(petals.length, petals.label, midpoint, slope, steps=6000)
        assert path.slope[-1] == pytest.approx(fitted.coef_[0, 0], rel=1e-4)
        assert path.midpoint[-1] == pytest.approx(-fitted.intercept_[0] / fitted.coef_[0, 0], rel=1e-5)
        assert np.all(path.slope > 0)
    heights = L.logistic_log_likelihood(petals.length, petals.label, path.midpoint, path.slope)
    assert np.all(np.diff(heights) > -1e-9)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: L.bernoulli_likelihood([1, 2], 0.5), "2"),
        (lambda: L.bernoulli_likelihood([1, 0], 1.5), r"theta .* 1\.5"),
        (lambda: L.bernoulli_likelihood([1, 0], math.nan), "theta .* nan"),
        (lambda: L.bernoulli_likelihood(["a"], 0.5), "'a'"),
        (lambda: L.bernoulli_log_likelihood(3, 2, 0.5), "3 of 2"),
        (lambda: L.bernoulli_log_likelihood(-1, 2, 0.5), "-1"),
        (lambda: L.binomial_likelihood(1.5, 2, 0.5), r"1\.5"),
        (lambda: L.categorical_log_likelihood([1, 1], [0.5, 0.4]), r"sum to 0\.9, not 1"),
        (lambda: L.categorical_log_likelihood([1, 1], [1.0]), r"\(2,\) and \(1,\)"),
        (lambda: L.own_label_probabilities([0.5, math.inf], [1, 0]), "inf"),
        (lambda: L.logistic_ascent([0.0, 1.0], [0, 1], 0.0, -1.0), "-1"),
        (lambda: L.bernoulli_likelihood([1, 0], [0.5, 0.2]), r"theta must be one number, .* \(2,\)"),
        (lambda: L.bernoulli_factors([10**400], 0.5), "outcomes"),
        (lambda: L.bernoulli_log_likelihood([1, 2], [3, 4, 5], 0.5), r"\(2,\), \(3,\)"),
        (lambda: L.bernoulli_log_likelihood([5, 9], [4, 10], 0.5), "5 of 4"),
        (lambda: L.own_label_probabilities([0.5, 0.5], [1, 0, 1]), r"\(2,\), labels \(3,\)"),
        (lambda: L.logistic_log_likelihood([1, 2], [1], 0, 1), r"x \(2,\), labels \(1,\)"),
        (lambda: L.logistic_curve([1], "a", 1), "midpoint"),
        (lambda: L.logistic_curve([1], math.nan, 1), "midpoint"),
        (lambda: L.logistic_ascent([], [], 0, 1), "x must be"),
        (lambda: L.logistic_ascent([1, 1], [0, 1], 1, 1), "not all the same"),
        (lambda: L.logistic_ascent([1, 2], [0, 1], 1, 1, steps=-1), "steps"),
        (lambda: L.categorical_log_likelihood("ab", [0.5, 0.5]), "counts"),
        (lambda: L.categorical_log_likelihood([-1, 2], [0.5, 0.5]), "-1"),
    ],
)
def test_what_cannot_be_used_is_named(call, named):
    with pytest.raises(InputError, match=named):
        call()


def test_at_its_peak_a_logistic_curve_expects_just_what_it_gets_whatever_the_labels():
    x = iris_petals().length
    for seed in range(3):
        y = (np.random.default_rng(seed).random(x.size) < 0.3 + 0.1 * (x > x.mean())).astype(int)
        ascent = L.logistic_ascent(x, y, x.mean(), 0.5, steps=6000)
        p = L.logistic_curve(x, ascent.midpoint[-1], ascent.slope[-1])
        got = np.log(L.own_label_probabilities(p, y)).sum()
        assert got == pytest.approx(np.sum(p * np.log(p) + (1 - p) * np.log(1 - p)), rel=1e-6)


def test_edges_have_plain_answers_whatever_numpy_is_told_to_raise():
    with np.errstate(all="raise"):
        assert L.logistic_curve([1e308], -1e308, 0.0).tolist() == [0.5]
        assert L.logistic_factors([1e308], [0], -1e308, 1e-308).tolist() == pytest.approx(
            [1 / (1 + math.exp(2))], rel=1e-15
        )
        assert L.logistic_log_likelihood([1e308], [1], -1e308, 0.0) == pytest.approx(-math.log(2), rel=1e-15)
        assert L.binomial_likelihood(1, 2, 1e-308) == pytest.approx(2e-308, rel=1e-12)
        assert L.bernoulli_log_likelihood(0, 2, 0.0) == 0
        assert L.categorical_log_likelihood([0, 3], [0.0, 1.0]) == 0
        assert L.multinomial_likelihood([1, 0], [0.0, 1.0]) == 0
