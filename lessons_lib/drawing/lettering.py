"""Pages of monospaced text as one artist: letters drawn as paths cost a tenth of matplotlib's own texts."""

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from lessons_lib.drawing.outlines import is_at_hand, outline
from lessons_lib.drawing.polygons import NOTHING

ADVANCE = 0.602
"""Width of every letter, in heights of the font (em)."""
UNKNOWN = "□"
"""Stands for a character that the font does not have."""
_FONT = FontProperties(family="DejaVu Sans Mono")

Line = tuple[str, float, float, float]
"""A text, x of its first letter's left edge, y of its baseline, and the height of the font."""


class Lettering(PathPatch):
    """Lines of text in one colour, on axes whose two units are equally long and whose y grows downwards."""

    def __init__(self, ax: Axes, colour: str):
        super().__init__(NOTHING, facecolor=colour, edgecolor="none", linewidth=0)
        ax.add_patch(self)
        self._lines: tuple[Line, ...] = ()

    def write(self, lines: Iterable[Line]) -> None:
        """Show these lines and no others."""
        lines = tuple(lines)
        if lines != self._lines:
            self._lines = lines
            self.set_path(_joined(lines))


def _joined(lines: Iterable[Line]) -> Path:
    corners, codes = [], []
    for text, x, y, em in lines:
        for place, character in enumerate(text):
            if not character.isspace():
                vertices, code, advance = outline(drawable(character), findfont(_FONT))
                size = em * min(1, ADVANCE / advance) if advance else em  # wide letters are made to fit
                corners.append(vertices * (size, -size) + (x + place * ADVANCE * em, y))
                codes.append(code)
    return Path(np.concatenate(corners), np.concatenate(codes)) if corners else NOTHING


def width(text: str, em: float) -> float:
    """Return how wide a line is."""
    return len(text) * ADVANCE * em


def place(figure: Figure, left: float, right: float, top: float, bottom: float) -> Axes:
    """Return axes over this part of the figure, in CSS pixels from its upper left corner; no layout moves them."""
    figure.set_layout_engine("none")
    across, down = 100 * figure.get_size_inches()
    return figure.add_axes((left / across, 1 - bottom / down, (right - left) / across, (bottom - top) / down))


def sheet(figure: Figure, left: float, right: float, top: float, bottom: float) -> Axes:
    """Return axes without frame or ticks whose units are CSS pixels, from their own upper left corner."""
    ax = place(figure, left, right, top, bottom)
    ax.set(xlim=(0, right - left), ylim=(bottom - top, 0))
    ax.axis("off")
    return ax


def drawable(text: str) -> str:
    """Return the text with a box for every character that no font at hand has."""
    return "".join(character if is_at_hand(character, findfont(_FONT)) else UNKNOWN for character in text)
