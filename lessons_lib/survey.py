"""KL(q‖p) for a Gaussian q and a mixture p, all over a map of q's mean and log-width at once: quick enough for a drag.

log p is tabulated once, on nodes that lie close together in the middle and far apart in the tails. An expectation over
a Gaussian q is then a weighted sum; for the fixed net of the map the weights are a matrix made once. So a new mixture
costs one table and one product of matrices. Where both derivatives change their sign in a cell of the net, Newton's
method looks for the stationary point. `lessons_lib.landscape` computes the same without haste.
"""

from dataclasses import dataclass
from functools import cache
from math import e, log, pi

import numpy as np

from lessons_lib.validation import Array

MEANS = np.linspace(-5.0, 5.0, 61)
LOG_WIDTHS = np.linspace(log(0.2), log(8.0), 41)
_STEP = 0.016
NODES = 4.0 * np.sinh(np.arange(-208, 209) * _STEP)
"""From −56 to 56: six of the greatest widths beyond the map."""
_LENGTHS = _STEP * np.hypot(4.0, NODES)
_CELL = MEANS[1] - MEANS[0], LOG_WIDTHS[1] - LOG_WIDTHS[0]
_ROUNDS = 12
_RATE, _LONGEST, _MOST_STEPS = 0.1, 0.1, 4000


@dataclass(frozen=True)
class Table:
    """A density on NODES: its logarithm, and the derivative of that."""

    log_density: Array
    score: Array

    @property
    def entropy(self) -> float:
        """In nats."""
        return -float(np.exp(self.log_density) * self.log_density @ _LENGTHS)


@dataclass(frozen=True)
class Survey:
    """KL(q‖p) in nats over the map, shape (LOG_WIDTHS, MEANS), and where both its derivatives are 0.

    minima, saddles: one row each, of mean, log-width and value; the minima in the order of their values.
    """

    heights: Array
    minima: Array
    saddles: Array


def tabulate(weights: Array, places: Array, spreads: Array) -> Table:
    """Tabulate the mixture of Gaussians with these weights, means and standard deviations, each of shape (n,)."""
    distance = (places[:, None] - NODES) / spreads[:, None]
    logs = np.log(weights / spreads)[:, None] - distance**2 / 2
    greatest = logs.max(axis=0)
    parts = np.exp(logs - greatest)
    total = parts.sum(axis=0)
    parts /= total
    return Table(greatest + np.log(total) - log(2 * pi) / 2, (parts * distance / spreads[:, None]).sum(axis=0))


def stationary_points(table: Table) -> Survey:
    """Return the map of KL(q‖p) for the p of this table, and its stationary points."""
    columns = np.stack([table.log_density, table.score, table.score * NODES], axis=1)
    of_log, of_score, of_moment = np.moveaxis((_net() @ columns).reshape(LOG_WIDTHS.size, MEANS.size, 3), -1, 0)
    heights = -LOG_WIDTHS[:, None] - log(2 * pi * e) / 2 - of_log
    turns = _changes_sign(of_score) & _changes_sign(of_moment - MEANS * of_score + 1)
    points, determinant = _settled(table, turns)
    minima, saddles = points[determinant > 0], points[determinant <= 0]
    return Survey(heights, minima[np.argsort(minima[:, 2], kind="stable")], saddles)


def roll(table: Table | None, mean: float, log_width: float, moments: tuple[float, float] | None = None) -> Array:
    """Return the way of gradient descent on (mean, log-width): shape (steps + 1, 2).

    Downhill on KL(q‖p) or, if p's moments (mean, standard deviation) are given, on KL(p‖q). The rate is 0.1; no step is
    longer than 0.1, so that it does not jump where the landscape is steep.
    """
    here, way = np.array([mean, log_width]), [np.array([mean, log_width])]
    for _ in range(_MOST_STEPS):
        gradient = _gradient(table, *here) if moments is None else _forward_gradient(*moments, *here)
        length = float(np.hypot(*gradient))
        if length < 1e-4:
            break
        here = here - gradient * min(_RATE, _LONGEST / length)
        way.append(here)
    return np.array(way)


def _gradient(table: Table, mean: float, log_width: float) -> Array:
    away = NODES - mean
    weights = np.exp(-((away * np.exp(-log_width)) ** 2) / 2) * _LENGTHS
    pull = weights * table.score
    return np.array([-pull.sum(), -(pull @ away)]) / weights.sum() - (0, 1)


def _forward_gradient(mean: float, deviation: float, at: float, log_width: float) -> Array:
    precision = np.exp(-2 * log_width)
    return np.array([(at - mean) * precision, 1 - (deviation**2 + (at - mean) ** 2) * precision])


@cache
def _net() -> Array:
    """Weights of NODES under each q of the map: shape (widths × means, nodes)."""
    log_widths, means = np.meshgrid(LOG_WIDTHS, MEANS, indexing="ij")
    return _weights(means.ravel(), log_widths.ravel())


def _weights(means: Array, log_widths: Array) -> Array:
    weights = np.exp(-(((NODES - means[:, None]) * np.exp(-log_widths)[:, None]) ** 2) / 2) * _LENGTHS
    return weights / weights.sum(axis=1, keepdims=True)


def _changes_sign(values: Array) -> Array:
    """Whether the corners of each cell have different signs: one row and one column less than `values`."""
    positive = values > 0
    corners = np.stack([positive[:-1, :-1], positive[1:, :-1], positive[:-1, 1:], positive[1:, 1:]])
    return corners.any(axis=0) & ~corners.all(axis=0)


def _settled(table: Table, turns: Array) -> tuple[Array, Array]:
    """Return the stationary points (mean, log-width, value) and their Hessians' determinants, from the cells marked.

    At a stationary point the curvature in the mean is 1/width² > 0: there are minima and saddles, no maxima, and one
    minimum more than saddles, since the map rises outwards on all sides. If Newton from the cells' centres finds
    another balance (two points shared a cell), it starts from their corners too.
    """
    rows, columns = np.nonzero(turns)
    found = _newton(table, MEANS[columns] + _CELL[0] / 2, LOG_WIDTHS[rows] + _CELL[1] / 2)
    if 2 * np.count_nonzero(found[1] > 0) - found[1].size != 1:
        corners = [(0.05, 0.05), (0.05, 0.95), (0.95, 0.05), (0.95, 0.95), (0.5, 0.5)]
        starts = [(MEANS[columns] + a * _CELL[0], LOG_WIDTHS[rows] + b * _CELL[1]) for a, b in corners]
        found = _newton(table, *(np.concatenate(parts) for parts in zip(*starts, strict=True)))
    return found


def _newton(table: Table, means: Array, log_widths: Array) -> tuple[Array, Array]:
    """Go to stationary points from these starts; return those reached, once each, with their determinants."""
    for _ in range(_ROUNDS):
        gradient, hessian, _ = _derivatives(table, means, log_widths)
        determinant = hessian[0] * hessian[2] - hessian[1] ** 2
        safe = np.where(np.abs(determinant) > 1e-12, determinant, 1e-12)
        step_mean = (hessian[1] * gradient[1] - hessian[2] * gradient[0]) / safe
        step_width = (hessian[1] * gradient[0] - hessian[0] * gradient[1]) / safe
        shorter = np.minimum(1, 1 / np.maximum(np.abs(step_mean) / _CELL[0], np.abs(step_width) / _CELL[1]).clip(1))
        means, log_widths = means + shorter * step_mean, log_widths + shorter * step_width
        if np.abs(shorter * step_mean).max(initial=0) + np.abs(shorter * step_width).max(initial=0) < 1e-9:
            break
    gradient, hessian, value = _derivatives(table, means, log_widths)
    reached = (np.abs(gradient[0]) * np.exp(log_widths) < 1e-6) & (np.abs(gradient[1]) < 1e-6)
    points = np.column_stack([means, log_widths, value])[reached]
    _, once = np.unique(points[:, :2].round(4) + 0.0, axis=0, return_index=True)
    return points[once], (hessian[0] * hessian[2] - hessian[1] ** 2)[reached][once]


def _derivatives(table: Table, means: Array, log_widths: Array) -> tuple[tuple, tuple, Array]:
    """First and second derivatives of KL(q‖p) by mean and log-width, and its value, for each of some q.

    By parts, the second ones need no more than the score (Stein's identity), which a table resolves better.
    """
    weights, away, variance = _weights(means, log_widths), NODES - means[:, None], np.exp(2 * log_widths)
    expected, moments = weights @ table.log_density, []
    for _ in range(4):
        moments.append(weights @ table.score)
        weights = weights * away
    level, first, second, third = moments
    hessian = -first / variance, level - second / variance, first - third / variance
    value = -log_widths - log(2 * pi * e) / 2 - expected
    return (-level, -1 - first), hessian, value
