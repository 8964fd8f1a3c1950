"""Every explorer, exercise and prediction of the course, as the lessons list them."""

from lessons_lib.course import LESSONS
from lessons_lib.exercise.sketch_explorer import SketchExplorer

EXPLORERS = (*(explorer for lesson in LESSONS for explorer in lesson.explorers), SketchExplorer)
EXERCISES = {exercise.name: exercise for lesson in LESSONS for exercise in lesson.exercises}
PREDICTIONS = {prediction.name: prediction for lesson in LESSONS for prediction in lesson.predictions}
