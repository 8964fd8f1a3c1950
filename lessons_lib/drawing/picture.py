"""Pictures copied dot by dot: matplotlib's own images are resampled at every drawing, at several times the cost."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.transforms import Bbox, TransformedBbox
from numpy.typing import NDArray

Dots = NDArray[np.uint8]


class Copied(Artist):
    """Dots over a box of its axes, made by `paint` when they have changed and kept until then."""

    def __init__(self):
        super().__init__()
        self._painted: Dots | None = None

    def paint(self, height: int, width: int) -> Dots:
        """Return RGBA dots for a box of that many pixels, the first row at the bottom: shape (height, width, 4)."""
        raise NotImplementedError

    def box(self):
        """Return where it is, in the pixels of the figure."""
        return self.axes.bbox

    def renew(self) -> None:
        """Paint anew at the next drawing."""
        self._painted = None

    def draw(self, renderer) -> None:
        """Copy the dots to where they belong."""
        box = self.box()
        left, bottom = round(box.x0), round(box.y0)
        size = round(box.y1) - bottom, round(box.x1) - left
        if self._painted is None or self._painted.shape[:2] != size:
            self._painted = self.paint(*size)
        gc = renderer.new_gc()
        renderer.draw_image(gc, left, bottom, self._painted)
        gc.restore()


class Picture(Copied):
    """A picture of few pixels, each a square of dots, from 0 to its width and height, y growing downwards."""

    def __init__(self, pixels: Dots):
        super().__init__()
        self.set_pixels(pixels)

    def set_pixels(self, pixels: Dots) -> None:
        """Show these grey pixels, the first row at the top: shape (height, width)."""
        self._pixels = pixels
        self.renew()

    def box(self):
        """Return the box that is as many units of the axes wide and high as the picture has pixels."""
        height, width = self._pixels.shape
        return TransformedBbox(Bbox.from_bounds(0, 0, width, height), self.axes.transData)

    def paint(self, height: int, width: int) -> Dots:
        """Return the pixels as squares of dots."""
        down, across = ((np.arange(n) + 0.5) * m / n for n, m in zip((height, width), self._pixels.shape, strict=True))
        grey = self._pixels[down.astype(int)[::-1, None], across.astype(int)]
        return np.dstack([grey, grey, grey, np.full_like(grey, 255)])
