"""Products that underflow or freeze, against exact fractions; errors in ulps against mpmath."""

import math
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from lessons_lib.maths import floats as F
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.floats import COMPARISONS, FORMATS, Underflow, errors, running_product, ulp_error, underflow

XS = np.logspace(-30, 30, 241)


@pytest.mark.parametrize(
    ("name", "digits", "least_exponent", "overflow"),
    [("float16", 11, -14, 11.09), ("float32", 24, -126, 88.72), ("float64", 53, -1022, 709.78)],
)
def test_formats_are_those_of_ieee_754_and_claim_000_20(name, digits, least_exponent, overflow):
    about = FORMATS[name]
    assert about.name == name == about.dtype.name
    assert about.epsilon == 2.0 ** (1 - digits)
    assert about.smallest_normal == 2.0**least_exponent
    assert about.smallest_subnormal == 2.0 ** (least_exponent + 1 - digits)
    assert about.largest == (2 - 2.0 ** (1 - digits)) * 2.0 ** (1 - least_exponent)
    assert about.greatest_exponent == pytest.approx(overflow, abs=0.005)
    with np.errstate(over="ignore"):
        assert np.isfinite(np.exp(about.dtype.type(overflow - 0.01)))
        assert np.isinf(np.exp(about.dtype.type(overflow + 0.01)))


def test_epsilon_of_1e_8_is_0_in_float16():
    assert FORMATS["float16"].nearest(1e-8) == 0 == np.float16(1e-8)
    assert FORMATS["float32"].nearest(1e-8) == pytest.approx(1e-8, rel=1e-7)
    assert FORMATS["float64"].nearest(1e-8) == 1e-8
    assert FORMATS["float16"].nearest(1e6) == math.inf


probabilities = st.one_of(st.floats(0, 1), st.sampled_from([0.25, 0.5, 0.9, 0.99, 1 - 2**-11, 5e-324, 0.0, 1.0]))


@given(probabilities, st.integers(1, 200), st.sampled_from(list(FORMATS.values())))
def test_products_are_those_of_a_loop(p, n, format):
    with np.errstate(all="ignore"):
        factor = product = format.dtype.type(p)
        looped = [float(product)]
        for _ in range(n - 1):
            product = factor * product
            assert product.dtype == format.dtype
            looped.append(float(product))
    assert running_product(p, n, format).tolist() == looped


def test_claim_000_13():
    assert underflow(0.25, 600).zero == 538
    assert underflow(0.25, 600, FORMATS["float32"]).zero == 75
    assert underflow(0.9, 8000) == Underflow(6724, None, 7050, 5 * 2.0**-1074)
    assert f"{5 * Decimal(2.0**-1074):.2e}" == "2.47e-323"
    assert underflow(0.9, 8000, FORMATS["float32"]) == Underflow(829, None, 964, 4 * 2.0**-149)


def test_ends_of_the_range():
    assert underflow(0, 10) == Underflow(None, 1, None, None)
    assert underflow(1, 10) == Underflow(None, None, 1, 1.0)
    assert underflow(1, 1) == Underflow(None, None, None, None)
    assert underflow(0.5, 2000) == Underflow(1023, 1075, None, None)
    assert underflow(0.25, 537) == Underflow(512, None, None, None)
    assert underflow(1e-8, 3, FORMATS["float16"]) == Underflow(None, 1, None, None)
    assert underflow(5e-324, 3) == Underflow(1, 2, None, None)


def resting(k, p):
    """Whether k, times p, rounds to k."""
    distance = (1 - p) * k
    return distance < Fraction(1, 2) or (distance == Fraction(1, 2) and k % 2 == 0)


@given(st.floats(0.01, 0.98), st.sampled_from(list(FORMATS.values())))
def test_a_product_rests_at_the_greatest_multiple_that_rounds_to_itself(p, format):
    p = format.nearest(p)
    exact = Fraction(p)
    found = underflow(p, 40_000, format)
    multiples = [k for k in range(1, 200) if resting(k, exact)]
    if exact <= Fraction(1, 2):
        assert multiples == []
        assert found.frozen is None
        assert found.zero is not None
    else:
        assert found.zero is None
        assert Fraction(found.frozen_value) == max(multiples) * Fraction(format.smallest_subnormal)
        products = running_product(p, found.frozen + 50, format)
        assert np.all(products[found.frozen - 1 :] == found.frozen_value)
        assert products[found.frozen - 2] > found.frozen_value


@given(st.integers(1, 500), st.floats(0.5, 1))
def test_the_condition_for_resting_is_what_the_processor_does(k, p):
    subnormal = k * 5e-324
    assert (p * subnormal == subnormal) == resting(k, Fraction(p))


EXACT = {
    "log1p": lambda x: mp.log1p(x),
    "log_sigmoid": lambda x: -mp.log1p(mp.exp(-x)),
    "log_sum_exp": lambda x: mp.log(mp.exp(x) + 1),
    "log1mexp": lambda x: mp.log(-mp.expm1(-x)),
    "log_softmax": lambda x: mp.log(mp.exp(x) / (mp.exp(x) + 2)),
}
SPREAD = [float(x) for x in [*np.logspace(-30, 2.85, 60), 1e-62, 1e-200, 740.0, 745.2]]


@pytest.mark.parametrize("name", COMPARISONS)
@pytest.mark.parametrize("sign", [1, -1])
def test_exact_values_against_mpmath(name, sign):
    comparison = COMPARISONS[name]
    for x in (sign * x for x in SPREAD if sign * x > comparison.least):
        with localcontext(Context(prec=F.DIGITS)):
            exact = comparison.exact(Decimal(x))
        with mp.workprec(3200):
            theirs = EXACT[name](mpf(x))
            assert abs(mpf(str(exact)) / theirs - 1) < mpf(10) ** -50, x


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("name", COMPARISONS)
def test_the_stable_way_keeps_its_digits_and_the_naive_one_does_not(name, dtype):
    about, comparison = np.finfo(dtype), COMPARISONS[name]
    xs = XS[(float(about.tiny) < XS) & (float(about.max) > XS)]
    both = [xs] if comparison.least > -math.inf else [xs, -xs]
    naive, stable = np.concatenate([errors(comparison, x, dtype) for x in both], axis=1)
    assert stable.max() <= 4
    assert naive.max() > 0.3 / about.eps
    assert naive.shape == stable.shape == (sum(map(len, both)),)


def test_where_the_naive_ways_break():
    def naive(name, *xs):
        return errors(COMPARISONS[name], xs)[0].tolist()

    assert naive("log_sum_exp", 709.0, 710.0)[1] == math.inf
    assert naive("log_sum_exp", 709.0)[0] <= 1
    assert naive("log_softmax", 710.0, -746.0) == [math.inf, math.inf]
    assert naive("log_sigmoid", -710.0) == [math.inf]
    assert naive("log1mexp", 1e-17) == [math.inf]
    assert naive("log1p", 1e-17)[0] > 2**52


def test_numpy_s_way_and_its_error():
    naive, stable = errors(COMPARISONS["log1p"], [1e-10])
    with mp.workprec(200):
        exact = mp.log1p(mpf(1e-10))
        assert naive[0] == pytest.approx(float(abs(np.log(1 + 1e-10) - exact) / math.ulp(1e-10)), rel=1e-12)
    assert stable[0] < 1 < 1e6 < naive[0]


@pytest.mark.parametrize(
    ("value", "exact", "ulps"),
    [
        (1.0, "1", 0),
        (1 + 2**-52, "1", 1),
        (1 - 2**-53, "1", 0.5),
        (-2.0, "-2.0000000000000002220446049250313080847263336181640625", 0.5),
        (np.float32(1), "1.00000011920928955078125", 1),
        (np.float16(1), "1.0009765625", 1),
        (0.0, "1e-400", 0),
        (5e-324, "0", 1),
        (math.inf, "1", math.inf),
        (math.nan, "1", math.inf),
        (math.inf, "1e400", 0),
        (-math.inf, "1e400", math.inf),
        (1e308, "1e400", math.inf),
        (np.float16(65504), "65472", 1),
        (1.7976931348623155e308, "1.7976931348623157081452742373170435679807056752584e308", 1),
    ],
)
def test_ulp_error(value, exact, ulps):
    assert ulp_error(value, Decimal(exact)) == pytest.approx(ulps, rel=1e-12, abs=1e-60)


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 100))
def test_ulp_error_counts_steps_of_the_last_place(exact, steps):
    value = exact + steps * math.ulp(exact)
    if math.ulp(value) == math.ulp(exact):
        assert ulp_error(value, Decimal(exact)) == abs(Fraction(value) - Fraction(exact)) / Fraction(math.ulp(exact))


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: running_product(1.5, 3), r"p must lie between 0 and 1, but is 1\.5"),
        (lambda: running_product(math.nan, 3), "p must be finite"),
        (lambda: running_product([0.5, 0.5], 3), r"p must be one number, .* \(2,\)"),
        (lambda: running_product(0.5, 0), "n must be a whole number of at least 1, but is 0"),
        (lambda: running_product(0.5, 2.5), r"but is 2\.5"),
        (lambda: running_product(0.5, "a"), "n must hold numbers"),
        (lambda: underflow(-0.1, 3), r"-0\.1"),
        (lambda: errors(COMPARISONS["log1mexp"], [1.0, 0.0]), "finite and above 0, but hold 0"),
        (lambda: errors(COMPARISONS["log1p"], [-1.0]), "above -1, but hold -1"),
        (lambda: errors(COMPARISONS["log1p"], [1e10], np.float16), "inf"),
        (lambda: errors(COMPARISONS["log1p"], [math.nan]), "xs must be finite, but holds nan"),
        (lambda: FORMATS["float16"].nearest("a"), "value must hold numbers"),
    ],
)
def test_what_cannot_be_used_is_named(call, named):
    with pytest.raises(InputError, match=named):
        call()
