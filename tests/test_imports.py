"""Which package imports which, read from the source; that there is no circle; and what an import loads."""

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import lessons_lib

ROOT = Path(lessons_lib.__file__).parent
MAY = {  # package: (packages of the library it may import, others)
    "start": ({"start"}, {"packaging"}),
    "maths": ({"maths"}, {"numpy", "scipy", "sklearn"}),
    "text": ({"text", "maths"}, {"numpy", "scipy", "constriction"}),
    "drawing": (
        {"drawing"},
        {"PIL", "anywidget", "jupyter_server", "matplotlib", "numpy", "traitlets"},
    ),
    "progress": (set(), {"filelock", "platformdirs"}),
    "explorer": (
        {"explorer", "drawing", "maths", "progress"},
        {"IPython", "anywidget", "ipywidgets", "matplotlib", "numpy", "traitlets"},
    ),
    "exercise": (
        {"exercise", "explorer", "drawing", "maths", "progress"},
        {"ipywidgets", "matplotlib", "numpy", "scipy"},
    ),
    "lesson": (
        {"exercise", "explorer", "drawing", "maths", "text"},
        {"matplotlib", "numpy", "scipy"},
    ),
    "course": (
        {"course", "lesson", "exercise", "progress", "start"},
        {"jinja2", "latex2mathml", "nbclient", "nbconvert", "nbformat", "traitlets"},
    ),
}
TORCH = {"text/network.py"}
"""What may import torch, and that only inside the function that needs it."""
FILES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in sorted(ROOT.rglob("*.py"))}
"""Dotted name within the library -> file."""


def package(module):
    """The package to which a module belongs, from its dotted name within the library."""
    first = module.split(".")[0]
    return "start" if first in ("__init__", "__main__") else re.sub(r"lesson_\d\d$", "lesson", first)


def within(module, other):
    """Whether both belong to the same lesson."""
    return package(module) == "lesson" and module.split(".")[0] == other.split(".")[0]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner.removeprefix("lessons_lib.") in MODULES else node.module


MODULES = {name.removesuffix(".__init__") for name in FILES}


@pytest.mark.parametrize("module", FILES)
def test_arrows_run_one_way(module):
    packages, others = MAY[package(module)]
    for name in imported(FILES[module]):
        top, _, rest = name.partition(".")
        if top == "lessons_lib" and rest:
            assert package(rest) in packages or within(module, rest), f"{module} may not import {name}"
        elif top == "torch" and FILES[module].relative_to(ROOT).as_posix() in TORCH:
            continue
        elif top not in (*sys.stdlib_module_names, "lessons_lib"):
            assert top in others, f"{module} may not import {name}"


def test_no_module_imports_itself_by_a_detour():
    arrows = {
        module.removesuffix(".__init__"): {
            name.removeprefix("lessons_lib.") for name in imported(path) if name.startswith("lessons_lib.")
        }
        for module, path in FILES.items()
    }
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        pytest.fail("a circle of imports: " + " → ".join(error.args[1]))


HEAVY = {"torch", "sklearn", "scipy.stats"}


def loaded_by(code):
    """Every module that is loaded after this code has run in a fresh process."""
    code = f"{code}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT.parent, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("part", ["maths", "text"])
def test_mathematics_and_text_load_no_figures_or_widgets(part):
    modules = sorted(name for name in MODULES if name.startswith(f"{part}."))
    loaded = loaded_by("; ".join(f"import lessons_lib.{name}" for name in modules))
    assert not loaded & {*HEAVY, "matplotlib", "ipywidgets", "anywidget"}


@pytest.mark.parametrize("lesson", sorted(name for name in MODULES if re.fullmatch(r"lesson_\d\d", name)))
def test_a_lesson_loads_no_other_and_nothing_heavy(lesson):
    loaded = loaded_by(f"import lessons_lib.{lesson}")
    assert not loaded & HEAVY
    assert {name for name in loaded if re.fullmatch(r"lessons_lib\.lesson_\d\d", name)} == {f"lessons_lib.{lesson}"}


@pytest.mark.parametrize("opened", ["lesson_01 import CoinExplorer", "lesson_04 import ThreeNamesExplorer"])
def test_the_first_figure_does_not_wait_for_scipy(opened):
    assert not {name for name in loaded_by(f"from lessons_lib.{opened} as E; E()") if name.startswith("scipy.")}


@pytest.mark.parametrize("module", ["lessons_lib", "lessons_lib.start.launcher", "lessons_lib.start.environment"])
def test_the_commands_start_on_a_bare_python(module):
    code = f"import sys; sys.path.insert(0, {str(ROOT.parent)!r}); import {module}"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, capture_output=True)
