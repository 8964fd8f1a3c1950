"""The logits' figure: bars to drag, their probabilities, and the exponents on the number line of a float format."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number, number_from_log10

REACH = {"float16": 30, "float32": 140, "float64": 1100}
"""How far the number line goes to either side of 0."""
_HALF = 0.36
_DOTS = 0.18


@dataclass(frozen=True)
class LogitsResult:
    """What the logits explorer shows. naive: None where the formula as on paper yields no number.

    exponents: (z + shift)/temperature. limits: the exponents below which e^x rounds to 0, and above which it overflows.
    """

    logits: NDArray[np.float64]
    exponents: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    naive: tuple[float | None, ...]
    log10_z: float
    entropy_bits: float
    chosen: int
    dtype: str
    limits: tuple[float, float]


class LogitsView:
    """Left, the logits; right, softmax of them as bars and the naive formula as marks; below, what exp is given."""

    def __init__(self, figure: Figure, result: LogitsResult):
        grid = figure.add_gridspec(2, 2, height_ratios=[2.8, 1])
        self.logit_axes = figure.add_subplot(grid[0, 0])
        self.probability_axes = figure.add_subplot(grid[0, 1])
        self.line_axes = figure.add_subplot(grid[1, :])
        self.draggable = (self.logit_axes, self.line_axes)
        self._build_logits()
        self._build_probabilities()
        self._build_line()
        self.moving = [
            self.logits,
            self.chosen,
            self.bars,
            self.naive,
            self.no_number,
            self.text,
            self.exponents,
            self.beyond,
        ]
        self.update(result)

    def _build_logits(self) -> None:
        ax = self.logit_axes
        ax.set(ylim=(-6.6, 6.2), yticks=range(-6, 7, 2))
        ax.set_title("logits z, before anything is added\n▴ the class that the sliders move")
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.logits = ax.stairs([0], [0, 1], fill=True, color=style.MODEL)
        (self.chosen,) = ax.plot([], [], linestyle="", marker="^", markersize=7, color=style.INK, clip_on=False)
        ax.set_xlabel("class, counted from 0")

    def _build_probabilities(self) -> None:
        ax = self.probability_axes
        ax.set(ylim=(-0.09, 1.2), yticks=np.linspace(0, 1, 6))
        ax.spines["left"].set_bounds(0, 1)
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        ax.set_xlabel("class")
        self.bars = ax.stairs([0], [0, 1], fill=True, **style.LIGHT_BARS)
        mark = {"linestyle": "", "color": style.INK, "clip_on": False, "in_layout": False}
        (self.naive,) = ax.plot([], [], marker="D", markersize=6, markerfacecolor="none", **mark)
        (self.no_number,) = ax.plot([], [], marker="x", markersize=8, markeredgewidth=2.2, **mark)
        self.text = ax.text(0.01, 1, "", transform=ax.transAxes, va="top", in_layout=False)

    def _build_line(self) -> None:
        ax = self.line_axes
        ax.set(ylim=(0, 1), yticks=[])
        ax.spines["left"].set_visible(False)
        self.zones = [ax.axvspan(0, 1, facecolor=style.FAINT, edgecolor=style.MUTED, hatch="//") for _ in range(2)]
        place = {"y": 0.65, "va": "center", "ha": "center", "bbox": style.LABEL, "in_layout": False}
        self.zone_texts = [ax.text(0, s="", **place) for _ in range(2)]
        (self.exponents,) = ax.plot([], [], linestyle="", marker="o", markersize=9, color=style.MODEL, alpha=0.6)
        beyond = {"linestyle": "", "markersize": 10, "color": style.MODEL, "clip_on": False, "in_layout": False}
        (self.beyond,) = ax.plot([], [], marker="D", **beyond)

    def update(self, r: LogitsResult) -> None:
        """Move everything to `r`, a result."""
        self._update_background(r)
        at = np.arange(r.logits.size)
        edges = np.add.outer(at, [-_HALF, _HALF]).ravel()
        self.logits.set_data(_spread(r.logits), edges)
        self.chosen.set_data([r.chosen], [-6.35])
        self.bars.set_data(_spread(r.probabilities), edges)
        fails = np.array([value is None for value in r.naive])
        self.naive.set_data(at[~fails], [value for value in r.naive if value is not None])
        self.no_number.set_data(at[fails], np.full(fails.sum(), -0.05))
        top, h = int(r.probabilities.argmax()), number(r.entropy_bits)
        z = number_from_log10(r.log10_z, 4)
        self.text.set_text(f"class {top}: {100 * r.probabilities[top]:.2f} %   Z = {z}   entropy {h} bits")
        reach = REACH[r.dtype]
        inside = np.abs(r.exponents) <= reach
        self.exponents.set_data(r.exponents[inside], np.full(inside.sum(), _DOTS))
        outside = np.unique(np.sign(r.exponents[~inside]))
        self.beyond.set_data(outside * reach, np.full(outside.size, _DOTS))

    def _update_background(self, r: LogitsResult) -> None:
        """Change what stays while logits, temperature and shift move: it follows the format and the classes."""
        count, shown = r.logits.size, (r.logits.size, r.dtype)
        if getattr(self, "_shown", None) == shown:
            return
        self._shown = shown
        with style.style():
            self._draw_background(r, count)

    def _draw_background(self, r: LogitsResult, count: int) -> None:
        for ax in (self.logit_axes, self.probability_axes):
            ax.set(xlim=(-0.6, count - 0.4), xticks=range(count))
        self.probability_axes.set_title(f"bars: softmax, computed safely\n◇ as on paper in {r.dtype},  ✕ not a number")
        reach, (low, high) = REACH[r.dtype], r.limits
        self.line_axes.set(xlim=(-reach, reach))
        self.line_axes.set_title(f"what exp is given, x = (z + c)/T, on the line of {r.dtype}   (◆ beyond its end)")
        for zone, text, (start, end), words in zip(
            self.zones,
            self.zone_texts,
            ((-reach, low), (high, reach)),
            (f"below −{-low:.2f}:\n$e^x$ rounds to 0", f"above {high:.2f}:\n$e^x$ overflows to ∞"),
            strict=True,
        ):
            zone.set(x=start, width=end - start)
            text.set(x=(start + end) / 2, text=words)


def _spread(heights):
    """Return the values of stairs with a gap after each."""
    values = np.full(2 * len(heights) - 1, np.nan)
    values[::2] = heights
    return values
