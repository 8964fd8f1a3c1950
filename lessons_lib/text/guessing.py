"""Shannon's guessing game: how many guesses each letter takes, and what that says about bits per letter.

C. E. Shannon, Prediction and entropy of printed English, Bell System Technical Journal 30 (1951), 50-64.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.validation import read_numbers
from lessons_lib.text.model import Model

ALPHABET = "abcdefghijklmnopqrstuvwxyz "
"""Shannon's 27 symbols: the letters, and the space between words."""
_CODES = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
_RESAMPLES = 2000


def reduced(text: str) -> str:
    """Return a text in the 27 symbols: small letters, and one space for whatever lies between words.

    >>> reduced("It's late, said Ann.")
    'it s late said ann '
    """
    return re.sub("[^a-z]+", " ", text.lower())


@dataclass(frozen=True)
class Guesses:
    """How a model guesses some letters: of each, the number of guesses it takes, and its surprisal in bits.

    symbols: for each letter, the numbers of the 27 symbols from the most probable to the least.
    """

    ranks: NDArray[np.int_]
    bits: NDArray[np.float64]
    symbols: NDArray[np.int_]

    def order(self, place: int) -> str:
        """Return the symbols as they are guessed for the letter at this place."""
        return "".join(ALPHABET[symbol] for symbol in self.symbols[place])


def guess(model: Model, context: str, letters: str) -> Guesses:
    """Return how the model, shown the context, guesses the letters one after the other, most probable first.

    Of its 256 probabilities only those of the 27 symbols count, divided by their sum.
    """
    model = model.fresh()
    for byte in context.encode():
        model.update(byte)
    p = np.empty((len(letters), len(ALPHABET)))
    for place, byte in enumerate(letters.encode()):
        p[place] = model.predict()[_CODES]
        model.update(byte)
    true = np.array([ALPHABET.index(letter) for letter in letters], dtype=int)
    symbols = np.argsort(-p, axis=1, kind="stable")
    ranks = np.argmax(symbols == true[:, None], axis=1) + 1
    return Guesses(ranks, np.log2(p.sum(axis=1) / p[np.arange(true.size), true]), symbols)


def counts_of(ranks: Sequence[int]) -> NDArray[np.int_]:
    """Return how often the first guess was right, the second, and so on: 27 counts."""
    return np.bincount(np.asarray(ranks, dtype=int), minlength=len(ALPHABET) + 1)[1:]


def bounds(counts: ArrayLike) -> tuple[float, float]:
    """Return Shannon's lower and upper bound, in bits per letter, from how often guess 1, 2, … was the right one.

    Upper, −Σ qᵢ log₂ qᵢ: who knows the numbers of guesses can reconstruct the text. Lower, Σ i (qᵢ − qᵢ₊₁) log₂ i:
    the least that letters guessed right so often can cost one who guesses in the order of his probabilities; then
    the qᵢ fall, and small samples in which they do not are sorted.

    >>> bounds([1, 1])
    (1.0, 1.0)
    """
    counts = read_numbers("counts", counts)
    if counts.ndim != 1 or counts.size == 0 or counts.min() < 0 or counts.sum() == 0:
        raise InputError(f"counts must be numbers of at least 0, not all 0, not {counts.tolist()!r:.60}")
    lower, upper = _bounds(counts[None, :])
    return float(lower[0]), float(upper[0])


def _bounds(counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both bounds of each row of counts."""
    q = counts / counts.sum(axis=1, keepdims=True)
    upper = -np.sum(q * np.log2(np.where(q > 0, q, 1)), axis=1)
    i = np.arange(1, q.shape[1] + 1)
    falling = -np.sort(-q, axis=1)
    steps = falling - np.append(falling[:, 1:], np.zeros((len(q), 1)), axis=1)
    return steps @ (i * np.log2(i)) + 0.0, upper + 0.0


@lru_cache(maxsize=256)
def interval(counts: tuple[int, ...], seed: int = 0) -> tuple[float, float]:
    """Return from where to where the bits per letter may lie, after so few guesses, by the bootstrap.

    The letters are drawn anew from themselves 2,000 times, and the spread of the bounds (2 % cut off at either end) is
    laid round them the other way: the "basic" bootstrap, which also makes up for the entropy of few counts coming out
    too low. The upper end counts one letter more, at a number of guesses not seen yet: whoever was right forty times in
    a row need not be right for ever. It takes letters as independent. For good guessers, and 30 letters or more, both
    true bounds lie within about nine times in ten, as its test measures; a handful can mislead it.
    """
    lower, upper = bounds(counts)
    one_more = [*counts]
    one_more[counts.index(0) if 0 in counts else -1] += 1
    least = 2 * lower - np.quantile(_drawn_bounds(counts, seed)[0], 0.98)
    most = 2 * bounds(one_more)[1] - np.quantile(_drawn_bounds(one_more, seed)[1], 0.02)
    return float(min(max(least, 0), lower)), float(max(min(most, np.log2(len(counts))), upper))


def _drawn_bounds(counts: Sequence[int], seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both bounds of counts drawn anew from these."""
    n = sum(counts)
    drawn = np.random.default_rng(seed).multinomial(n, np.array(counts) / n, size=_RESAMPLES)
    return _bounds(drawn.astype(float))
