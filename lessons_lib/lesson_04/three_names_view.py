"""The figure of the three names: the lengths in both directions, and what each outcome costs and adds."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.outlines import as_marker
from lessons_lib.lesson_04.lengths_view import APART, KL_LOOK, LengthsResult, LengthsView

HIGHEST, LEAST_TERM, GREATEST_TERM = 8.0, -0.75, 3.0
"""What is drawn to scale, in bits: surprisals, terms of KL; what is greater has a mark."""


@dataclass(frozen=True)
class ThreeNamesResult(LengthsResult):
    """What the figure shows besides, in `unit`.

    surprisal_p, surprisal_q, terms: of each outcome. locked: outcomes, counted from 0.
    """

    surprisal_p: NDArray[np.float64]
    surprisal_q: NDArray[np.float64]
    terms: NDArray[np.float64]
    h_q: float
    h_qp: float
    reverse: float
    locked: tuple[int, ...]


class ThreeNamesView(LengthsView):
    """Above, p and q to drag and the lengths; below, the surprisals and the terms p log(p/q) of each outcome."""

    def build(self, figure: Figure, r: ThreeNamesResult) -> None:
        figure.get_layout_engine().set(wspace=0.07)
        axes = figure.subplots(2, 2, height_ratios=[1.15, 1], width_ratios=[1.1, 1])
        (bars, means), (self.surprisal_axes, self.term_axes) = axes
        title = "p, what happens (filled), and q, the model (outlined)\n▴ the outcome that the sliders move, ■ locked"
        self.build_bars(bars, title)
        self.locked = self.marks(bars, "s", 6, style.INK)
        self.build_lengths(means, (3.15, 2.15, 0.85, -0.15))
        self._build_surprisals()
        self._build_terms()

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
        self.terms = self.moves(Bars(ax, 0.6, **KL_LOOK))
        self.beyond_terms = self.moves(_beyond(ax, style.INK))

    def set_background(self, r: ThreeNamesResult) -> None:
        super().set_background(r)
        bit = r.of_a_bit
        self.make_room(r, self.surprisal_axes, self.term_axes)
        self.surprisal_axes.set(ylim=(-0.3 * bit, (HIGHEST + 1) * bit))
        self.term_axes.set(ylim=(LEAST_TERM * bit, (GREATEST_TERM + 0.45) * bit))
        self.surprisal_axes.set_title(f"surprisal −log p (●) and −log q (◇), in {r.unit}")
        self.term_axes.set_title(f"terms p log(p/q) in {r.unit}, which add up to KL(p‖q)")

    def update(self, r: ThreeNamesResult) -> None:
        at = np.arange(r.p.size)
        self.update_bars(r)
        self.locked.set_data(r.locked, np.full(len(r.locked), -0.12))
        self.update_lengths(r, [(("p", "q"), r.h_p, r.kl, r.h_pq), (("q", "p"), r.h_q, r.reverse, r.h_qp)])
        self._update_surprisals(r, at)
        highest = GREATEST_TERM * r.of_a_bit
        self.terms.put(np.minimum(r.terms, highest))
        _set_beyond(self.beyond_terms, at, r.terms, highest, 0.2 * r.of_a_bit)

    def _update_surprisals(self, r: ThreeNamesResult, at) -> None:
        """Set the points on their stems, p's and q's."""
        highest = HIGHEST * r.of_a_bit
        rows = (r.surprisal_p, -APART), (r.surprisal_q, APART)
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
