"""Explorers and exercises for everyone: no finding of axe-core in any theme, no loss at 200 % or in a narrow window."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from every import EXPLORERS

THEMES = ("JupyterLab Light", "JupyterLab Dark")


@pytest.fixture(scope="module")
def everything(tabs, write_notebook):
    """One notebook with every explorer, a prediction, an exercise, its hint and its solution, and the map."""
    cells = [f"from {cls.__module__} import {cls.__name__}\n{cls.__name__}()" for cls in EXPLORERS]
    cells += ["from lessons_lib import course, lesson_00\nlesson_00.halving", "course.course_map()"]
    cells += [f"lesson_00.surprisal.{call}" for call in ("check(0.5)", "hint()", "solution()")]
    with tabs() as open_tab:
        opened = open_tab(write_notebook("everything.ipynb", *cells), width=1400, height=8000)
        opened.run_all()
        opened.page.locator(".lessons-explorer canvas").nth(len(EXPLORERS) - 1).wait_for()
        yield opened.page


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(everything, theme):
    everything.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    everything.wait_for_timeout(1500)
    found = Axe().run(
        everything, context={"include": [[".jp-OutputArea-output"]]}, options={"resultTypes": ["violations"]}
    )
    told = [
        f"{violation['id']}: {node['html'][:300]} {node.get('failureSummary', '')[:300]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
    assert told == []


@pytest.fixture(scope="module", params=[1, 2], ids=["700 pixels wide", "1400 pixels at 200 %"])
def narrow(everything, request):
    """The same in 700 CSS pixels."""
    screen = {"width": 700, "height": 12_000, "deviceScaleFactor": request.param, "mobile": False}
    everything.context.new_cdp_session(everything).send("Emulation.setDeviceMetricsOverride", screen)
    everything.evaluate("jupyterapp.shell.collapseLeft()")
    everything.wait_for_timeout(2000)
    assert everything.evaluate("[innerWidth, devicePixelRatio]") == [700, request.param]
    return everything


@pytest.mark.parametrize("number", range(len(EXPLORERS)), ids=lambda number: EXPLORERS[number].__name__)
def test_nothing_is_lost_in_little_room(narrow, number):
    explorer = narrow.locator(".lessons-explorer").nth(number)
    explorer.scroll_into_view_if_needed()
    canvas = explorer.locator("canvas")
    room = explorer.evaluate("e => [e.clientWidth, e.scrollWidth]")
    assert room[1] <= room[0], "the explorer is wider than its place"
    assert canvas.evaluate("c => c.clientWidth / c.closest('.lessons-live').clientWidth") <= 1.01
    assert canvas.evaluate("c => c.clientWidth") >= 0.55 * EXPLORERS[number].size[0], "the letters are too small"
    for control in explorer.locator(".lessons-controls > *").all():
        box, place = control.bounding_box(), explorer.bounding_box()
        assert place["x"] - 1 <= box["x"]
        assert box["x"] + box["width"] <= place["x"] + place["width"] + 1


def test_who_wants_less_motion_gets_no_animation(tab, write_notebook):
    code = "from lessons_lib.lesson_01 import ClassifierExplorer\nexplorer = ClassifierExplorer()\nexplorer"
    opened = tab(write_notebook("calm.ipynb", code), reduced_motion="reduce")
    opened.run_all()
    page = opened.page
    page.locator(".lessons-explorer canvas").wait_for()
    frames = "() => { window.shown = 0; const c = document.querySelector('.lessons-explorer canvas').getContext('2d');"
    frames += " const put = c.putImageData; c.putImageData = function (...all) { shown += 1; put.apply(this, all); }; }"
    page.evaluate(frames)
    page.get_by_role("button", name="let gradient ascent climb").click()
    page.wait_for_timeout(3000)
    assert page.evaluate("shown") == 1
    assert "climbs to" in page.locator("figcaption").inner_text()
    moving = "[...document.querySelectorAll('.lessons-explorer *')].filter(e => getComputedStyle(e).transitionDuration"
    assert page.evaluate(f"{moving} !== '0s').length") == 0
