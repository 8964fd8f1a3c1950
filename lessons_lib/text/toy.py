"""The textbook's arithmetic coder, exact with fractions: watch the interval shrink, then write its shortest address.

A message is a path: each symbol picks its part of the interval that the symbols before it have left. The last interval
is as wide as the message is probable, p, and a binary fraction that marks it out has ⌈−log₂ p⌉ or ⌈−log₂ p⌉ + 1 digits.
"""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

from lessons_lib.errors import InputError

Interval = tuple[Fraction, Fraction]
"""Where it begins, and how wide it is."""


def intervals(message: Iterable[str], probabilities: Mapping[str, Fraction]) -> list[Interval]:
    """Return the interval before the first symbol and after each.

    >>> [str(width) for low, width in intervals("aab", {"a": Fraction(3, 4), "b": Fraction(1, 4)})]
    ['1', '3/4', '9/16', '9/64']
    """
    path, parts = [(Fraction(0), Fraction(1))], _parts(probabilities)
    for symbol in message:
        if symbol not in parts:
            raise InputError(f"{symbol!r} has no probability; known are {', '.join(map(repr, parts))}")
        low, width = path[-1]
        start, share = parts[symbol]
        path.append((low + width * start, width * share))
    return path


def encode(message: Iterable[str], probabilities: Mapping[str, Fraction]) -> str:
    """Return the fewest binary digits whose every continuation lies in the message's interval.

    >>> encode("aab", {"a": Fraction(3, 4), "b": Fraction(1, 4)})
    '0111'
    """
    low, width = intervals(message, probabilities)[-1]
    digits = 0
    while math.ceil(low * 2**digits) + 1 > (low + width) * 2**digits:
        digits += 1
    return f"{math.ceil(low * 2**digits):0{digits}b}" if digits else ""


def decode(digits: str, length: int, probabilities: Mapping[str, Fraction]) -> str:
    """Return the message of that many symbols in whose interval 0.digits lies.

    >>> decode("0111", 3, {"a": Fraction(3, 4), "b": Fraction(1, 4)})
    'aab'
    """
    if set(digits) - set("01"):
        raise InputError(f"digits must be zeros and ones, not {digits!r:.40}")
    point, message, parts = Fraction(int(digits or "0", 2), 2 ** len(digits)), "", _parts(probabilities)
    for _ in range(length):
        symbol = next(s for s, (start, share) in parts.items() if start <= point < start + share)
        start, share = parts[symbol]
        point, message = (point - start) / share, message + symbol
    return message


def _parts(probabilities: Mapping[str, Fraction]) -> dict[str, Interval]:
    """Return each symbol's part of the interval from 0 to 1, in the order given."""
    parts, start = {}, Fraction(0)
    for symbol, given in probabilities.items():
        if Fraction(given) <= 0:
            raise InputError(f"{symbol!r} has the probability {given}; it must be above 0")
        parts[symbol] = (start, Fraction(given))
        start += Fraction(given)
    if start != 1:
        raise InputError(f"the probabilities sum to {start}, not 1 (give them as fractions)")
    return parts
