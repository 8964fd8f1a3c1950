"""`python3 -m lessons_lib class FOLDER`: what a class has done, read from its progress files, as a table (CSV).

The folder holds a file for each student, named for them (`ana.json`), or a folder for each with `progress.json` in it.
"""

import csv
import io
import os
import re
import stat
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lessons_lib import progress
from lessons_lib.course import LESSONS
from lessons_lib.course.map import done

HEADS = (
    "student",
    "lesson",
    "exercises solved",
    "exercises",
    "solutions shown",
    "guesses made",
    "guesses",
    "challenges reached",
    "challenges",
)
_SET_ASIDE = re.compile(r"-(before|unreadable)-\d+$")
"""Ends the name of a file that is no longer a student's progress."""
_FORMULA = tuple("=+-@＝＋－＠−")
"""Begins what a spreadsheet computes."""


def files_of(folder: Path) -> dict[Path, str]:
    """Return the progress files of a folder, each with the name of its student; two of one student's say so in it."""
    files = {path: path.stem for path in sorted(folder.glob("*.json")) if not _SET_ASIDE.search(path.stem)}
    files |= {path: path.parent.name for path in sorted(folder.glob("*/progress.json"))}
    files = {path: unicodedata.normalize("NFC", student) for path, student in files.items()}
    times = Counter(files.values())
    return {
        path: student if times[student] == 1 else f"{student} ({path.relative_to(folder)})"
        for path, student in files.items()
    }


def one_line(text: object) -> str:
    """Return a text whose every character can be printed; names are whatever students make them."""
    return "".join(c if c.isprintable() else "\ufffd" for c in str(text))


def as_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    text = one_line(text)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def rows_of(student: str, path: Path) -> Iterator[tuple]:
    """Return a row for each lesson; OSError, ValueError or RecursionError for a file that cannot be read."""
    known = progress.read_file(path)
    for lesson in LESSONS:
        d = done(lesson, known)
        exercises = (d.solved, len(lesson.exercises), d.shown)
        others = (d.guessed, len(lesson.predictions), d.reached, len(lesson.challenges))
        yield (as_cell(student), f"{lesson.number} {lesson.title}", *exercises, *others)


def main(arguments: Sequence[str]) -> int:
    """Print the table, and name on stderr each file that cannot be read; return 1 if something is left out."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.exit("Name the folder that holds the progress files: python3 -m lessons_lib class my_folder")
    folder = Path(arguments[0])
    files = files_of(folder)
    if not files:
        sys.exit(f"{arguments[0]} holds no progress file: neither ana.json nor ana/progress.json, for a student ana.")
    text, unreadable = io.StringIO(), 0
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEADS)
    for path, student in files.items():
        try:
            table.writerows(rows_of(student, path))
        except Exception as error:  # no student's file ends the table of the others
            unreadable += 1
            print(one_line(f"{path} cannot be read as progress, and is left out: {error}"), file=sys.stderr)
    for path, student in files.items():
        if student.endswith(f" ({path.relative_to(folder)})"):
            print(one_line(f"{path} is one of several files for one student; its rows are apart."), file=sys.stderr)
    return _printed(text.getvalue()) or int(unreadable > 0)


def _printed(text: str) -> int:
    """Print the table; return 0, or 1 after saying why not all of it could be."""
    try:
        if _is_new_file(sys.stdout):
            text = f"\ufeff{text}"  # by which a spreadsheet knows the encoding
        print(text, end="", flush=True)
    except OSError as error:
        cut = "whatever reads it has stopped" if isinstance(error, BrokenPipeError) else error.strerror or error
        print(f"The table is not whole: {cut}.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes what is left when it ends
        return 1
    return 0


def _is_new_file(stream: io.TextIOBase) -> bool:
    """Return whether a stream goes into a file that is still empty, and neither to a terminal nor to a program."""
    try:
        there = os.fstat(stream.fileno())
    except io.UnsupportedOperation:
        return False
    return stat.S_ISREG(there.st_mode) and not there.st_size


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
