"""A truth, a sample and a model; the model's loss along its path, as the sample grows, and in standard errors."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import fixed, number
from lessons_lib.maths.measures import UNITS

DIE, COIN, LETTERS = "a loaded die", "a coin, 0.9 heads", "letters of the Zen of Python"
_HEIGHTS = {DIE: (1.1, 2.5), COIN: (1.1, 1.0), LETTERS: (0.3, 4.0)}
"""For each truth, the greatest probability and the greatest loss (in nats) that the axes show."""
_FAR = 4.0
"""So many standard errors are shown."""
_BANDS = ((2, 0.22), (1, 0.32))
"""Reaches of the bands in standard errors, and their opacity."""
_POPULATION = {"color": style.INK, "linestyle": (0, (6, 3))}
_LEAST = {"color": style.OPTIMUM, "linestyle": (0, (1, 2)), "linewidth": 1.5}


@dataclass(frozen=True)
class SampleResult:
    """What the sample explorer shows, losses in the unit.

    p, frequencies, q: shape (outcomes,). by_examples: the mean of −log q over the examples, one after the other;
    by_counts: the cross-entropy of frequencies and q. population: that of p and q; spread: the standard deviation
    of −log q of one example. least: the entropy of the frequencies; truth_on_sample: the loss that q = p has there;
    floor: the entropy of p. sizes, running, least_running, errors: at each n drawn so far; errors, the distance from
    the population in standard errors, is empty if the population's loss is ∞. path_*: for each place of the slider.
    """

    truth: str
    unit: str
    names: tuple[str, ...]
    n: int
    place: float
    p: NDArray[np.float64]
    frequencies: NDArray[np.float64]
    q: NDArray[np.float64]
    by_examples: float
    by_counts: float
    population: float
    spread: float
    least: float
    truth_on_sample: float
    floor: float
    unseen: int
    sizes: NDArray[np.int_]
    running: NDArray[np.float64]
    least_running: NDArray[np.float64]
    errors: NDArray[np.float64]
    path: NDArray[np.float64]
    path_sample: NDArray[np.float64]
    path_population: NDArray[np.float64]


class SampleView(View):
    """Distributions above the loss along q's path; distance in standard errors above the loss against n."""

    def build(self, figure: Figure, r: SampleResult) -> None:
        axes = figure.subplots(2, 2, height_ratios=[1, 1.3], width_ratios=[1, 1.2])
        (self.bar_axes, self.error_axes), (self.path_axes, self.loss_axes) = axes
        self.draggable = (self.path_axes, self.loss_axes, self.error_axes)
        self._build_bars()
        self._build_errors()
        self._build_path()
        self._build_loss()

    def _build_bars(self) -> None:
        ax = self.bar_axes
        ax.set_title("filled: p̂, the sample's frequencies\noutlined: p, the truth    ◆ q, the model")
        ax.tick_params(axis="x", length=0)
        self.frequencies = self.moves(Bars(ax, 0.8, color=style.DATA, alpha=0.5))
        self.truth = self.moves(Bars(ax, 0.8, fill=False, edgecolor=style.DATA, linewidth=1.8))
        self.model = self.moves(ax.plot([], [], linestyle="", marker="D", color=style.MODEL, clip_on=False))

    def _build_errors(self) -> None:
        ax = self.error_axes
        ax.set(xscale="log", xlim=(0.9, 11_000), ylim=(-_FAR, _FAR), yticks=(-2, -1, 0, 1, 2))
        ax.set_xticks((1, 10, 100, 1000, 10_000), [""] * 5)
        ax.set_title("sample minus population,\nin standard errors sd/√n:")
        for reach, alpha in _BANDS:
            ax.axhspan(-reach, reach, facecolor=style.MUTED, alpha=alpha, linewidth=0)
        ax.axhline(0, linewidth=1, **_POPULATION)
        self.errors = self.moves(ax.plot([], [], color=style.MODEL, linewidth=1.5))
        self.error_dot = self.marks(ax, "o", 9, style.MODEL)
        self.error_text = self.moves(style.beside_title(ax, 1, "right"))

    def _build_path(self) -> None:
        ax = self.path_axes
        ax.set(xlim=(0, 2))
        ax.set_xticks((0, 1, 2), ("uniform", "q = p", "q = p̂"))
        ax.set_title("the loss of each q along the slider\n● sample    ○ population    dotted: H(p̂)")
        self.path_floor = self.moves(ax.plot([], [], **_LEAST))
        self.path_population = self.moves(ax.plot([], [], linewidth=1.5, **_POPULATION))
        self.path_sample = self.moves(ax.plot([], [], color=style.MODEL))
        hollow = {"markerfacecolor": style.PAPER, "markeredgewidth": 1.8, "markersize": 15}
        self.path_open = self.moves(ax.plot([], [], marker="o", color=style.INK, clip_on=False, **hollow))
        self.path_dot = self.marks(ax, "o", 9, style.MODEL)

    def _build_loss(self) -> None:
        ax = self.loss_axes
        ax.set(xscale="log", xlim=(0.9, 11_000), xlabel="examples n")
        ax.set_xticks((1, 10, 100, 1000, 10_000), ("1", "10", "100", "1,000", "10,000"))
        ax.set_title("sum over the examples, divided by n:\nΣ p̂ log 1/q over the outcomes:")
        bands = [Polygon(np.zeros((2, 2)), facecolor=style.MUTED, alpha=alpha, linewidth=0) for _, alpha in _BANDS]
        self.bands = self.moves([ax.add_patch(band) for band in bands])
        self.population = self.moves(ax.plot([], [], linewidth=1, **_POPULATION))
        self.least = self.moves(ax.plot([], [], **_LEAST))
        self.running = self.moves(ax.plot([], [], color=style.MODEL))
        self.loss_dot = self.marks(ax, "o", 10, style.MODEL)
        self.two_ways = self.moves(style.beside_title(ax, 1, "right"))
        self.two_ways.set_linespacing(1.2)
        self.population_text = self.moves(ax.text(0.98, 0.03, "", transform=ax.transAxes, ha="right", bbox=style.LABEL))

    def key(self, r: SampleResult):
        """Truth and unit."""
        return r.truth, r.names, r.unit

    def set_background(self, r: SampleResult) -> None:
        """Fit the axes to truth and unit."""
        highest, greatest_loss = _HEIGHTS[r.truth]
        self.bar_axes.set(xlim=(-0.6, len(r.names) - 0.4), ylim=(0, highest))
        self.bar_axes.set_xticks(range(len(r.names)), r.names)
        for ax in (self.path_axes, self.loss_axes):
            ax.set_ylim(0, greatest_loss / np.log(UNITS[r.unit]))
        self.path_axes.set_ylabel(f"loss, {r.unit} an example")

    def update(self, r: SampleResult) -> None:
        top = self.loss_axes.get_ylim()[1]
        self._update_bars(r)
        self._update_errors(r)
        self._update_path(r, top)
        self._update_loss(r, top)

    def _update_bars(self, r: SampleResult) -> None:
        self.frequencies.put(r.frequencies)
        self.truth.put(r.p)
        self.model.set_data(range(r.q.size), np.minimum(r.q, self.bar_axes.get_ylim()[1]))
        self.model.set_markersize(5 if r.q.size > 10 else 8)

    def _update_errors(self, r: SampleResult) -> None:
        shown = np.clip(r.errors, -_FAR, _FAR)
        self.errors.set_data(r.sizes[: shown.size], shown)
        self.error_dot.set_data(r.sizes[: shown.size][-1:], shown[-1:])
        self.error_text.set_text(fixed(r.errors[-1], 2) if shown.size else "population: ∞")

    def _update_path(self, r: SampleResult, top: float) -> None:
        self.path_floor.set_data([0, 2], [r.least] * 2)
        self.path_sample.set_data(r.path, np.minimum(r.path_sample, 2 * top))
        self.path_population.set_data(r.path, np.minimum(r.path_population, 2 * top))
        _put(self.path_open, r.place, r.population, top)
        _put(self.path_dot, r.place, r.by_examples, top)

    def _update_loss(self, r: SampleResult, top: float) -> None:
        edges = self.loss_axes.get_xlim()
        middle, spread = (r.population, r.spread) if np.isfinite(r.population) else (2 * top, 0.0)
        self.population.set_data(edges, [middle] * 2)
        n = np.geomspace(*edges, 50)
        for band, (reach, _) in zip(self.bands, _BANDS, strict=True):
            width = reach * spread / np.sqrt(n)
            band.set_xy(np.column_stack([[*n, *n[::-1]], [*(middle + width), *(middle - width)[::-1]]]))
        self.running.set_data(r.sizes, r.running)
        self.least.set_data(r.sizes, r.least_running)
        _put(self.loss_dot, r.n, r.by_examples, top)
        self.two_ways.set_text(f"{r.by_examples:.9f}\n{r.by_counts:.9f}")
        self.population_text.set_text(f"dashed: population H(p, q) {number(r.population, 4)}")


def _put(dot: Line2D, x: float, y: float, top: float) -> None:
    """Put a dot at a place, or, if that lies above the picture, an arrowhead at its upper edge."""
    dot.set_data([x], [min(y, top)])
    dot.set_marker("^" if y > top else "o")
