"""What a lesson says of itself; its package's `__init__` holds one of these as `LESSON`."""

from collections.abc import Sequence
from dataclasses import dataclass

from lessons_lib.exercise.core import Exercise
from lessons_lib.exercise.prediction import Prediction
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.core import Explorer


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One notebook and what can be done in it."""

    number: int
    title: str
    question: str
    after: str
    """What a learner can do after it: the end of a sentence that begins "After it you can"."""
    minutes: tuple[int, int]
    """For the core of the lesson, and for all of it with the parts marked ◇, as `course.minutes` reckons them."""
    notebook: str
    explorers: Sequence[type[Explorer]]
    exercises: Sequence[Exercise]
    predictions: Sequence[Prediction]

    @property
    def challenges(self) -> Sequence[Challenge]:
        """The goals that the lesson's explorers recognise."""
        return [challenge for explorer in self.explorers for challenge in explorer.challenges]
