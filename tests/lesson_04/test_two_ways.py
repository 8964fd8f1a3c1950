"""The loss in pieces: by example and by outcome the same sum."""

import math

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lessons_lib.lesson_04 import TwoWaysExplorer
from lessons_lib.lesson_04.two_ways_explorer import MOST
from lessons_lib.lesson_04.two_ways_view import LONGEST
from lessons_lib.maths.errors import InputError

WEIGHTS = st.tuples(*[st.floats(0.01, 1)] * 4)


@settings(max_examples=60)
@given(WEIGHTS, st.integers(1, MOST), st.integers(0, 9))
def test_both_sums_are_the_mean_surprisal(weights, n, seed):
    q = tuple(np.divide(weights, sum(weights)))
    r = TwoWaysExplorer.compute(TwoWaysExplorer.State(q=q, n=n, seed=seed))
    expected = -np.mean(np.log(np.array(q)[r.outcomes]))
    assert r.outcomes.size == n
    for total in (r.by_examples, r.by_outcomes, r.of_examples.sum(), r.of_outcomes.sum()):
        assert total == pytest.approx(expected, rel=1e-12, abs=1e-15)
    assert f"{r.by_examples:.9f}" == f"{r.by_outcomes:.9f}"
    assert r.lowest == pytest.approx(stats.entropy(np.bincount(r.outcomes)), abs=1e-12)
    assert r.lowest <= expected + 1e-12


def test_it_opens_with_two_pictures_and_few_controls():
    explorer = TwoWaysExplorer()
    assert len(explorer.figure.fig.axes) == 2
    assert len(explorer.controls) == 5
    assert "Example by example the loss is 1.416773115 nats, outcome by outcome 1.416773115." in explorer.describe()


def test_more_examples_leave_those_that_are_there():
    long = TwoWaysExplorer.compute(TwoWaysExplorer.State(n=MOST))
    short = TwoWaysExplorer.compute(TwoWaysExplorer.State(n=7))
    np.testing.assert_array_equal(short.outcomes, long.outcomes[:7])


def test_the_pieces_lie_end_to_end_and_what_is_too_long_ends_in_an_arrow():
    explorer = TwoWaysExplorer()
    view = explorer.figure.view
    widths = [polygons.get_path().get_extents().width for polygons in view.pieces]
    assert max(widths) <= explorer.result.by_examples + 1e-12
    assert view.beyond.get_xdata().size == 0
    explorer.move(q=(0.0, 0.4, 0.3, 0.3))
    assert explorer.result.by_examples == math.inf
    assert "q gives 0 to what happened." in explorer.describe()
    assert view.beyond.get_xdata().tolist() == [LONGEST, LONGEST]


def test_a_diamond_is_dragged_and_the_others_make_room():
    explorer = TwoWaysExplorer()
    view = explorer.figure.view
    to_figure = explorer.figure.fig.transFigure.inverted().transform
    start, end = (to_figure(view.draggable[0].transData.transform((0, height))) for height in (0.25, 0.5))
    sweep.drag(explorer, *start, *end)
    assert explorer.state.q == pytest.approx((0.5, 0.8 / 3, 0.4 / 3, 0.1), abs=1e-6)
    assert explorer.state.chosen == "A"


def test_what_is_no_model_is_named():
    for wrong in ((), (0.5, 0.5), (1, 1, 1, 1), "abcd"):
        with pytest.raises(InputError, match="q"):
            TwoWaysExplorer(q=wrong)
