"""Count models: what followed the last few bytes, and how often; with back-off to shorter contexts.

After a context that was seen `total` times, followed by `kinds` different bytes, a byte seen there `count` times has

    p_k(byte) = max(count − D, 0) / total  +  (D · kinds / total) · p_(k−1)(byte)

Every byte seen gives up D of its count, and what all of them give up goes to the shorter context's prediction, down to
order −1, where all 256 bytes are alike. A context with many kinds of followers thus leans more on the shorter one.

When a byte comes, the longest context counts it, and the next shorter one only if it was news to the longer one, and so
on. So a short context counts *in how many longer contexts* a byte was seen. It is asked for every byte, but shares out
only what the longer context gave up, and that is what these counts are for. This is Kneser-Ney smoothing (1995) in its
interpolated form (Chen and Goodman, 1998); compression has its kin in PPM with update exclusion.
"""

from typing import Self

import numpy as np

from lessons_lib.maths.errors import InputError
from lessons_lib.text.model import FLOOR, SYMBOLS, WHOLE, Array, Model

DISCOUNT = 0.8
_MANY = 14
HIGHEST_ORDER = 16


class Context:
    """What followed one context: byte -> how often. Where many kinds did, a row of 256 beside it, for speed."""

    __slots__ = ("counts", "row", "total")

    def __init__(self, byte: int) -> None:
        self.counts = {byte: 1}
        self.total = 1
        self.row: Array | None = None

    def add(self, byte: int) -> bool:
        """Count the byte; return whether it was known here."""
        known = self.counts.get(byte, 0)
        self.counts[byte] = known + 1
        self.total += 1
        if self.row is not None:
            self.row[byte] = known + 1 - DISCOUNT
        elif len(self.counts) > _MANY:
            self.row = np.zeros(SYMBOLS)
            for seen, count in self.counts.items():
                self.row[seen] = count - DISCOUNT
        return known > 0

    def copy(self) -> "Context":
        """Return one that counts on by itself."""
        twin = Context.__new__(Context)
        twin.counts, twin.total = self.counts.copy(), self.total
        twin.row = None if self.row is None else self.row.copy()
        return twin

    def probability(self, byte: int, shorter: float) -> float:
        """Return p_k of the byte, given p_(k−1)."""
        return (self.counts.get(byte, DISCOUNT) - DISCOUNT + DISCOUNT * len(self.counts) * shorter) / self.total


_SEEN_ONCE = [Context(byte) for byte in range(SYMBOLS)]
"""Most contexts are seen but once; all that were followed by the same byte share one object, which saves the memory."""


class Table:
    """All contexts of up to `order` bytes that were seen: the context's bytes -> what followed."""

    def __init__(self, order: int) -> None:
        if not (isinstance(order, int) and 0 <= order <= HIGHEST_ORDER):
            raise InputError(f"order must be a whole number from 0 to {HIGHEST_ORDER}, not {order!r:.40}")
        self.order = order
        self.contexts: dict[bytes, Context] = {}

    def copy(self) -> "Table":
        """Return one that counts on by itself."""
        twin = Table(self.order)
        twin.contexts = {key: c if c.total == 1 else c.copy() for key, c in self.contexts.items()}
        return twin

    def add(self, last: bytes, byte: int) -> None:
        """Count the byte after the last bytes: in the longest context, and in shorter ones as long as it is news."""
        contexts = self.contexts
        for start in range(len(last) + 1):
            key = last[start:]
            context = contexts.get(key)
            if context is None:
                contexts[key] = _SEEN_ONCE[byte]
                continue
            if context.total == 1:
                context = contexts[key] = context.copy()
            if context.add(byte):
                return

    def train(self, data: bytes) -> None:
        """Count every byte of the data after the bytes before it."""
        add, order = self.add, self.order
        for position, byte in enumerate(data):
            add(data[max(0, position - order) : position], byte)

    def seen(self, last: bytes) -> list[Context]:
        """Return the contexts that end the last bytes and were seen, from the empty one to the longest."""
        found = []
        for start in range(len(last), -1, -1):
            context = self.contexts.get(last[start:])
            if context is None:
                break
            found.append(context)
        return found


def blend(contexts: list[Context], shares: list[float]) -> Array:
    """Return Σ shares[k] · p_k as 256 probabilities, none below FLOOR; shares[0] belongs to order −1."""
    blended = np.zeros(SYMBOLS)
    entry = memoryview(blended)
    flow = 0.0  # what the longer contexts have given up to this one
    for context, share in zip(reversed(contexts), reversed(shares), strict=False):
        flow += share * WHOLE
        weight = flow / context.total
        if context.row is not None:
            blended += context.row * weight
        else:
            kept = DISCOUNT * weight
            for byte, count in context.counts.items():
                entry[byte] += count * weight - kept
        flow = DISCOUNT * len(context.counts) * weight
    blended += (flow + shares[0] * WHOLE) / SYMBOLS + FLOOR
    return blended


class Counts(Model):
    """Predicts from counts of up to `order` bytes of context; adaptive (counts as it reads), or frozen once trained."""

    def __init__(self, order: int, training: bytes = b"", adaptive: bool = True, name: str = "") -> None:
        self._trained = Table(order)
        self._trained.train(training)
        self.order, self.adaptive, self.name = order, adaptive, name or f"order {order}"
        self._begin()

    def _begin(self) -> None:
        self._table = self._trained.copy() if self.adaptive else self._trained
        self._last = b""

    def fresh(self) -> Self:
        """Return one with the same training that has read nothing since."""
        twin = type(self).__new__(type(self))
        twin.order, twin.adaptive, twin.name, twin._trained = self.order, self.adaptive, self.name, self._trained
        twin._begin()
        return twin

    def predict(self) -> Array:
        """Return the probabilities of the longest context seen, with what it gives up to shorter ones."""
        contexts = self._table.seen(self._last)
        return blend(contexts, [0.0] * len(contexts) + [1.0])

    def probability(self, byte: int) -> float:
        """Return the one byte's probability without the others'."""
        probability = 1 / SYMBOLS
        for context in self._table.seen(self._last):
            probability = context.probability(byte, probability)
        return probability * WHOLE + FLOOR

    def update(self, byte: int) -> None:
        """Take note of the byte: as context, and if adaptive as a count."""
        if self.adaptive:
            self._table.add(self._last, byte)
        self._last = (self._last + bytes((byte,)))[-self.order :] if self.order else b""
