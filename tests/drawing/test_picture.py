"""Pictures copied dot by dot: the same as matplotlib's own, at every resolution."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lessons_lib.drawing.picture import Picture

PIXELS = np.array([[0, 50, 100], [150, 200, 250]], dtype=np.uint8)


def drawn(build, dpi):
    figure = Figure(figsize=(1.2, 0.8), dpi=dpi)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    artist = build(axes)
    axes.set(xlim=(0, 3), ylim=(2, 0))
    canvas.draw()
    return np.array(canvas.buffer_rgba()), artist


@pytest.mark.parametrize("dpi", [100, 150, 200])
def test_a_picture_looks_as_matplotlib_draws_it(dpi):
    ours, _ = drawn(lambda axes: axes.add_artist(Picture(PIXELS)), dpi)
    own = {"cmap": "gray", "vmin": 0, "vmax": 255, "interpolation": "nearest", "extent": (0, 3, 2, 0)}
    theirs, _ = drawn(lambda axes: axes.imshow(PIXELS, **own), dpi)
    np.testing.assert_array_equal(ours, theirs)


def test_new_pixels_replace_the_old():
    before, picture = drawn(lambda axes: axes.add_artist(Picture(PIXELS)), 100)
    picture.set_pixels(PIXELS[::-1])
    picture.figure.canvas.draw()
    np.testing.assert_array_equal(np.array(picture.figure.canvas.buffer_rgba())[::-1], before)
