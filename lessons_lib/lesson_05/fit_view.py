"""The figure of a fit: p and q, where each direction of KL pays, and the map of one direction over all q."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number
from lessons_lib.lesson_05.directions import FORWARD, REVERSE
from lessons_lib.lesson_05.terrain import Terrain

_ROOM = 1.12
_DEPTH = 0.42
_TICKS = (0.25, 0.5, 1, 2, 4, 8)


@dataclass(frozen=True)
class FitResult:
    """What the fit explorer shows. places, spreads, peaks: the three humps and, last, q.

    p, q: densities over x; unit: the greatest density. forward_terms, reverse_terms: the two integrands as parts of
    their greatest value. heights: the landscape above its minimum on the scale of its bands, None if it is ∞
    everywhere. minima, saddles: rows of mean, log-width and value, the lowest minimum first, `lowest` of
    them equally low. chosen: see `which`.
    """

    x: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    unit: float
    forward_terms: NDArray[np.float64]
    reverse_terms: NDArray[np.float64]
    forward: float
    reverse: float
    places: NDArray[np.float64]
    spreads: NDArray[np.float64]
    peaks: NDArray[np.float64]
    chosen: int
    forward_shown: bool
    heights: NDArray[np.float64] | None
    minima: NDArray[np.float64]
    lowest: int
    saddles: NDArray[np.float64]
    moments: tuple[float, float]
    trails: tuple[NDArray[np.float64], ...]


class FitView:
    """Left, the densities above the two integrands; right, the landscape with its stationary points and the ball."""

    def __init__(self, figure: Figure, result: FitResult, means, log_widths):
        grid = figure.add_gridspec(3, 2, width_ratios=[1.12, 1], height_ratios=[1.5, 1, 1])
        self.density_axes = figure.add_subplot(grid[0, 0])
        self.forward_axes = figure.add_subplot(grid[1, 0])
        self.reverse_axes = figure.add_subplot(grid[2, 0])
        self.map_axes = figure.add_subplot(grid[:, 1])
        self.draggable = (self.density_axes, self.map_axes)
        self._x = result.x
        self._build_densities()
        self.forward, self.forward_text = self._build_integrand(
            self.forward_axes, "p · ln(p/q), whose area is KL(p‖q):"
        )
        self.reverse, self.reverse_text = self._build_integrand(
            self.reverse_axes, "q · ln(q/p), whose area is KL(q‖p):"
        )
        self.reverse_axes.set_xlabel("x")
        self._build_map(means, log_widths)
        self.moving = [
            self.p,
            self.p_line,
            self.q,
            self.tops,
            self.sides,
            self.q_top,
            self.q_side,
            self.marked,
            self.forward,
            self.reverse,
            self.forward_text,
            self.reverse_text,
            self.terrain,
            self.trails,
            self.minima,
            self.saddles,
            self.lowest,
            self.ball,
        ]
        for artist in self.moving:  # what moves takes no part in the layout, wherever it stands at first
            artist.set_in_layout(False)
        self.update(result)

    def _build_densities(self) -> None:
        ax = self.density_axes
        ax.set(xlim=self._x[[0, -1]], ylim=(-0.14, _ROOM), yticks=[])
        ax.spines["left"].set_visible(False)
        ax.set_title("p, the data (filled), and q, the model (line)\n● moves it,  ■ widens it,  ▴ the chosen one")
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        edges = _edges(self._x)
        zeros = np.zeros(self._x.size)
        self.p = ax.stairs(zeros, edges, fill=True, facecolor=(style.DATA, 0.35), edgecolor="none")
        (self.p_line,) = ax.plot([], [], color=style.DATA, linewidth=1.2)
        (self.q,) = ax.plot([], [], color=style.MODEL)
        mark = {"linestyle": "", "clip_on": False}
        (self.tops,) = ax.plot([], [], marker="o", markersize=10, color=style.DATA, **mark)
        (self.sides,) = ax.plot([], [], marker="s", markersize=6, color=style.DATA, **mark)
        (self.q_top,) = ax.plot([], [], marker="o", markersize=11, color=style.MODEL, **mark)
        (self.q_side,) = ax.plot([], [], marker="s", markersize=7, color=style.MODEL, **mark)
        (self.marked,) = ax.plot([], [], marker="^", markersize=7, color=style.INK, **mark)

    def _build_integrand(self, ax, title: str):
        ax.set(xlim=self._x[[0, -1]], ylim=(-_DEPTH, _ROOM), yticks=[])
        ax.spines["left"].set_visible(False)
        ax.set_title(title)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        values = np.zeros(self._x.size)
        bars = ax.stairs(values, _edges(self._x), fill=True, facecolor=(style.INK, 0.45), edgecolor="none")
        return bars, style.beside_title(ax, 1, "right")

    def _build_map(self, means, log_widths) -> None:
        ax = self.map_axes
        ax.set(xlim=(means[0], means[-1]), ylim=(log_widths[0], log_widths[-1]))
        ax.set_yticks(np.log(_TICKS), [f"{tick:g}" for tick in _TICKS])
        ax.set_xlabel("mean of q")
        ax.set_ylabel("standard deviation σ of q (logarithmic)")
        self.map_title = ax.set_title("KL(q‖p) for every q\n★ lowest  ▼ other minima  × saddles  ● q")
        self.terrain = ax.add_artist(Terrain((log_widths.size, means.size)))
        self.infinite = ax.text(0.5, 0.5, "", transform=ax.transAxes, ha="center", va="center", linespacing=1.5)
        self.infinite.set_in_layout(False)
        mark = {"linestyle": "", "color": style.INK, "clip_on": False}
        (self.trails,) = ax.plot([], [], color=style.OPTIMUM, linewidth=1.4, marker=".", markersize=4)
        (self.minima,) = ax.plot([], [], marker="v", markersize=9, **mark)
        (self.saddles,) = ax.plot([], [], marker="x", markersize=8, markeredgewidth=2, **mark)
        (self.lowest,) = ax.plot([], [], marker="*", markersize=13, **mark)
        (self.ball,) = ax.plot([], [], marker="o", markersize=13, color=style.MODEL, linestyle="", clip_on=False)

    def update(self, r: FitResult) -> None:
        """Move everything to `r`, a result."""
        self._set_direction(r)
        self._update_densities(r)
        for bars, text, terms, value in (
            (self.forward, self.forward_text, r.forward_terms, r.forward),
            (self.reverse, self.reverse_text, r.reverse_terms, r.reverse),
        ):
            bars.set_data(np.clip(terms, -_DEPTH, _ROOM))
            text.set_text(f"{number(value)} nats")
        self._update_map(r)

    def _set_direction(self, r: FitResult) -> None:
        """Set what depends on the direction and the support alone; this draws the background anew."""
        shown = (FORWARD if r.forward_shown else REVERSE, r.heights is None)
        if getattr(self, "_shown", None) == shown:
            return
        self._shown = shown
        self.map_title.set_text(f"{shown[0]}, for every q:  ● q\n★ lowest   ▼ other minima   × saddles")
        self.infinite.set_text("KL(q‖p) = ∞ for every Gaussian q:\neach has mass where p has none" if shown[1] else "")

    def _update_densities(self, r: FitResult) -> None:
        self.p.set_data(r.p / r.unit)
        self.p_line.set_data(r.x, r.p / r.unit)
        self.q.set_data(r.x, r.q / r.unit)
        top, side = self.handles(r)
        self.tops.set_data(*top[:-1].T)
        self.sides.set_data(*side[:-1].T)
        self.q_top.set_data(*top[-1:].T)
        self.q_side.set_data(*side[-1:].T)
        self.marked.set_data([top[r.chosen, 0]], [-0.1])

    @staticmethod
    def handles(r: FitResult):
        """Return where each hump's and, last, q's handles are: on its top; a deviation beside, within the axes."""
        peaks, beside = r.peaks / r.unit, r.places + r.spreads
        beside = np.where(beside <= r.x[-1], beside, r.places - r.spreads)
        return np.column_stack([r.places, peaks]), np.column_stack([beside, np.exp(-0.5) * peaks])

    def _update_map(self, r: FitResult) -> None:
        self.terrain.set_heights(r.heights)
        self.trails.set_data(*_joined(r.trails).T)
        self.lowest.set_data(*r.minima[: r.lowest, :2].T)
        self.minima.set_data(*r.minima[r.lowest :, :2].T)
        self.saddles.set_data(*r.saddles[:, :2].T)
        self.ball.set_data([r.places[-1]], [np.log(r.spreads[-1])])


def _edges(x):
    half = (x[1] - x[0]) / 2
    return np.append(x - half, x[-1] + half)


def _joined(paths):
    """Return the paths one after the other, with a gap after each: shape (n, 2)."""
    gap = np.full((1, 2), np.nan)
    return np.vstack([np.empty((0, 2)), *(part for path in paths for part in (path, gap))])
