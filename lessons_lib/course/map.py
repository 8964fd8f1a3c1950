"""The map of the course, with what the learner has done."""

from dataclasses import dataclass
from html import escape
from typing import Any

from lessons_lib import progress
from lessons_lib.course.lessons import LESSONS
from lessons_lib.exercise.lesson import Lesson


class CourseMap:
    """The lessons in a table, with what is done in each; then the guesses beside the truth, where that was shown."""

    def __repr__(self) -> str:
        lines = [f"{lesson.number}  {lesson.title}: {_done(lesson)}; {_minutes(lesson)} minutes" for lesson in LESSONS]
        return "\n".join([*lines, *(f"{title} {text}" for title, text in _guesses()), *_trouble()])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{lesson.number}</td><td style='text-align: left'>{_link(lesson)}</td>"
            f"<td style='text-align: left'>{escape(lesson.question)}<br>"
            f"<i>After it you can {escape(lesson.after)}.</i></td>"
            f"<td>{_minutes(lesson)}</td>"
            f"<td style='text-align: left'>{escape(_done(lesson))}</td></tr>"
            for lesson in LESSONS
        )
        titles = ("no.", "lesson", "its question", "minutes", "you")
        heads = "".join(f"<th style='text-align: left'>{title}</th>" for title in titles)
        guesses = "".join(f"<li>{escape(title)} {escape(text)}</li>" for title, text in _guesses())
        guesses = f"<p><b>Your guesses beside the truth</b></p><ul>{guesses}</ul>" if guesses else ""
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{guesses}" + "".join(
            f"<p>{escape(sentence)}</p>" for sentence in _trouble()
        )


def course_map() -> CourseMap:
    """Return the map of the course; displayed, it shows the progress of that moment."""
    return CourseMap()


def _minutes(lesson: Lesson) -> str:
    core, all_of_it = lesson.minutes
    return f"{core}" if core == all_of_it else f"{core} ({all_of_it})"


def _link(lesson: Lesson) -> str:
    return f'<a href="{lesson.notebook}">{escape(lesson.title)}</a>'


@dataclass(frozen=True)
class Done:
    """How much of a lesson is done: exercises solved, their solutions shown, guesses made, challenges reached."""

    solved: int
    shown: int
    guessed: int
    reached: int


def done(lesson: Lesson, known: dict[str, dict[str, dict[str, Any]]]) -> Done:
    """Return how much of a lesson is done, from what `progress.read` or `progress.read_file` returned."""
    exercises = [known["exercises"].get(e.name, {}) for e in lesson.exercises]
    return Done(
        solved=sum(e.get("status") == "correct" for e in exercises),
        shown=sum(bool(e.get("solution")) for e in exercises),
        guessed=sum(p.kind.admits(known["predictions"].get(p.name, {}).get("guess")) for p in lesson.predictions),
        reached=sum(bool(known["challenges"].get(c.name)) for c in lesson.challenges),
    )


def _done(lesson: Lesson) -> str:
    """Return what the learner has done of a lesson, in words."""
    known = progress.read()
    names = {item.name for item in (*lesson.exercises, *lesson.predictions, *lesson.challenges)}
    if not any(name in things for things in known.values() for name in names):
        return "not opened yet"
    so_far = done(lesson, known)
    parts = [
        f"{so_far.solved} of {len(lesson.exercises)} exercises"
        + (f" ({so_far.shown} with the solution)" if so_far.shown else ""),
        f"{so_far.guessed} of {len(lesson.predictions)} guesses",
        f"{so_far.reached} of {len(lesson.challenges)} challenges",
    ]
    return ", ".join(parts)


def _trouble() -> list[str]:
    return [sentence] if (sentence := progress.trouble()) else []


def _guesses() -> list[tuple[str, str]]:
    """Return question and comparison of every guess that has been put beside the truth."""
    known = progress.read()["predictions"]
    return [
        (
            p.question,
            f"Your guess: {p.kind.told(p.guess)}. It is: {p.kind.told(p.truth)}. {p.reply(p.guess)}",
        )
        for lesson in LESSONS
        for p in lesson.predictions
        if known.get(p.name, {}).get("revealed") and p.guess is not None
    ]
