"""One text, many numbers: bits per byte, character and word, nats, perplexity, and the size of a file."""

import bz2
import gzip
import importlib
import lzma
import math
from dataclasses import dataclass

from lessons_lib.errors import InputError


@dataclass(frozen=True)
class Measures:
    """What so many bits for a text come to. Words are what blanks keep apart; a character may be several bytes."""

    bits: float
    bytes: int
    characters: int
    words: int

    @property
    def per_byte(self) -> float:
        """Bits per byte."""
        return self.bits / self.bytes

    @property
    def per_character(self) -> float:
        """Bits per character."""
        return self.bits / self.characters

    @property
    def per_word(self) -> float:
        """Bits per word, the blanks around it included."""
        return self.bits / self.words

    @property
    def nats_per_character(self) -> float:
        """Nats per character: the loss as torch would report it."""
        return self.per_character * math.log(2)

    @property
    def perplexity(self) -> float:
        """Perplexity per character: among so many equally probable ones one would have to choose."""
        return 2.0**self.per_character


def measures(bits: float, text: bytes) -> Measures:
    """Return what so many bits for this text (UTF-8) come to; raise InputError if it has no word.

    >>> m = measures(24.0, "été là".encode())
    >>> m.per_byte, m.per_character, m.per_word
    (2.6666666666666665, 4.0, 12.0)
    """
    decoded = text.decode("utf-8")
    words = len(decoded.split())
    if not words:
        raise InputError("the text must have at least one word")
    return Measures(bits, len(text), len(decoded), words)


def archives(data: bytes) -> dict[str, int]:
    """Return the sizes in bytes that gzip, bz2, xz and, where it is installed, zstd reach at their best settings."""
    sizes = {
        "gzip -9": len(gzip.compress(data, 9, mtime=0)),
        "bz2 -9": len(bz2.compress(data, 9)),
        "xz -9e": len(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)),
    }
    zstd = _zstd_size(data)
    return sizes if zstd is None else {**sizes, "zstd -22": zstd}


def _zstd_size(data: bytes) -> int | None:
    try:
        return len(importlib.import_module("compression.zstd").compress(data, level=22))
    except ImportError:
        pass
    try:
        return len(importlib.import_module("zstandard").ZstdCompressor(level=22).compress(data))
    except ImportError:
        return None
