"""Every notebook of the course, every exercise and prediction of its lessons, and every explorer that is written."""

import inspect
import re
from importlib import import_module
from pkgutil import iter_modules

import nbformat

from lessons_lib.course import LESSONS
from lessons_lib.exercise.sketch_explorer import SketchExplorer
from lessons_lib.explorer.core import Explorer
from lessons_lib.start.environment import ROOT


def written(lesson):
    """The explorers in the modules of a lesson's package, whether the lesson lists them or not."""
    package = import_module(f"lessons_lib.lesson_{lesson.number:02}")
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        for thing in vars(import_module(found.name)).values():
            if inspect.isclass(thing) and issubclass(thing, Explorer) and thing.__module__ == found.name:
                yield thing


NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EXERCISES = {exercise.name: exercise for lesson in LESSONS for exercise in lesson.exercises}
PREDICTIONS = {prediction.name: prediction for lesson in LESSONS for prediction in lesson.predictions}
LESSON_OF = {explorer: lesson for lesson in LESSONS for explorer in (*lesson.explorers, *written(lesson))}
"""Explorer -> its lesson, in the order of the course."""
EXPLORERS = (*LESSON_OF, SketchExplorer)


def folded_answers(notebook):
    """Return what a notebook's folds say, in one line."""
    cells = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    folds = [fold for text in texts for fold in re.findall(r"<details>(.*?)</details>", text, re.DOTALL)]
    return " ".join(" ".join(folds).split())
