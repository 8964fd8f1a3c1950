"""Softmax typed naively: the number line, the float formats, Z and the entropy."""

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from lessons_lib.lesson_03 import LogitsExplorer, OverflowExplorer
from lessons_lib.lesson_03.logits_explorer import TEN
from lessons_lib.maths.floats import FORMATS
from lessons_lib.maths.logits import TEN_SCORES

logits = st.tuples(*[st.integers(-60, 60).map(lambda i: i / 10)] * 10)


@settings(max_examples=60)
@given(logits, st.integers(3, 10), st.floats(0.1, 10), st.sampled_from(list(FORMATS)), st.floats(-1, 1))
def test_what_is_shown_against_scipy(z, count, temperature, dtype, part):
    shift = 25 * part
    r = OverflowExplorer.compute(
        OverflowExplorer.State(logits=z, count=count, temperature=temperature, dtype=dtype, shift=shift)
    )
    exponents = (np.array(z[:count]) + shift) / temperature
    np.testing.assert_allclose(r.probabilities, special.softmax(np.array(z[:count]) / temperature), rtol=1e-11)
    assert r.log10_z == pytest.approx(special.logsumexp(exponents) / np.log(10), rel=1e-11, abs=1e-11)
    assert r.entropy_bits == pytest.approx(special.entr(r.probabilities).sum() / np.log(2), rel=1e-12)
    low, high = r.limits
    with np.errstate(all="ignore"):
        powers = np.exp(exponents.astype(dtype))
    np.testing.assert_array_equal(np.isinf(powers[exponents > high + 0.02]), True)
    np.testing.assert_array_equal(powers[exponents < low - 0.02], 0)
    assert (None in r.naive) == bool(np.isinf(powers).any() or (powers == 0).all())


def test_adding_a_number_changes_no_probability_and_breaks_the_formula_as_on_paper():
    explorer = OverflowExplorer()
    before = explorer.result.probabilities
    sweep.set_control(explorer, "shift", 9.0)
    np.testing.assert_allclose(explorer.result.probabilities, before, rtol=1e-14)
    assert explorer.result.naive[3] is None
    assert "overflows for 2" in explorer.describe()
    sweep.set_control(explorer, "dtype", "float32")
    assert None not in explorer.result.naive
    sweep.set_control(explorer, "shift", -125.0)
    assert "0/0" in explorer.describe()


def test_a_slider_s_last_digits_are_dropped():
    """The slider in the browser comes back to 1 as 0.1 + 900 times 0.001, and to 3.4 as -6 + 94 times 0.1."""
    explorer = OverflowExplorer(temperature=0.5, shift=9.0)
    sweep.set_control(explorer, "value", -6 + 94 * 0.1 + 1e-15)
    sweep.set_control(explorer, "temperature", 0.9999999999999999)
    assert explorer.state.logits == TEN_SCORES
    assert explorer.state.scores == TEN
    assert "03_overflow_and_nothing_changes" in explorer._reached


def test_the_verdict_when_only_the_sum_overflows():
    explorer = OverflowExplorer(logits=(6.0,) * 10, shift=5.0)
    assert "the sum of the e^x overflows" in explorer.describe()
    assert explorer.result.probabilities == pytest.approx(0.1)


def test_huge_scores():
    """Softmax of 1000, 999, 997 is 0.705385, 0.259496, 0.035119, and NaN as on paper."""
    explorer = OverflowExplorer()
    sweep.set_control(explorer, "scores", "1000, 999, 997 (c = 997)")
    assert explorer.result.exponents.tolist() == [1000, 999, 997]
    assert explorer.result.probabilities == pytest.approx([0.705385, 0.259496, 0.035119], abs=5e-7)
    assert explorer.result.naive == (None, None, None)


def test_it_shows_what_the_smaller_figure_shows():
    small, large = LogitsExplorer(), OverflowExplorer()
    for explorer in (small, large):
        explorer.move(shift=5.0, temperature=2.0)
    for name, value in vars(small.result).items():
        np.testing.assert_array_equal(value, getattr(large.result, name))
    assert large.describe().startswith(small.describe())
    assert 10 ** OverflowExplorer().result.log10_z == pytest.approx(53.451264610, abs=1e-9)


def test_dragging_the_dots():
    explorer = OverflowExplorer()
    sweep.drag_in(explorer, explorer.figure.view.line_axes, (0, 0.5), (7, 0.5), gesture=2)
    assert explorer.state.shift == pytest.approx(7, abs=0.06)
    explorer.move(temperature=2.0)
    sweep.drag_in(explorer, explorer.figure.view.line_axes, (0, 0.5), (-3, 0.5), gesture=3)
    assert explorer.state.shift == pytest.approx(1, abs=0.11)
