"""Bars of one look as one artist, with gaps between them."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import StepPatch
from numpy.typing import ArrayLike


class Bars(StepPatch):
    """Bars on the axes' zero line, none at first: filled with a `color`, or in another look as matplotlib's patches.

    width: of a bar, in units of the axes. between: the height of the gaps: NaN, or 0 for a line along the bottom, too.
    """

    def __init__(self, ax: Axes, width: float, *, horizontal: bool = False, between: float = np.nan, **look):
        filled = {"facecolor": look.pop("color"), "linewidth": 0} if "color" in look else {}
        super().__init__([0], [0, 1], orientation="horizontal" if horizontal else "vertical", **filled, **look)
        self.width, self.between = width, between
        ax.add_patch(self)

    def put(self, heights: ArrayLike, at: ArrayLike | None = None, width: float | None = None) -> None:
        """Show these bars and no others, shape (n,): centred at 0, 1, … or `at`; NaN is no bar."""
        heights = np.asarray(heights, dtype=float)
        heights = heights if heights.size else np.array([np.nan])
        at = np.arange(heights.size) if at is None or not np.size(at) else np.asarray(at)
        half = (self.width if width is None else width) / 2
        values = np.full(2 * heights.size - 1, self.between, dtype=float)
        values[::2] = heights
        self.set_data(values, np.add.outer(at, [-half, half]).ravel())
