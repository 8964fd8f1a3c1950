"""What lesson 4 asks about losses: of several pictures, their gradient, and how torch averages."""

from math import log

import numpy as np

from lessons_lib.exercise.core import Exercise, keyed, mistakes
from lessons_lib.exercise.mistakes import bits_for_nats, sum_for_mean
from lessons_lib.maths.measures import cross_entropy, entropy, kl_divergence
from lessons_lib.maths.stable import softmax

_FACTORS = np.array([0.85, 0.85, 0.15, 0.75])
_NLL = float(-np.log(_FACTORS).mean())
_ROWS, _LABELS = np.array([[0.85, 0.15]] * 3 + [[0.25, 0.75]]), np.array([0, 0, 1, 1])
_OF_A, _OF_B = cross_entropy([2 / 3, 1 / 3], [0.85, 0.15]), -log(0.75)

conditional = Exercise(
    name="04_conditional",
    question=(
        "Four examples: picture a labelled cat, cat and dog (by three people), picture b labelled dog. A model says "
        "q(cat | a) = 0.85 and q(cat | b) = 0.25. What is the **conditional cross-entropy**, in nats: the mean, over "
        "the pictures of the four examples, of H(p̂(· | x), q(· | x)), where p̂ is the empirical distribution?"
    ),
    answer=_NLL,
    mistakes=mistakes(
        ("Here both pictures weigh the same; a has come three times out of four.", (_OF_A + _OF_B) / 2),
        sum_for_mean(_NLL, 4),
        bits_for_nats(_NLL),
        ("This is the log of the average probability; the logs are to be averaged.", float(-np.log(_FACTORS.mean()))),
        ("This is the entropy of the labels, ¾ H(⅔, ⅓): the model has no say in it.", 0.75 * entropy([2 / 3, 1 / 3])),
        (
            "This is the KL: the entropy of the labels belongs to the cross-entropy.",
            _NLL - 0.75 * entropy([2 / 3, 1 / 3]),
        ),
        ("This is picture a alone.", _OF_A),
        ("This is picture b alone.", _OF_B),
        ("The two pictures are added here, not averaged.", _OF_A + _OF_B),
        (
            "This is softmax twice: torch's cross_entropy wants logits, and was given probabilities.",
            float(-np.log(softmax(_ROWS)[np.arange(4), _LABELS]).mean()),
        ),
        ("This is minus the mean probability: torch's nll_loss takes no logarithm.", float(-_FACTORS.mean())),
        ("Here cat and dog are swapped.", float(-np.log(1 - _FACTORS).mean())),
        (
            "This has H(¾, ¼) in it, the entropy of the pictures; but they are given, and only labels are predicted.",
            _NLL + entropy([3 / 4, 1 / 4]),
        ),
        (
            "This has ln 4 in it, as if one of four pictures were to be predicted too. The pictures are given.",
            _NLL + log(4),
        ),
    ),
    hints=(
        "Which probability does the model give to each of the four labels? 0.85, 0.85, 0.15, and for b: 1 − 0.25.",
        "H(p̂(· | a), q(· | a)) is the mean surprisal of a's three labels, and a comes three times out of four.",
    ),
    solution_text=(
        rf"$\tfrac34 \cdot {_OF_A:.3f} + \tfrac14 \cdot {_OF_B:.3f} = {_NLL:.3f}$ nats. It is the mean of the four "
        "surprisals, NLL/4: the same number under another name."
    ),
    code="-np.mean(np.log([0.85, 0.85, 0.15, 0.75]))",
)

_TARGET, _LOGITS = np.array([0.2, 0.5, 0.3]), np.array([1.0, 0.0, -1.0])
_GUESS = softmax(_LOGITS)
_gradient = keyed(*"ABC")

gradient = Exercise(
    name="04_gradient",
    question=(
        "The soft label is p = (0.2, 0.5, 0.3) for A, B, C; the model has the logits (1, 0, −1), and q is their "
        "softmax. What is the **gradient of KL(p‖q)**, in nats, by the three logits? A dictionary with the keys "
        '`"A"`, `"B"`, `"C"`.'
    ),
    answer=_gradient(_GUESS - _TARGET),
    mistakes=mistakes(
        ("This is p − q, the direction of a step; the gradient has the other sign.", _gradient(_TARGET - _GUESS)),
        ("This is q − one-hot for the likeliest class; the label is soft.", _gradient(_GUESS - [0, 1, 0])),
        ("This is q; p is to be subtracted.", _gradient(_GUESS)),
        (
            "This is the gradient of KL(q‖p), the other direction.",
            _gradient(_GUESS * (np.log(_GUESS / _TARGET) - kl_divergence(_GUESS, _TARGET))),
        ),
        (
            "This is −p/q, the gradient by the probabilities q; it is asked for by the logits.",
            _gradient(-_TARGET / _GUESS),
        ),
        (
            "This divides by the number of classes, as `reduction='mean'` of torch's kl_div does.",
            _gradient((_GUESS - _TARGET) / 3),
        ),
        ("This is the gradient in bits; in nats it is smaller by ln 2.", _gradient((_GUESS - _TARGET) / log(2))),
        ("Softmax is applied twice: q is softmax of the logits.", _gradient(softmax(_GUESS) - _TARGET)),
        ("Here p is subtracted from the logits; subtract it from q.", _gradient(_LOGITS - _TARGET)),
        ("These are the terms p ln(p/q) of the KL itself.", _gradient(_TARGET * np.log(_TARGET / _GUESS))),
    ),
    hints=(
        "H(p) has no logits in it, so this is the gradient of the cross-entropy.",
        "For a one-hot label it is q − one-hot (lesson 3). A soft label takes the one-hot's place.",
    ),
    solution_text=rf"$q - p$ with $q = ({', '.join(f'{x:.3f}' for x in _GUESS)})$. It sums to 0.",
    code="dict(zip('ABC', np.exp([1, 0, -1]) / np.exp([1, 0, -1]).sum() - [0.2, 0.5, 0.3]))",
)

_RETURNED, _BATCH, _CLASSES = 0.06, 4, 10

batchmean = Exercise(
    name="04_batchmean",
    question=(
        "`torch.nn.functional.kl_div(log_q, p)`, with `reduction='mean'` as by default, returns 0.06 for a batch of "
        "4 examples with 10 classes. What is the **mean KL of an example**, in nats?"
    ),
    answer=_RETURNED * _CLASSES,
    mistakes=mistakes(
        ("This is what torch returns: it has divided by the number of classes as well.", _RETURNED),
        ("This is the sum over the batch; one example has a quarter of it.", _RETURNED * _CLASSES * _BATCH),
        ("This takes the number of examples for that of the classes.", _RETURNED * _BATCH),
        ("This divides by the number of classes once more; multiply by it.", _RETURNED / _CLASSES),
        ("This divides by the number of examples; torch has done that already.", _RETURNED / _BATCH),
        ("This is divided by the number of all entries once more.", _RETURNED / (_CLASSES * _BATCH)),
        ("10 classes over 4 examples: only the 10 is to be undone.", _RETURNED * _CLASSES / _BATCH),
        bits_for_nats(_RETURNED * _CLASSES),
        ("The sign is turned over: torch's kl_div is KL itself, not its negative.", -_RETURNED * _CLASSES),
    ),
    hints=(
        "`'mean'` divides the sum by the number of all entries, here 4 × 10.",
        "`'batchmean'` divides by the 4 examples only. How much greater is that?",
    ),
    solution_text="The sum is $0.06 \\cdot 40 = 2.4$; divided by 4 it is 0.6, as `reduction='batchmean'` returns.",
    code="0.06 * 40 / 4",
)
