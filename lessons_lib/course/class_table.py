"""`python3 -m lessons_lib class FOLDER`: what a class has done, read from its progress files, as a table (CSV).

The folder holds a file for each student, named for them (`ana.json`), or a folder for each with `progress.json` in it.
"""

import csv
import re
import sys
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


def files_of(folder: Path) -> dict[Path, str]:
    """Return the progress files of a folder, each with the name of its student."""
    own = {path: path.stem for path in sorted(folder.glob("*.json")) if not _SET_ASIDE.search(path.stem)}
    return own | {path: path.parent.name for path in sorted(folder.glob("*/progress.json"))}


def rows_of(student: str, path: Path) -> Iterator[tuple]:
    """Return a row for each lesson; OSError, ValueError or RecursionError for a file that cannot be read."""
    known = progress.read_file(path)
    for lesson in LESSONS:
        d = done(lesson, known)
        exercises = (d.solved, len(lesson.exercises), d.shown)
        others = (d.guessed, len(lesson.predictions), d.reached, len(lesson.challenges))
        yield (student, f"{lesson.number} {lesson.title}", *exercises, *others)


def main(arguments: Sequence[str]) -> int:
    """Print the table, and name on stderr each file that cannot be read; return 1 if there is one."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.exit("Name the folder that holds the progress files: python3 -m lessons_lib class my_folder")
    files = files_of(Path(arguments[0]))
    if not files:
        sys.exit(f"{arguments[0]} holds no progress file: neither ana.json nor ana/progress.json, for a student ana.")
    table, unreadable = csv.writer(sys.stdout, lineterminator="\n"), 0
    table.writerow(HEADS)
    for path, student in files.items():
        try:
            table.writerows(rows_of(student, path))
        except (OSError, ValueError, RecursionError) as error:
            unreadable += 1
            print(f"{path} cannot be read as progress, and is left out: {error}", file=sys.stderr)
    return int(unreadable > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
