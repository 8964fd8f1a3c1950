"""Exponentials and their logs against mpmath, in units in the last place; their infinities against scipy and torch."""

import decimal
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import special

from lessons_lib.maths import stable
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.stable import log1mexp, log_sigmoid, log_softmax, log_sum_exp, sigmoid, softmax, temperature_for

BOUND = 4
TEN = [2.1, 0.5, -1.2, 3.4, 0.8, -0.5, 1.1, -2.0, 0.3, 1.8]  # claims.md, 004-07
INF, NAN = math.inf, math.nan


def ulps(value, exact):
    """Distance from the exact number, in spacings of the floats there; below the normal range, in subnormal ones."""
    nearest = float(exact)
    if math.isinf(nearest) or not math.isfinite(value):
        return 0.0 if value == nearest else INF
    with mp.workprec(2400):
        return float(abs(mpf(value) - exact) / mpf(math.ulp(nearest)))


def worst(values, exact):
    return max(ulps(float(value), truth) for value, truth in zip(np.atleast_1d(values), exact, strict=True))


def exact_weights(x, temperature=1.0):
    """e^((x - max) / temperature), 0 below e^-3000, which no float can tell from it."""
    greatest = max(x)
    quotients = [mp.fsub(v, greatest, exact=True) / mpf(temperature) for v in x]
    return [mp.exp(q) if q > -3000 else mpf(0) for q in quotients]


def exact_log_sum(x, offset):
    """offset + log of the sum of the weights, in a precision doubled until 100 bits are left of it."""
    for precision in (200, 400, 800, 1600, 3200):
        with mp.workprec(precision):
            log = mp.log(mp.fsum(exact_weights(x)))
        with mp.workprec(3600):
            total = mpf(offset) + log
        if abs(total) > mp.ldexp(max(abs(offset), 1), 110 - precision):
            break
    return total


def exact_log_sum_exp(x):
    return [exact_log_sum(x, max(x))]


def exact_log_softmax(x):
    log = exact_log_sum(x, 0.0)
    with mp.workprec(3600):
        return [mp.fsub(v, max(x), exact=True) - log for v in x]


def exact_softmax(x, temperature=1.0):
    with mp.workprec(250):
        weights = exact_weights(x, temperature)
        total = mp.fsum(weights)
        return [weight / total for weight in weights]


def require_right(x, temperature=1.0):
    x = [float(v) for v in x]
    assert worst(log_sum_exp(x), exact_log_sum_exp(x)) <= BOUND
    assert worst(log_softmax(x), exact_log_softmax(x)) <= BOUND
    assert worst(softmax(x), exact_softmax(x)) <= BOUND
    assert worst(softmax(x, temperature=temperature), exact_softmax(x, temperature)) <= BOUND


finite = st.floats(allow_nan=False, allow_infinity=False)
temperatures = st.one_of(st.floats(0.05, 20), st.floats(min_value=5e-324, allow_infinity=False))


def lists(numbers):
    return st.lists(numbers, min_size=1, max_size=12)


@given(lists(st.one_of(st.floats(-1e4, 1e4), st.floats(-10, 10), st.floats(-1, 0))), temperatures)
def test_right_up_to_ten_thousand(x, temperature):
    require_right(x, temperature)


@given(lists(finite), temperatures)
def test_right_for_any_finite_numbers(x, temperature):
    require_right(x, temperature)


def near_one(rng, spread):
    return np.log(np.maximum(rng.dirichlet(np.full(rng.integers(2, 40), spread)), 1e-300))


def tiny_greatest(rng):
    """A greatest entry -10^-k, which the others together lift to nearly 0: e^greatest + (1 - e^greatest)."""
    k = int(rng.integers(1, 8))
    size = rng.uniform(-323, -1)
    return np.append(rng.normal(math.log(10) * size - math.log(k), 1e-3, k), -(10.0**size))


FAMILIES = {
    "normal": lambda rng: rng.normal(0, rng.choice([0.1, 1, 10]), rng.integers(1, 60)),
    "all negative": lambda rng: -rng.exponential(3, rng.integers(1, 60)),
    "near 10000": lambda rng: rng.choice([-1e4, 1e4]) + rng.normal(0, 3, 9),
    "small ones far below": lambda rng: np.append(rng.normal(0, 1, 5), rng.uniform(600, 760)),
    "log-probabilities": lambda rng: near_one(rng, rng.choice([0.1, 1, 10])),
    "log-probabilities, moved": lambda rng: near_one(rng, 1.0) + rng.choice([1e-9, 1e-3, 0.3, -0.6]),
    "tiny greatest": tiny_greatest,
    "one dominates": lambda rng: np.append(rng.uniform(-800, -5) + rng.normal(0, 1, 7), rng.choice([0, 5, -3, 1e4])),
    "subnormal rest": lambda rng: np.append(rng.uniform(-746, -690) + rng.normal(0, 2, 30), 0.0),
    "ties": lambda rng: np.full(rng.integers(1, 60), rng.normal(0, rng.choice([1, 1e4]))),
    "ties of -log n": lambda rng: np.full(n := rng.integers(1, 60), -math.log(n)),
    "huge": lambda rng: rng.choice([1e308, -1e308, 1e300, -1.7e308, 1.7e308, 0, 1, -1], 5),
    "all scales": lambda rng: rng.choice([-1, 1], 6) * 10.0 ** rng.uniform(-320, 4, 6),
    "subnormal": lambda rng: rng.integers(-50, 50, 6) * 5e-324,
    "zeros": lambda rng: rng.choice([-0.0, 0.0], 3),
}


@pytest.mark.parametrize("family", FAMILIES)
@np.errstate(all="ignore")
def test_right_where_it_is_hard(family):
    rng = np.random.default_rng(20)
    for _ in range(25):
        x = FAMILIES[family](rng)
        require_right(x, float(rng.choice([0.7744, rng.uniform(0.1, 3), 10.0 ** rng.uniform(-300, 300), 1e308])))


@pytest.mark.parametrize("scale", [10.0, 1e4])
def test_right_for_a_hundred_thousand(scale):
    x = np.random.default_rng(1).uniform(-scale, scale, 100_000)
    listed, some = x.tolist(), [*range(0, x.size, 2000), int(x.argmax())]
    p, log_p = softmax(x), log_softmax(x)
    with mp.workprec(160):
        total = mp.fsum(exact_weights(listed))
        exact = [mpf(listed[i]) - x.max() - mp.log(total) for i in some]
        assert worst(log_sum_exp(x), [x.max() + mp.log(total)]) <= BOUND
        assert worst(log_p[some], exact) <= BOUND
        assert worst(p[some], [mp.exp(log) for log in exact]) <= BOUND


@pytest.mark.parametrize("log", [0.6, -0.6, 1.5])
def test_many_that_cancel_in_part(log):
    rng = np.random.default_rng(4)
    for _ in range(20):
        x = log - math.log(5000) + rng.uniform(-0.1, 0.1, 5000)
        assert worst(log_sum_exp(x), exact_log_sum_exp(x.tolist())) <= BOUND


@pytest.mark.parametrize("greatest", [-0.1, -0.5, -0.69, -2e-9])
def test_a_sum_that_is_1_to_a_hundred_digits(greatest):
    x = [greatest]
    for _ in range(8):  # each further entry makes up for what is missing from 1, but for its own rounding
        with mp.workprec(800):
            missing = mp.log(1 - mp.fsum(map(mp.exp, x)))
        x.append(float(np.nextafter(float(missing), -INF)))
        exact = exact_log_sum_exp(x)
        assert worst(log_sum_exp(x), exact) <= BOUND
    assert -1e-100 < exact[0] < 0


@np.errstate(all="ignore")
def test_many_small_ones_that_each_underflow():
    x = np.full(100_000, -750.0)
    x[0] = 0
    with mp.workprec(1300):
        rest = 99_999 * mp.exp(-750)
    assert worst(log_sum_exp(x), [rest]) <= BOUND
    assert worst(log_softmax(x)[0], [-rest]) <= BOUND
    assert float(rest) > 0 == np.exp(-750.0)


def test_scipy_loses_the_digits_that_these_keep():
    log_p = np.log(np.array([0.1, 0.2, 0.7]))
    assert ulps(float(special.logsumexp(log_p)), exact_log_sum_exp(log_p.tolist())[0]) > 1000
    assert worst(special.log_softmax([0.0, 100.0]), exact_log_softmax([0.0, 100.0])) > 1e15
    assert worst(special.softmax([0.1, 700.0]), exact_softmax([0.1, 700.0])) > 50


@given(lists(st.floats(-50, 50)), st.floats(0.5, 10))
@np.errstate(all="ignore")
def test_identities(x, temperature):
    p = softmax(x, temperature=temperature)
    assert p.sum() == pytest.approx(1, abs=8 * 2**-52)
    np.testing.assert_allclose(np.log(p), log_softmax(np.divide(x, temperature)), rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(log_softmax(x), np.subtract(x, log_sum_exp(x)), rtol=1e-12, atol=1e-13)
    assert special.logsumexp(x) == pytest.approx(float(log_sum_exp(x)), rel=1e-12, abs=1e-13)


@given(lists(st.integers(-700, 700)), st.integers(-1000, 1000))
def test_a_shift_changes_no_probability(x, shift):
    moved = np.add(x, shift)
    assert np.array_equal(softmax(moved), softmax(x))
    assert np.array_equal(log_softmax(moved), log_softmax(x))
    assert float(log_sum_exp(moved)) == pytest.approx(float(log_sum_exp(x)) + shift, rel=1e-15, abs=1e-12)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, np.int64(1)])
def test_along_each_axis(axis):
    x = np.random.default_rng(2).normal(-1, 2, (3, 4, 5))
    kept = x.copy()
    for ours, theirs in (
        (softmax, special.softmax),
        (log_softmax, special.log_softmax),
        (log_sum_exp, special.logsumexp),
    ):
        np.testing.assert_allclose(ours(x, axis=axis), theirs(x, axis=axis), rtol=1e-12, atol=1e-14)
        assert np.shape(ours(x, axis=axis)) == np.shape(theirs(x, axis=axis))
    assert np.array_equal(x, kept)


def test_other_number_types():
    assert isinstance(log_sum_exp([0, 0]), float)
    assert softmax(np.array([1, 1], dtype=np.float32)).dtype == np.float64
    assert softmax([[True, True]]).tolist() == [[0.5, 0.5]]
    torch = pytest.importorskip("torch", reason="torch is not installed")
    assert log_sum_exp(torch.zeros(2)) == math.log(2)


ODD = [[-INF, -INF], [INF, 0], [INF, INF, 0], [INF, -INF], [NAN, 0], [NAN, INF], [-INF, 0, 1], [-INF], [INF], [NAN]]


@pytest.mark.parametrize("x", ODD, ids=str)
def test_infinity_and_nan_as_in_scipy_and_torch(x):
    x = np.array(x, dtype=float)
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(log_sum_exp(x), special.logsumexp(x), rtol=1e-15)
        np.testing.assert_allclose(softmax(x), special.softmax(x), rtol=1e-15)
        np.testing.assert_allclose(log_softmax(x), special.log_softmax(x), rtol=1e-15)
    torch = pytest.importorskip("torch", reason="torch is not installed")
    tensor = torch.tensor(x)
    np.testing.assert_allclose(log_sum_exp(x), torch.logsumexp(tensor, -1).numpy(), rtol=1e-15)
    np.testing.assert_allclose(softmax(x), torch.softmax(tensor, -1).numpy(), rtol=1e-15)
    if x.max() != INF:
        np.testing.assert_allclose(log_softmax(x), torch.log_softmax(tensor, -1).numpy(), rtol=1e-15)


def test_a_row_of_infinities_leaves_the_others_alone():
    rows = [[-INF, -INF], [INF, 0], [math.log(0.25), math.log(0.75)], [0, 0]]
    assert log_sum_exp(rows)[[0, 1, 3]].tolist() == [-INF, INF, math.log(2)]
    assert log_sum_exp(rows)[2] == log_sum_exp(rows[2])
    assert softmax(rows)[3].tolist() == [0.5, 0.5]


@given(st.one_of(finite, st.floats(-1e4, 1e4), st.floats(-750, 750), st.floats(-2, 2)))
@settings(max_examples=300)
def test_log_sigmoid(x):
    with mp.workprec(1300):
        exact = -mp.log1p(mp.exp(-max(x, -3000)))
    assert ulps(float(log_sigmoid(x)), exact if x > -3000 else mpf(x)) <= BOUND


@given(st.one_of(finite, st.floats(-1e4, 0), st.floats(-750, 0), st.floats(-2, 0)).map(lambda x: -abs(x)))
@settings(max_examples=300)
def test_log1mexp(x):
    with mp.workprec(1300):
        exact = mp.log1p(-mp.exp(max(x, -3000))) if x else mpf("-inf")
    assert ulps(float(log1mexp(x)), exact) <= BOUND


@given(st.one_of(finite, st.floats(-750, 750), st.floats(-2, 2)))
def test_sigmoid(x):
    with mp.workprec(1300):
        exact = 1 / (1 + mp.exp(-mpf(max(x, -3000))))
    assert ulps(float(sigmoid(x)), exact) <= BOUND


def test_sigmoid_of_infinity_and_nan():
    np.testing.assert_array_equal(sigmoid([INF, -INF, NAN, 0.0]), [1, 0, NAN, 0.5])


def test_log_sigmoid_and_log1mexp_of_infinity_and_nan():
    odd = np.array([-INF, INF, NAN, 0.0])
    np.testing.assert_array_equal(log_sigmoid(odd), [-INF, 0, NAN, -math.log(2)])
    np.testing.assert_array_equal(log1mexp([-INF, NAN, 0.0, -0.0]), [0, NAN, -INF, -INF])
    torch = pytest.importorskip("torch", reason="torch is not installed")
    np.testing.assert_allclose(log_sigmoid(odd), torch.nn.functional.logsigmoid(torch.tensor(odd)).numpy())


def test_sigmoid_is_the_softmax_of_two():
    x = np.linspace(-40, 40, 41)
    pairs = np.stack([x, np.zeros_like(x)], axis=-1)
    np.testing.assert_allclose(log_sigmoid(x), log_softmax(pairs)[:, 0], rtol=1e-15)
    np.testing.assert_allclose(log1mexp(log_sigmoid(x)), log_sigmoid(-x), rtol=1e-13)


def test_claims_000_20_and_22():
    with np.errstate(all="ignore"):
        naive = np.exp([1000.0, 999.0, 997.0])
        assert np.isnan(naive / naive.sum()).all()
    assert softmax([1000, 999, 997]).round(6).tolist() == [0.705385, 0.259496, 0.035119]
    assert log_softmax(TEN)[3] == pytest.approx(-0.578770297, abs=5e-10)


def test_claims_004_07_and_34():
    assert softmax(TEN).argmax() == 3
    assert softmax(TEN)[3] == pytest.approx(0.560587298842, abs=5e-13)
    assert np.exp(log_sum_exp(TEN)) == pytest.approx(53.451264610, abs=5e-10)
    assert temperature_for(TEN, index=3, probability=0.689) == pytest.approx(0.7744, abs=5e-5)
    greatest = [softmax(TEN, temperature=t)[3] for t in (1, 2, 4, 10)]
    assert greatest == pytest.approx([0.5606, 0.3015, 0.1860, 0.1304], abs=5e-5)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8), st.floats(1e-3, 50), st.floats(1e-3, 1 - 1e-6))
def test_temperature_for_gives_the_probability(others, lead, share):
    logits = [*others, max(others) + lead]
    p = 1 / len(logits) + share * (1 - 1 / len(logits))
    found = temperature_for(logits, index=len(others), probability=p)
    assert softmax(logits, temperature=found)[-1] == pytest.approx(p, rel=1e-12)


def test_the_callers_decimal_context_does_not_matter():
    log_p = np.log([0.1, 0.2, 0.7])
    with decimal.localcontext(decimal.Context(prec=3, traps=[decimal.Inexact])):
        assert log_sum_exp(log_p) == float(exact_log_sum_exp(log_p.tolist())[0])


def test_sums_keep_what_rounding_loses():
    assert [float(part[0]) for part in stable.precise_sum(np.array([1.0, 1e-30, 1e-30, -1.0]))] == [2e-30, 0]
    assert [float(part[0]) for part in stable.precise_sum(np.array([1.0, 1e-30, 1e-30]))] == [1, 2e-30]
    terms = np.random.default_rng(3).normal(0, 1, 999)
    assert float(stable.precise_sum(terms)[0][0]) == math.fsum(terms)


def test_two_constants_make_up_ln_2():
    with mp.workprec(200):
        assert abs(mpf(stable.LN2) + mpf(stable.LN2_LOST) - mpmath.ln(2)) < mpf(2) ** -106


@pytest.mark.parametrize("function", [log_sum_exp, softmax, log_softmax, sigmoid, log_sigmoid, log1mexp])
@pytest.mark.parametrize(
    ("value", "named"),
    [
        ([], r"empty: its shape is \(0,\)"),
        (np.zeros((2, 0)), r"empty: its shape is \(2, 0\)"),
        (["a"], r"numbers, not \['a'\]"),
        (["1"], r"numbers, not \['1'\]"),
        (None, "numbers, not None"),
        ([1, None], r"numbers, not \[1, None\]"),
        ([1j], "numbers, not .*1j"),
        (np.array([1j]), "numbers, not .*1.j"),
        ([[1, 2], [3]], "numbers, not"),
        ([10**400], "numbers, not"),
        (np.array(["2020-01-01"], dtype="datetime64[D]"), "numbers, not"),
    ],
    ids=str,
)
def test_what_holds_no_numbers_is_named(function, value, named):
    with pytest.raises(InputError, match=f"^(x|logits) must hold numbers, (but is )?{named.removeprefix('numbers, ')}"):
        function(value)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: log_sum_exp([1.0], axis=1), r"one of the 1 of x, whose shape is \(1,\), but is 1"),
        (lambda: softmax([[1.0]], axis=-3), "-3"),
        (lambda: log_softmax([1.0], axis=None), "None"),
        (lambda: log_softmax([1.0], axis=0.5), r"0\.5"),
        (lambda: log_sum_exp(1.0), r"one of the 0 of x, whose shape is \(\)"),
        (lambda: softmax([1.0], temperature=0), "temperature must be above 0, but is 0"),
        (lambda: softmax([1.0], temperature=-2), "-2"),
        (lambda: softmax([1.0], temperature=INF), "temperature must be finite, but holds inf"),
        (lambda: softmax([1.0], temperature=NAN), "temperature .* nan"),
        (lambda: softmax([1.0], temperature=[1, 2]), r"temperature must be one number, .* \(2,\)"),
        (lambda: log1mexp([-1, 0.5]), r"at most 0, but is 0\.5"),
        (lambda: temperature_for([1.0], 0, 0.5), r"two or more, .* \(1,\)"),
        (lambda: temperature_for([1.0, 2.0], 0, 0.6), r"one largest logit, but is 0 of \[1\.0, 2\.0\]"),
        (lambda: temperature_for([2.0, 2.0], 0, 0.6), "one largest"),
        (lambda: temperature_for([1.0, 2.0], 1, 0.5), r"between 1/2 and 1, but is 0\.5"),
        (lambda: temperature_for([1.0, 2.0], 1, 1.0), "but is 1"),
        (lambda: temperature_for([1.0, INF], 1, 0.7), "logits must be finite"),
    ],
)
def test_what_cannot_be_used_is_named(call, named):
    with pytest.raises(InputError, match=named):
        call()
