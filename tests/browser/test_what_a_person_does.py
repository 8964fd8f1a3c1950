"""What a person does, and no test of a single control sees: one cell after the other, a second evening, keys."""

import json
import shutil
from inspect import getsource

import nbformat
import pytest
from every import EXPLORERS, PREDICTIONS
from playwright.sync_api import expect
from tab import LAB, NOTEBOOK

from lessons_lib.exercise.prediction import Amount, Choice
from lessons_lib.lesson_01 import CoinExplorer
from lessons_lib.lesson_02 import UnderflowExplorer
from lessons_lib.lesson_04 import SampleExplorer, ThreeNamesExplorer
from lessons_lib.lesson_05 import FitExplorer
from lessons_lib.lesson_06 import SurpriseExplorer
from lessons_lib.start import launcher
from lessons_lib.start.environment import ROOT
from lessons_lib.start.saving import STORED

TALL = [FitExplorer, ThreeNamesExplorer]
IN_VIEW = """number => {
    const cell = jupyterapp.shell.currentWidget.content.widgets[number].node;
    const room = (cell.closest(".jp-WindowedPanel-outer") ?? cell.closest(".jp-Notebook")).getBoundingClientRect();
    const [controls, picture] = [".lessons-controls", "canvas"].map(part => cell.querySelector(part));
    if (!controls || !picture?.offsetHeight) return null;
    const [top, bottom] = [controls.getBoundingClientRect().top, picture.getBoundingClientRect().bottom];
    return [Math.round(top - room.top), Math.round(room.bottom - bottom)];
}"""
GO_TO = """number => {
    const { content } = jupyterapp.shell.currentWidget;
    content.activeCellIndex = number;
    return content.scrollToItem(number);
}"""
SAVE = "() => jupyterapp.commands.execute('docmanager:save')"
END = {
    "stopped": "() => jupyterapp.shell.currentWidget.context.sessionContext.shutdown()",
    "begun anew": "() => jupyterapp.shell.currentWidget.context.sessionContext.restartKernel()",
}


@pytest.fixture(scope="module")
def shown(tabs, write_notebook):
    """Return a function that shows, in one tab that stays, what this code shows."""
    with tabs() as open_tab:
        tab = open_tab(write_notebook("person.ipynb", "1"))

        def show(code, selector=".lessons-explorer canvas"):
            tab.run(code)
            tab.page.locator(selector).wait_for()
            return tab

        yield show


def showing(cls):
    """Return the code that shows an explorer."""
    return f"from {cls.__module__} import {cls.__name__}\nexplorer = {cls.__name__}()\nexplorer"


def asking(kind):
    """Return the code that asks for a guess of this kind."""
    name, prediction = next((name, p) for name, p in PREDICTIONS.items() if isinstance(p.kind, kind))
    module = f"lessons_lib.lesson_{name[:2]}.predictions"
    return f"from {module} import {name[3:]} as guess\nguess", prediction


def settled(page, number):
    """Return how far, in pixels, controls and picture of this cell lie within the page, once that stays the same."""
    before, now = None, page.evaluate(IN_VIEW, number)
    while now is None or now != before:
        page.wait_for_timeout(250)
        before, now = now, page.evaluate(IN_VIEW, number)
    return now


@pytest.mark.parametrize(
    ("front_end", "width", "height", "explorers"),
    [(LAB, 1366, 768, EXPLORERS), (LAB, 1400, 1000, TALL), (NOTEBOOK, 1366, 768, TALL), (NOTEBOOK, 1400, 1000, TALL)],
)
def test_run_by_shift_and_enter_an_explorer_is_in_view(tabs, write_notebook, front_end, width, height, explorers):
    with tabs() as open_tab:
        name = write_notebook("one_after_the_other.ipynb", *map(showing, explorers), *["1"] * 20)
        tab, told = open_tab(name, front_end, width, height), []
        for number, cls in enumerate(explorers):
            tab.page.evaluate(GO_TO, number)
            tab.page.locator(".jp-Notebook .jp-Cell").nth(number).locator(".jp-InputArea").first.click()
            tab.page.keyboard.press("Shift+Enter")
            tab.idle()
            above, below = settled(tab.page, number)
            if above < 0 or below < 0:
                told.append(f"{cls.__name__}: its controls begin {above} below the top, its picture ends {below} above")
        assert told == []


@pytest.mark.parametrize("front_end", [LAB, NOTEBOOK])
def test_after_run_all_no_explorer_takes_the_page_to_itself(tabs, write_notebook, front_end):
    cells = [showing(CoinExplorer), *["1"] * 30]
    with tabs() as open_tab:
        tab = open_tab(write_notebook("run_all.ipynb", *cells), front_end)
        tab.page.evaluate(GO_TO, len(cells) - 1)
        tab.run_all()
        tab.page.wait_for_timeout(1500)
        above, _ = tab.page.evaluate(IN_VIEW, 0) or (None, None)
        assert above is None or above < 0 or above > 100


@pytest.mark.parametrize("front_end", [LAB, NOTEBOOK])
def test_a_fresh_lesson_does_not_answer_its_own_guesses(tabs, folder, front_end):
    notebook = "fresh.ipynb"
    shutil.copy(ROOT / "notebooks" / "01_likelihood_is_a_product.ipynb", folder / notebook)
    cells = nbformat.read(folder / notebook, as_version=4).cells
    explorer = next(number for number, cell in enumerate(cells) if "CoinExplorer()" in cell.source)
    with tabs() as open_tab:
        tab = open_tab(notebook, front_end)
        cell = tab.page.locator(".jp-Notebook .jp-Cell").nth(explorer)
        tab.page.evaluate(GO_TO, explorer)
        instead = "element => getComputedStyle(element, '::before').content"
        assert cell.locator(".jp-Placeholder-content").evaluate(instead) == f'"{launcher.HIDDEN}"'
        assert cells[explorer].outputs[0].data["text/plain"][:20] not in cell.inner_text()
        assert not cell.locator("img").is_visible()
        tab.run_again([explorer])
        expect(cell.locator("canvas")).to_be_visible()
        expect(cell.locator(".jp-Placeholder-content")).to_have_count(0)
        tab.page.evaluate(SAVE)
        assert "jupyter" not in nbformat.read(folder / notebook, as_version=4).cells[explorer].metadata


def test_on_a_second_evening_what_is_stored_stands(tabs, write_notebook, folder):
    """Each front end saves, and shows what the other has saved."""
    question, _ = asking(Choice)
    name = write_notebook("evenings.ipynb", "1", showing(CoinExplorer), question, showing(UnderflowExplorer))
    sizes = []
    with tabs() as open_tab:
        for evening, (front_end, cells) in enumerate(((NOTEBOOK, [0, 1, 2, 3]), (LAB, [0, 3]), (NOTEBOOK, []))):
            tab = open_tab(name, front_end)
            if evening:
                expect(tab.page.locator(".jp-OutputArea-output img")).to_have_count(2)
                expect(tab.page.get_by_text(STORED.strip("*"))).to_have_count(2)
                expect(tab.page.get_by_text("Run this cell to commit a guess.")).to_have_count(1)
                assert tab.page.get_by_text("Error displaying widget").count() == 0
                assert tab.page.locator(".lessons-explorer").count() == 0
            tab.run_again(cells)
            expect(tab.page.locator(".lessons-explorer canvas")).to_have_count(len({1, 3} & {*cells}))
            tab.page.evaluate(SAVE)
            sizes.append((folder / name).stat().st_size)
            tab.close()
    assert "widgets" not in json.loads((folder / name).read_text("utf-8"))["metadata"]
    assert sizes[2] == pytest.approx(sizes[0], rel=0.01)


@pytest.mark.parametrize("end", END)
def test_an_explorer_and_a_guess_whose_kernel_is_gone_say_so(tabs, write_notebook, end):
    question, _ = asking(Amount)
    with tabs() as open_tab:
        tab = open_tab(write_notebook("gone.ipynb", "1", showing(CoinExplorer), question))
        tab.run_all()
        told = tab.page.locator(".lessons-gone")
        expect(told).to_have_count(2)
        assert told.all_inner_texts() == ["", ""]
        tab.page.evaluate(END[end])
        for place in told.all():
            expect(place).to_contain_text("Run this cell again (Shift+Enter)")
        tab.close()
        tab.problems.clear()  # what JupyterLab says of the messages that were under way


def test_keys_stay_with_a_guess_that_comes_before_any_picture(tabs, write_notebook):
    question, prediction = asking(Choice)
    with tabs() as open_tab:
        tab = open_tab(write_notebook("guess.ipynb", "1", question, "2"))
        tab.run_all()
        page, before = tab.page, len(tab.cells())
        buttons = page.locator(".lessons-prediction input[type=radio]")
        expect(page.locator(".lessons-gone")).to_have_count(1)
        buttons.first.click()
        for key in ("ArrowDown", "b", "x", "ArrowDown", "ArrowUp", "d", "d", "a"):
            page.keyboard.press(key)
        assert len(tab.cells()) == before
        expect(buttons.nth(1)).to_be_checked()
        page.get_by_role("button", name="This is my guess").click()
        assert tab.ask("guess.guess") == prediction.kind.options[1]


def test_a_slider_that_nobody_has_moved_is_no_guess(shown):
    question, prediction = asking(Amount)
    tab = shown(question, ".lessons-prediction")
    button = tab.page.get_by_role("button", name="This is my guess")
    button.click()
    expect(tab.page.locator(".lessons-prediction")).to_contain_text("Move the slider first.")
    assert tab.ask("guess.guess") is None
    tab.page.locator(".lessons-prediction .noUi-handle").focus()
    tab.page.keyboard.press("ArrowRight")
    button.click()
    expect(button).to_be_disabled()
    assert tab.ask("guess.guess") == pytest.approx(prediction.kind.low + prediction.kind.step)


def test_home_and_end_go_to_the_ends_that_a_slider_now_has(shown):
    tab = shown(showing(UnderflowExplorer))
    slider = tab.page.locator(".widget-slider:has(.noUi-handle[aria-label='factors'])")
    for window in tab.ask("explorer.controls['window'].options"):
        tab.ask(f"explorer.move(window={window!r})")
        for key, end in (("End", "max"), ("Home", "min"), ("End", "max")):
            slider.locator(".noUi-handle").focus()
            tab.page.keyboard.press(key)
            value = tab.ask(f"explorer.controls['n'].{end}")
            expect(slider.locator(".widget-readout")).to_have_text(str(value))
            assert tab.ask("explorer.state.n") == value


@pytest.mark.parametrize("cls", [cls for cls in EXPLORERS if "player(" in getsource(cls)])
def test_the_first_time_it_plays_it_plays_to_its_end(shown, cls):
    tab = shown(showing(cls))
    tab.page.locator(".widget-play button").first.click()
    pause = tab.page.locator(".widget-play .fa-pause")
    for so_many in (1, 0):
        expect(pause).to_have_count(so_many)
    assert tab.ask("explorer.state.step") == tab.ask("explorer.controls['play'].max")


def test_at_the_end_of_the_opening_text_one_can_type_on(shown):
    tab = shown(showing(SurpriseExplorer))
    before, typed = tab.ask("explorer.result.characters"), " And so I go on."
    tab.page.locator("textarea").click()
    tab.page.keyboard.press("Control+End")
    tab.page.keyboard.type(typed)
    expect(tab.page.locator("figcaption")).to_contain_text(f"{before + len(typed)} characters")
    assert tab.ask("explorer.state.text").endswith(typed)
    assert tab.ask("explorer.state.at") == before + len(typed) + 1


def test_a_number_on_a_scale_is_not_wiped_out_by_typing(shown):
    tab = shown(showing(SampleExplorer))
    readout = tab.page.locator(".widget-slider:has(.noUi-handle[aria-label='examples n']) .widget-readout")
    before = readout.inner_text()
    expect(readout).to_have_attribute("contenteditable", "false")
    readout.click()
    tab.page.keyboard.type("50\n")
    expect(readout).to_have_text(before)


def test_values_are_read_aloud_as_they_are_shown(shown):
    tab = shown(showing(ThreeNamesExplorer))
    slider = tab.page.locator(".widget-slider:has(.noUi-handle[aria-label='its p'])")
    handle, readout = slider.locator(".noUi-handle"), slider.locator(".widget-readout")
    handle.focus()
    for _ in range(9):
        tab.page.keyboard.press("ArrowRight")
        tab.idle()
        expect(handle).to_have_attribute("aria-valuetext", readout.inner_text())
        assert len(readout.inner_text()) <= 5
