"""An update must cost a small part of a new figure: ratios only, measured in one interleaved run."""

import io
import time
from statistics import median

import ipywidgets as widgets
import pytest
import sweep
import watch
from every import EXPLORERS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from threadpoolctl import threadpool_limits

from lessons_lib.drawing.live import DPI
from lessons_lib.drawing.style import style
from lessons_lib.lesson_01 import CoinExplorer
from lessons_lib.lesson_02 import PeakExplorer, UnderflowExplorer
from lessons_lib.lesson_04 import SampleExplorer, ThreeNamesExplorer
from lessons_lib.lesson_05 import BifurcationExplorer, FitExplorer, ReparameterisationExplorer
from lessons_lib.lesson_06 import CodeTreeExplorer, SequenceExplorer, SurpriseExplorer

MOST = [  # beside the opening states: those in which there is most to compute or to draw
    (CoinExplorer, {"n": 200}),
    (CoinExplorer, {"source": "Weldon's dice, five or six (1894)"}),
    (UnderflowExplorer, {"p": 0.9, "window": "10,000 factors"}),
    (PeakExplorer, {"n": 10_000}),
    (ThreeNamesExplorer, {"preset": "letters, and q uniform"}),
    (SampleExplorer, {"truth": "letters of the Zen of Python", "n": 10_000}),
    (FitExplorer, {"which": "B"}),
    (FitExplorer, {"which": "C", "weights": (0.3, 0.3, 0.4)}),
    (ReparameterisationExplorer, {"samples": 64}),
    (BifurcationExplorer, {"shown": True, "visited": 2**121 - 1}),
    (SurpriseExplorer, {"text": "All well here. The goat is a thief. " * 10}),  # a full page; turning it costs more
    (CodeTreeExplorer, {"count": 8, "code": "the code kept for q"}),
    (CodeTreeExplorer, {"block": "in triples (2 symbols)", "count": 2}),
    (SequenceExplorer, {"words": ("the",) * 12}),
]
SLIDERS = widgets.FloatSlider | widgets.IntSlider | widgets.SelectionSlider


def draw_afresh(explorer):
    """Build the same figure and render it as a PNG, as a callback of `interact` does."""
    width, height = explorer.size
    with style():
        figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, layout="constrained")
        FigureCanvasAgg(figure)
        explorer.View(figure, explorer.result)
        figure.savefig(io.BytesIO(), format="png")


def position(control, part):
    """Return the value at this part of the control's way."""
    if hasattr(control, "options"):
        return control.options[round(part * (len(control.options) - 1))]
    value = control.min + (control.max - control.min) * part
    return round(value) if isinstance(control.value, int) else value


def seconds(action):
    begin = time.process_time()  # of this process alone, whatever else the machine does
    action()
    return time.process_time() - begin


def updates(explorer, name, drawn):
    """Return what the moves of a slider take; with `count`, those of them that leave the background as it is."""
    taken = []
    for turn in range(1, 8):
        value = position(explorer.controls[name], turn / 9)
        drawn.clear()
        taken.append(seconds(lambda value=value: setattr(explorer.controls[name], "value", value)))
        if drawn:
            assert name == "count", f"{name} draws the background anew, which costs a drawing of the whole figure"
            taken.pop()
    return taken


@pytest.mark.parametrize(("explorer_class", "start"), [*((cls, {}) for cls in EXPLORERS), *MOST])
def test_each_slider_s_update_costs_at_most_an_eighth_of_a_new_figure(explorer_class, start):
    explorer = explorer_class(**start)
    explorer.figure.ratio = 1.0  # a browser is there
    sliders = [name for name, control in explorer.controls.items() if isinstance(control, SLIDERS)]
    watch.watch(explorer)
    for name in sliders:
        sweep.set_control(explorer, name, position(explorer.controls[name], 0.5))
    watch.unwatch(explorer)
    moved, figures, drawn = {}, [], []
    draw = explorer.figure.fig.canvas.draw
    explorer.figure.fig.canvas.draw = lambda: (drawn.append(1), draw())
    with threadpool_limits(1):  # threads of numpy that wait for a busy processor count as work
        for _ in range(3):
            figures.append(seconds(lambda: draw_afresh(explorer)))
            for name in sliders if len(figures) < 3 else ():
                moved.setdefault(name, []).extend(updates(explorer, name, drawn))
    assert explorer.error == ""
    for name, taken in moved.items():
        assert not taken or median(taken) <= median(figures) / 8, (
            f"a move of {name} takes too long beside a new figure: does update make or compute something?"
        )
