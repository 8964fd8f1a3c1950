"""What the lessons' packages say of themselves, and that a progress file of earlier days still counts in full."""

import re
import shutil
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import lessons_lib
from lessons_lib import progress
from lessons_lib.course import LESSONS
from lessons_lib.course.map import done

EVERY = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.notebook)


def package_of(lesson):
    return import_module(f"lessons_lib.lesson_{lesson.number:02}")


def test_every_package_of_a_lesson_is_found_in_order():
    folders = sorted(path.name for path in Path(lessons_lib.__file__).parent.glob("lesson_*"))
    assert [f"lesson_{lesson.number:02}" for lesson in LESSONS] == folders


@EVERY
def test_a_lesson_s_package_is_that_of_its_notebook(lesson):
    assert package_of(lesson).LESSON is lesson
    assert re.fullmatch(rf"{lesson.number:02}_\w+\.ipynb", lesson.notebook)


@EVERY
def test_what_a_lesson_has_is_offered_by_name_and_no_module_hides_it(lesson):
    package = package_of(lesson)
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        import_module(found.name)
    for explorer in lesson.explorers:
        assert getattr(package, explorer.__name__) is explorer
    for exercise in lesson.exercises:
        home, _, name = exercise.called.partition(".")
        assert getattr(lessons_lib, home) is package
        assert getattr(package, name) is exercise, f"{exercise.called} is not {exercise.name}: a module of that name?"
    for prediction in lesson.predictions:
        assert any(thing is prediction for thing in vars(package).values())


def test_a_progress_file_of_earlier_days_counts_in_full(progress_file):
    """In the file, kept since the first six lessons were alone, everything is done."""
    progress_file.parent.mkdir()
    shutil.copy(Path(__file__).parent / "progress_of_six_lessons.json", progress_file)
    known = progress.read()
    for kind in progress.KINDS:
        there = {item.name for lesson in LESSONS for item in getattr(lesson, kind)}
        assert known[kind].keys() <= there, "names under which progress is kept never change"
    counts = [done(lesson, known) for lesson in LESSONS]
    assert sum(counted.solved for counted in counts) == len(known["exercises"])
    assert sum(counted.guessed for counted in counts) == len(known["predictions"])
    assert sum(counted.reached for counted in counts) == len(known["challenges"])
