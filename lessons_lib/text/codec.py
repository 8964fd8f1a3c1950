"""An arithmetic coder: turns a model's predictions into a file, and back. −log₂ p becomes a length on disk."""

import zlib
from collections.abc import Callable

import constriction
import numpy as np

from lessons_lib.errors import InputError
from lessons_lib.text.models import Model

Progress = Callable[[int, int], None]


class CodecError(InputError):
    """A file that cannot be decoded, and why."""


def compress(data: bytes, model: Model, progress: Progress | None = None) -> bytes:
    """Return the file for the data under the model; `progress(done, total)` is called now and then."""
    coder = constriction.stream.queue.RangeEncoder()
    reader = model.fresh()
    for byte in data:
        coder.encode(byte, constriction.stream.model.Categorical(reader.predict(), perfect=False, lazy=True))
        reader.update(byte)
    return len(data).to_bytes(4, "big") + zlib.crc32(data).to_bytes(4, "big") + coder.get_compressed().tobytes()


def decompress(blob: bytes, model: Model, progress: Progress | None = None) -> bytes:
    """Return the data of a file that `compress` wrote with the same model."""
    coder = constriction.stream.queue.RangeDecoder(np.frombuffer(blob[8:], dtype=np.uint32))
    reader, data = model.fresh(), bytearray()
    for _ in range(int.from_bytes(blob[:4], "big")):
        byte = coder.decode(constriction.stream.model.Categorical(reader.predict(), perfect=False, lazy=True))
        data.append(byte)
        reader.update(byte)
    if zlib.crc32(data) != int.from_bytes(blob[4:8], "big"):
        raise CodecError("the text does not come out whole: a damaged file, or another model than it was written with")
    return bytes(data)
