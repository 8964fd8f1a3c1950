"""What lesson 2 asks."""

from math import exp, log

import numpy as np

from lessons_lib.exercise.core import Exercise, mistakes
from lessons_lib.exercise.mistakes import (
    bits_for_nats,
    log10_for_nats,
    mean_for_sum,
    odds_for_probability,
    probability_for_odds,
    product_for_sum,
    sign_forgotten,
    sum_for_mean,
    swapped,
)
from lessons_lib.maths.floats import FORMATS, underflow
from lessons_lib.maths.stable import log_sum_exp

_SINGLE, _DOUBLE = FORMATS["float32"], FORMATS["float64"]
_GIVEN = [0.5, 0.1, 0.9, 0.25]
_NLL = -float(np.sum(np.log(_GIVEN)))

nll = Exercise(
    name="02_nll",
    question=(
        "A model gave four examples' own labels the probabilities 0.5, 0.1, 0.9 and 0.25. What is their **negative "
        "log-likelihood**: the sum over the examples, in nats?"
    ),
    answer=_NLL,
    mistakes=mistakes(
        bits_for_nats(_NLL),
        log10_for_nats(_NLL),
        mean_for_sum(_NLL, 4),
        sign_forgotten(_NLL),
        ("This is the likelihood, the product itself; its negative logarithm is asked for.", exp(-_NLL)),
        product_for_sum(-np.log(_GIVEN)),
        ("This is the sum of the probabilities; their logarithms are to be added.", sum(_GIVEN)),
        ("In your answer the probabilities are added before the logarithm is taken.", -log(sum(_GIVEN))),
        ("In your answer the mean of the probabilities is taken before the logarithm.", -log(np.mean(_GIVEN))),
        (
            "These are the surprisals of what did not come: 1 − p in place of p.",
            -float(np.sum(np.log1p(-np.array(_GIVEN)))),
        ),
        ("This is the perplexity, e to the mean.", exp(_NLL / 4)),
        (
            "Each −ln p is weighted with p, as in an entropy; each example counts once.",
            -float(np.dot(_GIVEN, np.log(_GIVEN))),
        ),
        (
            "Each −log₂ p is weighted with p, as in an entropy; each example counts once.",
            -float(np.dot(_GIVEN, np.log2(_GIVEN))),
        ),
        ("This is the mean of 1 − p; the loss is a sum of −ln p.", 1 - float(np.mean(_GIVEN))),
        ("This is the sum of 1 − p; each example contributes −ln p.", 4 - sum(_GIVEN)),
        ("This is minus the sum of the probabilities, as nll_loss has it of what is no logarithm.", -sum(_GIVEN)),
        ("This is minus the mean of the probabilities; their logarithms are missing.", -float(np.mean(_GIVEN))),
        ("This is the mean of the probabilities; the sum of their −ln is asked for.", float(np.mean(_GIVEN))),
        ("This is the mean, in bits; the sum in nats is asked for.", _NLL / 4 / log(2)),
        ("This is the mean, to base 10; the sum in nats is asked for.", _NLL / 4 / log(10)),
        ("This divides by three; the sum is asked for.", _NLL / 3),
        ("The last example is missing.", -log(0.5 * 0.1 * 0.9)),
        ("This is the first example's alone.", -log(0.5)),
        ("This is −ln of 1 minus the likelihood.", -log(1 - exp(-_NLL))),
        ("This is the sum of (1 − p)²; each example contributes −ln p.", float(np.sum(np.subtract(1, _GIVEN) ** 2))),
        ("This is the product of 1 − p; the model gave the labels p.", float(np.prod(np.subtract(1, _GIVEN)))),
        (
            "This adds what did not come too; each example has one label of its own.",
            _NLL - float(np.sum(np.log1p(-np.array(_GIVEN)))),
        ),
        (
            "Where p is below ½ your answer takes 1 − p; p is what the model gave to the label, small or not.",
            -float(np.sum(np.log(np.maximum(_GIVEN, np.subtract(1, _GIVEN))))),
        ),
    ),
    hints=(
        "Each example contributes −ln of the probability that its own label got.",
        "The natural logarithm is `np.log`. Is the sum asked for, or the mean?",
    ),
    solution_text=r"$-\sum_i \ln p_i = -\ln(0.5 \cdot 0.1 \cdot 0.9 \cdot 0.25) = -\ln 0.01125$.",
    code="-np.sum(np.log([0.5, 0.1, 0.9, 0.25]))",
)


def _fate(p: float, what: str, less: int = 0) -> dict[str, int]:
    """Return when this happens to products of p in both formats."""
    formats = {"float32": _SINGLE, "float64": _DOUBLE}
    return {name: getattr(underflow(p, 2000, form), what) - less for name, form in formats.items()}


_ZERO, _SUBNORMAL = _fate(0.1, "zero"), _fate(0.1, "subnormal")

tenths = Exercise(
    name="02_tenths",
    question=(
        "A product of factors **0.1**, multiplied one after another: with which factor, counted from 1, does it become "
        'exactly 0? A dictionary with the keys `"float32"` and `"float64"`; reason it out, or let a loop count.'
    ),
    answer=_ZERO,
    mistakes=mistakes(
        ("This is the last factor that leaves the product above 0; the next one makes it 0.", _fate(0.1, "zero", 1)),
        ("This counts one factor too many.", _fate(0.1, "zero", -1)),
        (
            "With these the product leaves the normal numbers; below them lie the subnormal ones, and only then 0.",
            _SUBNORMAL,
        ),
        (
            "These are one more than the powers of ten of the normal numbers; below them lie the subnormal ones.",
            {name: count + 1 for name, count in _SUBNORMAL.items()},
        ),
        swapped({"float32": _ZERO["float64"], "float64": _ZERO["float32"]}, "the two formats"),
        (
            "These are the decimal digits of the two formats; how small a number can be is another matter.",
            {"float32": 7, "float64": 16},
        ),
        ("This is for factors of ½, one power of two each; 0.1 is more than three of them.", _fate(0.5, "zero")),
        ("This is for factors of ¼.", _fate(0.25, "zero")),
        (
            "Both are float64's: write the factor as np.float32(0.1), and keep the product a float32.",
            dict.fromkeys(_ZERO, _ZERO["float64"]),
        ),
        (
            "You ask when the product would be less than the smallest number; anything above half of that is still "
            "rounded up to it.",
            {"float32": 45, "float64": 324},
        ),
        (
            "These are the powers of two of the smallest number; a factor of 0.1 is more than three of them.",
            {"float32": 149, "float64": 1074},
        ),
        (
            "These are powers of two of the normal numbers; a factor of 0.1 is more than three of them.",
            {"float32": 126, "float64": 1022},
        ),
        (
            "These are the bits of the two formats; how small a number can be is up to the exponent.",
            {"float32": 32, "float64": 64},
        ),
        (
            "These are the bits of the mantissa; how small a number can be is up to the exponent.",
            {"float32": 23, "float64": 52},
        ),
        (
            "These are the bits of the mantissa, the hidden one too; the exponent decides.",
            {"float32": 24, "float64": 53},
        ),
        (
            "These are the decimal digits that a format surely keeps; the exponent decides.",
            {"float32": 6, "float64": 15},
        ),
        (
            "These are the decimal digits that tell any two numbers apart; the exponent decides.",
            {"float32": 9, "float64": 17},
        ),
        ("Both are float32's: float64 goes on for much longer.", dict.fromkeys(_ZERO, _ZERO["float32"])),
        (
            "These are powers of ten; how many factors there are is asked for, a number above 0.",
            {"float32": -45, "float64": -324},
        ),
        (
            "These are the powers of ten of the smallest normal numbers; below them lie the subnormal ones.",
            {"float32": 37, "float64": 307},
        ),
        (
            "These are the powers of two of the largest numbers; ask for the smallest.",
            {"float32": 128, "float64": 1024},
        ),
        (
            "There the subnormal numbers begin, and float32's is right.",
            {**_ZERO, "float64": _SUBNORMAL["float64"]},
        ),
        (
            "There the subnormal numbers begin, and float64's is right.",
            {**_ZERO, "float32": _SUBNORMAL["float32"]},
        ),
        (
            "These are the powers of ten of the smallest number, rounded down; the product lives a little longer.",
            {"float32": 44, "float64": 323},
        ),
        (
            "Numbers become no smaller than the smallest one: at some time the product is rounded to 0.",
            dict.fromkeys(_ZERO, float("inf")),
        ),
        (
            "These are the largest exponents of 2; factors of 0.1 are counted, down to the smallest numbers.",
            {"float32": 127, "float64": 1023},
        ),
        (
            "These come of the precision, the digits next to 1; here small numbers are counted down to 0.",
            {"float32": 8, "float64": 17},
        ),
        (
            "A natural logarithm is taken; factors of 0.1 are counted with the one to base 10.",
            {"float32": 104, "float64": 745},
        ),
    ),
    hints=(
        "The smallest number above 0 is 2⁻¹⁴⁹ ≈ 1.4 × 10⁻⁴⁵ in float32, and 2⁻¹⁰⁷⁴ ≈ 4.9 × 10⁻³²⁴ in float64.",
        "A loop: `product = kind(1)`, then `product = product * kind(0.1)` until it is 0, with `kind = np.float32`.",
    ),
    solution_text=(
        "The running product goes on through the subnormal numbers, down to the smallest one; a tenth of that is "
        "nearer to 0 than to it."
    ),
    code=(
        "{\n    kind.__name__: int(np.argmax(np.multiply.accumulate(np.full(400, 0.1, kind)) == 0)) + 1\n"
        "    for kind in (np.float32, np.float64)\n}"
    ),
    rtol=1e-4,
)


def _log_sum_exp(x):
    return float(log_sum_exp(x))


log_sum = Exercise(
    name="02_log_sum_exp",
    called="lesson_02.log_sum",
    question=(
        "Write a function `my_log_sum_exp(x)` that returns log Σ eˣ (in nats) of an array of at least one number, and "
        "that survives entries like 1000 and −1000."
    ),
    answer=_log_sum_exp,
    inputs=(
        (np.array([0.0, 0.0, 0.0]),),
        (np.array([2.0, 1.0, 0.1]),),
        (np.array([-3.5]),),
        (np.array([1000.0, 1000.0]),),
        (np.array([-1000.0, -1001.0]),),
        (np.array([-2000.0, 0.5, 2000.0]),),
        (np.array([5.0, -5.0, 3.0, 4.0]),),
    ),
    names=("x",),
    edges={
        "It goes wrong only for entries far from 0. Subtract the largest first: then no exponent is above 0, and "
        "nothing need be clipped.": lambda x: np.abs(x).max() > 700,
    },
    mistakes=mistakes(
        (
            "e^1000 is too large and e^−1000 too small for a float: subtract the largest entry first.",
            np.errstate(all="ignore")(lambda x: float(np.log(np.sum(np.exp(x))))),
        ),
        ("The largest entry is subtracted, but not added back.", lambda x: _log_sum_exp(x) - float(np.max(x))),
        ("This is the log of the mean: nothing is to be divided by n.", lambda x: _log_sum_exp(x) - log(len(x))),
        ("This is the largest entry alone.", lambda x: float(np.max(x))),
        ("This is in bits; nats are asked for.", lambda x: _log_sum_exp(x) / log(2)),
        (
            "The log of the sum is in bits, and the largest entry is added in nats: use np.log.",
            lambda x: float(np.max(x) + (_log_sum_exp(x) - np.max(x)) / log(2)),
        ),
        (
            "The exponentials are missing: this is the logarithm of the sum of the entries themselves.",
            np.errstate(all="ignore")(lambda x: float(np.log(np.sum(x)))),
        ),
        ("The logarithm is missing.", np.errstate(over="ignore")(lambda x: float(np.sum(np.exp(x))))),
        (
            "This is the sum of the entries, as Σ log eˣ is: the logarithm is to be taken once, of the sum of the eˣ.",
            lambda x: float(np.sum(x)),
        ),
        (
            "The smallest entry is subtracted; the largest one must go, so that no exponent is above 0.",
            np.errstate(over="ignore")(lambda x: float(np.min(x) + np.log(np.sum(np.exp(x - np.min(x)))))),
        ),
        (
            "The largest entry is subtracted once more at the end; add it.",
            lambda x: _log_sum_exp(x) - 2 * float(np.max(x)),
        ),
        (
            "The largest entry is added, though none was subtracted before.",
            lambda x: _log_sum_exp(x) + float(np.max(x)),
        ),
        (
            "This has base 2, in the power too: log₂ Σ 2ˣ; base e is asked for.",
            lambda x: _log_sum_exp(np.multiply(x, log(2))) / log(2),
        ),
        (
            "This is log(1 + Σ), as of log1p; there is no 1 to be added.",
            lambda x: float(np.max(x) + np.log1p(np.sum(np.exp(x - np.max(x))))),
        ),
        ("This is log(1 + Σ eˣ), as of log1p; there is no 1 to be added.", lambda x: _log_sum_exp(np.append(x, 0.0))),
        (
            "The largest entry is multiplied to the logarithm; it has to be added.",
            lambda x: float(np.max(x)) * (_log_sum_exp(x) - float(np.max(x))),
        ),
        (
            "The logarithm is missing: the largest entry is added to the sum of the rest.",
            lambda x: float(np.max(x) + np.sum(np.exp(x - np.max(x)))),
        ),
        ("This is the mean of the entries.", lambda x: float(np.mean(x))),
        ("The signs of the entries are turned over.", lambda x: _log_sum_exp(np.negative(x))),
        ("The first entry is left out.", lambda x: _log_sum_exp(x[1:]) if len(x) > 1 else -np.inf),
        (
            "The smallest entry is added back in place of the largest.",
            lambda x: _log_sum_exp(x) - float(np.max(x) - np.min(x)),
        ),
    ),
    hints=(
        "Σ eˣ = eᵐ Σ eˣ⁻ᵐ for any m. Take the logarithm of both sides.",
        "With m the largest entry, every exponent is at most 0 and one is 0: nothing overflows, and the sum is not 0.",
    ),
    solution_text=r"$\log \sum_i e^{x_i} = m + \log \sum_i e^{x_i - m}$ with $m = \max_i x_i$.",
    rtol=1e-6,
    not_finite="e^1000 is too large and e^−1000 too small, epsilon or not: subtract the largest entry first.",
    code="def my_log_sum_exp(x):\n    m = np.max(x)\n    return m + np.log(np.sum(np.exp(x - m)))",
)

_HEADS, _TOSSES, _THETA = 2, 10, 0.6
_SHARE = _HEADS / _TOSSES
_GRADIENT = -_SHARE / _THETA + (1 - _SHARE) / (1 - _THETA)

gradient = Exercise(
    name="02_gradient",
    question=(
        "A coin shows 2 heads in 10 tosses. What is the derivative of the **mean negative log-likelihood** (in nats) "
        "with respect to **θ**, at θ = 0.6?"
    ),
    answer=_GRADIENT,
    mistakes=mistakes(
        sum_for_mean(_GRADIENT, _TOSSES),
        sign_forgotten(_GRADIENT),
        bits_for_nats(_GRADIENT),
        ("This is the derivative with respect to the logit, θ − k/n; with respect to θ is asked.", _THETA - _SHARE),
        swapped(-(1 - _SHARE) / _THETA + _SHARE / (1 - _THETA), "heads and tails"),
        ("Only the heads contribute in your answer.", -_SHARE / _THETA),
        ("Only the tails contribute in your answer.", (1 - _SHARE) / (1 - _THETA)),
        (
            "The inner derivative of log(1 − θ) is missing: it is −1/(1 − θ).",
            -_SHARE / _THETA - (1 - _SHARE) / (1 - _THETA),
        ),
        (
            "This is the mean negative log-likelihood itself; its derivative is asked for.",
            -_SHARE * log(_THETA) - (1 - _SHARE) * log(1 - _THETA),
        ),
        ("This is the distance to the best θ, k/n − θ.", _SHARE - _THETA),
        ("The difference is divided by 2 and then multiplied by h: write / (2 * h), with brackets.", _GRADIENT * 1e-12),
        ("Both sides moved by h: divide by 2h, not by h.", 2 * _GRADIENT),
        ("The difference of the two losses is there; it is still to be divided by 2h.", 2e-6 * _GRADIENT),
        ("This is the sum over the tosses of the derivative with respect to the logit.", _TOSSES * (_THETA - _SHARE)),
        ("This is 1/(θ(1 − θ)), without the distance θ − k/n.", 1 / (_THETA * (1 - _THETA))),
        (
            "This is multiplied by θ(1 − θ); divide by it, for the derivative is with respect to θ.",
            (_THETA - _SHARE) * _THETA * (1 - _THETA),
        ),
        (
            "This is the sum of the losses; the derivative of their mean is asked for.",
            -_HEADS * log(_THETA) - 8 * log(1 - _THETA),
        ),
        ("The tails are divided by θ in your answer; their factor is 1 − θ.", -_SHARE / _THETA + (1 - _SHARE) / _THETA),
        ("The tails are not divided by 1 − θ.", -_SHARE / _THETA + 1 - _SHARE),
        ("This divides by (1 − θ)², where it is θ(1 − θ).", (_THETA - _SHARE) / (1 - _THETA) ** 2),
        ("This is the share of heads, where the derivative would be 0.", _SHARE),
        ("This is the log-odds of the coin; the derivative of the loss is asked for.", log(_THETA / (1 - _THETA))),
        ("Only the heads contribute in your answer, and their sum; the mean over all is asked for.", -_HEADS / _THETA),
        ("Only the tails contribute in your answer, and their sum; the mean over all is asked for.", 8 / (1 - _THETA)),
        (
            "θ and 1 − θ are exchanged: heads are divided by θ, tails by 1 − θ.",
            -_SHARE / (1 - _THETA) + (1 - _SHARE) / _THETA,
        ),
        ("The derivative is 0 at the best θ; it is asked for at θ = 0.6.", 0.0),
        ("The tails are in it as often as the heads are in it; 8 of 10 tosses are tails.", 1.5),
        ("θ and the share of heads are exchanged: θ is 0.6, and 2 of 10 are heads.", -_THETA / _SHARE + 0.4 / 0.8),
        (
            "This is the second derivative, the curvature; the first is asked for.",
            _SHARE / _THETA**2 + (1 - _SHARE) / (1 - _THETA) ** 2,
        ),
    ),
    hints=(
        "The mean is −(k/n) ln θ − (1 − k/n) ln(1 − θ). Without calculus: move θ by h = 1e-6 to both sides, "
        "`(loss(0.6 + h) - loss(0.6 - h)) / (2 * h)`, as in the cell *by finite differences*.",
        "The derivative of ln θ is 1/θ, and of ln(1 − θ) it is −1/(1 − θ).",
    ),
    solution_text=r"$-\dfrac{k/n}{\theta} + \dfrac{1 - k/n}{1 - \theta} = -\dfrac{0.2}{0.6} + \dfrac{0.8}{0.4}$.",
    code="-0.2 / 0.6 + 0.8 / 0.4",
)


_PRIOR, _RATIOS = 0.1, np.array([8, 0.5, 6])
_ODDS = _PRIOR / (1 - _PRIOR) * np.cumprod(_RATIOS)


def _odds_to_p(odds):
    return odds / (1 + odds)


_POSTERIOR = _odds_to_p(_ODDS)

evidence = Exercise(
    name="02_evidence",
    question=(
        "One message in ten is spam. Three words come, each independent of the others given the kind of message; they "
        "are **8 times**, **half** and **6 times** as probable in spam as in genuine messages. What is the probability "
        "of spam after the first word, after the second, after the third? A list or array of three numbers."
    ),
    answer=_POSTERIOR,
    mistakes=mistakes(
        odds_for_probability(_POSTERIOR),
        ("These are the log-odds in nats; turn them into probabilities.", np.log(_ODDS)),
        ("These are the log-odds in bits; turn them into probabilities.", np.log2(_ODDS)),
        (
            "A ratio multiplies the odds; your answer multiplies the probability, which may then exceed 1.",
            _PRIOR * np.cumprod(_RATIOS),
        ),
        (
            "Each word is taken alone in your answer; the evidence adds up.",
            _PRIOR * _RATIOS / (1 - _PRIOR + _PRIOR * _RATIOS),
        ),
        (
            "One in ten is forgotten: before any word the odds are 1 to 9, not 1 to 1.",
            probability_for_odds(np.cumprod(_RATIOS))[1],
        ),
        ("One in ten means odds of 1 to 9, not 1 to 10.", probability_for_odds(0.1 * np.cumprod(_RATIOS))[1]),
        swapped(1 - _POSTERIOR, "spam and genuine"),
        ("These are the ratios multiplied up; begin with the odds of spam, 1 : 9.", np.cumprod(_RATIOS)),
        (
            "The ratios are multiplied up from 10; begin with the odds of spam, 1 : 9.",
            np.cumprod(_RATIOS) * 10,
        ),
        ("In your answer log-odds in bits go into a sigmoid that wants nats.", 1 / (1 + np.exp(-np.log2(_ODDS)))),
        (
            "The ratios are added; their logarithms add, they themselves multiply.",
            probability_for_odds(np.cumsum(_RATIOS) / 9)[1],
        ),
        (
            "The ratios are upside down: all three say how much more probable a word is in spam.",
            probability_for_odds(1 / 9 / np.cumprod(_RATIOS))[1],
        ),
        ("Each word alone, and as odds; the evidence adds up, and probabilities are asked for.", _RATIOS / 9),
        ("One in ten is forgotten, and each word is taken alone.", _RATIOS / (1 + _RATIOS)),
        ("This multiplies one in ten by each ratio alone; a ratio multiplies the odds so far.", _PRIOR * _RATIOS),
        ("One in ten is multiplied in with every word; it counts once.", np.cumprod(_PRIOR * _RATIOS)),
        ("These are logarithms of the ratios; the evidence adds up, and probabilities are asked for.", np.log(_RATIOS)),
        (
            "These are log-ratios added up; the prior's log-odds are missing, and the way back to a probability.",
            np.cumsum(np.log(_RATIOS)),
        ),
        ("Log-odds to base 10 go into a sigmoid that wants nats.", 1 / (1 + np.exp(-np.log10(_ODDS)))),
        (
            "The ratios are added to the log-odds; add their logarithms.",
            1 / (1 + np.exp(-(log(1 / 9) + np.cumsum(_RATIOS)))),
        ),
        (
            "A ratio multiplies the odds; your answer multiplies the probability, cut off at 1.",
            np.minimum(_PRIOR * np.cumprod(_RATIOS), 1),
        ),
        ("The ratios are in bits, the prior in nats.", 1 / (1 + np.exp(-(log(1 / 9) + np.cumsum(np.log2(_RATIOS)))))),
        (
            "The prior is upside down: one message in ten is spam, odds of 1 to 9.",
            probability_for_odds(9 * np.cumprod(_RATIOS))[1],
        ),
        (
            "Half counts for nothing or as 2; it speaks against spam.",
            probability_for_odds(np.cumprod([8, 2, 6]) / 9)[1],
        ),
        ("The first word is the only one that counts in your answer.", np.full(3, 8 / 17)),
        (
            "The mean of the ratios is taken; they multiply.",
            probability_for_odds(np.cumsum(_RATIOS) / np.arange(1, 4) / 9)[1],
        ),
        (
            "This begins with the prior itself; after the first word it has changed already.",
            np.array([0.1, 8 / 17, 4 / 13]),
        ),
        (
            "The second word counts for nothing in your answer; half is evidence against spam.",
            probability_for_odds(np.cumprod([8, 1, 6]) / 9)[1],
        ),
        ("Each ratio has got 1 added; 8 times is 8, not 9.", probability_for_odds(np.cumprod([9, 0.5, 7]) / 9)[1]),
        ("The last ratio is upside down.", _odds_to_p(_PRIOR / (1 - _PRIOR) * np.cumprod([8, 0.5, 1 / 6]))),
        ("The first ratio is upside down.", _odds_to_p(_PRIOR / (1 - _PRIOR) * np.cumprod([1 / 8, 0.5, 6]))),
        (
            "The words are taken in another order: after 8 times comes half.",
            _odds_to_p(_PRIOR / (1 - _PRIOR) * np.cumprod([8, 6, 0.5])),
        ),
        (
            "Half as probable multiplies the odds by ½; your answer takes half as much again.",
            _odds_to_p(_PRIOR / (1 - _PRIOR) * np.cumprod([8, 1.5, 6])),
        ),
        (
            "After the first word the probability is multiplied; every ratio multiplies the odds.",
            _POSTERIOR[0] * np.array([1, 0.5, 3]),
        ),
    ),
    hints=(
        "Begin with the log-odds, log(0.1/0.9), and add the logarithm of each word's ratio.",
        "From log-odds s back to the probability: 1 / (1 + e^−s).",
    ),
    solution_text=(
        r"$\log\dfrac{P}{1-P} = \log\dfrac{0.1}{0.9} + \log 8 + \log\tfrac12 + \log 6$: each word adds its own term."
    ),
    code="1 / (1 + np.exp(-(np.log(0.1 / 0.9) + np.cumsum(np.log([8, 0.5, 6])))))",
)
