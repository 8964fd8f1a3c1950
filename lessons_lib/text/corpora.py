"""The texts of lesson 6, and a reader for what a learner pastes or uploads. Nothing is fetched."""

import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pydoc_data import topics

from lessons_lib.maths.errors import InputError

LIMIT = 1_000_000
"""How much of a learner's text is used, in bytes."""
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_NAMES = {
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252 (Western European), since it is not UTF-8",
    "latin-1": "Latin-1 (Western European), since it is not UTF-8",
}
_CONTROLS = dict.fromkeys(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")


@cache
def manual() -> bytes:
    """Return the reference manual that lies inside Python, its topics in alphabetical order, as UTF-8."""
    return "\n".join(topics.topics[name] for name in sorted(topics.topics)).encode("utf-8")


def manual_version() -> str:
    """Return the version of Python whose manual it is: the text changes with it."""
    return f"Python {sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"


@cache
def story() -> bytes:
    """Return "The Price of a Surprise", a short story written for this course, as UTF-8."""
    return files("lessons_lib.text").joinpath("story.txt").read_bytes()


@dataclass(frozen=True)
class GivenText:
    """What was read: the text as UTF-8, and what was done to it in words ("" if nothing)."""

    data: bytes
    note: str = ""

    @property
    def text(self) -> str:
        """The text as a string."""
        return self.data.decode("utf-8")


def read_text(given: str | bytes | bytearray | memoryview, limit: int = LIMIT) -> GivenText:
    """Return what a learner pasted or uploaded, as UTF-8, and say what had to be done to it.

    UTF-8 and UTF-16 are recognised, with a byte order mark or without; other bytes are read as Western European. Of a
    text longer than `limit` bytes the beginning is used. Raises InputError if there is nothing, or no text.
    """
    text, notes = _text_of(given)
    if not text:
        raise InputError("the text is empty: paste a sentence, or upload a file that holds one")
    data = text.encode("utf-8", "replace")
    if data.count(b"?") > text.count("?"):
        notes.append("half characters (lone surrogates) were replaced by question marks")
    if len(data) > limit:
        notes.append(f"the text has {len(data):,} bytes; the first {limit:,} are used")
        data = data[:limit].decode("utf-8", "ignore").encode("utf-8")
    return GivenText(data, "; ".join(notes))


def _text_of(given: object) -> tuple[str, list[str]]:
    if isinstance(given, str):
        return given, []
    if isinstance(given, (bytes, bytearray, memoryview)):
        return _decoded(bytes(given))
    raise InputError(f"the text must be a string or bytes, not {type(given).__name__}")


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """Return the bytes as a string, by the first encoding that they can be in."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark) or _without_mark(data)
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"the file says that it is {encoding.upper()}, but from byte {error.start + len(mark):,} on it is not"
        ) from None
    _refuse_binary(text)
    return text, [] if encoding == "utf-8" else [f"the file was read as {_NAMES[encoding]}"]


def _without_mark(data: bytes) -> str:
    """Return the encoding of bytes without a mark: UTF-16 has a zero in about every second place, in English."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if 4 * max(even, odd) > len(data) and 20 * min(even, odd) <= len(data) and len(data) % 2 == 0:
        return "utf-16-le" if odd > even else "utf-16-be"
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
            return encoding
        except UnicodeDecodeError:
            pass
    return "latin-1"


def _refuse_binary(text: str) -> None:
    """Raise InputError if the text holds zeros, or more than one control character in fifty."""
    control = len(text) - len(text.translate(_CONTROLS))
    if "\0" in text or 50 * control > len(text):
        raise InputError("this is no text but a binary file (a picture, an archive, a program?): save it as plain text")
