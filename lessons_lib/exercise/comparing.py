"""Compares answers, already read as floats, and says how one is off without giving the right one away."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np

NAN = "NaN is not a number (it comes of 0/0, 0 · ∞, ∞/∞, ∞ − ∞ or log of a negative)"
_CLOSE, _WRONG = "Close, but not it", "Not right"
_SIGN = "The sign is the wrong way round"
_SLIPS = {
    "This is a hundred times what is asked for, as in percent": lambda p: 100 * p,
    "This is −ln of what is asked for": lambda p: -np.log(p),
    "This is −log₂ of what is asked for": lambda p: -np.log2(p),
    "This is the natural logarithm of what is asked for": np.log,
    "This is the logarithm to base 2 of what is asked for": np.log2,
}
"""What anybody may do to a right answer between 0 and 1, a probability or not."""


def slips(rights: Iterable[Any]) -> dict[str, Callable]:
    """Return what may happen to any right answers like these: a phrase, and what comes out."""
    between = all(np.all((np.asarray(right) >= 0) & (np.asarray(right) <= 1)) for right in rights)
    return {_SIGN: np.negative} | (_SLIPS if between else {})


def agree(given: Any, wanted: Any, rtol: float, atol: float) -> np.ndarray:
    """Return where two arrays of one shape agree; infinities and NaN agree with themselves."""
    with np.errstate(all="ignore"):
        return np.isclose(given, np.asarray(wanted, float), rtol=rtol, atol=atol, equal_nan=True)


def same(given: Any, wanted: Any, rtol: float, atol: float) -> bool:
    """Return whether two answers agree, dictionaries in every entry."""
    if isinstance(wanted, Mapping):
        return all(same(given[key], wanted[key], rtol, atol) for key in wanted)
    return np.shape(given) == np.shape(wanted) and bool(agree(given, wanted, rtol, atol).all())


def breaks_down(given: Any, wanted: Any) -> bool:
    """Return whether an answer holds NaN, or an infinity where a number is wanted."""
    if isinstance(wanted, Mapping):
        return any(breaks_down(given[key], wanted[key]) for key in wanted)
    return bool((np.isnan(given) | (np.isinf(given) & np.isfinite(np.asarray(wanted, float)))).any())


def rounds(given: Any, wanted: Any, rtol: float, atol: float, digits: int) -> bool:
    """Return whether an answer is the wanted one, exactly or rounded to the digits given, which are so many at least.

    With less than three it is right to half a unit of its last digit, but no more than a tenth off.
    """
    if isinstance(wanted, Mapping):
        return all(rounds(given[key], wanted[key], rtol, atol, digits) for key in wanted)
    if np.shape(given) != np.shape(wanted):
        return False
    not_exact = ~agree(given, wanted, 1e-9, 1e-12)
    pairs = zip(np.asarray(given)[not_exact], np.asarray(wanted, float)[not_exact], strict=True)
    return all(_rounds(float(one), float(other), rtol, atol, digits) for one, other in pairs)


def _rounds(given: float, wanted: float, rtol: float, atol: float, least: int) -> bool:
    if given == 0 or not (np.isfinite(given) and np.isfinite(wanted)):
        return False
    _, digits, exponent = Decimal(repr(given)).normalize().as_tuple()
    if len(digits) + max(exponent, 0) < least:
        return False
    half = 0.5000001 * 10.0 ** min(exponent, 0)
    return bool(agree(given, wanted, rtol, atol)) or abs(given - wanted) <= min(half, 0.1 * abs(wanted))


def off(given: Any, right: Any, rtol: float, atol: float) -> str:
    """Return a sentence on how a wrong answer is off."""
    if isinstance(right, Mapping):
        told: dict[str, list[str]] = {}
        for key in right:
            if not same(given[key], right[key], rtol, atol):
                told.setdefault(_how(given[key], right[key], rtol, atol), []).append(str(key))
        return " ".join(f"{how}: {', '.join(keys)}." for how, keys in told.items())
    how = _how(given, right, rtol, atol)
    if how not in (_CLOSE, _WRONG):
        return f"{how}."
    if np.shape(right) == ():
        size = "small" if given < right else "large"
        return f"{how}: a little too {size}." if how == _CLOSE else f"That is too {size}."
    if same(np.sort(given, axis=None), np.sort(right, axis=None), rtol, atol):
        return "These are the right numbers in another order."
    wrong = np.flatnonzero(~agree(given, right, rtol, atol))
    where = f"{wrong.size} of {np.size(right)} entries off, the first at index {wrong[0]}."
    return f"{how}: {where}" if how == _CLOSE else where


def _how(given: Any, right: Any, rtol: float, atol: float) -> str:
    """Return a phrase on how one number or array is off."""
    if np.isnan(given).any():
        return NAN
    if isinstance(right, int) and abs(given - right) == 1:
        return "Off by one"
    for phrase, slip in slips([right]).items():
        if rounds(given, slip(np.asarray(right, float)), rtol, atol, 3):
            return phrase
    if rounds(given, right, rtol, atol, 1):
        return "Rounded too far: give at least three significant digits"
    return _CLOSE if agree(given, right, 0.03, 0).all() else _WRONG
