"""A likelihood and its logarithm, side by side over the same θ."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number

_DEPTHS = {False: 10.0, True: 0.5}
"""So many nats below its peak the log-likelihood is shown: its sum, its mean."""


@dataclass(frozen=True)
class PeakResult:
    """What the peak explorer shows.

    grid: θ; ratio: the likelihood as float64 computes it, factor by factor, as a share of its largest value there, or
    0 everywhere if it is 0 everywhere (`gone`). log, parabola: the log-likelihood below its peak, in nats, by sum or
    mean, with its θ, and its second-order approximation there (−∞ when all tosses are equal). at_theta: the sum.
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


class PeakView(View):
    """Left, the likelihood as float64 has it; right, the log-likelihood, and its parabola as a broken line."""

    def build(self, figure: Figure, r: PeakResult) -> None:
        self.draggable = self.plain_axes, self.log_axes = tuple(figure.subplots(1, 2))
        for ax in self.draggable:
            ax.set(xlim=(0, 1), xticks=np.linspace(0, 1, 6), xlabel="θ, the model's probability of heads")
        self.plain_axes.set(ylim=(-0.04, 1.12), yticks=np.linspace(0, 1, 6))
        self.plain_axes.set_title("the likelihood, a product in float64,\nas a share of its largest value:")
        self.log_axes.set_title("its logarithm, below its own peak;\nbroken: the parabola of its curvature")
        self._build_curves()
        self._build_texts()

    def _build_curves(self) -> None:
        plain, log = self.draggable
        self.curve = self.moves(plain.plot([], [], color=style.MODEL))
        self.log_curve = self.moves(log.plot([], [], color=style.MODEL))
        self.parabola = self.moves(log.plot([], [], color=style.INK, linewidth=1, linestyle=(0, (6, 3))))
        look = {"color": style.OPTIMUM, "linewidth": 1.5, "linestyle": (0, (4, 3))}
        self.peak_line, self.log_peak_line = (self.moves(ax.plot([], [], **look)) for ax in self.draggable)
        look = {"color": style.INK, "linewidth": 1}
        self.theta_line, self.log_theta_line = (self.moves(ax.plot([], [], **look)) for ax in self.draggable)
        look = {"marker": "o", "markersize": 11, "color": style.INK, "clip_on": False}
        self.dot, self.log_dot = (self.moves(ax.plot([], [], **look)) for ax in self.draggable)

    def _build_texts(self) -> None:
        plain, log = self.draggable
        self.greatest_text = self.moves(style.beside_title(plain, 1, "right"))
        corner = {"transform": log.transAxes, "ha": "right", "va": "top", "bbox": style.LABEL}
        self.below_text = self.moves(log.text(0.985, 0.97, "", **corner))
        gone = "float64 gives 0 to every θ:\nthere is no peak to be found here"
        self.gone_text = self.moves(plain.text(0.5, 0.55, gone, ha="center", linespacing=1.5))

    def key(self, r: PeakResult):
        """Sum or mean."""
        return r.mean

    def set_background(self, r: PeakResult) -> None:
        """Let the log-likelihood go so deep."""
        depth = _DEPTHS[r.mean]
        self.log_axes.set(ylim=(-depth, 0.1 * depth), yticks=np.linspace(-depth, 0, 6))
        self.log_axes.set_ylabel("nats a toss below the peak" if r.mean else "nats below the peak")

    def update(self, r: PeakResult) -> None:
        self._update_plain(r)
        self._update_log(r)

    def _update_plain(self, r: PeakResult) -> None:
        self.curve.set_data(*([], []) if r.gone else (r.grid, r.ratio))
        self.peak_line.set_data([r.peak, r.peak], [-0.04, 1.06])
        self.theta_line.set_data([r.theta, r.theta], [-0.04, r.ratio_at_theta])
        self.dot.set_data([r.theta], [r.ratio_at_theta])
        for artist in (self.peak_line, self.theta_line, self.dot):
            artist.set_visible(not r.gone)
        self.gone_text.set_visible(r.gone)
        self.greatest_text.set_text(number(r.greatest))

    def _update_log(self, r: PeakResult) -> None:
        depth = _DEPTHS[r.mean]
        for curve, log in ((self.log_curve, r.log), (self.parabola, r.parabola)):
            seen = log > -1.5 * depth
            curve.set_data(r.log_grid[seen], log[seen])
        below = r.at_theta / r.n if r.mean else r.at_theta
        at = max(below, -depth)
        self.log_peak_line.set_data([r.peak, r.peak], [-depth, 0.1 * depth])
        self.log_theta_line.set_data([r.theta, r.theta], [-depth, at])
        self.log_dot.set_data([r.theta], [at])
        self.below_text.set_text(f"θ: {'▼ ' if below < at else ''}−{number(-below + 0.0)}")
