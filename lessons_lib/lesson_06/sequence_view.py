"""The sequence's figure: bits stacked choice by choice, what may come next, and how much probability has ended."""

from dataclasses import dataclass

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.polygons import box_corners
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import fixed, number
from lessons_lib.lesson_06 import sentences
from lessons_lib.lesson_06.sentences import END, WORDS
from lessons_lib.maths.measures import surprisal

LONGEST = 60
"""The curve of what has ended goes up to sentences of so many words."""
_TOPS = (4, 8, 16, 32, 64, 128)
"""The heights among which the scale of the bits is chosen."""
_LEAST_SLOTS = 6
_LABEL_SIZES = ((8, 10.5), (10, 8.5), (13, 7.2))
"""Up to how many choices their labels have this size."""
_BAR = 0.72
CHOICES = (*WORDS, END)


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
    length: int
    finished: NDArray[np.float64]
    never: float

    @property
    def ended(self) -> bool:
        """Whether the sentence has its end marker."""
        return sentences.is_finished(self.words)

    @property
    def next_bits(self) -> float:
        """What the next choice would cost."""
        return float(surprisal(self.offered[self.next], base=2))


class SequenceView(View):
    """Left, the stack of bits; right, above, the probabilities of the next choice; below, the finished sentences."""

    def build(self, figure: Figure, r: SequenceResult) -> None:
        grid = figure.add_gridspec(2, 2, width_ratios=[1.35, 1])
        self.bits_axes = figure.add_subplot(grid[:, 0])
        self.next_axes = figure.add_subplot(grid[0, 1])
        self.mass_axes = figure.add_subplot(grid[1, 1])
        self.draggable = (self.next_axes, self.mass_axes)
        self._build_bits()
        self._build_next()
        self._build_mass()

    def _build_bits(self) -> None:
        ax = self.bits_axes
        ax.set_ylabel(" ")  # room for greater numbers
        ax.set_title("the sentence: each choice adds −log₂ p\nthe sum so far, in bits:")
        self.steps = self.moves(ax.add_collection(PolyCollection([], **style.LIGHT_BARS), autolim=False))
        self.treads = self.moves(ax.plot([], [], color=style.INK, linewidth=1))
        arrow = {"linestyle": "", "marker": "^", "markersize": 11, "clip_on": False}
        self.endless = self.moves(ax.plot([], [], color=style.MODEL, **arrow))
        self.total = self.moves(style.beside_title(ax, 0.44))

    def _build_next(self) -> None:
        ax = self.next_axes
        ax.set(xlim=(-0.035, 1), ylim=(len(CHOICES) - 0.4, -0.6), xticks=np.linspace(0, 1, 6))
        ax.spines["bottom"].set_bounds(0, 1)
        ax.set_yticks(range(len(CHOICES)), CHOICES)
        ax.tick_params(axis="y", length=0)
        self.offered = self.moves(Bars(ax, _BAR, horizontal=True, color=style.MODEL))
        self.pointer = self.marks(ax, ">", 8, style.INK)
        self.next_text = self.moves(style.beside_title(ax, 0.2))

    def _build_mass(self) -> None:
        ax = self.mass_axes
        ax.set(xlim=(-0.6, LONGEST + 0.6), ylim=(0, 1.04), yticks=(0, 0.25, 0.5, 0.75, 1))
        ax.set_title("all sentences of at most so many words have\nprobability")
        ax.set_xlabel("words, at most")
        self.curve = self.moves(ax.plot([], [], color=style.MODEL, drawstyle="steps-post"))
        self.limit = self.moves(ax.plot([], [], color=style.OPTIMUM, linewidth=1.4, linestyle="--"))
        self.dot = self.marks(ax, "o", 11, style.MODEL)
        self.mass_text = self.moves(style.beside_title(ax, 0.27))

    def key(self, r: SequenceResult):
        """The sentence, and what each choice got."""
        return r.words, r.factors, _top(r)

    def set_background(self, r: SequenceResult) -> None:
        """Make room for the sentence, and write it below."""
        top, slots = _top(r), max(len(r.words), _LEAST_SLOTS)
        self.bits_axes.set(xlim=(-0.6, slots - 0.4), ylim=(0, top), yticks=np.linspace(0, top, 5))
        labels = [f"{word}\n{p:.3f}" for word, p in zip(r.words, r.factors, strict=True)]
        size = next(size for most, size in _LABEL_SIZES if slots <= most)
        self.bits_axes.set_xticks(range(len(r.words)), labels, fontsize=size)
        after = f"after “{r.words[-1]}”" if r.words and not r.ended else "first"
        self.next_axes.set_title(f"what may come {after} (click to add)\n▸ next:")

    def update(self, r: SequenceResult) -> None:
        self._update_steps(r)
        self.offered.put(r.offered)
        self.pointer.set_data([-0.02], [r.next])
        self.next_text.set_text(f"{r.offered[r.next]:.4f} = {fixed(r.next_bits, 2)} bits")
        self.curve.set_data(np.arange(r.finished.size), r.finished)
        self.limit.set_data([0, LONGEST], [1 - r.never] * 2)
        self.dot.set_data([r.length], [r.finished[r.length]])
        self.mass_text.set_text(f"{r.finished[r.length]:.4f} at {r.length} words  (--: limit {1 - r.never:g})")

    def _update_steps(self, r: SequenceResult) -> None:
        sums = np.minimum(np.cumsum([0.0, *r.bits]), _top(r))
        left = np.arange(r.bits.size) - _BAR / 2
        self.steps.set_verts(box_corners(left, left + _BAR, sums[:-1], sums[1:]))
        self.treads.set_data(np.add.outer(left, [0, 1, np.nan]).ravel(), np.repeat(sums[1:], 3))
        endless = np.flatnonzero(np.isinf(r.bits))
        self.endless.set_data(endless, np.full(endless.size, _top(r)))
        self.total.set_text(f"{fixed(r.total, 2)} bits,  p = {number(2.0**-r.total)}")


def _top(r: SequenceResult) -> int:
    """Return how far the scale of the bits goes."""
    return next(top for top in _TOPS if top >= 1.02 * r.bits[np.isfinite(r.bits)].sum())
