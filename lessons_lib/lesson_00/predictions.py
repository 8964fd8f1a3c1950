"""What the opening notebook has its learners guess."""

from math import log2

from lessons_lib.exercise.prediction import Choice, Prediction

halving = Prediction(
    name="00_halving",
    question="A fair coin comes up heads: one bit of surprise. It comes up heads ten times in a row: how many bits?",
    kind=Choice(("2 bits", "10 bits", "100 bits", "1024 bits")),
    truth=f"{-log2(0.5**10):.0f} bits",
    because="Its probability is 1/1024, and each halving is one bit: probabilities multiply, surprises add.",
    otherwise={
        "2 bits": "Two bits are the surprise of two heads in a row; each further head adds one bit.",
        "100 bits": "That would be ten bits for each toss. A toss of a fair coin costs one.",
        "1024 bits": "1024 is one over the probability. The bits are its logarithm: 1024 = 2¹⁰.",
    },
)
