"""The one face of everything that predicts a text: a distribution over the next byte, then the byte itself."""

import zlib
from typing import Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SYMBOLS = 256
FLOOR = 2.0**-24
"""The least probability that a model of the course gives a byte: the finest step of the coder."""
WHOLE = 1 - SYMBOLS * FLOOR
"""What is left to share out when every byte has FLOOR."""
_PROBE = b"abcdefghi bcdefghj cdefghk defghl efghm fghn gho hp"
"""Tells models of different orders apart: each word ends otherwise than the one before, after a shorter repetition."""


class Model:
    """Predicts a text byte by byte: ask `predict()`, then tell it by `update(byte)` which byte came.

    No byte ever has probability 0, and the 256 probabilities sum to 1 within 1e-9. Two models made in the same way and
    told the same bytes predict the same to the last bit, so that a text can be decoded.
    """

    name = "model"

    def predict(self) -> Array:
        """Return the probabilities of the 256 possible next bytes, given those so far."""
        raise NotImplementedError

    def probability(self, byte: int) -> float:
        """Return `predict()[byte]`, up to rounding; a model may know a quicker way."""
        return float(self.predict()[byte])

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
