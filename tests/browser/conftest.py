"""A real browser, a real server started by the course's own `lab`, and what both must not say."""

import os
import shutil
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import nbformat
import pytest
from chromium import FLAGS, find_chromium
from playwright.sync_api import expect, sync_playwright
from serving import lab
from tab import LAB, Tab

from lessons_lib.start import launcher
from lessons_lib.start.environment import ROOT

WAIT = 60_000
"""Milliseconds after which what is waited for has not come."""
expect.set_options(timeout=WAIT)


def pytest_collection_modifyitems(items):
    """Without a browser these tests are skipped, unless it is asked for (as .ci/run does)."""
    here = Path(__file__).parent
    if find_chromium() or os.environ.get("LIKELIHOOD_BROWSER") == "required":
        return
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="no Chromium or Chrome is installed"))


@pytest.fixture(scope="session")
def browser():
    path = find_chromium()
    assert path, "no Chromium or Chrome is installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """What the server shows: copies of the lessons, so that running them changes none."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    return folder


@pytest.fixture(scope="session")
def server(folder, tmp_path_factory):
    options = [f"--{app}.expose_app_in_browser=True" for app in ("LabApp", "JupyterNotebookApp")]
    launcher._write_settings()
    own = tmp_path_factory.mktemp("own")  # a theme that a test chooses is not the user's, nor another process's
    shutil.copytree(launcher.JUPYTER / "settings", own / "settings")
    options += [f"--LabApp.user_settings_dir={own / 'settings'}", f"--LabApp.workspaces_dir={own / 'workspaces'}"]
    with lab(f"--ServerApp.root_dir={folder}", *options) as server:
        yield server


@pytest.fixture(scope="session")
def usual_problems(context, server, write_notebook):
    """Return a function: what a front end says of itself, with a notebook that has nothing of the course in it."""

    @cache
    def usual_problems(front_end):
        usual = Tab(context.new_page(), server, front_end)
        usual.open(write_notebook("usual.ipynb", "import ipywidgets\nipywidgets.Play()"))
        usual.run_all()
        usual.page.wait_for_timeout(2000)
        usual.close()
        return usual.problems

    return usual_problems


@pytest.fixture(scope="session")
def context(browser):
    """Where all pages are opened: so the browser compiles JupyterLab once."""
    context = browser.new_context()
    context.set_default_timeout(WAIT)
    return context


@pytest.fixture(scope="session")
def tabs(context, server, usual_problems):
    """Return a context that gives a function to open notebooks; at its end nothing may have gone wrong in any."""

    @contextmanager
    def tabs():
        opened = []

        def open_tab(notebook, front_end=LAB, width=1400, height=1000) -> Tab:
            opened.append(Tab(context.new_page(), server, front_end))
            opened[-1].page.set_viewport_size({"width": width, "height": height})
            opened[-1].open(notebook)
            return opened[-1]

        try:
            yield open_tab
        finally:
            for tab in opened:
                tab.close()
        problems = [(tab.front_end, problem) for tab in opened for problem in tab.problems]
        assert [problem for front_end, problem in problems if problem not in usual_problems(front_end)] == []

    return tabs


@pytest.fixture(scope="session")
def write_notebook(folder):
    """Return a function that puts a notebook with these code cells where the server finds it."""

    def write(name, *cells):
        metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells], metadata=metadata)
        nbformat.write(notebook, folder / name)
        return name

    return write
