"""The sequence's figure: bits stacked choice by choice, what may come next, and how much probability has ended."""

from dataclasses import dataclass

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number
from lessons_lib.lesson_06 import sentences
from lessons_lib.lesson_06.sentences import END, WORDS

LONGEST = 60
"""The curve of what has ended goes up to sentences of so many words."""
_TOPS = (4, 8, 16, 32, 64, 128)
"""The heights among which the scale of the bits is chosen."""
_LEAST_SLOTS = 6
_LABEL_SIZES = ((8, 10.5), (10, 8.5), (12, 7.2))
"""Up to how many choices their labels have this size."""
_HALF = 0.36
CHOICES = (*WORDS, END)
_CHOICES = len(CHOICES)


@dataclass(frozen=True)
class SequenceResult:
    """What the sequence explorer shows. bits: −log₂ p of each choice, ∞ for what the rule makes impossible.

    offered: the probability of each word, and of the end, to come next, or first in another. finished: how much
    probability the sentences of up to 0, 1, … words have together; never: that of all that never end.
    """

    words: tuple[str, ...]
    factors: tuple[float, ...]
    bits: NDArray[np.float64]
    total: float
    offered: NDArray[np.float64]
    next: int
    rule: str
    length: int
    finished: NDArray[np.float64]
    never: float

    @property
    def ended(self) -> bool:
        """Whether the sentence has its end marker."""
        return sentences.is_finished(self.words)


class SequenceView:
    """Left, the stack of bits; right, above, the probabilities of the next choice; below, the finished sentences."""

    def __init__(self, figure: Figure, result: SequenceResult):
        grid = figure.add_gridspec(2, 2, width_ratios=[1.35, 1])
        self.bits_axes = figure.add_subplot(grid[:, 0])
        self.next_axes = figure.add_subplot(grid[0, 1])
        self.mass_axes = figure.add_subplot(grid[1, 1])
        self.draggable = (self.next_axes, self.mass_axes)
        self._build_bits()
        self._build_next()
        self._build_mass()
        self.moving = [
            *(self.steps, self.treads, self.endless, self.total),
            *(self.offered, self.pointer, self.next_text),
            *(self.curve, self.limit, self.dot, self.mass_text),
        ]
        self.update(result)

    def _build_bits(self) -> None:
        ax = self.bits_axes
        ax.set_ylabel(" ")  # room for greater numbers
        ax.set_xticks([0, 1], ["the\n0.750"] * 2)
        ax.set_title("the sentence: each choice adds −log₂ p\nthe sum so far, in bits:")
        self.steps = PolyCollection([], **style.LIGHT_BARS)
        ax.add_collection(self.steps, autolim=False)
        (self.treads,) = ax.plot([], [], color=style.INK, linewidth=1)
        arrow = {"linestyle": "", "marker": "^", "markersize": 11, "clip_on": False, "in_layout": False}
        (self.endless,) = ax.plot([], [], color=style.MODEL, **arrow)
        self.total = style.beside_title(ax, 0.44)

    def _build_next(self) -> None:
        ax = self.next_axes
        ax.set(xlim=(-0.035, 1), ylim=(_CHOICES - 0.4, -0.6), xticks=np.linspace(0, 1, 6))
        ax.spines["bottom"].set_bounds(0, 1)
        ax.set_yticks(range(_CHOICES), CHOICES)
        ax.tick_params(axis="y", length=0)
        ax.set_title("what may come after it (click to add)\n▸ next:")
        edges = np.add.outer(np.arange(_CHOICES), [-_HALF, _HALF]).ravel()
        self.offered = ax.stairs(
            np.zeros(2 * _CHOICES - 1), edges, orientation="horizontal", fill=True, color=style.MODEL
        )
        mark = {"linestyle": "", "color": style.INK, "clip_on": False, "in_layout": False}
        (self.pointer,) = ax.plot([], [], marker=">", markersize=8, **mark)
        self.next_text = style.beside_title(ax, 0.2)

    def _build_mass(self) -> None:
        ax = self.mass_axes
        ax.set(xlim=(-0.6, LONGEST + 0.6), ylim=(0, 1.04), yticks=(0, 0.25, 0.5, 0.75, 1))
        ax.set_title("all sentences of at most so many words have\nprobability")
        ax.set_xlabel("words, at most")
        (self.limit,) = ax.plot([], [], color=style.OPTIMUM, linewidth=1.4, linestyle="--")
        (self.curve,) = ax.plot([], [], color=style.MODEL, drawstyle="steps-post")
        (self.dot,) = ax.plot([], [], linestyle="", marker="o", markersize=11, color=style.MODEL, clip_on=False)
        self.mass_text = style.beside_title(ax, 0.27)

    def update(self, r: SequenceResult) -> None:
        """Move everything to `r`, a result."""
        self._update_background(r)
        self._update_steps(r)
        offered = np.full(2 * _CHOICES - 1, np.nan)
        offered[::2] = r.offered
        self.offered.set_data(offered)
        self.pointer.set_data([-0.02], [r.next])
        p = r.offered[r.next]
        self.next_text.set_text(f"{p:.4f} = {_bits(-np.log2(p) if p else np.inf)}")
        self.curve.set_data(np.arange(r.finished.size), r.finished)
        self.limit.set_data([0, LONGEST], [1 - r.never] * 2)
        self.dot.set_data([r.length], [r.finished[r.length]])
        self.mass_text.set_text(f"{r.finished[r.length]:.4f} at {r.length} words  (--: limit {1 - r.never:g})")

    def _update_steps(self, r: SequenceResult) -> None:
        top = self.bits_axes.get_ylim()[1]
        edges = np.minimum(np.concatenate([[0.0], np.cumsum(r.bits)]), top)
        corners = (edges[:-1], edges[1:])
        self.steps.set_verts(
            [
                [(at - _HALF, low), (at + _HALF, low), (at + _HALF, high), (at - _HALF, high)]
                for at, (low, high) in enumerate(zip(*corners, strict=True))
            ]
        )
        ends = np.arange(r.bits.size)
        lines = np.column_stack([ends - _HALF, ends + 1 - _HALF, np.full(ends.size, np.nan)]).ravel()
        self.treads.set_data(lines, np.column_stack([edges[1:], edges[1:], edges[1:]]).ravel())
        self.endless.set_data(ends[np.isinf(r.bits)], np.full(int(np.isinf(r.bits).sum()), top))
        self.total.set_text(f"{_bits(r.total)},  p = {number(2.0**-r.total)}")

    def _update_background(self, r: SequenceResult) -> None:
        """Change what stays while T and the next word move: it follows the sentence."""
        shown = (r.words, r.factors)
        if getattr(self, "_shown", None) == shown:
            return
        self._shown = shown
        finite = float(r.bits[np.isfinite(r.bits)].sum())
        top = next(top for top in _TOPS if top >= 1.02 * finite)
        slots = max(len(r.words), _LEAST_SLOTS)
        labels = [f"{word}\n{p:.3f}" for word, p in zip(r.words, r.factors, strict=True)]
        with style.style():
            self.bits_axes.set(xlim=(-0.6, slots - 0.4), ylim=(0, top), yticks=np.linspace(0, top, 5))
            size = next(size for most, size in _LABEL_SIZES if slots <= most)
            self.bits_axes.set_xticks(range(len(r.words)), labels, fontsize=size)
            after = f"after “{r.words[-1]}”" if r.words and not r.ended else "first"
            self.next_axes.set_title(f"what may come {after} (click to add)\n▸ next:")


def _bits(bits: float) -> str:
    return "∞ bits" if np.isinf(bits) else f"{abs(bits):.2f} bits"
