"""Rows of shares that make room for each other."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib.explorer.rows import DIGITS, UNITS, moved, parts, resized, whole_parts, with_percentage, with_share
from lessons_lib.maths.errors import InputError

SHARES = st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any).map(lambda w: tuple(v / sum(w) for v in w))


rows = st.lists(st.integers(0, 1000), min_size=2, max_size=12).filter(any)


@given(rows, st.integers(0, 11), st.floats(0, 1), st.sets(st.integers(0, 11)))
def test_the_others_make_room_in_proportion_and_locked_ones_stay(weights, outcome, value, locked):
    row = resized(tuple(w / sum(weights) for w in weights), len(weights))
    outcome, locked = outcome % len(row), tuple(i for i in sorted(locked) if i < len(row))
    after = moved(row, outcome, value, locked)
    assert math.fsum(after) == pytest.approx(1, abs=1e-12)
    assert min(after) >= 0
    held = [i for i in locked if i != outcome]
    assert all(after[i] == row[i] for i in held)
    free = [i for i in range(len(row)) if i not in (*locked, outcome)]
    if not free:
        assert after == row
        return
    assert after[outcome] == pytest.approx(min(value, 1 - sum(row[i] for i in held)), abs=2 * 10**-DIGITS)
    if (before := sum(row[i] for i in free)) > 0:
        left = 1 - after[outcome] - sum(row[i] for i in held)
        assert [after[i] for i in free] == pytest.approx([row[i] / before * left for i in free], abs=12 * 10**-DIGITS)


def test_a_row_of_another_length():
    assert resized((0.5, 0.5), 4) == (0.25, 0.25, 0.25, 0.25)
    assert resized((0.5, 0.25, 0.25), 2) == pytest.approx((2 / 3, 1 / 3), abs=1e-9)
    assert resized((0.0, 0.0, 1.0), 2) == (0.5, 0.5)


@given(SHARES, st.integers(0, 3), st.integers(0, 100).map(lambda i: i / 100))
def test_setting_one_share_keeps_the_proportions_of_the_others(given_shares, index, value):
    changed = np.array(with_share(given_shares, index, value))
    assert changed[index] == value
    assert changed.sum() == pytest.approx(1, abs=1e-14)
    np.testing.assert_allclose(100 * changed, np.round(100 * changed), atol=1e-9)
    others, before = np.delete(changed, index), np.delete(given_shares, index)
    if not before.sum():
        before = np.ones(3)
    np.testing.assert_allclose(others, before / before.sum() * (1 - value), atol=0.01)


def test_whole_parts_of_any_total():
    assert whole_parts([5, 3, 2], 100).tolist() == [50, 30, 20]
    assert whole_parts([0, 0], 50).tolist() == [25, 25]
    assert whole_parts([2, 1], 0).tolist() == [0, 0]
    assert whole_parts([2, 1, 1], 100 - 12.34).tolist() == pytest.approx([43.66, 22, 22], abs=1e-9)
    assert whole_parts([1, 0, 0], 400, least=1).tolist() == [398, 1, 1]


def test_impossible_shares_are_named():
    for shares_, value in (((0.5, 0.5), 1.5), ((0.5, 0.5), -0.1), ((1.0,), 0.5)):
        with pytest.raises(InputError, match="share"):
            with_share(shares_, 0, value)


# Parts of 400

WEIGHTS = st.tuples(*[st.floats(0.01, 100)] * 8)


@settings(max_examples=80, deadline=None)
@given(WEIGHTS, st.integers(2, 8))
def test_whole_parts_are_near_the_weights(weights, count):
    whole = parts(weights, count)
    assert sum(whole) == UNITS
    assert min(whole) >= 1
    shares = np.array(weights[:count]) / sum(weights[:count]) * UNITS
    assert np.all(np.abs(whole - shares) < 1 + count * (shares.min() < 1))


@settings(max_examples=100, deadline=None)
@given(WEIGHTS, st.integers(2, 8), st.integers(0, 7), st.integers(1, 399))
def test_room_is_made_on_the_right_first(weights, count, at, quarters):
    shown, at, value = weights[:count], min(at, count - 1), quarters / 4
    moved = np.array(with_percentage(shown, at, value))
    before = np.array(shown) * 100 / sum(shown)
    assert moved.min() > 0
    for others in (slice(0, at), slice(at + 1, count)):
        kept = before[others] * (moved[others].sum() / max(before[others].sum(), 1e-300))
        np.testing.assert_allclose(moved[others], kept, rtol=1e-9)
    if at < count - 1 and before[:at].sum() + value <= 100 - 0.25 * (count - 1 - at) and before[:at].sum() >= 0.25:
        np.testing.assert_allclose(moved[:at], before[:at], rtol=1e-9)
        assert moved.sum() == pytest.approx(100)
    assert moved[at] == value
