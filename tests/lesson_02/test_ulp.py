"""Errors of formulas and the digits shown of them, against mpmath."""

import math
from decimal import Decimal

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from lessons_lib.lesson_02 import UlpExplorer
from lessons_lib.lesson_02.ulp_explorer import FORMULAS, NEGATIVE, POSITIVE

ANY_ULP = UlpExplorer()
TRUTH = {
    "log1p": lambda x: mp.log1p(x),
    "log_sigmoid": lambda x: -mp.log1p(mp.exp(-x)),
    "log_sum_exp": lambda x: mp.log(mp.exp(x) + 1),
    "log1mexp": lambda x: mp.log(-mp.expm1(-x)),
    "log_softmax": lambda x: x - mp.log(mp.exp(x) + 2),
}


@settings(max_examples=60)
@given(
    st.sampled_from(list(FORMULAS)),
    st.sampled_from(["float32", "float64"]),
    st.sampled_from([POSITIVE, NEGATIVE]),
    st.integers(-300, 28).map(lambda i: i / 10),
)
def test_errors_and_digits_against_mpmath(formula, dtype, sign, exponent):
    state = UlpExplorer.State(formula=formula, dtype=dtype, sign=sign, exponent=exponent)
    r = UlpExplorer.compute(ANY_ULP.settle(state))
    kind = np.dtype(dtype).type
    with mp.workdps(500):  # e^-700 and 1 are added
        exact = TRUTH[r.comparison.name](mp.mpf(r.x))
        ulp = mp.mpf(float(np.spacing(abs(kind(exact)))))
        with np.errstate(all="ignore"):
            naive = float(r.comparison.naive(np.array([kind(r.x)]))[0])
        if np.isfinite(naive):
            assert r.naive_error == pytest.approx(float(abs(naive - exact) / ulp), rel=1e-6, abs=1e-9)
        else:
            assert r.naive_error == math.inf
        assert Decimal(r.exact_digits) == pytest.approx(Decimal(mp.nstr(exact, 40)), rel=Decimal("1e-18"))
    assert r.stable_error <= 2
    same = r.stable_digits.partition("│")[0]
    assert r.exact_digits.startswith(same)
    if "│" in r.stable_digits:
        assert not r.exact_digits.startswith(r.stable_digits.replace("│", "")[: len(same) + 1])


def test_the_curves_pass_through_the_dots():
    for formula in FORMULAS:
        for exponent in (-12.0, -1.0, 2.0):
            r = UlpExplorer.compute(UlpExplorer.State(formula=formula, exponent=exponent))
            at = np.searchsorted(r.exponents, exponent - 1e-9)
            assert (r.naive_heights[at], r.stable_heights[at]) == (r.naive_height, r.stable_height)


def test_x_stays_where_the_formula_is_defined():
    explorer = UlpExplorer(exponent=5.0)
    sweep.set_control(explorer, "sign", NEGATIVE)
    assert -1 < explorer.result.x < 0
    explorer.move(formula="log(1 − e^−x)", exponent=3.0)
    assert explorer.result.x == 1000
    assert explorer.controls["sign"].disabled
    assert explorer.state.sign == POSITIVE


def test_overflow_is_told_in_words():
    explorer = UlpExplorer(formula="log(e^x + e^0)", exponent=3.0)
    assert explorer.result.naive_digits == "∞"
    assert "gives no usable number" in explorer.describe()
    assert explorer.result.naive_height == 18.5


def test_where_nothing_is_right_all_digits_are_lost():
    assert "all of its 53 binary digits are lost" in UlpExplorer(exponent=-30.0).describe()
    assert "all of its 24 binary digits are lost" in UlpExplorer(exponent=-30.0, dtype="float32").describe()
    assert "15 of its 53 binary digits" in UlpExplorer().describe()
