"""Bitmaps, their counts, and the strokes of a pen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import uniform_filter

from lessons_lib.lesson_03 import bitmap
from lessons_lib.maths import digits
from lessons_lib.maths.errors import InputError

BITMAPS = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).random((32, 32)) < seed / 10_000)


@given(BITMAPS)
def test_counts_against_a_mean_filter(dots):
    means = uniform_filter(dots.astype(float), 4, origin=(-2, -2), mode="constant")[::4, ::4]
    np.testing.assert_allclose(bitmap.counts(dots), 16 * means, atol=1e-9)
    np.testing.assert_allclose(bitmap.image(dots), means.ravel(), atol=1e-9)


@given(BITMAPS)
def test_rows_and_back(dots):
    rows = bitmap.to_rows(dots)
    assert all(type(row) is int for row in rows)
    assert rows[0] == int("".join("1" if dot else "0" for dot in dots[0]), 2)
    np.testing.assert_array_equal(bitmap.from_rows(rows), dots)


@pytest.mark.parametrize("number", range(0, 1797, 50))
def test_a_digit_s_bitmap_has_exactly_its_counts(number):
    wanted = (16 * digits.digits().images[number]).reshape(8, 8)
    np.testing.assert_array_equal(bitmap.counts(bitmap.bitmap_of(wanted)), wanted)


@given(st.lists(st.integers(0, 16), min_size=64, max_size=64))
def test_any_counts_can_be_made(counts):
    wanted = np.reshape(counts, (8, 8))
    np.testing.assert_array_equal(bitmap.counts(bitmap.bitmap_of(wanted)), wanted)


POINTS = st.tuples(st.floats(-10, 42), st.floats(-10, 42))


@given(POINTS, POINTS, st.floats(0.1, 5))
def test_a_stroke_holds_the_dots_near_its_line(start, end, radius):
    drawn = bitmap.stroke(start, end, radius)
    along = np.linspace(0, 1, 800)[:, None, None]
    y, x = np.mgrid[:32, :32] + 0.5
    far = np.hypot(start[0] + along * (end[0] - start[0]) - x, start[1] + along * (end[1] - start[1]) - y).min(axis=0)
    assert drawn[far <= radius - 0.1].all()
    assert not drawn[far > radius + 1e-9].any()


@pytest.mark.parametrize("wrong", [np.full((8, 8), 17), np.full((8, 8), -1), np.full((8, 8), 0.5), np.zeros(64)])
def test_impossible_counts_are_named(wrong):
    with pytest.raises(InputError, match="block_counts"):
        bitmap.bitmap_of(wrong)


@pytest.mark.parametrize("wrong", [(), (0,) * 31, (2**32,) * 32, (-1,) * 32, (0.5,) * 32, (True,) * 32, ("0",) * 32])
def test_impossible_rows_are_named(wrong):
    with pytest.raises(InputError, match="bitmap"):
        bitmap.from_rows(wrong)
