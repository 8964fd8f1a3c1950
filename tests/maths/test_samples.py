"""Samples that only grow, and means over them, against numpy and scipy."""

import codecs
import contextlib
import io
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.samples import ZEN, counts_within, draw, expected, spread


def test_the_zen_is_what_python_prints():
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        import this
    assert codecs.decode(this.s, "rot13") == printed.getvalue().rstrip("\n") or not printed.getvalue()
    letters = Counter(c for c in codecs.decode(this.s, "rot13").lower() if c.isalpha())
    assert letters == ZEN
    assert list(ZEN) == sorted(ZEN)


def test_a_sample_only_grows_and_has_the_right_shares():
    p = [0.1, 0.0, 0.6, 0.3]
    long = draw(p, seed=3, most=20_000)
    for most in (1, 7, 500):
        np.testing.assert_array_equal(draw(p, seed=3, most=most), long[:most])
    counts = np.bincount(long, minlength=4)
    assert counts[1] == 0
    assert stats.chisquare(counts[[0, 2, 3]], 20_000 * np.array([0.1, 0.6, 0.3])).pvalue > 0.001
    assert (draw(p, seed=4, most=20_000) != long).any()


def test_counts_within_are_those_of_the_first_ones():
    outcomes = draw([0.5, 0.2, 0.3], seed=1, most=100)
    for n, row in zip((1, 5, 100), counts_within(outcomes, 3, [1, 5, 100]), strict=True):
        np.testing.assert_array_equal(row, np.bincount(outcomes[:n], minlength=3))


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=8), st.integers(0, 99))
def test_mean_and_spread_against_scipy(weights, seed):
    p = np.array(weights) / sum(weights)
    values = np.random.default_rng(seed).normal(size=p.size)
    exact = stats.rv_discrete(values=(np.arange(p.size), p))
    assert expected(p, values) == pytest.approx(exact.expect(lambda k: values[k.astype(int)]), abs=1e-12)
    assert spread(p, values) == pytest.approx(math.sqrt(p @ values**2 - (p @ values) ** 2), abs=1e-7)


def test_what_cannot_happen_does_not_count():
    assert spread([0.5, 0.5, 0.0], np.array([1.0, 1.0, np.inf])) == 0
    assert spread([0.5, 0.5], np.array([1.0, np.inf])) == np.inf
    assert expected([0.5, 0.5], np.array([1.0, np.inf])) == np.inf
    assert spread([1 / 3] * 3, -np.log([1 / 3] * 3)) == 0
    with pytest.raises(InputError, match="p sums to"):
        draw([0.5, 0.4], seed=1, most=3)
