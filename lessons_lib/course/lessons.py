"""The lessons of the course: every package lesson_NN that lies in the library."""

import re
from importlib import import_module
from pkgutil import iter_modules

import lessons_lib
from lessons_lib.exercise.lesson import Lesson

LESSONS: tuple[Lesson, ...] = tuple(
    import_module(f"lessons_lib.{name}").LESSON
    for name in sorted(module.name for module in iter_modules(lessons_lib.__path__))
    if re.fullmatch(r"lesson_\d\d", name)
)
