"""A pad to draw digits on, what the model sees of it, and the ten probabilities."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.picture import Picture
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number, percent

_GREY = np.linspace(255, 34, 17).round().astype(np.uint8)
"""Paper to ink, for 0 to 16 dots."""


@dataclass(frozen=True)
class DrawResult:
    """What the drawing explorer shows; bits: surprisal of the digit that is meant."""

    bitmap: NDArray[np.bool_]
    counts: NDArray[np.int_]
    probabilities: NDArray[np.float64]
    first: int
    second: int
    meant: int
    bits: float
    pointer: str
    row: int
    column: int
    changed: int


class DrawView(View):
    """Left, the pad of 32 x 32 dots; in the middle, its counts in 8 x 8 squares; right, a bar for each digit."""

    def build(self, figure: Figure, r: DrawResult) -> None:
        self.pad_axes, seen_axes, bar_axes = figure.subplots(1, 3, width_ratios=[1.5, 0.62, 1.25])
        self.draggable = (self.pad_axes,)
        self.pad = self.moves(_picture(self.pad_axes, 32))
        self.moves(self.pad_axes.plot(*_grid(), color=style.MUTED, linewidth=0.5))
        cursor = self.pad_axes.plot([], [], color=style.PAPER, linewidth=4)
        self.cursor = self.moves(cursor + self.pad_axes.plot([], [], color=style.INK, linewidth=1.5))
        self.seen = self.moves(_picture(seen_axes, 8))
        seen_axes.set_title("what the model sees:\ndots in each square")
        self._build_bars(bar_axes)

    def _build_bars(self, ax: Axes) -> None:
        ax.set(xlim=(-0.7, 9.7), ylim=(-0.07, 1.0), yticks=np.linspace(0, 1, 6))
        ax.set_xticks(range(10), [str(digit) for digit in range(10)])
        ax.spines["bottom"].set_visible(False)
        ax.spines["left"].set_bounds(0, 1)
        ax.tick_params(axis="x", length=0)
        ax.set_xlabel("digit    ● the one you mean")
        ax.set_title("the model's probabilities:\n ")
        self.bars = self.moves(Bars(ax, 0.76, color=style.MODEL))
        self.meant = self.marks(ax, "o", 9, style.DATA)
        self.top_text = self.moves(style.beside_title(ax, 0))
        self.meant_text = self.moves(style.beside_title(ax, 1, "right"))
        self.meant_text.set_color(style.DATA)

    def key(self, r: DrawResult):
        """What the pointer does."""
        return r.pointer

    def set_background(self, r: DrawResult) -> None:
        """Say what the pointer does."""
        self.pad_axes.set_title(f"32 × 32 dots: the pointer {r.pointer}")

    def update(self, r: DrawResult) -> None:
        self.pad.set_pixels(_GREY[16 * r.bitmap])
        self.seen.set_pixels(_GREY[r.counts])
        left, top = 4 * (r.column - 1), 4 * (r.row - 1)
        for line in self.cursor:
            line.set_data([left, left + 4, left + 4, left, left], [top, top, top + 4, top + 4, top])
        self.bars.put(r.probabilities)
        self.meant.set_data([r.meant], [-0.045])
        self.top_text.set_text(f"{r.first}: {percent(r.probabilities[r.first])}")
        self.meant_text.set_text(f"● {r.meant}: {number(r.bits)} bits")


def _grid() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return x and y of the lines between the squares of 4 x 4 dots, up and down in one stroke."""
    inner, ends = np.repeat(np.arange(4, 32, 4), 3).astype(float), np.tile([0, 32, np.nan], 7)
    return np.concatenate([inner, ends]), np.concatenate([ends, inner])


def _picture(ax: Axes, side: int) -> Picture:
    """Make axes for a picture of so many pixels a side, row 0 at the top, and return the picture."""
    ax.set(xlim=(0, side), ylim=(side, 0), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(True)
    return ax.add_artist(Picture(np.full((side, side), 255, dtype=np.uint8)))
