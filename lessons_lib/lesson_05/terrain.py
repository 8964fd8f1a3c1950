"""A map of heights in bands, quick enough to be drawn anew at every step of a drag."""

from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from numpy.typing import NDArray
from scipy.sparse import csr_array

from lessons_lib.drawing import style
from lessons_lib.drawing.picture import Copied, Dots

_LOW, _HIGH = "#8fbf9a", style.PAPER
_BANDS = 28


@lru_cache(maxsize=16)
def smooth(count: int, size: int) -> csr_array:
    """Return the matrix, shape (size, count), that draws a smooth curve (Catmull–Rom) through `count` even values."""
    at = np.linspace(0, count - 1, size)
    left = np.minimum(at.astype(int), count - 2)
    t = at - left
    shares = (
        (-t + 2 * t**2 - t**3) / 2,
        (2 - 5 * t**2 + 3 * t**3) / 2,
        (t + 4 * t**2 - 3 * t**3) / 2,
        (-(t**2) + t**3) / 2,
    )
    matrix = np.zeros((size, count + 2))  # one more at either end, on a straight line through the last two
    for offset, share in enumerate(shares):
        matrix[np.arange(size), left + offset] += share
    for end, last, before in ((0, 1, 2), (-1, -2, -3)):
        matrix[:, last] += 2 * matrix[:, end]
        matrix[:, before] -= matrix[:, end]
    return csr_array(matrix[:, 1:-1].astype(np.float32))


def _palette() -> NDArray[np.uint8]:
    """Return RGBA colours: the bands from the lowest on, each followed by its contour line."""
    shares = np.linspace(0, 1, _BANDS)[:, None] ** 0.8
    bands = (1 - shares) * to_rgb(_LOW) + shares * np.array(to_rgb(_HIGH))
    lines = 0.8 * bands
    colours = np.ones((_BANDS, 2, 4))
    colours[:, 0, :3], colours[:, 1, :3] = bands, lines
    return (255 * colours).round().astype(np.uint8).reshape(-1, 4)


class Terrain(Copied):
    """Heights in bands with a line between each two, at even places `across` and `up`, which its axes then span.

    It shows nothing as long as there are no heights. What it draws has one picture dot for each CSS pixel.
    """

    _COLOURS = _palette().view(np.uint32)[:, 0]

    def __init__(self, ax: Axes, across: NDArray[np.float64], up: NDArray[np.float64]):
        super().__init__()
        self._heights = None
        ax.add_artist(self)
        ax.set(xlim=(across[0], across[-1]), ylim=(up[0], up[-1]))

    def set_heights(self, heights: NDArray[np.float64] | None) -> None:
        """Show these heights, shape (up, across), one unit of height for each band; or none."""
        if heights is not self._heights:
            self._heights = heights
            self.renew()

    def draw(self, renderer) -> None:
        """Copy the picture to where the axes are."""
        if self._heights is not None:
            super().draw(renderer)

    def paint(self, height: int, width: int) -> Dots:
        """Return the bands and the lines between them."""
        ratio = max(1.0, self.figure.dpi / 100)
        dots = round(height / ratio), round(width / ratio)
        rows, columns = (smooth(count, size) for count, size in zip(self._heights.shape, dots, strict=True))
        fine = rows @ (columns @ self._heights.astype(np.float32).T).T
        bands = np.clip(fine, 0, _BANDS - 1).astype(np.int8)
        edge = np.zeros(bands.shape, dtype=np.int8)
        edge[:-1] |= bands[:-1] != bands[1:]
        edge[:, :-1] |= bands[:, :-1] != bands[:, 1:]
        picture = self._COLOURS[2 * bands.astype(np.intp) + edge]
        if dots != (height, width):
            across, up = (np.arange(n) * m // n for n, m in zip((width, height), dots[::-1], strict=True))
            picture = picture[up][:, across]
        return np.ascontiguousarray(picture).view(np.uint8).reshape(height, width, 4)
