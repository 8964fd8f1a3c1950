"""The same examples at every run, on any machine, and never the progress of whoever runs the tests."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("course", derandomize=True, deadline=None)
settings.load_profile("course")
# Kernels that nbval starts inherit this; each test has its own (below).
os.environ["LIKELIHOOD_PROGRESS"] = str(Path(tempfile.mkdtemp()) / "progress.json")


@pytest.fixture(autouse=True)
def progress_file(monkeypatch, tmp_path):
    """Where this test's progress lies: nothing is there yet."""
    path = tmp_path / "progress" / "progress.json"
    monkeypatch.setenv("LIKELIHOOD_PROGRESS", str(path))
    return path


def pytest_collection_modifyitems(items):
    """Time is taken first, in a young process; the longest files, those with a browser, are begun right after it."""
    items.sort(key=lambda item: item.path.name != "test_speed.py")
