"""What lesson 6 asks about codes: lengths of words, their average, the price of the wrong code and of a sentence."""

from fractions import Fraction
from math import ceil, log, log2, prod

import numpy as np

from lessons_lib.exercise.core import Exercise, keyed, mistakes
from lessons_lib.exercise.mistakes import log10_for_bits, nats_for_bits, sign_forgotten
from lessons_lib.maths.codes import expected_length, huffman_lengths, shannon_lengths
from lessons_lib.maths.measures import entropy, kl_divergence

_FIVE = [Fraction(n, 100) for n in (40, 30, 15, 10, 5)]
_LENGTHS = np.array(huffman_lengths(_FIVE), float)
_SURPRISALS = -np.log2(np.array(_FIVE, float))

code_lengths = Exercise(
    name="06_code_lengths",
    question=(
        "Five symbols have the probabilities 0.4, 0.3, 0.15, 0.1, 0.05. How many bits long are their words in "
        "**Huffman's code**? A list or array of five lengths, in this order (of the word 10 it would be 2)."
    ),
    answer=_LENGTHS,
    mistakes=mistakes(
        (
            "These are Shannon's lengths, −log₂ p rounded up; by joining the two least, again and again, words "
            "become shorter.",
            np.array(shannon_lengths(_FIVE), float),
        ),
        ("These are the surprisals −log₂ p themselves; words have whole lengths.", _SURPRISALS),
        ("This is −log₂ p rounded to the nearest; Huffman's code does not round.", np.round(_SURPRISALS)),
        (
            "This is −log₂ p rounded down: so short, the words need more than the unit interval has.",
            np.floor(_SURPRISALS),
        ),
        (
            "Every symbol has a word of the same length here; frequent ones should have shorter words.",
            np.full(5, 3.0),
        ),
        ("The last join is missing, the one between the most probable symbol and all the rest.", _LENGTHS - 1),
        ("This counts a join too many.", _LENGTHS + 1),
        ("The most probable symbol has the longest word here.", _LENGTHS[::-1].copy()),
        (
            "Here one symbol after another is split off from the rest; join the two least probable ones each time.",
            np.array([1.0, 2, 3, 4, 5]),
        ),
        ("This halves the symbols from the top; Huffman joins the least ones from below.", np.array([2.0, 2, 2, 3, 3])),
        ("Such words cannot exist: their pieces of the unit interval add up to 5/4.", np.array([1.0, 2, 2, 3, 3])),
        ("Such words cannot exist: there are only two words of one bit, 0 and 1.", np.full(5, 1.0)),
        ("Such words cannot exist: there are only four words of two bits.", np.full(5, 2.0)),
    ),
    hints=(
        "Join the two least probable, 0.1 and 0.05, into one of 0.15. Then again, with the four that there are now.",
        "The length of a word is the number of joins that its symbol goes through.",
    ),
    solution_text=(
        "0.05 + 0.1 = 0.15; 0.15 + 0.15 = 0.3; 0.3 + 0.3 = 0.6; 0.4 + 0.6 = 1. The joins that each symbol goes "
        f"through: {', '.join(f'{length:.0f}' for length in _LENGTHS)}."
    ),
    code="np.array([1, 2, 3, 4, 4])",
)

_FOUR = [Fraction(n, 100) for n in (35, 33, 31, 1)]
_FOUR_LENGTHS = huffman_lengths(_FOUR)
_FOUR_ENTROPY = entropy(_FOUR, base=2)
_AVERAGE = float(expected_length(_FOUR, _FOUR_LENGTHS))

average_length = Exercise(
    name="06_average_length",
    question=(
        "Four symbols have the probabilities 0.35, 0.33, 0.31, 0.01; Huffman's words for them have 1, 2, 3 and 3 bits. "
        "What is the **expected length** of a word, in bits?"
    ),
    answer=_AVERAGE,
    mistakes=mistakes(
        ("This is the mean of the four lengths; each counts with its probability.", float(np.mean(_FOUR_LENGTHS))),
        ("This is the sum of the lengths; each counts with its probability.", float(sum(_FOUR_LENGTHS))),
        ("This is the entropy, the bound; the code costs a little more.", _FOUR_ENTROPY),
        ("This is the entropy in nats; the code's length in bits is asked for.", nats_for_bits(_FOUR_ENTROPY)[1]),
        ("This is the entropy rounded up; one can do with less than that.", float(ceil(_FOUR_ENTROPY))),
        ("This is the entropy plus 1, the promise of the theorem; this code does better.", _FOUR_ENTROPY + 1),
        (
            "This is Shannon's code, with 2, 2, 2 and 7 bits; the words here are Huffman's.",
            float(expected_length(_FOUR, shannon_lengths(_FOUR))),
        ),
        ("This is the length of the most probable symbol's word; the others count too.", 1.0),
        ("This is the length of the longest word; lengths count with their probabilities.", 3.0),
        nats_for_bits(_AVERAGE),
        ("This divides by the number of symbols as well; the probabilities are the weights.", _AVERAGE / 4),
    ),
    hints=("Multiply each length by its symbol's probability, and add up.", "0.35 · 1 + 0.33 · 2 + …"),
    solution_text=rf"$0.35 \cdot 1 + 0.33 \cdot 2 + 0.31 \cdot 3 + 0.01 \cdot 3 = {_AVERAGE:.2f}$ bits.",
    code="np.dot([0.35, 0.33, 0.31, 0.01], [1, 2, 3, 3])",
    rtol=5e-4,
)

_P = [Fraction(1, 2), Fraction(1, 4), Fraction(1, 8), Fraction(1, 8)]
_Q = [Fraction(1, 8), Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)]
_ENTROPY = entropy(_P, base=2)
_KL, _KL_BACK = kl_divergence(_P, _Q, base=2), kl_divergence(_Q, _P, base=2)
_CROSS = float(expected_length(_P, huffman_lengths(_Q)))
_BACK = float(expected_length(_Q, huffman_lengths(_P)))
_costs = keyed("bits per symbol", "excess")

wrong_code = Exercise(
    name="06_wrong_code",
    question=(
        "Symbols come with p = (½, ¼, ⅛, ⅛), but the code was made for q = (⅛, ½, ¼, ⅛): its words have 3, 1, 2 and 3 "
        "bits. How many bits does a symbol cost on average, and how many of them are **excess**, compared with the "
        'code made for p? A dictionary with the keys `"bits per symbol"` and `"excess"`.'
    ),
    answer=_costs(_CROSS, _KL),
    mistakes=mistakes(
        ("This is the entropy of p: what the right code would cost, with no excess.", _costs(_ENTROPY, 0.0)),
        ("p and q are swapped: the symbols come from p, the lengths from q.", _costs(_BACK, _KL_BACK)),
        ("The bits are right; the excess is KL(q‖p) here, the other way round.", _costs(_CROSS, _KL_BACK)),
        (
            "The bits are right; this is the entropy of p, and the excess is what lies above it.",
            _costs(_CROSS, _ENTROPY),
        ),
        ("The bits are right; the excess is in nats.", _costs(_CROSS, nats_for_bits(_KL)[1])),
        (
            "Both are in nats; bits are asked for.",
            _costs(nats_for_bits(_CROSS)[1], nats_for_bits(_KL)[1]),
        ),
        ("The bits are right; the excess has the wrong sign.", _costs(_CROSS, -_KL)),
        ("The bits are right; the excess is only what lies above the cost of the right code.", _costs(_CROSS, _CROSS)),
        ("The excess is right; these are the bits of the code made for p, without it.", _costs(_ENTROPY, _KL)),
        ("The bits are right; a code made for something else does cost more.", _costs(_CROSS, 0.0)),
        (
            "The excess is that over fixed words of 2 bits; compare with the code made for p.",
            _costs(_CROSS, _CROSS - 2),
        ),
    ),
    hints=(
        "Multiply each length by p, and add up: that is the cross-entropy of p and q, for q consists of powers of ½.",
        "The code made for p has 1, 2, 3 and 3 bits, and costs the entropy of p.",
    ),
    solution_text=(
        rf"$\tfrac12 \cdot 3 + \tfrac14 \cdot 1 + \tfrac18 \cdot 2 + \tfrac18 \cdot 3 = {_CROSS:g}$ bits. The right "
        rf"code costs {_ENTROPY:g}, so the excess is {_CROSS - _ENTROPY:g} = KL(p‖q)."
    ),
    code='{"bits per symbol": 2.375, "excess": 2.375 - 1.75}',
    rtol=2.5e-3,
)

_WORDS, _END = (1 / 4, 1 / 2, 1 / 32, 1 / 8), 1 / 2
_CHOICES = (*_WORDS, _END)
_BITS = sum(-log2(p) for p in _CHOICES)

sentence = Exercise(
    name="06_sentence",
    question=(
        "A sentence of four words. The model gave each word, when its turn came, ¼, ½, 1/32, ⅛, and then ½ to the end "
        "of the sentence. How many **bits** does this sentence cost in all?"
    ),
    answer=_BITS,
    mistakes=mistakes(
        ("The end marker is missing: that the sentence stops here is a choice too.", _BITS + log2(_END)),
        ("The end marker is counted twice here.", _BITS - log2(_END)),
        nats_for_bits(_BITS),
        log10_for_bits(_BITS),
        sign_forgotten(_BITS),
        ("This is the mean for one choice; the whole sentence is asked for.", _BITS / len(_CHOICES)),
        ("This is bits per word; the whole sentence is asked for.", _BITS / len(_WORDS)),
        ("This is the probability of the sentence; its −log₂ is asked for.", prod(_CHOICES)),
        (
            "This is a probability, and that of the words without the end; the −log₂ of all five is asked for.",
            prod(_WORDS),
        ),
        ("This is in nats, and the end marker is missing.", (_BITS + log2(_END)) * log(2)),
        (
            "This is bits per word, without the end; the whole sentence is asked for.",
            (_BITS + log2(_END)) / len(_WORDS),
        ),
        ("The probabilities are added here; they multiply, and their bits add up.", -log2(sum(_CHOICES))),
        (
            "This takes −log₂ of the mean probability; each choice has its own −log₂, and those are added.",
            -len(_CHOICES) * log2(sum(_CHOICES) / len(_CHOICES)),
        ),
        ("The bits are multiplied here; they add up.", prod(-log2(p) for p in _CHOICES)),
    ),
    hints=("½ is 1 bit, ¼ is 2 bits. What are ⅛ and 1/32?", "Five choices were made: four words and the end."),
    solution_text=rf"$2 + 1 + 5 + 3 + 1 = {_BITS:g}$ bits: the probability of the sentence is $2^{{-{_BITS:g}}}$.",
    code="-np.log2([1/4, 1/2, 1/32, 1/8, 1/2]).sum()",
)
