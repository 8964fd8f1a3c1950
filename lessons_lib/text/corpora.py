"""The texts of lesson 6, and a reader for what a learner pastes or uploads. Nothing is fetched."""

import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pydoc_data import topics

from lessons_lib.errors import InputError

LIMIT = 5_000_000
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


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
class Reading:
    """What was read: the text as UTF-8, and a sentence on what was done to it ("" if nothing)."""

    data: bytes
    note: str = ""


def read_text(given: bytes | bytearray | memoryview | str, limit: int = LIMIT) -> Reading:
    """Return what a learner pasted or uploaded, as UTF-8; raise InputError if it is empty or no text."""
    if isinstance(given, str):
        data, notes = given.encode("utf-8", "replace"), []
    elif isinstance(given, (bytes, bytearray, memoryview)):
        data, notes = _decoded(bytes(given))
    else:
        raise InputError(f"the text must be a string or bytes, not {type(given).__name__}")
    if not data:
        raise InputError("the text is empty: paste a sentence, or upload a file that holds one")
    if len(data) > limit:
        notes.append(f"the text has {len(data):,} bytes; the first {limit:,} are used")
        data = data[:limit].decode("utf-8", "ignore").encode("utf-8")
    return Reading(data, "; ".join(notes))


def _decoded(data: bytes) -> tuple[bytes, list[str]]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding).encode("utf-8"), []
            except UnicodeDecodeError:
                break
    if b"\0" in data:
        raise InputError("this looks like a binary file, not a text")
    try:
        return data.decode("utf-8").encode("utf-8"), []
    except UnicodeDecodeError:
        return data.decode("latin-1").encode("utf-8"), ["the file is not UTF-8; read as Latin-1"]
