"""Two correlated bits and a model in which they are independent: both directions of KL, in the least case there is.

p gives c/2 to 00 and to 11, (1 − c)/2 to 01 and to 10: the bits agree with probability c, and each is 1 half of the
time. q gives the first bit 1 with probability a, the second with b, independently. All in nats.
"""

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import expit, rel_entr

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.validation import Array, broadcast, read_number, read_probabilities

SPLIT = float(expit(2.0))
"""The agreement beyond which the reverse fit leaves the uniform model: sigmoid(2) = 0.880797."""


def bit_pairs(agreement: float) -> Array:
    """p as a table, first bit down, second across: shape (2, 2).

    >>> bit_pairs(0.9)
    array([[0.45, 0.05],
           [0.05, 0.45]])
    """
    c = float(read_probabilities("agreement", read_number("agreement", agreement)))
    return np.array([[c / 2, (1 - c) / 2], [(1 - c) / 2, c / 2]])


def product_model(a: ArrayLike, b: ArrayLike) -> Array:
    """q as a table, for arrays of a and b, broadcast: shape (..., 2, 2)."""
    a, b = broadcast(read_probabilities("a", a), read_probabilities("b", b))
    first, second = np.stack([1 - a, a], axis=-1), np.stack([1 - b, b], axis=-1)
    return first[..., :, None] * second[..., None, :]


def forward_bits_kl(agreement: float, a: ArrayLike, b: ArrayLike) -> Array:
    """KL(p‖q), infinite where q rules out what p does not.

    >>> round(float(forward_bits_kl(0.9, 0.5, 0.5)), 9)
    0.368064207
    """
    return rel_entr(bit_pairs(agreement), product_model(a, b)).sum(axis=(-2, -1))


def reverse_bits_kl(agreement: float, a: ArrayLike, b: ArrayLike) -> Array:
    """KL(q‖p), infinite where p rules out what q does not.

    >>> round(float(reverse_bits_kl(0.9, 0.5, 0.5)), 9), round(float(reverse_bits_kl(0.9, 0.25, 0.25)), 9)
    (0.510825624, 0.497796623)
    """
    return rel_entr(product_model(a, b), bit_pairs(agreement)).sum(axis=(-2, -1))


def best_product_models(agreement: float, direction: str = "reverse") -> tuple[tuple[float, float, str], ...]:
    """Every stationary (a, b) inside the square, with its kind, "minimum" or "saddle"; minima first.

    forward: a = b = 1/2, whatever the agreement. reverse: there log a/(1 − a) = L (2b − 1) and the same with a and b
    changed, for L = log c/(1 − c); so a = b for L > 0, a = 1 − b for L < 0, one equation for one unknown.
    """
    odds = _log_odds(agreement)
    if direction == "forward" or abs(odds) <= 2:
        return ((0.5, 0.5, "minimum"),)
    a = _leaning(abs(odds))
    other = (1 - a, a) if odds > 0 else (a, 1 - a)
    return ((1 - a, other[0], "minimum"), (a, other[1], "minimum"), (0.5, 0.5, "saddle"))


def _log_odds(agreement: float) -> float:
    c = float(read_probabilities("agreement", read_number("agreement", agreement)))
    if c in (0, 1):
        raise InputError(f"agreement must lie between 0 and 1, but is {c:g}: KL(q‖p) is then infinite but in corners")
    return math.log(c / (1 - c))


def _leaning(odds: float) -> float:
    """Return the a above 1/2 with log a/(1 − a) = odds (2a − 1): in u = 2a − 1, u = tanh(odds u / 2)."""
    u = brentq(lambda u: math.tanh(odds * u / 2) - u, 1e-9, 1.0, xtol=1e-15)
    return (1 + u) / 2
