"""The lessons where torch is not installed: they run from top to bottom, and say kindly what they leave out."""

import json
import subprocess
import sys

import nbformat
import pytest
from every import NOTEBOOKS

RUN = """
import json, sys
from importlib.machinery import PathFinder

class WithoutTorch(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name == "torch" else PathFinder.find_spec(name, path, target)

sys.meta_path = [WithoutTorch if finder is PathFinder else finder for finder in sys.meta_path]
from lessons_lib.text import corpora
part = corpora.manual()[:60_000]  # which lesson 6 reads in an eighth of the time
corpora.manual = lambda: part
space = {"__name__": "lesson"}
for source in json.load(sys.stdin):
    exec(source, space)
assert "torch" not in sys.modules
"""


def uses_torch(path):
    return any("import torch" in cell.source or "Trainer" in cell.source for cell in nbformat.read(path, 4).cells)


@pytest.mark.parametrize("path", [*filter(uses_torch, NOTEBOOKS)], ids=lambda path: path.stem)
def test_a_lesson_runs_and_says_what_it_leaves_out(path):
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    done = subprocess.run(
        [sys.executable, "-c", RUN], input=json.dumps(sources), capture_output=True, encoding="utf-8", timeout=600
    )
    assert done.returncode == 0, done.stderr
    assert "not installed here" in done.stdout
