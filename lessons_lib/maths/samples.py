"""Samples that only grow, and how far a mean over them is off. Outcomes are counted from 0."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons_lib.maths.data import zen_letters
from lessons_lib.maths.validation import Array, read_distribution, read_probabilities, require_one_shape

ZEN = {letter.lower(): count for letter, count in sorted(zen_letters().items())}
"""How often each letter stands in Tim Peters' Zen of Python, which `import this` prints. (j and q do not.)"""


def draw(p: ArrayLike, seed: int, most: int) -> NDArray[np.int_]:
    """`most` outcomes, drawn one after the other: the first n of them are the same ones whatever `most` is.

    >>> draw([0.5, 0.5], seed=1, most=4).tolist() == draw([0.5, 0.5], seed=1, most=9)[:4].tolist()
    True
    """
    bounds = np.cumsum(read_distribution("p", p))[:-1]
    return np.searchsorted(bounds, np.random.default_rng(seed).random(most), side="right")


def counts_within(outcomes: NDArray[np.int_], kinds: int, sizes: Sequence[int]) -> NDArray[np.int_]:
    """How often each outcome is among the first n, for every n in sizes: shape (sizes, kinds).

    >>> counts_within(np.array([0, 1, 1]), 2, [1, 3]).tolist()
    [[1, 0], [1, 2]]
    """
    return np.cumsum(outcomes[:, None] == np.arange(kinds), axis=0)[np.asarray(sizes) - 1]


def expected(p: ArrayLike, values: Array) -> Array:
    """Σ p·value along the last axis, over what can happen: where p is 0, the value does not count, even if it is ∞.

    >>> float(expected([0.5, 0.5, 0.0], np.array([1.0, 3.0, np.inf])))
    2.0
    """
    p = read_probabilities("p", p)
    return np.where(p > 0, values, 0.0) @ p


def spread(p: ArrayLike, values: Array) -> float:
    """Standard deviation of the value when an outcome is drawn from p; ∞ if a value that can occur is.

    >>> spread([0.5, 0.5], np.array([1.0, 3.0]))
    1.0
    """
    p = read_probabilities("p", p)
    seen = p > 0
    require_one_shape(p=p, values=values)
    if np.isinf(values[seen]).any():
        return float("inf")
    p, values = p[seen], values[seen]
    if np.ptp(values) <= 1e-14 * np.abs(values).max():  # equal but for rounding
        return 0.0
    return float(np.sqrt(p @ (values - p @ values) ** 2))
