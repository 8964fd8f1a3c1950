"""The figure of the three lengths: p and q as bars, and entropy, KL and cross-entropy end to end."""

from dataclasses import dataclass
from math import log

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.polygons import Polygons, box_corners
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number
from lessons_lib.maths.measures import UNITS

LONGEST = 6.0
"""What is drawn to scale, in bits; a greater length ends in an arrow."""
APART = 0.2
KL_LOOK = {"facecolor": style.FAINT, "edgecolor": style.INK, "hatch": "////", "linewidth": 0.9}
_WIDTH = 0.34
_P = {"facecolor": style.DATA, "edgecolor": style.DATA, "linewidth": 0.9}


@dataclass(frozen=True)
class LengthsResult:
    """What the figure shows, in `unit`. chosen: an outcome, counted from 0."""

    names: str
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    h_p: float
    h_pq: float
    kl: float
    unit: str
    chosen: int

    @property
    def of_a_bit(self) -> float:
        """How many of the unit a bit is."""
        return log(2) / log(UNITS[self.unit])

    def in_bits(self, length: float) -> float:
        """Return a length of the result in bits."""
        return length / self.of_a_bit


class LengthsView(View):
    """Left, p and q to drag; right, H(p) and KL(p‖q) end to end, and H(p, q) below."""

    def build(self, figure: Figure, r: LengthsResult) -> None:
        left, right = figure.subplots(1, 2, width_ratios=[1.1, 1])
        self.build_bars(
            left, "p, what happens (filled), and q, the model (outlined)\n▴ the outcome that the sliders move"
        )
        self.build_lengths(right, (1.15, 0.15))

    def build_bars(self, ax: Axes, title: str) -> None:
        """Make the bars that can be dragged."""
        self.bar_axes, self.draggable = ax, (ax,)
        ax.set(ylim=(-0.16, 1.04), yticks=np.linspace(0, 1, 6))
        ax.spines["left"].set_bounds(0, 1)
        ax.set_title(title)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.bars_p, self.bars_q = (self.moves(Bars(ax, _WIDTH, **look)) for look in (_P, style.LIGHT_BARS))
        self.chosen = self.marks(ax, "^", 7, style.INK)

    def build_lengths(self, ax: Axes, rows: tuple[float, ...]) -> None:
        """Make two rows of lengths for each direction, at these heights."""
        self.length_axes, self.rows = ax, np.array(rows)
        ax.set(ylim=(rows[-1] - 0.2, rows[0] + 0.95), yticks=[])
        ax.spines["left"].set_visible(False)
        sums = {"facecolor": style.PAPER, "edgecolor": style.INK, "linewidth": 0.9}
        self.lengths = self.moves([Polygons(ax, **look) for look in (_P, style.LIGHT_BARS, KL_LOOK, sums)])
        self.beyond = self.marks(ax, ">", 10, style.INK)
        self.texts = self.moves([ax.text(0, row + 0.47, "", va="bottom") for row in rows])

    def key(self, r: LengthsResult):
        """The unit and the outcomes."""
        return r.unit, r.names

    def set_background(self, r: LengthsResult) -> None:
        """Fit axes and titles to the unit and the outcomes."""
        self.make_room(r, self.bar_axes)
        self.length_axes.set(xlim=(0, LONGEST * r.of_a_bit))
        self.length_axes.set_title(f"means, in {r.unit}; hatched is KL")

    def make_room(self, r: LengthsResult, *axes: Axes) -> None:
        """Give each outcome its place."""
        for ax in axes:
            ax.set(xlim=(-0.6, len(r.names) - 0.4), xticks=range(len(r.names)))
            ax.set_xticklabels(r.names)

    def update(self, r: LengthsResult) -> None:
        self.update_bars(r)
        self.update_lengths(r, [(("p", "q"), r.h_p, r.kl, r.h_pq)])

    def update_bars(self, r: LengthsResult) -> None:
        """Move the bars and the mark of the outcome that the sliders move."""
        at = np.arange(r.p.size)
        self.bars_p.put(r.p, at - APART)
        self.bars_q.put(r.q, at + APART)
        self.chosen.set_data([r.chosen], [-0.05])

    def update_lengths(self, r: LengthsResult, directions: list[tuple[tuple[str, str], float, float, float]]) -> None:
        """Set the rows, from each direction's names, entropy, KL and cross-entropy; what is too long has an arrow."""
        most = LONGEST * r.of_a_bit
        _, entropies, _, sums = (np.array(column) for column in zip(*directions, strict=True))
        first, second = self.rows[::2], self.rows[1::2]
        ends, full = np.minimum(entropies, most), np.minimum(sums, most)
        of_p, of_q, kl, cross = self.lengths
        of_p.put(box_corners(0, ends[:1], first[:1] + 0.4, first[:1]))
        of_q.put(box_corners(0, ends[1:], first[1:] + 0.4, first[1:]))
        kl.put(box_corners(ends, full, first + 0.4, first))
        cross.put(box_corners(0, full, second + 0.4, second))
        beyond = self.rows[np.repeat(sums > most, 2)]
        self.beyond.set_data(np.full(beyond.size, most), beyond + 0.2)
        equations = []
        for (a, b), entropy, divergence, total in directions:
            equations += [f"H({a}) {number(entropy, 4)}  +  KL({a}‖{b}) {number(divergence, 4)}"]
            equations += [f"=  H({a}, {b}) {number(total, 4)}"]
        for text, words in zip(self.texts, equations, strict=True):
            text.set_text(words)
