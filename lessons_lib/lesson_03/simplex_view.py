"""The triangle of all distributions over three classes, and the logits and probabilities of one of them."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import fixed, number
from lessons_lib.lesson_03.classes import place_classes

NAMES = ("A", "B", "C")
_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])
_BITS = np.array([0.5, 1, 2, 3, 4])
_OUTWARD = (((0, -0.02), "center", "top"), ((0.02, 0.01), "left", "center"), ((-0.02, 0.01), "right", "center"))
"""Where the bits beside the lines of equal loss stand for each label, seen from the side on which the lines begin."""


def to_plane(probabilities) -> NDArray[np.float64]:
    """Return where distributions, shape (..., 3), lie in the plane of the triangle, shape (..., 2)."""
    return np.asarray(probabilities) @ _CORNERS


def from_plane(x: float, y: float) -> NDArray[np.float64]:
    """Return the distribution at a point of the plane; outside the triangle with entries below 0."""
    return np.linalg.solve(np.vstack([_CORNERS.T, np.ones(3)]), [x, y, 1])


def _equal_loss(label: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both ends of each line of equal p(label), which is parallel to the side across: shapes (lines, 2)."""
    own, following, last = np.roll(_CORNERS, -label, axis=0)
    share = 2.0 ** -_BITS[:, None]
    return share * own + (1 - share) * following, share * own + (1 - share) * last


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


class SimplexView(View):
    """Left, the triangle with a point, its path of temperatures and its descent; right, the logits and p as bars."""

    def build(self, figure: Figure, r: SimplexResult) -> None:
        grid = figure.add_gridspec(2, 2, width_ratios=[1.5, 1])
        self.triangle = figure.add_subplot(grid[:, 0])
        self.logit_axes = figure.add_subplot(grid[0, 1])
        self.draggable = (self.triangle, self.logit_axes)
        self._build_triangle()
        self._build_logits()
        self._build_probabilities(figure.add_subplot(grid[1, 1]))

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
        self.bits = [ax.text(0, 0, f"{bits:g}", **place) for bits in _BITS]
        self.path = self.moves(ax.plot([], [], color=style.MUTED, linewidth=1.5))
        self.descent = self.moves(ax.plot([], [], color=style.OPTIMUM, linewidth=1, marker=".", markersize=7))
        self.point = self.marks(ax, "o", 13, style.MODEL)

    def _build_logits(self) -> None:
        ax = self.logit_axes
        place_classes(ax, NAMES)
        ax.set(ylim=(-12.5, 12.5), yticks=(-12, -6, 0, 6, 12), title="logits z + c")
        self.logits = self.moves(Bars(ax, 0.72, color=style.MODEL))
        self.shift = self.moves(style.beside_title(ax, 1, "right"))

    def _build_probabilities(self, ax: Axes) -> None:
        place_classes(ax, NAMES)
        ax.set(ylim=(0, 1), yticks=(0, 0.5, 1), title="p, its entropy, and\nthe loss of the label:")
        self.bars = self.moves(Bars(ax, 0.72, **style.LIGHT_BARS))
        self.text = self.moves(style.beside_title(ax, 1, "right"))
        self.text.set_linespacing(1.2)

    def key(self, r: SimplexResult):
        """Which label it is."""
        return r.label

    def set_background(self, r: SimplexResult) -> None:
        """Name the label, and draw its lines of equal loss."""
        for index, (text, name) in enumerate(zip(self.names, NAMES, strict=True)):
            text.set_text(f"{name}, the label" if index == r.label else name)
        starts, ends = _equal_loss(r.label)
        self.contours.set_data(*np.stack([starts, ends, np.full_like(ends, np.nan)], axis=1).reshape(-1, 2).T)
        away, ha, va = _OUTWARD[r.label]
        for text, place in zip(self.bits, starts + away, strict=True):
            text.set(position=place, ha=ha, va=va)

    def update(self, r: SimplexResult) -> None:
        self.path.set_data(*to_plane(r.path).T)
        self.descent.set_data(*to_plane(r.descent).T)
        self.point.set_data(*to_plane(r.probabilities[None]).T)
        self.logits.put(r.logits)
        self.bars.put(r.probabilities)
        self.shift.set_text(f"c = {fixed(r.shift, 1)}")
        self.text.set_text(f"{number(r.entropy_bits)} bits\n{number(r.loss_bits)} bits")
