"""The map of the course, with what the learner has done."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from types import ModuleType
from typing import Any

from lessons_lib import progress
from lessons_lib.exercises import lesson_00, lesson_01, lesson_02, lesson_03, lesson_04, lesson_05, lesson_06
from lessons_lib.exercises.core import Exercise
from lessons_lib.exercises.prediction import Prediction
from lessons_lib.explorers import OF_LESSON
from lessons_lib.explorers.challenge import Challenge


@dataclass(frozen=True)
class Lesson:
    """One notebook and what can be done in it."""

    number: int
    title: str
    question: str
    after: str
    """What a learner can do after it: the end of a sentence that begins "After it you can"."""
    minutes: tuple[int, int]
    """For the thread of the lesson, and for all of it with the parts marked ◇."""
    notebook: str
    answers: ModuleType

    @property
    def exercises(self) -> Sequence[Exercise]:
        """The lesson's exercises, in its order."""
        return self.answers.EXERCISES

    @property
    def predictions(self) -> Sequence[Prediction]:
        """What the lesson asks for before it shows anything."""
        return self.answers.PREDICTIONS

    @property
    def challenges(self) -> Sequence[Challenge]:
        """The goals that the lesson's explorers recognise."""
        return [challenge for explorer in OF_LESSON[self.number] for challenge in explorer.challenges]


LESSONS = (
    Lesson(
        0,
        "Start here",
        "What is this, and is everything installed?",
        "say what a surprisal is, in bits and in nats",
        (10, 10),
        "00_start_here.ipynb",
        lesson_00,
    ),
    Lesson(
        1,
        "Likelihood is a product",
        "A coin, a die, a pea: which parameter makes what we saw most likely?",
        "say in one number how well a model accounts for data, and which parameter does so best",
        (30, 50),
        "01_likelihood_is_a_product.ipynb",
        lesson_01,
    ),
    Lesson(
        2,
        "The log trick",
        "538 examples at p = ¼: why does the computer say that the data are impossible?",
        "say why losses are sums of logarithms, and compute one where products fail",
        (30, 60),
        "02_the_log_trick.ipynb",
        lesson_02,
    ),
    Lesson(
        3,
        "Softmax",
        "Ten scores: how sure is the model really?",
        "turn scores into probabilities, and say which way the loss pushes each score",
        (40, 100),
        "03_softmax.ipynb",
        lesson_03,
    ),
    Lesson(
        4,
        "Cross-entropy is KL",
        "Three names for one loss: what differs?",
        "turn likelihood, cross-entropy and KL into one another, and tell torch's losses apart",
        (40, 100),
        "04_cross_entropy_is_kl.ipynb",
        lesson_04,
    ),
    Lesson(
        5,
        "Forward and reverse KL",
        "Two humps, one Gaussian: where should it go?",
        "say which KL a method minimises, and what its model will cover or leave out",
        (40, 90),
        "05_forward_and_reverse_kl.ipynb",
        lesson_05,
    ),
    Lesson(
        6,
        "Bits per word",
        "How many bits does this sentence cost, and who is the best guesser?",
        "say what a text costs under a model, and write it to a file of just that size",
        (50, 110),
        "06_bits_per_word.ipynb",
        lesson_06,
    ),
)


class CourseMap:
    """The lessons in a table, with what is done in each; then the guesses beside the truth, where that was shown."""

    def __repr__(self) -> str:
        lines = [f"{lesson.number}  {lesson.title}: {_done(lesson)}; {_minutes(lesson)} minutes" for lesson in LESSONS]
        return "\n".join([*lines, *(f"{title} {text}" for title, text in _guesses())])

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
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{guesses}"


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
        guessed=sum("guess" in known["predictions"].get(p.name, {}) for p in lesson.predictions),
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


def _guesses() -> list[tuple[str, str]]:
    """Return question and comparison of every guess that has been put beside the truth."""
    known = progress.read()["predictions"]
    return [
        (
            p.question,
            f"Your guess: {p.kind.told(p.guess)}. It is: {p.kind.told(p.truth)}. {p.kind.off(p.guess, p.truth)}",
        )
        for lesson in LESSONS
        for p in lesson.predictions
        if known.get(p.name, {}).get("revealed") and p.guess is not None
    ]
