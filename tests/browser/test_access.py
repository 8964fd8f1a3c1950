"""Explorers and exercises for everyone: no finding of axe-core in any theme, no loss at 200 % or in a narrow window."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from every import EXPLORERS
from playwright.sync_api import expect

from lessons_lib.lesson_01 import ClassifierExplorer

THEMES = ("JupyterLab Light", "JupyterLab Dark")
DRAWN = """ratio => [...document.querySelectorAll(".lessons-explorer canvas")].every(
    canvas => canvas.width === ratio * parseFloat(canvas.style.maxWidth))"""
ROOM = """explorer => {
    explorer.scrollIntoView();
    const sides = element => { const { left, right } = element.getBoundingClientRect(); return [left, right]; };
    const canvas = explorer.querySelector("canvas");
    return [
        ...sides(explorer), explorer.clientWidth, explorer.scrollWidth,
        canvas.clientWidth, canvas.closest(".lessons-live").clientWidth,
        [...explorer.querySelectorAll(".lessons-controls > *")].map(sides),
    ];
}"""


@pytest.fixture(scope="module")
def everything(tabs, write_notebook):
    """One notebook with every explorer, a prediction, an exercise, its hint and its solution, and the map."""
    cells = [f"from {cls.__module__} import {cls.__name__}\nshown = {cls.__name__}()\nshown" for cls in EXPLORERS]
    cells += ["from lessons_lib import course, lesson_00\nlesson_00.halving", "course.course_map()"]
    cells += [f"lesson_00.surprisal.{call}" for call in ("check(0.5)", "hint()", "solution()")]
    with tabs() as open_tab:
        opened = open_tab(write_notebook("everything.ipynb", *cells))
        opened.run_all()
        opened.page.set_viewport_size({"width": 1400, "height": 8000})  # shows all of them at once
        opened.page.locator(".lessons-explorer canvas").nth(len(EXPLORERS) - 1).wait_for()
        yield opened


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(everything, theme):
    page = everything.page
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    page.wait_for_function("() => !document.getAnimations().some(each => each instanceof CSSTransition)")
    found = Axe().run(page, context={"include": [[".jp-OutputArea-output"]]}, options={"resultTypes": ["violations"]})
    told = [
        f"{violation['id']}: {node['html'][:300]} {node.get('failureSummary', '')[:300]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
    assert told == []


def test_who_wants_less_motion_gets_no_animation(everything):
    page, number = everything.page, EXPLORERS.index(ClassifierExplorer)
    page.emulate_media(reduced_motion="reduce")
    everything.run_again([number])
    explorer = page.locator(".lessons-explorer").nth(number)
    canvas = explorer.locator("canvas")
    canvas.wait_for()
    everything.idle()
    frames = "canvas => { window.shown = 0; const c = canvas.getContext('2d');"
    frames += " const put = c.putImageData; c.putImageData = function (...all) { shown += 1; put.apply(this, all); }; }"
    canvas.evaluate(frames)
    explorer.get_by_role("button", name="let gradient ascent climb").click()
    playing, step, last = everything.ask("[(c.playing, shown.state.step, c.max) for c in [shown.controls['play']]][0]")
    assert (playing, step) == (False, last)
    assert page.evaluate("shown") == 1
    expect(explorer.locator("figcaption")).to_contain_text("climbs to")
    moving = "[...document.querySelectorAll('.lessons-explorer *')].filter(e => getComputedStyle(e).transitionDuration"
    assert page.evaluate(f"{moving} !== '0s').length") == 0
    page.emulate_media(reduced_motion="no-preference")


@pytest.fixture(scope="module", params=[1, 2], ids=["700 pixels wide", "1400 pixels at 200 %"])
def narrow(everything, request):
    """The explorers in 700 CSS pixels, all figures drawn for this resolution."""
    page, ratio = everything.page, request.param
    devtools = page.context.new_cdp_session(page)
    for width in (800, 700):  # the page is told of another resolution only if its width changes with it
        screen = {"width": width, "height": 12_000, "deviceScaleFactor": ratio, "mobile": False}
        devtools.send("Emulation.setDeviceMetricsOverride", screen)
        page.wait_for_function("size => innerWidth === size[0] && devicePixelRatio === size[1]", arg=[width, ratio])
    page.evaluate("jupyterapp.shell.collapseLeft()")
    page.wait_for_function(DRAWN, arg=ratio)
    return page.locator(".lessons-explorer")


@pytest.mark.parametrize("number", range(len(EXPLORERS)), ids=lambda number: EXPLORERS[number].__name__)
def test_nothing_is_lost_in_little_room(narrow, number):
    left, right, width, wanted, figure, room, controls = narrow.nth(number).evaluate(ROOM)
    assert wanted <= width, "the explorer is wider than its place"
    assert figure / room <= 1.01
    assert figure >= 0.55 * EXPLORERS[number].size[0], "the letters are too small"
    for from_left, to_right in controls:
        assert left - 1 <= from_left
        assert to_right <= right + 1
