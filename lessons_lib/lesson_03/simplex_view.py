"""The triangle of all distributions over three classes, and the logits and probabilities of one of them."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import fixed, number

NAMES = ("A", "B", "C")
_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])
_LEVELS = (0.5, 1, 2, 3, 4)
_OUTWARD = (((0, -0.02), "center", "top"), ((0.02, 0.01), "left", "center"), ((-0.02, 0.01), "right", "center"))
"""Where the levels of the contours of each label stand, seen from the side on which the contours end."""


def to_plane(probabilities) -> NDArray[np.float64]:
    """Return where distributions, shape (..., 3), lie in the plane of the triangle, shape (..., 2)."""
    return np.asarray(probabilities) @ _CORNERS


def from_plane(x: float, y: float) -> NDArray[np.float64]:
    """Return the distribution at a point of the plane; outside the triangle with entries below 0."""
    return np.linalg.solve(np.vstack([_CORNERS.T, np.ones(3)]), [x, y, 1])


@dataclass(frozen=True)
class SimplexResult:
    """What the simplex explorer shows: shapes (3,), and (temperatures, 3) and (steps + 1, 3) for path and descent."""

    logits: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    path: NDArray[np.float64]
    descent: NDArray[np.float64]
    shift: float
    label: int
    loss_bits: float
    entropy_bits: float


class SimplexView:
    """Left, the triangle with a point, its path of temperatures and its descent; right, the logits and p as bars."""

    def __init__(self, figure: Figure, result: SimplexResult):
        grid = figure.add_gridspec(2, 2, width_ratios=[1.5, 1])
        self.triangle = figure.add_subplot(grid[:, 0])
        self.logit_axes = figure.add_subplot(grid[0, 1])
        self.probability_axes = figure.add_subplot(grid[1, 1])
        self.draggable = (self.triangle, self.logit_axes)
        self._build_triangle()
        self._build_bars()
        self.moving = [self.path, self.descent, self.point, self.logits, self.bars, self.shift, self.text]
        self.update(result)

    def _build_triangle(self) -> None:
        ax = self.triangle
        ax.set(xlim=(-0.16, 1.16), ylim=(-0.11, 0.99), aspect="equal")
        ax.set_axis_off()
        ax.set_title(
            "every distribution over A, B, C;  thin lines: the loss in bits\n"
            "● p,  curve: all temperatures,  dots: descent from p"
        )
        ax.plot(*_CORNERS[[0, 1, 2, 0]].T, color=style.INK, linewidth=1.2)
        ax.plot(*to_plane([1 / 3] * 3), linestyle="", marker="+", markersize=9, color=style.MUTED)
        self.names = [
            ax.text(x, y, "", ha="center", va=va, fontsize=12)
            for x, y, va in ((-0.04, -0.03, "top"), (1.04, -0.03, "top"), (0.5, 0.9, "bottom"))
        ]
        (self.contours,) = ax.plot([], [], color=style.DATA, linewidth=0.8)
        place = {"color": style.DATA, "fontsize": 9, "in_layout": False}
        self.level_texts = [ax.text(0, 0, f"{level:g}", **place) for level in _LEVELS]
        (self.path,) = ax.plot([], [], color=style.MUTED, linewidth=1.5)
        (self.descent,) = ax.plot([], [], color=style.OPTIMUM, linewidth=1, marker=".", markersize=7)
        (self.point,) = ax.plot([], [], linestyle="", marker="o", markersize=13, color=style.MODEL, clip_on=False)

    def _build_bars(self) -> None:
        for ax in (self.logit_axes, self.probability_axes):
            ax.set(xlim=(-0.6, 2.6))
            ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.logit_axes.set(ylim=(-12.5, 12.5), yticks=(-12, -6, 0, 6, 12), xticks=range(3))
        self.logit_axes.set_xticklabels(NAMES)
        self.logit_axes.set_title("logits z + c")
        self.probability_axes.set(ylim=(0, 1), yticks=(0, 0.5, 1), xticks=range(3))
        self.probability_axes.set_xticklabels(NAMES)
        self.probability_axes.set_title("p, its entropy, and\nthe loss of the label:")
        edges = np.add.outer(range(3), [-0.36, 0.36]).ravel()
        self.logits = self.logit_axes.stairs(np.zeros(5), edges, fill=True, color=style.MODEL)
        self.bars = self.probability_axes.stairs(np.zeros(5), edges, fill=True, **style.LIGHT_BARS)
        self.shift = style.beside_title(self.logit_axes, 1, "right")
        self.text = style.beside_title(self.probability_axes, 1, "right")
        self.text.set_linespacing(1.2)

    def update(self, r: SimplexResult) -> None:
        """Move everything to `r`, a result."""
        if getattr(self, "_label", None) != r.label:
            self._label = r.label
            self._draw_contours(r.label)
        self.path.set_data(*to_plane(r.path).T)
        self.descent.set_data(*to_plane(r.descent).T)
        self.point.set_data(*to_plane(r.probabilities[None]).T)
        for bars, heights in ((self.logits, r.logits), (self.bars, r.probabilities)):
            values = np.full(5, np.nan)
            values[::2] = heights
            bars.set_data(values)
        self.shift.set_text(f"c = {fixed(r.shift, 1)}")
        self.text.set_text(f"{number(r.entropy_bits)} bits\n{number(r.loss_bits)} bits")

    def _draw_contours(self, label: int) -> None:
        """Lines of equal loss are lines of equal p(label): parallel to the side across. This is background."""
        following, last = (label + 1) % 3, (label + 2) % 3
        lines = []
        for level, text in zip(_LEVELS, self.level_texts, strict=True):
            share = 2.0**-level
            ends = np.zeros((2, 3))
            ends[:, label], ends[0, following], ends[1, last] = share, 1 - share, 1 - share
            ends = to_plane(ends)
            lines += [ends, np.full((1, 2), np.nan)]
            text.set_position(ends[0] + _OUTWARD[label][0])
            text.set(ha=_OUTWARD[label][1], va=_OUTWARD[label][2])
        self.contours.set_data(*np.vstack(lines).T)
        for index, (text, name) in enumerate(zip(self.names, NAMES, strict=True)):
            text.set_text(f"{name}, the label" if index == label else name)
