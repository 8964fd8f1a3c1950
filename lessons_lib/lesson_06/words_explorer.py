"""A word of bits for each symbol: drag the probabilities, and see the words share the unit interval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.wording import number, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, slider, whole, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import LEAST, UNITS, parts, with_percentage
from lessons_lib.lesson_06.words_view import LETTERS, WordsResult, WordsView
from lessons_lib.maths import codes
from lessons_lib.maths.errors import InputError

MOST = len(LETTERS)
HUFFMAN = "Huffman's code for p"
SHANNON = "Shannon's code for p"


@dataclass(frozen=True)
class WordsState:
    """Eight weights, the first `count` of them scaled to probabilities; the symbol `chosen` has `value` per cent."""

    code: str = HUFFMAN
    chosen: str = "A"
    value: float = 40.0
    count: int = 5
    weights: tuple[float, ...] = (40.0, 25.0, 15.0, 12.0, 8.0, 6.0, 4.0, 3.0)


def tree_edges(words: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the lines from each node to the one above, as (place in the unit interval, depth), shape (edges, 2, 2)."""
    nodes = sorted({word[:depth] for word in words for depth in range(1, len(word) + 1)})
    return np.array([[_place(node[:-1]), _place(node)] for node in nodes])


def _place(node: str) -> tuple[float, float]:
    """Return where a node is: in the middle of what it owns of the unit interval, at its depth."""
    return (int(node or "0", 2) + 0.5) / 2 ** len(node), float(len(node))


def distribution(weights: tuple[float, ...], count: int) -> list[Fraction]:
    """Return the first weights as probabilities, exactly."""
    return [Fraction(part, UNITS) for part in parts(weights, count)]


def coded(p: Sequence[Fraction], lengths: Sequence[int]) -> dict[str, Any]:
    """Return what a figure shows of words of these lengths; all comparisons with fractions."""
    words = codes.canonical_code(lengths)
    return {
        "p": np.array(p, float),
        "lengths": np.array(lengths),
        "words": words,
        "intervals": np.array(codes.code_intervals(words), float),
        "edges": tree_edges(words),
        "kraft": codes.kraft_sum(lengths),
        "exact": all(share * 2**length == 1 for share, length in zip(p, lengths, strict=True)),
    }


def read_weights(state: Any, name: str) -> Any:
    """Return the state with this field as eight floats, or raise InputError."""
    given = tuple(map(float, getattr(state, name)))
    if len(given) != MOST or not all(0 < weight < 1e9 for weight in given):
        raise InputError(f"{name} must be {MOST} numbers above 0, not {getattr(state, name)!r:.60}")
    return replace(state, **{name: given})


class WordsExplorer(Explorer):
    """Drag the bars of p, and watch the words and what each owns of the unit interval.

    What a symbol takes or leaves comes from or goes to those to its right, so set them from left to right.

    State: code, chosen (A to H) and its value in per cent, count (2 to 8), weights (eight).
    """

    State, View = WordsState, WordsView
    size = (940, 380)
    offered: tuple[str, ...] = (HUFFMAN, SHANNON)
    challenges = (
        Challenge(
            "06_exactly_the_entropy",
            "With at least four symbols, not all equally probable, let every word own exactly its p.",
            lambda state, result: result.exact and len(result.p) >= 4 and result.p.max() > result.p.min(),
            {"weights": (50.0, 25.0, 12.5, 12.5, 1.0, 1.0, 1.0, 1.0), "count": 4},
        ),
    )

    def make_controls(self):
        """The code, one symbol and its probability, and the number of symbols."""
        return {
            "code": choice("code", self.offered, width=260),
            "chosen": choice("symbol ▴", tuple(LETTERS), width=130),
            "value": slider("its p in %", LEAST, 100 - LEAST, LEAST, 2, width=400),
            "count": whole_slider("symbols", 2, MOST),
        }

    def settle(self, state):
        """Keep the chosen symbol among those shown, and its value what the weights say."""
        state = read_weights(state, "weights")
        at = min(LETTERS.index(state.chosen), state.count - 1)
        value = parts(state.weights, state.count)[at] * 100 / UNITS
        return replace(state, chosen=LETTERS[at], value=value)

    def change(self, changes):
        """A new value moves the symbols to its right, or else all."""
        state = super().change(changes)
        if "value" not in changes:
            return state
        shown = with_percentage(state.weights[: state.count], LETTERS.index(state.chosen), state.value)
        return replace(state, weights=shown + state.weights[state.count :])

    @staticmethod
    def compute(state: WordsState) -> WordsResult:
        """Return the code, its tree, and its average length."""
        p = distribution(state.weights, state.count)
        lengths = codes.shannon_lengths(p) if state.code == SHANNON else codes.huffman_lengths(p)
        return WordsResult(
            names=tuple(LETTERS[: state.count]),
            average=float(codes.expected_length(p, lengths)),
            chosen=LETTERS.index(state.chosen),
            **coded(p, lengths),
        )

    def drag(self, drag: Drag):
        """A bar goes where the pointer is; a block's bar moves the symbol that it begins with."""
        bar = drag.result.names[whole(drag.start[0], 0, len(drag.result.names) - 1)]
        return {"chosen": bar[0], "value": 100 * float(np.clip(drag.now[1], 0, 1)) ** (1 / len(bar))}

    def describe(self) -> str:
        r = self.result
        owned = "all" if r.kraft == 1 else percent(float(r.kraft))
        exact = " Each owns exactly its p." if r.exact else ""
        return (
            f"{self.described_p()} Marked ▴ is {self.state.chosen}. {self.state.code}: {self.described_words()}. "
            f"Together they own {owned} of the unit interval.{exact} On average a word has {number(r.average, 4)} bits."
        )

    def described_p(self) -> str:
        """Return the probabilities in words."""
        shares = zip(LETTERS, parts(self.state.weights, self.state.count), strict=False)
        return f"p: {', '.join(f'{letter} {100 * share / UNITS:.4g} %' for letter, share in shares)}."

    def described_words(self) -> str:
        """Return each symbol, or block, with its word."""
        return ", ".join(f"{name} {word}" for name, word in zip(self.result.names, self.result.words, strict=True))
