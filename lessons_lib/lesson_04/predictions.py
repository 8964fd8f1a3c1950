"""What lesson 4 has its learners guess."""

import math

from lessons_lib.drawing.wording import number
from lessons_lib.exercise.prediction import Amount, Choice, Prediction
from lessons_lib.maths.measures import cross_entropy, entropy, kl_divergence, surprisal

_ONE_HOT, _MODEL = [0, 1, 0], [0.2, 0.6, 0.2]
_LOSSES = {float(surprisal(0.6)), cross_entropy(_ONE_HOT, _MODEL), kl_divergence(_ONE_HOT, _MODEL)}
_FLOOR = entropy([0.9, 0.1], base=2)
_BYTE = entropy([1 / 256] * 256)

how_many = Prediction(
    name="04_how_many",
    question=(
        "A picture is labelled cat. Three people train with three losses: the negative log-likelihood of the label, "
        "the cross-entropy between the one-hot label and the model, and the KL divergence between the two. How many "
        "different numbers do they see?"
    ),
    kind=Choice(("one", "two", "three")),
    truth={1: "one", 2: "two", 3: "three"}[len({round(loss, 12) for loss in _LOSSES})],
    because="For a one-hot label all three are −log q of the label.",
    otherwise={
        "two": "A one-hot label has no entropy, and only the entropy could tell KL and cross-entropy apart.",
        "three": "Three names, but the sums in all of them keep one term, the same one.",
    },
)

floor = Prediction(
    name="04_floor",
    question=(
        "A coin shows heads 9 times in 10, and the model says the same: q = p = (0.9, 0.1). What is its cross-entropy "
        "H(p, q)?"
    ),
    kind=Choice(("0 bits", f"{number(_FLOOR)} bits", "1 bit")),
    truth=f"{number(_FLOOR)} bits" if cross_entropy([0.9, 0.1], [0.9, 0.1], base=2) == _FLOOR else "0 bits",
    because="A perfect model still pays the entropy of p; only KL is 0 for it.",
    otherwise={
        "0 bits": "That is the KL divergence. The coin stays uncertain, even for a model that knows p.",
        "1 bit": "A fair coin costs that. This one can be guessed better, so it costs less.",
    },
)

soft = Prediction(
    name="04_soft",
    question=(
        "A picture has the soft label 30 % cat, 70 % dog. Which plain data set has the same mean loss, whatever the "
        "model says?"
    ),
    kind=Choice(
        ("one picture labelled dog", "ten copies: 3 labelled cat, 7 labelled dog", "none: it is no likelihood")
    ),
    truth="ten copies: 3 labelled cat, 7 labelled dog",
    because="Their mean negative log-likelihood is −0.3 log q(cat) − 0.7 log q(dog).",
    otherwise={
        "one picture labelled dog": (
            "For that one, a model that is certain of a dog pays nothing. For the soft label it pays without bound."
        ),
        "none: it is no likelihood": "Read the shares as counts: three votes for a cat, seven for a dog.",
    },
)

byte = Prediction(
    name="04_byte",
    question="256 equally likely values have an entropy of 8 bits. How many nats is that?",
    kind=Amount(0, 12, 0.05, "nats"),
    truth=round(_BYTE, 2),
    because=f"A bit is ln 2 = {math.log(2):.3f} nats, so there are fewer nats than bits.",
    otherwise={
        (11.5, 11.6): "That is 8 divided by ln 2. A nat is the larger unit, so there are fewer of them.",
        (8, 8): "The logarithm is to another base, so the number is another one.",
        (2.4, 2.45): "That is the logarithm to base ten. The nat belongs to the natural one.",
        (8.05, 12): "A nat is worth 1.44 bits, so there are fewer nats than bits.",
        (0, 5.5): "There are fewer nats than bits, but not so few: 8 times ln 2.",
        (5.6, 7.95): "There are fewer nats than bits, and fewer than that: 8 times ln 2.",
    },
)
