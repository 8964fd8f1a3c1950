"""Bars to be dragged, and the truth as lines across them."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.view import View


@dataclass(frozen=True)
class SketchResult:
    """What the sketch shows: its bars, and when it is told the truth, both from 0 to 1."""

    labels: tuple[str, ...]
    axis: str
    heights: tuple[float, ...]
    bar: int | None
    truth: tuple[float, ...] | None
    mean_error: float | None


class SketchView(View):
    """One bar for each label, a mark under the one that the slider moves, and the truth when it is told."""

    def build(self, figure: Figure, r: SketchResult) -> None:
        ax = figure.subplots()
        self.draggable = (ax,)
        ax.set(xlim=(-0.6, len(r.labels) - 0.4), ylim=(-0.04, 1.05), yticks=np.linspace(0, 1, 6))
        ax.set_xticks(range(len(r.labels)), r.labels)
        ax.set_xlabel(r.axis)
        ax.set_title("orange: your sketch    green: the truth, once it is told")
        self.bars = self.moves(Bars(ax, 0.7, color=style.MODEL))
        self.mark = self.marks(ax, "^", 7, style.INK)
        line = {"linestyle": "", "marker": "_", "markersize": 38, "markeredgewidth": 4}
        self.truth = self.moves(ax.plot([], [], color=style.OPTIMUM, **line))

    def update(self, r: SketchResult) -> None:
        self.bars.put(r.heights)
        self.mark.set_data([] if r.bar is None else [r.bar - 1], [] if r.bar is None else [-0.02])
        self.truth.set_data(*([], []) if r.truth is None else (range(len(r.truth)), r.truth))
