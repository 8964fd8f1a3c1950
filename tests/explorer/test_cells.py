"""A cell that is run again closes what it showed before; what is closed costs no memory."""

import gc
import weakref

import ipywidgets as widgets
import pytest

from lessons_lib.explorer import cells
from lessons_lib.lesson_01 import CoinExplorer


@pytest.fixture
def run(monkeypatch):
    """Return what runs a cell: it shows things, as in one run of the cell with this id."""
    now = {}
    monkeypatch.setattr(cells, "_shown", {})
    monkeypatch.setattr(cells, "_running", lambda: (now["cell"], now["run"]))

    def run(cell, *things):
        now.update(cell=cell, run=str(len(runs)))
        runs.append(cell)
        for thing in things:
            thing._repr_mimebundle_()

    runs = []
    return run


def closed(explorer):
    return "is closed" in explorer._repr_mimebundle_()[0]["text/plain"]


def test_a_cell_run_again_closes_what_it_showed(run):
    first, second, third = CoinExplorer(), CoinExplorer(), CoinExplorer()
    run("a", first, second)
    run("b", third)
    run("a", CoinExplorer())
    assert closed(first)
    assert closed(second)
    assert not closed(third)


def test_what_is_shown_again_or_elsewhere_stays(run):
    kept, shared = CoinExplorer(), CoinExplorer()
    run("a", kept, shared)
    run("b", shared)
    run("a", kept)
    assert not closed(kept)
    assert not closed(shared)


def test_a_closed_explorer_leaves_nothing_behind():
    CoinExplorer().close()  # the first one fills caches
    gc.collect()
    before = len(widgets.widget._instances)
    explorer = CoinExplorer()
    figure = weakref.ref(explorer.figure)
    explorer.close()
    gc.collect()
    assert figure() is None
    assert len(widgets.widget._instances) == before


def test_a_closed_explorer_says_so_whatever_is_asked_of_it():
    explorer = CoinExplorer()
    explorer.close()
    with pytest.raises(AttributeError, match="this CoinExplorer is closed; run its cell again"):
        explorer.set(n=3)
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        CoinExplorer().colour  # noqa: B018


def test_outside_of_jupyter_nothing_is_kept():
    explorer = CoinExplorer()
    explorer._repr_mimebundle_()
    assert not cells._shown
