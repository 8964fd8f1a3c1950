"""The one palette, the one matplotlib style, and how numbers are written."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import matplotlib
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from lessons_lib.drawing.turn import own_turn

DATA = "#0072b2"
"""p, the data: what happened."""
MODEL = "#c44e00"
"""q, the model: what it said would happen."""
OPTIMUM = "#1c5425"
"""The best that any parameter reaches."""
INK = "#222222"
MUTED = "#666666"
FAINT = "#d9d9d9"
PAPER = "#ffffff"
LIGHT_BARS = {"facecolor": (MODEL, 0.4), "edgecolor": MODEL, "linewidth": 0.9}
"""Bars of the model for the other one of two outcomes: told from full ones by more than their colour."""
LABEL = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 1}
"""What stands behind a text that lines may cross."""
_STYLE = {
    "text.hinting": "none",  # as outlines.py draws it
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10.5,
    "axes.titlesize": 11,
    "axes.labelsize": 10.5,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "lines.linewidth": 2.0,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
}
_WHILE_DRAWING = {
    name: matplotlib.rcParamsDefault[name] for name in ("path.simplify", "path.snap", "agg.path.chunksize")
}
"""What matplotlib does not keep with an artist but looks up when it moves or is drawn."""


@contextmanager
def style() -> Iterator[None]:
    """Make figures in the course's style, whatever the user's own settings say, one thread at a time."""
    defaults = {key: value for key, value in matplotlib.rcParamsDefault.items() if key != "backend"}
    with own_turn(), matplotlib.rc_context({**defaults, **_STYLE}):
        yield


def drawing_style() -> AbstractContextManager[None]:
    """Draw and move what has been made in `style`: the few settings that count even then, set only if they differ."""
    usual = all(matplotlib.rcParams[name] == value for name, value in _WHILE_DRAWING.items())
    return nullcontext() if usual else matplotlib.rc_context(_WHILE_DRAWING)


def beside_title(ax: Axes, x: float, ha: str = "left", lines_above: int = 0) -> Text:
    """Return an empty text on the title's last line, or higher, at x (a part of the axes), for a number that moves."""
    size = matplotlib.rcParams["axes.titlesize"]
    points = matplotlib.rcParams["axes.titlepad"] + 1.2 * size * lines_above
    place = ax.transAxes + ScaledTranslation(0, points / 72, ax.figure.dpi_scale_trans)
    return ax.text(x, 1, "", transform=place, ha=ha, color=MODEL, fontsize=size, in_layout=False)
