"""A view apart from any explorer, and bars."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.view import View


class Sized(View):
    """Shows a number on an axis that is as long as the number's tens."""

    def build(self, figure, r):
        self.ax = figure.subplots()
        self.backgrounds = 0
        self.dot = self.moves(self.ax.plot([], [], marker="o"))
        self.several = self.moves([self.ax.text(0, 0, "a"), self.ax.text(0, 0, "b")], in_layout=True)

    def key(self, r):
        return r // 10

    def set_background(self, r):
        self.backgrounds += 1
        self.ax.set_xlim(0, 10 * (r // 10 + 1))

    def update(self, r):
        self.dot.set_data([r], [0.5])


def test_what_moves_is_registered_in_order_and_leaves_the_layout_alone():
    view = Sized(Figure(), 3)
    assert view.moving == [view.dot, *view.several]
    assert [artist.get_in_layout() for artist in view.moving] == [False, True, True]


def test_the_background_is_set_for_a_new_key_alone():
    view = Sized(Figure(), 3)
    assert (view.backgrounds, view.ax.get_xlim()) == (1, (0, 10))
    view.show(7)
    assert view.backgrounds == 1
    assert view.dot.get_xdata() == [7]
    view.show(17)
    assert (view.backgrounds, view.ax.get_xlim()) == (2, (0, 20))


@pytest.mark.parametrize(("between", "gap"), [(np.nan, np.nan), (0, 0.0)])
def test_bars_have_gaps_between_them(between, gap):
    ax = Figure().subplots()
    bars = Bars(ax, 0.8, color="k", between=between)
    assert bars in ax.patches
    bars.put([1.0, 2.0, np.nan])
    values, edges, _ = bars.get_data()
    np.testing.assert_array_equal(values, [1, gap, 2, gap, np.nan])
    np.testing.assert_allclose(edges, [-0.4, 0.4, 0.6, 1.4, 1.6, 2.4])
    bars.put([0.5], at=[3], width=1)
    values, edges, _ = bars.get_data()
    np.testing.assert_array_equal(values, [0.5])
    np.testing.assert_array_equal(edges, [2.5, 3.5])
    bars.put([], at=[])
    np.testing.assert_array_equal(bars.get_data().values, [np.nan])
