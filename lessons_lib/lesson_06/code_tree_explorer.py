"""A code as a tree: drag the probabilities, and see words, lengths, and what a symbol costs on average."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.wording import number, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, choice, slider, whole, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import LEAST, UNITS, parts, with_percentage
from lessons_lib.lesson_06.code_tree_view import LETTERS, CodeTreeResult, CodeTreeView
from lessons_lib.maths import codes
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.measures import entropy, surprisal

MOST = len(LETTERS)
HUFFMAN = "Huffman's code for p"
SHANNON = "Shannon's code for p"
KEPT = "the code kept for q"
BLOCKS = {"one at a time": 1, "in pairs (2 symbols)": 2, "in triples (2 symbols)": 3}


@dataclass(frozen=True)
class CodeTreeState:
    """Eight weights, of which the first `count` are scaled to probabilities; the symbol `chosen` has `value` per cent.

    kept: the weights of q, for which a code has been kept; block: how many symbols share a word (two symbols only).
    """

    code: str = HUFFMAN
    chosen: str = "A"
    value: float = 40.0
    count: int = 5
    block: str = "one at a time"
    weights: tuple[float, ...] = (40.0, 25.0, 15.0, 12.0, 8.0, 6.0, 4.0, 3.0)
    kept: tuple[float, ...] = (1.0,) * MOST


def tree_edges(words: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the lines from each node to the one above, as (place in the unit interval, depth), shape (edges, 2, 2)."""
    nodes = sorted({word[:depth] for word in words for depth in range(1, len(word) + 1)})
    return np.array([[_place(node[:-1]), _place(node)] for node in nodes])


def _place(node: str) -> tuple[float, float]:
    """Return where a node stands: in the middle of what it owns of the unit interval, at its depth."""
    return (int(node or "0", 2) + 0.5) / 2 ** len(node), float(len(node))


def _distribution(weights: tuple[float, ...], count: int, block: int) -> tuple[Fraction, ...]:
    return codes.blocks([Fraction(part, UNITS) for part in parts(weights, count)], block)


def _ordered(p: tuple[Fraction, ...], words: tuple[str, ...]) -> NDArray[np.float64]:
    """Return where each symbol's p would lie in the unit interval, in the order of the words."""
    ends, start = np.zeros((len(p), 2)), Fraction(0)
    for symbol in sorted(range(len(p)), key=lambda i: words[i]):
        ends[symbol] = float(start), float(start + p[symbol])
        start += p[symbol]
    return ends


class CodeTreeExplorer(Explorer):
    """Drag the bars of p, and watch the code's tree, its words, and its average length beside the entropy.

    What a symbol takes or leaves comes from or goes to those to its right, so set them from left to right.

    State: code, chosen (A to H) and its value in per cent, count (2 to 8), block, weights and kept (eight each).
    """

    State, View = CodeTreeState, CodeTreeView
    size = (940, 560)
    challenges = (
        Challenge(
            "06_more_than_one_bit_too_long",
            "Make Huffman's code spend more than −log₂ p + 1 bits on some symbol.",
            lambda state, result: state.code == HUFFMAN and bool(result.over),
            {"weights": (35.0, 33.0, 31.0, 1.0, 1.0, 1.0, 1.0, 1.0), "count": 4},
        ),
        Challenge(
            "06_exactly_the_entropy",
            "At least four symbols, not all equally probable, whose average length is exactly the entropy.",
            lambda state, result: result.exact and len(result.p) >= 4 and result.p.max() > result.p.min(),
            {"weights": (50.0, 25.0, 12.5, 12.5, 1.0, 1.0, 1.0, 1.0), "count": 4},
        ),
        Challenge(
            "06_nearly_a_bit_wasted",
            "With Huffman's code for p, an average of at least 0.9 bit above the entropy.",
            lambda state, result: state.code == HUFFMAN and round(result.excess, 3) >= 0.9,
            {"weights": (99.0, *(1.0,) * 7), "count": 2},
        ),
        Challenge(
            "06_kept_too_long",
            "With a code kept for some q, pay at least 2 bits a symbol for not knowing p.",
            lambda state, result: state.code == KEPT and round(result.excess, 3) >= 2,
            {"code": KEPT, "kept": (97.0, *(1.0,) * 7), "weights": (*(1.0,) * 7, 99.0), "count": 8},
        ),
    )

    def make_controls(self):
        """The code, one symbol and its probability, number of symbols, blocks, and keeping the code."""
        return {
            "code": choice("code", (HUFFMAN, SHANNON, KEPT), width=260),
            "chosen": choice("symbol ▴", tuple(LETTERS), width=130),
            "value": slider("its p in %", LEAST, 100 - LEAST, LEAST, 2, width=400),
            "count": whole_slider("symbols", 2, MOST),
            "block": choice("coded", tuple(BLOCKS), width=260),
            "keep": button(
                "keep the code for this p", "From now on p may change, but the code stays: q is p as it is now"
            ),
        }

    def settle(self, state):
        """Keep the chosen symbol among those shown, and its value what the weights say; blocks need two symbols."""
        for name in ("weights", "kept"):
            given = tuple(map(float, getattr(state, name)))
            if len(given) != MOST or not all(0 < weight < 1e9 for weight in given):
                raise InputError(f"{name} must be {MOST} numbers above 0, not {getattr(state, name)!r:.60}")
            state = replace(state, **{name: given})
        if state.count != 2:
            state = replace(state, block="one at a time")
        at = min(LETTERS.index(state.chosen), state.count - 1)
        value = parts(state.weights, state.count)[at] * 100 / UNITS
        return replace(state, chosen=LETTERS[at], value=value)

    def change(self, changes):
        """A new value moves the symbols to its right, or else all; blocks bring two symbols."""
        if changes.get("block") in list(BLOCKS)[1:]:
            changes = {"count": 2, **changes}
        state = super().change(changes)
        if "value" not in changes:
            return state
        shown = with_percentage(state.weights[: state.count], LETTERS.index(state.chosen), state.value)
        return replace(state, weights=shown + state.weights[state.count :])

    @staticmethod
    def compute(state: CodeTreeState) -> CodeTreeResult:
        """Return the code, its tree, and its average length; all comparisons with fractions."""
        n = BLOCKS[state.block]
        p = _distribution(state.weights, state.count, n)
        q = _distribution(state.kept, state.count, n) if state.code == KEPT else None
        lengths = codes.shannon_lengths(p) if state.code == SHANNON else codes.huffman_lengths(q or p)
        words = codes.canonical_code(lengths)
        names = tuple(map("".join, product(LETTERS[: state.count], repeat=n)))
        return CodeTreeResult(
            names=names,
            p=np.array(p, float),
            q=None if q is None else np.array(q, float),
            surprisals=surprisal(np.array(p, float), base=2),
            lengths=np.array(lengths),
            words=words,
            intervals=np.array(codes.code_intervals(words), float),
            needed=_ordered(p, words),
            edges=tree_edges(words),
            kraft=codes.kraft_sum(lengths),
            entropy=entropy(np.array(p, float), base=2) / n,
            average=float(codes.expected_length(p, lengths) / n),
            over=tuple(name for name, share, length in zip(names, p, lengths, strict=True) if share * 2**length > 2),
            exact=all(share * 2**length == 1 for share, length in zip(p, lengths, strict=True)),
            chosen=names.index(state.chosen * n),
            block=n,
        )

    def drag(self, drag: Drag):
        """A bar goes where the pointer is; a block's bar moves the symbol that it begins with."""
        bar = drag.result.names[whole(drag.start[0], 0, len(drag.result.names) - 1)]
        return {"chosen": bar[0], "value": 100 * float(np.clip(drag.now[1], 0, 1)) ** (1 / len(bar))}

    def press_keep(self):
        """Keep the code that is best for the present p."""
        return {"kept": self.state.weights, "code": KEPT}

    def describe(self) -> str:
        s, r = self.state, self.result
        shares = zip(LETTERS, parts(s.weights, s.count), strict=False)
        p = ", ".join(f"{letter} {100 * share / UNITS:.4g} %" for letter, share in shares)
        words = ", ".join(f"{name} {word}" for name, word in zip(r.names, r.words, strict=True))
        coded = "" if r.block == 1 else f" {s.block.split(' (')[0]}"
        empty = "" if r.kraft == 1 else f" {percent(float(1 - r.kraft))} of the unit interval belongs to no word."
        dear = f" More than −log₂ p + 1: {', '.join(r.over)}." if r.over and s.code == HUFFMAN else ""
        return (
            f"p: {p}. {s.code.capitalize()}{coded}: {words}. It costs {number(r.average, 4)} bits a symbol, "
            f"{_excess_in_words(r)} the entropy, {number(r.entropy, 4)}. {r.names[r.chosen]} has −log₂ p = "
            f"{number(r.surprisals[r.chosen])} and a word of {r.lengths[r.chosen]}.{empty}{dear}"
        )


def _excess_in_words(r: CodeTreeResult) -> str:
    """Return how the average compares: lengths that use up the unit interval are a model, and the excess is KL."""
    if r.exact:
        return "exactly as much as"
    name = ", which is KL(p‖2⁻ˡ)," if r.kraft == 1 and r.block == 1 else ""
    return f"{number(max(r.excess, 0.0))}{name} more than"
