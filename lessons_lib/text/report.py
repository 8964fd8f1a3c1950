"""How well a model does on a text, in all the units there are, beside the compressors that everybody has."""

import bz2
import gzip
import lzma
import math
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lessons_lib.maths.errors import InputError
from lessons_lib.text.codec import Progress, compress
from lessons_lib.text.model import Model
from lessons_lib.text.models import surprisals


@dataclass(frozen=True)
class Row:
    """One line of the table. `bits` is Σ −log₂ p for a model, and eight times the file size for a compressor."""

    name: str
    bits: float
    bytes_in_text: int
    characters: int
    words: int
    file_size: int | None
    """Bytes on disk; None if no file was written."""

    @property
    def bits_per_byte(self) -> float:
        """Bits per byte of the text."""
        return self.bits / self.bytes_in_text

    @property
    def bits_per_character(self) -> float:
        """Bits per character: more than per byte where characters take several bytes."""
        return self.bits / self.characters

    @property
    def bits_per_word(self) -> float:
        """Bits per word, spaces and punctuation included in what the words cost."""
        return self.bits / self.words if self.words else math.inf

    @property
    def nats(self) -> float:
        """The whole text's cost in nats."""
        return self.bits * math.log(2)

    @property
    def nats_per_byte(self) -> float:
        """Nats per byte: the loss that torch would show."""
        return self.bits_per_byte * math.log(2)

    @property
    def perplexity(self) -> float:
        """How many equally likely bytes would be as hard to guess: 2 to the bits per byte."""
        return 2**self.bits_per_byte


def model_row(name: str, model: Model, data: bytes, write: bool = True, progress: Progress | None = None) -> Row:
    """Return the row of a model; with `write`, the file is written (in memory) and its true size told."""
    size = len(compress(data, model, progress)) if write else None
    return _row(name, float(surprisals(model, data).sum()), data, size)


def compressor_rows(data: bytes) -> list[Row]:
    """Return the rows of gzip, bz2, xz and, if installed, zstd, each at its strongest."""
    return [_row(name, 8.0 * size, data, size) for name, size in _compressed(data).items()]


def table(data: bytes, models: Mapping[str, Model], progress: Progress | None = None) -> list[Row]:
    """Return the rows of all models and compressors for one text, the cheapest first."""
    rows = [model_row(name, model, data, progress=progress) for name, model in models.items()]
    return sorted(rows + compressor_rows(data), key=lambda row: row.bits)


def _row(name: str, bits: float, data: bytes, size: int | None) -> Row:
    if not data:
        raise InputError("the text is empty: nothing can be said per byte")
    text = data.decode("utf-8", "replace")
    return Row(name, bits, len(data), len(text), len(text.split()), size)


def _compressed(data: bytes) -> dict[str, int]:
    strongest: dict[str, Callable[[bytes], bytes]] = {
        "gzip -9": lambda data: gzip.compress(data, 9, mtime=0),
        "bz2 -9": bz2.compress,
        "xz -9e": lambda data: lzma.compress(data, preset=9 | lzma.PRESET_EXTREME),
    }
    sizes = {name: len(compressor(data)) for name, compressor in strongest.items()}
    zstd = _zstd(data)
    return sizes if zstd is None else {**sizes, "zstd --ultra -22": zstd}


def _zstd(data: bytes) -> int | None:
    """Return the size under the zstd command; None if it is not installed or fails."""
    command = shutil.which("zstd")
    if not command:
        return None
    done = subprocess.run([command, "--ultra", "-22", "--stdout", "--quiet"], input=data, capture_output=True)
    return len(done.stdout) if done.returncode == 0 else None
