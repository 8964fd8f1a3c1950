"""What lesson 6 asks about bits: of a text, of a mean, of a perplexity."""

from fractions import Fraction
from math import ceil, exp, log, log2, prod

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
        "**Huffman's code**? Give a list or array of five lengths, in this order. (The word 10 has length 2.)"
    ),
    answer=_LENGTHS,
    mistakes=mistakes(
        (
            "These are Shannon's lengths, −log₂ p rounded up. Joining the two least probable symbols, again and again, "
            "gives shorter words.",
            np.array(shannon_lengths(_FIVE), float),
        ),
        ("These are the surprisals −log₂ p themselves; words have whole lengths.", _SURPRISALS),
        ("This is −log₂ p rounded to the nearest whole number; Huffman's code does not round.", np.round(_SURPRISALS)),
        (
            "This is −log₂ p rounded down. Words so short need more than the whole unit interval.",
            np.floor(_SURPRISALS),
        ),
        (
            "Every symbol has a word of the same length in your answer; frequent ones should have shorter words.",
            np.full(5, 3.0),
        ),
        ("The last join is missing, the one between the most probable symbol and all the rest.", _LENGTHS - 1),
        ("This counts a join too many.", _LENGTHS + 1),
        ("The most probable symbol has the longest word in your answer.", _LENGTHS[::-1].copy()),
        (
            "Your answer splits off one symbol after another; join the two least probable ones each time.",
            np.array([1.0, 2, 3, 4, 5]),
        ),
        (
            "Your answer splits the symbols from the top; Huffman joins the least probable ones from below.",
            np.array([2.0, 2, 2, 3, 3]),
        ),
        ("Such words cannot exist: their pieces of the unit interval add up to 5/4.", np.array([1.0, 2, 2, 3, 3])),
        ("Such words cannot exist: there are only two words of one bit, 0 and 1.", np.full(5, 1.0)),
        ("Such words cannot exist: there are only four words of two bits.", np.full(5, 2.0)),
        (
            "These are the words themselves, read as numbers; the question asks how many bits each one has.",
            np.array([0.0, 10, 110, 1110, 1111]),
        ),
        (
            "These are the words themselves, read as numbers, and a 1 comes first; the question asks for their bits.",
            np.array([1.0, 1, 1, 1, 0]),
        ),
        (
            "These are the words themselves, read as numbers; the question asks for the number of bits in each.",
            np.array([1.0, 10, 100, 1000, 1001]),
        ),
        (
            "The other four words have the same length in your answer; join the two least probable, again and again.",
            np.array([1.0, 3, 3, 3, 3]),
        ),
        (
            "Such words cannot exist: after the words of 1 and of 2 bits there is room for two of 3.",
            np.array([1.0, 2, 3, 3, 3]),
        ),
        (
            "Such words cannot exist: after those of 1, 2 and two of 3 bits nothing is left.",
            np.array([1.0, 2, 3, 3, 5]),
        ),
        ("One word is too long: some of the unit interval is left over.", np.array([1.0, 2, 4, 4, 4])),
        ("Two words are too long: some of the unit interval is left over.", np.array([1.0, 2, 3, 5, 5])),
        (
            "The last word is too long: the two least probable symbols are joined first, so they have the same length.",
            np.array([1.0, 2, 3, 4, 6]),
        ),
        (
            "Your answer counts the joins wrongly: the two least probable are joined first and get the same length.",
            np.array([1.0, 2, 3, 4, 3]),
        ),
        (
            "The most probable symbol needs one bit, because it takes part only in the last join.",
            np.array([2.0, 2, 2, 4, 4]),
        ),
        ("0.4 takes part only in the last join, so its word is a single bit.", np.array([2.0, 2, 3, 3, 3])),
        (
            "The two least probable are joined first, so they have the same length; the most probable is joined last.",
            np.array([2.0, 2, 3, 3, 4]),
        ),
        (
            "These are the lengths times the probabilities; the question asks for the lengths themselves.",
            _LENGTHS * np.array(_FIVE, float),
        ),
        ("These are 1/p; Huffman's lengths come from joins.", 1 / np.array(_FIVE, float)),
        ("These are the probabilities; the question asks for lengths.", np.array(_FIVE, float)),
        (
            "Your answer splits off one symbol after another, and counts the lengths from 0.",
            np.array([0.0, 1, 2, 3, 4]),
        ),
        (
            "The most probable symbol has the longest word in your answer, which splits off one after another.",
            np.array([5.0, 4, 3, 2, 1]),
        ),
        (
            "0.4 is joined last of all, so its word is a single bit; other words are too long as well.",
            np.array([2.0, 3, 3, 4, 5]),
        ),
        ("Your answer leaves room in the unit interval: some word could be shorter.", np.array([1.0, 3, 3, 4, 4])),
        (
            "Your answer splits off one symbol after another, and each word is one bit longer still.",
            np.array([2.0, 3, 4, 5, 6]),
        ),
        (
            "Such words cannot exist: their pieces of the unit interval add up to more than 1.",
            np.array([1.0, 2, 2, 3, 4]),
        ),
        (
            "The frequent symbols have the longer words in your answer; they should have the shorter ones.",
            np.array([3.0, 3, 2, 2, 2]),
        ),
        (
            "Your answer joins in another order: join the two least probable each time, and count sums among them.",
            np.array([2.0, 2, 3, 3, 2]),
        ),
        (
            "These are the words themselves; the question asks how many bits each one has.",
            np.array([1.0, 10, 110, 1110, 1111]),
        ),
    ),
    hints=(
        "Join the two least probable, 0.1 and 0.05, into one of 0.15. Then do the same with the four that are left.",
        "The length of a word is the number of joins that its symbol goes through.",
    ),
    solution_text=(
        "0.05 + 0.1 = 0.15; 0.15 + 0.15 = 0.3; 0.3 + 0.3 = 0.6; 0.4 + 0.6 = 1. The number of joins that each symbol "
        f"goes through: {', '.join(f'{length:.0f}' for length in _LENGTHS)}."
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
        (
            "This is the entropy in nats; the question asks for the code's length in bits.",
            nats_for_bits(_FOUR_ENTROPY)[1],
        ),
        (
            "This is the entropy rounded up, or 2 bits for each of four symbols; this code needs less.",
            float(ceil(_FOUR_ENTROPY)),
        ),
        ("This is the entropy plus 1, the promise of the theorem; this code does better.", _FOUR_ENTROPY + 1),
        (
            "This is Shannon's code, with 2, 2, 2 and 7 bits; the words here are Huffman's.",
            float(expected_length(_FOUR, shannon_lengths(_FOUR))),
        ),
        ("This is the length of the most probable symbol's word; the others count too.", 1.0),
        ("This is the length of the longest word; lengths count with their probabilities.", 3.0),
        nats_for_bits(_AVERAGE),
        ("This divides by the number of symbols as well; the probabilities are the weights.", _AVERAGE / 4),
        ("Your answer leaves out the fourth symbol; it is rare, but it counts.", 1.94),
        ("The fourth word has 3 bits, not 2.", 1.96),
        ("The fourth word has 3 bits, not 4: it is as long as the third.", 1.98),
        ("The last two words have 3 bits each; one of them counts as 2 in your answer.", 0.35 + 0.66 + 0.62 + 0.03),
        ("This is the excess over the entropy; the question asks for the length itself.", _AVERAGE - _FOUR_ENTROPY),
        (
            "Your answer has the lengths in reverse order: the most probable symbol has 1 bit.",
            0.35 * 3 + 0.33 * 3 + 0.31 * 2 + 0.01,
        ),
        ("This is the median of the lengths; each counts with its probability.", 2.5),
        (
            "This is the entropy as a share of the length, an efficiency; the question asks for the length.",
            _FOUR_ENTROPY / _AVERAGE,
        ),
        ("This is the sum of three lengths; each of the four counts with its probability.", 6.0),
        ("This is the first symbol's term alone; add up all four.", 0.35),
        ("Your answer counts 2 bits for the third word, which has 3, and leaves out the fourth.", 0.35 + 0.66 + 0.62),
        ("Your answer is a sum of lengths; each counts with its probability.", 7.0),
        ("Each length is one bit too short: joins are counted from 0 in your answer.", _AVERAGE - 1),
        ("0.01 · 3 is 0.03; in your answer a decimal point is in the wrong place.", _AVERAGE + 0.27),
        ("This is for a hundred symbols, or in percent; the question asks for one word.", 100 * _AVERAGE),
        ("Your answer squares the lengths before the mean, and then takes the root.", 2.133073),
        (
            "Two lengths have changed places in your answer: the more probable symbol gets the shorter word.",
            0.35 * 2 + 0.33 + 0.31 * 3 + 0.01 * 3,
        ),
        (
            "Your answer weights the lengths with 2^−length, as if the symbols came that often; the weights are p.",
            1.75,
        ),
        ("Your answer squares the lengths; they count as they are.", 0.35 + 0.33 * 4 + 0.32 * 9),
        (
            "This is the quotient of the length and the entropy; the question asks for the length.",
            _AVERAGE / _FOUR_ENTROPY,
        ),
        ("This is a harmonic mean; the expected length is Σ p · length.", 1 / (0.35 + 0.33 / 2 + 0.32 / 3)),
    ),
    hints=("Multiply each length by its symbol's probability, and add up.", "0.35 · 1 + 0.33 · 2 + …"),
    solution_text=rf"$0.35 \cdot 1 + 0.33 \cdot 2 + 0.31 \cdot 3 + 0.01 \cdot 3 = {_AVERAGE:.2f}$ bits.",
    code="np.dot([0.35, 0.33, 0.31, 0.01], [1, 2, 3, 3])",
    rtol=5e-4,
)

_P = [Fraction(1, n) for n in (2, 8, 8, 8, 8)]
_Q = [Fraction(1, n) for n in (16, 2, 4, 8, 16)]
_Q_LENGTHS = huffman_lengths(_Q)
_ENTROPY = entropy(_P, base=2)
_KL, _KL_BACK = kl_divergence(_P, _Q, base=2), kl_divergence(_Q, _P, base=2)
_CROSS = float(expected_length(_P, _Q_LENGTHS))
_BACK = float(expected_length(_Q, huffman_lengths(_P)))
_costs = keyed("bits per symbol", "excess")

wrong_code = Exercise(
    name="06_wrong_code",
    question=(
        "Symbols come with p = (½, ⅛, ⅛, ⅛, ⅛), but the code was made for q = (1/16, ½, ¼, ⅛, 1/16): its words have 4, "
        "1, 2, 3 and 4 bits. How many bits does a symbol cost on average, and how many of them are **excess**, "
        "compared "
        'with the code made for p? Give a dictionary with the keys `"bits per symbol"` and `"excess"`.'
    ),
    answer=_costs(_CROSS, _KL),
    mistakes=mistakes(
        ("This is the entropy of p: what the right code would cost, with no excess.", _costs(_ENTROPY, 0.0)),
        ("p and q are swapped: the symbols come from p, the lengths from q.", _costs(_BACK, _KL_BACK)),
        ("The bits are right; the excess is KL(q‖p) in your answer, the other way round.", _costs(_CROSS, _KL_BACK)),
        (
            "The bits are right; this is the entropy of p, and the excess is what lies above it.",
            _costs(_CROSS, _ENTROPY),
        ),
        ("The bits are right; the excess is in nats.", _costs(_CROSS, nats_for_bits(_KL)[1])),
        (
            "Both are in nats; the question asks for bits.",
            _costs(nats_for_bits(_CROSS)[1], nats_for_bits(_KL)[1]),
        ),
        ("The bits are right; the excess has the wrong sign.", _costs(_CROSS, -_KL)),
        ("The bits are right; the excess is only what lies above the cost of the right code.", _costs(_CROSS, _CROSS)),
        ("The excess is right; these are the bits of the code made for p, without it.", _costs(_ENTROPY, _KL)),
        ("The bits are right; a code made for something else does cost more.", _costs(_CROSS, 0.0)),
        (
            "The excess is that over fixed words of 3 bits; compare with the code made for p.",
            _costs(_CROSS, _CROSS - 3),
        ),
        (
            "This is the plain mean of the lengths; they count with p.",
            _costs(float(np.mean(_Q_LENGTHS)), float(np.mean(_Q_LENGTHS)) - _ENTROPY),
        ),
        (
            "The excess is right; this is the plain mean of the lengths, and they count with p.",
            _costs(float(np.mean(_Q_LENGTHS)), _KL),
        ),
        (
            "The excess is right; this is the sum of the lengths, and they count with p.",
            _costs(float(sum(_Q_LENGTHS)), _KL),
        ),
        (
            "The bits are right; your answer compares with the entropy of q, and the excess is over that of p.",
            _costs(_CROSS, _CROSS - entropy(_Q, base=2)),
        ),
        (
            "This is the entropy of q: what its code would cost if the symbols came with q.",
            _costs(entropy(_Q, base=2), 0.0),
        ),
        ("The bits are right; the excess is in percent of the right code.", _costs(_CROSS, 100 * _KL / _ENTROPY)),
        ("The bits are right; this is the excess as a share of the right code.", _costs(_CROSS, _KL / _ENTROPY)),
        ("The bits are right; this is the excess as a share of the cost.", _costs(_CROSS, _KL / _CROSS)),
        (
            "The bits are right; this is how many times as much as the right code costs; subtract.",
            _costs(_CROSS, _CROSS / _ENTROPY),
        ),
        (
            "The excess is right; in the bits p and q are swapped: symbols come from p, lengths from q.",
            _costs(_BACK, _KL),
        ),
        ("The excess is right; this is the sum of both costs.", _costs(_CROSS + _ENTROPY, _KL)),
        (
            "The bits are right; your answer adds both costs, and the excess is their difference.",
            _costs(_CROSS, _CROSS + _ENTROPY),
        ),
        ("The bits are right; the excess is compared with one bit a symbol.", _costs(_CROSS, _CROSS - 1)),
        ("The excess is right; this is in nats.", _costs(nats_for_bits(_CROSS)[1], _KL)),
        ("p and q are swapped in the bits, and the excess goes on from there.", _costs(_BACK, _BACK - _ENTROPY)),
        ("Only the first symbol is there; the others cost too.", _costs(2.0, 2.0 - _ENTROPY / 2)),
        (
            "This is the sum of the lengths, and its excess; they count with p.",
            _costs(float(sum(_Q_LENGTHS)), float(sum(_Q_LENGTHS)) - _ENTROPY),
        ),
        ("The excess is right; these are the bits of q's own code for q.", _costs(entropy(_Q, base=2), _KL)),
        (
            "The bits are right; this is the entropy of q, and the excess is what lies above p's.",
            _costs(_CROSS, entropy(_Q, base=2)),
        ),
        ("Both are divided by the number of symbols; p does the averaging.", _costs(_CROSS / 5, _KL / 5)),
        ("The bits are right; the excess is in percent of the cost.", _costs(_CROSS, 100 * _KL / _CROSS)),
    ),
    hints=(
        "Multiply each length by p, and add up: that is the cross-entropy of p and q, for q consists of powers of ½.",
        "The code made for p has 1, 3, 3, 3 and 3 bits, and costs the entropy of p.",
    ),
    solution_text=(
        rf"$\tfrac12 \cdot 4 + \tfrac18 \cdot (1 + 2 + 3 + 4) = {_CROSS:g}$ bits. The right "
        rf"code costs {_ENTROPY:g}, so the excess is {_CROSS - _ENTROPY:g} = KL(p‖q)."
    ),
    code='{"bits per symbol": 1/2 * 4 + 1/8 * (1 + 2 + 3 + 4), "excess": 3.25 - (1/2 * 1 + 4 * 1/8 * 3)}',
    rtol=2.5e-3,
)

_WORDS, _END = (1 / 4, 1 / 2, 1 / 32, 1 / 8), 1 / 4
_CHOICES = (*_WORDS, _END)
_BITS = sum(-log2(p) for p in _CHOICES)

sentence = Exercise(
    name="06_sentence",
    question=(
        "A sentence has four words. As they came, the model gave them the probabilities ¼, ½, 1/32 and ⅛, and then ¼ "
        "to the end of the sentence. How many **bits** does the sentence cost in all?"
    ),
    answer=_BITS,
    mistakes=mistakes(
        ("Your answer leaves out the end marker: to stop here is a choice too.", _BITS + log2(_END)),
        ("The end marker is counted twice in your answer.", _BITS - log2(_END)),
        nats_for_bits(_BITS),
        log10_for_bits(_BITS),
        sign_forgotten(_BITS),
        ("This is the mean for one choice; the question asks for the whole sentence.", _BITS / len(_CHOICES)),
        ("This is bits per word; the question asks for the whole sentence.", _BITS / len(_WORDS)),
        ("This is the probability of the sentence; the question asks for its −log₂.", prod(_CHOICES)),
        (
            "This is the probability of the words without the end; the question asks for the −log₂ of all five.",
            prod(_WORDS),
        ),
        ("This is in nats, and the end marker is missing.", (_BITS + log2(_END)) * log(2)),
        (
            "This is bits per word, without the end; the question asks for the whole sentence.",
            (_BITS + log2(_END)) / len(_WORDS),
        ),
        ("The probabilities are added in your answer; they multiply, and their bits add up.", -log2(sum(_CHOICES))),
        (
            "This takes −log₂ of the mean probability; each choice has its own −log₂, and those are added.",
            -len(_CHOICES) * log2(sum(_CHOICES) / len(_CHOICES)),
        ),
        ("The bits are multiplied in your answer; they add up.", prod(-log2(p) for p in _CHOICES)),
        ("1/32 is 5 halvings of 1, not 6.", _BITS + 1),
        ("One bit is missing: 1/32 is 5 halvings, ⅛ is 3, and ¼ is 2.", _BITS - 1),
        ("1/32 counts as 32 bits in your answer; it is 5 halvings of 1.", _BITS + 27),
        (
            "1 is subtracted from each probability; the question asks for the −log₂ of p itself.",
            float(-np.log2(np.subtract(1, _CHOICES)).sum()),
        ),
        ("This is the mean of the probabilities; the question asks for the sum of their −log₂.", sum(_CHOICES) / 5),
        ("This is the sum of the probabilities; the question asks for the sum of their −log₂.", sum(_CHOICES)),
        (
            "Each −log₂ p is weighted with p, as in an entropy; each choice came once.",
            -sum(p * log2(p) for p in _CHOICES),
        ),
        ("This is the perplexity, 2 to the mean bits; the question asks for the bits.", 2 ** (_BITS / 5)),
        ("This is 1 over the probability of the sentence; the question asks for its log₂.", 2.0**_BITS),
        ("This is in bytes; the question asks for bits.", _BITS / 8),
        ("This is the end marker alone.", -log2(_END)),
        ("1/32 alone is counted; all five choices are.", 5.0),
        ("The sum of 1/p is no number of bits; each choice costs log₂(1/p).", sum(1 / p for p in _CHOICES)),
        ("1/32 alone, counted as 32; it is 5 halvings.", 32.0),
        (
            "Your answer lacks the end marker and is divided by 5; the question asks for the whole sentence.",
            (_BITS + log2(_END)) / 5,
        ),
        ("This is four times the mean; there are five choices.", _BITS * 4 / 5),
        ("⅛ counts as 8 bits in your answer; it is 3 halvings of 1.", _BITS + 5),
        ("Each ¼ counts as 4 bits in your answer; it is 2 halvings of 1.", _BITS + 4),
        ("This is the perplexity of a word; the question asks for the bits of the whole sentence.", 2 ** (_BITS / 4)),
        (
            "This is −log₂ of the mean probability; each choice has its own −log₂, and those are added.",
            -log2(sum(_CHOICES) / len(_CHOICES)),
        ),
        ("Bits are multiplied by 8, as if they were bytes.", _BITS * 8),
        ("1/32 is left out; all five choices count.", _BITS - 5),
        ("⅛ is left out; all five choices count.", _BITS - 3),
        ("Your answer multiplies by the number of words; the sum is the whole sentence already.", _BITS * 4),
        ("Your answer multiplies by the number of choices; the sum is the whole sentence already.", _BITS * 5),
    ),
    hints=("½ is 1 bit, ¼ is 2 bits. What are ⅛ and 1/32?", "Five choices were made: four words and the end."),
    solution_text=rf"$2 + 1 + 5 + 3 + 2 = {_BITS:g}$ bits: the probability of the sentence is $2^{{-{_BITS:g}}}$.",
    code="-np.log2([1/4, 1/2, 1/32, 1/8, 1/4]).sum()",
)


_NATS, _CHARACTERS, _COUNT = 1.25, 12_000, 2_000
_PER_WORD = _CHARACTERS / _COUNT


def _in_units(nats: float, per_word: float = _PER_WORD, perplexity: float | None = None) -> dict[str, float]:
    """Return what the exercise asks for, from the nats a character that somebody goes on with."""
    bits = nats / log(2)
    return {
        "bits per character": bits,
        "bits per word": bits * per_word,
        "perplexity per character": exp(nats) if perplexity is None else perplexity,
        "bytes": bits * _CHARACTERS / 8,
    }


_RIGHT = _in_units(_NATS)

units = Exercise(
    name="06_units",
    question=(
        "A network reports a loss of 1.25 **nats** a character on a text of 12,000 characters. With the spaces and "
        "stops between them, these are 2,000 words. What is the loss in other units? Give a dictionary with the keys "
        '`"bits per character"`, `"bits per word"`, `"perplexity per character"`, and `"bytes"`, the size of the '
        "file that an ideal coder writes with this network."
    ),
    answer=_RIGHT,
    mistakes=mistakes(
        (
            "Nats are taken for bits in your answer: 1 nat is 1/ln 2 bits.",
            {**_in_units(_NATS * log(2)), "perplexity per character": exp(_NATS)},
        ),
        (
            "Nats are taken for bits throughout: 1 nat is 1/ln 2 bits, and the perplexity is e to the nats.",
            _in_units(_NATS * log(2), perplexity=2**_NATS),
        ),
        (
            "Your answer multiplies by ln 2. Nats become bits by dividing: a nat is more than a bit.",
            {**_in_units(_NATS * log(2) ** 2), "perplexity per character": exp(_NATS)},
        ),
        (
            "The perplexity is 2 to the power of the *bits* (or e to the nats); this is 2 to the nats.",
            _in_units(_NATS, perplexity=2**_NATS),
        ),
        (
            "The perplexity is e to the power of the *nats*; this is e to the bits.",
            _in_units(_NATS, perplexity=exp(_NATS / log(2))),
        ),
        ("This perplexity is that of a whole word.", _in_units(_NATS, perplexity=exp(_NATS * _PER_WORD))),
        (
            "A word has six characters in your answer: it costs six times as much as one, not a sixth.",
            _in_units(_NATS, per_word=1 / _PER_WORD),
        ),
        (
            "Per word and per character are the same in your answer; a word has six characters.",
            _in_units(_NATS, per_word=1.0),
        ),
        ("A word is in nats in your answer, and the rest in bits.", {**_RIGHT, "bits per word": _NATS * _PER_WORD}),
        (
            "Bits per character are fewer than the nats in your answer; a nat is more than a bit.",
            {**_RIGHT, "bits per character": _NATS * log(2)},
        ),
        ("The size is in bits; a byte has 8 of them.", {**_RIGHT, "bytes": 8 * _RIGHT["bytes"]}),
        ("The size is computed from nats; a file consists of bits.", {**_RIGHT, "bytes": _NATS * _CHARACTERS / 8}),
        (
            "The size counts the words; the loss is for each character.",
            {**_RIGHT, "bytes": _NATS / log(2) * _COUNT / 8},
        ),
        ("The size is in kilobytes; the question asks for bytes.", {**_RIGHT, "bytes": _RIGHT["bytes"] / 1000}),
        (
            "The size is in units of 1024 bytes; the question asks for bytes.",
            {**_RIGHT, "bytes": _RIGHT["bytes"] / 1024},
        ),
        (
            "The size is that of one byte for each character; the coder writes fewer.",
            {**_RIGHT, "bytes": float(_CHARACTERS)},
        ),
        ("The size takes the bits of a word for those of a character.", {**_RIGHT, "bytes": 6 * _RIGHT["bytes"]}),
        (
            "The size takes the bits of a character for those of a word, and is not yet divided by 8.",
            {**_RIGHT, "bytes": _NATS / log(2) * _COUNT},
        ),
        ("The size is in nats; bits, and then bytes, are needed.", {**_RIGHT, "bytes": _NATS * _CHARACTERS}),
        ("The size is divided by 8 twice.", {**_RIGHT, "bytes": _RIGHT["bytes"] / 8}),
        ("The size takes the perplexity for the bits.", {**_RIGHT, "bytes": exp(_NATS) * _CHARACTERS / 8}),
        (
            "A word has five characters in your answer; the space belongs to it.",
            {**_RIGHT, "bits per word": 5 * _NATS / log(2)},
        ),
        (
            "A word has seven characters in your answer; the space is counted already.",
            {**_RIGHT, "bits per word": 7 * _NATS / log(2)},
        ),
        (
            "These are the bits of a character times the words of the text; the question asks for one word.",
            {**_RIGHT, "bits per word": _COUNT * _NATS / log(2)},
        ),
        (
            "These are the bits of the whole text; the question asks for one word.",
            {**_RIGHT, "bits per word": _CHARACTERS * _NATS / log(2)},
        ),
        ("This is divided by 8; the question asks for bits.", {**_RIGHT, "bits per character": _NATS / log(2) / 8}),
        ("This is nats divided by 8; bits are nats divided by ln 2.", {**_RIGHT, "bits per character": _NATS / 8}),
        (
            "This is the logarithm of the loss; the loss is a logarithm already, and only its unit changes.",
            {**_RIGHT, "bits per character": log2(_NATS)},
        ),
        ("A character is in nats, and the rest in bits.", {**_RIGHT, "bits per character": _NATS}),
        (
            "This is the perplexity; the question asks for bits per character.",
            {**_RIGHT, "bits per character": exp(_NATS)},
        ),
        (
            "Words and characters are in bytes in your answer; the question asks for bits.",
            {**_RIGHT, "bits per character": _NATS / log(2) / 8, "bits per word": 6 * _NATS / log(2) / 8},
        ),
        ("The perplexity is 10 to the loss; it is e to the nats.", _in_units(_NATS, perplexity=10**_NATS)),
        ("The perplexity is the loss itself; it is e to the nats.", _in_units(_NATS, perplexity=_NATS)),
        ("The perplexity is the logarithm of the loss; it is e to the nats.", _in_units(_NATS, perplexity=log2(_NATS))),
        (
            "The perplexity is multiplied by six; the question asks for that of a character.",
            _in_units(_NATS, perplexity=6 * exp(_NATS)),
        ),
        (
            "The perplexity is divided by six; the question asks for that of a character.",
            _in_units(_NATS, perplexity=exp(_NATS) / 6),
        ),
        ("The perplexity has ln 2 added; it is e to the nats.", _in_units(_NATS, perplexity=_NATS + log(2))),
        ("The size is multiplied by 8; a byte has 8 bits, so divide.", {**_RIGHT, "bytes": 64 * _RIGHT["bytes"]}),
        (
            "The size takes two whole bits for each character; an ideal coder can use fractions of a bit.",
            {**_RIGHT, "bytes": 2 * _CHARACTERS / 8},
        ),
        (
            "The perplexity is the square of the bits; it is 2 to their power.",
            _in_units(_NATS, perplexity=(_NATS / log(2)) ** 2),
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
        "A model gave ½ to two thirds of the words, and 1/16 to the other third. What are its **bits per word**, and "
        "the geometric and the arithmetic mean of the probabilities? Give a dictionary with the keys "
        '`"bits per word"`, `"geometric mean"`, `"arithmetic mean"`.'
    ),
    answer=_means(_MEAN_BITS, 2**-_MEAN_BITS, _ARITHMETIC),
    mistakes=mistakes(
        ("The two means are swapped: 2^−bits is the geometric one.", _means(_MEAN_BITS, _ARITHMETIC, 2**-_MEAN_BITS)),
        (
            "This is −log₂ of the mean probability; the question asks for the mean of −log₂, which is never smaller.",
            _means(-log2(_ARITHMETIC), 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "Both means are 2^−bits in your answer; the arithmetic one is at least as large.",
            _means(_MEAN_BITS, 2**-_MEAN_BITS, 2**-_MEAN_BITS),
        ),
        ("Both are the arithmetic mean in your answer.", _means(_MEAN_BITS, _ARITHMETIC, _ARITHMETIC)),
        ("The shares are left out: two thirds of the words had ½.", _means(2.5, 2**-2.5, float(_GIVEN.mean()))),
        (
            "The arithmetic mean leaves out the shares: two thirds of the words had ½.",
            _means(_MEAN_BITS, 2**-_MEAN_BITS, float(_GIVEN.mean())),
        ),
        (
            "The bits leave out the shares: two thirds of the words cost 1 bit.",
            _means(2.5, 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "The first number is in nats; the question asks for bits.",
            _means(_MEAN_BITS * log(2), 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "The first number is to base 10; bits need base 2.",
            _means(_MEAN_BITS * log(2) / log(10), 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "The geometric mean is e to −bits in your answer; bits need base 2.",
            _means(_MEAN_BITS, exp(-_MEAN_BITS), _ARITHMETIC),
        ),
        (
            "This is the harmonic mean for the geometric one.",
            _means(_MEAN_BITS, float(1 / (_SHARES @ (1 / _GIVEN))), _ARITHMETIC),
        ),
        ("This is the perplexity, 1 over the geometric mean.", _means(_MEAN_BITS, 2**_MEAN_BITS, _ARITHMETIC)),
        ("The shares are swapped.", _means(3.0, 1 / 8, float(_SHARES[::-1] @ _GIVEN))),
        (
            "The geometric mean leaves out the shares: two thirds of the words had ½.",
            _means(_MEAN_BITS, 2**-2.5, _ARITHMETIC),
        ),
        (
            "Both means leave out the shares: two thirds of the words had ½.",
            _means(_MEAN_BITS, 2**-2.5, float(_GIVEN.mean())),
        ),
        (
            "The geometric mean lacks its root: this is the product of three words.",
            _means(_MEAN_BITS, 1 / 64, _ARITHMETIC),
        ),
        (
            "The geometric mean lacks its root: this is the product of the two probabilities.",
            _means(_MEAN_BITS, 1 / 32, _ARITHMETIC),
        ),
        (
            "This is the sum of the two costs; the question asks for the mean over the words.",
            _means(5.0, 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "These are the bits of three words; the question asks for their mean.",
            _means(6.0, 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "In the bits the shares are swapped: two thirds of the words cost 1 bit.",
            _means(3.0, 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "In the arithmetic mean the shares are swapped: two thirds of the words had ½.",
            _means(_MEAN_BITS, 2**-_MEAN_BITS, 10 / 48),
        ),
        ("In the geometric mean the shares are swapped.", _means(_MEAN_BITS, 1 / 8, _ARITHMETIC)),
        ("The bits have the wrong sign.", _means(-_MEAN_BITS, 2**-_MEAN_BITS, _ARITHMETIC)),
        ("These are the bits of the likelier words alone.", _means(1.0, 2**-_MEAN_BITS, _ARITHMETIC)),
        ("These are the bits of the rarer words alone.", _means(4.0, 2**-_MEAN_BITS, _ARITHMETIC)),
        (
            "This is the first term of the bits alone; the last third costs something too.",
            _means(2 / 3, 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "The arithmetic mean has its first term alone; the last third counts too.",
            _means(_MEAN_BITS, 2**-_MEAN_BITS, 1 / 3),
        ),
        (
            "This is the sum of the probabilities; the question asks for their mean.",
            _means(_MEAN_BITS, 2**-_MEAN_BITS, 9 / 16),
        ),
        (
            "This is the sum over three words; the question asks for the mean.",
            _means(_MEAN_BITS, 2**-_MEAN_BITS, 17 / 16),
        ),
        ("The geometric mean has one of its two factors only.", _means(_MEAN_BITS, 0.5 ** (2 / 3), _ARITHMETIC)),
        (
            "The geometric mean is 2 to minus the nats; base and unit have to match.",
            _means(_MEAN_BITS, 2 ** -(_MEAN_BITS * log(2)), _ARITHMETIC),
        ),
        (
            "This is the log₂ of the mean probability; the question asks for the mean of −log₂.",
            _means(log2(_ARITHMETIC), 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "This is minus the bits for the geometric mean; it is 2 to that power.",
            _means(_MEAN_BITS, -_MEAN_BITS, _ARITHMETIC),
        ),
        ("1/16 is four halvings, not three.", _means(5 / 3, 2 ** -(5 / 3), _ARITHMETIC)),
        ("The bits take 1/16 for three halvings; it is four.", _means(5 / 3, 2**-_MEAN_BITS, _ARITHMETIC)),
        (
            "The bits are weighted with the probabilities too; the shares are the weights.",
            _means(2 / 3 * 0.5 + 1 / 3 * 0.25, 2**-_MEAN_BITS, _ARITHMETIC),
        ),
        (
            "The geometric mean multiplies the weighted probabilities; the shares are exponents.",
            _means(_MEAN_BITS, 1 / 3 / 48, _ARITHMETIC),
        ),
        ("1/16 is four halvings, not five.", _means(7 / 3, 2 ** -(7 / 3), _ARITHMETIC)),
        ("The bits take 1/16 for five halvings; it is four.", _means(7 / 3, 2**-_MEAN_BITS, _ARITHMETIC)),
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
        "Write a function `my_perplexity(probabilities)` that returns the **perplexity** of a model on a text. It gets "
        "an array with the probability that the model gave to each word as it came. The perplexity is the number of "
        "equally probable words whose choice would be as surprising. Texts may be long."
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
    edges={
        "It goes wrong only where the product of the probabilities is rounded to 0: add up their logarithms.": (
            lambda probabilities: np.prod(probabilities) == 0
        ),
    },
    mistakes=mistakes(
        ("This is 1 over the arithmetic mean; the geometric mean is needed.", lambda p: 1 / float(np.mean(p))),
        ("This is the mean of 1/p; the mean of the logarithms is needed.", lambda p: float(np.mean(1 / p))),
        (
            "Right in exact arithmetic, but the product of a long text underflows to 0: go through the logarithms.",
            _by_product,
        ),
        ("These are the bits per word; the perplexity is 2 to their power.", lambda p: float(-np.log2(p).mean())),
        ("These are the nats per word; the perplexity is e to their power.", lambda p: float(-np.log(p).mean())),
        (
            "Your answer raises e to the bits; raise 2 to the bits, or e to the nats.",
            lambda p: float(np.exp(-np.log2(p).mean())),
        ),
        (
            "Your answer weights each −log p with its p, as in an entropy; each word came once and counts the same.",
            lambda p: float(np.exp(-(p * np.log(p)).sum())),
        ),
        ("This is for the whole text; the perplexity is per word: take the mean.", _of_the_whole_text),
        (
            "Your answer raises 2 to the nats; raise e to the nats, or 2 to the bits.",
            lambda p: float(2 ** -np.log(p).mean()),
        ),
        ("This is the geometric mean of the probabilities; the perplexity is 1 over it.", lambda p: 1 / _perplexity(p)),
        (
            "Your answer takes the median of the probabilities; it needs the mean of their logarithms.",
            lambda p: float(1 / np.median(p)),
        ),
        ("This divides by one word too few.", lambda p: float(np.exp(-np.log(p).sum() / max(len(p) - 1, 1)))),
        ("This is for the last word alone.", lambda p: float(1 / p[-1])),
        (
            "Your answer takes the median of the logarithms; it needs their mean.",
            lambda p: float(np.exp(-np.median(np.log(p)))),
        ),
        (
            "Your answer adds a small number to the probabilities; that changes them all, and none is 0.",
            lambda p: _perplexity(np.add(p, 0.01)),
        ),
        ("Your answer raises 10 to the bits; raise 2 to them.", lambda p: float(10 ** -np.log2(p).mean())),
        ("Your answer raises 10 to the nats; raise e to them.", lambda p: float(10 ** -np.log(p).mean())),
        (
            "Your answer rounds up the bits of each word; an ideal coder can use fractions of a bit.",
            lambda p: float(2 ** np.ceil(-np.log2(p)).mean()),
        ),
        ("Your answer divides by n; it needs the n-th root.", lambda p: _of_the_whole_text(p) / len(p)),
        ("This divides by one word too many.", lambda p: float(np.exp(-np.log(p).sum() / (len(p) + 1)))),
        (
            "This is −log of the mean probability; the perplexity is e to the mean of −log.",
            lambda p: float(-np.log(np.mean(p))),
        ),
        ("This is the first word's alone.", lambda p: float(1 / p[0])),
        ("This is the sum of the bits; the perplexity is 2 to their mean.", lambda p: float(-np.log2(p).sum())),
        ("This is the sum of the nats; the perplexity is e to their mean.", lambda p: float(-np.log(p).sum())),
        ("This is the likelihood of the text; the perplexity is 1 over its n-th root.", lambda p: float(np.prod(p))),
        ("This is e to the mean probability; a logarithm is missing.", lambda p: float(np.exp(np.mean(p)))),
        ("This is e to minus the mean probability; a logarithm is missing.", lambda p: float(np.exp(-np.mean(p)))),
        ("This is 1 over the sum of the probabilities.", lambda p: float(1 / np.sum(p))),
        (
            "Your answer weights each −log₂ p by its p and takes the mean; each word counts the same.",
            lambda p: float(2 ** -(p * np.log2(p)).mean()),
        ),
        (
            "Your answer normalises the probabilities; they belong to different words and need not sum to 1.",
            lambda p: _perplexity(p / np.sum(p)),
        ),
        (
            "Your answer takes 1 − p for p; the model gave these words p.",
            np.errstate(all="ignore")(lambda p: _perplexity(np.subtract(1, p))),
        ),
        ("Your answer leaves out the last word.", lambda p: _perplexity(p[:-1]) if len(p) > 1 else np.nan),
        ("Your answer leaves out the first word.", lambda p: _perplexity(p[1:]) if len(p) > 1 else np.nan),
        ("This is 1 over the smallest probability; every word counts.", lambda p: float(1 / np.min(p))),
    ),
    hints=(
        "The perplexity is e to the mean of −ln p (or 2 to the mean of −log₂ p).",
        "Take logs first, then the mean, then `np.exp`.",
    ),
    solution_text=r"$\exp\bigl(-\frac1n \sum \ln p_i\bigr)$: 1 over the geometric mean, and no product underflows.",
    code="def my_perplexity(probabilities):\n    return np.exp(-np.log(probabilities).mean())",
)
