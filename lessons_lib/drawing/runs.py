"""Pictures as runs of equal pixels: exact, small for drawings, and quick to undo in the browser (`live.js`)."""

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint32]


def encode(pixels: Pixels) -> bytes:
    """Return a picture of shape (height, width) as little-endian uint32: width, height, then (length, value) pairs.

    A value is a pixel XOR the one above it, so that what goes on downwards as it was (paper, bars, vertical
    lines) is 0, and a run of zeros goes on over many rows.

    >>> np.frombuffer(encode(np.array([[7, 7, 5], [7, 7, 5]], dtype=np.uint32)), "<u4").tolist()
    [3, 2, 2, 7, 1, 5, 3, 0]
    """
    height, width = pixels.shape
    change = pixels.copy()
    change[1:] ^= pixels[:-1]
    flat = change.ravel()
    starts = np.concatenate(([0], np.flatnonzero(flat[1:] != flat[:-1]) + 1))
    words = np.empty((1 + starts.size, 2), dtype="<u4")
    words[0] = width, height
    words[1:, 0] = np.diff(starts, append=flat.size)
    words[1:, 1] = flat[starts]
    return words.tobytes()
