"""The coder: with a model's predictions it turns a text into a file, and back.

The notebook's toy shows the idea with fractions: a text is an interval as wide as the text is probable, and an address
within it takes −log₂ p bits. The real coder spends as much, with whole numbers. The interval from 0 to 1 is cut into
2²⁴ steps, and each byte gets as many as it is probable (one at least); `constriction` turns the steps into bits, by the
method that Duda (2009) named ANS. It works like a pile of plates, what is put on last comes off first: so the text is
put on from its end, and is read from its beginning.

The file, whose extension is .bits: a mark (1 byte), a checksum of all that follows (2), a checksum of the text (3), the
model's fingerprint (2), the number of bytes in the text (1 and up), and the coder's bits. It has at most 16 bytes and a
thousandth more than Σ −log₂ p / 8, for texts up to some megabytes. Models of plain sums and products, as the count
models and the mixture are, give the same file on every machine.
"""

import zlib
from array import array
from collections.abc import Callable

import numpy as np

from lessons_lib.maths.errors import InputError
from lessons_lib.text.model import SYMBOLS, Array, Model

Progress = Callable[[int, int], object]
MARK = b"\xb1"
MOST = 10_000_000
"""Longer texts, in bytes, are neither written nor read: they would take hours."""
_EVERY = 4096
_STEPS = 2**24
_DAMAGED = "the file is damaged: its head or its end cannot be as they are"


class CodecError(InputError):
    """A file that cannot be decoded, and why."""


def compress(data: bytes, model: Model, progress: Progress | None = None) -> bytes:
    """Return the file that holds the data, coded with the model begun anew.

    `progress(done, total)` is called every few thousand bytes and at the end. Raises InputError if the data are not
    bytes, or more than MOST.
    """
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise InputError(f"data must be bytes, not {type(data).__name__}; a text becomes bytes by text.encode()")
    if len(data) > MOST:
        raise InputError(f"data must have at most {MOST:,} bytes, not {len(data):,}")
    data, reader = bytes(data), model.fresh()
    starts, widths = array("I"), array("I")
    for position, byte in enumerate(data):
        if progress and not position % _EVERY:
            progress(position, len(data))
        steps = _steps(reader.predict())
        starts.append(int(steps[:byte].sum()) + byte)
        widths.append(int(steps[byte]) + 1)
        reader.update(byte)
    if progress:
        progress(len(data), len(data))
    rest = _check(data, 3) + _fingerprint(model) + _number(len(data)) + _pile(starts, widths)
    return MARK + _check(rest, 2) + rest


def decompress(blob: bytes, model: Model, progress: Progress | None = None) -> bytes:
    """Return the data in a file that `compress` wrote with the same model; raise CodecError if there are none."""
    check, total, pile = _opened(blob, model)
    reader, data = model.fresh(), bytearray()
    stack, categorical = _constriction()
    coder = stack.AnsCoder(np.frombuffer(pile + bytes(-len(pile) % 4), dtype="<u4").astype(np.uint32))
    for position in range(total):
        if progress and not position % _EVERY:
            progress(position, total)
        byte = coder.decode(categorical(_steps(reader.predict()), perfect=False, lazy=True))
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
    """Return the text's checksum, its length and the coder's bits; raise CodecError if they are not this model's."""
    if not isinstance(blob, (bytes, bytearray, memoryview)):
        raise CodecError(f"the file must be bytes, not {type(blob).__name__}")
    blob = bytes(blob)
    if not blob.startswith(MARK):
        raise CodecError(
            f"not a .bits file: it begins with {blob[:2]!r}, not {MARK!r}" if blob else "the file is empty"
        )
    body = blob[3:]
    if len(body) < 6 or _check(body, 2) != blob[1:3]:
        raise CodecError(f"damaged, cut short, or not a .bits file: its {len(blob)} bytes do not fit its checksum")
    if _fingerprint(model) != body[3:5]:
        raise CodecError(f"the file was written with another model than {model.name!r}, or with one trained otherwise")
    total, pile = _read_number(body[5:])
    if total > MOST or pile.endswith(b"\0"):
        raise CodecError(
            f"the file is damaged: it says that its text has {total:,} bytes" if total > MOST else _DAMAGED
        )
    return body[:3], total, pile


def _constriction() -> tuple[object, type]:
    try:
        import constriction
    except ImportError:
        raise InputError(
            "the package constriction is not installed; it has no build for this system, or: pip install constriction"
        ) from None
    return constriction.stream.stack, constriction.stream.model.Categorical


def _steps(probabilities: Array) -> Array:
    """Return how many of the 2²⁴ steps each byte gets beyond its first; the likeliest takes what rounding leaves."""
    steps = np.maximum(np.rint(np.asarray(probabilities, dtype=np.float64) * _STEPS) - 1, 0)
    likeliest = steps.argmax()
    steps[likeliest] += _STEPS - SYMBOLS - steps.sum()
    if not (steps[likeliest] >= 0 and len(steps) == SYMBOLS):
        raise InputError(f"the model's probabilities are not 256 that sum to 1: {probabilities!r:.80}")
    return steps


def _pile(starts: array, widths: array) -> bytes:
    """Put the bytes' steps on the pile, the last byte first."""
    stack, categorical = _constriction()
    coder = stack.AnsCoder()
    for start, width in zip(reversed(starts), reversed(widths), strict=True):
        parts = [part for part in (start, width, _STEPS - start - width) if part]
        steps = np.array(parts, dtype=float) - 1  # the coder adds one to each
        coder.encode_reverse(int(start > 0), categorical(steps, perfect=False, lazy=True))
    return coder.get_compressed().astype("<u4").tobytes().rstrip(b"\0")


def _check(data: bytes, size: int) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")[-size:]


def _fingerprint(model: Model) -> bytes:
    return (model.fingerprint() & 0xFFFF).to_bytes(2, "big")


def _number(n: int) -> bytes:
    """Return n in base 128, the least digit first; the last one has its highest bit clear."""
    return bytes([n]) if n < 128 else bytes([n % 128 + 128]) + _number(n // 128)


def _read_number(digits: bytes) -> tuple[int, bytes]:
    n = 0
    for position, digit in enumerate(digits[: len(_number(MOST))]):
        n += (digit & 127) << 7 * position
        if digit < 128:
            return n, digits[position + 1 :]
    raise CodecError(_DAMAGED)
