"""The answers, the guesses and what the text of lesson 2 says, against other ways to the same numbers."""

import math
from fractions import Fraction

import numpy as np
import pytest
from mpmath import mp

from lessons_lib import lesson_02
from lessons_lib.maths.floats import FORMATS


def looped(p, n, name):
    """The product as a loop in this format has it."""
    kind = FORMATS[name].dtype.type
    product = kind(1)
    with np.errstate(under="ignore"):
        for _ in range(n):
            product = product * kind(p)
    return float(product)


def test_answers_against_other_ways():
    assert lesson_02.nll.answer == pytest.approx(-math.log(math.prod([0.5, 0.1, 0.9, 0.25])))
    for name, answer in lesson_02.tenths.answer.items():
        assert looped(0.1, answer, name) == 0 < looped(0.1, answer - 1, name)
    assert lesson_02.tenths.answer == {"float32": 46, "float64": 324}
    theta, h = Fraction(6, 10), 1e-6

    def mean_nll(t):
        return -(2 * math.log(t) + 8 * math.log(1 - t)) / 10

    slope = (mean_nll(float(theta) + h) - mean_nll(float(theta) - h)) / (2 * h)
    assert lesson_02.gradient.answer == pytest.approx(slope, rel=1e-6)
    spam, genuine = Fraction(1, 10), Fraction(9, 10)
    for ratio, answer in zip((8, Fraction(1, 2), 6), lesson_02.evidence.answer, strict=True):
        spam, genuine = spam * ratio, genuine
        assert answer == pytest.approx(float(spam / (spam + genuine)))


def test_log_sum_exp_against_mpmath():
    for (x,) in lesson_02.log_sum.inputs:
        exact = mp.log(mp.fsum(mp.exp(v) for v in x))
        assert lesson_02.log_sum.answer(x) == pytest.approx(float(exact), rel=1e-14)


def test_the_truths_of_the_guesses():
    assert lesson_02.quarters.truth == 75
    assert looped(0.25, 75, "float32") == 0 < looped(0.25, 74, "float32")
    assert "2⁻¹⁴⁹" in lesson_02.quarters.because
    assert "7,050" in lesson_02.nine_tenths.because
    assert looped(0.9, 7049, "float64") > looped(0.9, 7050, "float64") == looped(0.9, 7500, "float64") > 0
    assert "5 times the smallest number" in lesson_02.nine_tenths.because
    assert math.log10(0.9) * 10_000 == pytest.approx(-458, abs=0.5)


def test_what_the_lesson_says_of_numbers_near_the_end():
    assert f"{1e-322 / 3e-322:.3f}" == "0.328"
    step = np.float16(np.log(0.25))
    assert np.float16(-2048) + step == -2050
    assert np.float16(-4096) + step == -4096
    for p in (Fraction(1, 2), Fraction(9, 10)):  # five bits against
        odds = p / (1 - p) / 32
        assert f"{float(odds / (1 + odds)):.2f}" == {Fraction(1, 2): "0.03", Fraction(9, 10): "0.22"}[p]
