"""What lesson 6 lets guess."""

from fractions import Fraction

from lessons_lib.codes import blocks, entropy_bits, expected_length, huffman_lengths
from lessons_lib.exercises.prediction import Amount, Choice, Prediction

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
        f"No word is shorter than one bit, though the entropy is only {entropy_bits(_COIN):.3f}. Words for two tosses "
        f"at a time cost {_per_toss(2):.3f} a toss, words for three {_per_toss(3):.3f}."
    ),
)

two_bits = Prediction(
    name="06_two_bits",
    question=(
        "A language model needs 2 bits a word. Then the probability that it gives to the word that comes, averaged "
        "over all words, is …"
    ),
    kind=Choice(("exactly ¼", "¼ or less", "¼ or more")),
    truth="¼ or more",
    because=(
        "The geometric mean is ¼. The usual, arithmetic mean is at least that: with ½ for one half of the words and ⅛ "
        f"for the other it is {Fraction(1, 2) * (Fraction(1, 2) + Fraction(1, 8))}."
    ),
)

PREDICTIONS = (biased_coin, two_bits)
