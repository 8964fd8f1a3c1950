"""The common ways to a wrong answer, ready to list in an exercise: each a sentence and the answer it leads to.

`right` is the right answer, a number or an array, unless a parameter says otherwise.
"""

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import ArrayLike

from lessons_lib.maths.stable import softmax

Mistake = tuple[str, object]


def nats_for_bits(right: ArrayLike) -> Mistake:
    """The natural logarithm where bits are asked for."""
    return "This is in nats; the question asks for bits.", np.multiply(right, log(2))


def bits_for_nats(right: ArrayLike) -> Mistake:
    """The logarithm to base 2 where nats are asked for."""
    return "This is in bits; the question asks for nats.", np.divide(right, log(2))


def log10_for_bits(right: ArrayLike) -> Mistake:
    """The logarithm to base 10 where bits are asked for."""
    return "This is the logarithm to base 10; bits need base 2.", np.multiply(right, log(2) / log(10))


def log10_for_nats(right: ArrayLike) -> Mistake:
    """The logarithm to base 10 where nats are asked for."""
    return "This is the logarithm to base 10; nats need the natural one.", np.divide(right, log(10))


def sum_for_mean(right: ArrayLike, n: int) -> Mistake:
    """Not divided by the number of examples."""
    return f"This is the sum; the question asks for the mean, so divide by {n}.", np.multiply(right, n)


def mean_for_sum(right: ArrayLike, n: int) -> Mistake:
    """Divided by the number of examples."""
    return "This is the mean; the question asks for the sum.", np.divide(right, n)


def sign_forgotten(right: ArrayLike) -> Mistake:
    """The other sign."""
    return "The sign is the wrong way round.", np.negative(right)


def swapped(answer: object, what: str = "p and q") -> Mistake:
    """`answer` is what comes out with the two exchanged."""
    return f"In your answer {what} are swapped.", answer


def percent_for_fraction(right: ArrayLike) -> Mistake:
    """A percentage where a number between 0 and 1 is asked for."""
    return "This is in percent; the question asks for a probability between 0 and 1.", np.multiply(right, 100)


def product_for_sum(terms: Sequence[float]) -> Mistake:
    """The terms multiplied where they are to be added."""
    return "Your answer multiplies the terms; they have to be added.", float(np.prod(terms))


def sum_for_product(factors: Sequence[float]) -> Mistake:
    """The factors added where they are to be multiplied."""
    return "Your answer adds the factors; probabilities of independent outcomes multiply.", float(np.sum(factors))


def odds_for_probability(p: ArrayLike) -> Mistake:
    """p / (1 − p)."""
    return "These are the odds p/(1 − p); the question asks for the probability p.", np.divide(p, np.subtract(1, p))


def probability_for_odds(odds: ArrayLike) -> Mistake:
    """odds / (1 + odds)."""
    return "This is the probability; the question asks for the odds p/(1 − p).", np.divide(odds, np.add(1, odds))


def log_for_probability(p: ArrayLike) -> Mistake:
    """The natural logarithm of what is asked for."""
    return "This is the logarithm of the probability; the question asks for the probability itself.", np.log(p)


def off_by_one(answer: object) -> Mistake:
    """`answer` is what comes out with the neighbouring index."""
    return "An index is off by one: in Python the first entry has the index 0.", answer


def softmax_twice(logits: ArrayLike) -> Mistake:
    """Softmax of the probabilities."""
    return "Softmax is applied twice: its input has to be the scores.", softmax(softmax(logits))


def not_normalised(answer: object) -> Mistake:
    """`answer` is what comes out before dividing by the sum."""
    return "The normalisation is missing: divide by the sum, so that the probabilities add up to 1.", answer
