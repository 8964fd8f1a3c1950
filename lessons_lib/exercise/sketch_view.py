"""Bars to be dragged, and the truth as lines across them."""

import numpy as np
from matplotlib.figure import Figure

from lessons_lib.drawing import style


class SketchView:
    """One bar for each label, a mark under the one that the slider moves, and the truth when it is told."""

    def __init__(self, figure: Figure, result, labels, axis: str):
        ax = figure.subplots()
        self.draggable = (ax,)
        ax.set(xlim=(-0.6, len(labels) - 0.4), ylim=(-0.04, 1.05), yticks=np.linspace(0, 1, 6))
        ax.set_xticks(range(len(labels)), labels)
        ax.set_xlabel(axis)
        ax.set_title("orange: your sketch    green: the truth, once it is told")
        self.bars = ax.stairs(np.zeros(2 * len(labels) - 1), _edges(len(labels)), fill=True, color=style.MODEL)
        (self.mark,) = ax.plot([], [], linestyle="", marker="^", markersize=7, color=style.INK, clip_on=False)
        (self.truth,) = ax.plot([], [], linestyle="", marker="_", markersize=38, color=style.OPTIMUM, markeredgewidth=4)
        self.moving = [self.bars, self.mark, self.truth]
        self.update(result)

    def update(self, r) -> None:
        """Move everything to `r`, a result."""
        values = np.zeros(2 * len(r.heights) - 1)
        values[::2] = r.heights
        self.bars.set_data(values)
        self.mark.set_data([] if r.bar is None else [r.bar - 1], [] if r.bar is None else [-0.02])
        self.truth.set_data(*([], []) if r.truth is None else (range(len(r.truth)), r.truth))


def _edges(count: int):
    return np.add.outer(np.arange(count), [-0.35, 0.35]).ravel()
