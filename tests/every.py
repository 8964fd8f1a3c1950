"""Every notebook of the course, and every explorer, exercise and prediction that its lessons list."""

from lessons_lib.course import LESSONS
from lessons_lib.exercise.sketch_explorer import SketchExplorer
from lessons_lib.start.environment import ROOT

EXPLORERS = (*(explorer for lesson in LESSONS for explorer in lesson.explorers), SketchExplorer)
EXERCISES = {exercise.name: exercise for lesson in LESSONS for exercise in lesson.exercises}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PREDICTIONS = {prediction.name: prediction for lesson in LESSONS for prediction in lesson.predictions}
