"""The logits' figure: bars to drag, and their probabilities."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import fixed


@dataclass(frozen=True)
class LogitsResult:
    """What the logits explorer shows: one entry a class.

    shift: what is added to all logits. chosen: the class that the sliders move.
    """

    logits: NDArray[np.float64]
    shift: float
    probabilities: NDArray[np.float64]
    chosen: int


class LogitsView(View):
    """Left, the logits; right, softmax of them."""

    def build(self, figure: Figure, r: LogitsResult) -> None:
        left, right = figure.subplots(1, 2)
        self.build_logits(left)
        self.build_probabilities(right)
        right.set_title("softmax: their probabilities")
        self.draggable = (left,)

    def build_logits(self, ax: Axes) -> None:
        """Make the bars that can be dragged."""
        self.logit_axes = ax
        ax.set(ylim=(-6.6, 6.2), yticks=range(-6, 7, 2))
        ax.set_title("logits z, before anything is added\n▴ the class that the sliders move")
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        ax.set_xlabel("class, counted from 0")
        self.logits = self.moves(Bars(ax, 0.72, color=style.MODEL))
        self.chosen = self.marks(ax, "^", 7, style.INK)
        self.added = self.moves(ax.text(0.99, 0.99, "", transform=ax.transAxes, ha="right", va="top"))

    def build_probabilities(self, ax: Axes) -> None:
        """Make their bars, and the line of text above."""
        self.probability_axes = ax
        ax.set(ylim=(-0.09, 1.2), yticks=np.linspace(0, 1, 6))
        ax.spines["left"].set_bounds(0, 1)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        ax.set_xlabel("class")
        self.bars = self.moves(Bars(ax, 0.72, **style.LIGHT_BARS))
        self.text = self.moves(ax.text(-0.01, 1, "", transform=ax.transAxes, va="top"))

    def key(self, r: LogitsResult):
        """How many classes there are."""
        return r.logits.size

    def set_background(self, r: LogitsResult) -> None:
        """Give each class a place."""
        for ax in (self.logit_axes, self.probability_axes):
            ax.set(xlim=(-0.6, r.logits.size - 0.4), xticks=range(r.logits.size))

    def update(self, r: LogitsResult) -> None:
        self.update_bars(r)
        self.text.set_text(self.highest(r))

    def update_bars(self, r: LogitsResult) -> None:
        """Move all bars."""
        self.logits.put(r.logits)
        self.chosen.set_data([r.chosen], [-6.35])
        self.added.set_text(f"and c = {fixed(r.shift, 1)} to each" if r.shift else "")
        self.bars.put(r.probabilities)

    def highest(self, r: LogitsResult) -> str:
        """Return which class is ahead, with its probability; or how much those have that are level."""
        tops = np.flatnonzero(r.logits == r.logits.max())
        share = f"{100 * r.probabilities[tops[0]]:.2f} %"
        return f"class {tops[0]}: {share}" if tops.size == 1 else f"{tops.size} × {share}"
