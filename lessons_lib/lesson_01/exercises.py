"""What lesson 1 asks."""

from math import comb, log

import numpy as np

from lessons_lib.exercise.core import Exercise, keyed, mistakes
from lessons_lib.exercise.mistakes import (
    Mistake,
    log_for_probability,
    percent_for_fraction,
    sum_for_product,
    swapped,
)
from lessons_lib.maths.data import kerrich_tosses
from lessons_lib.maths.likelihood import (
    bernoulli_likelihood,
    bernoulli_log_likelihood,
    own_label_probabilities,
)

_LOSS = "the probability itself is asked for here; lesson 2 takes the logarithm."


def _losses(right) -> list[Mistake]:
    """The logarithm of what is asked for, of either sign and in either unit."""
    return [
        log_for_probability(right),
        (f"This is −ln of the probability, a loss in nats; {_LOSS}", -np.log(right)),
        (f"This is the base-2 logarithm of the probability; {_LOSS}", np.log2(right)),
        (f"This is −log₂ of the probability, a loss in bits; {_LOSS}", -np.log2(right)),
    ]


_FIVE = [1, 1, 0, 1, 0]

sequence = Exercise(
    name="01_sequence",
    question=(
        "A coin with θ = 0.6 is tossed five times: heads, heads, tails, heads, tails. Which probability does the model "
        "give to **this sequence**?"
    ),
    answer=bernoulli_likelihood(_FIVE, 0.6),
    mistakes=mistakes(
        (
            "This is the probability of three heads in any order; the order is fixed here.",
            comb(5, 3) * 0.6**3 * 0.4**2,
        ),
        ("Each factor is 0.6 in your answer; for tails it is 1 − 0.6.", 0.6**5),
        swapped(0.4**3 * 0.6**2, "heads and tails"),
        ("This is the fair coin's ½⁵; here θ = 0.6.", 0.5**5),
        ("Only the heads contribute in your answer; each tail contributes the factor 1 − 0.6.", 0.6**3),
        ("This is the probability of one head; multiply all five factors.", 0.6),
        ("This is the mean of the factors; multiply them.", (3 * 0.6 + 2 * 0.4) / 5),
        sum_for_product([0.6, 0.6, 0.4, 0.6, 0.4]),
        *_losses(bernoulli_likelihood(_FIVE, 0.6)),
        ("Your answer adds the two powers; multiply them.", 0.6**3 + 0.4**2),
        ("Your answer subtracts one power from the other; multiply them.", 0.6**3 - 0.4**2),
        ("Your answer divides by the tails' factors; multiply by them.", 0.6**3 / 0.4**2),
        ("One of the two tails is missing from your answer.", 0.6**3 * 0.4),
        ("One of the three heads is missing from your answer.", 0.6**2 * 0.4**2),
        ("Only the tails contribute in your answer; each head contributes the factor 0.6.", 0.4**2),
        ("Each factor is 0.4 in your answer; for heads it is 0.6.", 0.4**5),
        ("Your answer has four heads and one tail; there are three and two.", 0.6**4 * 0.4),
        ("Your answer has one head and one tail; there are five tosses.", 0.6 * 0.4),
        ("Your answer multiplies each number by how often it comes; raise it to that power.", 0.6 * 3 * 0.4 * 2),
        ("This is the geometric mean of the factors; their product is asked for.", 0.03456**0.2),
        ("Your answer is divided by the number of tosses; the product itself is asked for.", 0.03456 / 5),
        ("Your answer is divided by the number of orders; the product is already that of one order.", 0.03456 / 10),
        ("Your answer takes 1 − θ² for the two tails; each of them contributes 1 − θ.", 0.6**3 * (1 - 0.6**2)),
        ("This is 5 · θ, the number of heads one expects.", 5 * 0.6),
        ("This is θ divided by the number of tosses; multiply the five factors.", 0.6 / 5),
        ("In your answer the heads are those of a fair coin; their factor is 0.6.", 0.5**3 * 0.4**2),
        ("Your answer is divided by the number of all sequences; the product is a probability already.", 0.03456 / 32),
    ),
    hints=(
        "Write down one factor for each toss: θ for heads, 1 − θ for tails.",
        "The factors are 0.6, 0.6, 0.4, 0.6, 0.4. What do you do with them?",
    ),
    solution_text=r"Three heads and two tails: $\theta^3 (1-\theta)^2 = 0.6^3 \cdot 0.4^2 = 0.03456$.",
    code="0.6**3 * 0.4**2",
)

_PROBABILITIES, _LABELS = [0.9, 0.2, 0.65, 0.3], [1, 0, 0, 1]

own_labels = Exercise(
    name="01_own_labels",
    question=(
        "A classifier says P(label 1) = 0.9, 0.2, 0.65, 0.3 for four examples, whose labels are 1, 0, 0, 1. Which four "
        "**factors** do they contribute to the likelihood? A list or array of four numbers."
    ),
    answer=own_label_probabilities(_PROBABILITIES, _LABELS),
    mistakes=mistakes(
        ("This is P(label 1) for every example; an example with label 0 contributes 1 − p.", np.array(_PROBABILITIES)),
        swapped(1 - own_label_probabilities(_PROBABILITIES, _LABELS), "the labels 0 and 1"),
        (
            "This is the probability of the likelier label; take that of the example's own label.",
            np.array([0.9, 0.8, 0.65, 0.7]),
        ),
        *_losses(own_label_probabilities(_PROBABILITIES, _LABELS)),
        percent_for_fraction(own_label_probabilities(_PROBABILITIES, _LABELS)),
        ("This is 1 − p for every example; an example with label 1 contributes p.", 1 - np.array(_PROBABILITIES)),
        (
            "These are the labels; a factor is the *probability* that the model gave to the label.",
            np.array(_LABELS, dtype=float),
        ),
        (
            "These are decisions; a factor is the *probability* that the model gave to the label.",
            np.array([1.0, 0.0, 1.0, 0.0]),
        ),
        ("This is whether the decision is right, which throws the probabilities away.", np.array([1.0, 1.0, 0.0, 0.0])),
        ("This is p · y: an example with label 0 contributes 1 − p, not 0.", np.array([0.9, 0.0, 0.0, 0.3])),
        ("This is (1 − p)(1 − y): an example with label 1 contributes p, not 0.", np.array([0.0, 0.8, 0.35, 0.0])),
        ("This is p(1 − y): take 1 − p where the label is 0, and p where it is 1.", np.array([0.0, 0.2, 0.65, 0.0])),
        ("This is pʸ: for the label 0 the factor (1 − p) is missing.", np.array([0.9, 1.0, 1.0, 0.3])),
        ("Your answer turns the sign over where the label is 0; take 1 − p there.", np.array([0.9, -0.2, -0.65, 0.3])),
        ("These are the products so far; one factor for each example is asked for.", np.cumprod([0.9, 0.8, 0.35, 0.3])),
        ("This is the likelihood, the product; one factor for each example is asked for.", np.full(4, 0.0756)),
        (
            "Your answer is divided by its sum; factors of different examples need not add up to 1.",
            np.array([18, 4, 13, 6]) / 41,
        ),
        ("This is the distance from the label, 1 minus the factor.", np.array([0.1, 0.2, 0.35, 0.3])),
        (
            "This is y − p, the error; the probability that the model gave to each label is asked for.",
            np.array([0.1, -0.2, -0.65, 0.7]),
        ),
    ),
    hints=(
        "Which probability did the model give to the first example's own label? And to the second's?",
        "p where the label is 1, and 1 − p where it is 0.",
    ),
    solution_text=r"Each factor is $p_i$ if $y_i = 1$ and $1 - p_i$ if $y_i = 0$.",
    code="np.where(np.array([1, 0, 0, 1]) == 1, [0.9, 0.2, 0.65, 0.3], 1 - np.array([0.9, 0.2, 0.65, 0.3]))",
)

_RATIO = bernoulli_likelihood([1] * 7 + [0] * 3, 0.7) / 0.5**10
_better = keyed("best theta", "times better")

better = Exercise(
    name="01_better",
    question=(
        "Seven heads in ten tosses. Which θ is best, and **how many times** as likely does it make them as a fair coin "
        'does? A dictionary with the keys `"best theta"` and `"times better"`.'
    ),
    answer=_better(0.7, _RATIO),
    mistakes=mistakes(
        (
            "Your ratio is upside down: the best θ makes them more likely.",
            _better(0.7, 1 / _RATIO),
        ),
        (
            "This is the difference of the two likelihoods; divide them.",
            _better(0.7, (_RATIO - 1) * 0.5**10),
        ),
        ("This is the logarithm of the ratio; the ratio itself is asked for.", _better(0.7, log(_RATIO))),
        (
            "This is the ratio of the two θ; take the ratio of their likelihoods.",
            _better(0.7, 1.4),
        ),
        (
            "This is the likelihood at the best θ; divide it by the fair coin's.",
            _better(0.7, 0.7**7 * 0.3**3),
        ),
        (
            "This is the probability of seven heads in any order, at the best θ; divide the likelihoods.",
            _better(0.7, comb(10, 3) * 0.7**7 * 0.3**3),
        ),
        ("Your θ is the number of heads; it should be a probability, between 0 and 1.", _better(7, _RATIO)),
        ("Your θ should be between 0 and 1, and not in percent.", _better(70, _RATIO)),
        ("Your answer leaves out the tails: each of the three contributes 1 − θ.", _better(0.7, 1.4**7)),
        (
            "Your answer has the binomial coefficient only in the best θ's likelihood; it cancels.",
            _better(0.7, comb(10, 3) * _RATIO),
        ),
        (
            "Your answer has the binomial coefficient only in the fair coin's likelihood; it cancels.",
            _better(0.7, _RATIO / comb(10, 3)),
        ),
        (
            "This is the ratio minus 1; the ratio itself is asked for.",
            _better(0.7, _RATIO - 1),
        ),
        swapped(_better(0.3, _RATIO), "heads and tails"),
        ("This is the difference of the two θ; divide the likelihoods.", _better(0.7, 0.2)),
        ("Your ratio has only the tails' factors; the seven heads count too.", _better(0.7, 0.6**3)),
        ("Your answer takes every toss for heads; the three tails contribute 1 − θ.", _better(0.7, 1.4**10)),
        (
            "Your fair coin has a single factor ½; ten tosses make ten.",
            _better(0.7, 0.7**7 * 0.3**3 / 0.5),
        ),
        ("Your fair coin has seven factors ½; ten tosses make ten.", _better(0.7, 0.7**7 * 0.3**3 / 0.5**7)),
        ("In your ratio heads and tails are swapped.", _better(0.7, 0.7**3 * 0.3**7 / 0.5**10)),
        ("This is the fair coin's likelihood; divide the best θ's by it.", _better(0.7, 0.5**10)),
        ("This is the ratio in percent; how many times is asked.", _better(0.7, 100 * _RATIO)),
        ("This is the gain in percent; how many times is asked.", _better(0.7, 100 * (_RATIO - 1))),
        ("This is the ratio for one toss, a tenth root; all ten are asked for.", _better(0.7, _RATIO**0.1)),
        (
            "This is the base-10 logarithm of the ratio; the ratio itself is asked for.",
            _better(0.7, log(_RATIO) / log(10)),
        ),
        ("Your best θ is the fair coin's ½; the best θ makes the tosses most likely.", _better(0.5, _RATIO)),
        ("Your best θ is the odds, heads to tails; a probability is asked for.", _better(7 / 3, _RATIO)),
        (
            "Your best θ is pulled towards ½, as if tosses were added; the likelihood alone decides.",
            _better(8 / 12, _RATIO),
        ),
        ("Your best θ divides by eleven; there are ten tosses.", _better(7 / 11, _RATIO)),
        ("Your best θ is 1, and makes a tail impossible; three came.", _better(1, 1024.0)),
        ("Your best θ is 1, and makes a tail impossible; your ratio is right for the best θ.", _better(1, _RATIO)),
        ("Your answer compares the fair coin with itself; the best θ makes the tosses most likely.", _better(0.5, 1.0)),
        ("In your answer the best θ's likelihood has no tails; three came.", _better(0.7, 0.7**7 / 0.5**10)),
        ("Your answer rounds the likelihoods too far before dividing: keep their digits.", _better(0.7, 2.0)),
    ),
    hints=(
        "The peak is at the share of heads.",
        "Compute θ⁷(1 − θ)³ at the peak and at ½, and divide.",
    ),
    solution_text=r"The peak is at $7/10$, and $\dfrac{0.7^7 \cdot 0.3^3}{0.5^{10}} = 2.277$.",
    code='{"best theta": 0.7, "times better": 0.7**7 * 0.3**3 / 0.5**10}',
)


def _reference(theta, outcomes):
    return bernoulli_likelihood(outcomes, theta)


def _log_likelihood(theta, outcomes):
    return float(bernoulli_log_likelihood(int(np.sum(outcomes)), len(outcomes), theta))


def _mean_of_factors(theta, outcomes):
    return float(np.mean(np.where(outcomes == 1, theta, 1 - theta))) if len(outcomes) else np.nan


def _share_of_heads(theta, outcomes):
    return float(np.mean(outcomes)) if len(outcomes) else np.nan


def _without_brackets(theta, outcomes):
    p = 1.0
    for outcome in outcomes:
        p = p * theta if outcome == 1 else p * 1 - theta
    return p


likelihood_function = Exercise(
    name="01_likelihood_function",
    question=(
        "Write a function `my_likelihood(theta, outcomes)` that returns the probability that a coin with this θ gives "
        "to the sequence `outcomes`, an array of 0s and 1s (1 for heads). The array may be empty."
    ),
    answer=_reference,
    inputs=(
        (0.5, np.array([1, 0, 1])),
        (0.3, np.array([1, 0, 0, 1, 1])),
        (0.9, np.array([0])),
        (0.0, np.array([0, 0])),
        (0.0, np.array([1, 0])),
        (1.0, np.array([1, 1, 1])),
        (0.4, np.array([], dtype=int)),
        (0.4, np.array([0, 0, 0, 1, 1, 1, 0, 1, 0, 0])),
        (0.5, kerrich_tosses()[:40]),
    ),
    names=("theta", "outcomes"),
    atol=0.0,
    edges={
        "The array is empty there: an empty product is 1.": lambda theta, outcomes: len(outcomes) == 0,
        "θ is 0 or 1 there, and log 0 is −∞: multiply the factors themselves.": lambda theta, outcomes: theta in (0, 1),
    },
    mistakes=mistakes(
        swapped(lambda theta, outcomes: _reference(1 - theta, outcomes), "heads and tails"),
        ("Your function adds the factors; multiply them.", lambda t, y: float(np.sum(np.where(y == 1, t, 1 - t)))),
        (
            "This is the probability of so many heads in any order: leave the binomial coefficient out.",
            lambda theta, outcomes: comb(len(outcomes), int(np.sum(outcomes))) * _reference(theta, outcomes),
        ),
        ("This is the log-likelihood; the probability itself is asked for.", _log_likelihood),
        (f"This is the negative log-likelihood, a loss; {_LOSS}", lambda t, y: -_log_likelihood(t, y)),
        ("This is the mean of the factors; multiply them.", _mean_of_factors),
        (
            "Your function multiplies the outcomes themselves; turn each into its factor first.",
            lambda t, y: float(np.prod(y)),
        ),
        ("This is the share of heads, whatever θ is; multiply the factors.", _share_of_heads),
        ("`p * 1 - theta` means (p · 1) − θ: put brackets around 1 − θ.", _without_brackets),
        (
            "Only the heads contribute in your answer; a tail contributes the factor 1 − θ.",
            lambda t, y: float(t ** np.sum(y)),
        ),
        ("Every outcome contributes θ in your answer; a tail contributes 1 − θ.", lambda t, y: float(t ** len(y))),
        (
            "Your function takes the number of heads as the exponent of both factors; the tails have their own.",
            lambda t, y: float((t * (1 - t)) ** np.sum(y)),
        ),
        ("Your product starts at 0 and stays there: start it at 1.", lambda t, y: 0.0),
        (
            "Your function takes the share of heads for θ; the coin has the θ that is given.",
            lambda t, y: _reference(np.mean(y), y) if len(y) else 1.0,
        ),
        ("Your function leaves out the last toss.", lambda t, y: _reference(t, y[:-1])),
        ("Your function leaves out the first toss.", lambda t, y: _reference(t, y[1:])),
        (
            "This is the geometric mean of the factors; their product is asked for.",
            lambda t, y: _reference(t, y) ** (1 / max(len(y), 1)),
        ),
        (
            "Your function keeps θ away from 0 and 1; a product does not need that.",
            lambda t, y: _reference(min(max(t, 0.01), 0.99), y),
        ),
        (
            "Only the tails contribute in your answer; a head contributes the factor θ.",
            lambda t, y: float((1 - t) ** np.sum(1 - y)),
        ),
        (
            "Your function adds the two powers; multiply them.",
            lambda t, y: float(t ** np.sum(y) + (1 - t) ** np.sum(1 - y)),
        ),
        ("Your function takes the first toss alone.", lambda t, y: _reference(t, y[:1])),
        ("Your function takes the last toss alone.", lambda t, y: _reference(t, y[-1:])),
        ("Every outcome contributes ½ in your answer; the coin has the θ that is given.", lambda t, y: 0.5 ** len(y)),
        (
            "In your answer the exponent of 1 − θ is the number of all tosses; take that of the tails.",
            lambda t, y: float(t ** np.sum(y) * (1 - t) ** len(y)),
        ),
    ),
    hints=(
        "Turn each outcome into its factor first: `np.where(outcomes == 1, …, …)`.",
        "`np.prod` multiplies the entries of an array, and gives 1 for an empty one.",
    ),
    solution_text=r"$L(\theta) = \prod_i p_\theta(y_i)$, with one factor for each outcome; a product of nothing is 1.",
    code=("def my_likelihood(theta, outcomes):\n    return np.prod(np.where(outcomes == 1, theta, 1 - theta))"),
)
