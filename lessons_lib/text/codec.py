"""An arithmetic coder: with a model's predictions it turns a text into a file, and back.

The file, whose extension is .bits: a mark (2 bytes), a checksum of all that follows (2), a checksum of the text (3),
the model's fingerprint (2), the number of bytes in the text (1 and up), and then the digits of one number between 0 and
1 that lies in the text's interval. The interval is as wide as the text is probable, so that its digits take −log₂ p
bits: the file has at most 16 bytes more than that, for every model that gives no byte less than FLOOR, the coder's
finest step. (`constriction` counts the steps; `toy.py` shows the same with fractions.)
"""

import zlib
from collections.abc import Callable

import numpy as np

from lessons_lib.errors import InputError
from lessons_lib.text.face import FLOOR, Array, Model

Progress = Callable[[int, int], object]
MARK = b"\xb1t"
_STEP = 4096


class CodecError(InputError):
    """A file that cannot be decoded, and why."""


def compress(data: bytes, model: Model, progress: Progress | None = None) -> bytes:
    """Return the file that holds the data, coded with the model begun anew.

    `progress(done, total)` is called every few thousand bytes and at the end. Raises InputError if the data are not
    bytes.
    """
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise InputError(f"data must be bytes, not {type(data).__name__}; a text becomes bytes by text.encode()")
    data, reader = bytes(data), model.fresh()
    stream, categorical = _constriction()
    encoder = stream.RangeEncoder()
    for position, byte in enumerate(data):
        if progress and not position % _STEP:
            progress(position, len(data))
        encoder.encode(byte, categorical(_steps(reader.predict()), perfect=False, lazy=True))
        reader.update(byte)
    if progress:
        progress(len(data), len(data))
    rest = _check(data, 3) + _fingerprint(model) + _number(len(data)) + _digits(encoder)
    return MARK + _check(rest, 2) + rest


def decompress(blob: bytes, model: Model, progress: Progress | None = None) -> bytes:
    """Return the data in a file that `compress` wrote with the same model; raise CodecError if there are none."""
    check, total, digits = _opened(blob, model)
    reader, data = model.fresh(), bytearray()
    stream, categorical = _constriction()
    decoder = stream.RangeDecoder(np.frombuffer(digits + bytes(-len(digits) % 4 + 8), dtype=">u4").astype(np.uint32))
    for position in range(total):
        if progress and not position % _STEP:
            progress(position, total)
        byte = decoder.decode(categorical(_steps(reader.predict()), perfect=False, lazy=True))
        data.append(byte)
        reader.update(byte)
    if progress:
        progress(total, total)
    if _check(data, 3) != check:
        raise CodecError(
            "the text does not come out as it went in: the model now predicts otherwise than when the file was written"
        )
    return bytes(data)


def _opened(blob: bytes, model: Model) -> tuple[bytes, int, bytes]:
    """Return the text's checksum, its length and the digits; raise CodecError if the file cannot be the model's."""
    if not isinstance(blob, (bytes, bytearray, memoryview)):
        raise CodecError(f"the file must be bytes, not {type(blob).__name__}")
    blob = bytes(blob)
    if not blob.startswith(MARK[: max(1, len(blob))]):
        raise CodecError(f"not a .bits file: it begins with {blob[:2]!r}, not {MARK!r}")
    body = blob[4:]
    if len(body) < 6 or _check(body, 2) != blob[2:4]:
        raise CodecError(f"the file is damaged or cut short: its {len(blob)} bytes do not fit its checksum")
    if _fingerprint(model) != body[3:5]:
        raise CodecError(f"the file was written with another model than {model.name!r}, or with one trained otherwise")
    total, digits = _read_number(body[5:])
    return body[:3], total, digits


def _constriction() -> tuple[object, type]:
    try:
        import constriction
    except ImportError:
        raise InputError(
            "the package constriction is not installed; it has no build for this system, or: pip install constriction"
        ) from None
    return constriction.stream.queue, constriction.stream.model.Categorical


def _steps(probabilities: Array) -> Array:
    """Return the probabilities less the one step that the coder adds to each."""
    return np.maximum(probabilities - FLOOR, 0.0)


def _digits(encoder) -> bytes:
    """Return the fewest bytes b₁b₂… such that 0.b₁b₂… (and so zeros without end) lies in the encoder's interval."""
    words, (low, width) = encoder.pos()
    size = 4 * words + 8
    inside = int.from_bytes(encoder.get_compressed().astype(">u4").tobytes().ljust(size, b"\0"), "big")
    low = inside - (inside - low) % 2**64
    for spared in range(8, -1, -1):
        number = -(-low >> 8 * spared)
        if number << 8 * spared < low + width:
            break
    return number.to_bytes(size - spared, "big").rstrip(b"\0")


def _check(data: bytes, size: int) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")[-size:]


def _fingerprint(model: Model) -> bytes:
    return (model.fingerprint() & 0xFFFF).to_bytes(2, "big")


def _number(n: int) -> bytes:
    """Return n in base 128, the least digit first; the last one has its highest bit clear."""
    return bytes([n]) if n < 128 else bytes([n % 128 + 128]) + _number(n // 128)


def _read_number(digits: bytes) -> tuple[int, bytes]:
    n = 0
    for position, digit in enumerate(digits):
        n += (digit & 127) << 7 * position
        if digit < 128:
            return n, digits[position + 1 :]
    raise CodecError("the file is damaged: its length cannot be read")
