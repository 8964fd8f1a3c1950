"""How soon a picture follows the hand: the explorers beside what other courses do, in a real browser.

    python3 -m lessons_lib test -s tests/browser/latency.py

Not part of the suite, for it measures time. All contenders stand in one notebook with one kernel and take turns,
round after round. A page script (`watch.js`) looks at each picture before every repaint.
"""

import asyncio
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import nbformat
import pytest
from chromium import FLAGS, find_chromium
from playwright.async_api import async_playwright
from serving import lab

WATCH = Path(__file__).with_name("watch.js")
ROUNDS = int(os.environ.get("LATENCY_ROUNDS", "3"))
KEYS = 8
SECONDS = 2.0

PREAMBLE = """
import anywidget, io, traitlets
import ipywidgets as widgets
import matplotlib.pyplot as plt
from dataclasses import replace
from IPython.display import display
from lessons_lib import explorers, style
from lessons_lib.live import DPI

def figure_of(explorer):
    with style.style():
        width, height = explorer.size
        figure = plt.figure(figsize=(width / DPI, height / DPI), dpi=DPI, layout="constrained")
        return figure, explorer.build(figure)

def afresh(explorer, name):
    "The same figure as other courses do it: interact builds a new one at each step."
    control = explorer.controls[name]
    def show(value):
        explorer.result = explorer.compute(explorer.settle(replace(explorer.state, **{name: value})))
        figure_of(explorer)
        plt.show()
    kind = type(control)
    slider = kind(min=control.min, max=control.max, step=control.step, value=control.value)
    widgets.interact(show, value=slider)

def with_ipympl(explorer, name):
    from ipympl.backend_nbagg import Canvas, FigureManager
    figure, view = figure_of(explorer)
    canvas = Canvas(figure)
    FigureManager(canvas, 0)
    canvas.header_visible = False
    control = explorer.controls[name]
    slider = type(control)(min=control.min, max=control.max, step=control.step, value=control.value)
    def follow(change):
        view.update(explorer.compute(explorer.settle(replace(explorer.state, **{name: change["new"]}))))
        canvas.draw_idle()
    slider.observe(follow, "value")
    display(slider, canvas)

DRAWN_THERE = '''
export default { render({ model, el }) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [880, 380];
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: 1, step: 0.005, value: 0.5 });
  slider.style.width = "300px";
  slider.hidden = !model.get("alone");
  slider.dataset.lmSuppressShortcuts = true;
  el.append(slider, canvas);
  const draw = (value) => {
    const c = canvas.getContext("2d");
    c.fillStyle = "#ffffff"; c.fillRect(0, 0, 880, 380);
    c.fillStyle = "#c44e00"; c.fillRect(0, 0, 880 * value, 380);
  };
  slider.oninput = () => draw(slider.valueAsNumber);
  model.on("change:value", () => draw(model.get("value")));
  draw(0.5);
} };
'''
class DrawnThere(anywidget.AnyWidget):
    _esm = DRAWN_THERE
    value = traitlets.Float(0.5).tag(sync=True)
    alone = traitlets.Bool(False).tag(sync=True)
def numbers_only():
    picture = DrawnThere()
    slider = widgets.FloatSlider(min=0, max=1, step=0.005, value=0.5)
    slider.observe(lambda change: picture.set_trait("value", change["new"]), "value")
    display(slider, picture)
"""

COIN, DICE = "explorers.CoinExplorer(n=10)", 'explorers.CoinExplorer(source="Weldon\'s dice, five or six (1894)")'
FIGURES = {
    "coin, 10 tosses: θ": (COIN, "theta"),
    "coin, 200 tosses: θ": ("explorers.CoinExplorer(n=200)", "theta"),
    "coin, 200 tosses: n": ("explorers.CoinExplorer(n=190)", "n"),
    "315,672 dice: θ": (DICE, "theta"),
    "classifier: midpoint": ("explorers.ClassifierExplorer()", "midpoint"),
    "classifier: steps": ("explorers.ClassifierExplorer()", "step"),
    "surprisal: p": ("explorers.SurprisalExplorer()", "p"),
}
LIVE, NEW, IPYMPL, NUMBERS, ALONE = "live figure", "interact", "ipympl", "kernel, nothing to draw", "no kernel"


@dataclass
class Contender:
    """One way to show a figure, and what was measured of it, in milliseconds and frames a second."""

    figure: str
    way: str
    code: str
    keys: list[float] = field(default_factory=list)
    frames: dict[int, list[float]] = field(default_factory=lambda: {30: [], 60: []})
    lags: list[float] = field(default_factory=list)
    blanks: int = 0


def contenders():
    chosen = os.environ.get("LATENCY_ONLY", "")
    all_of_them = [
        Contender("nothing", ALONE, "DrawnThere(alone=True)"),
        Contender("nothing", NUMBERS, "numbers_only()"),
    ]
    for figure, (code, name) in FIGURES.items():
        all_of_them.append(Contender(figure, LIVE, f"e = {code}; e.widget"))
        all_of_them.append(Contender(figure, NEW, f"afresh({code}, {name!r})"))
        if code == COIN:
            all_of_them.append(Contender(figure, IPYMPL, f"with_ipympl({code}, {name!r})"))
    return [c for c in all_of_them if re.search(chosen, f"{c.figure} {c.way}")]


def slider_of(contender, cell):
    """Return the locator of the slider's handle."""
    if contender.way == ALONE:
        return cell.locator("input[type=range]").first
    if contender.way != LIVE:
        return cell.locator(".noUi-handle").first
    label = {"theta": "θ", "n": "n", "midpoint": "midpoint", "step": "step", "p": "p"}
    return (
        cell.locator(".widget-slider", has=cell.page.get_by_text(label[FIGURES[contender.figure][1]], exact=False))
        .locator(".noUi-handle")
        .first
    )


async def press_keys(page, contender):
    for turn in range(KEYS):
        await page.evaluate("() => { watch.changes = []; watch.inputs = []; }")
        await page.keyboard.press("ArrowRight" if turn < KEYS / 2 else "ArrowLeft")
        await page.wait_for_function("watch.changes.length > 0", timeout=10000)
        await page.wait_for_timeout(350)
        contender.keys.append(await page.evaluate("watch.changes[0] - watch.inputs[0]"))


async def drag(page, contender, handle, rate):
    """Drag the slider's handle to and fro, `rate` moves a second, none waiting for the one before."""
    box = await handle.bounding_box()
    track = await handle.evaluate(
        "h => { const t = (h.closest('.noUi-target') ?? h).getBoundingClientRect(); return [t.left, t.right]; }"
    )
    y = box["y"] + box["height"] / 2
    if contender.way == ALONE:
        await page.mouse.move(sum(track) / 2, y)
    else:
        await page.mouse.move(box["x"] + box["width"] / 2, y)
    await page.mouse.down()
    await page.wait_for_timeout(300)
    await page.evaluate("() => { watch.changes = []; watch.inputs = []; watch.blanks = 0; }")
    loop = asyncio.get_running_loop()
    begin, moves = loop.time(), []
    for move in range(int(SECONDS * rate)):
        phase = abs((move / rate) % 2 - 1)
        x = track[0] + (track[1] - track[0]) * (0.15 + 0.7 * phase)
        moves.append(asyncio.create_task(page.mouse.move(x, y)))
        await asyncio.sleep(max(0, begin + (move + 1) / rate - loop.time()))
    await asyncio.gather(*moves)
    await page.mouse.up()
    await page.wait_for_timeout(1500)
    changes, inputs, blanks = await page.evaluate("[watch.changes, watch.inputs, watch.blanks]")
    end = inputs[-2]  # the last move; after it only the button is let go
    contender.frames[rate].append(sum(inputs[0] <= c <= end for c in changes) / ((end - inputs[0]) / 1000))
    contender.lags.append(max(0.0, max(changes) - end))
    contender.blanks += blanks


async def measure(server, entrants):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = await browser.new_page(viewport={"width": 1400, "height": 1000})
        await page.goto(f"{server.address}/lab/tree/latency.ipynb?reset&token={server.token}")
        await page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        await page.wait_for_timeout(2000)
        await page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        await page.wait_for_timeout(2000)
        watch = WATCH.read_text("utf-8")
        for _ in range(ROUNDS):
            for number, contender in enumerate(entrants, start=1):
                cell = page.locator(f".jp-Notebook .jp-Cell[data-windowed-list-index='{number}']")
                await cell.scroll_into_view_if_needed()
                await page.evaluate(watch, f".jp-Cell[data-windowed-list-index='{number}'] :is(canvas, img)")
                handle = slider_of(contender, cell)
                await handle.scroll_into_view_if_needed()
                await handle.focus()
                await page.wait_for_timeout(300)
                await press_keys(page, contender)
                for rate in (30, 60):
                    await drag(page, contender, handle, rate)
        await browser.close()


def row(c, base):
    p95 = quantiles(c.keys, n=20)[-1]
    text = f"| {c.figure} | {c.way} | {median(c.keys):.0f} ({p95:.0f}) | {median(c.keys) / median(base.keys):.2f} |"
    for rate in (30, 60):
        text += f" {median(c.frames[rate]):.1f} | {median(c.frames[rate]) / median(base.frames[rate]):.1f} |"
    return text + f" {median(c.lags):.0f} | {c.blanks} |"


@pytest.mark.parametrize("nodelay", [True, False], ids=["with TCP_NODELAY", "without"])
def test_latency(tmp_path, nodelay):
    entrants = contenders()
    cells = [nbformat.v4.new_code_cell(code) for code in [PREAMBLE, *(c.code for c in entrants)]]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), tmp_path / "latency.ipynb")
    options = [f"--ServerApp.root_dir={tmp_path}", "--LabApp.expose_app_in_browser=True"]
    if not nodelay:
        options.append("--ServerApp.jpserver_extensions={'lessons_lib.nodelay': False}")
    with lab(*options) as server:
        asyncio.run(measure(server, entrants))
    bases = {c.figure: c for c in entrants if c.way == NEW}
    print(f"\n{'with' if nodelay else 'without'} TCP_NODELAY")
    for c in entrants:
        print(row(c, bases.get(c.figure, next(iter(bases.values()), c))))
