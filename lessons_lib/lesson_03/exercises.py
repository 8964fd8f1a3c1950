"""What lesson 3 asks."""

from math import exp, log, log10

import numpy as np
from scipy.special import expit, log_softmax

from lessons_lib.exercise.core import Exercise, keyed, mistakes
from lessons_lib.exercise.mistakes import (
    bits_for_nats,
    log10_for_nats,
    log_for_probability,
    not_normalised,
    off_by_one,
    percent_for_fraction,
    sign_forgotten,
    softmax_twice,
)
from lessons_lib.maths.logits import TEN_SCORES, loss_gradient
from lessons_lib.maths.stable import softmax, temperature_for

_FOUR = np.array([0.4, 1.5, -0.7, 2.4])
_FOUR_P = softmax(_FOUR)

top_of_four = Exercise(
    name="03_top_of_four",
    question=(
        "A model gives four classes the logits 0.4, 1.5, −0.7, 2.4. What **probability** does softmax give to the "
        "class with the largest logit?"
    ),
    answer=float(_FOUR_P[3]),
    mistakes=mistakes(
        not_normalised(exp(2.4)),
        ("This is softmax of softmax: its input has to be the scores.", float(softmax_twice(_FOUR)[1][3])),
        ("This is the logit divided by the sum of the logits; take e^z of each first.", float(2.4 / _FOUR.sum())),
        ("This divides by the sum of absolute logits; take e^z of each first.", float(2.4 / np.abs(_FOUR).sum())),
        ("This has base 2; softmax has base e.", float(2**2.4 / np.exp2(_FOUR).sum())),
        off_by_one(float(_FOUR_P[2])),
        ("This is the class with the second largest logit.", float(_FOUR_P[1])),
        ("This is e^z divided by the sum of the three others: odds.", float(exp(2.4) / np.exp(_FOUR[:3]).sum())),
        percent_for_fraction(float(_FOUR_P[3])),
        log_for_probability(float(_FOUR_P[3])),
        ("This is the sigmoid of the logit alone; the other logits count too.", float(expit(2.4))),
        ("This is Z, the sum of the e^z; the top class has its share of it.", float(np.exp(_FOUR).sum())),
        ("This is the class's number, counted from 0; its probability is asked for.", 3.0),
        ("This is the logit. A probability is at most 1: take e^z of each, and divide by the sum.", 2.4),
        ("This has base 10; softmax has base e.", float(10**2.4 / (10**_FOUR).sum())),
        ("This is every class's share if they were equal.", 0.25),
        ("This is the class with the third largest logit.", float(_FOUR_P[0])),
        ("The logits' signs are dropped before e^z; e^−0.7 is small.", float(exp(2.4) / np.exp(np.abs(_FOUR)).sum())),
        ("e^z is divided by the number of classes; divide by the sum of the e^z.", exp(2.4) / 4),
        ("This is the log of Z; the top class has its share of Z.", float(np.log(np.exp(_FOUR).sum()))),
        ("This is the mean of the e^z.", float(np.exp(_FOUR).mean())),
        ("This divides by e to the sum of the logits; divide by the sum of the e^z.", exp(2.4 - 3.6)),
        ("The sign of the logits is turned over.", float(softmax(-_FOUR)[3])),
        ("This puts all on the top class; softmax leaves the others their shares.", 1.0),
        ("This is e to the power of minus the logit.", exp(-2.4)),
        ("This is e^z minus Z; divide.", float(exp(2.4) - np.exp(_FOUR).sum())),
        ("This is the sigmoid of the distance to the second; all four count.", float(expit(0.9))),
        (
            "The class with the negative logit is left out of Z; e^−0.7 counts too.",
            float(exp(2.4) / np.exp([0.4, 1.5, 2.4]).sum()),
        ),
        ("The logits are squared in your answer; take e^z of each.", float(2.4**2 / (_FOUR**2).sum())),
        (
            "The scores are shifted to begin at 0 and divided by their sum; take e^z of each first.",
            float((_FOUR[3] - _FOUR.min()) / (_FOUR - _FOUR.min()).sum()),
        ),
        ("This is in percent, and rounded; a probability between 0 and 1 is asked for.", 64.0),
    ),
    hints=(
        "Take $e^z$ of each of the four, and add them up: that is Z.",
        "The top class has the share $e^{2.4}$ of Z.",
    ),
    solution_text=rf"$e^{{2.4}} / (e^{{0.4}} + e^{{1.5}} + e^{{-0.7}} + e^{{2.4}}) = {_FOUR_P[3]:.3f}$.",
    code="np.exp(2.4) / np.exp([0.4, 1.5, -0.7, 2.4]).sum()",
)

_T = temperature_for([3.0, 1.0], 0, 0.95)

temperature = Exercise(
    name="03_temperature",
    question=(
        "Two classes have the logits 3 and 1. At which **temperature** does the first one get the probability 0.95?"
    ),
    answer=_T,
    mistakes=mistakes(
        ("This is 1/T: divide the difference of the logits by the log-odds, not the other way round.", 1 / _T),
        ("In your answer only one logit counts; their difference does.", 3 / log(19)),
        ("The logits are added in your answer; their difference counts.", 4 / log(19)),
        ("The difference of the logits is left out.", 1 / log(19)),
        ("This is the difference times the log-odds; divide.", 2 * log(19)),
        ("This takes log p; the log-odds, ln p/(1 − p), are needed.", 2 / -log(0.95)),
        ("This divides by the odds; their logarithm is needed.", 2 / 19),
        ("This uses the logarithm to base 2; softmax has base e.", 2 / (log(19) / log(2))),
        ("This uses the logarithm to base 10; softmax has base e.", 2 / log10(19)),
        ("This is negative: at no temperature does the first class lose. Are p and 1 − p swapped?", -_T),
        ("This is the first class's probability at T = 1.", float(expit(2))),
        ("These are the odds; T is the difference of the logits, divided by their logarithm.", 19.0),
        ("This is the difference of the logits, at T = 1; divide it by the log-odds.", 2.0),
        ("This is divided by the probability; its log-odds are needed.", 2 / 0.95),
        ("The difference is multiplied by the probability; divide by its log-odds.", 2 * 0.95),
        ("This is half of the probability.", 0.95 / 2),
        ("The log-odds are subtracted from the logits; divide.", 2 - log(19)),
        ("The log-odds are subtracted from the logit; divide the difference by them.", 3 - log(19)),
        ("This takes ln p of 0.95, and one logit; take the log-odds and the difference.", -3 / log(0.95)),
        ("This takes e to the probability; its log-odds are needed.", 2 / exp(0.95)),
        ("This is upside down: the logits' difference belongs above the log-odds.", log(0.95) / 2),
        ("The difference of the logits is multiplied by the other class's probability.", 2 * 0.05),
        ("One is subtracted from the odds; ln(p/(1 − p)) is needed.", 2 / 18),
        ("At T = 1 the probability is 0.88; T has to be smaller.", 1.0),
        ("The two logits are divided by each other; their difference counts.", log(3) / log(19)),
        ("This is half; the difference of the logits is divided by the log-odds.", 0.5),
        ("This divides one logit by the odds; take the difference, and the odds' logarithm.", 3 / 19),
        ("ln 19 is rounded to 2.9 on the way; keep all its digits.", 2 / 2.9),
        ("This has ln 20 for ln 19: the odds are 0.95 to 0.05.", 2 / log(20)),
    ),
    hints=(
        "Two classes: the log-odds of the first, ln p/(1 − p), are the difference of the two logits, divided by T.",
        "The log-odds of 0.95 are ln 19.",
    ),
    solution_text=rf"$\ln\frac{{0.95}}{{0.05}} = \frac{{3 - 1}}{{T}}$, so $T = 2/\ln 19 = {_T:.3f}$.",
    code="(3 - 1) / np.log(0.95 / 0.05)",
)

_THREE = np.array([1.0, 2.0, 0.0])
_THREE_P = softmax(_THREE)
_gradient = keyed(*"ABC")

gradient = Exercise(
    name="03_gradient",
    question=(
        "The classes A, B, C have the logits 1, 2, 0, and the label is A. What is the **gradient** of the loss, "
        'in nats, by the three logits? A dictionary with the keys `"A"`, `"B"`, `"C"`.'
    ),
    answer=_gradient(loss_gradient(_THREE, 0)),
    mistakes=mistakes(
        (
            "This is one-hot − p, the direction of a step; the gradient has the other sign.",
            _gradient(-loss_gradient(_THREE, 0)),
        ),
        ("This is p; the one-hot of the label is to be subtracted.", _gradient(_THREE_P)),
        ("This is p − one-hot for the label B.", _gradient(loss_gradient(_THREE, 1))),
        ("This is p − one-hot for the label C.", _gradient(loss_gradient(_THREE, 2))),
        ("Only the label's entry is there; the others are pushed as well.", _gradient([_THREE_P[0] - 1, 0, 0])),
        (
            "This is the gradient by the probabilities, −1/p; it is asked for by the logits.",
            _gradient([-1 / _THREE_P[0], 0, 0]),
        ),
        (
            "In your answer the one-hot is subtracted from the logits; subtract it from p.",
            _gradient(_THREE - [1, 0, 0]),
        ),
        (
            "In your answer the one-hot is subtracted from log p; subtract it from p.",
            _gradient(log_softmax(_THREE) - [1, 0, 0]),
        ),
        (
            "This is the gradient of the loss in bits; in nats it is smaller by the factor ln 2.",
            _gradient(loss_gradient(_THREE, 0) / log(2)),
        ),
        ("In your answer the one-hot is added; it is to be subtracted.", _gradient(np.add(_THREE_P, [1, 0, 0]))),
        ("This is the one-hot with a minus; the probabilities are missing.", _gradient([-1.0, 0.0, 0.0])),
        ("1 is subtracted from every entry; only the label's probability loses it.", _gradient(_THREE_P - 1)),
        (
            "The other entries have the wrong sign: they are p itself, which pushes those logits down.",
            _gradient([_THREE_P[0] - 1, -_THREE_P[1], -_THREE_P[2]]),
        ),
        ("This is −p; the label's entry is p − 1, the others are p.", _gradient(-_THREE_P)),
        (
            "This is 1 − p at the label, and p elsewhere: the sign of the label's entry is the wrong way round.",
            _gradient([1 - _THREE_P[0], _THREE_P[1], _THREE_P[2]]),
        ),
        ("These are the losses −ln p of the three labels; the gradient is asked for.", _gradient(-log_softmax(_THREE))),
        (
            "Only the loss is there, at the label; its gradient is asked for.",
            _gradient([-log_softmax(_THREE)[0], 0, 0]),
        ),
        ("This is p(1 − p), how each probability changes with its own logit.", _gradient(_THREE_P * (1 - _THREE_P))),
        ("This is p · (p − one-hot), as through softmax once more.", _gradient(_THREE_P * (_THREE_P - [1, 0, 0]))),
        (
            "This is p_A · (one-hot − p), how the label's probability changes; how its −ln does is asked.",
            _gradient(_THREE_P[0] * ([1, 0, 0] - _THREE_P)),
        ),
        (
            "This is −p_A(1 − p_A) and so on, how minus the label's probability changes; the loss is its −ln.",
            _gradient(_THREE_P[0] * (_THREE_P - [1, 0, 0])),
        ),
        ("Softmax is applied twice: p is softmax of the logits.", _gradient(softmax(_THREE_P) - [1, 0, 0])),
        ("The logits' signs are turned over before softmax.", _gradient(softmax(-_THREE) - [1, 0, 0])),
        ("The normalisation is missing: p is e^z divided by its sum.", _gradient(np.exp(_THREE) - [1, 0, 0])),
        ("This is 1 − p in all entries; only the label's has a 1 in it.", _gradient(1 - _THREE_P)),
        ("This has base 2; softmax has base e.", _gradient(softmax(_THREE * log(2)) - [1, 0, 0])),
        (
            "This is divided by the number of classes; the gradient of one example's loss is not.",
            _gradient(loss_gradient(_THREE, 0) / 3),
        ),
        (
            "One of the other classes has got 0; each of them is pushed by its own p.",
            _gradient([_THREE_P[0] - 1, 0, _THREE_P[2]]),
        ),
        ("p − one-hot is multiplied by the logits; take it alone.", _gradient((_THREE_P - [1, 0, 0]) * _THREE)),
        (
            "This takes the sigmoid of each score; with three classes their softmax is needed.",
            _gradient(1 / (1 + np.exp(-_THREE)) - [1, 0, 0]),
        ),
        ("The scores are divided by their sum; softmax takes e^z of each first.", _gradient(_THREE / 3 - [1, 0, 0])),
    ),
    hints=("First the probabilities: softmax of 1, 2, 0.", "Subtract 1 from the label's probability; nothing else."),
    solution_text=(
        rf"$p - \text{{onehot}} = ({_THREE_P[0]:.3f} - 1,\; {_THREE_P[1]:.3f},\; {_THREE_P[2]:.3f})$. It sums to 0."
    ),
    code=("dict(zip('ABC', np.exp([1, 2, 0]) / np.exp([1, 2, 0]).sum() - [1, 0, 0]))"),
)

_SCORE, _LABEL = 0.75, -1
_MARGIN = 2 * _LABEL * _SCORE
_LOSS = float(np.logaddexp(0, -_MARGIN))
_pair = keyed("margin", "loss")

margin = Exercise(
    name="03_margin",
    question=(
        "Labels are coded −1 and +1, and P(y) is proportional to e^(ys). The score is s = 0.75, and the label that "
        "came is −1. What are the **margin** m = 2ys and the **loss** −ln P(y), in nats? A dictionary with the keys "
        '`"margin"` and `"loss"`.'
    ),
    answer=_pair(_MARGIN, _LOSS),
    mistakes=mistakes(
        (
            "The factor 2 is forgotten: the two exponents, s and −s, differ by 2s.",
            _pair(-0.75, float(np.logaddexp(0, 0.75))),
        ),
        ("The label −1 is forgotten: this would be right for +1.", _pair(1.5, float(np.logaddexp(0, -1.5)))),
        (
            "The margin is right; this is the surprisal of the other label: the exponent has the other sign.",
            _pair(_MARGIN, float(np.logaddexp(0, -1.5))),
        ),
        (
            "The margin is right; in the loss s is taken for a logit, and in this coding it is half of one.",
            _pair(_MARGIN, float(np.logaddexp(0, 0.75))),
        ),
        ("The loss is right; the margin is negative where the score speaks against the label.", _pair(1.5, _LOSS)),
        ("The margin is right; the loss is in bits, and nats are asked for.", _pair(_MARGIN, bits_for_nats(_LOSS)[1])),
        (
            "The margin is right; the loss is to base 10, and nats are asked for.",
            _pair(_MARGIN, log10_for_nats(_LOSS)[1]),
        ),
        ("The margin is right; this is P(y) itself, and the loss is its −ln.", _pair(_MARGIN, float(expit(_MARGIN)))),
        ("The margin is right; this is ln P(y), and the loss has a minus.", _pair(_MARGIN, sign_forgotten(_LOSS)[1])),
        ("The margin is right; this is 1 + e^(−m), whose logarithm is the loss.", _pair(_MARGIN, 1 + exp(1.5))),
        ("The margin is right; these are the odds for the label, e^m.", _pair(_MARGIN, exp(_MARGIN))),
        ("This is the label coded as 0, where it is −1: the score would not count at all.", _pair(0.0, log(2))),
        ("The margin is right; this is the hinge loss, 1 − m. The loss is −ln P(y).", _pair(_MARGIN, 1 - _MARGIN)),
        ("The margin is right; this is the hinge loss of y s. The loss is −ln P(y).", _pair(_MARGIN, 1.75)),
        (
            "The margin is right; this is −m, what the loss comes near to far out on the wrong side.",
            _pair(_MARGIN, -_MARGIN),
        ),
        ("The margin is right; the loss is the margin once more, and it is a −ln.", _pair(_MARGIN, _MARGIN)),
        ("The margin is right; this is e^(−m): 1 is to be added, and the logarithm taken.", _pair(_MARGIN, exp(1.5))),
        (
            "The margin is right; this is the probability of the other label, 1 − P(y).",
            _pair(_MARGIN, float(expit(1.5))),
        ),
        (
            "The margin is right; in the loss the 2 is taken twice, and m has one already.",
            _pair(_MARGIN, float(np.logaddexp(0, 3))),
        ),
        ("The margin is right; this is −ys, which lacks the normalisation Z.", _pair(_MARGIN, 0.75)),
        (
            "The margin is right; this is ln Z alone; ys is to be subtracted from it.",
            _pair(_MARGIN, float(np.logaddexp(0.75, -0.75))),
        ),
        ("The margin is right; this loss is 0, that of a sure and right decision.", _pair(_MARGIN, 0.0)),
        (
            "The margin is right; this is the squared loss, (1 − m)²; −ln P(y) is asked for.",
            _pair(_MARGIN, (1 - _MARGIN) ** 2),
        ),
        (
            "The margin is right; s is taken for a logit, and bits for nats.",
            _pair(_MARGIN, float(np.logaddexp(0, 0.75)) / log(2)),
        ),
        (
            "The margin is right; in the loss the 2 is taken twice, and it is that of the other label.",
            _pair(_MARGIN, float(np.logaddexp(0, -3))),
        ),
        ("The factor 2 and the label −1 are forgotten.", _pair(0.75, float(np.logaddexp(0, -0.75)))),
        ("The factor 2 is taken twice.", _pair(-3.0, float(np.logaddexp(0, 3)))),
        ("The label −1 is forgotten, and a sure decision costs nothing only far out.", _pair(1.5, 0.0)),
        ("The factor 2 is forgotten, and this is the hinge loss.", _pair(-0.75, 1.75)),
        (
            "The margin is right; this is the exponential loss, e^(−ys); −ln P(y) is asked for.",
            _pair(_MARGIN, exp(0.75)),
        ),
        ("The margin is right; this is ln |m|; −ln P(y) is asked for.", _pair(_MARGIN, log(1.5))),
        ("The margin is right; this is a squared error, (y − s)²; −ln P(y) is asked for.", _pair(_MARGIN, 1.75**2)),
    ),
    hints=("y is −1 here, so that y s is negative: the score was for the other label.", "The loss is ln(1 + e^(−m))."),
    solution_text=rf"$m = 2 \cdot (-1) \cdot 0.75 = {_MARGIN}$, and $\ln(1 + e^{{1.5}}) = {_LOSS:.3f}$ nats.",
    code='{"margin": 2 * -1 * 0.75, "loss": np.log(1 + np.exp(1.5))}',
)


def _reference(logits, temperature):
    return softmax(logits, temperature=temperature)


@np.errstate(all="ignore")
def _on_paper(logits, temperature, subtracted=0.0):
    weights = np.exp(logits / temperature - subtracted)
    return weights / weights.sum()


def _plain(logits, temperature):
    return np.exp(np.subtract(logits, np.max(logits)) / temperature)


my_softmax = Exercise(
    name="03_my_softmax",
    question=(
        "Write a function `my_softmax(logits, temperature)` that returns the probabilities of an array of logits, and "
        "that survives logits in the thousands, above and below 0."
    ),
    answer=_reference,
    inputs=(
        (np.array([1.0, 2.0, 0.0]), 1.0),
        (np.array([1.0, 2.0, 0.0]), 4.0),
        (np.array(TEN_SCORES), 0.5),
        (np.array([1000.0, 999.0, 997.0]), 1.0),
        (np.array([-2000.0, -2001.0]), 1.0),
        (np.array([3000.0, -3000.0, 2999.0]), 2.0),
        (np.array([5.0, 5.0, 5.0, 5.0]), 0.1),
        (np.array([0.3, -0.3]), 10.0),
    ),
    names=("logits", "temperature"),
    not_finite="e^1000 is too large for a float, and e^−2000 is rounded to 0: subtract the largest logit first.",
    edges={
        "It goes wrong only for logits far from 0. Subtract the largest first: then no exponent is above 0, and "
        "nothing need be clipped or patched.": lambda logits, temperature: np.abs(logits).max() > 700,
        "It goes wrong only where T is not 1: divide the logits by T, before e^z.": lambda logits, temperature: (
            temperature != 1
        ),
    },
    mistakes=mistakes(
        ("e^1000 is too large for a float: subtract the largest logit first; that changes no probability.", _on_paper),
        (
            "Subtract the largest after dividing by T, or before both.",
            lambda z, t: _on_paper(z, t, np.max(z)),
        ),
        ("The logits are divided by their sum; take e^z of each first.", lambda z, t: z / (np.sum(z) or np.nan)),
        ("The logits are multiplied by the temperature; divide by it.", lambda z, t: _reference(z, 1 / t)),
        (
            "The temperature is not used, or cancels: divide the logits by it, before e^z.",
            lambda z, t: _reference(z, 1.0),
        ),
        not_normalised(_plain),
        ("The e^z are divided by their mean; divide by their sum.", lambda z, t: _reference(z, t) * len(z)),
        ("This is the logarithm of the probabilities.", lambda z, t: log_softmax(z / t)),
        ("This has base 2; softmax has base e.", lambda z, t: _reference(z, t / log(2))),
        ("Softmax is applied twice.", lambda z, t: _reference(_reference(z, t), 1.0)),
        ("The signs of the logits are turned over.", lambda z, t: _reference(-z, t)),
        ("This divides by T twice.", lambda z, t: _reference(z, t * t)),
        ("e^z is taken of |z|.", lambda z, t: _reference(np.abs(z), t)),
        (
            "This puts everything on the largest logit: that is the limit T → 0.",
            lambda z, t: (z == z.max()) / np.sum(z == z.max()),
        ),
        (
            "This is the sigmoid of each logit by itself: they do not sum to 1.",
            lambda z, t: expit(z / t),
        ),
        ("The probabilities are divided by T; the logits have to be, before e^z.", lambda z, t: _reference(z, 1.0) / t),
        (
            "The probabilities are multiplied by T; the logits have to be divided by it, before e^z.",
            lambda z, t: _reference(z, 1.0) * t,
        ),
        (
            "This is the class with the largest logit, as argmax has it; its probability is less than 1.",
            lambda z, t: np.eye(len(z))[np.argmax(z)],
        ),
        (
            "The logits are divided by the largest one; subtract it.",
            np.errstate(all="ignore")(lambda z, t: _reference(z / np.max(z), t)),
        ),
        (
            "The probabilities are raised to the power 1/T, and then do not sum to 1.",
            lambda z, t: _reference(z, 1.0) ** (1 / t),
        ),
        (
            "The logits are divided by the sum of their absolute values before softmax.",
            lambda z, t: _reference(z / np.sum(np.abs(z)), t),
        ),
        ("Softmax is of base 10 in your answer; it has base e.", lambda z, t: _reference(z * log(10), t)),
        ("The square root of T is taken.", lambda z, t: _reference(z, np.sqrt(t))),
        ("This is 1 minus the probabilities.", lambda z, t: 1 - _reference(z, t)),
    ),
    hints=(
        "Subtract the largest logit first: that changes no probability, and no exponent is above 0 any more.",
        "Then divide by the temperature, take `np.exp`, and divide by the sum.",
    ),
    solution_text=r"$e^{(z - \max z)/T}$, divided by its sum: the largest exponent is 0, so that nothing overflows.",
    code=(
        "def my_softmax(logits, temperature):\n"
        "    weights = np.exp((logits - np.max(logits)) / temperature)\n"
        "    return weights / weights.sum()"
    ),
)


_P, _OWN, _INTENSITY = np.array([0.7, 0.2, 0.1]), 1, 0.5
_ONE_HOT = np.eye(3)[_OWN]
_PUSH = _P - _ONE_HOT

pixel_gradient = Exercise(
    name="03_digits_pixel_gradient",
    called="lesson_03.pixel_gradient",
    question=(
        "A softmax regression with three classes, counted from 0, gives an image the probabilities 0.7, 0.2 and 0.1. "
        "Its label is class **1**. One of its pixels has the intensity 0.5. How does the loss of this image (in nats) "
        "change with that pixel's **three weights**, one for each class? The gradient: an array of three numbers."
    ),
    answer=_INTENSITY * _PUSH,
    mistakes=mistakes(
        (
            "This is p − one-hot, the gradient by the three scores. A weight moves its score by the pixel's intensity.",
            _PUSH,
        ),
        sign_forgotten(_INTENSITY * _PUSH),
        ("The one-hot vector is missing: subtract 1 from the label's probability.", _INTENSITY * _P),
        ("An index is off by one: in Python the first class has the index 0.", _INTENSITY * (_P - np.eye(3)[0])),
        ("In your answer the label is taken to be class 2; it is class 1.", _INTENSITY * (_P - np.eye(3)[2])),
        (
            "Only the label's weight gets a share in your answer; the other two scores enter Z, and push as well.",
            _INTENSITY * _PUSH * _ONE_HOT,
        ),
        (
            "This is the derivative by the probability, −1/p at the label; it still has to go through softmax.",
            -_INTENSITY * _ONE_HOT / _P[_OWN],
        ),
        (
            "This is p(1 − p), how each probability changes with its own score; how the loss changes is asked.",
            _INTENSITY * _P * (1 - _P),
        ),
        ("The probabilities are missing: p − one-hot, times the intensity.", -_INTENSITY * _ONE_HOT),
        ("This is the one-hot times the intensity: p − one-hot is to be multiplied by it.", _INTENSITY * _ONE_HOT),
        ("Divided by the intensity; a weight is multiplied by it.", _PUSH / _INTENSITY),
        bits_for_nats(_INTENSITY * _PUSH),
        ("1 is subtracted from every entry; only the label's probability loses it.", _INTENSITY * (_P - 1)),
        (
            "The last entry has not been multiplied by the intensity rightly, 0.1 · 0.5: look at its decimal point.",
            np.array([0.35, -0.4, 0.5]),
        ),
        ("The last entry has a 0 too many: 0.1 · 0.5.", np.array([0.35, -0.4, 0.005])),
        ("The intensity is added; a weight is multiplied by it.", _INTENSITY + _PUSH),
        ("The intensity is subtracted; a weight is multiplied by it.", _PUSH - _INTENSITY),
        (
            "This multiplies p by the intensity and then subtracts the one-hot; the intensity belongs to both.",
            _INTENSITY * _P - _ONE_HOT,
        ),
        ("This is one-hot − p, without the intensity; and the gradient has the other sign.", -_PUSH),
        ("These are the probabilities; subtract the one-hot, and multiply by the intensity.", _P),
        ("This is −1/p at the label, the derivative by the probability.", -_ONE_HOT / _P[_OWN]),
        (
            "This is −ln p of the label, up to its sign: the loss itself, whose gradient is asked for.",
            _ONE_HOT * np.log(_P[_OWN]),
        ),
        ("The label's entry is missing; it is p − 1, times the intensity.", _INTENSITY * _P * (1 - _ONE_HOT)),
        (
            "Only the label's score is there; the other two push as well, and a weight is multiplied by the intensity.",
            _PUSH * _ONE_HOT,
        ),
        ("The one-hot is added; subtract it.", _INTENSITY * (_P + _ONE_HOT)),
        ("This is divided by the number of classes; the loss of one image is not.", _INTENSITY * _PUSH / 3),
        ("The intensity is squared in your answer; a weight is multiplied by it once.", _INTENSITY**2 * _PUSH),
        ("The other two have the wrong sign.", np.array([-0.35, -0.4, -0.05])),
        ("The label's entry has the wrong sign: the label's weight is to grow.", np.array([0.35, 0.4, 0.05])),
        ("The last entry is missing: class 2 pushes as well.", np.array([0.35, -0.4, 0.0])),
        ("This is multiplied by −1/p as well, which p − one-hot has in it already.", _INTENSITY * _PUSH / _P[_OWN]),
        (
            "The intensity is subtracted at the label in place of 1; it multiplies the whole.",
            _P - _INTENSITY * _ONE_HOT,
        ),
        ("The entries of classes 1 and 2 are mixed up.", np.array([0.35, -0.05, 0.4])),
        ("The intensity is subtracted in place of the label's 1; it multiplies the whole.", _P - _INTENSITY),
        ("This is the intensity times −ln p; p − one-hot is needed there.", -_INTENSITY * np.log(_P)),
        (
            "This is the derivative of the label's probability, up to its sign; the loss is −ln of it.",
            _INTENSITY * _P[_OWN] * _PUSH,
        ),
    ),
    hints=(
        "The gradient by the three scores is p − one-hot. Write that down first.",
        "A score is the sum of intensity times weight over all pixels: by how much does it change if one weight does?",
    ),
    solution_text=(
        r"By the scores it is $p - \text{one-hot} = (0.7, -0.8, 0.1)$; by the chain rule each weight of this pixel "
        "gets that times the intensity 0.5. A step downhill raises the label's weight and lowers the other two, and "
        "the three changes add up to 0."
    ),
    code="0.5 * (np.array([0.7, 0.2, 0.1]) - np.array([0, 1, 0]))",
)
