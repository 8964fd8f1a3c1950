"""The explorer that drags points along a convex curve, and the proof by it that KL is never negative."""

import math

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from lessons_lib.lesson_04 import JensenExplorer
from lessons_lib.lesson_04.jensen_explorer import KL, PICTURES
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.jensen import FUNCTIONS


def shares(count):
    """Distributions over four outcomes of which the first `count` have something, zeros among them."""
    weights = st.lists(st.integers(0, 20), min_size=count, max_size=count).filter(any)
    return weights.map(lambda w: tuple(v / sum(w) for v in w) + (0.0,) * (4 - count))


def test_weights_that_sum_to_1_but_for_rounding_leave_no_gap_below_0():
    explorer = JensenExplorer(shown="|x − 1|", points=(1.2, 1.8, 2.4, 1.6), weights=(0.4, 0.3, 0.3 + 1e-10, 0.0))
    assert explorer.result.gap == 0


@settings(max_examples=150)
@given(st.data(), st.integers(2, 4))
def test_kl_is_gap_and_what_lies_outside(data, count):
    p, q = data.draw(shares(count)), data.draw(shares(count))
    r = _result(shown=KL, count=count, weights=p, q=q)
    exact = special.rel_entr(p, q).sum()
    assert r.mean_f == pytest.approx(exact, rel=1e-11, abs=1e-12)
    outside = sum(b for a, b in zip(p, q, strict=True) if a == 0)
    assert r.f_mean == pytest.approx(-math.log(1 - outside) if outside < 1 else math.inf, rel=1e-11, abs=1e-15)
    assert r.mean == pytest.approx(1 - outside, abs=1e-12)
    assert r.gap >= 0
    assert r.f_mean >= 0
    assert r.mean_f == pytest.approx(r.gap + r.f_mean, rel=1e-12, abs=1e-12)


@settings(max_examples=100)
@given(st.sampled_from(tuple(FUNCTIONS)), st.data(), st.integers(2, 4))
def test_the_mean_of_f_never_lies_below_f_of_the_mean(shown, data, count):
    convex = FUNCTIONS[shown]
    whole = st.integers(math.ceil(100 * convex.least), math.floor(100 * convex.greatest)).map(lambda i: i / 100)
    points = tuple(data.draw(st.lists(whole, min_size=4, max_size=4)))
    r = _result(shown=shown, count=count, points=points, weights=data.draw(shares(count)))
    assert r.gap >= 0
    assert r.gap == pytest.approx(r.mean_f - r.f_mean, abs=1e-12)
    seen = r.x[r.weights > 0]
    if shown != "|x − 1|":
        assert (r.gap == 0) == (np.unique(seen).size == 1), "a strictly convex function has a gap"


def _result(**state):
    explorer = JensenExplorer.__new__(JensenExplorer)  # no figure is needed
    return JensenExplorer.compute(explorer.settle(JensenExplorer.State(**state)))


def test_the_step_about_the_support():
    """001-53: the chain ends in −ln q(where p > 0), not in 0."""
    r = _result(shown=KL, weights=(0.5, 0.5, 0.0, 0.0), q=(0.4, 0.4, 0.2, 0.0))
    assert r.f_mean == pytest.approx(0.223143551, abs=5e-10)
    assert r.mean_f == pytest.approx(-math.log(0.8), rel=1e-14)
    assert r.gap == 0


@pytest.mark.parametrize(
    ("p", "q", "gap", "outside"),
    [
        ((0.5, 0.5, 0.0, 0.0), (0.5, 0.0, 0.5, 0.0), math.inf, math.log(2)),
        ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), 0.0, math.inf),
        ((1.0, 0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0), 0.0, 0.0),
    ],
)
def test_zeros_and_infinities(p, q, gap, outside):
    explorer = JensenExplorer(shown=KL, weights=p, q=q)
    r = explorer.result
    assert (r.gap, r.f_mean) == (gap, pytest.approx(outside))
    assert r.mean_f == pytest.approx(special.rel_entr(p, q).sum())
    sweep.healthy(explorer, "zeros")


@pytest.mark.parametrize("shown", PICTURES)
def test_another_number_of_points_keeps_all_shares_right(shown):
    explorer = JensenExplorer(shown=shown)
    for count in (4, 2, 3, 4, 3):
        explorer.controls["count"].value = count
        sweep.healthy(explorer, count)
        assert explorer.result.x.size == count
        for held in (explorer.state.weights, explorer.state.q):
            assert sum(held) == pytest.approx(1, abs=1e-12)
            assert not any(held[count:])
    assert explorer.state.chosen <= 3


def test_a_weight_takes_from_the_others_in_proportion():
    explorer = JensenExplorer(weights=(0.4, 0.4, 0.2, 0.0), chosen=1)
    explorer.controls["weight"].value = 0.1
    assert explorer.state.weights == (0.1, 0.6, 0.3, 0.0)
    explorer.controls["weight"].value = 1.0
    assert explorer.result.gap == 0
    explorer.controls["weight"].value = 0.5
    assert explorer.state.weights == (0.5, 0.25, 0.25, 0.0), "no proportion is left: equal shares"


def test_dragging_a_point_and_a_bar():
    explorer = JensenExplorer()
    view, to_figure = explorer.figure.view, explorer.figure.fig.transFigure.inverted()

    def at(axes, *place):
        return to_figure.transform(axes.transData.transform(place))

    sweep.drag_in(explorer, view.curve_axes, (1.5, 2.25), (-0.5, 1.0), gesture=1)
    assert explorer.state.chosen == 3
    assert explorer.state.points[2] == pytest.approx(-0.5, abs=0.02)
    sweep.drag_in(explorer, view.bar_axes, (2, 0.2), (2, 0.8), gesture=2)
    assert explorer.state.weights[1] == pytest.approx(0.8, abs=0.02)
    explorer.controls["shown"].value = KL
    sweep.drag_in(explorer, view.bar_axes, (2.2, 0.2), (2.2, 0.6), gesture=3)
    assert explorer.state.q[1] == pytest.approx(0.6, abs=0.02)
    p, (x, y) = explorer.result.weights, (explorer.result.x[0], explorer.result.f[0])
    sweep.drag_in(explorer, view.curve_axes, (x, y), (0.9, 1.0), gesture=4)
    assert explorer.state.q[0] == pytest.approx(0.9 * p[0], abs=0.02)


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": (0.0, 1.0, 2.0, 3.0)},
        {"points": (0.0,) * 3},
        {"points": "abcd"},
        {"weights": (0.5, 0.4, 0.0, 0.0)},
        {"weights": (1.5, -0.5, 0.0, 0.0)},
        {"weights": (math.nan,) * 4},
        {"q": 3},
        {"q": ("a",) * 4},
        {"shown": "sin x"},
        {"count": 5},
    ],
    ids=str,
)
def test_an_impossible_state_is_named(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        JensenExplorer(**wrong)
    explorer = JensenExplorer()
    before = explorer.state
    with pytest.raises(InputError, match=next(iter(wrong))):
        explorer.move(**wrong)
    assert explorer.state == before
