"""What the gradient does to logits: arrows on bars, the push itself, and the loss step by step."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number

NAMES = ("A", "B", "C", "D")
GOAL = 0.1
"""The loss in bits that the challenge asks for, as a line."""
_EDGES = np.add.outer(range(len(NAMES)), [-0.36, 0.36]).ravel()


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


class PushView:
    """Left, the logits with the next step as arrows; middle, the push, one-hot − p; right, the loss of each step."""

    def __init__(self, figure: Figure, result: PushResult, most_steps: int):
        self.logit_axes, self.push_axes, self.loss_axes = figure.subplots(1, 3, width_ratios=[1.25, 1, 1.25])
        self.draggable = (self.logit_axes,)
        self._build_logits()
        self._build_push()
        self._build_loss(most_steps)
        self.moving = [
            self.bars,
            self.start,
            self.stems,
            self.up,
            self.down,
            self.label,
            self.chosen,
            self.push,
            self.loss,
            self.loss_dot,
            self.loss_text,
        ]
        self.update(result)

    def _build_logits(self) -> None:
        ax = self.logit_axes
        ax.set(ylim=(-10.4, 13), yticks=range(-10, 11, 5))
        ax.set_title("logits: filled now, line at the start\narrows: the next step;  ● the label")
        self.bars = ax.stairs(np.zeros(2 * len(NAMES) - 1), _EDGES, fill=True, **style.LIGHT_BARS)
        mark = {"linestyle": "", "clip_on": False}
        (self.start,) = ax.plot([], [], marker="_", markersize=30, markeredgewidth=2, color=style.MUTED, **mark)
        (self.stems,) = ax.plot([], [], color=style.INK, linewidth=2)
        (self.up,) = ax.plot([], [], marker="^", markersize=8, color=style.INK, **mark)
        (self.down,) = ax.plot([], [], marker="v", markersize=8, color=style.INK, **mark)
        (self.label,) = ax.plot([], [], marker="o", markersize=9, color=style.DATA, **mark)
        (self.chosen,) = ax.plot([], [], marker="^", markersize=7, color=style.INK, **mark)
        self._name_classes(ax)

    def _build_push(self) -> None:
        ax = self.push_axes
        ax.set(ylim=(-1.04, 1.04), yticks=np.linspace(-1, 1, 5))
        ax.set_title("the push, one-hot − p:\nnone beyond ±1, their sum 0")
        self.push = ax.stairs(np.zeros(2 * len(NAMES) - 1), _EDGES, fill=True, color=style.MODEL)
        self._name_classes(ax)

    def _name_classes(self, ax) -> None:
        ax.set(xlim=(-0.6, len(NAMES) - 0.4), xticks=range(len(NAMES)))
        ax.set_xticklabels(NAMES)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)

    def _build_loss(self, most_steps: int) -> None:
        ax = self.loss_axes
        ax.set(xlim=(0, most_steps), ylim=(0.005, 40), yscale="log")
        ax.set_yticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
        ax.minorticks_off()
        ax.set_title("the label's loss, −log₂ p, in bits\nnow:")
        ax.set_xlabel("steps taken")
        ax.axhline(GOAL, color=style.OPTIMUM, linewidth=1.2, linestyle=(0, (4, 3)))
        (self.loss,) = ax.plot([], [], color=style.MODEL, marker=".", markersize=6, linewidth=1.2)
        (self.loss_dot,) = ax.plot([], [], color=style.INK, marker="o", markersize=9, clip_on=False)
        self.loss_text = style.beside_title(ax, 0.17)

    def update(self, r: PushResult) -> None:
        """Move everything to `r`, a result."""
        at = np.arange(len(NAMES))
        for bars, heights in ((self.bars, r.logits), (self.push, r.push)):
            values = np.full(2 * len(NAMES) - 1, np.nan)
            values[::2] = heights
            bars.set_data(values)
        self.start.set_data(at, r.start)
        gaps = np.full(len(NAMES), np.nan)
        self.stems.set_data(np.repeat(at, 3), np.column_stack([r.logits, r.following, gaps]).ravel())
        up = r.push > 0
        self.up.set_data(at[up], r.following[up])
        self.down.set_data(at[~up], r.following[~up])
        self.label.set_data([r.label], [12.4])
        self.chosen.set_data([r.chosen], [-10])
        self.loss.set_data(np.arange(r.losses_bits.size), r.losses_bits)
        self.loss_dot.set_data([r.losses_bits.size - 1], r.losses_bits[-1:])
        self.loss_text.set_text(f"{number(r.losses_bits[-1])} bits   (rate {r.rate:.1f})")
