"""The classifier's figure: flowers and curve, every flower's factor, and the map of all curves."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number_from_log10, superscript
from lessons_lib.maths.likelihood import Ascent

_LEVELS = (-200, -100, -70, -50, -40, -30, -20, -15, -12, -10, -9, -8, -7.5)


@dataclass(frozen=True)
class ClassifierResult:
    """What the classifier explorer shows; curves over `length` (cm), logarithms to base ten."""

    midpoint: float
    slope: float
    length: NDArray[np.float64]
    curve: NDArray[np.float64]
    factors: NDArray[np.float64]
    log10_product: float
    best: tuple[float, float]
    log10_best: float
    log10_optimum: float
    path: Ascent | None
    handles: tuple[float, float]


class ClassifierView:
    """Above, labels and curve against petal length; below, one bar a flower; right, the product on a map."""

    def __init__(self, figure: Figure, result: ClassifierResult, petals, landscape):
        grid = figure.add_gridspec(2, 2, width_ratios=[1.5, 1], height_ratios=[1.5, 1])
        self.data_axes = figure.add_subplot(grid[0, 0])
        self.factor_axes = figure.add_subplot(grid[1, 0])
        self.map_axes = figure.add_subplot(grid[:, 1])
        self.draggable = (self.data_axes, self.map_axes)
        self.label = petals.label
        self._build_data(petals)
        self._build_factors()
        self._build_map(*landscape)
        self.moving = [
            self.curve,
            self.handles,
            self.factors_of_one,
            self.factors_of_zero,
            self.product_text,
            self.path,
            self.here,
            self.best,
            self.best_text,
        ]
        self.update(result)

    def _build_data(self, petals) -> None:
        ax = self.data_axes
        ax.set(xlim=(2.8, 7.2), ylim=(-0.12, 1.12), yticks=[0, 0.5, 1])
        ax.set_title("the flowers, and the model's P(virginica | petal length)")
        ax.set_xlabel("petal length (cm)")
        jitter = np.random.default_rng(0).uniform(-0.06, 0.06, petals.label.size)
        one = petals.label == 1
        mark = {"linestyle": "", "marker": "o", "markersize": 4.5, "color": style.DATA, "alpha": 0.75}
        ax.plot(petals.length[one], (petals.label + jitter)[one], **mark)
        ax.plot(petals.length[~one], (petals.label + jitter)[~one], markerfacecolor=style.PAPER, **mark)
        ax.text(2.87, 0.93, "● virginica", va="top", color=style.DATA)
        ax.text(7.13, 0.07, "○ versicolor", ha="right", va="bottom", color=style.DATA)
        (self.curve,) = ax.plot([], [], color=style.MODEL)
        (self.handles,) = ax.plot([], [], linestyle="", marker="o", markersize=12, color=style.MODEL)

    def _build_factors(self) -> None:
        ax = self.factor_axes
        ax.set(xlim=(0, self.label.size), ylim=(0, 1), xticks=[], yticks=[0, 0.5, 1])
        ax.set_xlabel("flowers, by petal length:  filled virginica,  outlined versicolor")
        ax.set_title("each flower's P(own species); the product:")
        edges = np.arange(self.label.size + 1)
        zeros = np.zeros(self.label.size)
        self.factors_of_one = ax.stairs(zeros, edges, fill=True, color=style.MODEL)
        self.factors_of_zero = ax.stairs(zeros, edges, fill=True, **style.LIGHT_BARS)
        self.product_text = style.beside_title(ax, 1, "right")

    def _build_map(self, midpoints, slopes, heights) -> None:
        ax = self.map_axes
        ax.set(xlim=(midpoints[0], midpoints[-1]), ylim=(slopes[0], slopes[-1]), yscale="log")
        ax.set_yticks([0.5, 1, 2, 5, 10, 20], ["0.5", "1", "2", "5", "10", "20"])
        ax.minorticks_off()
        ax.set_title("a map of all curves, by their product:\n● this one,  ★ your best")
        ax.set_xlabel("midpoint (cm)")
        ax.set_ylabel("slope (per cm)")
        lines = ax.contour(midpoints, slopes, heights, levels=_LEVELS, colors=style.MUTED, linewidths=0.8)
        lines.set_linestyle("solid")
        labelled = [level for level in (-100, -50, -20) if level in lines.levels]
        ax.clabel(lines, labelled, fmt=lambda level: f"10{superscript(int(level))}", fontsize=9)
        (self.path,) = ax.plot([], [], color=style.OPTIMUM, marker=".", markersize=4, linewidth=1.2)
        (self.best,) = ax.plot([], [], linestyle="", marker="*", markersize=9, color=style.INK, clip_on=False)
        (self.here,) = ax.plot([], [], linestyle="", marker="o", markersize=14, color=style.MODEL, clip_on=False)
        low, right = (
            {"va": "bottom", "in_layout": False},
            {"ha": "right", "transform": ax.transAxes, "bbox": style.LABEL},
        )
        ax.text(0.64, 0.02, "your best product:", color=style.INK, **low, **right)
        self.best_text = ax.text(0.98, 0.02, "", color=style.INK, **low, **right)

    def update(self, r: ClassifierResult) -> None:
        """Move everything to `r`, a result."""
        self.curve.set_data(r.length, r.curve)
        self.handles.set_data(r.handles, [0.25, 0.75])
        self.factors_of_one.set_data(np.where(self.label == 1, r.factors, 0))
        self.factors_of_zero.set_data(np.where(self.label == 0, r.factors, 0))
        self.product_text.set_text(number_from_log10(r.log10_product))
        path = r.path
        self.path.set_data(*(([], []) if path is None else (path.midpoint, path.slope)))
        self.best.set_data([r.best[0]], [r.best[1]])
        self.here.set_data([r.midpoint], [r.slope])
        self.best_text.set_text(number_from_log10(r.log10_best))
