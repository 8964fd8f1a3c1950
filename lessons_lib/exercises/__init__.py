"""Everything that a learner answers: exercises and predictions, a module for each lesson, and the map of the course."""

from lessons_lib.exercises import lesson_00, lesson_01, lesson_02, lesson_03, lesson_04, lesson_05, lesson_06
from lessons_lib.exercises.overview import course_map
from lessons_lib.progress import start_anew

_LESSONS = (lesson_00, lesson_01, lesson_02, lesson_03, lesson_04, lesson_05, lesson_06)
ALL = {exercise.name: exercise for lesson in _LESSONS for exercise in lesson.EXERCISES}
PREDICTIONS = {prediction.name: prediction for lesson in _LESSONS for prediction in lesson.PREDICTIONS}

__all__ = [
    "ALL",
    "PREDICTIONS",
    "course_map",
    "lesson_00",
    "lesson_01",
    "lesson_02",
    "lesson_03",
    "lesson_03_digits",
    "lesson_04",
    "lesson_05",
    "lesson_06",
    "start_anew",
]
