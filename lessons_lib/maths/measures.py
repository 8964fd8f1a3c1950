"""Surprisal, entropy, cross-entropy, KL divergence and perplexity of discrete distributions.

A distribution is a list of at least one probability, each from 0 to 1, that sum to 1 within 1e-9; anything else raises
InputError. Nothing is normalised or clipped: the numbers computed are those of the floats as given. An outcome with
p = 0 costs nothing, whatever q is (0 log 0 = 0); one with q = 0 < p costs infinitely much.

`base` is that of the logarithm: e for nats (the default), 2 for bits, 10^0.1 for decibans; UNITS has them by name.

Every result above 1e-300 lies within 4 units in the last place of the exact one, and is infinite where that is out of
range: at most 1.7 were measured, against mpmath (`kl_divergence` says what it does about divergences as small as the
rounding of its arguments). KL is what is left when log-ratios of both signs cancel, so each logarithm is kept as a sum
of floats, and all of them are added exactly, by `math.fsum`.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.stable import two_sum
from lessons_lib.maths.validation import Array, read_distribution, read_number, read_probabilities, require_one_shape

UNITS = {"nats": math.e, "bits": 2.0, "decibans": 10**0.1}
"""The base of the logarithm for each unit. A deciban is a tenth of a power of ten."""

LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
"""Their sum is ln 2 to 26 digits; LN2_HIGH ends in zeros, so that whole multiples of it up to 2^20 are exact."""

ODD = range(3, 25, 2)
"""The powers of s in the series of atanh(s) that count where |s| < 0.172."""

NOISE = 1e-4


@np.errstate(all="ignore")
def surprisal(p: ArrayLike, *, base: float = math.e) -> Array:
    """−log p of each probability, infinite for 0; the shape of p, whose entries need not sum to 1.

    >>> surprisal([1, 0.5, 0.125], base=2).tolist()
    [0.0, 1.0, 3.0]
    """
    p, scale = read_probabilities("p", p), read_base(base)
    return (-(np.log2(p) if base == 2 else np.log(p) / scale) + 0.0)[()]


@np.errstate(all="ignore")
def entropy(p: ArrayLike, *, base: float = math.e) -> float:
    """H(p) = −Σ p log p: the surprisal that a distribution expects of its own outcomes.

    >>> entropy([0.5, 0.25, 0.25], base=2)
    1.5
    """
    p, scale = read_distribution("p", p), read_base(base)
    return sum(two_parts(terms(p, np.ones_like(p), p))) / scale


@np.errstate(all="ignore")
def cross_entropy(p: ArrayLike, q: ArrayLike, *, base: float = math.e) -> float:
    """H(p, q) = −Σ p log q: the surprisal that someone who believes q must expect of outcomes drawn from p.

    >>> cross_entropy([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], base=2)
    1.75
    """
    (p, q), scale = read_pair(p, q), read_base(base)
    return sum(two_parts(terms(p, np.ones_like(p), q))) / scale


@np.errstate(all="ignore")
def kl_divergence(p: ArrayLike, q: ArrayLike, *, base: float = math.e) -> float:
    """KL(p‖q) = Σ p log(p/q) = H(p, q) − H(p): what believing q costs more than knowing p. Never below 0.

    Computed is Σ p log(p/q) of the floats as given. The sums of two lists of floats hardly ever agree to the last
    digit, and by as much as they differ (some 1e-16) this can be off, and negative. Where that would spoil the first
    four digits, because p and q are nearly equal, the difference is left out: the result is Σ [p log(p/q) − p + q],
    the divergence of measures that need not sum to 1 (`scipy.special.kl_div`). No term of it is negative, it is 0 only
    when p = q, and where both sums are 1 but for rounding, it is the divergence between p and q divided by their sums,
    to 15 digits and to 1e-30.

    >>> kl_divergence([0.5, 0.5, 0], [0.25, 0.5, 0.25], base=2)
    0.5
    >>> f"{kl_divergence([0.5, 0.5], [0.5 + 1e-9, 0.5 - 1e-9]):.3g}"
    '2e-18'
    """
    (p, q), scale = read_pair(p, q), read_base(base)
    ratios = terms(p, p, q)
    as_given, of_shapes = sum(two_parts(ratios)), sum(two_parts(np.vstack([ratios, -p, q])))
    spoilt = abs(math.fsum([*p, *-q])) > NOISE * of_shapes
    return (of_shapes if spoilt else as_given) / scale


@np.errstate(all="ignore")
def pointwise_kl(p: ArrayLike, q: ArrayLike, *, base: float = math.e) -> Array:
    """p log(p/q) of each outcome, negative where q is the greater: shape (n,). They sum to KL(p‖q) as given.

    >>> pointwise_kl([0.5, 0.5, 0], [0.25, 0.5, 0.25], base=2).tolist()
    [0.5, 0.0, 0.0]
    """
    (p, q), scale = read_pair(p, q), read_base(base)
    return np.array([math.fsum(column) for column in terms(p, p, q).T]) / scale


@np.errstate(all="ignore")
def perplexity(p: ArrayLike, q: ArrayLike | None = None) -> float:
    """e^H(p, q), or e^H(p) without q: the number of equally likely outcomes that would be as surprising.

    >>> perplexity([0.25, 0.25, 0.25, 0.25])
    4.0
    """
    p, q = read_pair(p, p if q is None else q)
    high, low = two_parts(terms(p, np.ones_like(p), q))
    try:
        return math.exp(high) * (1 + low)
    except OverflowError:
        return math.inf


def read_base(base: float) -> float:
    """Return ln base, by which nats are divided."""
    if read_number("base", base) <= 1:
        raise InputError(f"base must be above 1, but is {base:g}")
    return math.log(base)


def read_pair(p: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    """Return two distributions over the same outcomes."""
    p, q = read_distribution("p", p), read_distribution("q", q)
    require_one_shape(p=p, q=q)
    return p, q


def two_parts(terms: Array) -> tuple[float, float]:
    """Return the exact sum of the terms as a float and what its rounding lost."""
    high = math.fsum(terms.flat)
    return high, math.fsum([*terms.flat, -high]) if math.isfinite(high) else 0.0


def terms(weight: Array, a: Array, b: Array) -> Array:
    """Numbers of which each column sums exactly to weight · ln(a / b) of an outcome, 0 where the weight is: (6, n).

    a / b is a power of 2, twos, times a quotient m / n between 1/√2 and √2, and ln(m / n) = 2 atanh(s) with
    s = (m − n) / (m + n).
    """
    counts, possible = weight > 0, b > 0
    (m, m_twos), (n, n_twos) = np.frexp(np.where(counts, a, 1)), np.frexp(np.where(counts & possible, b, 1))
    doubled = (m < n * math.sqrt(0.5)).astype(int) - (n < m * math.sqrt(0.5))
    twos, m, n = m_twos - n_twos - doubled, np.ldexp(m, doubled.clip(0)), np.ldexp(n, (-doubled).clip(0))
    s, s_lost = quotient(m - n, *two_sum(m, n))
    series = sum(s**k / k for k in ODD)
    parts = (twos * LN2_HIGH, 2 * s, twos * LN2_LOW + 2 * (s_lost + series))
    products = np.array([product for part in parts for product in two_product(weight, part)])
    products[0, counts & ~possible] = math.inf
    return products


def quotient(top: Array, bottom: Array, bottom_lost: Array) -> tuple[Array, Array]:
    """top / (bottom + bottom_lost), as a rounded quotient and what the rounding lost."""
    rounded = top / bottom
    product, product_lost = two_product(rounded, bottom)
    return rounded, (top - product - product_lost - rounded * bottom_lost) / bottom


def two_product(a: Array, b: Array) -> tuple[Array, Array]:
    """a · b as a rounded product and what the rounding lost, exactly unless that is below 1e-308 (T. J. Dekker, 1971).

    >>> [float(part) for part in two_product(np.array(1 + 2**-30), np.array(1 - 2**-30))]
    [1.0, -8.673617379884035e-19]
    """
    product = a * b
    (a_high, a_low), (b_high, b_low) = halves(a), halves(b)
    return product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


def halves(a: Array) -> tuple[Array, Array]:
    """A float as a sum of two with half as many digits."""
    scaled = a * (2**27 + 1)
    high = scaled - (scaled - a)
    return high, a - high
