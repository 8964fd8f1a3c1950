"""The figure of the three names: p and q as bars, what each outcome costs, and the averages as lengths end to end."""

from dataclasses import dataclass
from math import log

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.outlines import as_marker
from lessons_lib.drawing.polygons import Polygons, box_corners
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number
from lessons_lib.maths.measures import UNITS

LONGEST, HIGHEST, LEAST_TERM, GREATEST_TERM = 6.0, 8.0, -0.75, 3.0
"""What is drawn to scale, in bits: lengths, surprisals, terms of KL; what is greater has a mark."""
_APART, _WIDTH = 0.2, 0.34
_ROWS = (3.15, 2.15, 0.85, -0.15)
_KL = {"facecolor": style.FAINT, "edgecolor": style.INK, "hatch": "////", "linewidth": 0.9}
_P = {"facecolor": style.DATA, "edgecolor": style.DATA, "linewidth": 0.9}


@dataclass(frozen=True)
class ThreeNamesResult:
    """What the figure shows, in `unit`.

    surprisal_p, surprisal_q, terms: of each outcome. chosen, locked: outcomes, counted from 0.
    """

    names: str
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    surprisal_p: NDArray[np.float64]
    surprisal_q: NDArray[np.float64]
    terms: NDArray[np.float64]
    h_p: float
    h_q: float
    h_pq: float
    h_qp: float
    kl: float
    reverse: float
    unit: str
    chosen: int
    locked: tuple[int, ...]

    @property
    def of_a_bit(self) -> float:
        """How many of the unit a bit is."""
        return log(2) / log(UNITS[self.unit])

    def in_bits(self, length: float) -> float:
        """Return a length of the result in bits."""
        return length / self.of_a_bit


class ThreeNamesView(View):
    """Above, p and q to drag and the lengths; below, the surprisals and the terms p log(p/q) of each outcome."""

    def build(self, figure: Figure, r: ThreeNamesResult) -> None:
        figure.get_layout_engine().set(wspace=0.07)
        axes = figure.subplots(2, 2, height_ratios=[1.15, 1], width_ratios=[1.1, 1])
        (self.bar_axes, self.length_axes), (self.surprisal_axes, self.term_axes) = axes
        self.draggable = (self.bar_axes,)
        self._build_bars()
        self._build_lengths()
        self._build_surprisals()
        self._build_terms()

    def _build_bars(self) -> None:
        ax = self.bar_axes
        ax.set(ylim=(-0.16, 1.04), yticks=np.linspace(0, 1, 6))
        ax.spines["left"].set_bounds(0, 1)
        ax.set_title(
            "p, what happens (filled), and q, the model (outlined)\n▴ the outcome that the sliders move, ■ locked"
        )
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.bars_p, self.bars_q = (self.moves(Bars(ax, _WIDTH, **look)) for look in (_P, style.LIGHT_BARS))
        self.chosen = self.marks(ax, "^", 7, style.INK)
        self.locked = self.marks(ax, "s", 6, style.INK)

    def _build_lengths(self) -> None:
        ax = self.length_axes
        ax.set(ylim=(-0.35, 4.1), yticks=[])
        ax.spines["left"].set_visible(False)
        sums = {"facecolor": style.PAPER, "edgecolor": style.INK, "linewidth": 0.9}
        self.lengths = self.moves([Polygons(ax, **look) for look in (_P, style.LIGHT_BARS, _KL, sums)])
        self.beyond = self.marks(ax, ">", 10, style.INK)
        self.texts = self.moves([ax.text(0, row + 0.47, "", va="bottom") for row in _ROWS])

    def _build_surprisals(self) -> None:
        ax = self.surprisal_axes
        ax.set_xlabel("outcome")
        looks = {"marker": "o", "color": style.DATA}, {"marker": "D", "color": style.MODEL, "markerfacecolor": "none"}
        stem = {"linewidth": 1, "markersize": 7, "markevery": (1, 3)}
        self.surprisals = [self.moves(ax.plot([], [], **stem, **look)) for look in looks]
        self.beyond_surprisals = [self.moves(_beyond(ax, look["color"])) for look in looks]

    def _build_terms(self) -> None:
        ax = self.term_axes
        ax.set_xlabel("outcome")
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.terms = self.moves(Bars(ax, 0.6, **_KL))
        self.beyond_terms = self.moves(_beyond(ax, style.INK))

    def key(self, r: ThreeNamesResult):
        """The unit and the outcomes."""
        return r.unit, r.names

    def set_background(self, r: ThreeNamesResult) -> None:
        """Fit axes and titles to the unit and the outcomes."""
        bit, n = r.of_a_bit, len(r.names)
        for ax in (self.bar_axes, self.surprisal_axes, self.term_axes):
            ax.set(xlim=(-0.6, n - 0.4), xticks=range(n))
            ax.set_xticklabels(r.names)
        self.length_axes.set(xlim=(0, LONGEST * bit))
        self.surprisal_axes.set(ylim=(-0.3 * bit, (HIGHEST + 1) * bit))
        self.term_axes.set(ylim=(LEAST_TERM * bit, (GREATEST_TERM + 0.45) * bit))
        self.length_axes.set_title(f"means, in {r.unit}; hatched is KL")
        self.surprisal_axes.set_title(f"surprisal −log p (●) and −log q (◇), in {r.unit}")
        self.term_axes.set_title(f"terms p log(p/q) in {r.unit}, which add up to KL(p‖q)")

    def update(self, r: ThreeNamesResult) -> None:
        at = np.arange(r.p.size)
        self.bars_p.put(r.p, at - _APART)
        self.bars_q.put(r.q, at + _APART)
        self.chosen.set_data([r.chosen], [-0.05])
        self.locked.set_data(r.locked, np.full(len(r.locked), -0.12))
        self._update_lengths(r)
        self._update_surprisals(r, at)
        highest = GREATEST_TERM * r.of_a_bit
        self.terms.put(np.minimum(r.terms, highest))
        _set_beyond(self.beyond_terms, at, r.terms, highest, 0.2 * r.of_a_bit)

    def _update_lengths(self, r: ThreeNamesResult) -> None:
        """Set the four rows; what is longer than the axes ends in an arrow."""
        most = LONGEST * r.of_a_bit
        rows = np.array(_ROWS)
        h_p, h_q = entropies = np.minimum([r.h_p, r.h_q], most)
        sums = np.minimum([r.h_pq, r.h_qp], most)
        bars = (0, h_p, rows[:1]), (0, h_q, rows[2:3]), (entropies, sums, rows[::2]), (0, sums, rows[1::2])
        for polygons, (start, end, row) in zip(self.lengths, bars, strict=True):
            polygons.put(box_corners(start, end, row + 0.4, row))
        beyond = rows[[value > most for value in (r.h_pq, r.h_pq, r.h_qp, r.h_qp)]]
        self.beyond.set_data(np.full(beyond.size, most), beyond + 0.2)
        equations = (
            f"H(p) {number(r.h_p, 4)}  +  KL(p‖q) {number(r.kl, 4)}",
            f"=  H(p, q) {number(r.h_pq, 4)}",
            f"H(q) {number(r.h_q, 4)}  +  KL(q‖p) {number(r.reverse, 4)}",
            f"=  H(q, p) {number(r.h_qp, 4)}",
        )
        for text, words in zip(self.texts, equations, strict=True):
            text.set_text(words)

    def _update_surprisals(self, r: ThreeNamesResult, at) -> None:
        """Set the points on their stems, p's and q's."""
        highest = HIGHEST * r.of_a_bit
        rows = (r.surprisal_p, -_APART), (r.surprisal_q, _APART)
        for line, marks, (costs, side) in zip(self.surprisals, self.beyond_surprisals, rows, strict=True):
            x, heights = at + side, np.where(costs > highest, np.nan, costs)
            line.set_data(np.repeat(x, 3), np.column_stack([0 * x, heights, x * np.nan]).ravel())
            _set_beyond(marks, x, costs, highest, 0.4 * r.of_a_bit)


def _beyond(ax: Axes, color: str) -> list[Line2D]:
    """Return what marks infinite values, and finite ones that are too great for the axes."""
    looks = {"marker": as_marker("∞"), "markersize": 12}, {"marker": "^", "markersize": 8}
    return [ax.plot([], [], linestyle="", color=color, **look)[0] for look in looks]


def _set_beyond(marks: list[Line2D], at, values, most: float, above: float) -> None:
    """Put the marks a little above `most`, over what is greater."""
    for line, which in zip(marks, (np.isinf(values), (values > most) & np.isfinite(values)), strict=True):
        line.set_data(at[which], np.full(which.sum(), most + above))
