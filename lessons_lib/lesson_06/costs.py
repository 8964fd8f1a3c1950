"""What a text costs under a model, kept while the text is being typed."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.turn import own_turn
from lessons_lib.lesson_06.page import words
from lessons_lib.text.model import Model


@dataclass(frozen=True, eq=False)
class Cost:
    """The bits of each character, of each word and of all; predictions: before each byte, and after the last one.

    Two are equal only if they are the same object.
    """

    bits: NDArray[np.float64]
    by_word: NDArray[np.float64]
    total: float
    starts: NDArray[np.int_]
    predictions: NDArray[np.float64]

    def before(self, character: int) -> NDArray[np.float64]:
        """Return the probabilities of the 256 bytes with which this character, counted from 1, may begin."""
        return self.predictions[self.starts[character - 1]]


class Costs:
    """Shows a model texts and keeps what it predicted: a text that goes on from the last one costs only the rest.

    Several explorers, and threads, may share one.
    """

    def __init__(self, model: Model):
        self.model = model
        self._text, self._cost = None, None
        self._begin()

    @own_turn()
    def of(self, text: str) -> Cost:
        """Return what a text costs; the same text gives the same object."""
        if text != self._text:
            self._text, self._cost = text, _cost(text, self._predictions(text.encode("utf-8")))
        return self._cost

    def _predictions(self, data: bytes) -> NDArray[np.float64]:
        if self._running is None or not self._data.startswith(data):
            if self._running is None or not data.startswith(self._data):
                self._begin()
            try:
                rows = [self._predict(byte) for byte in data[len(self._data) :]]
            except BaseException:
                self._running = None  # it has read what is not kept
                raise
            self._table, self._data = np.vstack([self._table, rows]), data
        return self._table[: len(data) + 1]

    def _begin(self) -> None:
        self._running, self._data = self.model.fresh(), b""
        self._table = np.array(self._running.predict(), dtype=float)[None, :]

    def _predict(self, byte: int) -> NDArray[np.float64]:
        self._running.update(byte)
        return np.array(self._running.predict(), dtype=float)


def _cost(text: str, predictions: NDArray[np.float64]) -> Cost:
    starts = starts_of(text)
    data = np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
    given = -np.log2(predictions[np.arange(data.size), data])
    bits = np.add.reduceat(given, starts[:-1]) + 0.0 if text else np.zeros(0)
    by_word = np.array([bits[begin:end].sum() for begin, end in words(text)])
    return Cost(bits, by_word, float(bits.sum()), starts, predictions)


@lru_cache(maxsize=16)
def starts_of(text: str) -> NDArray[np.int_]:
    """Return at which byte each character begins, and how many bytes there are."""
    return np.cumsum([0, *(len(character.encode("utf-8")) for character in text)])
