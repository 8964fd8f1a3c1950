"""A convex curve with weighted points, their polygon and their mean; the weights as bars."""

from dataclasses import dataclass
from math import inf

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import fixed

_MOST = 4
_LABELS = ("mean of x, E x", "mean of f, ◆ E f(x)", "f of the mean, ◇ f(E x)", "the gap between them")
_KL_LABELS = ("E x = q where p > 0", "KL(p‖q) = ◆ E f(x)", "◇ f(E x), from q outside", "the gap between them")


@dataclass(frozen=True)
class JensenResult:
    """What the Jensen explorer shows. With KL: x are q/p (1 where p is 0), weights are p; else q is None.

    mean: E x; mean_f: E f(x); f_mean: f(E x); gap: the difference, 0 if it is nothing but rounding. In nats with KL.
    """

    shown: str
    chosen: int
    x: NDArray[np.float64]
    f: NDArray[np.float64]
    weights: NDArray[np.float64]
    q: NDArray[np.float64] | None
    mean: float
    mean_f: float
    f_mean: float
    gap: float


class JensenView:
    """Left the curve, its points, and the mean above it; right the weights (or p and q), and the numbers.

    ranges: for each function its f and its least and greatest x.
    """

    def __init__(self, figure: Figure, result: JensenResult, ranges):
        grid = figure.add_gridspec(2, 2, width_ratios=[1.7, 1], height_ratios=[1.3, 1])
        self.curve_axes = figure.add_subplot(grid[:, 0])
        self.bar_axes, self.number_axes = figure.add_subplot(grid[0, 1]), figure.add_subplot(grid[1, 1])
        self.draggable = (self.curve_axes, self.bar_axes)
        self._ranges, self._shown = ranges, None
        self._build_curve()
        self._build_bars()
        self._set(result)
        self.moving = [
            *(self.polygon, self.leak, self.gap, self.points, self.empty, *self.off, self.ring, *self.names),
            *(self.at_mean, self.mean, self.weights, self.q, self.chosen, self.numbers),
        ]
        for artist in self.moving:  # what moves takes no part in the layout, wherever it stands at first
            artist.set_in_layout(False)
        self.update(result)

    def _build_curve(self) -> None:
        ax = self.curve_axes
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_ylabel("f(x)")
        ax.yaxis.set_label_coords(-0.085, 0.5)
        self.title = ax.set_title(" \n ")
        (self.curve,) = ax.plot([], [], color=style.INK)
        self.axis = ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.polygon = ax.add_patch(Polygon(np.zeros((2, 2)), facecolor=(style.DATA, 0.15), edgecolor=style.DATA))
        (self.leak,) = ax.plot([], [], color=style.INK, linewidth=5, linestyle=(0, (1, 0.6)), solid_capstyle="butt")
        self.leak.set_dash_capstyle("butt")
        (self.gap,) = ax.plot([], [], color=style.MODEL, linewidth=5, solid_capstyle="butt")
        self.points = ax.scatter([], [], color=style.DATA, zorder=3, clip_on=False)
        hollow = {"linestyle": "", "markerfacecolor": style.PAPER, "markeredgewidth": 1.8, "clip_on": False}
        (self.empty,) = ax.plot([], [], marker="o", markersize=8, color=style.DATA, **hollow)
        self.off = [
            ax.plot([], [], linestyle="", marker=marker, markersize=10, color=style.DATA, clip_on=False)[0]
            for marker in ("^", ">")
        ]
        (self.ring,) = ax.plot([], [], linestyle="", marker="^", markersize=7, color=style.INK, clip_on=False)
        self.names = [
            ax.plot(
                [],
                [],
                linestyle="",
                marker=f"${i + 1}$",
                markersize=9,
                markeredgewidth=0.3,
                color=style.INK,
                clip_on=False,
            )[0]
            for i in range(_MOST)
        ]
        (self.at_mean,) = ax.plot([], [], marker="D", markersize=9, color=style.MODEL, **hollow)
        (self.mean,) = ax.plot([], [], marker="D", markersize=10, color=style.MODEL, clip_on=False)

    def _build_bars(self) -> None:
        ax = self.bar_axes
        ax.set(xlim=(0.4, _MOST + 0.6), ylim=(-0.12, 1), yticks=(0, 0.5, 1))
        ax.set_xticks(range(1, _MOST + 1))
        ax.spines["bottom"].set_visible(False)
        ax.spines["left"].set_bounds(0, 1)
        ax.tick_params(axis="x", length=0)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.bar_title = ax.set_title(" ")
        self.weights = ax.stairs([0], [0, 1], fill=True, color=style.DATA)
        self.q = ax.stairs([0], [0, 1], fill=True, **style.LIGHT_BARS)
        (self.chosen,) = ax.plot([], [], linestyle="", marker="^", markersize=6, color=style.INK, clip_on=False)
        ax = self.number_axes
        ax.set_axis_off()
        place = {"transform": ax.transAxes, "va": "center", "linespacing": 2.0}
        self.labels = ax.text(-0.08, 0.45, "\n".join(_LABELS), **place)
        self.numbers = ax.text(1.0, 0.45, "", ha="right", **place)

    def _set(self, r: JensenResult) -> None:
        """Set what depends on the function alone; this draws the background anew."""
        if self._shown == r.shown:
            return
        self._shown, kl = r.shown, r.q is not None
        f, low, high = self._ranges[r.shown]
        x = np.linspace(low, high, 301)
        self.curve.set_data(x, f(x))
        least, most = f(x).min(), f(x).max()
        self._reach = most - least
        self.curve_axes.set(xlim=(low if low < 0 else 0, high), ylim=(least - 0.14 * self._reach, most))
        self.title.set_text(
            "KL(p‖q) as a mean: f(x) = −ln x at the ratios x = q/p, weighted by p\n"
            "● outcomes   ◆ their mean   solid: the gap   dotted: from q outside"
            if kl
            else f"f(x) = {r.shown}\n● points, larger with more weight   ◆ their mean   solid: the gap"
        )
        self.curve_axes.set_xlabel("x = q/p" if kl else "x")
        self.bar_title.set_text("filled: p    outlined: q" if kl else "the weights")
        self.labels.set_text("\n".join(_KL_LABELS if kl else _LABELS))

    def nearest(self, r: JensenResult, x: float, y: float) -> int:
        """Return which point, of those that are shown, stands nearest to a place in the picture."""
        width, height = (np.ptp(limits) for limits in (self.curve_axes.get_xlim(), self.curve_axes.get_ylim()))
        at_x, at_y, _, _ = self._placed(r.x, r.f)
        distance = np.hypot((at_x - x) / width, (at_y - y) / height)
        return int(np.argmin(np.where(self._visible(r), distance, inf)))

    @staticmethod
    def _visible(r: JensenResult):
        """Return which points have a place: all of them, but with KL only those with p > 0."""
        return r.weights > 0 if r.q is not None else np.ones(r.x.size, bool)

    def _placed(self, x, y):
        """Return the places of points, moved to the edge where they lie beyond it, and which ones do so."""
        right, top = self.curve_axes.get_xlim()[1], self.curve_axes.get_ylim()[1]
        bottom = self.curve_axes.get_ylim()[0] + 0.1 * self._reach
        return np.minimum(x, right), np.clip(y, bottom, top), y > top, x > right

    def update(self, r: JensenResult) -> None:
        """Move everything to `r`, a result."""
        self._set(r)
        self._update_points(r)
        self._update_mean(r)
        self._update_bars(r)
        self.numbers.set_text("\n".join(_signed(v) for v in (r.mean, r.mean_f, r.f_mean, r.gap)))

    def _update_points(self, r: JensenResult) -> None:
        x, y, above, beyond = self._placed(r.x, r.f)
        visible = self._visible(r)
        inside, weighty = visible & ~above & ~beyond, r.weights > 0
        self.points.set_offsets(np.column_stack([x, y])[inside & weighty])
        self.points.set_sizes(30 + 500 * r.weights[inside & weighty])
        self.empty.set_data(x[inside & ~weighty], y[inside & ~weighty])
        for line, off in zip(self.off, (above, beyond & ~above), strict=True):
            line.set_data(x[visible & off], y[visible & off])
        low = y - 0.075 * self._reach
        for i, name in enumerate(self.names):
            name.set_data(*([x[i]], [low[i]]) if i < r.x.size and visible[i] else ([], []))
        at = slice(r.chosen - 1, r.chosen)
        self.ring.set_data(*(x[at], low[at] - 0.04 * self._reach) if visible[r.chosen - 1] else ([], []))
        corners = np.column_stack([r.x, r.f])[weighty]
        finite = np.isfinite(corners).all()
        self.polygon.set_xy(corners[np.argsort(corners[:, 0])] if finite else np.full((2, 2), -1e3))

    def _update_mean(self, r: JensenResult) -> None:
        top = self.curve_axes.get_ylim()[1]
        upper, lower = min(r.mean_f, top), min(r.f_mean, top)
        self.gap.set_data([r.mean] * 2, [lower, upper])
        self.leak.set_data(*([r.mean] * 2, [0, lower]) if r.q is not None else ([], []))
        self.at_mean.set_data([r.mean], [lower])
        self.mean.set_data([r.mean], [upper])
        self.mean.set_marker("^" if r.mean_f > top else "D")

    def _update_bars(self, r: JensenResult) -> None:
        at = np.arange(1, r.weights.size + 1)
        left, middle = (-0.36, 0) if r.q is not None else (-0.3, 0.3)
        self.weights.set_data(*_bars(at, r.weights, left, middle))
        self.q.set_data(*_bars(at, np.full(at.size, np.nan) if r.q is None else r.q, 0, 0.36))
        self.chosen.set_data([r.chosen], [-0.08])


def _bars(at, heights, left: float, right: float):
    """Return values and edges of stairs that are bars with gaps between them."""
    values = np.full(2 * at.size - 1, np.nan)
    values[::2] = heights
    return values, np.add.outer(at, [left, right]).ravel()


def _signed(value: float) -> str:
    return "∞" if value == inf else fixed(value, 4)
