"""The logits' figure: bars to drag, their probabilities, and the exponents on the number line of a float format."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number, number_from_log10

REACH = {"float16": 30, "float32": 140, "float64": 1100}
"""How far the number line goes to either side of 0."""
_DOTS = 0.18


@dataclass(frozen=True)
class LogitsResult:
    """What the logits explorer shows. naive: None where the formula as on paper yields no number.

    exponents: (z + shift)/temperature. limits: the exponents below which e^x rounds to 0, and above which it overflows.
    """

    logits: NDArray[np.float64]
    exponents: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    naive: tuple[float | None, ...]
    log10_z: float
    entropy_bits: float
    chosen: int
    dtype: str
    limits: tuple[float, float]


class LogitsView(View):
    """Left, the logits; right, softmax of them as bars and the naive formula as marks; below, what exp is given."""

    def build(self, figure: Figure, r: LogitsResult) -> None:
        grid = figure.add_gridspec(2, 2, height_ratios=[2.8, 1])
        self.logit_axes = figure.add_subplot(grid[0, 0])
        self.probability_axes = figure.add_subplot(grid[0, 1])
        self.line_axes = figure.add_subplot(grid[1, :])
        self.draggable = (self.logit_axes, self.line_axes)
        self._build_logits()
        self._build_probabilities()
        self._build_line()

    def _build_logits(self) -> None:
        ax = self.logit_axes
        ax.set(ylim=(-6.6, 6.2), yticks=range(-6, 7, 2))
        ax.set_title("logits z, before anything is added\n▴ the class that the sliders move")
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        ax.set_xlabel("class, counted from 0")
        self.logits = self.moves(Bars(ax, 0.72, color=style.MODEL))
        self.chosen = self.marks(ax, "^", 7, style.INK)

    def _build_probabilities(self) -> None:
        ax = self.probability_axes
        ax.set(ylim=(-0.09, 1.2), yticks=np.linspace(0, 1, 6))
        ax.spines["left"].set_bounds(0, 1)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        ax.set_xlabel("class")
        self.bars = self.moves(Bars(ax, 0.72, **style.LIGHT_BARS))
        self.naive = self.marks(ax, "D", 6, style.INK, markerfacecolor="none")
        self.no_number = self.marks(ax, "x", 8, style.INK, markeredgewidth=2.2)
        self.text = self.moves(ax.text(-0.01, 1, "", transform=ax.transAxes, va="top"))

    def _build_line(self) -> None:
        ax = self.line_axes
        ax.set(ylim=(0, 1), yticks=[])
        ax.spines["left"].set_visible(False)
        zone = {"facecolor": style.FAINT, "edgecolor": style.MUTED, "hatch": "//"}
        words = {"va": "center", "ha": "center", "bbox": style.LABEL, "in_layout": False}
        self.zones = [(ax.axvspan(0, 1, **zone), ax.text(0, 0.65, "", **words)) for _ in range(2)]
        dots = {"linestyle": "", "color": style.MODEL}
        self.exponents = self.moves(ax.plot([], [], marker="o", markersize=9, alpha=0.6, **dots))
        self.beyond = self.moves(ax.plot([], [], marker="D", markersize=10, clip_on=False, **dots))

    def key(self, r: LogitsResult):
        """How many classes there are, and the format."""
        return r.logits.size, r.dtype, r.limits

    def set_background(self, r: LogitsResult) -> None:
        """Give each class a place, and mark where the format ends."""
        for ax in (self.logit_axes, self.probability_axes):
            ax.set(xlim=(-0.6, r.logits.size - 0.4), xticks=range(r.logits.size))
        self.probability_axes.set_title(f"bars: softmax, computed safely\n◇ as on paper in {r.dtype},  ✕ not a number")
        reach, (low, high) = REACH[r.dtype], r.limits
        self.line_axes.set(xlim=(-reach, reach))
        self.line_axes.set_title(f"what exp is given, x = (z + c)/T, on the line of {r.dtype}   (◆ beyond its end)")
        below = -reach, low, f"below −{-low:.2f}:\n$e^x$ rounds to 0"
        above = high, reach, f"above {high:.2f}:\n$e^x$ overflows to ∞"
        for (zone, text), (start, end, words) in zip(self.zones, (below, above), strict=True):
            zone.set(x=start, width=end - start)
            text.set(x=(start + end) / 2, text=words)

    def update(self, r: LogitsResult) -> None:
        self.logits.put(r.logits)
        self.chosen.set_data([r.chosen], [-6.35])
        self.bars.put(r.probabilities)
        at, naive = np.arange(r.logits.size), np.array(r.naive, dtype=float)
        fails = np.isnan(naive)
        self.naive.set_data(at[~fails], naive[~fails])
        self.no_number.set_data(at[fails], np.full(fails.sum(), -0.05))
        top = int(r.probabilities.argmax())
        z, h = number_from_log10(r.log10_z), number(r.entropy_bits) if r.entropy_bits >= 0.001 else "< 0.001"
        self.text.set_text(f"class {top}: {100 * r.probabilities[top]:.2f} %  Z = {z}  entropy {h} bits")
        reach = REACH[r.dtype]
        inside = np.abs(r.exponents) <= reach
        self.exponents.set_data(r.exponents[inside], np.full(inside.sum(), _DOTS))
        outside = np.unique(np.sign(r.exponents[~inside]))
        self.beyond.set_data(outside * reach, np.full(outside.size, _DOTS))
