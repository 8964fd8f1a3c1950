"""How the minima of the reverse fit come and go as two equal humps move apart.

The humps are N(−d/2, 1) and N(d/2, 1) with equal weights, so that lengths are counted in their standard deviations.
"""

from dataclasses import dataclass
from functools import cache, lru_cache, partial

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq, root

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.landscape import StationaryPoint, newton, reverse_derivatives
from lessons_lib.maths.gaussians.mixtures import GaussianMixture
from lessons_lib.maths.validation import Array, read_number, read_numbers

FURTHEST = 12.0
"""The greatest separation that is followed."""


@np.errstate(all="ignore")
def twin_humps(separation: float) -> GaussianMixture:
    """Two equal humps of standard deviation 1, so far apart."""
    return GaussianMixture((0.5, 0.5), (-separation / 2, separation / 2), (1.0, 1.0))


@dataclass(frozen=True)
class Fold:
    """Where a minimum and a saddle of the right half are born, as one: the separation, and μ and log σ there."""

    separation: float
    mean: float
    log_deviation: float


@cache
@np.errstate(all="ignore")
def birth() -> Fold:
    """Return the separation below which the covering minimum is the only one: 4.824459436.

    There the gradient vanishes together with the determinant of the Hessian: three equations for d, μ and log σ.

    >>> round(birth().separation, 9)
    4.824459436
    """

    def level_and_degenerate(unknown):
        _, gradient, hessian = reverse_derivatives(twin_humps(unknown[0]), *unknown[1:])
        return [*gradient, np.linalg.det(hessian)]

    return Fold(*root(level_and_degenerate, [4.8, 2.1, 0.25], tol=1e-13).x.tolist())


@cache
@np.errstate(all="ignore")
def change_of_lead() -> float:
    """Return the separation beyond which a fit to one hump is better than the one that covers both: 5.600164435.

    >>> round(change_of_lead(), 9)
    5.600164435
    """

    def lead(separation):
        cover, mode, _ = twin_fits(separation)
        return mode.value - cover.value

    return brentq(lead, 5.0, 7.0, xtol=1e-12)


@np.errstate(all="ignore")
def twin_fits(separation: float) -> tuple[StationaryPoint, ...]:
    """Return the covering minimum and, beyond the birth, the minimum and the saddle with μ > 0, which −μ has as well.

    separation: from 0 to 12, else InputError.
    """
    separation = read_number("separation", separation)
    if not 0 <= separation <= FURTHEST:
        raise InputError(f"separation must lie between 0 and {FURTHEST:g}, but is {separation:g}")
    return _twin_fits(separation)


@lru_cache(maxsize=1024)
def _twin_fits(separation: float) -> tuple[StationaryPoint, ...]:
    paths = _paths()
    starts = [(0.0, np.interp(separation, paths.separations, paths.cover))]
    if (beyond := separation - birth().separation) > 0:
        starts += [_between(paths.ages, fold, np.sqrt(beyond)) for fold in (paths.modes, paths.saddles)]
    found, value = _settled(twin_humps(separation), np.array(starts))
    kinds = ("minimum", "minimum", "saddle")
    return tuple(
        StationaryPoint(float(mean), float(np.exp(log_deviation)), float(nats), kind)
        for (mean, log_deviation), nats, kind in zip(found, value, kinds, strict=False)
    )


@dataclass(frozen=True)
class Bifurcation:
    """The fits at many separations: arrays of one length, with NaN where there is no such fit."""

    separations: Array
    cover_deviation: Array
    cover_value: Array
    mode_mean: Array
    mode_deviation: Array
    mode_value: Array
    saddle_mean: Array
    saddle_deviation: Array
    saddle_value: Array


@np.errstate(all="ignore")
def bifurcation(separations: ArrayLike) -> Bifurcation:
    """Return minima and saddles with μ ≥ 0 at each of these separations."""
    separations = np.atleast_1d(read_numbers("separations", separations))
    rows = np.full((separations.size, 9), np.nan)
    for row, separation in zip(rows, separations, strict=True):
        points = [(point.mean, point.deviation, point.value) for point in twin_fits(float(separation))]
        row[: 3 * len(points)] = np.ravel(points)
    return Bifurcation(separations, *rows.T[1:])


@dataclass(frozen=True)
class _Paths:
    """The fits to begin from: log σ of the cover at separations; modes and saddles at ages, √(separation − birth)."""

    separations: Array
    cover: Array
    ages: Array
    modes: Array
    saddles: Array


@cache
def _paths() -> _Paths:
    """Follow the three kinds of fits. Modes and saddles are smooth functions of the age even where they are born."""
    fold = birth()
    separations = np.linspace(0, FURTHEST, 61)
    ages = np.linspace(0, np.sqrt(FURTHEST - fold.separation), 54)
    at_birth = np.array([fold.mean, fold.log_deviation])
    cover = _followed(separations, np.zeros(2), np.zeros(2))[:, 1]
    modes, saddles = (
        _followed(fold.separation + ages**2, at_birth, side * np.array([0.03, -0.03])) for side in (1, -1)
    )
    return _Paths(separations, cover, ages, modes, saddles)


def _followed(separations: Array, first: Array, then: Array) -> Array:
    """Follow a fit from one separation to the next, by the step before: shape (separations, 2). `then`: first step."""
    path = [first]
    for separation in separations[1:]:
        path.append(_settled(twin_humps(separation), (path[-1] + then)[None])[0][0])
        then = path[-1] - path[-2]
    return np.array(path)


def _settled(p: GaussianMixture, at: Array) -> tuple[Array, Array]:
    """Go from near a stationary point to it; the points, shape (n, 2), and their values."""
    at = newton(partial(reverse_derivatives, p), *at.T)
    return at, reverse_derivatives(p, *at.T)[0]


def _between(ages: Array, path: Array, age: float) -> tuple[float, float]:
    return tuple(float(np.interp(age, ages, column)) for column in path.T)
