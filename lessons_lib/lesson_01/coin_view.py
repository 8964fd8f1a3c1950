"""The coin's figure: the factors as bars, the likelihood as a curve."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number_from_log10, percent

_GAPS_UP_TO = 60
"""With more bars than this, they touch, and only their shade tells heads from tails."""


@dataclass(frozen=True)
class CoinResult:
    """What the coin explorer shows. `outcomes` and `factors` are None for a count whose order is not recorded."""

    outcomes: NDArray[np.int_] | None
    factors: NDArray[np.float64] | None
    heads: int
    n: int
    turned: int
    names: tuple[str, str]
    toss: int
    theta: float
    peak: float
    product: float
    log10_product: float
    of_peak: float
    grid: NDArray[np.float64]
    curve: NDArray[np.float64]

    @property
    def underflows(self) -> bool:
        """Whether float64 cannot hold the product, though it is not zero."""
        return self.product < np.finfo(float).tiny and self.log10_product > -np.inf


class CoinView(View):
    """Left, one bar an outcome, as high as the model's probability of it; right, the likelihood against θ."""

    def build(self, figure: Figure, r: CoinResult) -> None:
        self.factor_axes, self.curve_axes = figure.subplots(1, 2, width_ratios=[1.1, 1])
        self.draggable = (self.factor_axes, self.curve_axes)
        self._build_factors()
        self._build_curve()

    def _build_factors(self) -> None:
        ax = self.factor_axes
        ax.set(xlim=(0, 1), ylim=(-0.15, 1), xticks=[], yticks=np.linspace(0, 1, 6))
        ax.set_title("the factors: what the model gave each outcome\nand their product:")
        ax.spines["bottom"].set_visible(False)
        ax.spines["left"].set_bounds(0, 1)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.underflow_text = self.moves(ax.text(0.5, 0.93, "", ha="center", va="top", linespacing=1.4))
        self.heads = self.moves(ax.stairs([0], [0, 1], fill=True, color=style.MODEL))
        self.tails = self.moves(ax.stairs([0], [0, 1], fill=True, **style.LIGHT_BARS))
        self.head_marks = self.marks(ax, "o", 7, style.DATA)
        self.tail_marks = self.marks(ax, "o", 7, style.DATA, markerfacecolor=style.PAPER)
        self.chosen = self.marks(ax, "^", 6, style.INK)
        self.product_text = self.moves(style.beside_title(ax, 0.37))

    def _build_curve(self) -> None:
        ax = self.curve_axes
        ax.set(ylim=(0, 1.22), yticks=np.linspace(0, 1, 6))
        ax.set_title("the same product for every θ,\nas a share of the largest")
        ax.spines["left"].set_bounds(0, 1)
        self.curve = self.moves(ax.plot([], [], color=style.MODEL))
        self.peak_line = self.moves(ax.plot([], [], color=style.OPTIMUM, linestyle=(0, (4, 3)), linewidth=1.5))
        self.peak_text = self.moves(ax.text(0, 1.1, "", ha="center", color=style.OPTIMUM))
        self.theta_line = self.moves(ax.plot([], [], color=style.INK, linewidth=1))
        self.theta_dot = self.marks(ax, "o", 11, style.INK)
        self.theta_text = self.moves(ax.text(0, 0, "", va="center", bbox=style.LABEL))

    def key(self, r: CoinResult):
        """What the axes are called, and how far θ goes."""
        return _what_the_bars_are(r), r.names, r.grid[0], r.grid[-1]

    def set_background(self, r: CoinResult) -> None:
        """Name the axes, and let θ go so far."""
        self.factor_axes.set_xlabel(_what_the_bars_are(r))
        self.curve_axes.set(xlim=r.grid[[0, -1]], xlabel=f"θ, the model's probability of {r.names[0]}")

    def update(self, r: CoinResult) -> None:
        self._update_factors(r)
        self._update_curve(r)

    def _update_factors(self, r: CoinResult) -> None:
        if r.outcomes is None:
            edges, outcomes, factors = np.array([0, r.peak, 1]), np.array([1, 0]), np.array([r.theta, 1 - r.theta])
        else:
            edges, outcomes, factors = np.linspace(0, 1, r.n + 1), r.outcomes, r.factors
        gap = 0.1 if r.n <= _GAPS_UP_TO else 0
        for bars, value in ((self.heads, 1), (self.tails, 0)):
            bars.set_data(*_with_gaps(np.where(outcomes == value, factors, 0), edges, gap))
        centres = (edges[1:] + edges[:-1]) / 2
        for marks, value in ((self.head_marks, 1), (self.tail_marks, 0)):
            at = centres[outcomes == value] if r.n <= _GAPS_UP_TO else centres[:0]
            marks.set_data(at, np.full(at.shape, -0.055))
        self.chosen.set_data(*([], []) if r.outcomes is None else ([centres[r.toss - 1]], [-0.13]))
        self.product_text.set_text(number_from_log10(r.log10_product))
        underflow = f"multiplied in float64, the product is {r.product:.3g}:\nunderflow, see lesson 2"
        self.underflow_text.set_text(underflow if r.underflows else "")

    def _update_curve(self, r: CoinResult) -> None:
        low, high = r.grid[[0, -1]]
        self.curve.set_data(r.grid, r.curve)
        self.peak_line.set_data([r.peak, r.peak], [0, 1.05])
        self.peak_text.set_x(np.clip(r.peak, low + 0.14 * (high - low), high - 0.14 * (high - low)))
        self.peak_text.set_text(f"peak {r.peak:.4g}")
        at = r.theta
        self.theta_line.set_data([at, at], [0, r.of_peak])
        self.theta_dot.set_data([at], [r.of_peak])
        self.theta_text.set_text(label := percent(r.of_peak))
        room = max(0.15, 0.024 * len(label)) * (high - low)
        left = (at < r.peak and at > low + room) or at > high - room  # away from the line of the peak
        self.theta_text.set_position((at + (-0.035 if left else 0.035) * (high - low), max(r.of_peak, 0.06)))
        self.theta_text.set_ha("right" if left else "left")


def _what_the_bars_are(r: CoinResult) -> str:
    if r.outcomes is None:
        return f"{r.heads:,} × {r.names[0]},   {r.n - r.heads:,} × {r.names[1]}"
    return "in order:  ● filled: 1, heads   ○ outlined: 0, tails"


def _with_gaps(heights, edges, gap: float):
    """Return values and edges of stairs whose steps are narrower by `gap` of their width on either side."""
    if not gap:
        return heights, edges
    width = np.diff(edges)
    bounds = np.column_stack([edges[:-1] + gap * width, edges[1:] - gap * width]).ravel()
    values = np.zeros(2 * len(heights) - 1)
    values[::2] = heights
    return values, bounds
