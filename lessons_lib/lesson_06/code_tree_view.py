"""The code tree's figure: bars of p, lengths beside −log₂ p, the tree over the unit interval, and the average."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.polygons import Polygons, box_corners
from lessons_lib.drawing.view import View

LETTERS = "ABCDEFGH"
MOST_BITS = 5.0
"""The scale of the averages ends here; a bar that would be longer ends in an arrow."""
_TALLEST = (10, 18, 27)
"""How far the scale of the lengths goes, for single symbols, pairs and triples."""
_SHRINK = 0.72
"""Each level of the tree is drawn this much less high than the one above, so that no tree is too deep."""
_OWNED, _NEEDED = (-1.10, -1.26), (-1.38, -1.54)
"""Upper and lower edge of the two strips of the unit interval."""
_BAR = 0.72
_LONGEST_SHOWN, _LONGEST_OF_MANY = 9, 7
"""Longer words are written with dots; the sentence below the figure has them all."""


def height(depth):
    """Return where nodes of this depth (a number or an array) stand: 0 for the root, never as low as −1."""
    return np.power(_SHRINK, depth) - 1


@dataclass(frozen=True)
class CodeTreeResult:
    """What the code tree shows, one entry a word; q only where its code is kept. Means are in bits a symbol.

    edges: the tree's lines, as (part of the unit interval, depth) at both ends, shape (edges, 2, 2).
    over: the words that cost more than −log₂ p + 1; exact: whether every length is just −log₂ p.
    """

    names: tuple[str, ...]
    p: NDArray[np.float64]
    q: NDArray[np.float64] | None
    surprisals: NDArray[np.float64]
    lengths: NDArray[np.int_]
    words: tuple[str, ...]
    intervals: NDArray[np.float64]
    needed: NDArray[np.float64]
    edges: NDArray[np.float64]
    kraft: Fraction
    entropy: float
    average: float
    over: tuple[str, ...]
    exact: bool
    chosen: int
    block: int

    @property
    def excess(self) -> float:
        """What the code costs above the entropy, in bits a symbol."""
        return 0.0 if self.exact else self.average - self.entropy


class CodeTreeView(View):
    """Left, p and the lengths; right, the tree, what its words own of the unit interval, and what p asks for."""

    def build(self, figure: Figure, r: CodeTreeResult) -> None:
        grid = figure.add_gridspec(3, 2, height_ratios=[1, 1, 0.27], width_ratios=[1, 1.45])
        self.p_axes = figure.add_subplot(grid[0, 0])
        self.length_axes = figure.add_subplot(grid[1, 0])
        self.draggable = (self.p_axes,)
        self._build_bars()
        self._build_tree(figure.add_subplot(grid[:2, 1]))
        self._build_mean(figure.add_subplot(grid[2, :]))

    def _build_bars(self) -> None:
        ax = self.p_axes
        ax.set(ylim=(-0.07, 1), yticks=np.linspace(0, 1, 6))
        ax.spines["left"].set_bounds(0, 1)
        ax.set_title("filled, blue: p, to drag (▴ by slider)\norange: 2⁻ˡ of its word,  ◇ q of a kept code")
        self.p = self.moves(Bars(ax, _BAR, color=style.DATA))
        self.implied = self.moves(Bars(ax, _BAR, fill=False, edgecolor=style.MODEL, linewidth=1.8))
        self.q = self.marks(ax, "D", 7, style.INK, markerfacecolor="none")
        self.chosen = self.marks(ax, "^", 7, style.INK)
        ax = self.length_axes
        ax.set_title("filled, orange: l, the bits of its word\nblue: −log₂ p,  — marks −log₂ p + 1")
        self.lengths = self.moves(Bars(ax, _BAR, **style.LIGHT_BARS))
        self.surprisals = self.moves(Bars(ax, _BAR, fill=False, edgecolor=style.DATA, linewidth=1.8))
        self.limits = self.marks(ax, "_", 17, style.INK, markeredgewidth=1.6)

    def _build_tree(self, ax: Axes) -> None:
        ax.set(xlim=(-0.002, 1.002), ylim=(-1.92, 0.04), xticks=[])
        depths = (0, 1, 2, 3, 4, 6)
        ax.set_yticks([*map(height, depths), np.mean(_OWNED), np.mean(_NEEDED)])
        ax.set_yticklabels([*(f"{d} bits" if d != 1 else "1 bit" for d in depths), "owned", "p"])
        ax.tick_params(axis="y", length=0)
        ax.spines[["left", "bottom"]].set_visible(False)
        ax.set_title("the tree: 0 to the left, 1 to the right\na word of l bits owns 2⁻ˡ of the unit interval")
        for top, bottom in (_OWNED, _NEEDED):
            ax.fill([0, 1, 1, 0], [top, top, bottom, bottom], facecolor="none", edgecolor=style.MUTED, linestyle=":")
        self.owned = self.moves(Polygons(ax, facecolor=(style.MODEL, 0.2), edgecolor=style.MODEL, linewidth=1))
        self.needed = self.moves(Polygons(ax, facecolor=(style.DATA, 0.25), edgecolor=style.DATA, linewidth=1))
        lines = LineCollection([], color=style.INK, linewidth=1.6, capstyle="round")
        self.edges = self.moves(ax.add_collection(lines, autolim=False))
        self.leaves = self.moves(ax.plot([], [], linestyle="", marker="o", markersize=8, color=style.MODEL))
        self.names = self.moves([ax.text(0, 0, "", ha="center", va="center") for _ in range(2 * len(LETTERS))])
        self.words = self.moves(ax.text(0, -1.62, "", va="top", linespacing=1.35))

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
        """Make room for so many words."""
        for ax in (self.p_axes, self.length_axes):
            ax.set(xlim=(-0.6, len(r.names) - 0.4), xticks=range(len(r.names)), xticklabels=r.names)
        self.length_axes.set(ylim=(0, _TALLEST[r.block - 1]))

    def update(self, r: CodeTreeResult) -> None:
        at = np.arange(len(r.p))
        self.p.put(r.p)
        self.implied.put(2.0**-r.lengths)
        self.q.set_data([] if r.q is None else at, [] if r.q is None else r.q)
        self.chosen.set_data([r.chosen], [-0.045])
        self.lengths.put(r.lengths)
        self.surprisals.put(r.surprisals)
        self.limits.set_data(at, r.surprisals + 1)
        self._update_tree(r)
        self._update_mean(r)

    def _update_tree(self, r: CodeTreeResult) -> None:
        leaves = np.column_stack([r.intervals.mean(axis=1), height(r.lengths)])
        self.edges.set_segments(np.stack([r.edges[..., 0], height(r.edges[..., 1])], axis=-1))
        self.leaves.set_data(*leaves.T)
        boxes = box_corners(*r.intervals.T, *_OWNED)[:, [0, 3, 2, 1]]
        self.owned.put(np.concatenate([leaves[:, None], boxes], axis=1))
        self.needed.put(box_corners(*r.needed.T, *_NEEDED))
        self._write_names(r)
        longest = _LONGEST_SHOWN if len(r.words) < 8 else _LONGEST_OF_MANY
        entries = [f"{name} {_shortened(word, longest)}" for name, word in zip(r.names, r.words, strict=True)]
        half = len(entries) if sum(map(len, entries)) < 40 else (len(entries) + 1) // 2
        self.words.set_text("\n".join("    ".join(line) for line in (entries[:half], entries[half:]) if line))

    def _write_names(self, r: CodeTreeResult) -> None:
        """Write the names into both strips, where they have room."""
        for text in self.names:
            text.set_text("")
        room = 0.022 * r.block + 0.012
        places = [(*ends, np.mean(_OWNED)) for ends in r.intervals] + [(*ends, np.mean(_NEEDED)) for ends in r.needed]
        for text, name, (start, end, y) in zip(self.names, 2 * r.names, places, strict=False):
            if end - start >= room:
                text.set(x=(start + end) / 2, y=y, text=name)

    def _update_mean(self, r: CodeTreeResult) -> None:
        shown = min(r.average, MOST_BITS)
        self.entropy.set_data(edges=[0, r.entropy])
        self.excess.set_data(edges=[min(r.entropy, shown), shown])
        self.beyond.set_data(([MOST_BITS], [0.5]) if r.average > MOST_BITS else ([], []))
        self.text.set_text(
            f"{r.entropy:.3f} entropy + {abs(r.excess):.3f} excess = {r.average:.3f} average;   "
            f"Σ 2⁻ˡ = {float(r.kraft):.4g}"
        )


def _shortened(word: str, longest: int) -> str:
    return word if len(word) <= longest else f"{word[: longest - 2]}…"
