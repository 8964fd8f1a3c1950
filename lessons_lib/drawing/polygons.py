"""Polygons of one look as one artist: matplotlib takes as long to draw one as to draw a dozen."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike, NDArray

NOTHING = Path(np.zeros((0, 2)))
"""A path that draws nothing."""


class Polygons(PathPatch):
    """Any number of polygons with equally many corners; none at first. The look is said as for matplotlib's patches."""

    def __init__(self, ax: Axes, **look):
        super().__init__(NOTHING, **look)
        ax.add_patch(self)

    def put(self, corners: ArrayLike) -> None:
        """Show these polygons and no others: shape (polygons, corners, 2)."""
        corners = np.asarray(corners, dtype=float)
        self.set_path(Path.make_compound_path_from_polys(corners) if len(corners) else NOTHING)


def box_corners(left, right, top, bottom) -> NDArray[np.float64]:
    """Return the corners of boxes with these edges, numbers or arrays of shape (boxes,): shape (boxes, 4, 2)."""
    left, right, top, bottom = np.broadcast_arrays(left, right, top, bottom)
    x, y = np.stack([left, right, right, left], axis=-1), np.stack([top, top, bottom, bottom], axis=-1)
    return np.stack([x, y], axis=-1)
