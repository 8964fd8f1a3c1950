"""The overflow's figure: logits and probabilities, and the exponents on the number line of a float format."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number, number_from_log10
from lessons_lib.lesson_03.logits_view import LogitsResult, LogitsView

REACH = {"float16": 30, "float32": 140, "float64": 1100}
"""How far the number line goes to either side of 0."""
_DOTS = 0.18


@dataclass(frozen=True)
class OverflowResult(LogitsResult):
    """What is shown besides. naive: None where the formula as typed yields no number.

    exponents: (z + shift)/temperature. limits: the exponents below which e^x rounds to 0, and above which it overflows.
    """

    exponents: NDArray[np.float64]
    naive: tuple[float | None, ...]
    log10_z: float
    entropy_bits: float
    dtype: str
    limits: tuple[float, float]


class OverflowView(LogitsView):
    """Left, the logits; right, softmax of them as bars and the naive formula as marks; below, what exp is given."""

    def build(self, figure: Figure, r: OverflowResult) -> None:
        grid = figure.add_gridspec(2, 2, height_ratios=[2.8, 1])
        self.build_logits(figure.add_subplot(grid[0, 0]))
        self.build_probabilities(figure.add_subplot(grid[0, 1]))
        self.naive = self.marks(self.probability_axes, "D", 6, style.INK, markerfacecolor="none")
        self.no_number = self.marks(self.probability_axes, "x", 8, style.INK, markeredgewidth=2.2)
        self.line_axes = figure.add_subplot(grid[1, :])
        self.draggable = (self.logit_axes, self.line_axes)
        self._build_line()

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

    def key(self, r: OverflowResult):
        """How many classes there are, and the format."""
        return super().key(r), r.dtype, r.limits

    def set_background(self, r: OverflowResult) -> None:
        """Give each class a place, and mark where the format ends."""
        super().set_background(r)
        self.probability_axes.set_title(f"bars: softmax, computed safely\n◇ naively in {r.dtype},  ✕ not a number")
        reach, (low, high) = REACH[r.dtype], r.limits
        self.line_axes.set(xlim=(-reach, reach))
        self.line_axes.set_title(f"what exp is given, x = (z + c)/T, on the line of {r.dtype}   (◆ beyond its end)")
        below = -reach, low, f"below −{-low:.2f}:\n$e^x$ rounds to 0"
        above = high, reach, f"above {high:.2f}:\n$e^x$ overflows to ∞"
        for (zone, text), (start, end, words) in zip(self.zones, (below, above), strict=True):
            zone.set(x=start, width=end - start)
            text.set(x=(start + end) / 2, text=words)

    def update(self, r: OverflowResult) -> None:
        self.update_bars(r)
        at, naive = np.arange(r.logits.size), np.array(r.naive, dtype=float)
        fails = np.isnan(naive)
        self.naive.set_data(at[~fails], naive[~fails])
        self.no_number.set_data(at[fails], np.full(fails.sum(), -0.05))
        z, h = number_from_log10(r.log10_z), number(r.entropy_bits) if r.entropy_bits >= 0.001 else "< 0.001"
        self.text.set_text(f"{self.highest(r)}  Z = {z}  entropy {h} bits")
        reach = REACH[r.dtype]
        inside = np.abs(r.exponents) <= reach
        self.exponents.set_data(r.exponents[inside], np.full(inside.sum(), _DOTS))
        outside = np.unique(np.sign(r.exponents[~inside]))
        self.beyond.set_data(outside * reach, np.full(outside.size, _DOTS))
