"""Two bits: p and an independent q as bars over the four outcomes, and a map of all q."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number
from lessons_lib.lesson_05.terrain import Terrain

OUTCOMES = ("00", "01", "10", "11")


@dataclass(frozen=True)
class TwoBitsResult:
    """What the two-bits explorer shows: p and q over 00, 01, 10, 11; KLs in nats; minima, saddles: rows of a and b."""

    p: NDArray[np.float64]
    q: NDArray[np.float64]
    a: float
    b: float
    forward: float
    reverse: float
    direction: str
    heights: NDArray[np.float64]
    minima: NDArray[np.float64]
    saddles: NDArray[np.float64]
    least: float
    of_coins: float


class TwoBitsView:
    """Left, two bars for each outcome, p's and q's; right, one direction of KL over all q."""

    def __init__(self, figure: Figure, result: TwoBitsResult, side):
        self.bar_axes, self.map_axes = figure.subplots(1, 2, width_ratios=[1.1, 1])
        self.draggable = (self.map_axes,)
        self._build_bars()
        self._build_map(side)
        self.moving = [self.p, self.q, self.text, self.terrain, self.minima, self.saddle, self.ball]
        for artist in self.moving:  # what moves takes no part in the layout, wherever it stands at first
            artist.set_in_layout(False)
        self.update(result)

    def _build_bars(self) -> None:
        ax = self.bar_axes
        ax.set(xlim=(-0.6, 3.6), ylim=(0, 1), yticks=np.linspace(0, 1, 6))
        ax.set_xticks(range(4), OUTCOMES)
        ax.set_xlabel("first and second bit")
        ax.set_title("p (left bars) and q (right bars)\nKL(p‖q) and KL(q‖p):")
        left = np.add.outer(np.arange(4), [-0.4, 0.0]).ravel()
        zeros = np.zeros(7)
        self.p = ax.stairs(zeros, left, fill=True, color=style.DATA)
        self.q = ax.stairs(zeros, left + 0.4, fill=True, **style.LIGHT_BARS)
        self.text = style.beside_title(ax, 1, "right")

    def _build_map(self, side) -> None:
        ax = self.map_axes
        ax.set(xlim=(side[0], side[-1]), ylim=(side[0], side[-1]))
        ax.set_xticks(np.linspace(0.1, 0.9, 5))
        ax.set_yticks(np.linspace(0.1, 0.9, 5))
        ax.set_xlabel("a, q's probability that the first bit is 1")
        ax.set_ylabel("b, of the second")
        self.title = ax.set_title(" \n ")
        self.terrain = ax.add_artist(Terrain((side.size, side.size)))
        mark = {"linestyle": "", "color": style.INK, "clip_on": False}
        (self.minima,) = ax.plot([], [], marker="*", markersize=13, **mark)
        (self.saddle,) = ax.plot([], [], marker="x", markersize=8, markeredgewidth=2, **mark)
        (self.ball,) = ax.plot([], [], marker="o", markersize=12, color=style.MODEL, linestyle="", clip_on=False)

    def update(self, r: TwoBitsResult) -> None:
        """Move everything to `r`, a result."""
        title = f"{r.direction}, for every q:\n● q   ★ minima   × saddle"
        if self.title.get_text() != title:  # seldom, and part of the background
            self.title.set_text(title)
        for bars, heights in ((self.p, r.p), (self.q, r.q)):
            values = np.zeros(7)
            values[::2] = heights
            bars.set_data(values)
        self.text.set_text(f"{number(r.forward)}, {number(r.reverse)} nats")
        self.terrain.set_heights(r.heights)
        self.minima.set_data(*r.minima.T)
        self.saddle.set_data(*r.saddles.T)
        self.ball.set_data([r.a], [r.b])
