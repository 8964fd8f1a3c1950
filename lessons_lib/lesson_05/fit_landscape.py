"""The landscape of one direction of KL over all Gaussians q: its map, in bands, and the ways downhill on it.

Whatever belongs to a p and a direction is kept: a drag of q alone computes none of it anew.
"""

from dataclasses import dataclass
from functools import lru_cache, partial
from math import log

import numpy as np
from numpy.typing import NDArray

from lessons_lib.lesson_05.directions import FORWARD, short_name
from lessons_lib.maths.gaussians.landscape import (
    StationaryPoint,
    forward_gradient,
    forward_landscape,
    roll_down,
    stationary_points,
)
from lessons_lib.maths.gaussians.mixtures import GaussianMixture
from lessons_lib.maths.gaussians.survey import LOG_WIDTHS, MEANS, survey, tabulate

FRAMES = 60
"""A roll is shown in this many steps, equally long on the way."""
_FINEST, _BAND = 0.1, 0.25
"""KL above its least, and 0.1 nats to it, grows by the factor e^0.25 from one band to the next."""
_tabulated = lru_cache(maxsize=64)(tabulate)


@dataclass(frozen=True)
class Landscape:
    """Heights over MEANS and LOG_WIDTHS, in bands above the least, None if all is ∞; rows of mean, log-width, value.

    The lowest minimum comes first, `lowest` of them equally low.
    """

    heights: NDArray[np.float64] | None
    minima: NDArray[np.float64]
    saddles: NDArray[np.float64]
    lowest: int


@lru_cache(maxsize=64)
def landscape(p: GaussianMixture, direction: str) -> Landscape:
    """Return the map of a direction of KL between p and every q, and its stationary points."""
    if direction == FORWARD:
        nats = forward_landscape(p, MEANS, LOG_WIDTHS)
        points = stationary_points(p, short_name(FORWARD))
    elif p.truncated:
        return Landscape(None, np.empty((0, 3)), np.empty((0, 3)), 0)
    else:
        found = survey(_tabulated(p))
        nats, points = found.heights, found.points
    minima, saddles = _rows(points, "minimum"), _rows(points, "saddle")
    heights = np.log1p(np.maximum(nats - minima[0, 2], 0) / _FINEST) / _BAND
    return Landscape(heights, minima, saddles, int(np.sum(minima[:, 2] < minima[0, 2] + 1e-7)))


def _rows(points: tuple[StationaryPoint, ...], kind: str) -> NDArray[np.float64]:
    rows = [(point.mean, log(point.deviation), max(point.value, 0.0)) for point in points if point.kind == kind]
    return np.reshape(rows, (-1, 3))


@lru_cache(maxsize=64)
def way(p: GaussianMixture, direction: str, start: tuple[float, float]) -> NDArray[np.float64]:
    """Return mean and log-width on the way downhill from a start (mean, width): shape (FRAMES + 1, 2).

    Where all is infinite, it stays at the start.
    """
    mean, log_width = start[0], log(start[1])
    if direction != FORWARD and p.truncated:
        return np.tile([mean, log_width], (FRAMES + 1, 1))
    gradient = partial(forward_gradient, p) if direction == FORWARD else _tabulated(p).gradient
    path = roll_down(gradient, mean, log_width)
    length = np.append(0, np.cumsum(np.hypot(*np.diff(path, axis=0).T)))
    even = np.linspace(0, length[-1], FRAMES + 1)
    return np.column_stack([np.interp(even, length, column) for column in path.T])
