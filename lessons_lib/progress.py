"""What a learner has done, kept in one JSON file that a person can read.

The file lies in the platform's folder for user data; the variable LIKELIHOOD_PROGRESS names another. Writing goes
through a lock, so that two notebooks lose nothing of each other's, and replaces the file as a whole, so that it is
never half written. A file that cannot be read, or that a newer version of the course has written, is set aside
under another name, never overwritten. Nothing here raises, but for `place` and `read_file`: what cannot be written is
remembered until the kernel stops, and written as soon as something can be.
"""

import glob
import json
import os
import stat
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import platformdirs

VERSION = 1
KINDS = ("exercises", "predictions", "challenges")
_PLACE = "LIKELIHOOD_PROGRESS"
_WAIT = 1.5
_MOST, _DEEPEST = 5_000_000, 20
"""Bytes, and things within things, of a file; everything done and answered at length takes a tenth of the bytes."""

Known = dict[str, dict[str, dict[str, Any]]]
"""Kind -> name -> what is known of it."""

_unwritten: list[Callable[[Known], Any]] = []
"""Changes that no file has taken yet."""
_said = ""
"""What was last said of trouble; it is said again only after something could be written."""
_in_turn = threading.Lock()


def place() -> Path:
    """Return where the file lies, or will; OSError if there is no home folder."""
    if named := os.environ.get(_PLACE):
        return Path(named).resolve()
    try:
        folder = Path(platformdirs.user_data_dir("likelihood-bit-by-bit", False))
    except RuntimeError:
        folder = Path()
    if not folder.is_absolute():
        raise OSError(f"there is no home folder (the variable {_PLACE} may name a file elsewhere)")
    return folder / "progress.json"


def read() -> Known:
    """Return what is known; all kinds are there, empty if nothing is known or readable."""
    try:
        known = read_file(place())
    except Exception:
        known = _nothing()
    for change in [*_unwritten]:
        change(known)
    return known


def read_file(path: Path) -> Known:
    """Return what a progress file says; OSError, ValueError or RecursionError if it cannot be read as one."""

    def at_once(name: str, flags: int) -> int:  # a pipe that nobody writes to would keep us waiting
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))

    with open(path, "rb", opener=at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError("it is not a file")
        content = file.read(_MOST + 1)
    if len(content) > _MOST:
        raise ValueError(f"it has more than {_MOST:,} bytes")
    return _parsed(content)


def get(kind: str, name: str) -> dict[str, Any]:
    """Return what is known of one thing, {} if nothing is."""
    return read()[kind].get(name, {})


def record(kind: str, name: str, **facts: Any) -> str:
    """Add facts about one thing; return "" or what there is to tell the learner, each trouble once."""
    return _change(lambda known: known[kind].setdefault(name, {}).update(facts))


def count(kind: str, name: str, fact: str, **facts: Any) -> str:
    """Like `record`, and one more of `fact`."""

    def add(known: Known) -> None:
        entry = known[kind].setdefault(name, {})
        entry.update(facts)
        before = entry.get(fact)
        entry[fact] = before + 1 if isinstance(before, int) else 1

    return _change(add)


def trouble() -> str:
    """Return "", or why what was done before is not known."""
    try:
        read_file(place())
    except FileNotFoundError:
        return ""
    except Exception as error:
        return f"What you have done before cannot be read: {_reason(error)}."
    return ""


def start_anew() -> str:
    """Begin with nothing done; the file so far is kept under another name, which the returned sentence tells."""
    try:
        path = place()
        with _in_turn, _lock(path):
            nothing = not _unwritten
            _unwritten.clear()
            if path.exists():
                return f"You begin anew. What you had done until now is kept in {_set_aside(path, 'before')}."
            return "There was no progress yet." if nothing else "You begin anew."
    except Exception as error:
        return f"Your progress could not be set aside: {_reason(error)}."


def _nothing() -> Known:
    return {kind: {} for kind in KINDS}


def _parsed(text: bytes) -> Known:
    """Return the known things in a file's text, UTF-8 to -32; ValueError if it is damaged or of another version."""
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ValueError("it is of another version")
    if _depth(content) > _DEEPEST:
        raise ValueError("it is too deeply nested")
    known = {**_nothing(), **{key: value for key, value in content.items() if key != "version"}}
    if not all(
        isinstance(things, dict) and all(isinstance(t, dict) for t in things.values())
        for things in map(known.get, KINDS)
    ):
        raise ValueError("it is not made of named things")
    return known


def _depth(thing: Any) -> int:
    level, depth = [thing], 0
    while level:
        inner = (
            outer.values() if isinstance(outer, dict) else outer for outer in level if isinstance(outer, dict | list)
        )
        level, depth = [thing for things in inner for thing in things], depth + 1
    return depth


def _change(change: Callable[[Known], Any]) -> str:
    global _said
    with _in_turn:
        _unwritten.append(change)
        told, is_written = [], False
        try:
            path = place()
            path.parent.mkdir(parents=True, exist_ok=True)
            with _lock(path):
                known = _nothing()
                try:
                    known = read_file(path)
                except FileNotFoundError:
                    pass
                except (ValueError, RecursionError):
                    kept = _set_aside(path, "unreadable")
                    told.append(
                        f"The file of your progress could not be read; it is kept as {kept}, and a new one begun."
                    )
                for unwritten in _unwritten:
                    unwritten(known)
                _replace(path, json.dumps({"version": VERSION, **known}, indent=1, ensure_ascii=False, default=str))
            _unwritten.clear()
            is_written = True
        except Exception as error:
            told.append(
                f"Your progress cannot be kept: {_reason(error)}. "
                "The lesson goes on, and remembers what you do until the kernel stops."
            )
        sentence = " ".join(told)
        if not is_written and sentence == _said:
            return ""
        _said = "" if is_written else sentence
        return sentence


def _reason(error: Exception) -> str:
    """Return the end of a sentence that says what went wrong."""
    told = f"{error.strerror} ({error.filename})" if isinstance(error, OSError) and error.filename else str(error)
    return " ".join(told.split()).rstrip(".") or type(error).__name__


def _lock(path: Path) -> AbstractContextManager:
    """Return the file's lock; it raises what its library does if the lock cannot be had, or not in time."""
    from filelock import FileLock  # a lesson opens without it

    if path.exists() and not path.is_file():
        raise OSError(f"{path} is not a file")
    return FileLock(f"{path}.lock", timeout=_WAIT)


def _set_aside(path: Path, word: str) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.stem}-{word}-{number}.json")).exists():
        number += 1
    path.rename(kept)
    return kept


def _replace(path: Path, text: str) -> None:
    """Write a file as a whole, for its owner alone. The caller has the lock: what is half written is left over."""
    part = path.with_name(f"{path.name}.part")
    earlier = path.parent.glob(f"{glob.escape(path.stem)}{'[a-z0-9_]' * 8}.part")  # as tempfile named them
    for left in (part, *earlier):
        left.unlink(missing_ok=True)
    try:
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
        ) as file:
            file.write(text.encode("utf-8", "backslashreplace"))  # half a character, as JSON writes it
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
