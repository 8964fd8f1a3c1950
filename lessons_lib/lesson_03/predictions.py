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
)

add_or_double = Prediction(
    name="03_add_or_double",
    question="Somebody adds 5 to all ten scores; somebody else doubles them all. Whose probabilities change?",
    kind=Choice(("nobody's", "only after adding", "only after doubling", "both")),
    truth="only after doubling",
    because=f"Only differences count. Doubled, they double too, and the top class gets {percent(_DOUBLED)}.",
)

overflow = Prediction(
    name="03_overflow",
    question="Computed as on paper in float16, softmax fails at the latest when one score is greater than about …",
    kind=Choice(tuple(f"{threshold:.0f}" for threshold in (*_THRESHOLDS, FORMATS["float16"].largest))),
    truth=f"{_THRESHOLDS[0]:.0f}",
    because=f"float16 ends at {FORMATS['float16'].largest:,.0f}, and its logarithm is {_THRESHOLDS[0]:.2f}.",
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
)
