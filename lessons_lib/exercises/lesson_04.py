"""What lesson 4 asks."""

from math import exp, log, log2

import numpy as np

from lessons_lib.exercise.core import Exercise, keyed, mistakes
from lessons_lib.exercise.mistakes import swapped
from lessons_lib.exercises.lesson_04_guesses import byte, floor, how_many, soft
from lessons_lib.exercises.lesson_04_losses import batchmean, conditional, gradient
from lessons_lib.maths.measures import cross_entropy, entropy, kl_divergence
from lessons_lib.maths.stable import softmax

_NATS = 1.2

in_bits = Exercise(
    name="04_in_bits",
    question="A test set's mean negative log-likelihood is 1.2 **nats** for each example. How many **bits** is that?",
    answer=_NATS / log(2),
    mistakes=mistakes(
        (
            "This is upside down: a nat is more than a bit, so there are more bits than nats. Divide by ln 2.",
            _NATS * log(2),
        ),
        ("This is still in nats.", _NATS),
        ("This is the logarithm of the loss; the loss is a logarithm already, and only its unit changes.", log2(_NATS)),
        ("This is e to the loss, the perplexity; it has no unit.", exp(_NATS)),
        ("This is 2 to the loss; only the unit changes.", 2**_NATS),
        ("This divides by ln 10, as for base 10; bits have base 2.", _NATS / log(10)),
        ("This multiplies by ln 10; bits have base 2.", _NATS * log(10)),
        ("This is −log of the loss.", -log(_NATS)),
        ("This is one nat in bits; the loss has 1.2 of them.", 1 / log(2)),
    ),
    hints=(
        "−log₂ p = −ln p / ln 2.",
        "ln 2 is about 0.69. Dividing by it makes the number greater.",
    ),
    solution_text=rf"$1.2 / \ln 2 = {_NATS / log(2):.3f}$ bits: a nat is $1/\ln 2 = {1 / log(2):.3f}$ bits.",
    code="1.2 / np.log(2)",
)

_P, _Q = np.array([0.5, 0.4, 0.1]), np.array([0.2, 0.4, 0.4])
_three = keyed("H(p)", "H(p, q)", "KL")


def _of(p, q, scale: float = log(2)) -> dict[str, float]:
    h, cross = -np.sum(p * np.log(p)) / scale, -np.sum(p * np.log(q)) / scale
    return _three(h, cross, cross - h)


_H, _CROSS, _KL = entropy(_P, base=2), cross_entropy(_P, _Q, base=2), kl_divergence(_P, _Q, base=2)

three_names = Exercise(
    name="04_three_names",
    question=(
        "What happens has the probabilities p = (0.5, 0.4, 0.1), the model says q = (0.2, 0.4, 0.4). Entropy of p, "
        "cross-entropy, and KL(p‖q), in **bits**? A dictionary with the keys "
        '`"H(p)"`, `"H(p, q)"`, `"KL"`.'
    ),
    answer=_three(_H, _CROSS, _KL),
    mistakes=mistakes(
        ("These are nats; the question asks for bits.", _of(_P, _Q, 1.0)),
        ("These are decimal digits (base 10); the question asks for bits.", _of(_P, _Q, log(10))),
        swapped(_of(_Q, _P)),
        (
            "In the cross-entropy p and q are swapped: the average is over p, the surprisal is q's.",
            _three(_H, cross_entropy(_Q, _P, base=2), _KL),
        ),
        (
            "KL(q‖p) is given for KL(p‖q): p comes first, it does the averaging.",
            _three(_H, _CROSS, kl_divergence(_Q, _P, base=2)),
        ),
        ("The KL here is the cross-entropy: H(p) is still to be subtracted.", _three(_H, _CROSS, _CROSS)),
        ("The cross-entropy here is the entropy of p once more: the surprisal has to be q's.", _three(_H, _H, _KL)),
        ("The cross-entropy here is the KL: H(p) belongs to it.", _three(_H, _KL, _KL)),
        ("The KL has the wrong sign: it is H(p, q) − H(p), never below 0.", _three(_H, _CROSS, -_KL)),
        ("All signs are turned over: surprisal is −log.", _three(-_H, -_CROSS, -_KL)),
        (
            "This subtracts the entropy of q; KL(p‖q) = H(p, q) − H(p).",
            _three(_H, _CROSS, _CROSS - entropy(_Q, base=2)),
        ),
        ("These are sums divided by 3: the weights p do the averaging already.", _three(_H / 3, _CROSS / 3, _KL / 3)),
        (
            "The surprisals are averaged with equal weights here; the weights are p.",
            _three(float(-np.log2(_P).mean()), float(-np.log2(_Q).mean()), float(np.log2(_P / _Q).mean())),
        ),
        ("The KL is in nats, as torch's kl_div gives it; bits are asked for.", _three(_H, _CROSS, _KL * log(2))),
        ("The cross-entropy is in nats; bits are asked for.", _three(_H, _CROSS * log(2), _KL)),
        (
            "The KL is in nats, and divided by the three outcomes, as kl_div does by default.",
            _three(_H, _CROSS, _KL * log(2) / 3),
        ),
        (
            "In the cross-entropy q went through softmax: torch's cross_entropy wants logits.",
            _three(_H, cross_entropy(_P, softmax(_Q), base=2), _KL),
        ),
    ),
    hints=(
        "Each is a mean over p: of −log₂ p, of −log₂ q, of log₂(p/q).",
        "Two of them are enough: KL(p‖q) = H(p, q) − H(p).",
    ),
    solution_text=rf"${_H:.3f}$, ${_CROSS:.3f}$ and, as their difference, ${_KL:.3f}$ bits.",
    code=(
        "{\n"
        '    "H(p)": -np.sum([0.5, 0.4, 0.1] * np.log2([0.5, 0.4, 0.1])),\n'
        '    "H(p, q)": -np.sum([0.5, 0.4, 0.1] * np.log2([0.2, 0.4, 0.4])),\n'
        '    "KL": np.sum([0.5, 0.4, 0.1] * np.log2([0.5 / 0.2, 0.4 / 0.4, 0.1 / 0.4])),\n'
        "}"
    ),
)


def _terms(p, q):
    return p * np.log(p / q)


def _counted(p, q, term) -> float:
    """Sum of a term over the outcomes that can happen."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    counts = p > 0
    return float(np.sum(term(p[counts], q[counts])))


@np.errstate(all="ignore")
def _as_typed(p, q):
    return np.sum(p * np.log(p / q))


my_kl = Exercise(
    name="04_my_kl",
    question=(
        "Write a function `my_kl(p, q)` that returns KL(p‖q) in **nats**, for two arrays of probabilities. Where p is "
        "0, an outcome adds 0, whatever q is. (q is never 0 where p is not.)"
    ),
    answer=lambda p, q: kl_divergence(p, q),
    inputs=(
        (np.array([0.3, 0.7]), np.array([0.6, 0.4])),
        (np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.5, 0.3])),
        (np.array([0.0, 1.0, 0.0]), np.array([0.2, 0.6, 0.2])),
        (np.array([0.5, 0.5, 0.0]), np.array([0.4, 0.4, 0.2])),
        (np.array([0.5, 0.0, 0.5]), np.array([0.25, 0.0, 0.75])),
        (np.array([0.25, 0.25, 0.25, 0.25]), np.array([0.25, 0.25, 0.25, 0.25])),
        (np.array([0.98, 0.01, 0.01]), np.array([0.01, 0.01, 0.98])),
    ),
    names=("p", "q"),
    atol=1e-9,
    not_finite="0 · log 0 gives nan in numpy. Where p is 0, the outcome adds 0: keep only those with p > 0.",
    mistakes=mistakes(
        (
            "0 · log 0 gives nan in numpy. Keep only the outcomes with p > 0: `p[p > 0]` and `q[p > 0]`.",
            _as_typed,
        ),
        ("This is in bits; the question asks for nats.", lambda p, q: kl_divergence(p, q) / log(2)),
        ("This is the last term alone; add them all up.", lambda p, q: _counted(p[-1:], q[-1:], _terms)),
        (
            "Here q is not a logarithm, as with torch's kl_div given probabilities: it wants log q.",
            lambda p, q: _counted(p, q, lambda p, q: p * (np.log(p) - q)),
        ),
        (
            "The outcomes are weighted with q; p does the averaging.",
            lambda p, q: _counted(p, q, lambda p, q: q * np.log(p / q)),
        ),
        ("The sign is turned over: log(p/q), not log(q/p).", lambda p, q: -kl_divergence(p, q)),
        ("This is the cross-entropy; H(p) is still to be subtracted.", lambda p, q: cross_entropy(p, q)),
        swapped(lambda p, q: kl_divergence(q, p)),
        (
            "Here p and q are swapped, in the weights and in the quotient.",
            lambda p, q: _counted(p, q, lambda p, q: q * np.log(q / p)),
        ),
        ("This is the entropy of p; q has no say in it.", lambda p, q: entropy(p)),
        (
            "The weights p are missing: log(p/q) is to be averaged over p.",
            lambda p, q: _counted(p, q, lambda p, q: np.log(p / q)),
        ),
        (
            "This is divided by the number of outcomes; the weights p do the averaging already.",
            lambda p, q: kl_divergence(p, q) / len(p),
        ),
        (
            "Negative terms are made positive here; they belong to the sum as they are.",
            lambda p, q: _counted(p, q, lambda p, q: np.abs(p * np.log(p / q))),
        ),
        (
            "Negative terms are left out here; they belong to the sum.",
            lambda p, q: _counted(p, q, lambda p, q: np.maximum(p * np.log(p / q), 0)),
        ),
        (
            "This is the log of an average; KL is the average of the logs.",
            lambda p, q: log(_counted(p, q, lambda p, q: p * p / q)),
        ),
        (
            "This is Σ (p − q)²; the logarithm is missing.",
            lambda p, q: float(np.sum((np.asarray(p) - q) ** 2)),
        ),
    ),
    hints=(
        "Keep only the outcomes with p > 0: `p[p > 0]` and `q[p > 0]`.",
        "Then sum p log(p/q) with `np.log`.",
    ),
    solution_text="The sum runs over the outcomes that can happen; 0 log 0 never comes up.",
    code=("def my_kl(p, q):\n    counts = p > 0\n    return np.sum(p[counts] * np.log(p[counts] / q[counts]))"),
)

EXERCISES = (in_bits, three_names, my_kl, gradient, conditional, batchmean)
PREDICTIONS = (how_many, floor, soft, byte)
