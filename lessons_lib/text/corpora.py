"""The texts of lesson 6, and a reader for what a learner pastes or uploads. Nothing is fetched."""

import codecs
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from pydoc_data import topics

from lessons_lib.maths.errors import InputError

LIMIT = 1_000_000
"""How much of a learner's text is used, in bytes."""
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe\0\0": "utf-32-le", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_NAMES = {
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "cp1252": "Windows-1252 (Western European), since it is not UTF-8",
    "latin-1": "Latin-1 (Western European), since it is not UTF-8",
}
_PATH = re.compile(r"(~|\.{1,2}|[A-Za-z]:)?[/\\][^/\\\s][^\n]*|[^\n]*[/\\][^\n]*\.\w{1,5}|\S+\.[A-Za-z]\w{1,4}")
"""What a path looks like: on one line, from a root or with folders and an ending, or a name with an ending."""
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


def read_text(given: str | bytes | bytearray | memoryview | Path, limit: int = LIMIT, cut: bool = False) -> GivenText:
    """Return what a learner pasted or uploaded, as UTF-8, and say what had to be done to it.

    A Path, or a string that looks like one, is the file to read. UTF-8 and UTF-16 are recognised, with a byte order
    mark or without; other bytes are read as Western European. Of a text longer than `limit` bytes the beginning is
    used. cut: the bytes are only the beginning of a file, and may end within a character. Raises InputError if there is
    no such file, nothing in it, or no text.
    """
    text, notes = _text_of(given, cut)
    if not text:
        raise InputError("the text is empty: paste a sentence, or upload a file that holds one")
    data = text.encode("utf-8", "replace")
    if data.count(b"?") > text.count("?"):
        notes.append("half characters (lone surrogates) were replaced by question marks")
    if len(data) > limit:
        notes.append(f"the text has {len(data):,} bytes; the first {limit:,} are used")
        data = data[:limit].decode("utf-8", "ignore").encode("utf-8")
    return GivenText(data, "; ".join(notes))


def read_file(path: str | Path, most: int) -> bytes:
    """Return what a file holds; raise InputError, in words, if it is none, has more than `most` bytes or is closed."""
    try:
        path = Path(path).expanduser()
        if not path.exists():
            raise InputError(f"there is no file “{path}”; the folder in which it was looked for is “{Path.cwd()}”")
        if not path.is_file():
            raise InputError(f"“{path}” is no file, but a folder or a device")
        if (size := path.stat().st_size) > most:
            raise InputError(f"“{path}” has {size:,} bytes, more than the {most:,} that can be taken")
        return path.read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"“{path}” cannot be read: {error}") from None


def _text_of(given: object, cut: bool) -> tuple[str, list[str]]:
    if isinstance(given, Path) or (isinstance(given, str) and len(given) < 300 and _PATH.fullmatch(given)):
        try:
            return _decoded(read_file(given, 100 * LIMIT), cut)
        except InputError as error:
            way_out = "" if isinstance(given, Path) else "; if this is the text itself, give it as bytes: text.encode()"
            raise InputError(f"{error}{way_out}") from None
    if isinstance(given, str):
        return given, []
    if isinstance(given, (bytes, bytearray, memoryview)):
        return _decoded(bytes(given), cut)
    raise InputError(f"the text must be a string, a path or bytes, not {type(given).__name__}")


def _decoded(data: bytes, cut: bool) -> tuple[str, list[str]]:
    """Return the bytes as a string, by the first encoding that they can be in."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark) or _without_mark(data, cut)
    try:
        text = _decode(data[len(mark) :], encoding, cut)
    except UnicodeDecodeError as error:
        raise InputError(
            f"the file says that it is {encoding.upper()}, but from byte {error.start + len(mark):,} on it is not"
        ) from None
    _refuse_binary(text)
    return text, [] if encoding == "utf-8" else [f"the file was read as {_NAMES[encoding]}"]


def _decode(data: bytes, encoding: str, cut: bool) -> str:
    """Return the bytes as a string, without the character in which they end if they are cut."""
    return codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)


def _without_mark(data: bytes, cut: bool) -> str:
    """Return the encoding of bytes without a mark, which are taken for UTF-16 only where nothing else makes a text."""
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            text = _decode(data, encoding, cut)
        except UnicodeDecodeError:
            continue
        return (_looks_binary(text) and _as_utf_16(data, cut)) or encoding
    raise AssertionError("every byte is a character of Latin-1")


def _as_utf_16(data: bytes, cut: bool) -> str | None:
    """Return in which order of bytes this is a text in UTF-16, if it is one.

    The higher bytes, which name alphabets, are of fewer kinds than the lower ones.
    """
    even, odd = (len(set(data[start::2])) for start in (0, 1))
    encoding = "utf-16-be" if even < odd else "utf-16-le"
    try:
        text = _decode(data, encoding, cut)
    except UnicodeDecodeError:
        return None
    unknown = any(unicodedata.category(character) in ("Cn", "Co") for character in text)
    return None if even == odd or unknown or _looks_binary(text) else encoding


def _looks_binary(text: str) -> bool:
    """Return whether the text holds zeros, or more than one control character in fifty."""
    control = len(text) - len(text.translate(_CONTROLS))
    return "\0" in text or 50 * control > len(text)


def _refuse_binary(text: str) -> None:
    if _looks_binary(text):
        raise InputError("this is no text but a binary file (a picture, an archive, a program?): save it as plain text")
