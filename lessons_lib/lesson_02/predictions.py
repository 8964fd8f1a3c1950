"""What lesson 2 has its learners guess."""

from math import log2

from lessons_lib.drawing.wording import number, superscript
from lessons_lib.exercise.prediction import Amount, Choice, Prediction
from lessons_lib.maths.floats import FORMATS, underflow

_RESTING = underflow(0.9, 10_000)

quarters = Prediction(
    name="02_quarters",
    question="In float32, torch's default format, after how many factors of ¼ is the product exactly 0?",
    kind=Amount(0, 600, 5, "factors", digits=0),
    truth=underflow(0.25, 600, FORMATS["float32"]).zero,
    because=(
        f"The smallest number above 0 is 2{superscript(round(log2(FORMATS['float32'].smallest_subnormal)))}, and ¼ is "
        f"2{superscript(-2)}: half the smallest number and less is rounded to 0."
    ),
    otherwise={
        (145, 150): "That many factors of ½ it takes; one factor of ¼ is two of them.",
        (535, 540): "That is where float64 gives up. float32 has far fewer exponents.",
        (60, 65): "There the product leaves the normal numbers. The subnormal ones below reach down to 2⁻¹⁴⁹.",
        (0, 70): "float32 reaches down to about 10⁻⁴⁵: so few factors of ¼ do not get there.",
        (80, 600): "float32 ends at about 10⁻⁴⁵, and each factor of ¼ uses up two powers of 2.",
    },
)

nine_tenths = Prediction(
    name="02_nine_tenths",
    question="What is the product of 10,000 factors of 0.9 in float64? (The true one is about 10⁻⁴⁵⁸.)",
    kind=Choice(
        (
            "exactly 0",
            "a number above 0 that further factors of 0.9 leave as it is",
            "a number above 0 that further factors make smaller and smaller",
            "the true one, rounded to 16 digits",
        )
    ),
    truth="a number above 0 that further factors of 0.9 leave as it is",
    because=(
        f"From factor {_RESTING.frozen:,} on it is {number(_RESTING.frozen_value)}, "
        f"{round(_RESTING.frozen_value / FORMATS['float64'].smallest_subnormal)} times the smallest number."
    ),
    otherwise={
        "exactly 0": (
            "That is how factors of ½ or less end. 0.9 times one of the very smallest numbers is rounded back to that "
            "number."
        ),
        "a number above 0 that further factors make smaller and smaller": (
            "Down there the numbers are whole multiples of the smallest one, with no room between them: what 0.9 takes "
            "away, rounding gives back."
        ),
        "the true one, rounded to 16 digits": "float64 ends at about 10⁻³²⁴, long before 10⁻⁴⁵⁸.",
    },
)

peak = Prediction(
    name="02_peak",
    question="Where does the logarithm of the likelihood have its peak?",
    kind=Choice(("at the same θ as the likelihood", "further to the left", "further to the right", "it depends on n")),
    truth="at the same θ as the likelihood",
    because="The logarithm is increasing: what is greater has the greater logarithm.",
    otherwise={
        "further to the left": "The logarithm squeezes the heights, not the places.",
        "further to the right": "The logarithm changes how high the curve is at each θ, never which of two is higher.",
        "it depends on n": "For every n, the higher of two likelihoods has the higher logarithm.",
    },
)

width = Prediction(
    name="02_width",
    question="The likelihood curve of 10,000 tosses has a narrower peak than that of 100. How wide is it?",
    kind=Choice(("a hundredth as wide", "a tenth as wide", "half as wide")),
    truth="a tenth as wide",
    because="The logarithm bends n times as sharply, and the width shrinks like 1/√n.",
    otherwise={
        "a hundredth as wide": "n and the bend grow a hundredfold. The width goes with the square root of that.",
        "half as wide": "That takes four times as many tosses. Here there are a hundred times as many.",
    },
)
