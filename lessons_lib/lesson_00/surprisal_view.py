"""The curve of surprisal against probability."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from lessons_lib.drawing import style
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number

LEAST = 0.005
"""The smallest p that can be chosen."""


@dataclass(frozen=True)
class SurprisalResult:
    """Surprisal −log p of what happened, in both units."""

    p: float
    bits: float
    nats: float


class SurprisalView(View):
    """−log₂ p against p, a dot at the present p, and its two coordinates as lines."""

    def build(self, figure: Figure, r: SurprisalResult) -> None:
        ax = figure.subplots()
        self.draggable = (ax,)
        p = np.geomspace(LEAST, 1, 300)
        ax.plot(p, -np.log2(p), color=style.MODEL)
        ax.set(xlim=(0, 1.01), ylim=(0, 8), xticks=np.linspace(0, 1, 6))
        ax.set_xlabel("p, the probability given to what happened")
        ax.set_ylabel("surprisal, −log₂ p (bits)")
        ax.set_title(" ")
        self.lines = self.moves(ax.plot([], [], color=style.INK, linewidth=1, linestyle=(0, (4, 3))))
        self.dot = self.marks(ax, "o", 11, style.INK)
        self.text = self.moves(ax.text(0, 1.03, "", transform=ax.transAxes, va="bottom"), in_layout=True)

    def update(self, r: SurprisalResult) -> None:
        self.lines.set_data([0, r.p, r.p], [r.bits, r.bits, 0])
        self.dot.set_data([r.p], [r.bits])
        self.text.set_text(f"p = {number(r.p)}:  {number(r.bits)} bits = {number(r.nats)} nats")
