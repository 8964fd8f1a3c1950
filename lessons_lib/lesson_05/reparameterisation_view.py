"""A fit in two dimensions: p as a map, q as an ellipse with its samples, and the loss step by step."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number
from lessons_lib.lesson_05.terrain import Terrain

_CIRCLE = np.stack([f(np.linspace(0, 2 * np.pi, 97)) for f in (np.cos, np.sin)])
_LOSSES = (-0.5, 4.0)


@dataclass(frozen=True)
class ReparameterisationResult:
    """What the explorer shows. way: q's mean so far; samples: those of the next step; KLs in nats."""

    way: NDArray[np.float64]
    factor: NDArray[np.float64]
    samples: NDArray[np.float64]
    losses: NDArray[np.float64]
    exact_steps: NDArray[np.int_]
    exact: NDArray[np.float64]


class ReparameterisationView:
    """Left, p in bands, the way of q's mean, q's ellipses and samples; right, the loss, estimated and exact."""

    def __init__(self, figure: Figure, result: ReparameterisationResult, sides, heights, steps: int):
        self.map_axes, self.loss_axes = figure.subplots(1, 2, width_ratios=[1.25, 1])
        self.draggable = (self.map_axes,)
        self._build_map(sides, heights)
        self._build_loss(steps)
        self.moving = [
            self.samples,
            self.way,
            self.inner,
            self.outer,
            self.start,
            self.mean,
            self.estimates,
            self.exact,
            self.dot,
            self.text,
        ]
        for artist in self.moving:
            artist.set_in_layout(False)
        self.update(result)

    def _build_map(self, sides, heights) -> None:
        ax = self.map_axes
        ax.set(xlim=(sides[0][0], sides[0][-1]), ylim=(sides[1][0], sides[1][-1]))
        ax.set_title("p (shaded) and q: ellipses at 1 σ and 2 σ\n○ start   ● mean   · samples of this step")
        ax.set_xlabel("x₁")
        ax.set_ylabel("x₂")
        terrain = ax.add_artist(Terrain(heights.shape))
        terrain.set_heights(heights)
        terrain.set(zorder=0, in_layout=False)
        (self.samples,) = ax.plot([], [], linestyle="", marker=".", markersize=6, color=style.MODEL)
        (self.way,) = ax.plot([], [], color=style.OPTIMUM, linewidth=1.4)
        (self.inner,) = ax.plot([], [], color=style.MODEL)
        (self.outer,) = ax.plot([], [], color=style.MODEL, linewidth=1.2, linestyle=(0, (4, 3)))
        mark = {"linestyle": "", "marker": "o", "clip_on": False}
        (self.start,) = ax.plot([], [], markersize=11, markerfacecolor=style.PAPER, color=style.OPTIMUM, **mark)
        (self.mean,) = ax.plot([], [], markersize=11, color=style.MODEL, **mark)

    def _build_loss(self, steps: int) -> None:
        ax = self.loss_axes
        ax.set(xlim=(0, steps), ylim=_LOSSES)
        ax.set_xlabel("step")
        ax.set_ylabel("nats")
        ax.set_title("KL(q‖p) as the samples estimate it (thin)\nand exactly (thick), now:")
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        (self.estimates,) = ax.plot([], [], color=style.INK, linewidth=0.8)
        (self.exact,) = ax.plot([], [], color=style.MODEL)
        (self.dot,) = ax.plot([], [], linestyle="", marker="o", markersize=10, color=style.MODEL, clip_on=False)
        self.text = style.beside_title(ax, 1, "right")

    def update(self, r: ReparameterisationResult) -> None:
        """Move everything to `r`, a result."""
        self.samples.set_data(*r.samples.T)
        self.way.set_data(*r.way.T)
        circle = r.factor @ _CIRCLE
        for line, size in ((self.inner, 1), (self.outer, 2)):
            line.set_data(*(r.way[-1][:, None] + size * circle))
        self.start.set_data(*r.way[:1].T)
        self.mean.set_data(*r.way[-1:].T)
        self.estimates.set_data(np.arange(r.losses.size), r.losses.clip(*_LOSSES))
        self.exact.set_data(r.exact_steps, r.exact)
        self.dot.set_data(r.exact_steps[-1:], r.exact[-1:].clip(*_LOSSES))
        self.text.set_text(f"{number(r.exact[-1])} nats")
