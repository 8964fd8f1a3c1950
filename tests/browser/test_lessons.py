"""Every lesson runs in a real browser without an error, a failed request or a request to another host."""

import ast
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect
from tab import NOTEBOOK, Tab

from lessons_lib.start.environment import ROOT

WIDGET = "application/vnd.jupyter.widget-view+json"
EXPLORER = {"image/png", WIDGET}
LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@dataclass
class Lesson:
    """A lesson that has been run from top to bottom, in the tab where it now is; and a way to open it in another."""

    tab: Tab
    open_tab: Callable[..., Tab]
    notebook: str

    def move(self, front_end: str) -> None:
        """Go on with the same kernel in another front end."""
        self.tab.leave()
        self.tab = self.open_tab(self.notebook, front_end)


@pytest.fixture(scope="module", params=LESSONS)
def lesson(tabs, request):
    with tabs() as open_tab:
        notebook = f"notebooks/{request.param}"
        tab = open_tab(notebook)
        tab.run_all()
        yield Lesson(tab, open_tab, notebook)


def shows(cell, *kinds):
    """Return whether an output of this cell has all these kinds."""
    return any({*output.get("data", {})} >= {*kinds} for output in cell.get("outputs", []))


def can_be_run_again(cell):
    """Return whether this cell shows a widget and keeps nothing under a name: then running it changes nothing."""
    if not shows(cell, WIDGET):
        return False
    names = [node for node in ast.walk(ast.parse(cell["source"])) if isinstance(node, ast.Name)]
    return not any(isinstance(name.ctx, ast.Store) for name in names)


def look_through(tab, numbers):
    """Go down the page and wait for the widgets of these cells; none may have said what it should not."""
    cells = tab.cells()
    said = [output for number in numbers for output in cells[number].get("outputs", [])]
    assert [o for o in said if o["output_type"] == "error" or o.get("name") == "stderr"] == []
    places = tab.page.locator(".jp-Notebook .jp-Cell")
    expect(places).to_have_count(len(cells))
    for number, (cell, place) in enumerate(zip(cells, places.all(), strict=True)):
        place.scroll_into_view_if_needed()
        if number in numbers and shows(cell, WIDGET):
            widget = ".lessons-explorer canvas" if shows(cell, *EXPLORER) else ".jupyter-widgets"
            place.locator(widget).first.wait_for()
    assert tab.page.get_by_text("Error displaying widget").count() == 0


def test_a_lesson_runs_from_top_to_bottom(lesson):
    cells = lesson.tab.cells()
    assert any(shows(cell, *EXPLORER) for cell in cells)
    look_through(lesson.tab, range(len(cells)))


def test_its_widgets_stand_in_notebook_7_as_well(lesson):
    """In the same kernel: what shows no widget is nothing to a front end, and what computes is not computed again."""
    cells = lesson.tab.cells()
    again = [number for number, cell in enumerate(cells) if can_be_run_again(cell)]
    assert {*again} >= {number for number, cell in enumerate(cells) if shows(cell, *EXPLORER)}
    lesson.move(NOTEBOOK)
    lesson.tab.run_again(again)
    look_through(lesson.tab, again)
