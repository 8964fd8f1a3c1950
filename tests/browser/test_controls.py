"""Every control of every explorer, by keyboard and by pointer, in a real browser."""

import re
from dataclasses import dataclass
from functools import cache

import pytest
from every import EXPLORERS
from playwright.sync_api import ElementHandle, Locator, Page, TimeoutError, expect
from tab import LAB, NOTEBOOK, Tab

CODE = """from {0.__module__} import {0.__name__}

explorer = {0.__name__}()
explorer"""
BARS = """from lessons_lib.explorer.progress_bar import ProgressMeter, progress_bar

bar, meter = progress_bar(range(3), "three"), ProgressMeter("five")
for step in bar:
    bar.show(3 - step)
for step in range(5):
    meter(step + 1, 5)"""
KINDS = "{name: [kind.__name__ for kind in type(control).__mro__] for name, control in explorer.controls.items()}"
LOOK = """box => {
    const canvas = box.querySelector("canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return { pixels: new Uint32Array(data.buffer), sentence: [box.querySelector("figcaption").textContent] };
}"""
KEEP = f"box => {{ window.before = ({LOOK})(box); }}"
SAME = f"""box => Object.entries(({LOOK})(box)).filter(([what, now]) => {{
    const was = window.before[what];
    return now.length === was.length && now.every((value, place) => value === was[place]);
}}).map(([what]) => what)"""
STOP = "box => box.querySelector('.widget-play:has(.fa-pause) button:has(.fa-stop)')?.click()"
PLACE = """box => {
    const scroller = box.closest('.jp-WindowedPanel-outer') ?? box.closest('.jp-Notebook');
    return [scroller.scrollHeight, scroller.scrollTop];
}"""
KEYS = {
    "Button": ["Enter"],
    "BoundedIntText": ["ArrowUp", "Enter"],
    "Checkbox": ["Space"],
    "Dropdown": ["ArrowDown"],
    "FileField": ["Enter"],
    "FloatSlider": ["ArrowRight"],
    "IntSlider": ["ArrowRight"],
    "Play": ["Enter"],
    "SelectionSlider": ["ArrowRight"],
    "Text": ["e"],
    "Textarea": ["e"],
}
FILE = {"name": "file.txt", "mimeType": "text/plain", "buffer": b"A file that is sent when it is asked for."}
FOCUSED = {
    "FloatSlider": ".noUi-handle",
    "IntSlider": ".noUi-handle",
    "Dropdown": "select",
    "Play": "button",
    "SelectionSlider": ".noUi-handle",
    "Textarea": "textarea",
}
QUIET = 790
"""Milliseconds without a move after which the sentence may be read aloud (and a little less, for clocks differ)."""
LISTEN = """box => {
    const spoken = box.querySelector("[aria-live=polite]");
    const context = box.querySelector("canvas").getContext("2d");
    const put = context.putImageData;
    window.heard = { told: 0, moves: [performance.now()] };
    new MutationObserver(() => heard.told++).observe(spoken, { childList: true });
    context.putImageData = (...all) => {
        heard.moves.push(performance.now());
        put.apply(context, all);
    };
}"""

HEARD = """quiet => {
    const times = [...heard.moves, performance.now()];
    return [heard.told, times.filter((time, at) => time - times[at - 1] > quiet).length];
}"""


@dataclass(frozen=True)
class Opened:
    """An explorer alone in a notebook: its tab, where it stands on the page, and the kinds of each of its controls."""

    tab: Tab
    explorer: Locator
    box: ElementHandle
    controls: dict[str, list[str]]

    @property
    def page(self) -> Page:
        return self.tab.page

    def of_its_kind(self, table, name):
        """Return what the table says of this control; it may have a class of its own."""
        return next((table[kind] for kind in self.controls[name] if kind in table), None)

    def focusable(self, name):
        """Return the element of this control that takes the focus."""
        place = self.explorer.locator(".lessons-controls > *").nth(list(self.controls).index(name))
        inner = self.of_its_kind(FOCUSED, name) or "input:not([type=hidden])"
        return place if "Button" in self.controls[name] else place.locator(inner).first

    def rest(self):
        """Stop what plays, wait until the page shows what the kernel has, and return the pointer that it last saw."""
        self.box.evaluate(STOP)
        sentence, pointer = self.tab.ask("(explorer.figure.caption, explorer.figure.pointer)")
        shown = "([box, sentence]) => box.querySelector('figcaption').textContent === sentence"
        self.page.wait_for_function(shown, arg=[self.box, sentence])
        return pointer

    def keep(self):
        """Come to rest, and keep how it looks then for the two below; return where the page stands."""
        self.rest()
        self.box.evaluate(KEEP)
        return self.box.evaluate(PLACE)

    def same(self):
        """Return what looks as it was kept: pixels, sentence."""
        return self.box.evaluate(SAME)

    def wait_for_change(self):
        """Wait until neither pixels nor sentence are as kept; return what still is if that does not happen."""
        try:
            self.page.wait_for_function(f"box => !({SAME})(box).length", arg=self.box, polling=30)
        except TimeoutError:
            return self.same()
        return []


@pytest.fixture(scope="module")
def front_ends(tabs, write_notebook):
    """Return a function that gives the tab of a front end, opened when it is first asked for."""
    with tabs() as open_tab:

        @cache
        def front_end(name):
            tab = open_tab(write_notebook(f"{name.split('/')[1]}.ipynb", ""), name)
            tab.page.on("filechooser", lambda chooser: chooser.set_files(FILE))
            return tab

        yield front_end


@pytest.fixture(scope="module")
def opened(front_ends, request):
    """This explorer, opened once for all its tests."""
    cls, front_end = request.param
    tab = front_ends(front_end)
    tab.run(CODE.format(cls))
    explorer = tab.page.locator(".lessons-explorer")
    explorer.locator("canvas").wait_for()
    return Opened(tab, explorer, explorer.element_handle(), tab.ask(KINDS))


def every(*others):
    """Every explorer in JupyterLab, and these cases beside."""
    cases = [*((cls, LAB) for cls in EXPLORERS), *others]
    return pytest.mark.parametrize("opened", cases, indirect=True, ids=lambda case: f"{case[0].__name__} in {case[1]}")


def step_of(handle):
    """Return the key that moves a slider: to the right, unless it is at its end."""
    at_the_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    return "ArrowLeft" if at_the_end else "ArrowRight"


@every(*((cls, NOTEBOOK) for cls in EXPLORERS[:2]))
def test_every_control_by_keyboard(opened):
    to_try, tried = list(opened.controls), []
    for name in to_try * 2:  # some are disabled until another one has been moved
        place = opened.keep()
        target = opened.focusable(name)
        if name in tried or target.is_disabled():
            continue
        target.focus()
        keys = opened.of_its_kind(KEYS, name)
        for key in [step_of(target)] if keys == ["ArrowRight"] else keys:
            opened.page.keyboard.press(key)
        assert opened.wait_for_change() == [], f"{name} leaves these as they were"
        assert opened.box.evaluate(PLACE) == place, f"{name} moves the page"
        assert "could not follow" not in opened.explorer.inner_text()
        tried.append(name)
    assert sorted(tried) == sorted(opened.controls)


@every()
def test_every_draggable_thing(opened):
    regions, mouse = opened.tab.ask("explorer.figure.draggable"), opened.page.mouse
    assert regions
    canvas = opened.explorer.locator("canvas")
    for number, (left, bottom, right, top) in enumerate(regions):  # each dragged elsewhere: two may show the same θ
        place, box = opened.keep(), canvas.bounding_box()

        def at(x, y, box=box, left=left, bottom=bottom, right=right, top=top):
            across, up = left + x * (right - left), bottom + y * (top - bottom)
            return box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]

        mouse.move(*at(0.3, 0.5))
        assert canvas.evaluate("canvas => canvas.style.cursor") == "grab"
        mouse.down()
        for step in range(1, 11):
            last = at(0.3 + (0.04 - 0.01 * number) * step, 0.5 - 0.02 * step)
            mouse.move(*last)
        mouse.up()
        *_, across, up, done = opened.rest()
        seen = box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"], done
        assert seen == pytest.approx((*last, 1), abs=0.6), "the kernel has not seen where the drag ended"
        assert opened.same() == [], "dragging leaves these as they were"
        assert opened.box.evaluate(PLACE) == place, "dragging moves the page"
        assert "could not follow" not in opened.explorer.inner_text()


@every()
def test_the_keyboard_s_way_through_the_controls(opened):
    opened.rest()
    # a slider that is off says so on the element around its handle
    off = "element => element.disabled || element.closest('[disabled]') !== null"
    page, names = opened.page, [name for name in opened.controls if not opened.focusable(name).evaluate(off)]
    controls = opened.explorer.locator(".lessons-controls")
    opened.focusable(names[0]).focus()
    for name in names:
        target = opened.focusable(name)
        for _ in range(2):  # a slider's number is a stop of its own
            if not target.evaluate("element => element === document.activeElement"):
                page.keyboard.press("Tab")
        assert target.evaluate("element => element === document.activeElement"), f"Tab does not lead to {name}"
        focused = controls.screenshot()
        target.evaluate("element => element.blur()")
        assert controls.screenshot() != focused, f"{name} does not show that it has the focus"
        target.focus()
        page.keyboard.press("Tab")


@every()
def test_what_is_read_aloud(opened):
    opened.keep()
    page, spoken = opened.page, opened.explorer.locator("[aria-live=polite]")
    slider = next(name for name, kinds in opened.controls.items() if {"FloatSlider", "IntSlider"} & {*kinds})
    handle = opened.focusable(slider)
    handle.focus()
    key = step_of(handle)
    opened.box.evaluate(LISTEN)
    for _ in range(10):
        page.keyboard.press(key)
        page.wait_for_timeout(40)
    opened.rest()
    assert opened.same() == []
    told, pauses = page.evaluate(HEARD, QUIET)
    assert told <= 1 + pauses, "it is read aloud while it moves"
    caption = opened.explorer.locator("figcaption").inner_text()
    expect(spoken).to_have_text(caption)
    assert spoken.text_content() == caption
    assert page.evaluate(HEARD, QUIET)[0] >= 1
    assert re.search(r"\d", caption)
    assert opened.explorer.get_by_role("img", name=caption).count() == 1


def test_progress_bars_in_notebook_7(front_ends):
    tab = front_ends(NOTEBOOK)
    tab.run(BARS)
    expect(tab.page.locator(".widget-hprogress")).to_have_count(2)
