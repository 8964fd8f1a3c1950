"""Every control of every explorer, by keyboard and by pointer, in a real browser."""

import re
from functools import cache

import ipywidgets as widgets
import pytest
from every import EXPLORERS
from playwright.sync_api import expect
from tab import LAB, NOTEBOOK

from lessons_lib.explorer.upload import FileField

PIXELS = "canvas => canvas.toDataURL()"
PLACE = """explorer => {
    const scroller = explorer.closest('.jp-WindowedPanel-outer') ?? explorer.closest('.jp-Notebook');
    return [scroller.scrollHeight, scroller.scrollTop];
}"""
KEYS = {
    widgets.Button: ["Enter"],
    widgets.BoundedIntText: ["ArrowUp", "Enter"],
    widgets.Checkbox: ["Space"],
    widgets.Dropdown: ["ArrowDown"],
    FileField: ["Enter"],
    widgets.FloatSlider: ["ArrowRight"],
    widgets.IntSlider: ["ArrowRight"],
    widgets.Play: ["Enter"],
    widgets.SelectionSlider: ["ArrowRight"],
    widgets.Text: ["e"],
    widgets.Textarea: ["e"],
}
FILE = {"name": "file.txt", "mimeType": "text/plain", "buffer": b"A file that is sent when it is asked for."}
FOCUSED = {
    widgets.FloatSlider: ".noUi-handle",
    widgets.IntSlider: ".noUi-handle",
    widgets.Dropdown: "select",
    widgets.Play: "button",
    widgets.SelectionSlider: ".noUi-handle",
    widgets.Textarea: "textarea",
}


@pytest.fixture(scope="module")
def front_ends(tabs, write_notebook):
    """Return a function that gives the tab of a front end, opened when it is first asked for."""
    with tabs() as open_tab:
        yield cache(lambda front_end: open_tab(write_notebook(f"{front_end.split('/')[1]}.ipynb", ""), front_end))


@pytest.fixture(scope="module")
def opened(front_ends, request):
    """The explorer of this class alone in a notebook: the page, where it stands there, and the class."""
    cls, front_end = request.param
    tab = front_ends(front_end)
    tab.run(f"from {cls.__module__} import {cls.__name__}\n{cls.__name__}()")
    explorer = tab.page.locator(".lessons-explorer")
    explorer.locator("canvas").wait_for()
    tab.page.wait_for_timeout(500)
    return tab.page, explorer, cls


def every(*others):
    """Every explorer in JupyterLab, and these cases beside."""
    cases = [*((cls, LAB) for cls in EXPLORERS), *others]
    return pytest.mark.parametrize("opened", cases, indirect=True, ids=lambda case: f"{case[0].__name__} in {case[1]}")


def of_its_kind(table, control):
    """Return what the table says of this control; it may have a class of its own."""
    return next((table[cls] for cls in type(control).__mro__ if cls in table), None)


def focusable(explorer, controls, name):
    """Return the element of this control that takes the focus."""
    box = explorer.locator(".lessons-controls > *").nth(list(controls).index(name))
    inner = of_its_kind(FOCUSED, controls[name]) or "input:not([type=hidden])"
    return box if isinstance(controls[name], widgets.Button) else box.locator(inner).first


def look(explorer):
    """Return what the explorer shows now: its pixels and its sentence."""
    return explorer.locator("canvas").evaluate(PIXELS), explorer.locator("figcaption").inner_text()


def wait_for_rest(page, explorer):
    """Wait until nothing plays any more."""
    before = None
    while (now := look(explorer)) != before:
        before = now
        page.wait_for_timeout(300)


def wait_for_change(page, explorer, before):
    """Wait until neither pixels nor sentence are as before; return what still is if that does not happen."""
    for _ in range(200):
        page.wait_for_timeout(50)
        same = [
            what for what, was, now in zip(("pixels", "sentence"), before, look(explorer), strict=True) if was == now
        ]
        if not same:
            page.wait_for_timeout(100)
            return []
    return same


@every(*((cls, NOTEBOOK) for cls in EXPLORERS[:2]))
def test_every_control_by_keyboard(opened):
    page, explorer, cls = opened
    controls = cls().controls
    to_try, tried = list(controls), []
    page.on("filechooser", lambda chooser: chooser.set_files(FILE))
    for name in to_try * 2:  # some are disabled until another one has been moved
        target = focusable(explorer, controls, name)
        if name in tried or target.is_disabled():
            continue
        target.focus()
        before, place = look(explorer), explorer.evaluate(PLACE)
        at_the_end = hasattr(controls[name], "max") and controls[name].value == controls[name].max
        for key in ["ArrowLeft"] if at_the_end else of_its_kind(KEYS, controls[name]):
            page.keyboard.press(key)
        assert wait_for_change(page, explorer, before) == [], f"{name} leaves these as they were"
        assert explorer.evaluate(PLACE) == place, f"{name} moves the page"
        assert "could not follow" not in explorer.inner_text()
        tried.append(name)
    assert sorted(tried) == sorted(controls)


@every()
def test_every_draggable_thing(opened):
    page, explorer, cls = opened
    canvas = explorer.locator("canvas")
    regions = cls().figure.draggable
    assert regions
    place = explorer.evaluate(PLACE)
    for number, (left, bottom, right, top) in enumerate(regions):  # each dragged elsewhere: two may show the same θ
        box = canvas.bounding_box()

        def at(x, y, box=box, left=left, bottom=bottom, right=right, top=top):
            across, up = left + x * (right - left), bottom + y * (top - bottom)
            return box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]

        before = look(explorer)
        page.mouse.move(*at(0.3, 0.5))
        assert canvas.evaluate("canvas => canvas.style.cursor") == "grab"
        page.mouse.down()
        for step in range(1, 11):
            page.mouse.move(*at(0.3 + (0.04 - 0.01 * number) * step, 0.5 - 0.02 * step))
            page.wait_for_timeout(20)
        page.mouse.up()
        assert wait_for_change(page, explorer, before) == [], "dragging leaves these as they were"
        assert explorer.evaluate(PLACE) == place, "dragging moves the page"


@every()
def test_the_keyboard_s_way_through_the_controls(opened):
    page, explorer, cls = opened
    controls = cls().controls
    names = [name for name in controls if focusable(explorer, controls, name).is_enabled()]
    focusable(explorer, controls, names[0]).focus()
    for name in names:
        target = focusable(explorer, controls, name)
        for _ in range(2):  # a slider's number is a stop of its own
            if not target.evaluate("element => element === document.activeElement"):
                page.keyboard.press("Tab")
        assert target.evaluate("element => element === document.activeElement"), f"Tab does not lead to {name}"
        focused = explorer.screenshot()
        target.evaluate("element => element.blur()")
        assert explorer.screenshot() != focused, f"{name} does not show that it has the focus"
        target.focus()
        page.keyboard.press("Tab")


@every()
def test_what_is_read_aloud(opened):
    page, explorer, cls = opened
    wait_for_rest(page, explorer)
    controls = cls().controls
    slider = next(name for name, c in controls.items() if isinstance(c, widgets.FloatSlider | widgets.IntSlider))
    spoken = explorer.locator("[aria-live=polite]")
    spoken.evaluate("e => { window.told = 0; new MutationObserver(() => told++).observe(e, { childList: true }); }")
    handle = focusable(explorer, controls, slider)
    handle.focus()
    at_the_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    before = look(explorer)
    for _ in range(10):
        page.keyboard.press("ArrowLeft" if at_the_end else "ArrowRight")
        page.wait_for_timeout(40)
    assert wait_for_change(page, explorer, before) == []
    assert page.evaluate("told") <= 2, "it is read aloud while it moves"
    page.wait_for_timeout(500)
    caption = explorer.locator("figcaption").inner_text()
    expect(spoken).to_have_text(caption)
    assert spoken.text_content() == caption
    assert page.evaluate("told") >= 1
    assert re.search(r"\d", caption)
    assert explorer.get_by_role("img", name=caption).count() == 1
