"""Shares that sum to 1 and are moved by hand: one takes a value, and others make room."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DIGITS = 9
"""Probabilities are rounded to so many digits, so that q can be made equal to p by hand."""


def rounded(weights: Sequence[float]) -> NDArray[np.float64]:
    """Return weights divided by their sum and rounded, so that they sum to 1: the greatest takes the remainder."""
    shares = np.round(np.divide(weights, np.sum(weights)), DIGITS)
    top = shares.argmax()
    shares[top] = round(1 - float(np.delete(shares, top).sum()), DIGITS)
    return shares


def moved(row: tuple[float, ...], outcome: int, value: float, locked: tuple[int, ...]) -> tuple[float, ...]:
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
