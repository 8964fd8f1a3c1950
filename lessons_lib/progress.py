"""What a learner has done, kept in one JSON file that a person can read.

The file lies in the platform's folder for user data; the variable LIKELIHOOD_PROGRESS names another. Writing goes
through a lock, so that two notebooks lose nothing of each other's, and replaces the file as a whole, so that it is
never half written. A file that cannot be read, or that a newer version of the course has written, is set aside
under another name, never overwritten.
"""

import json
import os
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import platformdirs

VERSION = 1
KINDS = ("exercises", "predictions", "challenges")
_PLACE = "LIKELIHOOD_PROGRESS"
_WAIT = 1.5


def place() -> Path:
    """Return where the file lies, or will."""
    named = os.environ.get(_PLACE)
    return (
        Path(named).resolve()
        if named
        else Path(platformdirs.user_data_dir("likelihood-bit-by-bit", False)) / "progress.json"
    )


def read() -> dict[str, dict[str, dict[str, Any]]]:
    """Return kind -> name -> what is known of it; all kinds are there, empty if nothing is known or readable."""
    try:
        return read_file(place())
    except (OSError, ValueError, RecursionError):
        return _nothing()


def read_file(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Return what a progress file says; OSError, ValueError or RecursionError if it cannot be read."""
    return _parsed(path.read_text("utf-8"))


def get(kind: str, name: str) -> dict[str, Any]:
    """Return what is known of one thing, {} if nothing is."""
    return read()[kind].get(name, {})


def record(kind: str, name: str, **facts: Any) -> str:
    """Add facts about one thing; return "" or a sentence that says what went wrong or was set aside."""
    return _change(lambda known: known[kind].setdefault(name, {}).update(facts))


def count(kind: str, name: str, fact: str, **facts: Any) -> str:
    """Like `record`, and one more of `fact`."""

    def add(known: dict) -> None:
        entry = known[kind].setdefault(name, {})
        entry.update(facts)
        entry[fact] = entry.get(fact, 0) + 1

    return _change(add)


def start_anew() -> str:
    """Begin with nothing done; the file so far is kept under another name, which the returned sentence tells."""
    path = place()
    try:
        with _lock(path):
            if not path.exists():
                return "There was no progress yet."
            return f"You begin anew. What you had done until now is kept in {_set_aside(path, 'before')}."
    except OSError as error:
        return f"The progress in {path} could not be set aside: {error}"


def _nothing() -> dict[str, dict]:
    return {kind: {} for kind in KINDS}


def _parsed(text: str) -> dict[str, dict]:
    """Return the known things in a file's text; ValueError if it is damaged or of another version."""
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ValueError("of another version")
    known = {**_nothing(), **{key: value for key, value in content.items() if key != "version"}}
    if not all(
        isinstance(things, dict) and all(isinstance(t, dict) for t in things.values())
        for things in map(known.get, KINDS)
    ):
        raise ValueError("not made of named things")
    return known


def _change(change) -> str:
    path = place()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _lock(path):
            known, trouble = _nothing(), ""
            if path.exists():
                try:
                    known = read_file(path)
                except (ValueError, RecursionError):
                    kept = _set_aside(path, "unreadable")
                    trouble = f"The file of your progress could not be read; it is kept as {kept}, and a new one begun."
            change(known)
            _replace(path, json.dumps({"version": VERSION, **known}, indent=1, ensure_ascii=False, default=str))
            return trouble
    except (OSError, ValueError, TypeError, RecursionError) as error:
        return f"This could not be added to your progress in {path}: {error}"


def _lock(path: Path) -> AbstractContextManager:
    """Return the file's lock; it raises OSError if the lock cannot be had in time."""
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
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
