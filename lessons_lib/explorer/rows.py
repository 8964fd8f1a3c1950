"""Rows of numbers of which a control moves one: reading them, and shares of a whole that make room for each other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons_lib.maths.errors import InputError

DIGITS = 9
"""Probabilities are rounded to so many digits, so that q can be made equal to p by hand."""
UNITS = 400
"""Probabilities of a code are whole multiples of 1/400, so that every comparison is exact."""
LEAST = 100 / UNITS
"""The least probability of a code, in per cent."""


def read_row(name: str, values: Any, bounds: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """Return as many numbers as there are bounds, each within its own, or raise InputError."""
    try:
        row = tuple(map(float, values))
    except (TypeError, ValueError):
        row = ()
    if len(row) != len(bounds) or not all(a - 1e-9 <= x <= b + 1e-9 for x, (a, b) in zip(row, bounds, strict=True)):
        told = " and ".join(f"from {a:g} to {b:g}" for a, b in dict.fromkeys(bounds)).replace("-", "−")
        raise InputError(f"{name} must be {len(bounds)} numbers {told}, not {values!r:.60}")
    return row


def put(row: tuple, at: int, value: Any) -> tuple:
    """Return a row with another value at this place."""
    return (*row[:at], value, *row[at + 1 :])


# Shares that sum to 1, to nine digits


def rounded(weights: Sequence[float]) -> NDArray[np.float64]:
    """Return weights divided by their sum and rounded, so that they sum to 1: the greatest takes the remainder."""
    shares = np.round(np.divide(weights, np.sum(weights)), DIGITS)
    top = shares.argmax()
    shares[top] = round(1 - float(np.delete(shares, top).sum()), DIGITS)
    return shares


def moved(row: tuple[float, ...], outcome: int, value: float, locked: tuple[int, ...] = ()) -> tuple[float, ...]:
    """Give an outcome another probability: others that are not locked share the rest in their old proportions.

    outcome, locked: counted from 0. What other locked ones leave is the most that the outcome can get. Where the free
    ones have nothing to be in proportion to, they share alike.
    """
    shares = np.array(row)
    free = [i for i in range(len(row)) if i != outcome and i not in locked]
    if not free:
        return row
    left = max(round(1 - sum(row[i] for i in locked if i != outcome), DIGITS), 0.0)
    shares[outcome] = round(min(max(value, 0.0), left), DIGITS)
    weights = shares[free] if shares[free].any() else np.ones(len(free))
    shares[free] = np.round(weights / weights.sum() * (left - shares[outcome]), DIGITS)
    top = free[int(shares[free].argmax())]
    shares[top] = max(round(1 - float(np.delete(shares, top).sum()), DIGITS), 0.0)
    return tuple(shares.tolist())


def resized(row: tuple[float, ...], count: int) -> tuple[float, ...]:
    """Leave outcomes out, or give new ones 1/count each; the others keep their proportions."""
    kept = np.array(row[:count]) if any(row[:count]) else np.ones(min(count, len(row)))
    kept = kept / kept.sum() * min(1, len(row) / count)
    return tuple(rounded([*kept, *[1 / count] * (count - kept.size)]).tolist())


# Whole parts: hundredths, and 400ths


def whole_parts(weights: ArrayLike, total: float, least: int = 0) -> NDArray[np.float64]:
    """Whole numbers, none below `least`, that sum to a total and come nearest to the proportions of the weights.

    Equal ones where the weights are all 0. If the total is no whole number, the greatest of them has the rest.

    >>> whole_parts([1, 1, 1], 100).tolist()
    [34.0, 33.0, 33.0]
    """
    weights = np.array(weights, float)
    weights = weights if weights.any() else np.ones(weights.size)
    wanted = weights * (total / weights.sum())
    whole = np.maximum(np.floor(wanted + 1e-9), least)
    missing = max(int(total - whole.sum() + 1e-9), 0)
    whole[np.argsort(whole - wanted, kind="stable")[:missing]] += 1
    whole[whole.argmax()] += round(total - whole.sum(), 12)
    return whole


def with_share(shares: Sequence[float], index: int, value: float) -> tuple[float, ...]:
    """Shares that sum to 1, one of them set to a value, the others in their proportions, to the nearest hundredth.

    >>> with_share([0.5, 0.25, 0.25], 0, 0.8)
    (0.8, 0.1, 0.1)
    """
    if len(shares) < 2 or not 0 <= value <= 1:
        raise InputError(f"a share of {value:g} among {len(shares)} cannot be")
    return tuple(np.insert(whole_parts(np.delete(shares, index), 100 * (1 - value)) / 100, index, value).tolist())


def parts(weights: tuple[float, ...], count: int) -> list[int]:
    """Return the first `count` weights as whole 400ths, none of them 0, that add up to 400."""
    return whole_parts(weights[:count], UNITS, least=1).astype(int).tolist()


def with_percentage(weights: tuple[float, ...], at: int, value: float) -> tuple[float, ...]:
    """Return weights that sum to 100 with `value` at this place, the others keeping their proportions.

    Those to the right take what is left over, so that probabilities can be set one after the other; where they
    cannot shrink any more, those to the left make room.
    """
    at = min(at, len(weights) - 1)
    left, right = np.array(weights[:at]), np.array(weights[at + 1 :])
    room, scale = 100 - value, 100 / sum(weights)
    for_left = min(left.sum() * scale, room - LEAST * right.size) if right.size else room
    for_left = max(for_left, LEAST) if left.size else 0.0
    for_right = max(room - for_left, LEAST * right.size)
    scaled = [part * (total / part.sum()) for part, total in ((left, for_left), (right, for_right)) if part.size]
    return tuple(map(float, np.insert(np.concatenate(scaled), at, value)))
