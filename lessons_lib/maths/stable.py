"""Exponentials, their sums and logs, right to the last digits whatever finite numbers go in.

Subtracting the greatest number before exponentiating keeps e^x from overflowing. It does not keep all digits: the
difference is rounded, and where it is -700 that alone puts e^x hundreds of units in the last place off. So each
difference is kept here as two floats, the rounded one and what the rounding lost. Every result of finite numbers lies
within 4 units in the last place of the exact one: at most 2.6 were measured, against mpmath.
Logs are in nats. All functions return float64 and take inf and NaN; only those raise no InputError and yield no number.
"""

import math
from decimal import Context, Decimal, localcontext

import numpy as np
from numpy.typing import ArrayLike

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.validation import Array, read_number, read_numbers, read_reals

LN2, LN2_LOST = 0.6931471805599453, 2.3190468138462996e-17  # their sum is ln 2 to 32 digits


@np.errstate(all="ignore")
def log_sum_exp(x: ArrayLike, axis: int = -1) -> Array:
    """Log of the sum of e^x along one axis, in nats; the result lacks that axis.

    With an infinite or NaN greatest entry it is that entry, as in scipy and torch: -inf when all are -inf, inf when
    one is inf, NaN when one is NaN. Where the sum of e^x is near 1, so that its log has few digits left (logs of
    probabilities that sum to 1), it is computed in decimals, which takes some 20 microseconds for each entry.
    Raises InputError for no numbers, for an empty array and for an axis that it lacks.

    >>> float(log_sum_exp([1000.0, 1000.0]) - 1000) == float(np.float64(1000 + LN2) - 1000)
    True
    """
    rows, shape = read_rows("x", x, axis)
    greatest = rows.max(axis=-1)
    gain = np.log1p(sum_of_others(*distances(rows)))
    result = greatest + gain
    cancels = np.abs(result) < gain
    result = np.where(cancels, np.log(precise_sum(np.exp(rows))[0][:, 0]), result)
    for i in np.flatnonzero(cancels & (np.abs(result) < 0.5)):
        result[i] = log_of_sum_near_one(rows[i])
    return np.where(np.isfinite(greatest), result, greatest).reshape(shape[:-1])[()]


@np.errstate(all="ignore")
def softmax(logits: ArrayLike, axis: int = -1, temperature: float = 1.0) -> Array:
    """Probabilities proportional to e^(logit / temperature) along one axis; the shape of logits.

    temperature: a finite number above 0, in the unit of the logits. A logit of -inf gets 0. With inf or NaN among
    the logits, or all of them -inf, every probability is NaN, as in scipy and torch. Errors as in `log_sum_exp`.

    >>> softmax([1000, 999, 997]).round(6)
    array([0.705385, 0.259496, 0.035119])
    """
    rows, shape = read_rows("logits", logits, axis)
    temperature = read_number("temperature", temperature)
    if temperature <= 0:
        raise InputError(f"temperature must be above 0, but is {temperature:g}")
    if temperature > 1:  # halves, for differences too large for a float that come back into range when divided
        rows, temperature = rows / 2, temperature / 2
    exponents, lost = quotients(*distances(rows), temperature)
    weights = np.exp(exponents)
    total, total_lost = precise_sum(times_exp(weights, lost))
    probabilities = times_exp(weights / total, lost - total_lost / total)
    return np.moveaxis(probabilities.reshape(shape), -1, axis)


@np.errstate(all="ignore")
def log_softmax(logits: ArrayLike, axis: int = -1) -> Array:
    """Log of `softmax`, in nats, right also where the probability is nearly 1 or too small for a float.

    A logit of -inf gets -inf. With NaN among the logits, or all of them -inf, every entry is NaN, as in scipy and
    torch; with inf among them the infinite ones are NaN and the others -inf, as in scipy (all NaN in torch).
    Errors as in `log_sum_exp`.

    >>> log_softmax([0.0, 100.0]).tolist()
    [-100.0, -3.720075976020836e-44]
    """
    rows, shape = read_rows("logits", logits, axis)
    distance, lost = distances(rows)
    gain = np.where(rows.max(axis=-1) == np.inf, np.inf, np.log1p(sum_of_others(distance, lost)))
    return np.moveaxis((distance - (gain[:, None] - lost)).reshape(shape), -1, axis)


@np.errstate(all="ignore")
def sigmoid(x: ArrayLike) -> Array:
    """1 / (1 + e^-x), right also where it is tiny; the shape of x.

    inf gives 1, -inf gives 0, NaN gives NaN. Raises InputError for no numbers and for an empty array.

    >>> sigmoid([0.0, -2.0]).round(3).tolist()
    [0.5, 0.119]
    """
    x = read_filled("x", x)
    e = np.exp(-np.abs(x))
    return np.where(x < 0, e, 1) / (1 + e)


@np.errstate(all="ignore")
def log_sigmoid(x: ArrayLike) -> Array:
    """Log of 1 / (1 + e^-x), in nats: x far below 0, -e^-x far above; the shape of x.

    inf gives 0, -inf gives -inf, NaN gives NaN. Raises InputError for no numbers and for an empty array.

    >>> log_sigmoid([-800.0, 40.0]).tolist()
    [-800.0, -4.248354255291589e-18]
    """
    return 0 - np.logaddexp(0, -read_filled("x", x))


@np.errstate(all="ignore")
def log1mexp(x: ArrayLike) -> Array:
    """Log of 1 - e^x for x <= 0, in nats: the log-probability of "not" from that of an event; the shape of x.

    0 gives -inf, -inf gives 0, NaN gives NaN. Raises InputError for x above 0, for no numbers and for an empty array.
    Source: M. Mächler, "Accurately computing log(1 - exp(-|a|))" (2012): each side of -ln 2 has its own formula.

    >>> log1mexp([-1e-20, -50.0]).round(20).tolist()
    [-46.051701859880914, -0.0]
    """
    x = read_filled("x", x)
    if np.any(x > 0):
        raise InputError(f"x must be at most 0, but is {x[x > 0].flat[0]:g}")
    return np.where(x > -LN2, np.log(-np.expm1(x)), np.log1p(-np.exp(x)))[()]


@np.errstate(all="ignore")
def temperature_for(logits: ArrayLike, index: int, probability: float) -> float:
    """Temperature at which the greatest logit, logits[index], gets this probability, which is above 1/n and below 1.

    Raises InputError when no temperature does that.

    >>> round(temperature_for([1.0, 0.0], index=0, probability=0.75), 6)  # 1 / ln 3
    0.910239
    """
    logits, p = read_numbers("logits", logits), read_number("probability", probability)
    if logits.ndim != 1 or logits.size < 2:
        raise InputError(f"logits must be a list of two or more, but have the shape {logits.shape}")
    if np.count_nonzero(logits == logits.max()) > 1 or index != logits.argmax():
        raise InputError(f"index must be that of the one largest logit, but is {index} of {logits.tolist()!r:.60}")
    if not 1 / logits.size < p < 1:
        raise InputError(f"probability must lie between 1/{logits.size} and 1, but is {p:g}")
    from scipy.optimize import brentq  # takes as long to load as numpy and all of the rest

    gaps = np.delete(logits, index) - logits[index]
    nearest, log_odds_against = -gaps.max(), math.log1p(-p) - math.log(p)

    def excess(coldness: float) -> float:
        return float(log_sum_exp(coldness * (gaps / nearest))) - log_odds_against

    coldest = math.log(gaps.size) - log_odds_against + 1  # there even n - 1 logits at the nearest gap weigh too little
    return float(nearest / brentq(excess, 0, coldest, xtol=1e-300))


def read_filled(name: str, value: ArrayLike) -> Array:
    """Return `value` as an array of at least one float, infinite ones and NaN among them."""
    array = read_reals(name, value)
    if array.size == 0:
        raise InputError(f"{name} must hold numbers, but is empty: its shape is {array.shape}")
    return array


def read_rows(name: str, value: ArrayLike, axis: int) -> tuple[Array, tuple[int, ...]]:
    """Return `value` with the axis moved to the end: as rows, shape (rows, n), and that shape before the flattening."""
    array = read_filled(name, value)
    if not isinstance(axis, (int, np.integer)) or not -array.ndim <= axis < array.ndim:
        raise InputError(
            f"axis must be one of the {array.ndim} of {name}, whose shape is {array.shape}, but is {axis!r}"
        )
    moved = np.moveaxis(array, axis, -1)
    return moved.reshape(-1, moved.shape[-1]), moved.shape


def two_sum(a: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    """a + b as a rounded sum and what the rounding lost, exactly (D. Knuth, TAOCP 2, 4.2.2, theorem B).

    >>> [float(part) for part in two_sum(1.0, 1e-20)]
    [1.0, 1e-20]
    """
    rounded = np.add(a, b)
    b_taken = rounded - a
    return rounded, (a - (rounded - b_taken)) + (b - b_taken)


def precise_sum(terms: Array) -> tuple[Array, Array]:
    """Sum over the last axis, which stays with length 1, as a rounded sum and what the rounding lost.

    Each half is added to the other until one number is left; what these additions lose is collected and added last.
    """
    lost = np.zeros((*terms.shape[:-1], 1))
    while (half := terms.shape[-1] // 2) > 0:
        sums, errors = two_sum(terms[..., :half], terms[..., half : 2 * half])
        terms = np.concatenate([sums, terms[..., 2 * half :]], axis=-1)
        lost += errors.sum(axis=-1, keepdims=True)
    return two_sum(terms, lost)


def times_exp(factor: Array, low: Array) -> Array:
    """factor e^low, for a low so small that e^low is 1 + low; 0 where factor is 0, even if low is then no number."""
    return factor + np.where(factor > 0, factor * low, 0)


def distances(rows: Array) -> tuple[Array, Array]:
    """Each entry minus the greatest of its row, as a rounded difference and what the rounding lost."""
    distance, lost = two_sum(rows, -rows.max(axis=-1, keepdims=True))
    return distance, np.where(np.isfinite(lost), lost, 0)


def quotients(distance: Array, lost: Array, temperature: float) -> tuple[Array, Array]:
    """(distance + lost) / temperature, as a rounded quotient and what the rounding lost."""
    remainder = np.where(np.isinf(distance), 0, np.fmod(distance, temperature))  # fmod is exact
    whole = np.rint((distance - remainder) / temperature)
    quotient, rounding = two_sum(whole, remainder / temperature)
    return quotient, rounding + lost / temperature


def sum_of_others(distance: Array, lost: Array) -> Array:
    """Sum of e^distance over each row without its greatest entry, so that log1p of it is log of the whole sum.

    Where all are so small that e^distance has few digits or none (below 1e-308), they are first made 2^256 times
    larger, by adding 256 ln 2 to the exponent.
    """
    distance = distance.copy()
    np.put_along_axis(distance, distance.argmax(axis=-1)[:, None], -np.inf, axis=-1)
    doublings = np.where(distance.max(axis=-1, keepdims=True) < -500, 256, 0)
    raised, rounding = two_sum(distance, doublings * LN2)
    terms = times_exp(np.exp(raised), rounding + lost + doublings * LN2_LOST)
    return np.ldexp(precise_sum(terms)[0], -doublings)[:, 0]


def log_of_sum_near_one(row: Array) -> float:
    """Log of the sum of e^x, when that is near 1 and every x below 0: in as many decimals as cancel, and 20 more."""
    greatest, *others = sorted(map(Decimal, row.tolist()), reverse=True)
    for digits in (45, 90, 180, 400):  # 400: what still cancels is too small for a float
        with localcontext(Context(prec=digits)):
            rest = sum(x.exp() for x in others)
        with localcontext(Context(prec=digits + 5 - min(greatest.adjusted(), 0))):
            excess = greatest.exp() - 1 + rest
            if abs(excess) > rest.scaleb(25 - digits):
                break
    return math.log1p(excess)
