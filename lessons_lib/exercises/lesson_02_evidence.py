"""What lesson 2 asks about evidence that adds up, a part marked ◇."""

import numpy as np

from lessons_lib.exercise.core import Exercise, mistakes
from lessons_lib.exercise.mistakes import odds_for_probability, probability_for_odds, swapped

_PRIOR, _RATIOS = 0.1, np.array([8, 0.5, 6])
_ODDS = _PRIOR / (1 - _PRIOR) * np.cumprod(_RATIOS)
_POSTERIOR = _ODDS / (1 + _ODDS)

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
            "A ratio multiplies the odds; here it multiplies the probability, which may then exceed 1.",
            _PRIOR * np.cumprod(_RATIOS),
        ),
        (
            "Each word is taken alone here; the evidence adds up.",
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
        ("Here log-odds in bits go into a sigmoid that wants nats.", 1 / (1 + np.exp(-np.log2(_ODDS)))),
        (
            "The ratios are added; their logarithms add, they themselves multiply.",
            probability_for_odds(np.cumsum(_RATIOS) / 9)[1],
        ),
        (
            "The ratios are upside down: all three say how much more probable a word is in spam.",
            probability_for_odds(1 / 9 / np.cumprod(_RATIOS))[1],
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
