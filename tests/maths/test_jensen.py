"""Jensen's gap against mpmath: convex functions, weighted points, and ratios q/p."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.jensen import FUNCTIONS, jensen, ratios

EXACT = {
    "x²": lambda x: x**2,
    "eˣ": mpmath.exp,
    "−ln x": lambda x: -mpmath.log(x),
    "x ln x": lambda x: x * mpmath.log(x) if x else mpmath.mpf(0),
    "|x − 1|": lambda x: abs(x - 1),
}


WEIGHTS = st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any).map(lambda w: [v / sum(w) for v in w])
"""Distributions over four outcomes, zeros among them."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_are_convex_and_what_they_are_called(name):
    convex = FUNCTIONS[name]
    x = np.linspace(convex.least, convex.greatest, 201)
    y = convex.f(x)
    assert np.diff(y, 2).min() > -1e-12
    for at in (0, 77, 200):
        assert y[at] == pytest.approx(float(EXACT[name](mpmath.mpf(float(x[at])))), rel=1e-14, abs=1e-15)


@given(st.sampled_from(tuple(FUNCTIONS)), st.data())
def test_jensen_against_mpmath(name, data):
    convex = FUNCTIONS[name]
    points = data.draw(st.lists(st.floats(convex.least, convex.greatest), min_size=4, max_size=4))
    weights = data.draw(WEIGHTS)
    mean, mean_f, f_mean = jensen(convex.f, points, weights)
    w, x = [mpmath.mpf(v) for v in weights], [mpmath.mpf(v) for v in points]
    exact_mean = sum(a * b for a, b in zip(w, x, strict=True))
    assert mean == pytest.approx(float(exact_mean), rel=1e-12, abs=1e-12)
    assert mean_f == pytest.approx(float(sum(a * EXACT[name](b) for a, b in zip(w, x, strict=True))), abs=1e-12)
    assert f_mean == pytest.approx(float(EXACT[name](max(exact_mean, convex.least))), abs=1e-10)
    assert mean_f >= f_mean - 1e-12


def test_jensen_names_what_is_no_weight_or_point():
    with pytest.raises(InputError, match=r"weights sum to 1\.1, not 1"):
        jensen(np.square, [1, 2], [0.5, 0.6])
    with pytest.raises(InputError, match="points must be finite"):
        jensen(np.square, [1, math.nan], [0.5, 0.5])


def test_ratios_where_p_is_zero_have_no_say():
    assert ratios([0.5, 0.5, 0.0], [0.0, 0.4, 0.6]).tolist() == [0.0, 0.8, 1.0]
    with pytest.raises(InputError, match="one shape"):
        ratios([1.0], [0.5, 0.5])
