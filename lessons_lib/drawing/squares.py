"""Numbers as squares: the area is the size of a number, filled ones are above 0 and outlined ones below."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.polygons import Polygons

_CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])


class Squares:
    """Squares at fixed places; each of the two signs is one artist, however many squares it has."""

    def __init__(self, ax: Axes, centres):
        self.centres = np.asarray(centres, dtype=float)
        self.above = Polygons(ax, facecolor=style.MODEL, edgecolor="none")
        self.below = Polygons(ax, facecolor=style.PAPER, edgecolor=style.DATA, linewidth=1.0)
        self.moving = [self.above, self.below]

    def set_values(self, values, largest: float) -> None:
        """Show these numbers, of which one as large as `largest` fills its place."""
        half = 0.5 * np.sqrt(np.clip(np.abs(values) / largest, 0, 1)) if largest > 0 else np.zeros(len(values))
        self.above.put(_corners(self.centres, 0.94 * half, values > 0))
        self.below.put(_corners(self.centres, 0.84 * half, values < 0))


def _corners(centres, half, shown) -> NDArray[np.float64]:
    shown = shown & (half > 0.04)
    return centres[shown, None] + half[shown, None, None] * _CORNERS


def places(pictures: int, columns: int, side: int, width: float, height: float):
    """Return the centres of the pixels of several square pictures, in rows of so many: shape (pictures · side², 2).

    A picture takes up `width` by `height`, its pixels one each; y grows downwards.
    """
    row, column = np.divmod(np.arange(pictures), columns)
    y, x = np.mgrid[:side, :side] + 0.5
    x, y = column[:, None] * width + x.ravel(), row[:, None] * height + y.ravel()
    return np.column_stack([x.ravel(), y.ravel()])
