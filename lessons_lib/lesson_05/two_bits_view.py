"""Two bits: p and an independent q as bars over the four outcomes, and a map of all q."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number
from lessons_lib.lesson_05.terrain import Terrain

OUTCOMES = ("00", "01", "10", "11")
SIDE = np.linspace(0.01, 0.99, 50)
"""The a's, and the b's, of the map."""


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


class TwoBitsView(View):
    """Left, two bars for each outcome, p's and q's; right, one direction of KL over all q."""

    def build(self, figure: Figure, r: TwoBitsResult) -> None:
        self.bar_axes, self.map_axes = figure.subplots(1, 2, width_ratios=[1.1, 1])
        self.draggable = (self.map_axes,)
        self._build_bars()
        self._build_map()

    def _build_bars(self) -> None:
        ax = self.bar_axes
        ax.set(xlim=(-0.6, 3.6), ylim=(0, 1), yticks=np.linspace(0, 1, 6))
        ax.set_xticks(range(4), OUTCOMES)
        ax.set_xlabel("first and second bit")
        ax.set_title("p (left bars) and q (right bars)\nKL(p‖q) and KL(q‖p):")
        self.p = self.moves(Bars(ax, 0.4, color=style.DATA))
        self.q = self.moves(Bars(ax, 0.4, between=0.0, **style.LIGHT_BARS))
        self.text = self.moves(style.beside_title(ax, 1, "right"))

    def _build_map(self) -> None:
        ax = self.map_axes
        self.terrain = self.moves(Terrain(ax, SIDE, SIDE))
        ax.set(xticks=np.linspace(0.1, 0.9, 5), yticks=np.linspace(0.1, 0.9, 5))
        ax.set_xlabel("a, q's probability that the first bit is 1")
        ax.set_ylabel("b, of the second")
        self.minima = self.marks(ax, "*", 13, style.INK)
        self.saddle = self.marks(ax, "x", 8, style.INK, markeredgewidth=2)
        self.ball = self.marks(ax, "o", 12, style.MODEL)

    def key(self, r: TwoBitsResult):
        """Which direction the map is of."""
        return r.direction

    def set_background(self, r: TwoBitsResult) -> None:
        """Name the map."""
        self.map_axes.set_title(f"{r.direction}, for every q:\n● q   ★ minima   × saddle")

    def update(self, r: TwoBitsResult) -> None:
        outcomes = np.arange(len(OUTCOMES))
        self.p.put(r.p, outcomes - 0.2)
        self.q.put(r.q, outcomes + 0.2)
        self.text.set_text(f"{number(r.forward)}, {number(r.reverse)} nats")
        self.terrain.set_heights(r.heights)
        self.minima.set_data(*r.minima.T)
        self.saddle.set_data(*r.saddles.T)
        self.ball.set_data([r.a], [r.b])
