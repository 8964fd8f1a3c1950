"""Which part imports which, read from the source; and what an import loads."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lessons_lib

ROOT = Path(lessons_lib.__file__).parent
BARE = {"__init__", "__main__", "environment", "launcher"}
MAY = {  # part: (parts of the library it may import, other packages)
    "bare": ({"bare"}, {"packaging"}),
    "mathematics": ({"mathematics"}, {"numpy", "scipy", "sklearn"}),
    "text": ({"text", "mathematics"}, {"numpy", "scipy", "constriction"}),
    "style": (set(), {"matplotlib"}),
    "runs": (set(), {"numpy"}),
    "outlines": (set(), {"matplotlib", "numpy"}),
    "live": ({"outlines", "runs", "style"}, {"anywidget", "matplotlib", "numpy", "traitlets", "PIL"}),
    "upload": (set(), {"anywidget", "traitlets"}),
    "figures": ({"figures", "outlines", "style"}, {"matplotlib", "numpy", "scipy"}),
    "explorers": (
        {"explorers", "figures", "live", "mathematics", "progress", "style", "text", "upload"},
        {"IPython", "ipywidgets", "matplotlib", "numpy"},
    ),
    "exercises": (
        {"exercises", "explorers", "mathematics", "progress", "style", "text"},
        {"ipywidgets", "numpy", "scipy"},
    ),
    "progress": (set(), {"filelock", "platformdirs"}),
    "selfcheck": ({"bare", "explorers"}, set()),
    "nodelay": (set(), {"jupyter_server"}),
    "class_table": ({"exercises", "progress"}, set()),
    "reading_copy": ({"bare", "exercises"}, {"jinja2", "latex2mathml", "nbconvert", "traitlets"}),
}
TORCH = {"network.py"}
"""What may import torch, and that only inside the function that needs it."""
FILES = sorted(ROOT.rglob("*.py"))
# Whatever lies beside these and is not named above.
MATHEMATICS = {path.stem for path in ROOT.glob("*.py")} - BARE - {*MAY}


def part(module):
    """The part that a module of the library belongs to, from its dotted name without the library's own."""
    first = module.split(".")[0]
    return "bare" if first in BARE else "mathematics" if first in MATHEMATICS else first


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "lessons_lib":
                yield from (f"lessons_lib.{alias.name}" for alias in node.names)
            else:
                yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_arrows_run_one_way(path):
    own = part(".".join(path.relative_to(ROOT).with_suffix("").parts))
    parts, packages = MAY[own]
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "lessons_lib":
            assert part(rest) in parts | {own}, f"{path.name} may not import {name}"
        elif name == "torch" and path.name in TORCH:
            continue
        elif top not in sys.stdlib_module_names:
            assert top in packages, f"{path.name} may not import {name}"


def test_torch_is_loaded_only_when_it_is_needed():
    assert "torch" not in loaded_by("lessons_lib.text.network")
    assert "torch" not in loaded_by("lessons_lib.exercises")


def loaded_by(module, *options):
    code = f"import {module}, sys; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, *options, "-c", code], cwd=ROOT.parent, capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("module", sorted(MATHEMATICS))
def test_mathematics_loads_no_torch_matplotlib_or_widgets(module):
    assert not loaded_by(f"lessons_lib.{module}") & {"torch", "matplotlib", "ipywidgets", "anywidget", "sklearn"}


@pytest.mark.parametrize("module", sorted(path.stem for path in (ROOT / "text").glob("*.py") if path.stem[0] != "_"))
def test_text_loads_no_torch_matplotlib_or_widgets(module):
    assert not loaded_by(f"lessons_lib.text.{module}") & {"torch", "matplotlib", "ipywidgets", "anywidget", "sklearn"}


@pytest.mark.parametrize("module", ["lessons_lib", "lessons_lib.launcher", "lessons_lib.environment"])
def test_the_commands_start_on_a_bare_python(module):
    code = f"import sys; sys.path.insert(0, {str(ROOT.parent)!r}); import {module}"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, capture_output=True)
