"""Convex functions, weighted points on them, and Jensen's gap: the mean of f less f of the mean.

KL is such a mean: of −ln x at the ratios x = q/p, weighted by p. In nats.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lessons_lib.maths.validation import Array, read_distribution, read_numbers, read_probabilities, require_one_shape


@dataclass(frozen=True)
class Convex:
    """A convex function, and the least and the greatest x at which the course looks at it."""

    f: Callable[[Array], Array]
    least: float
    greatest: float


@np.errstate(all="ignore")
def minus_log(x: ArrayLike) -> Array:
    """−ln x for x ≥ 0, with ∞ at 0.

    >>> minus_log([0.0, 1.0]).tolist()
    [inf, 0.0]
    """
    return -np.log(np.asarray(x, float)) + 0.0


@np.errstate(all="ignore")
def x_log_x(x: ArrayLike) -> Array:
    """x ln x for x ≥ 0, with 0 at 0.

    >>> x_log_x([0.0, 1.0]).tolist()
    [0.0, 0.0]
    """
    x = np.asarray(x, float)
    return x * np.log(np.where(x > 0, x, 1.0))


FUNCTIONS = {
    "x²": Convex(np.square, -2.0, 2.0),
    "eˣ": Convex(np.exp, -2.0, 2.0),
    "−ln x": Convex(minus_log, 0.02, 4.0),
    "x ln x": Convex(x_log_x, 0.0, 4.0),
    "|x − 1|": Convex(lambda x: np.abs(x - 1), -1.0, 3.0),
}


@np.errstate(all="ignore")
def jensen(f: Callable[[Array], Array], points: ArrayLike, weights: ArrayLike) -> tuple[float, float, float]:
    """E x, E f(x) and f(E x) for points of these weights, which sum to 1; one of weight 0 does not count.

    >>> jensen(np.square, [-1.0, 1.0], [0.5, 0.5])
    (0.0, 1.0, 0.0)
    """
    x, w = read_numbers("points", points), read_distribution("weights", weights)
    require_one_shape(points=x, weights=w)
    x, w = x[w > 0], w[w > 0]
    mean = float(w @ x)
    return mean, float(w @ f(x)), float(f(np.float64(mean)))


@np.errstate(all="ignore")
def ratios(p: ArrayLike, q: ArrayLike) -> Array:
    """q/p for each outcome; 1 where p is 0, for that outcome has no weight.

    >>> ratios([0.5, 0.5, 0.0], [0.25, 0.5, 0.25]).tolist()
    [0.5, 1.0, 1.0]
    """
    p, q = read_probabilities("p", p), read_probabilities("q", q)
    require_one_shape(p=p, q=q)
    return np.where(p > 0, q, 1.0) / np.where(p > 0, p, 1.0)
