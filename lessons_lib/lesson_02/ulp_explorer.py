"""Formulas typed naively beside stable ones: how many of their last digits are wrong, over sixty powers of ten."""

from dataclasses import dataclass, replace
from decimal import Context, Decimal, localcontext
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.wording import number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_02.ulp_view import INFINITE, LEAST, UlpResult, UlpView
from lessons_lib.maths.floats import COMPARISONS, DIGITS, FORMATS, Comparison, errors, ulp_error

POSITIVE, NEGATIVE = "positive", "negative"
FORMULAS = {comparison.formula: comparison for comparison in COMPARISONS.values()}
STABLE = {
    "log1p": "np.log1p(x)",
    "log_sigmoid": "scipy.special.log_expit(x)",
    "log_sum_exp": "np.logaddexp(x, 0)",
    "log1mexp": "np.log(-np.expm1(-x)) below ln 2, and np.log1p(-np.exp(-x)) above",
    "log_softmax": "the same with the largest logit subtracted first, and log1p",
}
"""By comparison, what keeps its digits."""
EXPONENTS = np.round(np.linspace(-30, 30, 601), 1)


@dataclass(frozen=True)
class UlpState:
    """Which formula, in which format, at x = ±10^exponent."""

    formula: str = COMPARISONS["log1p"].formula
    dtype: str = "float64"
    sign: str = POSITIVE
    exponent: float = -5.0


def height(error):
    """Return errors in ulps as powers of ten, as they are drawn."""
    return np.where(np.isinf(error), INFINITE, np.log10(np.clip(error, LEAST, 1e300)))


def _greatest_exponent(comparison: Comparison, sign: int) -> float:
    """Return how far |x| may go, as a power of ten: with -1 < x < 0, not quite to 1."""
    return -0.1 if sign < 0 and comparison.least == -1 else float(EXPONENTS[-1])


@lru_cache(maxsize=32)
def curves(formula: str, dtype: str, sign: int) -> tuple[NDArray[np.float64], ...]:
    """Return exponents, and the naive and the stable way's errors there as powers of ten."""
    comparison = FORMULAS[formula]
    exponents = EXPONENTS[_greatest_exponent(comparison, sign) >= EXPONENTS]
    naive, stable = errors(comparison, sign * 10.0**exponents, dtype)
    return exponents, height(naive), height(stable)


def _digits(value: Decimal) -> str:
    return f"{value:.19e}" if value else "0"


def _digits_with_bar(value: np.floating, exact: Decimal) -> str:
    """Return a float's own twenty first digits, with a bar where they part from the exact value's."""
    if not np.isfinite(value):
        return "no number (NaN)" if np.isnan(value) else "−∞" if value < 0 else "∞"
    own, right = _digits(Decimal(float(value))), _digits(exact)
    if own == right:
        return own
    alike = own.partition("e")[2] == right.partition("e")[2]
    same = next(i for i, (a, b) in enumerate(zip(own, right, strict=False)) if a != b) if alike else 0
    return f"{own[:same]}│{own[same:]}"


class UlpExplorer(Explorer):
    """Move x over sixty powers of ten, and compare a naive formula with a stable one, digit by digit.

    Drag in the picture to move x. State: formula, dtype, sign of x, exponent of x (-30 to 30).
    """

    State, View = UlpState, UlpView
    challenges = (
        Challenge(
            "02_half_the_digits",
            "An x at which the naive formula has lost between half and three quarters of its digits.",
            lambda state, result: 0.5 <= result.digits_lost / result.bits <= 0.75,
            {"exponent": -9.0},
        ),
        Challenge(
            "02_right_in_between",
            "An x below 100 at which log(1 − e^−x), which fails to both sides, is right to 1 ulp, typed naively.",
            lambda state, result: result.comparison.name == "log1mexp" and result.naive_error <= 1 and result.x < 100,
            {"formula": COMPARISONS["log1mexp"].formula, "exponent": 0.1},
        ),
        Challenge(
            "02_no_number",
            "An x at which the naive formula gives ∞ or no number, while the truth is an ordinary number.",
            lambda state, result: np.isinf(result.naive_error),
            {"formula": COMPARISONS["log_sum_exp"].formula, "exponent": 3.0},
        ),
    )
    size = (920, 470)

    def make_controls(self):
        """Formula, format, sign and exponent of x."""
        return {
            "formula": choice("formula", tuple(FORMULAS), width=330),
            "dtype": choice("format", ("float64", "float32"), width=170),
            "sign": choice("x", (POSITIVE, NEGATIVE), width=150),
            "exponent": slider("power of ten of x", float(EXPONENTS[0]), float(EXPONENTS[-1]), 0.1, 1, width=400),
        }

    def settle(self, state):
        """Keep x where the formula is defined."""
        comparison = FORMULAS[state.formula]
        sign = POSITIVE if comparison.least == 0 else state.sign
        most = _greatest_exponent(comparison, -1 if sign == NEGATIVE else 1)
        return replace(state, sign=sign, exponent=min(state.exponent, most))

    def tend(self):
        """Where x must be positive there is nothing to choose."""
        self.controls["sign"].disabled = FORMULAS[self.state.formula].least == 0

    @staticmethod
    def compute(state: UlpState) -> UlpResult:
        """Return the errors over all x, and the values at this one."""
        comparison, format = FORMULAS[state.formula], FORMATS[state.dtype]
        sign = -1 if state.sign == NEGATIVE else 1
        x = np.array([sign * 10.0**state.exponent]).astype(format.dtype)
        with localcontext(Context(prec=DIGITS)):
            exact = comparison.exact(Decimal(float(x[0])))
        with np.errstate(all="ignore"):
            naive, stable = (way(x).astype(format.dtype)[0] for way in (comparison.naive, comparison.stable))
        naive_error, stable_error = (ulp_error(value, exact) for value in (naive, stable))
        exponents, naive_heights, stable_heights = curves(state.formula, state.dtype, sign)
        return UlpResult(
            comparison=comparison,
            stable_name=STABLE[comparison.name],
            dtype=state.dtype,
            bits=1 - round(np.log2(format.epsilon)),
            sign=sign,
            exponent=state.exponent,
            x=float(x[0]),
            exponents=exponents,
            naive_heights=naive_heights,
            stable_heights=stable_heights,
            naive_error=naive_error,
            stable_error=stable_error,
            naive_height=float(height(naive_error)),
            stable_height=float(height(stable_error)),
            naive_digits=_digits_with_bar(naive, exact),
            stable_digits=_digits_with_bar(stable, exact),
            exact_digits=_digits(exact),
        )

    def drag(self, drag: Drag):
        """Move x."""
        return {"exponent": drag.now[0]}

    def describe(self) -> str:
        r = self.result
        minus = "−" if r.x < 0 else ""
        lost = (
            "gives no usable number"
            if np.isinf(r.naive_error)
            else f"is {number(r.naive_error)} ulps off, and {_digits_lost_in_words(r)} binary digits are lost"
        )
        return (
            f"At x = {minus}{number(abs(r.x))}, {r.comparison.formula} typed naively in {r.dtype} {lost}. "
            f"The stable way, {r.stable_name}, is {number(r.stable_error)} ulps off."
        )


def _digits_lost_in_words(r: UlpResult) -> str:
    return f"all of its {r.bits}" if r.digits_lost == r.bits else f"{r.digits_lost:.0f} of its {r.bits}"
