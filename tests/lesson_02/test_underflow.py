"""Products and sums of logs against loops in the same format, and the next factor against exact fractions."""

import math
from fractions import Fraction

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib.lesson_02 import UnderflowExplorer
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.floats import FORMATS

slider_p = st.integers(1, 99).map(lambda i: round(i / 100, 2))
formats = st.sampled_from(list(FORMATS))


def looped(p, n, name):
    """The product and the sum of logs as a loop in this format has them."""
    kind = FORMATS[name].dtype.type
    product, total = kind(1), kind(0)
    with np.errstate(under="ignore"):
        for _ in range(n):
            product, total = product * kind(p), total + kind(np.log(p))
    return float(product), float(total)


@settings(max_examples=40)
@given(slider_p, st.integers(1, 1000), formats)
def test_product_and_sum_of_logs_are_those_of_a_loop(p, n, name):
    r = UnderflowExplorer.compute(UnderflowExplorer.State(p=p, n=n, format=name))
    product, total = looped(p, n, name)
    assert (r.product, r.log_sum) == (product, total)
    assert r.count[-1] == n
    if product:
        assert r.height[-1] == pytest.approx(math.log2(product), abs=1e-12)
    else:
        assert r.height[-1] < math.log2(FORMATS[name].smallest_subnormal)


@given(slider_p, st.integers(1, 2000), formats)
def test_the_close_up_is_the_next_factor_exactly(p, n, name):
    format = FORMATS[name]
    n = min(n, 1000)
    here, after = (UnderflowExplorer.compute(UnderflowExplorer.State(p=p, n=i, format=name)) for i in (n, n + 1))
    unit, held = Fraction(format.smallest_subnormal), Fraction(format.nearest(p))
    if here.product >= format.smallest_normal:
        assert here.multiple is None
        assert here.step < -4.5, "a normal number's next product lies outside the close-up"
        return
    assert here.multiple * unit == Fraction(here.product)
    assert here.step == pytest.approx(float(here.multiple * (held - 1)), rel=1e-9, abs=1e-12)
    assert (here.multiple + here.landing) * unit == Fraction(after.product)


def test_the_question_of_the_lesson():
    explorer = UnderflowExplorer()
    assert explorer.result.product == 5e-324
    assert "1 × 2⁻¹⁰⁷⁴" in explorer.describe()
    sweep.set_control(explorer, "n", 538)
    assert explorer.result.product == 0
    assert "exactly 0 from factor 538 on" in explorer.describe()
    assert "−745.826 nats" in explorer.describe()
    sweep.set_control(explorer, "format", "float32")
    assert explorer.state.window == "200 factors"
    assert "exactly 0 from factor 75 on" in explorer.describe()


def test_nine_tenths_comes_to_rest():
    explorer = UnderflowExplorer(p=0.9, window="10,000 factors", n=10_000)
    assert explorer.result.at_rest
    assert explorer.result.multiple == 5
    assert explorer.result.landing == 0
    assert "at rest, above 0, from factor 7,050 on" in explorer.describe()
    assert not UnderflowExplorer(p=0.9, window="10,000 factors", n=7049).result.at_rest


def test_the_close_up_says_on_which_side_of_a_half_the_next_product_lies():
    """float64's 0.9 is a hair more than 0.9, float32's a hair less: so the one stops at 5, the other at 4."""
    double, single = FORMATS["float64"], FORMATS["float32"]
    assert Fraction(single.nearest(0.9)) < Fraction(9, 10) < Fraction(double.nearest(0.9))
    explorer = UnderflowExplorer(p=0.9, window="10,000 factors", n=7050)
    assert "k = 5\np × k = 4.50, just above\nrounded: 5" in explorer.figure.view.step_text.get_text()
    first_at_five = next(n for n in range(829, 2000) if looped(0.9, n, "float32")[0] == 5 * single.smallest_subnormal)
    explorer.move(format="float32", window="10,000 factors", n=first_at_five)
    assert "k = 5\np × k = 4.50, just below\nrounded: 4" in explorer.figure.view.step_text.get_text()
    explorer.move(p=0.5, n=149)
    assert "k = 1\np × k = 0.50\nrounded: 0" in explorer.figure.view.step_text.get_text()


def test_a_sum_of_logs_that_stands_still_is_said():
    told = UnderflowExplorer(format="float16", window="10,000 factors", n=10_000).describe()
    assert "−4,096.000 nats, rounded at each step in float16; exactly it would be −13,862.944" in told
    assert "exactly it would be" not in UnderflowExplorer(window="10,000 factors", n=10_000).describe()


def test_every_fall_is_drawn_whole_but_the_dots_stay_few():
    for p in (0.25, 0.9, 0.01):
        r = UnderflowExplorer(p=p, window="10,000 factors", n=10_000).result
        assert r.count.size < 300
        if r.facts.zero:
            assert {r.facts.zero - 1, r.facts.zero} <= set(r.count.tolist())


def test_n_stays_in_the_window_and_a_wider_one_admits_more():
    explorer = UnderflowExplorer()
    explorer.move(window="10,000 factors", n=9000)
    assert explorer.controls["n"].max == 10_000
    assert explorer.controls["n"].value == 9000
    explorer.move(format="float16")
    assert (explorer.state.window, explorer.state.n, explorer.controls["n"].max) == ("50 factors", 50, 50)
    with pytest.raises(InputError, match="n must lie"):
        explorer.move(n=51)
    odd = {"format": ["float16"], "n": 3}
    for wrong in ({"format": ["float16"]}, odd, {"window": "20"}, {"window": None}, {"format": "float8"}):
        with pytest.raises(InputError, match=next(iter(wrong))):
            explorer.move(**wrong)
    assert explorer.controls["n"].max == 50


def test_a_drag_moves_n():
    explorer = UnderflowExplorer()
    sweep.drag_in(explorer, explorer.figure.view.way_axes, (537, -500), (250, -500))
    assert explorer.state.n == pytest.approx(250, abs=2)
