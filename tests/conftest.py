"""The same examples at every run, on any machine, and never the progress of whoever runs the tests."""

import os
import re
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from lessons_lib import progress

settings.register_profile("course", derandomize=True, deadline=None)
settings.load_profile("course")
# Kernels that nbval starts inherit this; each test has its own (below).
os.environ["LIKELIHOOD_PROGRESS"] = str(Path(tempfile.mkdtemp()) / "progress.json")


@pytest.fixture(autouse=True)
def progress_file(monkeypatch, tmp_path):
    """Where this test's progress lies: nothing is there yet."""
    path = tmp_path / "progress" / "progress.json"
    monkeypatch.setenv("LIKELIHOOD_PROGRESS", str(path))
    monkeypatch.setattr(progress, "_unwritten", [])
    return path


def pytest_report_header():
    """Say at the beginning what cannot be tried."""
    left_out = "what needs it is skipped, and cells of the lessons that use it are run but not compared"
    return None if find_spec("torch") else f"torch is not installed here: {left_out}"


def pytest_collection_modifyitems(items):
    """Time is taken first, in a young process; the longest files, those with a browser, are begun right after it.

    Without torch, a lesson's cells that use it say something else than what is stored.
    """
    items.sort(key=lambda item: item.path.name != "test_speed.py")
    for item in items:
        if not find_spec("torch") and hasattr(item, "cell") and re.search(r"\btorch\b", item.cell.source):
            item.options["check"] = False
