"""Compares answers, already read as floats: whether they agree, and whether one is another rounded.

An answer of several entries is compared as one row of numbers (`row`), whether it is an array or a dictionary.
"""

from collections.abc import Mapping
from math import floor, isfinite, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float64]


def row(value: Any) -> Row:
    """Return the numbers of an answer, in their order."""
    entries = list(value.values()) if isinstance(value, Mapping) else [value]
    return np.concatenate([np.ravel(np.asarray(entry, float)) for entry in entries])


def agree(given: Any, wanted: Any, rtol: float, atol: float) -> NDArray[np.bool_]:
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
    given, wanted = row(given), row(wanted)
    return bool((np.isnan(given) | (np.isinf(given) & np.isfinite(wanted))).any())


def _digits_and_decimals(number: float) -> tuple[int, int]:
    """Return with how many significant digits, and digits after the point, a number is written at least."""
    if not isfinite(number) or number == 0:
        return 0, 0
    mantissa, _, exponent = repr(abs(float(number))).partition("e")
    whole, _, part = mantissa.partition(".")
    part = part.rstrip("0")
    digits = (whole + part).lstrip("0")
    return len(digits if part else digits.rstrip("0")), len(part) - int(exponent or 0)


class Written:
    """How finely an answer is written: zeros at the end do not show, so that its other entries say it.

    0.09 beside 0.245 has three decimals. No setting of numpy's or decimal's plays a part.
    """

    def __init__(self, whole: Row):
        pairs = [_digits_and_decimals(number) for number in whole]
        self.digits = max((digits for digits, _ in pairs), default=0)
        self.decimals = max((decimals for _, decimals in pairs), default=0)

    def digits_of(self, number: float) -> int:
        """Return the significant digits that an entry has, zeros at its end among them."""
        if number == 0 or not isfinite(number):
            return 0
        return max(floor(log10(abs(number))) + 1 + max(self.decimals, 0), 0)

    def half_a_unit(self, number: float) -> float:
        """Return by how much an entry may be off if it is rounded as finely as it, or the whole, is written."""
        if number == 0 or not isfinite(number):
            return 0.5 * 10.0**-self.decimals
        size = floor(log10(abs(number))) + 1
        own, _ = _digits_and_decimals(number)
        units = [-self.decimals, *(size - digits for digits in (own, self.digits) if digits >= 3)]
        return 0.5000001 * 10.0 ** max(units)


def rounds(given: Row, wanted: Row, written: Written, rtol: float, atol: float, digits: int) -> bool:
    """Return whether these entries are the wanted ones, exactly or rounded, with so many digits at least.

    Of several entries, one has to have so many digits. None is more than a tenth off.
    """
    loose = ~agree(given, wanted, 1e-9, 1e-12)
    if not loose.any():
        return True
    given, wanted = given[loose], wanted[loose]
    if not (np.isfinite(given).all() and np.isfinite(wanted).all()):
        return False
    if max(written.digits_of(number) for number in given) < digits:
        return False
    units = np.array([written.half_a_unit(number) for number in given])
    tolerance = np.maximum(rtol * np.abs(wanted) + atol, np.minimum(units, 0.1 * np.abs(wanted)))
    return bool((np.abs(given - wanted) <= tolerance).all())
