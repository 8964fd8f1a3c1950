"""The probability of a data set, as a function of a model's parameters.

Models: one coin (Bernoulli), a number of heads (binomial), a die (categorical), a logistic curve over one
feature. Probabilities have no unit; log-likelihoods are in nats unless their name says otherwise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.stable import log_sigmoid, sigmoid
from lessons_lib.maths.validation import (
    Array,
    broadcast,
    read_counts,
    read_distribution,
    read_labels,
    read_number,
    read_numbers,
    read_probabilities,
    require_one_shape,
)


def bernoulli_factors(outcomes: ArrayLike, theta: float) -> Array:
    """Probability that a coin with P(1) = theta gives to each outcome: theta to a 1, 1 - theta to a 0.

    outcomes: 0s and 1s, any shape; theta: one number in [0, 1]; result: the shape of outcomes.

    >>> bernoulli_factors([1, 0, 1], 0.75)
    array([0.75, 0.25, 0.75])
    """
    y = read_labels("outcomes", outcomes)
    read_number("theta", theta)
    return own_label_probabilities(np.broadcast_to(read_probabilities("theta", theta), y.shape), y)


def bernoulli_likelihood(outcomes: ArrayLike, theta: float) -> float:
    """Probability of the whole sequence: the product of its factors (1 for an empty sequence).

    The outcomes are independent given theta. A long sequence underflows to 0.

    >>> bernoulli_likelihood([1, 0, 1], 0.5)
    0.125
    """
    return float(np.prod(bernoulli_factors(outcomes, theta)))


@np.errstate(all="ignore")
def bernoulli_log_likelihood(successes: ArrayLike, n: ArrayLike, theta: ArrayLike) -> Array:
    """Log of theta^successes (1 - theta)^(n - successes), in nats, with 0 log 0 = 0; -inf where impossible.

    The three arguments broadcast against each other.

    >>> round(float(bernoulli_log_likelihood(1, 2, 0.5) / np.log(2)), 12)
    -2.0
    """
    k, n, theta = broadcast(*read_counts(successes, n), read_probabilities("theta", theta))
    return _times_log(k, theta) + np.where(n == k, 0, (n - k) * np.log1p(-theta))


@np.errstate(all="ignore")
def binomial_likelihood(successes: ArrayLike, n: ArrayLike, theta: ArrayLike) -> Array:
    """Probability of the *number* of successes: C(n, successes) sequences, each as likely as any other.

    The three arguments broadcast against each other. From logarithms, so that it stands up to n of any size.

    >>> round(float(binomial_likelihood(1, 2, 0.5)), 12)
    0.5
    """
    k, n, theta = broadcast(*read_counts(successes, n), read_probabilities("theta", theta))
    from scipy.special import betaln  # takes as long to load as numpy

    log_orders = -np.log1p(n) - betaln(n - k + 1, k + 1)
    return np.exp(log_orders + bernoulli_log_likelihood(k, n, theta))


@np.errstate(all="ignore")
def categorical_log_likelihood(counts: ArrayLike, probabilities: ArrayLike) -> float:
    """Log-probability, in nats, of a sequence in which outcome i comes counts[i] times.

    counts, probabilities: one number for each outcome, probabilities summing to 1.

    >>> round(float(categorical_log_likelihood([1, 1, 0], [0.5, 0.25, 0.25]) / np.log(2)), 12)
    -3.0
    """
    p = read_distribution("probabilities", probabilities)
    c = read_numbers("counts", counts)
    bad = c[(c < 0) | (c != np.round(c))]
    if bad.size:
        raise InputError(f"counts must be whole numbers of at least 0, but hold {bad.flat[0]:g}")
    if p.shape != c.shape:
        raise InputError(f"counts and probabilities need one entry for each outcome: {c.shape} and {p.shape}")
    return float(_times_log(c, p).sum())


@np.errstate(all="ignore")
def multinomial_likelihood(counts: ArrayLike, probabilities: ArrayLike) -> float:
    """Probability of the *counts* of a categorical sequence, in whatever order they come.

    The arguments are those of `categorical_log_likelihood`.

    >>> round(multinomial_likelihood([1, 1], [0.5, 0.5]), 12)
    0.5
    """
    from scipy.special import gammaln  # takes as long to load as numpy

    log_sequence, c = categorical_log_likelihood(counts, probabilities), np.asarray(counts, dtype=float)
    return float(np.exp(gammaln(c.sum() + 1) - gammaln(c + 1).sum() + log_sequence))


def own_label_probabilities(probability_of_one: ArrayLike, labels: ArrayLike) -> Array:
    """Probability that a model gives to each example's *own* label: p where the label is 1, 1 - p where it is 0.

    >>> own_label_probabilities([0.75, 0.75], [1, 0])
    array([0.75, 0.25])
    """
    y, p = read_labels("labels", labels), read_probabilities("probability_of_one", probability_of_one)
    require_one_shape(probability_of_one=p, labels=y)
    return np.where(y == 1, p, 1 - p)


@np.errstate(all="ignore")
def logistic_curve(x: ArrayLike, midpoint: float, slope: float) -> Array:
    """P(label 1 | x) = 1 / (1 + exp(-slope (x - midpoint))): 1/2 at the midpoint.

    slope: log-odds, in nats, for each unit of x.

    >>> logistic_curve([4.0, 5.0], midpoint=5.0, slope=2.0).round(3)
    array([0.119, 0.5  ])
    """
    return sigmoid(_log_odds(read_numbers("x", x), read_number("midpoint", midpoint), read_number("slope", slope)))


@np.errstate(all="ignore")
def logistic_factors(x: ArrayLike, labels: ArrayLike, midpoint: float, slope: float) -> Array:
    """Probability that a logistic curve gives to each example's own label; right also where it is tiny.

    x, labels: shape (n,), which the result has too.

    >>> logistic_factors([4.0, 4.0], [1, 0], midpoint=5.0, slope=2.0).round(3)
    array([0.119, 0.881])
    """
    x, y = read_numbers("x", x), read_labels("labels", labels)
    require_one_shape(x=x, labels=y)
    return sigmoid((2 * y - 1) * _log_odds(x, read_number("midpoint", midpoint), read_number("slope", slope)))


@np.errstate(all="ignore")
def logistic_log_likelihood(x: ArrayLike, labels: ArrayLike, midpoint: ArrayLike, slope: ArrayLike) -> Array:
    """Conditional log-likelihood, in nats, of the labels given the features x: the sum over the last axis.

    x, labels: shape (n,); midpoint and slope: numbers, or arrays of one shape, which the result then has.

    >>> round(float(logistic_log_likelihood([0.0], [1], midpoint=0.0, slope=1.0) / np.log(2)), 12)
    -1.0
    """
    x, y = read_numbers("x", x), read_labels("labels", labels)
    require_one_shape(x=x, labels=y)
    midpoint, slope = broadcast(read_numbers("midpoint", midpoint), read_numbers("slope", slope))
    return log_sigmoid((2 * y - 1) * _log_odds(x, midpoint[..., None], slope[..., None])).sum(axis=-1)


def _times_log(k: Array, p: Array) -> Array:
    """k log p, with 0 log 0 = 0."""
    return np.where(k == 0, 0, k * np.log(p))


def _log_odds(x: Array, midpoint: ArrayLike, slope: ArrayLike) -> Array:
    """slope (x - midpoint), from halves, so that no difference of two floats overflows."""
    return 2 * (slope * (x / 2 - midpoint / 2))


@dataclass(frozen=True)
class Ascent:
    """The path of a gradient ascent: shape (steps + 1,) each, the start first."""

    midpoint: Array
    slope: Array


def logistic_ascent(
    x: ArrayLike,
    labels: ArrayLike,
    midpoint: float,
    slope: float,
    steps: int = 600,
    midpoints: tuple[float, float] = (-np.inf, np.inf),
    slopes: tuple[float, float] = (1e-9, np.inf),
) -> Ascent:
    """Climb the mean log-likelihood of a logistic curve by gradient ascent.

    The steps are taken in the weight and the bias of the standardised feature, where the surface has a single top
    (none, if a threshold separates the labels) and nowhere a curvature above 1/4, so that a step of 4 times the
    gradient never overshoots. A step that leaves the bounds `midpoints` and `slopes` ends on them. Raises InputError
    for a start beyond them.
    """
    x, y = read_numbers("x", x), read_labels("labels", labels)
    require_one_shape(x=x, labels=y)
    if x.ndim != 1 or x.size < 2 or not np.ptp(x) > 0:
        raise InputError("x must be a list of numbers that are not all the same")
    if steps != int(steps) or steps < 0:
        raise InputError(f"steps must be a whole number of at least 0, but is {steps}")
    midpoint, slope = read_number("midpoint", midpoint), read_number("slope", slope)
    for name, value, (low, high) in (("midpoint", midpoint, midpoints), ("slope", slope, slopes)):
        if not low <= value <= high:
            raise InputError(f"{name} must lie between {low:g} and {high:g}, but is {value:g}")
    mean, spread = x.mean(), x.std()
    z = (x - mean) / spread
    path = np.empty((steps + 1, 2))
    path[0] = midpoint, slope
    for step in range(steps):
        weight, bias = slope * spread, slope * (mean - midpoint)
        surprise = y - sigmoid(weight * z + bias)
        weight += 4 * np.mean(surprise * z)
        bias += 4 * np.mean(surprise)
        slope = min(max(weight / spread, slopes[0]), slopes[1])
        midpoint = min(max(mean - bias / slope, midpoints[0]), midpoints[1])
        path[step + 1] = midpoint, slope
    return Ascent(midpoint=path[:, 0], slope=path[:, 1])
