"""CONTRIBUTING.md, followed to the letter in a copy of the course: its examples pass what the course's own pass."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from math import log2

import nbformat
import pytest

from lessons_lib.start.environment import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
WORKED = PAGE[PAGE.index("## An exercise") : PAGE.index("## How the parts work")]
BLOCK = re.compile(r"^`([\w./]+)`$|^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A line that is a file's name, or a fenced block with its language."""
EVERYTHING = "python3 -m lessons_lib test"
"""The page's last command; here only those tests run that see the page's own lesson and have not run before."""
OURS = [
    "tests/test_imports.py",
    "tests/test_quality.py",
    "tests/course",
    "tests/exercise/test_predictions.py",
    "tests/explorer/test_every_explorer.py::test_its_lesson_lists_it_and_its_notebook_opens_it",
    "-k",
    "99_ or lesson_99 or wait or map or ruff",
]


def patched(text, diff):
    """Return a text with a diff's lines put in; what they stand beside is found by its words and has to be there."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] or line for line in lines if line[0] in " -\n")
    after = "".join(line[1:] or line for line in lines if line[0] in " +\n")
    assert text.count(before) == 1, f"the page would change what is not there, or there twice:\n{before}"
    return text.replace(before, after)


def run(folder, *arguments, **env):
    """Run Python in the copy, where bytecode may lie: one command after the other imports the same modules."""
    ours = ("PYTEST", "LIKELIHOOD", "PYTHONDONTWRITEBYTECODE")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    env = {**kept, "PYTHONPATH": str(folder), "PYTHONUTF8": "1", **env}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=900)


def test_run(folder, *arguments):
    return run(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", *arguments)


test_run.__test__ = False


def obey(folder, command):
    """Run one of the page's commands."""
    python, *arguments = shlex.split(command.replace("\\\n", " "))
    assert python in ("python3", ".venv/bin/python")
    if arguments[:3] == ["-m", "lessons_lib", "test"]:
        return test_run(folder, *(OURS if command.strip() == EVERYTHING else arguments[3:]))
    return run(folder, *arguments)


def copy_of_the_course(folder):
    """Copy it; of its notebooks only the text and the map, since nothing else in them knows of one more lesson."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "reading", "__pycache__", "*.egg-info"))
    for path in (folder / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = [c for c in notebook.cells if c.cell_type == "markdown" or "course_map()" in c.source]
        nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A copy of the course in which everything on the page was done, and what its commands said."""
    folder = tmp_path_factory.mktemp("course") / "copy"
    copy_of_the_course(folder)
    name, said, cells = None, {}, []
    for named, language, text in BLOCK.findall(WORKED):
        path = folder / (named or name)
        if named:
            name = named
        elif language == "sh":
            if cells:
                nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
                cells = []
            said[text] = obey(folder, text)
        elif language == "diff":
            path.write_text(patched(path.read_text("utf-8"), text), "utf-8")
        elif path.suffix == ".ipynb":
            new = nbformat.v4.new_code_cell if language == "python" else nbformat.v4.new_markdown_cell
            cells.append(new(text.rstrip("\n")))
        else:
            assert not path.exists(), f"{name} is there already"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    return folder, said


def test_every_command_succeeds_and_tests_something(followed):
    _, said = followed
    assert len(said) == 4
    for command, done in said.items():
        assert done.returncode == 0, f"{command}\n{done.stdout[-5000:]}\n{done.stderr[-5000:]}"
        if " test" in command:
            assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 10, done.stdout


TRIED = """
import sys
from pathlib import Path

sys.path.append("tests")
import numpy as np
import sweep
from lessons_lib import lesson_99
from lessons_lib.course import LESSONS
from lessons_lib.lesson_99 import WaitExplorer, wait_view

# The exercise knows right, wrong and stub.
e = lesson_99.loaded_die
assert e.called == "lesson_99.loaded_die"
assert abs(e.answer - 2.766) < 5e-4
assert e.check(2.77).status == "correct"
assert e.check(...).status == "not attempted"
assert "nats" in e.check(1.917).message
assert "any one of the three" in e.check(1.18).message

# The explorer moves and says so.
e = WaitExplorer()
assert WaitExplorer in LESSONS[-1].explorers
for name, value in (("k", 8), ("p", 0.125)):
    sentence, pixels = e.describe(), e.figure.pixels()
    e.controls[name].value = value
    assert not e.error and e.describe() != sentence and (e.figure.pixels() != pixels).any()
assert "toss 8 costs 4.35 bits" in e.describe() and "cheaper than 4.35 bits" in e.describe()
assert "☑" in e._goals.value
np.testing.assert_array_equal(WaitExplorer(k=8, p=0.125).figure.pixels(), e.figure.pixels())

# Moved equals fresh fails with the mistake that the page proposes. This is what the test does.
whole, put = Path(wait_view.__file__).read_text("utf-8"), "        self.came.put("
assert whole.count(put) == 1
for source in (whole, whole.replace(put, f"        if r.k > 3:\\n    {put}")):
    exec(source, vars(wait_view))
    WaitExplorer.View = wait_view.WaitView
    e, told = WaitExplorer(), []
    for seed in range(3):
        sweep.random_moves(e, seed)
        try:
            sweep.assert_same_picture(e, sweep.fresh(e))
        except AssertionError as error:
            told.append(str(error))
    assert bool(told) == (source != whole)
    assert all("WaitExplorer shows another picture than opened in it: a Bars" in words for words in told), told
"""


def test_exercise_and_explorer_do_as_the_page_says_and_the_mistake_is_found(followed):
    assert "Write `if r.k > 3:` above `self.came.put(…)`" in " ".join(PAGE.split())
    done = run(followed[0], "-c", TRIED, LIKELIHOOD_PROGRESS="progress.json")
    assert done.returncode == 0, done.stderr


def test_the_numbers_that_the_page_warns_of_are_one():
    """With ¼ and the fourth toss, two mistakes lead to the same answer."""
    assert -3 * log2(3 / 4) == pytest.approx(-log2(4 * (1 / 4) * (3 / 4) ** 3))


def test_the_lesson_is_stored_with_its_outputs_and_on_the_map(followed):
    lesson = nbformat.read(followed[0] / "notebooks" / "99_waiting_for_a_six.ipynb", as_version=4)
    texts = [o.get("text") or o["data"]["text/plain"] for cell in lesson.cells for o in cell.get("outputs", [])]
    assert any("first six on toss  1: 2.585 bits" in text for text in texts)
    assert any("without a six: 2.63 bits, and one six: 2.58 bits" in text for text in texts), "as its summary says"
    assert any(text.startswith("A first six on toss 3 costs 2.77 bits") for text in texts)
    assert any("It is: the first." in text for text in texts)
    start = (followed[0] / "notebooks" / "00_start_here.ipynb").read_text("utf-8")
    assert "99  Waiting for a six: not opened yet" in start
