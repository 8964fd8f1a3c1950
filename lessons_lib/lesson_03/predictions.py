"""What lesson 3 has its learners guess."""

import numpy as np
from scipy.special import expit

from lessons_lib.drawing.wording import percent
from lessons_lib.exercise.prediction import Amount, Choice, Prediction
from lessons_lib.maths.floats import FORMATS
from lessons_lib.maths.logits import CLAIMED, TEN_SCORES, descent_path
from lessons_lib.maths.stable import softmax, temperature_for

_TOP = int(np.argmax(TEN_SCORES))
_P = float(softmax(TEN_SCORES).max())
_DOUBLED = float(softmax(np.multiply(2, TEN_SCORES)).max())
_NEEDED = temperature_for(TEN_SCORES, _TOP, CLAIMED)
_THRESHOLDS = [format.greatest_exponent for format in FORMATS.values()]
_GAP_AFTER = float(np.diff(descent_path([0.0, 0.0], 1, rate=1.0, steps=1)[-1])[0])
_ONE_AFTER = float(1 - expit(0))

how_sure = Prediction(
    name="03_how_sure",
    question="The ten scores go through softmax. What probability does the model give to its top class?",
    kind=Amount(0, 100, 0.1, "%", digits=1),
    truth=round(100 * _P, 1),
    because=f"The chapter says {percent(CLAIMED)}, which would take the temperature {_NEEDED:.3f}.",
    otherwise={
        (68.8, 69.0): "So the chapter says. Its own ten scores give less.",
        (9.9, 10.1): "Ten equal scores would give that. Here one is ahead, and exponentials make much of a lead.",
        (0, 56.0): "A lead of one in the score makes a class e = 2.7 times as likely. That adds up fast.",
        (56.2, 100): "Each of the nine others gets little, but there are nine of them.",
    },
)

add_or_double = Prediction(
    name="03_add_or_double",
    question="Somebody adds 5 to all ten scores; somebody else doubles them all. Whose probabilities change?",
    kind=Choice(("nobody's", "only after adding", "only after doubling", "both")),
    truth="only after doubling",
    because=f"Only differences count. Doubled, they double too, and the top class gets {percent(_DOUBLED)}.",
    otherwise={
        "nobody's": "Adding cancels when one divides by the sum. Doubling does not: it squares every exponential.",
        "only after adding": "It is the other way round: adding 5 multiplies each exponential by e⁵, and that cancels.",
        "both": "Adding changes nothing: every exponential grows by the factor e⁵, and so does their sum.",
    },
)

overflow = Prediction(
    name="03_overflow",
    question="Softmax is typed as the formula says, in float16. Above about which score is e to the score too large?",
    kind=Choice(tuple(f"{threshold:.0f}" for threshold in (*_THRESHOLDS, FORMATS["float16"].largest))),
    truth=f"{_THRESHOLDS[0]:.0f}",
    because=f"float16 ends at {FORMATS['float16'].largest:,.0f}, and its logarithm is {_THRESHOLDS[0]:.2f}.",
    otherwise={
        f"{_THRESHOLDS[1]:.0f}": "That is the limit of float32.",
        f"{_THRESHOLDS[2]:.0f}": "That is the limit of float64. float16 has a far smaller range.",
        f"{FORMATS['float16'].largest:.0f}": "That is float16's largest number: e to the score has to fit below it.",
    },
)

two_for_one = Prediction(
    name="03_two_for_one",
    question=(
        "Two classes, at ½ each. Model S has one output and a sigmoid, model T two outputs and a softmax. One step of "
        "gradient descent, same loss, same learning rate: how far does the difference of T's outputs move, compared "
        "with the one output of S?"
    ),
    kind=Choice(("not at all", "half as far", "as far", "twice as far")),
    truth={0.5: "half as far", 1.0: "as far", 2.0: "twice as far"}[_GAP_AFTER / _ONE_AFTER],
    because=f"In S it goes up by {_ONE_AFTER:g}; in T one logit goes up by {_ONE_AFTER:g}, the other one down by that.",
    otherwise={
        "not at all": "At ½ each, both outputs are pushed: one up, the other down.",
        "half as far": "T's two outputs do not share a step: each takes one as long as that of S.",
        "as far": "Each of T's outputs moves as far as that of S, but there are two, and they move apart.",
    },
)
