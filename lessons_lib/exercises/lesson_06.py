"""What lesson 6 asks about bits: of a text, of a mean, of a perplexity."""

from math import exp, log, log2

import numpy as np

from lessons_lib.exercise.core import Exercise, keyed, mistakes
from lessons_lib.exercises.lesson_06_codes import average_length, code_lengths, sentence, wrong_code
from lessons_lib.exercises.lesson_06_guesses import biased_coin, prose, smallest, two_bits

_NATS, _CHARACTERS, _COUNT = 1.25, 12_000, 2_000
_PER_WORD = _CHARACTERS / _COUNT


def _told(nats: float, per_word: float = _PER_WORD, perplexity: float | None = None) -> dict[str, float]:
    """Return what the exercise asks for, from the nats a character that somebody goes on with."""
    bits = nats / log(2)
    return {
        "bits per character": bits,
        "bits per word": bits * per_word,
        "perplexity per character": exp(nats) if perplexity is None else perplexity,
        "bytes": bits * _CHARACTERS / 8,
    }


_RIGHT = _told(_NATS)

units = Exercise(
    name="06_units",
    question=(
        "A network reports a loss of 1.25 **nats** a character on a text of 12,000 characters, which are 2,000 words "
        "with the spaces and stops between them. What is that in other clothes? A dictionary with the keys "
        '`"bits per character"`, `"bits per word"`, `"perplexity per character"`, and `"bytes"`, the size of the '
        "file that an ideal coder writes with this network."
    ),
    answer=_RIGHT,
    mistakes=mistakes(
        (
            "Nats are taken for bits here: 1 nat is 1/ln 2 bits.",
            {**_told(_NATS * log(2)), "perplexity per character": exp(_NATS)},
        ),
        (
            "Nats are taken for bits throughout: 1 nat is 1/ln 2 bits, and the perplexity is e to the nats.",
            _told(_NATS * log(2), perplexity=2**_NATS),
        ),
        (
            "Multiplied by ln 2, where nats become bits by dividing: a nat is more than a bit.",
            {**_told(_NATS * log(2) ** 2), "perplexity per character": exp(_NATS)},
        ),
        (
            "The perplexity is 2 to the power of the *bits* (or e to the nats); this is 2 to the nats.",
            _told(_NATS, perplexity=2**_NATS),
        ),
        (
            "The perplexity is e to the power of the *nats*; this is e to the bits.",
            _told(_NATS, perplexity=exp(_NATS / log(2))),
        ),
        ("This perplexity is that of a whole word.", _told(_NATS, perplexity=exp(_NATS * _PER_WORD))),
        (
            "A word has six characters here: it costs six times as much as one, not a sixth.",
            _told(_NATS, per_word=1 / _PER_WORD),
        ),
        ("Per word and per character are the same here; a word has six characters.", _told(_NATS, per_word=1.0)),
        ("A word is in nats here, and the rest in bits.", {**_RIGHT, "bits per word": _NATS * _PER_WORD}),
        (
            "Bits per character are fewer than the nats here; a nat is more than a bit.",
            {**_RIGHT, "bits per character": _NATS * log(2)},
        ),
        ("The size is in bits; a byte has 8 of them.", {**_RIGHT, "bytes": 8 * _RIGHT["bytes"]}),
        ("The size is computed from nats; a file consists of bits.", {**_RIGHT, "bytes": _NATS * _CHARACTERS / 8}),
        (
            "The size counts the words; the loss is for each character.",
            {**_RIGHT, "bytes": _NATS / log(2) * _COUNT / 8},
        ),
    ),
    hints=(
        "1 nat = 1/ln 2 = 1.4427 bits. Begin with bits per character; three of the four follow from it.",
        "Perplexity is e to the nats, or 2 to the bits: the same number.",
    ),
    solution_text=(
        rf"$1.25 / \ln 2 = {_RIGHT['bits per character']:.3f}$ bits a character, times 6 for a word; "
        rf"$e^{{1.25}} = {_RIGHT['perplexity per character']:.2f}$; and 12,000 of them, divided by 8, are "
        rf"{_RIGHT['bytes']:.0f} bytes."
    ),
    code=(
        '{"bits per character": 1.25 / np.log(2), "bits per word": 6 * 1.25 / np.log(2),\n'
        ' "perplexity per character": np.exp(1.25), "bytes": 12000 * 1.25 / np.log(2) / 8}'
    ),
)

_SHARES, _GIVEN = np.array([2 / 3, 1 / 3]), np.array([1 / 2, 1 / 16])
_MEAN_BITS = float(_SHARES @ -np.log2(_GIVEN))
_ARITHMETIC = float(_SHARES @ _GIVEN)
_means = keyed("bits per word", "geometric mean", "arithmetic mean")

means = Exercise(
    name="06_means",
    question=(
        "To two thirds of the words a model gave ½, to the last third 1/16. What are its **bits per word**, and "
        "the geometric and the arithmetic mean of the probabilities? A dictionary with the keys "
        '`"bits per word"`, `"geometric mean"`, `"arithmetic mean"`.'
    ),
    answer=_means(_MEAN_BITS, 2**-_MEAN_BITS, _ARITHMETIC),
    mistakes=mistakes(
        ("The two means are swapped: 2^−bits is the geometric one.", _means(_MEAN_BITS, _ARITHMETIC, 2**-_MEAN_BITS)),
        (
            "This is −log₂ of the mean probability; the mean of −log₂ is asked for, and that is never less.",
            _means(-log2(_ARITHMETIC), 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "Both means are 2^−bits here; the arithmetic one is at least as great.",
            _means(_MEAN_BITS, 2**-_MEAN_BITS, 2**-_MEAN_BITS),
        ),
        ("Both are the arithmetic mean here.", _means(_MEAN_BITS, _ARITHMETIC, _ARITHMETIC)),
        ("The shares are left out: two thirds of the words had ½.", _means(2.5, 2**-2.5, float(_GIVEN.mean()))),
        (
            "The arithmetic mean leaves out the shares: two thirds of the words had ½.",
            _means(_MEAN_BITS, 2**-_MEAN_BITS, float(_GIVEN.mean())),
        ),
        (
            "The bits leave out the shares: two thirds of the words cost 1 bit.",
            _means(2.5, 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        ("The first number is in nats; bits are asked for.", _means(_MEAN_BITS * log(2), 2**-_MEAN_BITS, _ARITHMETIC)),
        (
            "The first number is to base 10; bits need base 2.",
            _means(_MEAN_BITS * log(2) / log(10), 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        ("The geometric mean is e to −bits here; bits need base 2.", _means(_MEAN_BITS, exp(-_MEAN_BITS), _ARITHMETIC)),
        (
            "This is the harmonic mean for the geometric one.",
            _means(_MEAN_BITS, float(1 / (_SHARES @ (1 / _GIVEN))), _ARITHMETIC),
        ),
        ("This is the perplexity, 1 over the geometric mean.", _means(_MEAN_BITS, 2**_MEAN_BITS, _ARITHMETIC)),
        ("The shares are swapped.", _means(3.0, 1 / 8, float(_SHARES[::-1] @ _GIVEN))),
    ),
    hints=(
        "A word at ½ costs 1 bit, a word at 1/16 costs 4. Two thirds cost the one, a third the other.",
        "The geometric mean is 2 to the power of minus the mean bits.",
    ),
    solution_text=(
        rf"$\tfrac23 \cdot 1 + \tfrac13 \cdot 4 = {_MEAN_BITS:g}$ bits, so the geometric mean is ¼; the arithmetic one "
        rf"is $\tfrac23 \cdot \tfrac12 + \tfrac13 \cdot \tfrac1{{16}} = {_ARITHMETIC:.4g}$."
    ),
    code=(
        '{"bits per word": 2/3 * 1 + 1/3 * 4, "geometric mean": 2**-(2/3 * 1 + 1/3 * 4),\n'
        ' "arithmetic mean": 2/3 * 1/2 + 1/3 * 1/16}'
    ),
)


def _perplexity(probabilities):
    return float(np.exp(-np.log(probabilities).mean()))


def _by_product(probabilities):
    """The n-th root of the product, which underflows; 0 gives ∞."""
    product = float(np.prod(probabilities))
    return product ** (-1 / len(probabilities)) if product else np.inf


def _of_the_whole_text(probabilities):
    with np.errstate(over="ignore"):
        return float(np.exp(-np.log(probabilities).sum()))


perplexity = Exercise(
    name="06_perplexity",
    question=(
        "Write a function `my_perplexity(probabilities)` that returns the **perplexity** of a model on a text, from "
        "an array of the probabilities that it gave to each word as it came. It is the number of equally probable "
        "words among which one would have to choose to be as much surprised. Texts may be long."
    ),
    answer=_perplexity,
    inputs=(
        (np.array([0.25, 0.25, 0.25]),),
        (np.array([0.5, 0.125]),),
        (np.array([1.0, 1.0]),),
        (np.array([0.9, 0.1, 0.3, 0.02, 0.6]),),
        (np.array([1e-3]),),
        (np.full(2000, 0.01),),
        (np.full(12, 1e-30),),
    ),
    names=("probabilities",),
    mistakes=mistakes(
        ("This is 1 over the arithmetic mean; the geometric mean is needed.", lambda p: 1 / float(np.mean(p))),
        ("This is the mean of 1/p; the mean of the logarithms is needed.", lambda p: float(np.mean(1 / p))),
        (
            "Right on paper, but the product of a long text underflows to 0: go through the logarithms.",
            _by_product,
        ),
        ("These are the bits per word; the perplexity is 2 to their power.", lambda p: float(-np.log2(p).mean())),
        ("These are the nats per word; the perplexity is e to their power.", lambda p: float(-np.log(p).mean())),
        ("Here e is raised to bits; take 2, or nats.", lambda p: float(np.exp(-np.log2(p).mean()))),
        (
            "Each −log p is weighted by its p here, as in an entropy; but each word came once, and counts as much.",
            lambda p: float(np.exp(-(p * np.log(p)).sum())),
        ),
        ("This is for the whole text; the perplexity is per word: take the mean.", _of_the_whole_text),
        ("Here 2 is raised to nats; take e, or bits.", lambda p: float(2 ** -np.log(p).mean())),
        ("This is the geometric mean of the probabilities; the perplexity is 1 over it.", lambda p: 1 / _perplexity(p)),
        ("The median is taken where the mean is needed.", lambda p: float(1 / np.median(p))),
        ("This divides by one word too few.", lambda p: float(np.exp(-np.log(p).sum() / max(len(p) - 1, 1)))),
        ("This is for the last word alone.", lambda p: float(1 / p[-1])),
    ),
    hints=(
        "The perplexity is e to the mean of −ln p (or 2 to the mean of −log₂ p).",
        "Take logs first, then the mean, then `np.exp`.",
    ),
    solution_text=r"$\exp\bigl(-\frac1n \sum \ln p_i\bigr)$: 1 over the geometric mean, and no product underflows.",
    code="def my_perplexity(probabilities):\n    return np.exp(-np.log(probabilities).mean())",
)

EXERCISES = (code_lengths, average_length, wrong_code, sentence, means, units, perplexity)
PREDICTIONS = (biased_coin, two_bits, prose, smallest)
