"""What each of the classifier's curves makes of the flowers, and the ascent to the best of them."""

from functools import cache, lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons_lib.maths.data import iris_petals
from lessons_lib.maths.likelihood import Ascent, logistic_ascent, logistic_log_likelihood

MIDPOINTS, SLOPES = (3.0, 7.0), (0.5, 20.0)
"""Smallest and largest midpoint, in cm, and slope, in log-odds for each cm."""
FRAMES = 60
"""A climb is shown in this many steps of the slider, close together at first and far apart at the end."""
_ASCENT_STEPS = 600


def log10_product(midpoint: ArrayLike, slope: ArrayLike) -> NDArray[np.float64]:
    """Return the log to base ten of the product of the flowers' probabilities, for numbers or arrays of one shape."""
    petals = iris_petals()
    return logistic_log_likelihood(petals.length, petals.label, midpoint, slope) / np.log(10)


@cache
def landscape() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return midpoints, slopes, and the product of each pair as its log to base ten: shape (slopes, midpoints)."""
    midpoints, slopes = np.linspace(*MIDPOINTS, 241), np.geomspace(*SLOPES, 81)
    return midpoints, slopes, log10_product(*np.meshgrid(midpoints, slopes))


@lru_cache(maxsize=32)
def climb(midpoint: float, slope: float) -> Ascent:
    """Return the path of gradient ascent from this curve, thinned to `FRAMES` steps."""
    petals = iris_petals()
    path = logistic_ascent(petals.length, petals.label, midpoint, slope, _ASCENT_STEPS, MIDPOINTS, SLOPES)
    kept = np.unique(np.concatenate([[0], np.geomspace(1, _ASCENT_STEPS, 4 * FRAMES)]).round().astype(int))
    kept = kept[np.linspace(0, len(kept) - 1, FRAMES + 1).round().astype(int)]
    return Ascent(path.midpoint[kept], path.slope[kept])


@cache
def log10_greatest() -> float:
    """Return the log to base ten of the largest product: that of a long climb from the middle of the data."""
    petals = iris_petals()
    path = logistic_ascent(petals.length, petals.label, float(petals.length.mean()), 1.0, steps=6000)
    return float(log10_product(path.midpoint[-1], path.slope[-1]))
