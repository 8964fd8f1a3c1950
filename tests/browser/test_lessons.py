"""Every lesson in a real browser, section by section; and in Notebook 7 all that shows a widget.

Each section runs alone, as after a restart of the kernel, with no more than the sections that it says it needs. From
top to bottom nbval runs a lesson, and compares what comes out with what is stored.
"""

import re

import pytest
from every import EXPLORERS, NOTEBOOKS, PREDICTIONS
from playwright.sync_api import expect
from tab import NOTEBOOK

WIDGET = "application/vnd.jupyter.widget-view+json"
EXPLORER = {"image/png", WIDGET}
START_HERE = re.compile(r"^\*If you start here, first run the cells of (.*)\.\*$", re.MULTILINE)
HASTE = """
from lessons_lib.text import corpora, network

corpora.manual = lambda manual=corpora.manual: manual()[:30_000]
network.Trainer.learn = lambda self, step: 8.0
"""
"""For lesson 6: a short manual, and a network that learns nothing. What comes of the whole is nbval's to compare."""


def shows(cell, *kinds):
    """Return whether an output of this cell has all these kinds."""
    return any({*output.get("data", {})} >= {*kinds} for output in cell.get("outputs", []))


def sections(cells):
    """Return, by heading, the numbers of each section's code cells and the headings of those that it says it needs."""
    heading, found = "", {"": ([], [])}
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            found[heading][0].append(number)
        elif begins := re.search(r"^## (.*)$", cell["source"], re.MULTILINE):
            heading, said = begins[1], START_HERE.search(cell["source"])
            found[heading] = ([], re.findall(r"\[(.*?)\]", said[1]) if said else [])
    return found


def look_through(tab):
    """Go down the page and wait for its widgets; no cell may have said what it should not."""
    cells = tab.cells()
    said = [output for cell in cells for output in cell.get("outputs", [])]
    assert [o for o in said if o["output_type"] == "error" or o.get("name") == "stderr"] == []
    places = tab.page.locator(".jp-Notebook .jp-Cell")
    expect(places).to_have_count(len(cells))
    for cell, place in zip(cells, places.all(), strict=True):
        if shows(cell, WIDGET):
            place.scroll_into_view_if_needed()
            widget = ".lessons-explorer canvas" if shows(cell, *EXPLORER) else ".jupyter-widgets"
            place.locator(widget).first.wait_for()
    assert tab.page.get_by_text("Error displaying widget").count() == 0


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_section_of_a_lesson_runs_alone_with_those_that_it_says_it_needs(tabs, path):
    with tabs() as open_tab:
        tab = open_tab(f"notebooks/{path.name}")
        tab.execute(HASTE)
        stored = tab.cells()
        tab.page.evaluate("() => jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        found = sections(stored)
        for own, needed in found.values():
            tab.execute("%reset -f")
            for numbers in (*(found[heading][0] for heading in needed), own):
                if numbers:
                    tab.run_from_to(numbers[0], numbers[-1])
        assert [bool(cell.get("outputs")) for cell in tab.cells()] == [bool(cell.get("outputs")) for cell in stored]
        assert any(shows(cell, *EXPLORER) for cell in stored)
        look_through(tab)


def test_every_widget_stands_in_notebook_7_as_well(tabs, write_notebook):
    cells = [f"from {cls.__module__} import {cls.__name__}\n{cls.__name__}()" for cls in EXPLORERS]
    cells += [f"from lessons_lib.lesson_{name[:2]}.predictions import {name[3:]}\n{name[3:]}" for name in PREDICTIONS]
    with tabs() as open_tab:
        tab = open_tab(write_notebook("every_widget.ipynb", *cells), NOTEBOOK)
        tab.run_all()
        assert sum(shows(cell, WIDGET) for cell in tab.cells()) == len(EXPLORERS) + len(PREDICTIONS)
        look_through(tab)
