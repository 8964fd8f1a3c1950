"""Two humps and the Gaussians that fit them, beside the fits' places, widths and prices against the separation."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.maths.gaussians.branches import Bifurcation
from lessons_lib.maths.gaussians.landscape import StationaryPoint

_COVER, _MODE = "o", "^"
_BROKEN = (0, (5, 2))


@dataclass(frozen=True)
class BifurcationResult:
    """What the explorer shows: the densities over x, the fits, and the curves as far as they have been seen."""

    separation: float
    x: NDArray[np.float64]
    density: NDArray[np.float64]
    cover: StationaryPoint
    mode: StationaryPoint | None
    cover_density: NDArray[np.float64]
    mode_density: NDArray[np.float64]
    trail: Bifurcation
    visited: NDArray[np.bool_]
    shown: bool
    born: tuple[float, float]
    led: tuple[float, float]

    @property
    def cover_leads(self) -> bool:
        """Whether the fit that covers both humps is the best."""
        return self.mode is None or self.cover.value <= self.mode.value


class BifurcationView:
    """Left the densities; right, one above the other, μ, σ and KL of every minimum against the separation."""

    def __init__(self, figure: Figure, result: BifurcationResult, curves, limits: tuple[float, float]):
        grid = figure.add_gridspec(3, 2, width_ratios=[1, 1], height_ratios=[1.25, 1, 1])
        self.density_axes = figure.add_subplot(grid[:, 0])
        self.branch_axes = [figure.add_subplot(grid[row, 1]) for row in range(3)]
        self.draggable = (self.density_axes, *self.branch_axes)
        self._build_densities(result)
        self._build_branches(limits)
        self._build_curves(result, curves)
        self._build_bands()
        lines = [*self.curves, *self.here, *self.cover_trails, *self.mode_trails, *self.cover_dots, *self.mode_dots]
        self.moving = [self.born, self.led, self.humps, self.cover, *self.modes, self.best, *lines]
        for artist in self.moving:
            artist.set_in_layout(False)
        self.update(result)

    def _build_densities(self, r: BifurcationResult) -> None:
        ax = self.density_axes
        ax.set(xlim=(r.x[0], r.x[-1]), ylim=(0, 0.45), xticks=range(-6, 7, 2), yticks=np.arange(0, 0.45, 0.1))
        ax.set_xlabel("x, in standard deviations of a hump")
        ax.set_ylabel("density")
        ax.set_title("p filled, and every q at a minimum of KL(q‖p):\n— covers both,  - - on one hump,  ◆ the best")
        (self.humps,) = ax.fill([0, 1], [0, 0], facecolor=(style.DATA, 0.35), edgecolor=style.DATA, linewidth=1)
        (self.cover,) = ax.plot([], [], color=style.MODEL)
        self.modes = [ax.plot([], [], color=style.MODEL, linestyle=_BROKEN)[0] for _ in range(2)]
        (self.best,) = ax.plot([], [], linestyle="", marker="D", markersize=9, color=style.OPTIMUM, clip_on=False)

    def _build_branches(self, limits: tuple[float, float]) -> None:
        top, middle, bottom = self.branch_axes
        for ax in self.branch_axes:
            ax.set(xlim=limits, xticks=range(2, 9))
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
        self.born = self.branch_axes[0].axvspan(0, 1, **band)
        self.led = self.branch_axes[2].axvspan(0, 1, **band)

    def _build_curves(self, r: BifurcationResult, curves) -> None:
        """Lines for all curves (shown on request), marks for those visited, and greater ones for here."""
        self.cover_columns = (np.zeros_like(r.trail.separations), r.trail.cover_deviation, r.trail.cover_value)
        self.mode_columns = (r.trail.mode_mean, r.trail.mode_deviation, r.trail.mode_value)
        self.curves, self.here, trails, dots = [], [], [], []
        fine = (
            (self.cover_columns, r.trail.separations, "-"),
            ((curves.mode_mean, curves.mode_deviation, curves.mode_value), curves.separations, "-"),
            ((curves.saddle_mean, curves.saddle_deviation, curves.saddle_value), curves.separations, ":"),
        )
        for row, ax in enumerate(self.branch_axes):
            for columns, separations, linestyle in fine:
                for sign in (1, -1) if row == 0 and columns is not self.cover_columns else (1,):
                    line = {"color": style.MODEL, "linewidth": 1.3, "linestyle": linestyle, "visible": False}
                    self.curves += ax.plot(separations, sign * columns[row], **line)
            self.here += ax.plot([], [], color=style.INK, linewidth=1)
            marks = {"linestyle": "", "color": style.MODEL, "clip_on": False}
            trails += [ax.plot([], [], marker=marker, markersize=3.5, **marks)[0] for marker in (_COVER, _MODE)]
            dots += [ax.plot([], [], marker=marker, markersize=10, **marks)[0] for marker in (_COVER, _MODE)]
        self.cover_trails, self.mode_trails = trails[::2], trails[1::2]
        self.cover_dots, self.mode_dots = dots[::2], dots[1::2]

    def update(self, r: BifurcationResult) -> None:
        """Move everything to `r`, a result."""
        self._update_densities(r)
        for line in self.curves:
            line.set_visible(r.shown)
        self.born.set(x=r.born[0], width=r.born[1] - r.born[0])
        self.led.set(x=r.led[0], width=r.led[1] - r.led[0])
        for line, ax in zip(self.here, self.branch_axes, strict=True):
            line.set_data([r.separation] * 2, ax.get_ylim())
        seen, humps = r.trail.separations[r.visited], r.mode
        for row in range(3):
            mirrored = row == 0
            self.cover_trails[row].set_data(seen, self.cover_columns[row][r.visited])
            self.mode_trails[row].set_data(*_mirrored(seen, self.mode_columns[row][r.visited], mirrored))
            self.cover_dots[row].set_data([r.separation], [(0.0, r.cover.deviation, r.cover.value)[row]])
            here = [(humps.mean, humps.deviation, humps.value)[row]] if humps else []
            self.mode_dots[row].set_data(*_mirrored([r.separation] * len(here), here, mirrored))

    def _update_densities(self, r: BifurcationResult) -> None:
        self.humps.set_xy(np.column_stack([[*r.x, r.x[-1], r.x[0]], [*r.density, 0, 0]]))
        self.cover.set_data(r.x, r.cover_density)
        for line, direction in zip(self.modes, (1, -1), strict=True):
            line.set_data(*(direction * r.x, r.mode_density) if r.mode else ([], []))
        best = r.cover if r.cover_leads else r.mode
        height = 1 / (best.deviation * np.sqrt(2 * np.pi))
        self.best.set_data(*_mirrored([0.0 if r.cover_leads else best.mean], [height], False))
        if not r.cover_leads:
            self.best.set_data([best.mean, -best.mean], [height, height])


def _mirrored(x, y, mirrored: bool):
    """Return the points, and with them, if mirrored, those of the other hump."""
    return (np.tile(x, 2), np.append(y, np.negative(y))) if mirrored else (x, y)
