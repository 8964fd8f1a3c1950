"""A convex curve with weighted points, their polygon and their mean; the weights as bars."""

from dataclasses import dataclass
from math import inf

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.outlines import as_marker
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import fixed
from lessons_lib.maths.jensen import FUNCTIONS, Convex, minus_log

MOST = 4
KL = "KL(p‖q): −ln x at x = q/p"
PICTURES = {**FUNCTIONS, KL: Convex(minus_log, 0.04, 3.0)}
"""What can be shown, and over which x."""
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

    @property
    def visible(self) -> NDArray[np.bool_]:
        """Which points have a place: all of them, but with KL only those with p > 0."""
        return np.ones(self.x.size, bool) if self.q is None else self.weights > 0


class JensenView(View):
    """Left the curve, its points, and the mean above it; right the weights (or p and q), and the numbers."""

    def build(self, figure: Figure, r: JensenResult) -> None:
        grid = figure.add_gridspec(2, 2, width_ratios=[1.7, 1], height_ratios=[1.3, 1])
        self.curve_axes = figure.add_subplot(grid[:, 0])
        self.bar_axes, self.number_axes = figure.add_subplot(grid[0, 1]), figure.add_subplot(grid[1, 1])
        self.draggable = (self.curve_axes, self.bar_axes)
        self._build_curve()
        self._build_points()
        self._build_bars()
        self._build_numbers()

    def _build_curve(self) -> None:
        ax = self.curve_axes
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_ylabel("f(x)")
        ax.yaxis.set_label_coords(-0.085, 0.5)
        (self.curve,) = ax.plot([], [], color=style.INK)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        polygon = Polygon(np.zeros((2, 2)), facecolor=(style.DATA, 0.15), edgecolor=style.DATA)
        self.polygon = self.moves(ax.add_patch(polygon))
        dotted = {"linestyle": (0, (1, 0.6)), "dash_capstyle": "butt"}
        self.leak = self.moves(ax.plot([], [], color=style.INK, linewidth=5, **dotted))
        self.gap = self.moves(ax.plot([], [], color=style.MODEL, linewidth=5, solid_capstyle="butt"))

    def _build_points(self) -> None:
        hollow = {"markerfacecolor": style.PAPER, "markeredgewidth": 1.8}
        self.points = self.moves(self.curve_axes.scatter([], [], color=style.DATA, clip_on=False))
        self.empty = self._marks("o", 8, style.DATA, **hollow)
        self.off = [self._marks(marker, 10, style.DATA) for marker in "^>"]
        self.ring = self._marks("^", 7, style.INK)
        self.names = [self._marks(as_marker(str(i + 1)), 9, style.INK, markeredgewidth=0.3) for i in range(MOST)]
        self.at_mean = self._marks("D", 9, style.MODEL, **hollow)
        self.mean = self._marks("D", 10, style.MODEL)

    def _marks(self, marker: str, size: float, color: str, **look) -> Line2D:
        look |= {"linestyle": "", "marker": marker, "markersize": size, "color": color, "clip_on": False}
        return self.moves(self.curve_axes.plot([], [], **look))

    def _build_bars(self) -> None:
        ax = self.bar_axes
        ax.set(xlim=(0.4, MOST + 0.6), ylim=(-0.12, 1), xticks=range(1, MOST + 1), yticks=(0, 0.5, 1))
        ax.spines["bottom"].set_visible(False)
        ax.spines["left"].set_bounds(0, 1)
        ax.tick_params(axis="x", length=0)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.weights = self.moves(Bars(ax, 0.6, color=style.DATA))
        self.q = self.moves(Bars(ax, 0.36, **style.LIGHT_BARS))
        self.chosen = self.marks(ax, "^", 6, style.INK)

    def _build_numbers(self) -> None:
        ax = self.number_axes
        ax.set_axis_off()
        place = {"transform": ax.transAxes, "va": "center", "linespacing": 2.0}
        self.labels = ax.text(-0.08, 0.45, "", **place)
        self.numbers = self.moves(ax.text(1.0, 0.45, "", ha="right", **place))

    def key(self, r: JensenResult):
        """The function."""
        return r.shown

    def set_background(self, r: JensenResult) -> None:
        """Draw the function, and say what its points and weights are."""
        ax, convex, kl = self.curve_axes, PICTURES[r.shown], r.shown == KL
        x = np.linspace(convex.least, convex.greatest, 301)
        y = convex.f(x)
        self.curve.set_data(x, y)
        self._reach = np.ptp(y)
        ax.set(xlim=(min(convex.least, 0), convex.greatest), ylim=(y.min() - 0.14 * self._reach, y.max()))
        ax.set_title(
            "KL(p‖q) as a mean: f(x) = −ln x at the ratios x = q/p, weighted by p\n"
            "● outcomes   ◆ their mean   solid: the gap   dotted: from q outside"
            if kl
            else f"f(x) = {r.shown}\n● points, larger with more weight   ◆ their mean   solid: the gap"
        )
        ax.set_xlabel("x = q/p" if kl else "x")
        self.bar_axes.set_title("filled: p    outlined: q" if kl else "the weights")
        self.labels.set_text("\n".join(_KL_LABELS if kl else _LABELS))

    def nearest(self, r: JensenResult, x: float, y: float) -> int:
        """Return which point, of those that are shown, stands nearest to a place in the picture."""
        width, height = (np.ptp(limits) for limits in (self.curve_axes.get_xlim(), self.curve_axes.get_ylim()))
        at_x, at_y, _, _ = self._placed(r.x, r.f)
        distance = np.hypot((at_x - x) / width, (at_y - y) / height)
        return int(np.argmin(np.where(r.visible, distance, inf)))

    def _placed(self, x: NDArray, y: NDArray) -> tuple[NDArray, ...]:
        """Return the places of points, moved to the edge where they lie beyond it, and which ones do so."""
        right, top = self.curve_axes.get_xlim()[1], self.curve_axes.get_ylim()[1]
        bottom = self.curve_axes.get_ylim()[0] + 0.1 * self._reach
        return np.minimum(x, right), np.clip(y, bottom, top), y > top, x > right

    def update(self, r: JensenResult) -> None:
        self._update_points(r)
        self._update_mean(r)
        self._update_bars(r)
        self.numbers.set_text("\n".join(fixed(number, 4) for number in (r.mean, r.mean_f, r.f_mean, r.gap)))

    def _update_points(self, r: JensenResult) -> None:
        x, y, above, beyond = self._placed(r.x, r.f)
        visible, weighty = r.visible, r.weights > 0
        inside = visible & ~above & ~beyond
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
        if r.q is None:
            self.weights.put(r.weights, at, width=0.6)
            self.q.put(np.full(at.size, np.nan), at)
        else:
            self.weights.put(r.weights, at - 0.18, width=0.36)
            self.q.put(r.q, at + 0.18)
        self.chosen.set_data([r.chosen], [-0.08])
