"""One face for everything that predicts a text: a distribution over the next byte, then the byte itself."""

import zlib
from collections.abc import Callable
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lessons_lib.errors import InputError

Array = NDArray[np.float64]
SYMBOLS = 256
_PROBE = b"The next byte is never certain.\n"


class Model:
    """Predicts a text byte by byte: ask `predict()`, then tell it what came by `update(byte)`.

    No byte ever has probability 0, and the 256 probabilities sum to 1 within 1e-9. The array that `predict` returns
    is valid until the next call of `update`.
    """

    name = "model"

    def predict(self) -> Array:
        """Return the probabilities of the 256 possible next bytes, given those so far."""
        raise NotImplementedError

    def update(self, byte: int) -> None:
        """Take note of the byte that came."""
        raise NotImplementedError

    def fresh(self) -> Self:
        """Return a model that keeps what was trained and has read nothing since."""
        raise NotImplementedError

    def fingerprint(self) -> int:
        """Return a number that tells models apart: a checksum of what this one predicts on a fixed short text."""
        model, check = self.fresh(), 0
        for byte in _PROBE:
            check = zlib.crc32(np.ascontiguousarray(model.predict(), dtype=np.float64).tobytes(), check)
            model.update(byte)
        return check


class Counts(Model):
    """A placeholder until the real count models are there: the adaptive model of order 1."""

    name = "order 1"

    def __init__(self) -> None:
        self._counts = np.full((SYMBOLS, SYMBOLS), 1 / 16)
        self._row = 0

    def predict(self) -> Array:
        """Return the smoothed frequencies of what followed the last byte."""
        row = self._counts[self._row]
        return row / row.sum()

    def update(self, byte: int) -> None:
        """Count the byte."""
        self._counts[self._row, byte] += 1
        self._row = byte

    def fresh(self) -> "Counts":
        """Return one that has seen nothing."""
        return Counts()


class FromFunction(Model):
    """The learner's own model: a function from the bytes so far to 256 probabilities, checked at each call."""

    name = "your own"

    def __init__(self, function: Callable[[bytes], Array]) -> None:
        self._function = function
        self._context = bytearray()

    def predict(self) -> Array:
        """Return what the function says, or raise InputError with what is wrong with it."""
        return _checked(self._function(bytes(self._context)), bytes(self._context))

    def update(self, byte: int) -> None:
        """Append the byte to the context."""
        self._context.append(byte)

    def fresh(self) -> "FromFunction":
        """Return one with an empty context."""
        return FromFunction(self._function)


def from_function(function: Callable[[bytes], Array]) -> FromFunction:
    """Return a model that asks `function(context)` for its 256 probabilities."""
    return FromFunction(function)


def _checked(given: object, context: bytes) -> Array:
    after = f"after {context[-12:]!r}"
    try:
        probabilities = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"{after} your model returns {given!r:.60}, not 256 probabilities") from None
    if probabilities.shape != (SYMBOLS,):
        raise InputError(f"{after} your model returns the shape {probabilities.shape}, not (256,)")
    if not np.all(np.isfinite(probabilities)):
        raise InputError(f"{after} your model returns a probability that is not a finite number")
    if probabilities.min() <= 0:
        byte = int(probabilities.argmin())
        raise InputError(
            f"{after} your model gives byte {byte} ({chr(byte)!r}) the probability {probabilities[byte]:g}"
        )
    if abs(probabilities.sum() - 1) > 1e-9:
        raise InputError(f"{after} your model's probabilities sum to {probabilities.sum():.12g}, not 1")
    return probabilities


def surprisals(model: Model, data: bytes) -> Array:
    """Return −log₂ of the probability that the model, begun anew, gave each byte of the data: bits, shape (len(data),)."""
    model = model.fresh()
    given = np.empty(len(data))
    for position, byte in enumerate(data):
        given[position] = model.predict()[byte]
        model.update(byte)
    return -np.log2(given)


def sample(model: Model, n: int, seed: int, prompt: bytes = b"") -> bytes:
    """Return n bytes drawn from the model, begun anew and shown the prompt."""
    model, generator, drawn = model.fresh(), np.random.default_rng(seed), bytearray()
    for byte in prompt:
        model.update(byte)
    for _ in range(n):
        cumulative = np.cumsum(model.predict())
        byte = int(np.searchsorted(cumulative, generator.random() * cumulative[-1], side="right"))
        drawn.append(byte)
        model.update(byte)
    return bytes(drawn)


ALL: dict[str, Callable[[], Model]] = {"order 1": Counts}
"""Each model's name -> a function without arguments that makes it, ready to code with."""
