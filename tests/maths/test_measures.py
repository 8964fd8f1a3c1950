"""Surprisal, entropy, cross-entropy, KL and perplexity against mpmath, to the last digits."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf
from scipy import stats

from lessons_lib.maths import measures as M
from lessons_lib.maths.errors import InputError

INF = math.inf


def cross(p, q):
    with mpmath.workdps(60):
        return -mpmath.fsum(mpf(a) * mpmath.log(mpf(b)) for a, b in zip(p, q, strict=True) if a > 0)


def divergence(p, q):
    with mpmath.workdps(60):
        terms = zip(map(mpf, p), map(mpf, q), strict=True)
        return mpmath.fsum(a * mpmath.log(a / b) for a, b in terms if a > 0)


def divided_by_their_sums(p, q):
    with mpmath.workdps(60):
        p, q = ([mpf(x) / mpmath.fsum(map(mpf, row)) for x in row] for row in (p, q))
    return divergence(p, q)


@np.errstate(all="ignore")
def assert_right(value, exact, ulps=4):
    """`exact` computed to 60 digits; distances are taken at that precision, not at mpmath's own of 15."""
    with mpmath.workdps(60):
        off = abs(mpf(float(value)) - exact)
        assert off <= ulps * mpf(float(np.spacing(abs(float(exact))))), (value, mpmath.nstr(exact, 25))


def log_of(base):
    with mpmath.workdps(60):
        return mpmath.log(mpf(base)) if base != math.e else mpf(1)


def pairs():
    """Random, extreme, near-equal, zero-holding ones, of 1 to 1000 outcomes."""
    rng = np.random.default_rng(4)
    for n, spread in [(1, 1), (2, 1), (2, 0.05), (3, 10), (12, 1), (12, 0.1), (40, 1), (300, 0.3), (1000, 1)]:
        p, q = rng.dirichlet([spread] * n, 2)
        yield f"{n} outcomes, {spread}", p, np.where((q == 0) & (p > 0), 1e-300, q)
    for distance in (1e-1, 1e-3, 1e-5):
        p = rng.dirichlet([1] * 9)
        q = p * (1 + distance * rng.standard_normal(9))
        yield f"{distance} apart", p, q / q.sum()
    yield "one-hot", np.array([0.0, 1, 0]), np.array([0.2, 0.6, 0.2])
    yield "1e-300 in p", np.array([1e-300, 0.25, 0.75]), np.array([0.5, 0.25, 0.25])
    yield "1e-300 in q", np.array([0.5, 0.25, 0.25]), np.array([1e-300, 0.25, 0.75])
    yield "subnormal", np.array([5e-324, 1]), np.array([1e-310, 1])
    yield "far above a million", np.array([1 - 1e-12, 1e-12]), np.array([1e-12, 1 - 1e-12])


@pytest.mark.parametrize(("p", "q"), [pytest.param(p, q, id=name) for name, p, q in pairs()])
def test_each_within_4_ulp_of_mpmath(p, q):
    for base in M.UNITS.values():
        with mpmath.workdps(60):
            h, x, kl = (exact / log_of(base) for exact in (cross(p, p), cross(p, q), divergence(p, q)))
        assert_right(M.entropy(p, base=base), h)
        assert_right(M.cross_entropy(p, q, base=base), x)
        if abs(math.fsum([*p, *-q])) < 1e-5 * float(kl):
            assert_right(M.kl_divergence(p, q, base=base), kl)
    with mpmath.workdps(60):
        assert_right(M.perplexity(p), mpmath.exp(cross(p, p)))
        assert_right(M.perplexity(p, q), mpmath.exp(cross(p, q)))
    few = slice(None, None, 1 + len(p) // 12)
    for a, b, term, own in zip(p[few], q[few], M.pointwise_kl(p, q)[few], M.surprisal(p)[few], strict=True):
        if a > 0:
            assert_right(term, divergence([a], [b]))
            assert_right(own, cross([1], [a]))
        else:
            assert (term, own) == (0, INF)


def near(p, distance, rng):
    q = p * (1 + distance * rng.standard_normal(p.size))
    return q / q.sum()


@pytest.mark.parametrize("distance", [1e-6, 1e-8, 1e-9, 1e-11])
def test_a_tiny_divergence_is_positive_and_right(distance):
    rng = np.random.default_rng(0)
    for n in (2, 3, 12, 200):
        p = rng.dirichlet([1] * n)
        q = near(p, distance, rng)
        ours, exact = M.kl_divergence(p, q), float(divided_by_their_sums(p, q))
        assert 0 < exact < distance**2 * 10
        assert ours == pytest.approx(exact, rel=2e-4)


def test_the_sum_of_logs_alone_would_fail_there():
    """What numpy and scipy give, and even the exact sum over the floats as given, is rounding; ours is not."""
    rng = np.random.default_rng(1)
    wrong = {"scipy": 0, "exact, as given": 0}
    for _ in range(40):
        p = rng.dirichlet([1] * 12)
        q = near(p, 1e-9, rng)
        true = float(divided_by_their_sums(p, q))
        wrong["scipy"] += abs(stats.entropy(p, q) / true - 1) > 0.5
        wrong["exact, as given"] += abs(float(divergence(p, q)) / true - 1) > 0.5
        assert M.kl_divergence(p, q) == pytest.approx(true, rel=1e-4)
    assert all(count > 10 for count in wrong.values()), wrong


distributions = st.integers(1, 12).flatmap(
    lambda n: st.tuples(*[st.lists(st.floats(0, 1), min_size=n, max_size=n).filter(lambda x: sum(x) > 1e-3)] * 2)
)


@given(distributions)
@np.errstate(all="ignore")
def test_identities(rows):
    p, q = (np.array(row) / math.fsum(row) for row in rows)
    p, q = (np.minimum(row, 1) for row in (p, q))
    kl, h, x = M.kl_divergence(p, q), M.entropy(p), M.cross_entropy(p, q)
    assert kl >= 0
    assert (kl == 0) == (x == h == 0 or bool(np.all(p == q)))
    assert x == INF == kl or x == pytest.approx(h + kl, abs=1e-12, rel=1e-14)
    assert M.kl_divergence(p, q, base=2) == pytest.approx(kl / math.log(2), rel=1e-15)
    assert M.pointwise_kl(p, q).sum() == pytest.approx(kl, abs=1e-14, rel=1e-12)
    assert M.perplexity(p) == pytest.approx(math.exp(h), rel=1e-13)
    assert M.kl_divergence(p, p) == 0
    assert 0 <= h <= math.log(len(p)) + 1e-15


def test_claims():
    """000-25, 000-27, 001-28, 001-38, 001-53, 002-09, 002-15, 004-10, 004-19 and section 4.2."""
    assert M.kl_divergence([0, 1, 0], [0.2, 0.6, 0.2]) == pytest.approx(-math.log(0.6), rel=1e-15)
    p, q = [0.3, 0.7], [0.6, 0.4]
    numbers = M.entropy(p), M.kl_divergence(p, q), M.cross_entropy(p, q), M.kl_divergence(q, p)
    assert numbers == pytest.approx((0.610864302, 0.183786897, 0.794651199, 0.192041993), abs=5e-10)
    assert (M.entropy([1 / 256] * 256, base=2), M.entropy([1 / 256] * 256)) == (8, pytest.approx(5.545177444))
    assert M.cross_entropy([0.5, 0.25, 0.25], [0.25, 0.25, 0.5]) == pytest.approx(1.213007566, abs=5e-10)
    assert M.kl_divergence([0.5, 0.5, 0], [0.4, 0.4, 0.2]) == pytest.approx(0.223143551, abs=5e-10)
    assert M.kl_divergence([0.9, 0.1], [0.1, 0.9]) == M.kl_divergence([0.1, 0.9], [0.9, 0.1])
    assert M.entropy([0.9, 0.1], base=2) == pytest.approx(0.468995593589, abs=5e-13)
    assert M.entropy([0.9, 0.1]) == M.cross_entropy([0.9, 0.1], [0.9, 0.1]) == pytest.approx(0.325082973391)
    assert M.kl_divergence([0.5, 0.5, 0], [1 / 3] * 3) == pytest.approx(0.405465108, abs=5e-10)
    assert M.kl_divergence([1 / 3] * 3, [0.5, 0.5, 0]) == INF


def test_zeros():
    """0 log 0 = 0 whatever q is; q = 0 < p is infinite, and makes no warning."""
    p, q = [0.5, 0.5, 0, 0], [1, 0, 0, 0]
    assert M.pointwise_kl(p, q).tolist() == [pytest.approx(-math.log(2) / 2), INF, 0, 0]
    assert M.cross_entropy(p, q) == M.kl_divergence(p, q) == M.perplexity(p, q) == INF
    assert M.pointwise_kl(q, p).tolist() == [pytest.approx(math.log(2)), 0, 0, 0]
    assert M.surprisal([1, 0]).tolist() == [0, INF]
    assert math.copysign(1, M.surprisal(1.0)) == math.copysign(1, M.entropy([1.0])) == 1, "no −0"
    assert M.perplexity([0.5, 0.5], [1, 1e-320]) == pytest.approx(1e160, rel=1e-3)
    assert M.perplexity([1, 0], [5e-324, 1]) == INF, "out of range"


def test_units_and_exact_bits():
    assert M.surprisal([0.5, 0.25, 2**-40], base=2).tolist() == [1, 2, 40]
    assert M.entropy([1 / 1024] * 1024, base=2) == 10
    assert M.surprisal(0.001, base=M.UNITS["decibans"]) == pytest.approx(30)
    assert isinstance(M.surprisal(0.5), float)
    assert M.surprisal([[0.5], [1]]).shape == (2, 1)


def test_against_torch():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    p, q = np.random.default_rng(2).dirichlet([1] * 7, 2)
    theirs = torch.nn.functional.kl_div(torch.tensor(q).log(), torch.tensor(p), reduction="sum")
    assert M.kl_divergence(p, q) == pytest.approx(theirs.item(), rel=1e-13)
    assert M.entropy(p) == pytest.approx(torch.distributions.Categorical(torch.tensor(p)).entropy().item(), rel=1e-13)


def test_a_tensor_with_a_gradient_is_named():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    with pytest.raises(InputError, match=r"q must hold numbers, not tensor.*requires_grad=True"):
        M.kl_divergence(HALVES, torch.tensor(HALVES, requires_grad=True))


def test_near_equal_rows_that_do_not_quite_sum_to_1():
    """Such a divergence is that of measures, as scipy has it: above 0, where Σ p log(p/q) is below."""
    p, q = [0.5, 0.5], [0.5, 0.5 + 8e-10]
    assert M.pointwise_kl(p, q).sum() < -7e-10
    assert 0 < M.kl_divergence(p, q) == pytest.approx((8e-10) ** 2, rel=1e-8)
    far = [0.4, 0.6 + 8e-10]
    assert_right(M.kl_divergence(p, far), divergence(p, far))


HALVES = [0.5, 0.5]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: M.kl_divergence(HALVES, [0.5, 0.4]), r"q sums to 0\.9, not 1"),
        (lambda: M.kl_divergence([0.5, 0.5000001], HALVES), r"p sums to 1\.0000001, not 1"),
        (lambda: M.entropy([1.2, -0.2]), r"p must .* 1\.2"),
        (lambda: M.cross_entropy(HALVES, [-0.5, 1]), r"q must lie between 0 and 1, but is -0\.5"),
        (lambda: M.cross_entropy([math.nan, 1], HALVES), "p must be finite, but holds nan"),
        (lambda: M.pointwise_kl(HALVES, [INF, 0]), "q must be finite, but holds inf"),
        (lambda: M.perplexity(HALVES, [0.5, 0.25, 0.25]), r"p \(2,\), q \(3,\)"),
        (lambda: M.entropy([]), "p sums to 0, not 1"),
        (lambda: M.entropy([HALVES, HALVES]), r"p must be a list of probabilities, but has the shape \(2, 2\)"),
        (lambda: M.entropy(1.0), r"p must be a list"),
        (lambda: M.surprisal(1.5), r"p must lie between 0 and 1, but is 1\.5"),
        (lambda: M.surprisal("half"), "p must hold numbers"),
        (lambda: M.entropy([1.0000000000000002, 0]), r"p must lie between 0 and 1, but is 1\.0000000000000002"),
        (lambda: M.entropy(np.ma.array([0.5, 0.5, 0], mask=[0, 0, 1])), "p must hold numbers"),
        (lambda: M.entropy(HALVES, base=1), "base must be above 1, but is 1"),
        (lambda: M.entropy(HALVES, base=-2), "base must be above 1, but is -2"),
        (lambda: M.surprisal(HALVES, base=math.nan), "base must be finite"),
    ],
)
def test_what_is_no_distribution_is_named(call, named):
    with pytest.raises(InputError, match=named):
        call()
