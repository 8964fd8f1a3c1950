"""An update must cost a small part of a new figure: ratios only, measured in one interleaved run."""

import io
import time
from statistics import median

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from threadpoolctl import threadpool_limits

from lessons_lib.drawing.live import DPI
from lessons_lib.drawing.style import style
from lessons_lib.lesson_00 import SurprisalExplorer
from lessons_lib.lesson_01 import ClassifierExplorer, CoinExplorer
from lessons_lib.lesson_02 import PeakExplorer, UlpExplorer, UnderflowExplorer
from lessons_lib.lesson_03 import DrawExplorer, LogitsExplorer, PushExplorer, SimplexExplorer, TrainingExplorer
from lessons_lib.lesson_04 import JensenExplorer, SampleExplorer, ThreeNamesExplorer
from lessons_lib.lesson_05 import BifurcationExplorer, FitExplorer, ReparameterisationExplorer, TwoBitsExplorer
from lessons_lib.lesson_06 import CodeTreeExplorer, GuessExplorer, SequenceExplorer, SurpriseExplorer

CASES = [
    (SurprisalExplorer, {}, "p"),
    (CoinExplorer, {"n": 10}, "theta"),
    (CoinExplorer, {"n": 200}, "theta"),
    (CoinExplorer, {"n": 200}, "n"),
    (CoinExplorer, {"source": "Weldon's dice, five or six (1894)"}, "theta"),
    (ClassifierExplorer, {}, "midpoint"),
    (ClassifierExplorer, {}, "step"),
    (UnderflowExplorer, {}, "p"),
    (UnderflowExplorer, {"p": 0.9, "window": "10,000 factors"}, "n"),
    (PeakExplorer, {}, "theta"),
    (PeakExplorer, {"n": 10_000}, "theta"),
    (PeakExplorer, {}, "n"),
    (UlpExplorer, {}, "exponent"),
    (LogitsExplorer, {}, "value"),
    (LogitsExplorer, {}, "temperature"),
    (LogitsExplorer, {}, "shift"),
    (SimplexExplorer, {}, "a"),
    (SimplexExplorer, {}, "temperature"),
    (PushExplorer, {}, "value"),
    (PushExplorer, {}, "rate"),
    (PushExplorer, {}, "steps"),
    (TrainingExplorer, {}, "step"),
    (DrawExplorer, {}, "digit"),
    (DrawExplorer, {}, "column"),
    (ThreeNamesExplorer, {}, "of_p"),
    (ThreeNamesExplorer, {"preset": "letters, and q uniform"}, "of_q"),
    (SampleExplorer, {}, "place"),
    (SampleExplorer, {"truth": "letters of the Zen of Python", "n": 10_000}, "place"),
    (SampleExplorer, {}, "n"),
    (JensenExplorer, {}, "value"),
    (JensenExplorer, {}, "weight"),
    (FitExplorer, {}, "place"),
    (FitExplorer, {"which": "B"}, "place"),
    (FitExplorer, {"which": "C", "weights": (0.3, 0.3, 0.4)}, "weight"),
    (FitExplorer, {}, "step"),
    (TwoBitsExplorer, {}, "agreement"),
    (TwoBitsExplorer, {}, "a"),
    (ReparameterisationExplorer, {}, "x"),
    (ReparameterisationExplorer, {"samples": 64}, "step"),
    (BifurcationExplorer, {}, "separation"),
    (BifurcationExplorer, {"shown": True, "visited": 2**121 - 1}, "separation"),
    (
        SurpriseExplorer,
        {"text": "All well here. The goat is a thief. " * 10},
        "at",
    ),  # a full page; turning it costs more
    (GuessExplorer, {}, "passage"),
    (CodeTreeExplorer, {}, "value"),
    (CodeTreeExplorer, {"count": 8, "code": "the code kept for q"}, "value"),
    (CodeTreeExplorer, {"block": "in triples (2 symbols)", "count": 2}, "value"),
    (SequenceExplorer, {}, "length"),
    (SequenceExplorer, {"words": ("the",) * 12}, "length"),
]


def draw_afresh(explorer):
    """Build the same figure and render it as a PNG, as a callback of `interact` does."""
    width, height = explorer.size
    with style():
        figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, layout="constrained")
        FigureCanvasAgg(figure)
        explorer.build(figure)
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


@pytest.mark.parametrize(("explorer_class", "start", "name"), CASES)
def test_an_update_costs_at_most_an_eighth_of_a_new_figure(explorer_class, start, name):
    explorer = explorer_class(**start)
    explorer.figure.ratio = 1.0  # a browser is there
    control = explorer.controls[name]
    updates, figures = [], []
    with threadpool_limits(1):  # threads of numpy that wait for a busy processor count as work
        for turn in range(1, 8):
            value = position(control, turn / 9)
            updates.append(seconds(lambda value=value: setattr(control, "value", value)))
            if turn % 2:
                figures.append(seconds(lambda: draw_afresh(explorer)))
    assert explorer.error == ""
    assert median(updates) <= median(figures) / 8
