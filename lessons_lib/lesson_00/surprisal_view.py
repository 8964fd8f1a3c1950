"""The curve of surprisal against probability."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number


@dataclass(frozen=True)
class SurprisalResult:
    """Surprisal −log p of what happened, in both units."""

    p: float
    bits: float
    nats: float


class SurprisalView:
    """−log₂ p against p, a dot at the present p, and its two coordinates as lines."""

    def __init__(self, figure: Figure, result: SurprisalResult, least: float):
        ax = figure.subplots()
        self.draggable = (ax,)
        p = np.geomspace(least, 1, 300)
        ax.plot(p, -np.log2(p), color=style.MODEL)
        ax.set(xlim=(0, 1.01), ylim=(0, 8), xticks=np.linspace(0, 1, 6))
        ax.set_xlabel("p, the probability given to what happened")
        ax.set_ylabel("surprisal, −log₂ p (bits)")
        ax.set_title(" ")
        (self.lines,) = ax.plot([], [], color=style.INK, linewidth=1, linestyle=(0, (4, 3)))
        (self.dot,) = ax.plot([], [], marker="o", markersize=11, color=style.INK, clip_on=False)
        self.text = ax.text(0, 1.03, "", transform=ax.transAxes, va="bottom")
        self.moving = [self.lines, self.dot, self.text]
        self.update(result)

    def update(self, r: SurprisalResult) -> None:
        """Move the dot to `r`, a result."""
        self.lines.set_data([0, r.p, r.p], [r.bits, r.bits, 0])
        self.dot.set_data([r.p], [r.bits])
        self.text.set_text(f"p = {number(r.p)}:  {number(r.bits)} bits = {number(r.nats)} nats")
