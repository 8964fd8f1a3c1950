"""What lesson 1 has its learners guess."""

from math import log

from lessons_lib.drawing.wording import number_from_log10
from lessons_lib.exercise.prediction import Amount, Choice, Prediction, Sketch
from lessons_lib.maths.data import KERRICH, kerrich_tosses
from lessons_lib.maths.likelihood import bernoulli_likelihood, bernoulli_log_likelihood

_TEN = kerrich_tosses()[:10]
_THETAS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_PEAK = bernoulli_likelihood(_TEN, _TEN.mean())
_BEST_OF_ALL = bernoulli_log_likelihood(KERRICH.successes, KERRICH.n, KERRICH.successes / KERRICH.n) / log(10)

fair_sequence = Prediction(
    name="01_fair_sequence",
    question="A fair coin gives exactly these ten outcomes, in this order, a probability. Which is it nearest to?",
    kind=Choice(("1/2", "1/10", "1/100", "1/1000")),
    truth="1/1000",
    because=f"Ten factors of ½ make 1/{2**10}.",
)

best_theta = Prediction(
    name="01_best_theta",
    question="Four heads in ten tosses: which θ makes just these ten outcomes most likely?",
    kind=Amount(0, 1, 0.05),
    truth=float(_TEN.mean()),
    because="The peak stands at the share of heads, k/n.",
)

curve = Prediction(
    name="01_curve",
    question=(
        "Let the bar of the best θ have the height 1. How high are the others: how well do these θ account for four "
        "heads in ten tosses?"
    ),
    kind=Sketch(tuple(f"{theta:g}" for theta in _THETAS), "θ"),
    truth=tuple(round(bernoulli_likelihood(_TEN, theta) / _PEAK, 4) for theta in _THETAS),
    because="Under θ = 0 and θ = 1 what happened is impossible.",
)

all_tosses = Prediction(
    name="01_all_tosses",
    question="After all 10,000 tosses, the best θ gives what happened a probability of about …",
    kind=Choice(("0.99", "0.5", "0.0001", "a number with thousands of zeros after the point")),
    truth="a number with thousands of zeros after the point",
    because=f"It is {number_from_log10(_BEST_OF_ALL)}, and no θ does better.",
)
