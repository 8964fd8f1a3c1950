"""Everything that a learner answers: exercises and predictions, a module for each lesson, and the map of the course."""

from lessons_lib.exercises.overview import LESSONS, course_map
from lessons_lib.progress import start_anew

ALL = {exercise.name: exercise for lesson in LESSONS for exercise in lesson.exercises}
PREDICTIONS = {prediction.name: prediction for lesson in LESSONS for prediction in lesson.predictions}

__all__ = ["ALL", "PREDICTIONS", "course_map", "start_anew"]
