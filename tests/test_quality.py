"""ruff, and the examples in docstrings."""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import lessons_lib
from lessons_lib.start.environment import ROOT

MODULES = [m.name for m in pkgutil.walk_packages(lessons_lib.__path__, "lessons_lib.") if "__main__" not in m.name]


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff(command):
    done = subprocess.run([sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
