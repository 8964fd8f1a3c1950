"""The classifier's figure: flowers and curve, every flower's factor, and the map of all curves."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number_from_log10, superscript
from lessons_lib.lesson_01.flowers import landscape
from lessons_lib.maths.data import iris_petals
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


class ClassifierView(View):
    """Above, labels and curve against petal length; below, one bar a flower; right, the product on a map."""

    def build(self, figure: Figure, r: ClassifierResult) -> None:
        axes = figure.subplot_mosaic("AC;BC", width_ratios=[1.5, 1], height_ratios=[1.5, 1])
        self.data_axes, self.factor_axes, self.map_axes = (axes[place] for place in "ABC")
        self.draggable = (self.data_axes, self.map_axes)
        self.virginica = iris_petals().label == 1
        self._build_data(r)
        self._build_factors()
        self._build_map()

    def _build_data(self, r: ClassifierResult) -> None:
        ax, one, length = self.data_axes, self.virginica, iris_petals().length
        ax.set(xlim=r.length[[0, -1]], ylim=(-0.12, 1.12), yticks=[0, 0.5, 1])
        ax.set_title("the flowers, and the model's P(virginica | petal length)")
        ax.set_xlabel("petal length (cm)")
        at = one + np.random.default_rng(0).uniform(-0.06, 0.06, one.size)
        mark = {"linestyle": "", "marker": "o", "markersize": 4.5, "color": style.DATA, "alpha": 0.75}
        ax.plot(length[one], at[one], **mark)
        ax.plot(length[~one], at[~one], markerfacecolor=style.PAPER, **mark)
        ax.text(2.87, 0.93, "● virginica", va="top", color=style.DATA)
        ax.text(7.13, 0.07, "○ versicolor", ha="right", va="bottom", color=style.DATA)
        self.curve = self.moves(ax.plot([], [], color=style.MODEL))
        self.handles = self.moves(ax.plot([], [], linestyle="", marker="o", markersize=12, color=style.MODEL))

    def _build_factors(self) -> None:
        ax, flowers = self.factor_axes, self.virginica.size
        ax.set(xlim=(0, flowers), ylim=(0, 1), xticks=[], yticks=[0, 0.5, 1])
        ax.set_xlabel("flowers, by petal length:  filled virginica,  outlined versicolor")
        ax.set_title("each flower's P(own species); the product:")
        bars = np.zeros(flowers), np.arange(flowers + 1)
        self.factors_of_one = self.moves(ax.stairs(*bars, fill=True, color=style.MODEL))
        self.factors_of_zero = self.moves(ax.stairs(*bars, fill=True, **style.LIGHT_BARS))
        self.product_text = self.moves(style.beside_title(ax, 1, "right"))

    def _build_map(self) -> None:
        ax, (midpoints, slopes, heights) = self.map_axes, landscape()
        ax.set(xlim=midpoints[[0, -1]], ylim=slopes[[0, -1]], yscale="log")
        ax.set_yticks([0.5, 1, 2, 5, 10, 20], ["0.5", "1", "2", "5", "10", "20"])
        ax.minorticks_off()
        ax.set_title("a map of all curves, by their product:\n● this one,  ★ your best")
        ax.set(xlabel="midpoint (cm)", ylabel="slope (per cm)")
        look = {"levels": _LEVELS, "colors": style.MUTED, "linewidths": 0.8, "linestyles": "solid"}
        lines = ax.contour(midpoints, slopes, heights, **look)
        ax.clabel(lines, (-100, -50, -20), fmt=lambda level: f"10{superscript(int(level))}", fontsize=9)
        corner = {"ha": "right", "va": "bottom", "transform": ax.transAxes, "bbox": style.LABEL, "in_layout": False}
        ax.text(0.64, 0.02, "your best product:", **corner)
        self.path = self.moves(ax.plot([], [], color=style.OPTIMUM, marker=".", markersize=4, linewidth=1.2))
        self.here = self.marks(ax, "o", 14, style.MODEL)
        self.best = self.marks(ax, "*", 9, style.INK)
        self.best_text = self.moves(ax.text(0.98, 0.02, "", **corner))

    def update(self, r: ClassifierResult) -> None:
        self.curve.set_data(r.length, r.curve)
        self.handles.set_data(r.handles, [0.25, 0.75])
        self.factors_of_one.set_data(np.where(self.virginica, r.factors, 0))
        self.factors_of_zero.set_data(np.where(self.virginica, 0, r.factors))
        self.product_text.set_text(number_from_log10(r.log10_product))
        self.path.set_data(*([], []) if r.path is None else (r.path.midpoint, r.path.slope))
        self.here.set_data([r.midpoint], [r.slope])
        self.best.set_data([r.best[0]], [r.best[1]])
        self.best_text.set_text(number_from_log10(r.log10_best))
