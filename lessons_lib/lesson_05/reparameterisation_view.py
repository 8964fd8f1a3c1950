"""A fit in two dimensions: p as a map, q as an ellipse with its samples, and the loss step by step."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number
from lessons_lib.lesson_05.terrain import Terrain
from lessons_lib.maths import reparameterisation as trick

_ACROSS, _UP = np.linspace(-3.6, 3.6, 73), np.linspace(-3.0, 3.0, 61)
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


class ReparameterisationView(View):
    """Left, p in bands, the way of q's mean, q's ellipses and samples; right, the loss, estimated and exact."""

    def build(self, figure: Figure, r: ReparameterisationResult) -> None:
        self.map_axes, self.loss_axes = figure.subplots(1, 2, width_ratios=[1.25, 1])
        self.draggable = (self.map_axes,)
        self._build_map()
        self._build_loss()

    def _build_map(self) -> None:
        ax = self.map_axes
        terrain = Terrain(ax, _ACROSS, _UP)
        terrain.set_heights(_depths())
        terrain.set(zorder=0, in_layout=False)
        ax.set_title("p (shaded) and q: ellipses at 1 σ and 2 σ\n○ start   ● mean   · samples of this step")
        ax.set_xlabel("x₁")
        ax.set_ylabel("x₂")
        self.samples = self.moves(ax.plot([], [], linestyle="", marker=".", markersize=6, color=style.MODEL))
        self.way = self.moves(ax.plot([], [], color=style.OPTIMUM, linewidth=1.4))
        self.inner = self.moves(ax.plot([], [], color=style.MODEL))
        self.outer = self.moves(ax.plot([], [], color=style.MODEL, linewidth=1.2, linestyle=(0, (4, 3))))
        self.start = self.marks(ax, "o", 11, style.OPTIMUM, markerfacecolor=style.PAPER)
        self.mean = self.marks(ax, "o", 11, style.MODEL)

    def _build_loss(self) -> None:
        ax = self.loss_axes
        ax.set(xlim=(0, trick.STEPS), ylim=_LOSSES)
        ax.set_xlabel("step")
        ax.set_ylabel("nats")
        ax.set_title("KL(q‖p) as the samples estimate it (thin)\nand exactly (thick), now:")
        ax.axhline(0, color=style.MUTED, linewidth=0.8)
        self.estimates = self.moves(ax.plot([], [], color=style.INK, linewidth=0.8))
        self.exact = self.moves(ax.plot([], [], color=style.MODEL))
        self.dot = self.marks(ax, "o", 10, style.MODEL)
        self.text = self.moves(style.beside_title(ax, 1, "right"))

    def update(self, r: ReparameterisationResult) -> None:
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


def _depths() -> NDArray[np.float64]:
    """Return how far, in nats, the log-density of p lies below what it is at a hump's mean; 0 where it is above."""
    points = np.stack(np.meshgrid(_ACROSS, _UP), axis=-1)
    return np.maximum(trick.log_density(trick.MEANS[0]) - trick.log_density(points), 0)
