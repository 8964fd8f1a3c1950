"""The lessons where torch is not installed: what has to do with it runs, and says kindly what is left out."""

import ast
import dis
import json
import re
import subprocess
import sys
from types import CodeType

import nbformat
import pytest
from every import NOTEBOOKS

RUN = """
import io, json, sys, traceback
from contextlib import redirect_stdout
from importlib.machinery import PathFinder

class WithoutTorch(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name == "torch" else PathFinder.find_spec(name, path, target)

sys.meta_path = [WithoutTorch if finder is PathFinder else finder for finder in sys.meta_path]
from lessons_lib.text import corpora
part = corpora.manual()[:60_000]  # which lesson 6 reads in an eighth of the time
corpora.manual = lambda: part
outcomes = {}
for lesson, sources in json.load(sys.stdin).items():
    space, said, failed = {"__name__": "lesson"}, io.StringIO(), ""
    try:
        with redirect_stdout(said):
            for source in sources:
                exec(source, space)
    except Exception:
        failed = f"{traceback.format_exc()}in this cell:\\n{source}"
    outcomes[lesson] = said.getvalue(), failed
assert "torch" not in sys.modules
print(json.dumps(outcomes))
"""


def names(code):
    """The names that a cell takes from the cells before it, and those it binds."""
    taken, bound = set(), set()
    for step in dis.get_instructions(code):
        if step.opname == "STORE_NAME":
            bound.add(step.argval)
        elif step.opname in ("LOAD_NAME", "LOAD_GLOBAL"):
            taken |= {step.argval} - bound
        elif isinstance(step.argval, CodeType):
            taken |= names(step.argval)[0] - bound
    return taken, bound


def imports(source):
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {(alias.asname or alias.name).split(".")[0] for node in nodes for alias in node.names}


def about_torch(path):
    """A notebook's cells that use torch, those that go on with what these bind, and those that all of these need.

    To the other cells it is all one whether torch is there, and nbval runs them.
    """
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    flow = [names(compile(source, path.name, "exec")) for source in sources]
    kept, changed, needed = set(), set(), set()
    for number, (source, (taken, bound)) in enumerate(zip(sources, flow, strict=True)):
        if re.search(r"\b(torch|Trainer)\b", source) or taken & changed:
            kept.add(number)
            changed |= bound - imports(source)
    for number, (taken, bound) in reversed([*enumerate(flow)]):
        if number in kept or bound & needed:
            kept.add(number)
            needed |= taken
    return [sources[number] for number in sorted(kept)]


CELLS = {path.stem: cells for path in NOTEBOOKS if (cells := about_torch(path))}


@pytest.fixture(scope="module")
def outcomes():
    """What these cells of each lesson say in a Python without torch, and how they fail."""
    done = subprocess.run(
        [sys.executable, "-c", RUN], input=json.dumps(CELLS), capture_output=True, encoding="utf-8", timeout=600
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_torch_may_change_is_kept_of_a_notebook_and_what_that_needs(tmp_path):
    cells = (
        "import numpy as np\na = np.ones(3)",
        "b = 2",
        "c = a",
        "import torch\nd = torch.ones(2) + c",
        "e = d",
        "c = b",
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(notebook, tmp_path / "some.ipynb")
    assert about_torch(tmp_path / "some.ipynb") == [cells[number] for number in (0, 2, 3, 4)]


@pytest.mark.parametrize("lesson", CELLS)
def test_a_lesson_runs_and_says_what_it_leaves_out(outcomes, lesson):
    said, failed = outcomes[lesson]
    assert not failed, failed
    assert "not installed here" in said
