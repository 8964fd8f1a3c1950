"""The course as a whole: its lessons, the map of what is done in them, and what is made of them for others to read.

`LESSONS`, `course_map` and `start_anew` are loaded when they are asked for, since the self-check has to start where a
package is missing.
"""

from importlib import import_module

_HOMES = {
    "LESSONS": "lessons_lib.course.lessons",
    "course_map": "lessons_lib.course.map",
    "start_anew": "lessons_lib.progress",
}
__all__ = [*_HOMES]


def __getattr__(name: str):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
