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
    otherwise={
        "1/2": "That is the probability of a single toss. Here ten such factors are multiplied.",
        "1/10": "Ten tosses do not share one probability between them. Each has its own, and they multiply.",
        "1/100": "Six or seven factors of ½ make about 1/100. Here there are ten.",
    },
)

best_theta = Prediction(
    name="01_best_theta",
    question="Four heads in ten tosses: which θ makes exactly these ten outcomes most likely?",
    kind=Amount(0, 1, 0.05),
    truth=float(_TEN.mean()),
    because="The peak is at the share of heads, k/n.",
    otherwise={
        (0, 0): "With θ = 0 heads never comes, and it came four times.",
        (1, 1): "With θ = 1 heads always comes, and six tosses were tails.",
        (0.5, 0.5): "A fair coin is what one expects beforehand. The question is which θ fits what came.",
        (0.6, 0.6): "0.6 is the share of tails; θ is the probability of heads.",
        (0.05, 0.35): "Such a coin shows heads less often than we saw: each of the four heads brings a small factor.",
        (0.45, 0.95): "Such a coin shows heads more often than we saw: each of the six tails brings a small factor.",
    },
)

curve = Prediction(
    name="01_curve",
    question=(
        "Let the bar of the best θ have height 1. How high are the others? That is how well these θ account for four "
        "heads in ten tosses."
    ),
    kind=Sketch(tuple(f"{theta:g}" for theta in _THETAS), "θ"),
    truth=tuple(round(bernoulli_likelihood(_TEN, theta) / _PEAK, 4) for theta in _THETAS),
    because="Under θ = 0 and θ = 1 what happened is impossible.",
    otherwise={
        (lambda bars: max(bars[0], bars[-1]) > 0.05): (
            "A coin that shows heads never or always cannot give four in ten: the first and the last bar are empty."
        ),
        (lambda bars: max(bars) > bars[2]): "The tallest bar is that of 0.4, the share of heads that we saw.",
        (lambda bars: True): "Away from 0.4 the curve falls off quickly: at 0.8 next to nothing is left.",
    },
)

all_tosses = Prediction(
    name="01_all_tosses",
    question="After all 10,000 tosses, the best θ gives what happened a probability of about …",
    kind=Choice(("0.99", "0.5", "0.0001", "a number with thousands of zeros after the point")),
    truth="a number with thousands of zeros after the point",
    because=f"It is {number_from_log10(_BEST_OF_ALL)}, and no θ does better.",
    otherwise={
        "0.99": "Even the best coin makes no long record likely: each toss multiplies by about ½.",
        "0.5": "That is about right for one toss. Here 10,000 such factors are multiplied.",
        "0.0001": (
            "That would be one of 10,000 equally likely outcomes. But there are 2¹⁰⁰⁰⁰ possible records of the tosses, "
            f"a number of {len(str(2**KERRICH.n)):,} digits."
        ),
    },
)
