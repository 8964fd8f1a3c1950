"""A likelihood and its logarithm, side by side over the same θ."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number

_DEPTHS = {False: 10.0, True: 0.5}
"""So many nats below its peak the log-likelihood is shown: its sum, its mean."""
_NOTES = {
    False: "nats below the peak",
    True: "nats a toss below the peak",
}


@dataclass(frozen=True)
class PeakResult:
    """What the peak explorer shows.

    grid: θ; ratio: the likelihood as float64 computes it, factor by factor, as a part of its greatest value there, or
    0 everywhere if it is 0 everywhere (`gone`). log, parabola: the log-likelihood below its peak, in nats, by sum or
    mean, with its θ, and its second-order approximation there (empty when all tosses are equal). at_theta: the sum.
    first_gone: the least n of the slider at which float64 has lost the likelihood, or None.
    """

    n: int
    heads: int
    theta: float
    mean: bool
    peak: float
    greatest: float
    gone: bool
    grid: NDArray[np.float64]
    ratio: NDArray[np.float64]
    ratio_at_theta: float
    log_grid: NDArray[np.float64]
    log: NDArray[np.float64]
    parabola: NDArray[np.float64]
    at_theta: float
    log_of_peak: float
    information: float | None
    first_gone: int | None


class PeakView:
    """Left, the likelihood as float64 has it; right, the log-likelihood, and its parabola as a broken line."""

    def __init__(self, figure: Figure, result: PeakResult):
        self.plain_axes, self.log_axes = figure.subplots(1, 2)
        self.draggable = (self.plain_axes, self.log_axes)
        self._mean = None
        for ax in self.draggable:
            ax.set(xlim=(0, 1), xticks=np.linspace(0, 1, 6))
            ax.set_xlabel("θ, the model's probability of heads")
        self._build_plain()
        self._build_log()
        self._set_depth(result)
        self.moving = [
            self.curve,
            self.log_curve,
            self.parabola,
            *self.peak_lines,
            *self.theta_lines,
            self.dot,
            self.log_dot,
            self.greatest_text,
            self.below_text,
            self.gone_text,
        ]
        for artist in self.moving:  # what moves takes no part in the layout, wherever it stands at first
            artist.set_in_layout(False)
        self.update(result)

    def _build_plain(self) -> None:
        ax = self.plain_axes
        ax.set(ylim=(-0.04, 1.12), yticks=np.linspace(0, 1, 6))
        ax.set_title("the likelihood, a product in float64,\nas a part of its greatest value:")
        (self.curve,) = ax.plot([], [], color=style.MODEL)
        self.greatest_text = style.beside_title(ax, 1, "right")
        self.gone_text = ax.text(0.5, 0.55, "", ha="center", linespacing=1.5, in_layout=False)
        lines = [axes.plot([], [], color=style.OPTIMUM, linewidth=1.5)[0] for axes in self.draggable]
        self.peak_lines = lines
        for line in lines:
            line.set_linestyle((0, (4, 3)))
        self.theta_lines = [axes.plot([], [], color=style.INK, linewidth=1)[0] for axes in self.draggable]

    def _build_log(self) -> None:
        ax = self.log_axes
        ax.set_title("its logarithm, below its own peak;\nbroken: the parabola of its curvature")
        (self.log_curve,) = ax.plot([], [], color=style.MODEL)
        (self.parabola,) = ax.plot([], [], color=style.INK, linewidth=1, linestyle=(0, (6, 3)))
        mark = {"marker": "o", "markersize": 11, "color": style.INK, "clip_on": False}
        (self.dot,), (self.log_dot,) = (axes.plot([], [], **mark) for axes in self.draggable)
        self.below_text = ax.text(0.985, 0.97, "", transform=ax.transAxes, ha="right", va="top", in_layout=False)
        self.below_text.set_bbox(style.LABEL)

    def _set_depth(self, r: PeakResult) -> None:
        """Set what depends on sum or mean alone; this draws the background anew."""
        if self._mean == r.mean:
            return
        self._mean, self._depth = r.mean, _DEPTHS[r.mean]
        self.log_axes.set(ylim=(-self._depth, 0.1 * self._depth))
        self.log_axes.set_yticks(np.linspace(-self._depth, 0, 6))
        self.log_axes.set_ylabel(_NOTES[r.mean])

    def update(self, r: PeakResult) -> None:
        """Move everything to `r`, a result."""
        self._set_depth(r)
        low, high = -1.5 * self._depth, 0.1 * self._depth
        self.curve.set_data(*([], []) if r.gone else (r.grid, r.ratio))
        seen = r.log > low
        self.log_curve.set_data(r.log_grid[seen], r.log[seen])
        seen = r.parabola > low
        self.parabola.set_data(*(r.log_grid[seen], r.parabola[seen]) if r.parabola.size else ([], []))
        below = r.at_theta / r.n if r.mean else r.at_theta
        at = max(below, -self._depth)
        for line, top, bottom in zip(self.peak_lines, (1.06, high), (-0.04, -self._depth), strict=True):
            line.set_data([r.peak] * 2, [bottom, top])
        for line, height, bottom in zip(self.theta_lines, (r.ratio_at_theta, at), (-0.04, -self._depth), strict=True):
            line.set_data([r.theta] * 2, [bottom, height])
        if r.gone:
            self.peak_lines[0].set_data([], [])
            self.theta_lines[0].set_data([], [])
        self.dot.set_data(*([], []) if r.gone else ([r.theta], [r.ratio_at_theta]))
        self.log_dot.set_data([r.theta], [at])
        self.greatest_text.set_text("0" if r.gone else number(r.greatest))
        off = below < -self._depth
        self.below_text.set_text(f"θ: {'▼ ' if off else ''}−{number(-below + 0.0)}")
        self.gone_text.set_text("float64 gives 0 to every θ:\nthere is no peak to be found here" if r.gone else "")
