"""How soon a picture follows the hand: the explorers beside what other courses do, in a real browser.

    python3 -m lessons_lib test -n 0 -s tests/browser/latency.py

Not part of the suite, for it measures time; it takes about a quarter of an hour. The contenders stand in notebooks with
as many figures as a lesson has, the empty loop in each, and take turns, round after round. A script in the page
(`watch.js`) looks, before every repaint, at what was drawn since. Printed: the milliseconds from a key to changed
pixels, the pictures a second while a slider is dragged, the milliseconds for which the picture still moves after the
last move, and the repaints at which there was no picture.

LATENCY_ROUNDS (3) says how often, LATENCY_ONLY (a regular expression) which.
"""

import asyncio
import os
import platform
import re
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import ipywidgets as widgets
import nbformat
import pytest
from chromium import FLAGS, find_chromium
from every import EXPLORERS
from playwright.async_api import TimeoutError, async_playwright
from serving import lab

from lessons_lib.lesson_01 import CoinExplorer
from lessons_lib.lesson_04 import SampleExplorer

ROUNDS = int(os.environ.get("LATENCY_ROUNDS", "3"))
ONLY = os.environ.get("LATENCY_ONLY", "")
FIGURES = 5
"""So many stand in one notebook."""
KEYS = 8
SECONDS = 2.0
RATES = (30, 60)
HERE = Path(__file__).parent
LIVE, NEW, IPYMPL = "live figure", "interact, a new figure", "ipympl, draw_idle"
NUMBERS, ALONE = "kernel in the loop, nothing to draw", "no kernel"
PREAMBLE = f"""
import sys
sys.path += [{str(HERE)!r}, {str(HERE.parent)!r}]
import contenders
from every import EXPLORERS
explorers = {{cls.__name__: cls for cls in EXPLORERS}}
%matplotlib inline
"""
# Beside each explorer as it opens: the most data that it takes.
LARGEST = [
    (CoinExplorer, {"n": 200}, "theta"),
    (CoinExplorer, {"n": 190}, "n"),
    (CoinExplorer, {"source": "Weldon's dice, five or six (1894)", "theta": 0.3377}, "theta"),
    (SampleExplorer, {"truth": "letters of the Zen of Python", "n": 10_000}, "place"),
]


@dataclass
class Contender:
    """One way to show a figure, and what was measured of it, in milliseconds and pictures a second."""

    figure: str
    way: str
    code: str
    control: int = 0
    steps: tuple[str, str] = ("ArrowLeft", "ArrowRight")
    keys: list[float] = field(default_factory=list)
    frames: dict[int, list[float]] = field(default_factory=lambda: {rate: [] for rate in RATES})
    lags: list[float] = field(default_factory=list)
    blanks: int = 0


def figures():
    """Return (class, opening state, slider) for every explorer as it opens, and for the largest data."""
    for cls in EXPLORERS:
        sliders = {n: c for n, c in cls().controls.items() if isinstance(c, widgets.FloatSlider | widgets.IntSlider)}
        yield cls, {}, max(sliders, key=lambda name: (sliders[name].max - sliders[name].min) / sliders[name].step)
    yield from LARGEST


def floor():
    """Return what cannot be beaten."""
    return [
        Contender("a rectangle", ALONE, "contenders.DrawnThere(alone=True)"),
        Contender("a rectangle", NUMBERS, "contenders.numbers_only()"),
    ]


def contenders():
    all_of_them = []
    for cls, start, name in figures():
        opening = ", ".join(map(str, start.values()))
        title = f"{cls.__name__.removesuffix('Explorer').lower()}, {opening}: {name}".replace(", :", ":")
        code = f"explorers[{cls.__name__!r}](**{start!r})"
        controls = cls(**start).controls
        slider = controls[name]
        steps = (
            ("ArrowLeft", "ArrowRight") if 2 * slider.value < slider.min + slider.max else ("ArrowRight", "ArrowLeft")
        )
        all_of_them.append(Contender(title, LIVE, f"{code}.widget", list(controls).index(name), steps))
        all_of_them.append(Contender(title, NEW, f"contenders.afresh({code}, {name!r})", steps=steps))
        if (cls, start) == (CoinExplorer, {}):
            all_of_them.append(Contender(title, IPYMPL, f"contenders.with_ipympl({code}, {name!r})"))
    return [contender for contender in all_of_them if re.search(ONLY, f"{contender.figure} {contender.way}")]


def on_pages(entrants, beside):
    """Return the contenders of each notebook; those `beside` stand in every one."""
    names = list(dict.fromkeys(entrant.figure for entrant in entrants))
    pages = [names[begin : begin + FIGURES] for begin in range(0, len(names), FIGURES)]
    return [beside + [entrant for entrant in entrants if entrant.figure in page] for page in pages]


def handle_of(contender, cell):
    """Return the locator of what is dragged and takes the keys."""
    if contender.way == ALONE:
        return cell.locator("input[type=range]")
    if contender.way == LIVE:
        cell = cell.locator(".lessons-controls > *").nth(contender.control)
    return cell.locator(".noUi-handle").first


async def press_keys(page, contender):
    for turn in range(KEYS):
        await page.evaluate("() => { watch.changes = []; watch.inputs = []; }")
        await page.keyboard.press(contender.steps[turn < KEYS / 2])
        try:
            await page.wait_for_function("watch.changes.length > 0", timeout=10_000)
        except TimeoutError:
            pytest.fail(f"{contender.figure}, {contender.way}: no pixel changed at key {turn + 1}")
        await page.wait_for_timeout(350)
        contender.keys.append(await page.evaluate("watch.changes[0] - watch.inputs[0]"))


async def drag(page, contender, handle, rate):
    """Drag the handle to and fro, `rate` moves a second, none of which waits for the one before."""
    left, right, x, y = await handle.evaluate("""handle => {
        const track = (handle.closest('.noUi-target') ?? handle).getBoundingClientRect();
        const box = handle.getBoundingClientRect();
        return [track.left, track.right, box.left + box.width / 2, box.top + box.height / 2];
    }""")
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.wait_for_timeout(300)
    await page.evaluate("() => { watch.changes = []; watch.inputs = []; watch.blanks = 0; }")
    loop = asyncio.get_running_loop()
    begin, moves = loop.time(), []
    for move in range(int(SECONDS * rate)):
        to = left + (right - left) * (0.85 - 0.7 * abs((move / rate) % 2 - 1))
        moves.append(asyncio.create_task(page.mouse.move(to, y)))
        await asyncio.sleep(max(0, begin + (move + 1) / rate - loop.time()))
    await asyncio.gather(*moves)
    await page.mouse.up()
    await page.wait_for_timeout(1500)
    changes, inputs, blanks = await page.evaluate("[watch.changes, watch.inputs, watch.blanks]")
    first, last = inputs[0], inputs[-2]  # after the last move, the button is let go
    contender.frames[rate].append(sum(first <= change <= last for change in changes) / (last - first) * 1000)
    contender.lags.append(max(0.0, max(changes) - last))
    contender.blanks += blanks


async def measure(server, pages):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for number, entrants in [*enumerate(pages)] * ROUNDS:
            page = await browser.new_page(viewport={"width": 1400, "height": 1000})
            await page.goto(f"{server.address}/lab/tree/latency{number}.ipynb?reset&token={server.token}")
            await page.wait_for_selector(".jp-Notebook .jp-CodeCell")
            await page.wait_for_timeout(2000)
            await page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
            await page.wait_for_timeout(2000)
            for cell, contender in enumerate(entrants, start=1):
                await measure_one(page, cell, contender)
            await page.evaluate("jupyterapp.shell.currentWidget.context.sessionContext.shutdown()")
            await page.close()
        await browser.close()


async def measure_one(page, cell, contender):
    place = f".jp-Cell[data-windowed-list-index='{cell}']"
    handle = handle_of(contender, page.locator(place))
    await handle.scroll_into_view_if_needed()
    await page.evaluate((HERE / "watch.js").read_text("utf-8"), f"{place} :is(canvas, img)")
    await handle.focus()
    await page.wait_for_timeout(300)
    await press_keys(page, contender)
    for rate in RATES:
        await drag(page, contender, handle, rate)


def row(contender, base):
    """Return a line of the table; `base` is the same figure done with interact."""
    ms, frames = median(contender.keys), median(contender.frames[60])
    cells = [
        contender.figure,
        contender.way,
        f"{ms:.0f} ({quantiles(contender.keys, n=20)[-1]:.0f})",
        f"{ms / median(base.keys):.2f}",
        f"{median(contender.frames[30]):.0f}",
        f"{frames:.0f}",
        f"{frames / median(base.frames[60]):.1f}",
        f"{median(contender.lags):.0f}",
        f"{contender.blanks}",
    ]
    return f"| {' | '.join(cells)} |"


HEAD = """
{} · {} cores, {}

| figure and slider | how | key to pixels, ms (p95) | of interact's | frames/s at 30 | at 60 | × interact's | lag, ms | blank |
|---|---|---|---|---|---|---|---|---|"""  # noqa: E501


@pytest.mark.parametrize("nodelay", [True, False], ids=["with TCP_NODELAY", "without TCP_NODELAY"])
def test_latency(tmp_path, nodelay, request):
    entrants, beside = contenders(), floor()
    assert entrants, "no figure has a name like LATENCY_ONLY"
    pages = on_pages(entrants, beside)
    for number, page in enumerate(pages):
        cells = [nbformat.v4.new_code_cell(code) for code in (PREAMBLE, *(entrant.code for entrant in page))]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), tmp_path / f"latency{number}.ipynb")
    options = [f"--ServerApp.root_dir={tmp_path}", f"--LabApp.user_settings_dir={tmp_path / 'settings'}"]
    options.append("--LabApp.expose_app_in_browser=True")
    if not nodelay:
        options.append("--ServerApp.jpserver_extensions={'lessons_lib.drawing.nodelay': False}")
    with lab(*options) as server:
        asyncio.run(measure(server, pages))
    print(HEAD.format(request.node.callspec.id, os.cpu_count(), platform.platform(terse=True)))
    new = {entrant.figure: entrant for entrant in entrants if entrant.way == NEW}
    first = next(iter(new.values()), entrants[0])
    for entrant in beside + entrants:
        print(row(entrant, new.get(entrant.figure, first)))
