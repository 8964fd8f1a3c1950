"""The code tree's figure: the words' figure, with lengths against −log₂ p, what p asks for, and the average."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.polygons import Polygons, box_corners
from lessons_lib.lesson_06.words_view import BAR, OWNED, WordsResult, WordsView

MOST_BITS = 5.0
"""The scale of the averages ends here; a bar that would be longer ends in an arrow."""
_TALLEST = (10, 18, 27)
"""How far the scale of the lengths goes, for single symbols, pairs and triples."""
_NEEDED = (-1.38, -1.54)
"""Upper and lower edge of the strip that p asks for."""


@dataclass(frozen=True)
class CodeTreeResult(WordsResult):
    """A code and what it costs; q only where its code is kept. Means are in bits a symbol.

    needed: where each symbol's p would lie in the unit interval; over: the words that cost more than −log₂ p + 1.
    """

    q: NDArray[np.float64] | None
    surprisals: NDArray[np.float64]
    needed: NDArray[np.float64]
    entropy: float
    over: tuple[str, ...]
    block: int

    @property
    def excess(self) -> float:
        """What the code costs above the entropy, in bits a symbol."""
        return 0.0 if self.exact else self.average - self.entropy


class CodeTreeView(WordsView):
    """Left, p and the lengths; right, the tree, what its words own of the unit interval, and what p asks for."""

    def build(self, figure: Figure, r: CodeTreeResult) -> None:
        grid = figure.add_gridspec(3, 2, height_ratios=[1, 1, 0.27], width_ratios=[1, 1.45])
        title = "filled, blue: p, to drag (▴ by slider)\norange: 2⁻ˡ of its word,  ◇ q of a kept code"
        self.build_p(figure.add_subplot(grid[0, 0]), title)
        self.q = self.marks(self.p_axes, "D", 7, style.INK, markerfacecolor="none")
        self._build_lengths(figure.add_subplot(grid[1, 0]))
        tree = figure.add_subplot(grid[:2, 1])
        self.build_tree(tree, {"owned": OWNED, "p": _NEEDED}, words_at=-1.62, bottom=-1.92)
        self.needed = self.moves(Polygons(tree, facecolor=(style.DATA, 0.25), edgecolor=style.DATA, linewidth=1))
        self._build_mean(figure.add_subplot(grid[2, :]))

    def _build_lengths(self, ax: Axes) -> None:
        self.length_axes = ax
        ax.set_title("filled, orange: l, the bits of its word\nblue: −log₂ p,  — marks −log₂ p + 1")
        self.lengths = self.moves(Bars(ax, BAR, **style.LIGHT_BARS))
        self.surprisals = self.moves(Bars(ax, BAR, fill=False, edgecolor=style.DATA, linewidth=1.8))
        self.limits = self.marks(ax, "_", 17, style.INK, markeredgewidth=1.6)

    def _build_mean(self, ax: Axes) -> None:
        ax.set(xlim=(0, MOST_BITS), ylim=(0, 1), yticks=[])
        ax.spines["left"].set_visible(False)
        ax.set_title("bits a symbol:")
        self.entropy = self.moves(ax.stairs([1], [0, 1], fill=True, color=style.DATA))
        self.excess = self.moves(ax.stairs([1], [0, 1], fill=True, **style.LIGHT_BARS))
        end = {"linestyle": "", "marker": ">", "markersize": 11, "clip_on": False}
        self.beyond = self.moves(ax.plot([], [], color=style.MODEL, **end))
        self.text = self.moves(style.beside_title(ax, 0.13))

    def key(self, r: CodeTreeResult):
        """Which words there are, and how many symbols share one."""
        return r.names, r.block

    def set_background(self, r: CodeTreeResult) -> None:
        """Make room for so many words, and for lengths of theirs."""
        for ax in (self.p_axes, self.length_axes):
            self.make_room(ax, r.names)
        self.length_axes.set(ylim=(0, _TALLEST[r.block - 1]))

    def update(self, r: CodeTreeResult) -> None:
        at = np.arange(len(r.p))
        self.update_code(r)
        self.write_names(r.names, (r.intervals, OWNED), (r.needed, _NEEDED))
        self.q.set_data([] if r.q is None else at, [] if r.q is None else r.q)
        self.lengths.put(r.lengths)
        self.surprisals.put(r.surprisals)
        self.limits.set_data(at, r.surprisals + 1)
        self.needed.put(box_corners(*r.needed.T, *_NEEDED))
        self._update_mean(r)

    def _update_mean(self, r: CodeTreeResult) -> None:
        shown = min(r.average, MOST_BITS)
        self.entropy.set_data(edges=[0, r.entropy])
        self.excess.set_data(edges=[min(r.entropy, shown), shown])
        self.beyond.set_data(([MOST_BITS], [0.5]) if r.average > MOST_BITS else ([], []))
        self.text.set_text(
            f"{r.entropy:.3f} entropy + {abs(r.excess):.3f} excess = {r.average:.3f} average;   "
            f"Σ 2⁻ˡ = {float(r.kraft):.4g}"
        )
