"""What lesson 6 has its learners guess."""

import bz2
import gzip
import lzma
from fractions import Fraction
from functools import cache
from math import ceil, log2

from lessons_lib.exercise.prediction import Amount, Choice, Prediction
from lessons_lib.maths.codes import blocks, expected_length, huffman_lengths
from lessons_lib.maths.measures import entropy
from lessons_lib.text.corpora import story
from lessons_lib.text.counts import Table

_COIN = (Fraction(9, 10), Fraction(1, 10))


def _per_toss(n: int) -> float:
    block = blocks(_COIN, n)
    return float(expected_length(block, huffman_lengths(block)) / n)


biased_coin = Prediction(
    name="06_biased_coin",
    question=(
        "A coin shows heads nine times out of ten, and each toss gets a word of 0s and 1s. How many bits does the best "
        "such code need for a toss, on average?"
    ),
    kind=Amount(0, 2, 0.05, "bits"),
    truth=_per_toss(1),
    because=(
        f"No word is shorter than one bit, though the entropy is only {entropy(_COIN, base=2):.3f}. Words for two "
        f"tosses at a time cost {_per_toss(2):.3f} a toss, words for three {_per_toss(3):.3f}."
    ),
    otherwise={
        (0.45, 0.5): "That is about the entropy. Long messages come near it; words for single tosses do not.",
        (0, 0.95): "However predictable a toss is, its word has at least one bit.",
        (1.05, 2): "There are two outcomes, so the words 0 and 1 are enough.",
    },
)

two_bits = Prediction(
    name="06_two_bits",
    question=(
        "A language model needs 2 bits a word. Take the probabilities that it gave to the words that came; their usual "
        "mean is …"
    ),
    kind=Choice(("exactly ¼", "¼ or less", "¼ or more")),
    truth="¼ or more",
    because=(
        "The geometric mean is ¼. The usual, arithmetic mean is at least that: with ½ for one half of the words and ⅛ "
        f"for the other it is {Fraction(1, 2) * (Fraction(1, 2) + Fraction(1, 8))}."
    ),
    otherwise={
        "exactly ¼": "2 bits are a mean of logarithms, and that belongs to the geometric mean.",
        "¼ or less": "It is the other way round: the arithmetic mean is never below the geometric one.",
    },
)


def table_bits(text: bytes, order: int) -> float:
    """Return what a text costs under a table of counts that begins empty and learns each byte after guessing it."""
    table, bits = Table(order), 0.0
    for at, byte in enumerate(text):
        last = text[max(0, at - order) : at]
        p = 1 / 256
        for context in table.seen(last):
            p = context.probability(byte, p)
        table.add(last, byte)
        bits -= log2(p)
    return bits


@cache
def _bits_a_character(order: int) -> float:
    return table_bits(story(), order) / len(story().decode("utf-8"))


_COMPRESSED = {
    "gzip": lambda: gzip.compress(story(), 9, mtime=0),
    "bz2": lambda: bz2.compress(story(), 9),
    "xz": lambda: lzma.compress(story(), preset=9 | lzma.PRESET_EXTREME),
}
_TABLE = "the table of counts"


@cache
def _sizes() -> dict[str, int]:
    """Return the bytes of each file of the story."""
    by_table = ceil(_bits_a_character(5) * len(story().decode("utf-8")) / 8)
    return {**{name: len(compress()) for name, compress in _COMPRESSED.items()}, _TABLE: by_table}


prose = Prediction(
    name="06_prose",
    question=(
        "A program reads a short English story for the first time. It begins knowing nothing, and guesses each "
        "character by counting what has followed the last five characters so far, and the last four, three, two and "
        "one. How many bits does a character cost, on average? (On disk, each takes 8.)"
    ),
    kind=Amount(0, 8, 0.1, "bits", digits=1),
    truth=lambda: round(_bits_a_character(5), 1),
    because=lambda: f"Counting single characters alone it would need {_bits_a_character(0):.1f}.",
    otherwise=lambda: {
        (7.9, 8): "That is the cost if all 256 bytes are equally likely. Counting soon tells them apart.",
        (0, prose.truth - 0.1): "It has to learn all its spelling from this one short story, and that costs bits.",
        (prose.truth + 0.1, 8): "After five letters there are few ways to go on, and counting soon finds them.",
    },
)

smallest = Prediction(
    name="06_smallest",
    question="Which of these makes the smallest file of this story? That table of counts is given a good coder.",
    kind=Choice((*_COMPRESSED, _TABLE)),
    truth=lambda: min(_sizes(), key=_sizes().get),
    because=lambda: (
        f"{', '.join(f'{name} {size:,}' for name, size in _sizes().items())} bytes, of {len(story()):,}. (The last "
        "is Σ −log₂ p / 8; the file itself has a dozen bytes more, for its head.)"
    ),
    otherwise={
        "gzip": "It replaces what it has seen before by pointers, and counts single bytes for the rest.",
        "bz2": "It sorts the text so that like contexts come together. That comes close to counting, but costs more.",
        "xz": "It is made for long files. This one is too short for it to be at its best.",
    },
)
