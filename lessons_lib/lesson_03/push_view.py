"""What the gradient does to logits: arrows on bars, the push itself, and the loss step by step."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number
from lessons_lib.lesson_03.classes import place_classes

NAMES = ("A", "B", "C", "D")
STEPS = 40
GOAL = 0.1
"""The loss in bits that the challenge asks for, as a line."""
_LEAST = 0.005
"""A loss of fewer bits is drawn at the lower edge; the title has its number."""


@dataclass(frozen=True)
class PushResult:
    """What the push explorer shows. losses_bits: one for the start and one for each step taken.

    push: one-hot − p, the negative gradient. following: the logits after one more step.
    """

    start: NDArray[np.float64]
    logits: NDArray[np.float64]
    following: NDArray[np.float64]
    push: NDArray[np.float64]
    losses_bits: NDArray[np.float64]
    label: int
    chosen: int
    rate: float


class PushView(View):
    """Left, the logits with the next step as arrows; middle, the push, one-hot − p; right, the loss of each step."""

    def build(self, figure: Figure, r: PushResult) -> None:
        logit_axes, push_axes, loss_axes = figure.subplots(1, 3, width_ratios=[1.25, 1, 1.25])
        self.draggable = (logit_axes,)
        self._build_logits(logit_axes)
        self._build_push(push_axes)
        self._build_loss(loss_axes)

    def _build_logits(self, ax: Axes) -> None:
        place_classes(ax, NAMES)
        ax.set(ylim=(-10.4, 13), yticks=range(-10, 11, 5))
        ax.set_title("logits: filled now, line at the start\narrows: the next step;  ● the label")
        self.bars = self.moves(Bars(ax, 0.72, **style.LIGHT_BARS))
        self.start = self.marks(ax, "_", 30, style.MUTED, markeredgewidth=2)
        self.stems = self.moves(ax.plot([], [], color=style.INK, linewidth=2))
        self.up, self.down = self.marks(ax, "^", 8, style.INK), self.marks(ax, "v", 8, style.INK)
        self.label = self.marks(ax, "o", 9, style.DATA)
        self.chosen = self.marks(ax, "^", 7, style.INK)

    def _build_push(self, ax: Axes) -> None:
        place_classes(ax, NAMES)
        ax.set(ylim=(-1.04, 1.04), yticks=np.linspace(-1, 1, 5))
        ax.set_title("the push, one-hot − p:\nnone beyond ±1, their sum 0")
        self.push = self.moves(Bars(ax, 0.72, color=style.MODEL))

    def _build_loss(self, ax: Axes) -> None:
        ax.set(xlim=(0, STEPS), ylim=(_LEAST, 40), yscale="log")
        ax.set_yticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
        ax.minorticks_off()
        ax.set_title("the label's loss, −log₂ p, in bits\nnow:")
        ax.set_xlabel("steps taken")
        ax.axhline(GOAL, color=style.OPTIMUM, linewidth=1.2, linestyle=(0, (4, 3)))
        self.loss = self.moves(ax.plot([], [], color=style.MODEL, marker=".", markersize=6, linewidth=1.2))
        self.loss_dot = self.marks(ax, "o", 9, style.INK)
        self.loss_text = self.moves(style.beside_title(ax, 0.17))

    def update(self, r: PushResult) -> None:
        at = np.arange(len(NAMES))
        self.bars.put(r.logits)
        self.push.put(r.push)
        self.start.set_data(at, r.start)
        gaps = np.full(at.size, np.nan)
        self.stems.set_data(np.repeat(at, 3), np.column_stack([r.logits, r.following, gaps]).ravel())
        up = r.push > 0
        self.up.set_data(at[up], r.following[up])
        self.down.set_data(at[~up], r.following[~up])
        self.label.set_data([r.label], [12.4])
        self.chosen.set_data([r.chosen], [-10])
        shown = np.maximum(r.losses_bits, _LEAST)
        self.loss.set_data(np.arange(shown.size), shown)
        self.loss_dot.set_data([shown.size - 1], shown[-1:])
        self.loss_text.set_text(f"{number(r.losses_bits[-1])} bits   (rate {r.rate:.1f})")
