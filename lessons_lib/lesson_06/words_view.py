"""The words' figure: bars of p and of what each word owns, and the tree over the unit interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

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
OWNED = (-1.10, -1.26)
"""Upper and lower edge of the strip of the unit interval that the words own."""
BAR = 0.72
_SHRINK = 0.72
"""Each level of the tree is drawn this much less high than the one above, so that no tree is too deep."""
_LONGEST_SHOWN, _LONGEST_OF_MANY = 9, 7
"""Longer words are written with dots; the sentence below the figure has them all."""


def height(depth):
    """Return where nodes of this depth (a number or an array) are drawn: 0 for the root, never as low as −1."""
    return np.power(_SHRINK, depth) - 1


@dataclass(frozen=True)
class WordsResult:
    """A code and its tree, one entry a word. The average is in bits a symbol.

    edges: the tree's lines, as (part of the unit interval, depth) at both ends, shape (edges, 2, 2).
    exact: whether every length is exactly −log₂ p.
    """

    names: tuple[str, ...]
    p: NDArray[np.float64]
    lengths: NDArray[np.int_]
    words: tuple[str, ...]
    intervals: NDArray[np.float64]
    edges: NDArray[np.float64]
    kraft: Fraction
    average: float
    exact: bool
    chosen: int


class WordsView(View):
    """Left, p and what each word owns; right, the tree, over the unit interval that its words share."""

    def build(self, figure: Figure, r: WordsResult) -> None:
        left, right = figure.subplots(1, 2, width_ratios=[1, 1.45])
        self.build_p(left, "blue: p, to drag (▴ by slider)\norange outline: what its word owns")
        self.build_tree(right, {"owned": OWNED}, words_at=-1.36, bottom=-1.78)
        self.average = self.moves(right.text(0, -1.64, "", va="top"))

    def build_p(self, ax: Axes, title: str) -> None:
        """Make the bars that can be dragged."""
        self.p_axes, self.draggable = ax, (ax,)
        ax.set(ylim=(-0.07, 1), yticks=np.linspace(0, 1, 6))
        ax.spines["left"].set_bounds(0, 1)
        ax.set_title(title)
        self.p = self.moves(Bars(ax, BAR, color=style.DATA))
        self.implied = self.moves(Bars(ax, BAR, fill=False, edgecolor=style.MODEL, linewidth=1.8))
        self.chosen = self.marks(ax, "^", 7, style.INK)

    def build_tree(self, ax: Axes, strips: Mapping[str, tuple[float, float]], words_at: float, bottom: float) -> None:
        """Make the tree, a strip of the unit interval below it for each of these names, and the words at the bottom."""
        ax.set(xlim=(-0.002, 1.002), ylim=(bottom, 0.04), xticks=[])
        depths = (0, 1, 2, 3, 4, 6)
        ax.set_yticks([*map(height, depths), *map(np.mean, strips.values())])
        ax.set_yticklabels([*(f"{d} bits" if d != 1 else "1 bit" for d in depths), *strips])
        ax.tick_params(axis="y", length=0)
        ax.spines[["left", "bottom"]].set_visible(False)
        ax.set_title("the tree: 0 to the left, 1 to the right\na word of l bits owns 2⁻ˡ of the unit interval")
        for top, bottom in strips.values():
            ax.fill([0, 1, 1, 0], [top, top, bottom, bottom], facecolor="none", edgecolor=style.MUTED, linestyle=":")
        self.owned = self.moves(Polygons(ax, facecolor=(style.MODEL, 0.2), edgecolor=style.MODEL, linewidth=1))
        lines = LineCollection([], color=style.INK, linewidth=1.6, capstyle="round")
        self.edges = self.moves(ax.add_collection(lines, autolim=False))
        self.leaves = self.moves(ax.plot([], [], linestyle="", marker="o", markersize=8, color=style.MODEL))
        names = [ax.text(0, 0, "", ha="center", va="center") for _ in range(len(strips) * len(LETTERS))]
        self.names = self.moves(names)
        self.words = self.moves(ax.text(0, words_at, "", va="top", linespacing=1.35))

    def key(self, r: WordsResult):
        """Which words there are."""
        return r.names

    def set_background(self, r: WordsResult) -> None:
        """Make room for so many words."""
        self.make_room(self.p_axes, r.names)

    def make_room(self, ax: Axes, names: tuple[str, ...]) -> None:
        """Give each name its place below the bars."""
        ax.set(xlim=(-0.6, len(names) - 0.4), xticks=range(len(names)), xticklabels=names)

    def update(self, r: WordsResult) -> None:
        self.update_code(r)
        self.write_names(r.names, (r.intervals, OWNED))
        self.average.set_text(f"on average {r.average:.3f} bits a symbol")

    def update_code(self, r: WordsResult) -> None:
        """Move the bars, the tree with its leaves, and the words."""
        self.p.put(r.p)
        self.implied.put(2.0**-r.lengths)
        self.chosen.set_data([r.chosen], [-0.045])
        leaves = np.column_stack([r.intervals.mean(axis=1), height(r.lengths)])
        self.edges.set_segments(np.stack([r.edges[..., 0], height(r.edges[..., 1])], axis=-1))
        self.leaves.set_data(*leaves.T)
        boxes = box_corners(*r.intervals.T, *OWNED)[:, [0, 3, 2, 1]]
        self.owned.put(np.concatenate([leaves[:, None], boxes], axis=1))
        longest = _LONGEST_SHOWN if len(r.words) < 8 else _LONGEST_OF_MANY
        entries = [f"{name} {_shortened(word, longest)}" for name, word in zip(r.names, r.words, strict=True)]
        half = len(entries) if sum(map(len, entries)) < 40 else (len(entries) + 1) // 2
        self.words.set_text("\n".join("    ".join(line) for line in (entries[:half], entries[half:]) if line))

    def write_names(self, names: tuple[str, ...], *strips: tuple[NDArray[np.float64], tuple[float, float]]) -> None:
        """Write the names into the strips, each given with the pieces of it, where they have room."""
        for text in self.names:
            text.set_text("")
        room = 0.022 * len(names[0]) + 0.012
        places = chain.from_iterable(((*ends, np.mean(edges)) for ends in pieces) for pieces, edges in strips)
        for text, name, (start, end, y) in zip(self.names, len(strips) * names, places, strict=False):
            if end - start >= room:
                text.set(x=(start + end) / 2, y=y, text=name)


def _shortened(word: str, longest: int) -> str:
    return word if len(word) <= longest else f"{word[: longest - 2]}…"
