"""Maps in bands: smooth between the numbers they are given, and the same at every resolution."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lessons_lib.lesson_05.terrain import Terrain, smooth


def test_smooth_goes_through_its_numbers_and_keeps_straight_lines_straight():
    matrix = smooth(11, 101).toarray()
    np.testing.assert_allclose(matrix.sum(axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(matrix[::10], np.eye(11), atol=1e-6)
    np.testing.assert_allclose(matrix @ np.arange(11), np.linspace(0, 10, 101), atol=1e-5)
    curve = np.sin(np.linspace(0, 3, 11))
    np.testing.assert_allclose(matrix @ curve, np.sin(np.linspace(0, 3, 101)), atol=0.01)


def drawn(heights, dpi):
    figure = Figure(figsize=(2, 1), dpi=dpi)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    terrain = Terrain(axes, *(np.arange(count) for count in heights.shape[::-1]))
    terrain.set_heights(heights)
    canvas.draw()
    return np.array(canvas.buffer_rgba()), terrain


def test_low_ground_is_green_high_ground_is_paper_and_the_first_row_is_at_the_bottom():
    heights = np.repeat(np.linspace(0.5, 40, 9)[:, None], 17, axis=1)
    picture, _ = drawn(heights, 100)
    assert picture.shape == (100, 200, 4)
    red = picture[:, 100, 0].astype(int)
    assert red[0] == 255
    assert red[-1] < 160
    assert np.sum(np.diff(red) != 0) >= 2 * 25, "bands, and a line between each two"


@pytest.mark.parametrize("ratio", [1.5, 2.0, 3.0])
def test_finer_screens_get_the_same_picture(ratio):
    heights = 12 * np.add.outer(np.linspace(-1, 1, 9) ** 2, np.linspace(-1, 1, 17) ** 2)
    coarse, _ = drawn(heights, 100)
    fine, _ = drawn(heights, 100 * ratio)
    rows, columns = (np.arange(n) * m // n for n, m in ((fine.shape[0], 100), (fine.shape[1], 200)))
    same = (coarse[::-1][rows][::-1][:, columns] == fine).all(axis=-1)
    assert same.mean() > 0.99


def test_no_heights_draw_nothing_and_new_ones_replace_the_old():
    heights = np.full((5, 5), 3.0)
    picture, terrain = drawn(heights, 100)
    terrain.set_heights(heights + 10)
    terrain.figure.canvas.draw()
    assert (np.array(terrain.figure.canvas.buffer_rgba()) != picture).any()
    terrain.set_heights(None)
    terrain.figure.canvas.draw()
    assert (np.array(terrain.figure.canvas.buffer_rgba())[..., :3] == 255).all()
