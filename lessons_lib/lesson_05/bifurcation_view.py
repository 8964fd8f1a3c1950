"""Two humps and the Gaussians that fit them, beside the fits' places, widths and prices against the separation."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.view import View
from lessons_lib.maths.gaussians.branches import Bifurcation
from lessons_lib.maths.gaussians.landscape import StationaryPoint

LEAST, GREATEST = 2.0, 8.0
_SIGNS = ((1, -1), (1,), (1,))
"""A row for each of μ, σ and KL: of the fits to the right and to the left hump, only the means differ."""


@dataclass(frozen=True)
class BifurcationResult:
    """What the explorer shows: the densities over x, the fits here, and those that have been seen.

    cover_leads: whether the fit that covers both humps is the best. trail: the fits that can be visited; curves: those
    that are shown on request. Both are the same in every result.
    """

    separation: float
    x: NDArray[np.float64]
    density: NDArray[np.float64]
    cover: StationaryPoint
    mode: StationaryPoint | None
    cover_leads: bool
    cover_density: NDArray[np.float64]
    mode_density: NDArray[np.float64]
    here: Bifurcation
    trail: Bifurcation
    visited: NDArray[np.bool_]
    curves: Bifurcation
    shown: bool
    born: tuple[float, float]
    led: tuple[float, float]


class BifurcationView(View):
    """Left the densities; right, one above the other, μ, σ and KL of every minimum against the separation."""

    def build(self, figure: Figure, r: BifurcationResult) -> None:
        grid = figure.add_gridspec(3, 2, width_ratios=[1, 1], height_ratios=[1.25, 1, 1])
        self.density_axes = figure.add_subplot(grid[:, 0])
        self.branch_axes = [figure.add_subplot(grid[row, 1]) for row in range(3)]
        self.draggable = (self.density_axes, *self.branch_axes)
        self._build_densities(r)
        self._build_branches()
        self._build_bands()
        self.curves = self.moves([line for row in range(3) for line in self._curves(row, r)])
        self.lines = [self.moves(ax.axvline(0, color=style.INK, linewidth=1)) for ax in self.branch_axes]
        self.seen = [self._marks(ax, 3.5) for ax in self.branch_axes]
        self.here = [self._marks(ax, 10) for ax in self.branch_axes]

    def _build_densities(self, r: BifurcationResult) -> None:
        ax = self.density_axes
        ax.set(xlim=(r.x[0], r.x[-1]), ylim=(0, 0.45), xticks=range(-6, 7, 2), yticks=np.arange(0, 0.45, 0.1))
        ax.set_xlabel("x, in standard deviations of a hump")
        ax.set_ylabel("density")
        ax.set_title("p filled, and every q at a minimum of KL(q‖p):\n— covers both,  - - on one hump,  ◆ the best")
        look = {"facecolor": (style.DATA, 0.35), "edgecolor": style.DATA, "linewidth": 1}
        self.humps = self.moves(ax.fill([0, 1], [0, 0], **look))
        self.cover = self.moves(ax.plot([], [], color=style.MODEL))
        self.modes = [self.moves(ax.plot([], [], color=style.MODEL, linestyle=(0, (5, 2)))) for _ in range(2)]
        best = {"linestyle": "", "marker": "D", "markersize": 9, "color": style.OPTIMUM, "clip_on": False}
        self.best = self.moves(ax.plot([], [], **best))

    def _build_branches(self) -> None:
        top, middle, bottom = self.branch_axes
        for ax in self.branch_axes:
            ax.set(xlim=(LEAST, GREATEST), xticks=range(2, 9))
        for ax in (top, middle):
            ax.tick_params(labelbottom=False)
        top.set(ylim=(-4.6, 4.6), yticks=(-4, -2, 0, 2, 4), ylabel="μ")
        middle.set(ylim=(0.8, 3.7), yticks=(1, 2, 3), ylabel="σ")
        bottom.set(ylim=(0, 2), yticks=(0, 0.5, 1, 1.5, 2), ylabel="KL (nats)")
        bottom.set_xlabel("separation of the humps, in their standard deviations")
        top.set_title(
            "minima you have seen:  ● cover both  ▲ on a hump\nshaded: birth (top) and new lead (bottom) lie here"
        )

    def _build_bands(self) -> None:
        """What is known: the birth lies within the band above, the change of lead within the one below."""
        band = {"facecolor": (style.OPTIMUM, 0.13), "edgecolor": style.OPTIMUM, "linewidth": 0.8}
        self.born = self.moves(self.branch_axes[0].axvspan(0, 1, **band))
        self.led = self.moves(self.branch_axes[2].axvspan(0, 1, **band))

    def _curves(self, row: int, r: BifurcationResult) -> list[Line2D]:
        """Make the lines of a row that are shown on request: of the covering minima, the others, and the saddles."""
        ax, look = self.branch_axes[row], {"color": style.MODEL, "linewidth": 1.3}
        lines = ax.plot(r.trail.separations, _covers(r.trail)[row], **look)
        saddles = r.curves.saddle_mean, r.curves.saddle_deviation, r.curves.saddle_value
        for columns, linestyle in ((_modes(r.curves), "-"), (saddles, ":")):
            for sign in _SIGNS[row]:
                lines += ax.plot(r.curves.separations, sign * columns[row], linestyle=linestyle, **look)
        return lines

    def _marks(self, ax: Axes, size: float) -> list[Line2D]:
        """Make marks for the minima that cover both humps, and for those on a hump."""
        look = {"linestyle": "", "markersize": size, "color": style.MODEL, "clip_on": False}
        return [self.moves(ax.plot([], [], marker=marker, **look)) for marker in "o^"]

    def update(self, r: BifurcationResult) -> None:
        self._update_densities(r)
        for line in self.curves:
            line.set_visible(r.shown)
        for band, (low, high) in ((self.born, r.born), (self.led, r.led)):
            band.set(x=low, width=high - low)
        for row in range(3):
            self.lines[row].set_xdata([r.separation] * 2)
            _put(self.seen[row], row, r.trail, r.visited)
            _put(self.here[row], row, r.here, [True])

    def _update_densities(self, r: BifurcationResult) -> None:
        self.humps.set_xy(np.column_stack([[*r.x, r.x[-1], r.x[0]], [*r.density, 0, 0]]))
        self.cover.set_data(r.x, r.cover_density)
        for line, sign in zip(self.modes, (1, -1), strict=True):
            line.set_data(sign * r.x[: r.mode_density.size], r.mode_density)
        best, signs = (r.cover, [0]) if r.cover_leads else (r.mode, [1, -1])
        height = 1 / (best.deviation * np.sqrt(2 * np.pi))
        self.best.set_data(np.multiply(signs, best.mean), np.full(len(signs), height))


def _covers(fits: Bifurcation):
    """Return what the three rows show of the minima that cover both humps."""
    return np.zeros_like(fits.separations), fits.cover_deviation, fits.cover_value


def _modes(fits: Bifurcation):
    """Return what the three rows show of the minima on the right hump."""
    return fits.mode_mean, fits.mode_deviation, fits.mode_value


def _put(marks: list[Line2D], row: int, fits: Bifurcation, kept: ArrayLike) -> None:
    """Put a row's marks for both kinds of minima where the kept ones of these fits are."""
    at, covers, modes = (column[kept] for column in (fits.separations, _covers(fits)[row], _modes(fits)[row]))
    marks[0].set_data(at, covers)
    marks[1].set_data(np.tile(at, len(_SIGNS[row])), np.outer(_SIGNS[row], modes).ravel())
