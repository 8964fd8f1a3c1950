"""What the words cost: the code tree beside the entropy, for words of blocks, and for a code made for another p."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.wording import number, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, choice
from lessons_lib.lesson_06.code_tree_view import CodeTreeResult, CodeTreeView
from lessons_lib.lesson_06.words_explorer import (
    HUFFMAN,
    MOST,
    SHANNON,
    WordsExplorer,
    WordsState,
    coded,
    distribution,
    read_weights,
)
from lessons_lib.lesson_06.words_view import LETTERS
from lessons_lib.maths import codes
from lessons_lib.maths.measures import entropy, surprisal

KEPT = "the code kept for q"
BLOCKS = {"one at a time": 1, "in pairs (2 symbols)": 2, "in triples (2 symbols)": 3}


@dataclass(frozen=True)
class CodeTreeState(WordsState):
    """Besides p and the code: the weights of q, for which a code has been kept, and how many symbols share a word.

    Blocks are of two symbols only.
    """

    block: str = "one at a time"
    kept: tuple[float, ...] = (1.0,) * MOST


def _ordered(p: tuple[Fraction, ...], words: tuple[str, ...]) -> NDArray[np.float64]:
    """Return where each symbol's p would lie in the unit interval, in the order of the words."""
    ends, start = np.zeros((len(p), 2)), Fraction(0)
    for symbol in sorted(range(len(p)), key=lambda i: words[i]):
        ends[symbol] = float(start), float(start + p[symbol])
        start += p[symbol]
    return ends


class CodeTreeExplorer(WordsExplorer):
    """Drag the bars of p, and watch the code's tree, its words, and its average length beside the entropy.

    What a symbol takes or leaves comes from or goes to those to its right, so set them from left to right.

    State: code, chosen (A to H) and its value in per cent, count (2 to 8), block, weights and kept (eight each).
    """

    State, View = CodeTreeState, CodeTreeView
    size = (940, 560)
    offered = (HUFFMAN, SHANNON, KEPT)
    challenges = (
        Challenge(
            "06_more_than_one_bit_too_long",
            "Make Huffman's code spend more than −log₂ p + 1 bits on some symbol.",
            lambda state, result: state.code == HUFFMAN and bool(result.over),
            {"weights": (35.0, 33.0, 31.0, 1.0, 1.0, 1.0, 1.0, 1.0), "count": 4},
        ),
        Challenge(
            "06_nearly_a_bit_wasted",
            "With Huffman's code for p, bring the average to at least 0.9 bit above the entropy.",
            lambda state, result: state.code == HUFFMAN and round(result.excess, 3) >= 0.9,
            {"weights": (99.0, *(1.0,) * 7), "count": 2},
        ),
        Challenge(
            "06_kept_too_long",
            "With a code kept for some q, pay at least 2 bits a symbol above the entropy of p.",
            lambda state, result: state.code == KEPT and round(result.excess, 3) >= 2,
            {"code": KEPT, "kept": (97.0, *(1.0,) * 7), "weights": (*(1.0,) * 7, 99.0), "count": 8},
        ),
    )

    def make_controls(self):
        """The code, one symbol and its probability, number of symbols, blocks, and keeping the code."""
        return {
            **super().make_controls(),
            "block": choice("coded", tuple(BLOCKS), width=260),
            "keep": button(
                "keep the code for this p", "From now on p may change, but the code stays: q is p as it is now"
            ),
        }

    def settle(self, state):
        """Blocks need two symbols."""
        state = read_weights(state, "kept")
        return super().settle(state if state.count == 2 else replace(state, block="one at a time"))

    def change(self, changes):
        """Blocks bring two symbols."""
        brought = {"count": 2} if changes.get("block") in list(BLOCKS)[1:] else {}
        return super().change({**brought, **changes})

    @staticmethod
    def compute(state: CodeTreeState) -> CodeTreeResult:
        """Return the code, its tree, and its average length beside the entropy."""
        n = BLOCKS[state.block]
        p, q = (codes.blocks(distribution(weights, state.count), n) for weights in (state.weights, state.kept))
        kept = state.code == KEPT
        lengths = codes.shannon_lengths(p) if state.code == SHANNON else codes.huffman_lengths(q if kept else p)
        names = tuple(map("".join, product(LETTERS[: state.count], repeat=n)))
        shown = coded(p, lengths)
        return CodeTreeResult(
            names=names,
            average=float(codes.expected_length(p, lengths) / n),
            chosen=names.index(state.chosen * n),
            q=np.array(q, float) if kept else None,
            surprisals=surprisal(shown["p"], base=2),
            needed=_ordered(p, shown["words"]),
            entropy=entropy(shown["p"], base=2) / n,
            over=tuple(name for name, share, length in zip(names, p, lengths, strict=True) if share * 2**length > 2),
            block=n,
            **shown,
        )

    def press_keep(self):
        """Keep the code that is best for the present p."""
        return {"kept": self.state.weights, "code": KEPT}

    def describe(self) -> str:
        s, r = self.state, self.result
        together = "" if r.block == 1 else f" {s.block.split(' (')[0]}"
        empty = "" if r.kraft == 1 else f" {percent(float(1 - r.kraft))} of the unit interval belongs to no word."
        over = f" More than −log₂ p + 1: {', '.join(r.over)}." if r.over and s.code == HUFFMAN else ""
        return (
            f"{self.described_p()} {s.code.capitalize()}{together}: {self.described_words()}. A symbol costs "
            f"{number(r.average, 4)} bits on average, {_excess_in_words(r)} the entropy, {number(r.entropy, 4)}. "
            f"{r.names[r.chosen]} has −log₂ p = {number(r.surprisals[r.chosen])} and a word of "
            f"{r.lengths[r.chosen]}.{empty}{over}"
        )


def _excess_in_words(r: CodeTreeResult) -> str:
    """Return how the average compares: lengths that use up the unit interval are a model, and the excess is KL."""
    if r.exact:
        return "exactly as much as"
    name = ", which is KL(p‖2⁻ˡ)," if r.kraft == 1 and r.block == 1 else ""
    return f"{number(max(r.excess, 0.0))}{name} more than"
