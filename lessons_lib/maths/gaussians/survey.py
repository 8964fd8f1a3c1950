"""The landscape of KL(q‖p) over a fixed map of q's mean and log-width: quick enough for each step of a drag.

A layer on `landscape.py`, whose formulas and whose Newton's method it uses: only the places at which p is
looked at differ. There they are laid out anew for each q, and every stationary point of any mixture is found by
following valleys; here log p is tabulated once, on nodes close together in the middle and far apart in the tails, and
the search begins in the cells of the map in which both derivatives change sign. For humps at
least 0.3 wide with means on the map that finds the same points, to 1e-4 as a rule and often to 1e-9. Where a minimum
and a saddle are about to meet, the small error of the table moves them far, and may show or hide both.
"""

from dataclasses import dataclass
from functools import cache
from math import log

import numpy as np

from lessons_lib.maths.gaussians.landscape import ENTROPY_OF_UNIT, Derivatives, StationaryPoint, averaged, level_points
from lessons_lib.maths.gaussians.mixtures import GaussianMixture
from lessons_lib.maths.validation import Array

MEANS = np.linspace(-5.0, 5.0, 61)
LOG_WIDTHS = np.linspace(log(0.2), log(8.0), 41)
_ROUNDS = 12
_CELL = MEANS[1] - MEANS[0], LOG_WIDTHS[1] - LOG_WIDTHS[0]
_STEP = 0.016
NODES = 4.0 * np.sinh(np.arange(-208, 209) * _STEP)
"""From −56 to 56: six of the greatest widths beyond the map."""
_LENGTHS = _STEP * np.hypot(4.0, NODES)


@dataclass(frozen=True)
class Table:
    """A density on NODES: its logarithm, and the slope of that."""

    log_density: Array
    score: Array

    @np.errstate(all="ignore")
    def derivatives(self, means: Array, log_widths: Array) -> Derivatives:
        """KL(q‖p) of each q, its gradient and its Hessian, as `landscape.reverse_derivatives` has them."""
        return averaged(self.log_density, self.score, *_standard(means, log_widths), log_widths)

    @np.errstate(all="ignore")
    def gradient(self, at: Array) -> Array:
        """Return the gradient for one q, at = (mean, log-width)."""
        return self.derivatives(at[:1], at[1:])[1][0]


@dataclass(frozen=True)
class Survey:
    """KL(q‖p) in nats over the map, shape (LOG_WIDTHS, MEANS), and its stationary points, the lowest first."""

    heights: Array
    points: tuple[StationaryPoint, ...]


@np.errstate(all="ignore")
def tabulate(p: GaussianMixture) -> Table:
    """Tabulate p, which is not truncated."""
    return Table(*p.log_density_and_score(NODES))


@np.errstate(all="ignore")
def survey(table: Table) -> Survey:
    """Return the map of KL(q‖p) for the p of this table: one product of matrices, and Newton's method from few cells.

    There is one minimum more than saddles, since the map rises outwards on all sides. If the search from the cells'
    centres finds another balance (two points shared a cell), it begins at their corners too.
    """
    columns = np.stack([table.log_density, table.score, table.score * NODES], axis=1)
    of_log, of_score, of_moment = np.moveaxis((_net() @ columns).reshape(LOG_WIDTHS.size, MEANS.size, 3), -1, 0)
    rows, columns = np.nonzero(_changes_sign(of_score) & _changes_sign(of_moment - MEANS * of_score + 1))
    points = _from_cells(table, rows, columns, [(0.5, 0.5)])
    if sum(1 if point.kind == "minimum" else -1 for point in points) != 1:
        corners = [(0.05, 0.05), (0.05, 0.95), (0.95, 0.05), (0.95, 0.95), (0.5, 0.5)]
        points = _from_cells(table, rows, columns, corners)
    return Survey(-LOG_WIDTHS[:, None] - ENTROPY_OF_UNIT - of_log, points)


def _from_cells(table: Table, rows: Array, columns: Array, within) -> tuple[StationaryPoint, ...]:
    """Return the stationary points near these cells, from starts at these places within each."""
    means = np.concatenate([MEANS[columns] + across * _CELL[0] for across, _ in within])
    log_widths = np.concatenate([LOG_WIDTHS[rows] + up * _CELL[1] for _, up in within])
    return level_points(table.derivatives, means, log_widths, _ROUNDS)


def _changes_sign(values: Array) -> Array:
    """Whether the corners of each cell have different signs: one row and one column less than `values`."""
    positive = values > 0
    corners = np.stack([positive[:-1, :-1], positive[1:, :-1], positive[:-1, 1:], positive[1:, 1:]])
    return corners.any(axis=0) & ~corners.all(axis=0)


@cache
def _net() -> Array:
    """Weights of NODES under each q of the map: shape (widths × means, nodes)."""
    log_widths, means = np.meshgrid(LOG_WIDTHS, MEANS, indexing="ij")
    return _standard(means.ravel(), log_widths.ravel())[1]


def _standard(means: Array, log_widths: Array) -> tuple[Array, Array]:
    """Where NODES lie in units of each q, and their weights under it: a row for each q."""
    z = (NODES - means[:, None]) * np.exp(-log_widths)[:, None]
    weights = np.exp(-(z**2) / 2) * _LENGTHS
    return z, weights / weights.sum(axis=1, keepdims=True)
