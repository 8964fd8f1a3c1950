"""What lesson 3 asks about softmax regression on digits."""

import numpy as np

from lessons_lib.exercise.core import Exercise, mistakes
from lessons_lib.exercise.mistakes import bits_for_nats, sign_forgotten

_P, _LABEL, _INTENSITY = np.array([0.7, 0.2, 0.1]), 1, 0.5
_ONE_HOT = np.eye(3)[_LABEL]
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
        ("Here the label is taken to be class 2; it is class 1.", _INTENSITY * (_P - np.eye(3)[2])),
        (
            "Only the label's weight gets a share here; the other two scores enter Z, and so they push as well.",
            _INTENSITY * _PUSH * _ONE_HOT,
        ),
        (
            "This is the derivative by the probability, −1/p at the label; it still has to go through softmax.",
            -_INTENSITY * _ONE_HOT / _P[_LABEL],
        ),
        (
            "This is p(1 − p), how each probability changes with its own score; how the loss changes is asked.",
            _INTENSITY * _P * (1 - _P),
        ),
        ("The probabilities are missing: p − one-hot, times the intensity.", -_INTENSITY * _ONE_HOT),
        ("This is the one-hot times the intensity: p − one-hot is to be multiplied by it.", _INTENSITY * _ONE_HOT),
        ("Divided by the intensity; a weight is multiplied by it.", _PUSH / _INTENSITY),
        bits_for_nats(_INTENSITY * _PUSH),
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
