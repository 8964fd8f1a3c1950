"""The figure of a fit: p and q, where each direction of KL pays, and the map of one direction over all q."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import StepPatch
from matplotlib.text import Text
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number
from lessons_lib.lesson_05.terrain import Terrain
from lessons_lib.maths.gaussians.survey import LOG_WIDTHS, MEANS

_ROOM = 1.12
_DEPTH = 0.42
_TICKS = (0.25, 0.5, 1, 2, 4, 8)


@dataclass(frozen=True)
class FitResult:
    """What the fit explorer shows. places, spreads, peaks: the three humps and, last, q.

    p, q: densities over x; unit: the greatest density. forward_terms, reverse_terms: the two integrands as parts of
    their greatest values, which are `units`. heights: the landscape above its minimum on the scale of its bands, None
    if it is ∞ everywhere. minima, saddles: rows of mean, log-width and value, the lowest minimum first, `lowest` of
    them equally low. chosen: the row of the part that is marked. trails: ways of q on the map, shape (n, 2) each.
    """

    x: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    unit: float
    forward_terms: NDArray[np.float64]
    reverse_terms: NDArray[np.float64]
    units: tuple[float, float]
    forward: float
    reverse: float
    places: NDArray[np.float64]
    spreads: NDArray[np.float64]
    peaks: NDArray[np.float64]
    chosen: int
    direction: str
    heights: NDArray[np.float64] | None
    minima: NDArray[np.float64]
    lowest: int
    saddles: NDArray[np.float64]
    moments: tuple[float, float]
    trails: tuple[NDArray[np.float64], ...]


class FitView(View):
    """Left, the densities above the two integrands; right, the landscape with its stationary points and the ball."""

    def build(self, figure: Figure, r: FitResult) -> None:
        grid = figure.add_gridspec(3, 2, width_ratios=[1.12, 1], height_ratios=[1.5, 1, 1])
        self.density_axes, forward_axes, reverse_axes = (figure.add_subplot(grid[row, 0]) for row in range(3))
        self.map_axes = figure.add_subplot(grid[:, 1])
        self.draggable = (self.density_axes, self.map_axes)
        self._build_densities(r)
        self.forward, *self.forward_texts = self._integrand(forward_axes, r, "p · ln(p/q), whose area is KL(p‖q):")
        self.reverse, *self.reverse_texts = self._integrand(reverse_axes, r, "q · ln(q/p), whose area is KL(q‖p):")
        reverse_axes.set_xlabel("x")
        self._build_map()

    def _area(self, ax: Axes, r: FitResult, bottom: float, colour) -> StepPatch:
        """Set up axes over x without a scale of heights, and make an area in them."""
        ax.set(xlim=r.x[[0, -1]], ylim=(bottom, _ROOM), yticks=[])
        ax.spines["left"].set_visible(False)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        half = (r.x[1] - r.x[0]) / 2
        edges = np.append(r.x - half, r.x[-1] + half)
        return self.moves(ax.stairs(np.zeros(r.x.size), edges, fill=True, facecolor=colour, edgecolor="none"))

    def _build_densities(self, r: FitResult) -> None:
        ax = self.density_axes
        ax.set_title("p, the data (filled), and q, the model (line)\n● moves it,  ■ widens it,  ▴ the chosen one")
        self.p = self._area(ax, r, -0.14, (style.DATA, 0.35))
        self.p_line = self.moves(ax.plot([], [], color=style.DATA, linewidth=1.2))
        self.q = self.moves(ax.plot([], [], color=style.MODEL))
        self.tops = self.marks(ax, "o", 10, style.DATA)
        self.sides = self.marks(ax, "s", 6, style.DATA)
        self.q_top = self.marks(ax, "o", 11, style.MODEL)
        self.q_side = self.marks(ax, "s", 7, style.MODEL)
        self.marked = self.marks(ax, "^", 7, style.INK)

    def _integrand(self, ax: Axes, r: FitResult, title: str) -> tuple[StepPatch, Text, Text]:
        """Make the area of an integrand, the text for what it comes to, and one for its scale."""
        ax.set_title(title)
        area, total = self._area(ax, r, -_DEPTH, (style.INK, 0.45)), self.moves(style.beside_title(ax, 1, "right"))
        start = r.x[0]
        ax.plot([start, start + 0.25], [1, 1], color=style.MUTED, linewidth=0.8)
        return area, total, self.moves(ax.text(start + 0.4, 1, "", va="center", fontsize=9, bbox=style.LABEL))

    def _build_map(self) -> None:
        ax = self.map_axes
        self.terrain = self.moves(Terrain(ax, MEANS, LOG_WIDTHS))
        ax.set_yticks(np.log(_TICKS), [f"{tick:g}" for tick in _TICKS])
        ax.set_xlabel("mean of q")
        ax.set_ylabel("standard deviation σ of q (logarithmic)")
        middle = {"ha": "center", "va": "center", "linespacing": 1.5, "in_layout": False}
        self.infinite = ax.text(0.5, 0.5, "", transform=ax.transAxes, **middle)
        self.trails = self.moves(ax.plot([], [], color=style.OPTIMUM, linewidth=1.4, marker=".", markersize=4))
        self.minima = self.marks(ax, "v", 9, style.INK)
        self.saddles = self.marks(ax, "x", 8, style.INK, markeredgewidth=2)
        self.lowest = self.marks(ax, "*", 13, style.INK)
        self.ball = self.marks(ax, "o", 13, style.MODEL)

    def key(self, r: FitResult):
        """Which direction the map is of, and whether it is there."""
        return r.direction, r.heights is None

    def set_background(self, r: FitResult) -> None:
        """Name the map, or say why there is none."""
        self.map_axes.set_title(f"{r.direction}, for every q:  ● q\n★ lowest   ▼ other minima   × saddles")
        told = "KL(q‖p) = ∞ for every Gaussian q:\neach has mass where p has none"
        self.infinite.set_text(told if r.heights is None else "")

    def update(self, r: FitResult) -> None:
        self._update_densities(r)
        self._update_integrand(self.forward, self.forward_texts, r.forward_terms, r.forward, r.units[0])
        self._update_integrand(self.reverse, self.reverse_texts, r.reverse_terms, r.reverse, r.units[1])
        self._update_map(r)

    @staticmethod
    def _update_integrand(area: StepPatch, texts: list[Text], terms: NDArray, divergence: float, unit: float) -> None:
        total, scale = texts
        area.set_data(np.clip(terms, -_DEPTH, _ROOM))
        total.set_text(f"{number(divergence)} nats")
        scale.set_text(number(unit, 2))

    def _update_densities(self, r: FitResult) -> None:
        self.p.set_data(r.p / r.unit)
        self.p_line.set_data(r.x, r.p / r.unit)
        self.q.set_data(r.x, r.q / r.unit)
        tops, sides = self.handles(r)
        self.tops.set_data(*tops[:-1].T)
        self.sides.set_data(*sides[:-1].T)
        self.q_top.set_data(*tops[-1:].T)
        self.q_side.set_data(*sides[-1:].T)
        self.marked.set_data([tops[r.chosen, 0]], [-0.1])

    def _update_map(self, r: FitResult) -> None:
        self.terrain.set_heights(r.heights)
        self.trails.set_data(*_joined(r.trails).T)
        self.lowest.set_data(*_on_the_map(r.minima[: r.lowest]).T)
        self.minima.set_data(*_on_the_map(r.minima[r.lowest :]).T)
        self.saddles.set_data(*_on_the_map(r.saddles).T)
        self.ball.set_data([r.places[-1]], [np.log(r.spreads[-1])])

    @staticmethod
    def handles(r: FitResult) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return where each hump's and, last, q's handles are: on its top; a deviation beside, within the axes."""
        peaks, beside = r.peaks / r.unit, r.places + r.spreads
        beside = np.where(beside <= r.x[-1], beside, r.places - r.spreads)
        return np.column_stack([r.places, peaks]), np.column_stack([beside, np.exp(-0.5) * peaks])

    def nearest_handle(self, r: FitResult, point: tuple[float, float]) -> tuple[int, bool]:
        """Return whose handle is the nearest to a point of the densities, and whether it is the one that widens."""
        tops, sides = self.handles(r)
        pixels = self.density_axes.transData.transform(np.vstack([tops, sides, point]))
        nearest = int(np.argmin(np.hypot(*(pixels[:-1] - pixels[-1]).T)))
        return nearest % len(tops), nearest >= len(tops)


def _on_the_map(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return mean and log-width of those of these points that lie on the map."""
    places, (means, log_widths) = points[:, :2], points[:, :2].T
    return places[(abs(means) <= MEANS[-1]) & (log_widths >= LOG_WIDTHS[0]) & (log_widths <= LOG_WIDTHS[-1])]


def _joined(paths: tuple[NDArray[np.float64], ...]) -> NDArray[np.float64]:
    """Return the paths one after the other, with a gap after each: shape (n, 2)."""
    gap = np.full((1, 2), np.nan)
    return np.vstack([np.empty((0, 2)), *(part for path in paths for part in (path, gap))])
