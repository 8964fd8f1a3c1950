"""Everything that a learner answers: exercises and predictions, a module for each lesson, and the map of the course."""

from lessons_lib.exercises.core import Exercise
from lessons_lib.exercises.overview import LESSONS, course_map
from lessons_lib.progress import start_anew

ALL = {exercise.name: exercise for lesson in LESSONS for exercise in lesson.exercises}
PREDICTIONS = {prediction.name: prediction for lesson in LESSONS for prediction in lesson.predictions}

for lesson in LESSONS:
    for name, thing in vars(lesson.answers).items():
        if isinstance(thing, Exercise):
            thing.called = f"lesson_{lesson.number:02}.{name}"

__all__ = ["ALL", "PREDICTIONS", "course_map", "start_anew"]
