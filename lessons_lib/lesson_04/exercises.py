"""What lesson 4 asks."""

from math import exp, log, log2

import numpy as np

from lessons_lib.exercise.core import Exercise, keyed, mistakes
from lessons_lib.exercise.mistakes import bits_for_nats, sum_for_mean, swapped
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
        ("This divides by 8, as from bits to bytes; nats become bits.", _NATS / 8),
        ("This multiplies by 8, as from bytes to bits; nats become bits.", _NATS * 8),
        ("This is 2 to minus the loss, a probability; only the unit changes.", 2**-_NATS),
        ("This is e to minus the loss, the geometric mean of the probabilities; only the unit changes.", exp(-_NATS)),
        ("This divides by 2; the bases are e and 2, so divide by ln 2.", _NATS / 2),
        ("This multiplies by 2; the bases are e and 2, so divide by ln 2.", _NATS * 2),
        ("ln 2 is added; divide by it.", _NATS + log(2)),
        ("ln 2 is subtracted; divide by it.", _NATS - log(2)),
        ("This multiplies by e.", _NATS * exp(1)),
        ("This divides by e; divide by ln 2.", _NATS / exp(1)),
        ("This is ln 2, how many nats a bit has.", log(2)),
        ("This is the logarithm of the loss to base 10; only the unit changes.", log(_NATS) / log(10)),
        ("This is the natural logarithm of the loss; only the unit changes.", log(_NATS)),
        ("This divides by ln 2 twice.", _NATS / log(2) ** 2),
        ("This divides by log₁₀ 2; nats have base e, so divide by ln 2.", _NATS * log(10) / log(2)),
        ("This is rounded up to whole bits; a loss is a mean, and need not be whole.", 2.0),
    ),
    hints=(
        "−log₂ p = −ln p / ln 2.",
        "ln 2 is about 0.69. Dividing by it makes the number larger.",
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
        ("All signs are flipped: surprisal is −log.", _three(-_H, -_CROSS, -_KL)),
        (
            "This subtracts the entropy of q; KL(p‖q) = H(p, q) − H(p).",
            _three(_H, _CROSS, _CROSS - entropy(_Q, base=2)),
        ),
        ("These are sums divided by 3: the weights p do the averaging already.", _three(_H / 3, _CROSS / 3, _KL / 3)),
        (
            "The surprisals are averaged with equal weights in your answer; the weights are p.",
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
        ("The KL here is the sum of the two; it is their difference.", _three(_H, _CROSS, _CROSS + _H)),
        ("This is the entropy of q for that of p.", _three(entropy(_Q, base=2), _CROSS, _KL)),
        (
            "The cross-entropy here is the entropy of q: the surprisal is q's, the weights are p.",
            _three(_H, entropy(_Q, base=2), _KL),
        ),
        (
            "The cross-entropy and the KL take q's weights with q's surprisal; the weights are p.",
            _three(_H, entropy(_Q, base=2), entropy(_Q, base=2) - _H),
        ),
        (
            "The KL here is the difference of the two entropies; it is H(p, q) − H(p).",
            _three(_H, _CROSS, entropy(_Q, base=2) - _H),
        ),
        ("This is the entropy of three equal outcomes; p is given.", _three(log2(3), _CROSS, _KL)),
        (
            "In the KL the weights are q; they should be p.",
            _three(_H, _CROSS, float(np.sum(_Q * np.log2(_P / _Q)))),
        ),
        (
            "In the cross-entropy p and q are swapped, and the KL goes on from there.",
            _three(_H, cross_entropy(_Q, _P, base=2), cross_entropy(_Q, _P, base=2) - _H),
        ),
        (
            "The KL's negative terms are made positive; they belong to the sum as they are.",
            _three(_H, _CROSS, float(np.abs(_P * np.log2(_P / _Q)).sum())),
        ),
        ("In the KL the weights p are missing.", _three(_H, _CROSS, float(np.log2(_P / _Q).sum()))),
        ("The KL here is Σ (p − q)²; the logarithm is missing.", _three(_H, _CROSS, 0.18)),
        ("The KL is 0 for p = q, and for nothing else.", _three(_H, _CROSS, 0.0)),
        (
            "The weights p are missing in all three.",
            _three(float(-np.log2(_P).sum()), float(-np.log2(_Q).sum()), float(np.log2(_P / _Q).sum())),
        ),
        (
            "KL(q‖p) is given for KL(p‖q), and added to H(p) for the cross-entropy.",
            _three(_H, _H + kl_divergence(_Q, _P, base=2), kl_divergence(_Q, _P, base=2)),
        ),
        ("These are 2 to the power of what is asked for, perplexities.", _three(2**_H, 2**_CROSS, 2**_KL)),
        ("The KL here is the quotient of the two; it is their difference.", _three(_H, _CROSS, _CROSS / _H)),
        (
            "In the KL the negative terms are left out; they belong to the sum.",
            _three(_H, _CROSS, float(np.maximum(_P * np.log2(_P / _Q), 0).sum())),
        ),
        (
            "The KL here is the mean of both directions; KL(p‖q) is one of them.",
            _three(_H, _CROSS, (_KL + kl_divergence(_Q, _P, base=2)) / 2),
        ),
        (
            "The KL here is the sum of both directions; KL(p‖q) is one of them.",
            _three(_H, _CROSS, _KL + kl_divergence(_Q, _P, base=2)),
        ),
        (
            "The entropy is that of three equal outcomes; p is given, and the rest follows from it.",
            _three(log2(3), log2(3) + _KL, _KL),
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
    edges={
        "It goes wrong only where p is 0 somewhere. Such an outcome adds 0; the others stay as they are, with nothing "
        "added, clipped or normalised again.": lambda p, q: bool(np.any(p == 0)),
    },
    mistakes=mistakes(
        (
            "0 · log 0 gives nan in numpy. Keep only the outcomes with p > 0: `p[p > 0]` and `q[p > 0]`.",
            _as_typed,
        ),
        ("This is in bits; the question asks for nats.", lambda p, q: kl_divergence(p, q) / log(2)),
        ("This is the last term alone; add them all up.", lambda p, q: _counted(p[-1:], q[-1:], _terms)),
        (
            "In your answer q is not a logarithm, as with torch's kl_div given probabilities: it wants log q.",
            lambda p, q: _counted(p, q, lambda p, q: p * (np.log(p) - q)),
        ),
        (
            "The weights here are q; they should be p.",
            lambda p, q: _counted(p, q, lambda p, q: q * np.log(p / q)),
        ),
        ("The sign is flipped: log(p/q), not log(q/p).", lambda p, q: -kl_divergence(p, q)),
        ("This is the cross-entropy; H(p) is still to be subtracted.", lambda p, q: cross_entropy(p, q)),
        swapped(lambda p, q: kl_divergence(q, p)),
        (
            "In your answer p and q are swapped, in the weights and in the quotient.",
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
            "Negative terms are made positive in your answer; they belong to the sum as they are.",
            lambda p, q: _counted(p, q, lambda p, q: np.abs(p * np.log(p / q))),
        ),
        (
            "Negative terms are left out in your answer; they belong to the sum.",
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
        ("The two are added; KL is H(p, q) minus H(p).", lambda p, q: cross_entropy(p, q) + entropy(p)),
        (
            "This is p times the quotient of the logarithms; take the logarithm of the quotient.",
            lambda p, q: _counted(p, q, lambda p, q: p * np.log(p) / np.log(q)),
        ),
        (
            "In your answer q − p is added for the outcomes with p > 0 only; leave that out.",
            lambda p, q: _counted(p, q, lambda p, q: p * np.log(p / q) - p + q),
        ),
        (
            "This is the Jensen-Shannon divergence, with the mixture of both; KL(p‖q) has q itself.",
            lambda p, q: (kl_divergence(p, (p + q) / 2) + kl_divergence(q, (p + q) / 2)) / 2,
        ),
        ("This is KL to the mixture of both; q itself is asked for.", lambda p, q: kl_divergence(p, (p + q) / 2)),
        (
            "This is the mean of both directions; KL(p‖q) is one of them.",
            lambda p, q: (kl_divergence(p, q) + kl_divergence(q, p)) / 2,
        ),
        (
            "This is the sum of both directions; KL(p‖q) is one of them.",
            lambda p, q: kl_divergence(p, q) + kl_divergence(q, p),
        ),
        (
            "This is the difference of the entropies, H(q) − H(p); the cross-entropy belongs there.",
            lambda p, q: entropy(q) - entropy(p),
        ),
        (
            "This is the difference of the entropies, H(p) − H(q); the cross-entropy belongs there.",
            lambda p, q: entropy(p) - entropy(q),
        ),
        (
            "The mean is taken over the outcomes with p > 0; the weights p do the averaging already.",
            lambda p, q: kl_divergence(p, q) / np.sum(p > 0),
        ),
        ("This is Σ |p − q|, or half of it; the logarithm is missing.", lambda p, q: float(np.sum(np.abs(p - q)))),
        (
            "Half of Σ |p − q| is another distance; the logarithm is missing.",
            lambda p, q: float(np.sum(np.abs(p - q))) / 2,
        ),
        ("The logarithms are multiplied by p twice.", lambda p, q: _counted(p, q, lambda p, q: p * p * np.log(p / q))),
        ("This takes log p − q: q lacks its logarithm.", lambda p, q: _counted(p, q, lambda p, q: p * np.log(p) - q)),
        (
            "The differences p − q are weights in your answer; the weights are p.",
            lambda p, q: _counted(p, q, lambda p, q: (p - q) * np.log(p / q)),
        ),
        ("This is the first term alone; add them all up.", lambda p, q: _counted(p[:1], q[:1], _terms)),
    ),
    hints=(
        "Keep only the outcomes with p > 0: `p[p > 0]` and `q[p > 0]`.",
        "Then sum p log(p/q) with `np.log`.",
    ),
    solution_text="The sum runs over the outcomes that can happen; 0 log 0 never comes up.",
    code=("def my_kl(p, q):\n    counts = p > 0\n    return np.sum(p[counts] * np.log(p[counts] / q[counts]))"),
)


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
        ("In your answer both pictures weigh the same; a has come three times out of four.", (_OF_A + _OF_B) / 2),
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
        ("The two pictures are added in your answer, not averaged.", _OF_A + _OF_B),
        (
            "This is softmax twice: torch's cross_entropy wants logits, and was given probabilities.",
            float(-np.log(softmax(_ROWS)[np.arange(4), _LABELS]).mean()),
        ),
        ("This is minus the mean probability: torch's nll_loss takes no logarithm.", float(-_FACTORS.mean())),
        ("In your answer cat and dog are swapped.", float(-np.log(1 - _FACTORS).mean())),
        (
            "This has H(¾, ¼) in it, the entropy of the pictures; but they are given, and only labels are predicted.",
            _NLL + entropy([3 / 4, 1 / 4]),
        ),
        (
            "This has ln 4 in it, as if one of four pictures were to be predicted too. The pictures are given.",
            _NLL + log(4),
        ),
        (
            "For b this has 0.25, the probability of a cat; it is labelled dog.",
            float(-np.log([0.85, 0.85, 0.15, 0.25]).mean()),
        ),
        (
            "For a's dog this has 0.25 or 0.85, where the model gives a dog 1 − 0.85.",
            float(-np.log([0.85, 0.85, 0.25, 0.75]).mean()),
        ),
        ("This is b's surprisal with 0.25, the probability of a cat; b is labelled dog.", -log(0.25)),
        (
            "This is the likelihood, the product of the four; the mean of their −ln is asked for.",
            float(np.prod(_FACTORS)),
        ),
        (
            "a's third label is taken for a cat too; one of three people said dog.",
            float(-np.log([0.85] * 3 + [0.75]).mean()),
        ),
        (
            "Each picture has one label in your answer, and both weigh the same; a has three labels.",
            (-log(0.85) - log(0.75)) / 2,
        ),
        ("This is the sum over a's three labels; their mean is H(p̂(· | a), q(· | a)).", 3 * _OF_A),
        ("This is the entropy of equal labels, ln 2; the model has no say in it.", log(2)),
        ("This is the entropy of the pictures; they are given.", entropy([3 / 4, 1 / 4])),
        (
            "This is the entropy of q, weighted; the labels decide what is averaged.",
            0.75 * entropy([0.85, 0.15]) + 0.25 * entropy([0.75, 0.25]),
        ),
        (
            "This is the entropy of q, both pictures alike; the labels decide what is averaged.",
            (entropy([0.85, 0.15]) + entropy([0.75, 0.25])) / 2,
        ),
        ("This divides by 3; there are four examples.", 4 * _NLL / 3),
        ("This divides by the two pictures; the mean is over four examples.", 2 * _NLL),
        ("This is half of the mean; the mean is asked for.", _NLL / 2),
        ("This is 1 minus the mean probability; the mean of −ln is asked for.", 1 - float(_FACTORS.mean())),
        ("The pictures' weights are swapped: a has come three times out of four.", 0.25 * _OF_A + 0.75 * _OF_B),
        (
            "The labels of a count half and half; two of three people said cat.",
            0.75 * (-log(0.85) - log(0.15)) / 2 + 0.25 * _OF_B,
        ),
        ("One of a's two cats is left out: this is a mean over three.", float(-np.log([0.85, 0.15, 0.75]).mean())),
        ("This is the entropy of a's labels; the cross-entropy asks the model.", entropy([2 / 3, 1 / 3])),
        (
            "For a this is the logarithm of the mean probability; average the logarithms.",
            -0.75 * log((0.85 + 0.85 + 0.15) / 3) - 0.25 * log(0.75),
        ),
        ("a's dog is left out, and the sum is still divided by 4.", (-2 * log(0.85) - log(0.75)) / 4),
        ("For picture a, cat and dog are swapped.", (-2 * log(0.15) - log(0.85) - log(0.75)) / 4),
        ("For both dogs this has 0.25, the probability of a cat for b.", (-2 * log(0.85) - 2 * log(0.25)) / 4),
        ("For picture b, cat and dog are swapped, and both pictures weigh the same.", (_OF_A - log(0.25)) / 2),
        (
            "This takes the cat's probability in every example; a dog has 1 minus that.",
            float(-np.log([0.85, 0.85, 0.85, 0.25]).mean()),
        ),
        ("Picture b is left out of the sum; its example counts too.", 0.75 * _OF_A),
        ("The pictures weigh ⅔ and ⅓; three of the four examples are of a.", (2 * _OF_A + _OF_B) / 3),
        (
            "q is averaged over the examples first; each picture has a q of its own.",
            -0.5 * log(0.7) - 0.5 * log(0.3),
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
        "softmax. What is the **gradient of KL(p‖q)**, in nats, with respect to the three logits? A dictionary with "
        'the keys `"A"`, `"B"`, `"C"`.'
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
            "This is −p/q, the gradient with respect to the probabilities q; the question is about the logits.",
            _gradient(-_TARGET / _GUESS),
        ),
        (
            "This divides by the number of classes, as `reduction='mean'` of torch's kl_div does.",
            _gradient((_GUESS - _TARGET) / 3),
        ),
        (
            "This is the gradient in bits; in nats it is smaller by the factor ln 2.",
            _gradient((_GUESS - _TARGET) / log(2)),
        ),
        ("Softmax is applied twice: q is softmax of the logits.", _gradient(softmax(_GUESS) - _TARGET)),
        ("In your answer p is subtracted from the logits; subtract it from q.", _gradient(_LOGITS - _TARGET)),
        ("These are the terms p ln(p/q) of the KL itself.", _gradient(_TARGET * np.log(_TARGET / _GUESS))),
        ("This is q − one-hot for A; the label is soft.", _gradient(_GUESS - [1, 0, 0])),
        ("This is q − one-hot for C; the label is soft.", _gradient(_GUESS - [0, 0, 1])),
        ("1 is subtracted from every entry; p is to be subtracted from q.", _gradient(_GUESS - 1)),
        ("The logits are subtracted from p; subtract p from their softmax.", _gradient(_TARGET - _LOGITS)),
        ("These are ln(p/q), without a gradient taken.", _gradient(np.log(_TARGET / _GUESS))),
        ("These are ln(q/p), without a gradient taken.", _gradient(np.log(_GUESS / _TARGET))),
        ("This is −p; q is missing.", _gradient(-_TARGET)),
        ("This subtracts p from log q; subtract it from q.", _gradient(np.log(_GUESS) - _TARGET)),
        (
            "These are quotients, 1 − p/q, as for a gradient with respect to q; the question is about the logits.",
            _gradient(1 - _TARGET / _GUESS),
        ),
        ("This is p/q; the gradient with respect to the logits is a difference.", _gradient(_TARGET / _GUESS)),
        ("In your answer p is added; subtract it.", _gradient(_GUESS + _TARGET)),
        ("The signs are dropped: a gradient that sums to 0 has both.", _gradient(np.abs(_GUESS - _TARGET))),
        ("The signs of the logits are flipped before softmax.", _gradient(softmax(-_LOGITS) - _TARGET)),
        ("A third is subtracted, as if the labels were equally likely; subtract p.", _gradient(_GUESS - 1 / 3)),
        ("The difference is multiplied by p; take it alone.", _gradient(_TARGET * (_GUESS - _TARGET))),
        ("The difference is multiplied by q; take it alone.", _gradient(_GUESS * (_GUESS - _TARGET))),
        ("This is q(1 − q), how each probability changes with its own logit.", _gradient(_GUESS * (1 - _GUESS))),
        (
            "This is ln(p/q) + 1, the gradient of KL with respect to p; the question is about the logits.",
            _gradient(np.log(_TARGET / _GUESS) + 1),
        ),
        (
            "This is ln(q/p) + 1, the gradient of the other KL with respect to q; the question is about the logits.",
            _gradient(np.log(_GUESS / _TARGET) + 1),
        ),
        ("These are squares; the differences themselves are asked for.", _gradient((_GUESS - _TARGET) ** 2)),
        ("These are the terms q ln(q/p) of the other KL.", _gradient(_GUESS * np.log(_GUESS / _TARGET))),
        (
            "Both p and the logits went through softmax, and the sign is flipped: p is a distribution already.",
            _gradient(softmax(_TARGET) - _GUESS),
        ),
        ("p went through softmax too; it is a distribution already.", _gradient(_GUESS - softmax(_TARGET))),
        ("These are the logits; take their softmax and subtract p.", _gradient(_LOGITS)),
        (
            "These are p · log q, terms of the cross-entropy; its gradient is asked for.",
            _gradient(_TARGET * np.log(_GUESS)),
        ),
        (
            "Each entry is p(q − 1), the label's own term alone; the others' p push as well.",
            _gradient(_TARGET * (_GUESS - 1)),
        ),
        (
            "This takes the sigmoid of each logit; with three classes their softmax is needed.",
            _gradient(1 / (1 + np.exp(-_LOGITS)) - _TARGET),
        ),
        ("The entropy of the target is added; its derivative is 0.", _gradient(_GUESS - _TARGET + entropy(_TARGET))),
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
        (
            "This multiplies by the number of examples; torch has divided by that of the classes as well.",
            _RETURNED * _BATCH,
        ),
        ("This divides by the number of classes once more; multiply by it.", _RETURNED / _CLASSES),
        ("This divides by the number of examples; torch has done that already.", _RETURNED / _BATCH),
        ("This is divided by the number of all entries once more.", _RETURNED / (_CLASSES * _BATCH)),
        ("This multiplies by 10 and divides by 4; torch has divided by the 4 already.", _RETURNED * _CLASSES / _BATCH),
        bits_for_nats(_RETURNED * _CLASSES),
        ("The sign is flipped: torch's kl_div is KL itself, not its negative.", -_RETURNED * _CLASSES),
        ("This multiplies by 9, one class too few.", _RETURNED * 9),
        ("This multiplies by 3: only the classes are to be undone, and there are 10.", _RETURNED * 3),
        ("Examples and classes are added; only the division by the classes is to be undone.", _RETURNED * 14),
        ("The number of classes is added; torch has divided by it, so multiply.", _RETURNED + _CLASSES),
        (
            "This multiplies by the examples and divides by the classes; undo what torch has divided by.",
            _RETURNED * _BATCH / _CLASSES,
        ),
        ("This multiplies by 39, one entry too few, and does not divide by the examples.", _RETURNED * 39),
        ("This is in percent, or has a 0 too many.", _RETURNED * 100),
        ("This is e to what torch returns; only the division is to be undone.", exp(_RETURNED)),
        ("This is torch's value squared; multiply it by the number of classes.", _RETURNED**2),
        ("This is torch's value in bits; nats are asked for, and the division is to be undone.", _RETURNED / log(2)),
        ("ln 10 is added; the two means differ by a factor.", _RETURNED + log(10)),
        ("This is ln 10 minus what was returned; the two means differ by a factor.", log(10) - _RETURNED),
        ("This multiplies by ln 10; use the number of classes itself.", _RETURNED * log(10)),
        ("This multiplies by log₂ 10; use the number of classes itself.", _RETURNED * log(10) / log(2)),
        ("This counts one class too many.", _RETURNED * 11),
        ("This multiplies by √10; use the number of classes itself.", _RETURNED * 10**0.5),
    ),
    hints=(
        "`'mean'` divides the sum by the number of all entries, here 4 × 10.",
        "`'batchmean'` divides by the 4 examples only. How many times larger is that?",
    ),
    solution_text="The sum is $0.06 \\cdot 40 = 2.4$; divided by 4 it is 0.6, as `reduction='batchmean'` returns.",
    code="0.06 * 40 / 4",
)
