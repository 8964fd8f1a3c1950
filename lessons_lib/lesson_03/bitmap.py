"""Bitmaps of 32 x 32 dots, and the 8 x 8 counts that are made of them: how the digits' images came about.

A bitmap is an array of booleans, row 0 at the top; kept in a state, it is 32 whole numbers, one a row, of which the
highest of 32 binary digits is the leftmost dot.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import zoom

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.validation import Array, read_numbers

DOTS = 32
BLOCK = 4
BLOCKS = DOTS // BLOCK
Bitmap = NDArray[np.bool_]
_PLACES = 1 << np.arange(DOTS - 1, -1, -1, dtype=np.int64)
_CENTRES = np.arange(DOTS) + 0.5


def counts(bitmap: Bitmap) -> NDArray[np.int_]:
    """Number of dots in each block of 4 x 4, from 0 to 16: shape (8, 8).

    >>> counts(np.ones((32, 32), dtype=bool))[0].tolist()
    [16, 16, 16, 16, 16, 16, 16, 16]
    """
    return bitmap.reshape(BLOCKS, BLOCK, BLOCKS, BLOCK).sum(axis=(1, 3))


def bitmap_of(block_counts: ArrayLike) -> Bitmap:
    """Return a smooth bitmap that has exactly these counts: one of the many that the image may have been made of.

    The counts are drawn larger as a smooth surface, and each block's dots go where that is highest.
    """
    wanted = read_numbers("block_counts", block_counts)
    if wanted.shape != (BLOCKS, BLOCKS) or np.any((wanted < 0) | (wanted > BLOCK**2) | (wanted != np.round(wanted))):
        raise InputError(f"block_counts must be 8 x 8 whole numbers from 0 to 16, not {block_counts!r:.60}")
    surface = zoom(np.pad(wanted, 1), BLOCK, order=3, grid_mode=True, mode="nearest")[BLOCK:-BLOCK, BLOCK:-BLOCK]
    blocks = surface.reshape(BLOCKS, BLOCK, BLOCKS, BLOCK).swapaxes(1, 2).reshape(BLOCKS, BLOCKS, BLOCK**2)
    rank = np.argsort(np.argsort(-blocks, axis=-1, kind="stable"), axis=-1)
    inked = (rank < wanted[..., None]).reshape(BLOCKS, BLOCKS, BLOCK, BLOCK)
    return inked.swapaxes(1, 2).reshape(DOTS, DOTS)


def stroke(start: tuple[float, float], end: tuple[float, float], radius: float) -> Bitmap:
    """Return the dots whose centres lie within `radius` of the line between two points (x to the right, y downwards).

    >>> int(stroke((16, 16), (16, 16), 1.0).sum())
    4
    """
    (x0, y0), (x1, y1) = start, end
    x, y = np.meshgrid(_CENTRES - x0, _CENTRES - y0)
    along_x, along_y = x1 - x0, y1 - y0
    length = along_x**2 + along_y**2
    part = np.clip((x * along_x + y * along_y) / length, 0, 1) if length else 0.0
    return (x - part * along_x) ** 2 + (y - part * along_y) ** 2 <= radius**2


def to_rows(bitmap: Bitmap) -> tuple[int, ...]:
    """Return a bitmap as 32 whole numbers."""
    return tuple((bitmap @ _PLACES).tolist())


@lru_cache(maxsize=64)
def from_rows(rows: Sequence[int]) -> Bitmap:
    """Return the bitmap that 32 whole numbers stand for, or raise InputError."""
    right = len(rows) == DOTS and all(type(row) is int and 0 <= row < 2**DOTS for row in rows)
    if not right:
        raise InputError(f"bitmap must be {DOTS} whole numbers below 2³², not {rows!r:.60}")
    bitmap = (np.array(rows, dtype=np.int64)[:, None] & _PLACES) > 0
    bitmap.setflags(write=False)
    return bitmap


def image(bitmap: Bitmap) -> Array:
    """Return what the model sees of a bitmap: 64 intensities from 0 to 1, row by row."""
    return counts(bitmap).ravel() / BLOCK**2
