"""How long a lesson takes, reckoned from its notebook by one rule."""

import re
from collections.abc import Iterator
from itertools import pairwise

import nbformat

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.start.environment import ROOT

WORDS_A_MINUTE = 170
LINES_A_MINUTE = 10
MINUTES_AN_EXERCISE = 3
"""Whatever else is asked (a guess, a question beside a figure, a challenge) takes one minute.

These numbers are fitted to what two learners needed for the cores of lessons 1 to 6; each is met to ten minutes.
"""
_FOLD = re.compile(r"<details>.*?</details>", re.DOTALL)
_FORMULA = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_HEADING = re.compile(r"^(#+) .*$", re.MULTILINE)
_IMPORT = re.compile(r"(from \S+ )?import ")


def reckoned_minutes(lesson: Lesson) -> tuple[int, int]:
    """Return the minutes for the core of a lesson, and for all of it, rounded to five.

    Marked ◇ is what stands under a heading that says so. Text that is folded, formulas that stand alone, blank lines
    and imports do not count.
    """
    core = whole = 0.0
    for marked, minutes in _parts(lesson):
        whole += minutes
        core += 0 if marked else minutes
    return 5 * round(core / 5), 5 * round(whole / 5)


def _parts(lesson: Lesson) -> Iterator[tuple[bool, float]]:
    """Yield, part by part of its notebook, whether it is marked ◇ and its minutes."""
    challenges = {explorer.__name__: len(explorer.challenges) for explorer in lesson.explorers}
    level = 0  # of the heading that said ◇, 0 for none
    for cell in nbformat.read(ROOT / "notebooks" / lesson.notebook, as_version=4).cells:
        if cell.cell_type == "code":
            lines = [line for line in cell.source.splitlines() if line.strip() and not _IMPORT.match(line)]
            opened = [name for name in challenges if f"{name}(" in cell.source]
            asked = sum(challenges.pop(name) for name in opened)
            guesses = sum(o.get("data", {}).get("text/plain", "").startswith("Your guess?") for o in cell.outputs)
            exercises = cell.source.count(".check(")
            yield level > 0, len(lines) / LINES_A_MINUTE + asked + guesses + MINUTES_AN_EXERCISE * exercises
            continue
        text = _FORMULA.sub("", _FOLD.sub("", cell.source))
        begins = [0, *(match.start() for match in _HEADING.finditer(text)), len(text)]
        for part in (text[start:end] for start, end in pairwise(begins)):
            if heading := _HEADING.match(part):
                deep = len(heading[1])
                if not level or deep <= level:
                    level = deep if "◇" in heading[0] else 0
            questions = len(re.findall(r"^\d+\. ", part, re.MULTILINE))
            yield level > 0, len(part.split()) / WORDS_A_MINUTE + questions
