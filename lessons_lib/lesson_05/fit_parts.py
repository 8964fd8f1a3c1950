"""What the fit explorer is made of: a mixture's parts and how sliders move them, its landscape, and rolls on it."""

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from math import exp, inf, log, pi, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lessons_lib.explorer.rows import moved, put, read_row
from lessons_lib.lesson_05.directions import FORWARD
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.fits import divergence
from lessons_lib.maths.gaussians.landscape import forward_gradient, forward_landscape, roll_down, stationary_points
from lessons_lib.maths.gaussians.mixtures import GaussianMixture
from lessons_lib.maths.gaussians.survey import LOG_WIDTHS, MEANS, Table, survey, tabulate

EVERYWHERE = "above 0 everywhere"
SUPPORTS = {EVERYWHERE: (-inf, inf), "cut off outside −3 … 3": (-3.0, 3.0), "cut off below 0": (0.0, inf)}
NAMES = ("q", "A", "B", "C")
MODEL = NAMES[0]
PLACES, SPREADS, HUMP_SPREADS = (-5.0, 5.0), (0.2, 8.0), (0.3, 4.0)
MOST = 0.98
"""No hump has all the weight: the others would forget how they share theirs."""
X = np.linspace(-8, 8, 481)
_FINEST, _BAND = 0.1, 0.25
"""The landscape's bands: KL above its least, and 0.1 nats to it, grows by the factor e^0.25 from one to the next."""


class Landscape(NamedTuple):
    """Which landscape it is: that of a mixture, in a direction."""

    data: tuple
    forward: bool


@dataclass(frozen=True)
class Data:
    """p as the figure needs it: its density over X, its three humps' peaks, and the table of an untruncated one."""

    mixture: GaussianMixture
    table: Table | None
    density: NDArray[np.float64]
    peaks: NDArray[np.float64]


@dataclass(frozen=True)
class Map:
    """The landscape as the figure shows it: heights in bands, or None; rows of mean, log-width, value."""

    heights: NDArray[np.float64] | None
    minima: NDArray[np.float64]
    saddles: NDArray[np.float64]


# The state


def checked(state):
    """Return the state with plain numbers, or raise InputError for what cannot be a mixture, a q or a roll."""
    bounds = {"weights": (0.0, 1.0), "places": PLACES, "spreads": HUMP_SPREADS}
    rows = {name: read_row(name, getattr(state, name), [ends] * 3) for name, ends in bounds.items()}
    if abs(sum(rows["weights"]) - 1) > 1e-9:
        raise InputError(f"weights must have the sum 1, not {sum(rows['weights']):.12g}")
    mean, width = read_row("mean and width", (state.mean, state.width), (PLACES, SPREADS))
    rolls = tuple(read_row("rolls", roll, (PLACES, SPREADS)) for roll in state.rolls)
    return replace(state, **rows, mean=mean, width=width, rolls=rolls, step=state.step if rolls else 0)


def with_slider(state, changes):
    """Return the state with what the sliders for place, spread and weight say of the chosen part."""
    at = NAMES.index(state.which) - 1
    changed = {name: changes[name] for name in ("place", "spread", "weight") if name in changes}
    if at < 0:
        own = {"place": "mean", "spread": "width"}
        return replace(state, **{own[name]: value for name, value in changed.items() if name in own})
    rows = {f"{name}s": put(getattr(state, f"{name}s"), at, value) for name, value in changed.items()}
    if "spread" in changed:
        rows["spreads"] = put(state.spreads, at, float(np.clip(changed["spread"], *HUMP_SPREADS)))
    if "weight" in changed:
        rows["weights"] = moved(state.weights, at, min(changed["weight"], MOST))
    return replace(state, **rows)


def landscape_of(state) -> Landscape:
    """Return which landscape this state shows."""
    return Landscape((state.weights, state.places, state.spreads, state.support), state.direction == FORWARD)


# What belongs to p and q


@lru_cache(maxsize=64)
def data_of(data: tuple) -> Data:
    """Return p, tabulated."""
    weights, places, spreads, support = data
    mixture = GaussianMixture(weights, places, spreads, *SUPPORTS[support])
    return Data(
        mixture=mixture,
        table=None if mixture.truncated else tabulate(mixture),
        density=mixture.density(X),
        peaks=np.array(weights) / np.array(spreads) / sqrt(2 * pi) / exp(mixture.log_mass),
    )


def both_kls(p: GaussianMixture, q: GaussianMixture) -> tuple[float, float]:
    """Return KL(p‖q) and KL(q‖p) in nats."""
    return divergence(p, q), divergence(q, p)


def integrands(p: GaussianMixture, q: GaussianMixture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return p log(p/q) and q log(q/p) over X: 0 where p is 0, and there ∞."""
    log_p, log_q = p.log_density(X), q.log_density(X)
    inside = np.isfinite(log_p)
    ratio = np.where(inside, log_p, 0) - log_q
    return np.where(inside, np.exp(log_p) * ratio, 0), np.where(inside, -np.exp(log_q) * ratio, inf)


def scaled(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an integrand as parts of its greatest finite value; 0 where it is next to nothing everywhere."""
    finite = terms[np.isfinite(terms)]
    return terms / max(float(finite.max()), -2.5 * float(finite.min()), 1e-4)


# The landscape


@lru_cache(maxsize=64)
def map_of(landscape: Landscape) -> Map:
    """Return the landscape in bands, and its stationary points."""
    data = data_of(landscape.data)
    if landscape.forward:
        heights = forward_landscape(data.mixture, MEANS, LOG_WIDTHS)
        points = stationary_points(data.mixture, "forward")
    elif data.table is None:
        return Map(None, np.empty((0, 3)), np.empty((0, 3)))
    else:
        found = survey(data.table)
        heights, points = found.heights, found.points
    minima, saddles = (_rows(points, kind) for kind in ("minimum", "saddle"))
    return Map(_bands(heights, minima[0, 2]), minima, saddles)


def _rows(points, kind: str) -> NDArray[np.float64]:
    rows = [(point.mean, log(point.deviation), max(point.value, 0.0)) for point in points if point.kind == kind]
    return np.reshape(rows, (-1, 3))


def _bands(heights, least: float) -> NDArray[np.float64]:
    return np.log1p(np.maximum(heights - least, 0) / _FINEST) / _BAND


@lru_cache(maxsize=64)
def way(landscape: Landscape, start: tuple[float, float], frames: int = 60) -> NDArray[np.float64]:
    """Return mean and log-width on the way downhill from a start, in `frames` steps of the same length."""
    data = data_of(landscape.data)
    if not landscape.forward and data.table is None:
        return np.tile([start[0], log(start[1])], (frames + 1, 1))
    gradient = partial(forward_gradient, data.mixture) if landscape.forward else data.table.gradient
    path = roll_down(gradient, start[0], log(start[1]))
    length = np.append(0, np.cumsum(np.hypot(*np.diff(path, axis=0).T)))
    even = np.linspace(0, length[-1], frames + 1)
    return np.column_stack([np.interp(even, length, column) for column in path.T])


def trails(landscape: Landscape, rolls, step: int) -> tuple[NDArray[np.float64], ...]:
    """Return all ways so far, each of shape (n, 2), the last one as far as it has come."""
    paths = [way(landscape, start) for start in rolls]
    if paths and step:
        paths[-1] = paths[-1][: step + 1]
    return tuple(paths)
