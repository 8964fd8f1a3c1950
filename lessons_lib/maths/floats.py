"""What floating point does to products of probabilities, and where a formula typed naively loses its digits.

Errors are counted in ulps, units in the last place: the spacing of the floats at the exact result.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

import numpy as np
from numpy.typing import ArrayLike, DTypeLike
from scipy.special import log_expit

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.validation import Array, read_number, read_numbers, read_probabilities

DIGITS = 120  # of the exact results; they keep 60 of them where 60 cancel
NEGLIGIBLE = Decimal("1e-60")  # e^y - 1 and ln(1 + y) are y to 60 digits below this


@dataclass(frozen=True)
class FloatFormat:
    """A binary floating-point format: its name and dtype in numpy, and its least and greatest positive numbers.

    epsilon is the distance from 1 to the next greater number. Below smallest_normal, the *subnormal* numbers are the
    multiples of smallest_subnormal, and have the fewer digits the smaller they are.
    """

    name: str
    dtype: np.dtype
    smallest_subnormal: float
    smallest_normal: float
    largest: float
    epsilon: float

    @property
    def greatest_exponent(self) -> float:
        """The x from which e^x is too large for this format: ln largest."""
        return math.log(self.largest)

    @np.errstate(all="ignore")
    def nearest(self, value: float) -> float:
        """Return the number of this format that is nearest to value: 0 for 1e-8 in float16; inf when out of range."""
        return float(self.dtype.type(read_number("value", value)))


def float_format(dtype: DTypeLike) -> FloatFormat:
    """Describe numpy's floating-point type `dtype`."""
    about = np.finfo(dtype)
    return FloatFormat(
        name=about.dtype.name,
        dtype=about.dtype,
        smallest_subnormal=float(about.smallest_subnormal),
        smallest_normal=float(about.smallest_normal),
        largest=float(about.max),
        epsilon=float(about.eps),
    )


FORMATS = {name: float_format(name) for name in ("float16", "float32", "float64")}


@np.errstate(all="ignore")
def running_product(p: float, n: int, format: FloatFormat = FORMATS["float64"]) -> Array:
    """Products of 1, 2, ..., n factors p, multiplied one after another in a format: shape (n,), as float64.

    p: from 0 to 1, rounded to the format first. Raises InputError for another p, or for n below 1.

    >>> running_product(0.25, 4).tolist()
    [0.25, 0.0625, 0.015625, 0.00390625]
    """
    p, count = float(read_probabilities("p", read_number("p", p))), read_number("n", n)
    if count < 1 or count != int(count):
        raise InputError(f"n must be a whole number of at least 1, but is {n}")
    factors = np.full(int(count), p, format.dtype)
    return np.multiply.accumulate(factors).astype(float)


@dataclass(frozen=True)
class Underflow:
    """Which factor, counted from 1, takes a running product out of the normal numbers; None for what does not happen.

    subnormal: the first whose product is below smallest_normal and above 0. zero: the first whose product is 0.
    frozen: the first after which no further factor changes the product, which is above 0; frozen_value: that product.
    """

    subnormal: int | None
    zero: int | None
    frozen: int | None
    frozen_value: float | None


def underflow(p: float, n: int, format: FloatFormat = FORMATS["float64"]) -> Underflow:
    """Return what becomes of the products of the first n factors p. Arguments and errors as in `running_product`.

    Why a product can freeze: a subnormal number is k times the smallest one, and the next product, p k, is rounded
    to the nearest whole k. That is k again when (1 - p) k < 1/2, or = 1/2 and k is even. For p <= 1/2 no k does
    that, and the product reaches 0; for p > 1/2 it comes to rest at the greatest k that does. (For p = 1, at 1.)

    >>> underflow(0.25, 1000)
    Underflow(subnormal=512, zero=538, frozen=None, frozen_value=None)
    """
    products = running_product(p, n, format)
    frozen = first((products[1:] == products[:-1]) & (products[1:] > 0))
    return Underflow(
        subnormal=first((products > 0) & (products < format.smallest_normal)),
        zero=first(products == 0),
        frozen=frozen,
        frozen_value=None if frozen is None else float(products[frozen - 1]),
    )


def first(happens: np.ndarray) -> int | None:
    """Position, counted from 1, of the first True."""
    return int(happens.argmax()) + 1 if happens.any() else None


@dataclass(frozen=True)
class Comparison:
    """Two ways to compute a function of x: naively, and one that keeps its digits; and its exact value.

    naive, stable: from an array to an array of the same shape. exact: from a Decimal to a Decimal, in a context of 120
    digits, of which 60 are right. least: the number above which the function is defined.
    """

    name: str
    formula: str
    naive: Callable[[np.ndarray], np.ndarray]
    stable: Callable[[np.ndarray], np.ndarray]
    exact: Callable[[Decimal], Decimal]
    least: float = -math.inf


def exact_log1p(y: Decimal) -> Decimal:
    """ln(1 + y), to 60 digits."""
    return y if abs(y) < NEGLIGIBLE else (1 + y).ln()


def exact_softplus(x: Decimal) -> Decimal:
    """ln(1 + e^x), to 60 digits."""
    return max(x, Decimal(0)) + exact_log1p((-abs(x)).exp())


def exact_log_one_less_exp(x: Decimal) -> Decimal:
    """ln(1 - e^-x) for x > 0, to 60 digits."""
    return x.ln() if x < NEGLIGIBLE else exact_log1p(-(-x).exp())


def exact_log_probability(x: Decimal) -> Decimal:
    """Log of the probability of the first of three classes with the logits x, 0, 0; to 60 digits."""
    return -exact_log1p(2 * (-x).exp()) if x > 0 else x - (2 + x.exp()).ln()


def stable_log_one_less_exp(x: np.ndarray) -> np.ndarray:
    """ln(1 - e^-x) for x > 0, as `lessons_lib.maths.stable.log1mexp` does, in the dtype of x."""
    return np.where(x < math.log(2), np.log(-np.expm1(-x)), np.log1p(-np.exp(-x)))


def stable_log_probability(x: np.ndarray) -> np.ndarray:
    """Log-probability of the first of the logits x, 0, 0, in the dtype of x: the greatest logit is subtracted."""
    return np.where(x > 0, -np.log1p(2 * np.exp(-x)), x - np.log(2 + np.exp(x)))


COMPARISONS = {
    comparison.name: comparison
    for comparison in (
        Comparison("log1p", "log(1 + x)", lambda x: np.log(1 + x), np.log1p, exact_log1p, least=-1),
        Comparison(
            "log_sigmoid",
            "log σ(x) = log(1 / (1 + e^−x))",
            lambda x: np.log(1 / (1 + np.exp(-x))),
            log_expit,
            lambda x: -exact_softplus(-x),
        ),
        Comparison(
            "log_sum_exp",
            "log(e^x + e^0)",
            lambda x: np.log(np.exp(x) + 1),
            lambda x: np.logaddexp(x, np.zeros_like(x)),
            exact_softplus,
        ),
        Comparison(
            "log1mexp",
            "log(1 − e^−x)",
            lambda x: np.log(1 - np.exp(-x)),
            stable_log_one_less_exp,
            exact_log_one_less_exp,
            least=0,
        ),
        Comparison(
            "log_softmax",
            "log(e^x / (e^x + e^0 + e^0))",
            lambda x: np.log(np.exp(x) / (np.exp(x) + 2)),
            stable_log_probability,
            exact_log_probability,
        ),
    )
}


@np.errstate(all="ignore")
def ulp_error(value: float | np.floating, exact: Decimal) -> float:
    """Distance of a float from the exact value, in ulps of the float's type at the exact value.

    Where the exact value is subnormal, or rounds to 0, an ulp is the smallest subnormal number. inf for a value that
    is infinite or NaN while the exact one is in range; 0 for the infinity that an exact value out of range rounds to.

    >>> ulp_error(1.0 + 3 * 2**-52, Decimal(1))
    3.0
    """
    kind = np.result_type(value).type
    rounded = kind(float(exact))
    if not np.isfinite(value) or not np.isfinite(rounded):
        return 0.0 if value == rounded else math.inf
    ulp = np.spacing(min(abs(rounded), np.nextafter(np.finfo(kind).max, kind(0))))  # numpy: inf for the largest itself
    with localcontext(Context(prec=DIGITS)):
        return float(abs(Decimal(float(value)) - exact) / Decimal(float(ulp)))


@np.errstate(all="ignore")
def errors(comparison: Comparison, xs: ArrayLike, dtype: DTypeLike = np.float64) -> tuple[Array, Array]:
    """Return the errors, in ulps of dtype, of the naive and of the stable way at each x, once xs are rounded to dtype.

    xs: finite numbers, shape (n,), as the results; for log1mexp above 0, for log1p above -1, else InputError.
    inf marks an overflow or a NaN.

    >>> [error.tolist() for error in errors(COMPARISONS["log_sigmoid"], [-800.0])]
    [[inf], [0.0]]
    """
    x = np.atleast_1d(read_numbers("xs", xs).astype(dtype))
    outside = x[~(np.isfinite(x) & (x > comparison.least))]
    if outside.size:
        raise InputError(f"xs must be finite and above {comparison.least:g}, but hold {outside.flat[0]:g}")
    with localcontext(Context(prec=DIGITS)):
        exact = [comparison.exact(Decimal(value)) for value in x.tolist()]
    naive, stable = (way(x).astype(dtype) for way in (comparison.naive, comparison.stable))
    told = [[ulp_error(value, truth) for value, truth in zip(way, exact, strict=True)] for way in (naive, stable)]
    return np.array(told[0]), np.array(told[1])
