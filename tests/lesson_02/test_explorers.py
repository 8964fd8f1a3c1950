"""Lesson 2: its explorers, exercises and guesses against fractions, decimals, scipy and mpmath."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp
from scipy import stats

from lessons_lib import lesson_02
from lessons_lib.lesson_02 import PeakExplorer, UlpExplorer, UnderflowExplorer
from lessons_lib.lesson_02.peak_explorer import GRID, MEAN, SIZES, SUM, TRUE_SHARE, likelihoods
from lessons_lib.lesson_02.ulp_explorer import FORMULAS, NEGATIVE, POSITIVE
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.floats import FORMATS

# Underflow

slider_p = st.integers(1, 99).map(lambda i: round(i / 100, 2))
formats = st.sampled_from(list(FORMATS))


def looped(p, n, name):
    """The product and the sum of logs as a loop in this format has them."""
    kind = FORMATS[name].dtype.type
    product, total = kind(1), kind(0)
    with np.errstate(under="ignore"):
        for _ in range(n):
            product, total = product * kind(p), total + kind(np.log(p))
    return float(product), float(total)


@settings(max_examples=40)
@given(slider_p, st.integers(1, 1000), formats)
def test_product_and_sum_of_logs_are_those_of_a_loop(p, n, name):
    r = UnderflowExplorer.compute(UnderflowExplorer.State(p=p, n=n, format=name))
    product, total = looped(p, n, name)
    assert (r.product, r.log_sum) == (product, total)
    assert r.count[-1] == n
    if product:
        assert r.height[-1] == pytest.approx(math.log2(product), abs=1e-12)
    else:
        assert r.height[-1] < math.log2(FORMATS[name].smallest_subnormal)


@given(slider_p, st.integers(1, 2000), formats)
def test_the_close_up_is_the_next_factor_exactly(p, n, name):
    format = FORMATS[name]
    n = min(n, 1000)
    here, after = (UnderflowExplorer.compute(UnderflowExplorer.State(p=p, n=i, format=name)) for i in (n, n + 1))
    unit, held = Fraction(format.smallest_subnormal), Fraction(format.nearest(p))
    if here.product >= format.smallest_normal:
        assert here.multiple is None
        assert here.step < -4.5, "a normal number's next product lies outside the close-up"
        return
    assert here.multiple * unit == Fraction(here.product)
    assert here.step == pytest.approx(float(here.multiple * (held - 1)), rel=1e-9, abs=1e-12)
    assert (here.multiple + here.landing) * unit == Fraction(after.product)


def test_the_question_of_the_lesson():
    explorer = UnderflowExplorer()
    assert explorer.result.product == 5e-324
    assert "1 × 2⁻¹⁰⁷⁴" in explorer.describe()
    sweep.set_control(explorer, "n", 538)
    assert explorer.result.product == 0
    assert "exactly 0 from factor 538 on" in explorer.describe()
    assert "−745.826 nats" in explorer.describe()
    sweep.set_control(explorer, "format", "float32")
    assert explorer.state.window == "200 factors"
    assert "exactly 0 from factor 75 on" in explorer.describe()


def test_nine_tenths_comes_to_rest():
    explorer = UnderflowExplorer(p=0.9, window="10,000 factors", n=10_000)
    assert explorer.result.at_rest
    assert explorer.result.multiple == 5
    assert explorer.result.landing == 0
    assert "at rest, above 0 and for ever, from factor 7,051 on" in explorer.describe()
    assert not UnderflowExplorer(p=0.9, window="10,000 factors", n=7050).result.at_rest


def test_the_close_up_says_on_which_side_of_a_half_the_next_product_lies():
    """float64's 0.9 is a hair more than 0.9, float32's a hair less: so the one stops at 5, the other at 4."""
    double, single = FORMATS["float64"], FORMATS["float32"]
    assert Fraction(single.nearest(0.9)) < Fraction(9, 10) < Fraction(double.nearest(0.9))
    explorer = UnderflowExplorer(p=0.9, window="10,000 factors", n=7051)
    assert "k = 5\np × k = 4.50, just above\nrounded: 5" in explorer.figure.view.step_text.get_text()
    first_at_five = next(n for n in range(829, 2000) if looped(0.9, n, "float32")[0] == 5 * single.smallest_subnormal)
    explorer.move(format="float32", window="10,000 factors", n=first_at_five)
    assert "k = 5\np × k = 4.50, just below\nrounded: 4" in explorer.figure.view.step_text.get_text()
    explorer.move(p=0.5, n=149)
    assert "k = 1\np × k = 0.50\nrounded: 0" in explorer.figure.view.step_text.get_text()


def test_what_the_lesson_says_of_numbers_near_the_end():
    assert f"{1e-322 / 3e-322:.3f}" == "0.328"
    step = np.float16(np.log(0.25))
    assert np.float16(-2048) + step == -2050
    assert np.float16(-4096) + step == -4096
    for p in (Fraction(1, 2), Fraction(9, 10)):  # five bits against
        odds = p / (1 - p) / 32
        assert f"{float(odds / (1 + odds)):.2f}" == {Fraction(1, 2): "0.03", Fraction(9, 10): "0.22"}[p]


def test_a_sum_of_logs_that_stands_still_is_said():
    told = UnderflowExplorer(format="float16", window="10,000 factors", n=10_000).describe()
    assert "−4,096.000 nats, rounded at each step in float16; exactly it would be −13,862.944" in told
    assert "exactly it would be" not in UnderflowExplorer(window="10,000 factors", n=10_000).describe()


def test_every_fall_is_drawn_whole_but_the_dots_stay_few():
    for p in (0.25, 0.9, 0.01):
        r = UnderflowExplorer(p=p, window="10,000 factors", n=10_000).result
        assert r.count.size < 300
        if r.facts.zero:
            assert {r.facts.zero - 1, r.facts.zero} <= set(r.count.tolist())


def test_n_stays_in_the_window_and_a_wider_one_admits_more():
    explorer = UnderflowExplorer()
    explorer.move(window="10,000 factors", n=9000)
    assert explorer.controls["n"].max == 10_000
    assert explorer.controls["n"].value == 9000
    explorer.move(format="float16")
    assert (explorer.state.window, explorer.state.n, explorer.controls["n"].max) == ("50 factors", 50, 50)
    with pytest.raises(InputError, match="n must lie"):
        explorer.move(n=51)
    for wrong in ({"format": ["float16"]}, {"window": "20"}, {"window": None}, {"format": "float8"}):
        with pytest.raises(InputError, match=next(iter(wrong))):
            explorer.move(**wrong)
    assert explorer.controls["n"].max == 50


def test_a_drag_moves_n():
    explorer = UnderflowExplorer()
    view, to_figure = explorer.figure.view, explorer.figure.fig.transFigure.inverted()
    start, end = (to_figure.transform(view.way_axes.transData.transform((x, -500))) for x in (537, 250))
    sweep.drag(explorer, *start, *end)
    assert explorer.state.n == pytest.approx(250, abs=2)


# One peak


@settings(max_examples=25)
@given(st.sampled_from(SIZES), st.integers(1, 999).map(lambda i: i / 1000), st.integers(0, 50))
def test_peak_and_logs_against_scipy(n, theta, seed):
    r = PeakExplorer.compute(PeakExplorer.State(n=n, theta=theta, seed=seed))
    tosses = (np.random.default_rng(seed).random(10_000) < TRUE_SHARE).astype(int)[:n]
    assert (r.heads, r.peak) == (tosses.sum(), tosses.mean())
    here, best = (stats.bernoulli.logpmf(tosses, t).sum() for t in (theta, r.peak))
    assert r.at_theta == pytest.approx(here - best, rel=1e-8, abs=1e-8)
    assert r.log_of_peak == pytest.approx(best, rel=1e-10, abs=1e-12)
    assert r.log_grid[np.argmax(r.log)] == r.peak
    assert r.log.max() == pytest.approx(0, abs=1e-9)
    assert r.gone == (n >= 1122)
    if not r.gone:
        exact = math.prod((Fraction(theta) if y else 1 - Fraction(theta) for y in tosses), start=Fraction(1))
        assert r.ratio.max() == 1
        if exact > Fraction(2) ** -900:
            index = round(theta * 1000)
            assert likelihoods(seed)[n][index] == pytest.approx(float(exact), rel=1e-9)
            assert abs(GRID[np.argmax(r.ratio)] - r.peak) <= 0.0005 + 1e-9


@pytest.mark.parametrize("shown", [SUM, MEAN])
@pytest.mark.parametrize("n", [10, 100, 10_000])
def test_the_parabola_has_the_curvature_of_the_log_likelihood(n, shown):
    r = PeakExplorer(n=n, shown=shown).result
    share = 1 / n if shown == MEAN else 1

    def log(theta):
        return mp.mpf(r.heads) * mp.log(theta) + (n - r.heads) * mp.log(1 - theta)

    curvature = float(-mp.diff(log, r.peak, 2)) * share
    assert r.information * share == pytest.approx(curvature, rel=1e-6)
    at = np.searchsorted(r.log_grid, r.peak + 0.02)
    assert r.parabola[at] == pytest.approx(-curvature * (r.log_grid[at] - r.peak) ** 2 / 2)
    near = np.abs(r.log_grid - r.peak) < 0.002
    np.testing.assert_allclose(r.parabola[near], r.log[near], atol=2e-2 * abs(r.log[near]).max() + 1e-9)


def test_a_tenth_as_wide_with_a_hundred_times_the_tosses():
    widths = [PeakExplorer(n=n).result.information ** -0.5 for n in (100, 10_000)]
    assert widths[0] / widths[1] == pytest.approx(10, rel=0.05)


def test_more_tosses_never_reshuffle():
    heads = [PeakExplorer.compute(PeakExplorer.State(n=n)).heads for n in SIZES]
    steps, gained = np.diff(SIZES), np.diff(heads)
    assert np.all((gained >= 0) & (gained <= steps))


def test_where_the_likelihood_is_gone_nothing_is_drawn_and_it_is_said():
    explorer = PeakExplorer(n=1122)
    assert explorer.result.gone
    assert explorer.result.first_gone == 1122
    assert "0 to every θ" in explorer.describe()
    assert len(explorer.figure.view.curve.get_xdata()) == 0
    assert len(explorer.figure.view.log_curve.get_xdata()) > 10
    explorer.move(n=1000)
    assert "0 to every θ" not in explorer.describe()
    assert explorer.result.greatest == pytest.approx(math.exp(explorer.result.log_of_peak), rel=1e-6)


def test_equal_tosses_have_a_peak_at_the_edge_and_no_parabola():
    explorer = PeakExplorer(n=1)
    assert explorer.result.peak in (0, 1)
    assert explorer.result.information is None
    assert "no parabola" in explorer.describe()
    for theta in (0.0, 1.0):
        explorer.move(theta=theta)
        sweep.healthy(explorer, theta)


def test_n_is_one_of_the_slider_s():
    with pytest.raises(InputError, match="n must be one of"):
        PeakExplorer(n=1001)
    for wrong in (1.5, "10", None, 0):
        with pytest.raises(InputError, match="n must"):
            PeakExplorer().move(n=wrong)


# Ulps

ANY_ULP = UlpExplorer()
TRUTH = {
    "log1p": lambda x: mp.log1p(x),
    "log_sigmoid": lambda x: -mp.log1p(mp.exp(-x)),
    "log_sum_exp": lambda x: mp.log(mp.exp(x) + 1),
    "log1mexp": lambda x: mp.log(-mp.expm1(-x)),
    "log_softmax": lambda x: x - mp.log(mp.exp(x) + 2),
}


@settings(max_examples=60)
@given(
    st.sampled_from(list(FORMULAS)),
    st.sampled_from(["float32", "float64"]),
    st.sampled_from([POSITIVE, NEGATIVE]),
    st.integers(-300, 28).map(lambda i: i / 10),
)
def test_errors_and_digits_against_mpmath(formula, dtype, sign, exponent):
    state = UlpExplorer.State(formula=formula, dtype=dtype, sign=sign, exponent=exponent)
    r = UlpExplorer.compute(ANY_ULP.settle(state))
    kind = np.dtype(dtype).type
    with mp.workdps(500):  # e^-700 and 1 are added
        exact = TRUTH[r.comparison.name](mp.mpf(r.x))
        ulp = mp.mpf(float(np.spacing(abs(kind(exact)))))
        with np.errstate(all="ignore"):
            naive = float(r.comparison.naive(np.array([kind(r.x)]))[0])
        if np.isfinite(naive):
            assert r.naive_error == pytest.approx(float(abs(naive - exact) / ulp), rel=1e-6, abs=1e-9)
        else:
            assert r.naive_error == math.inf
        assert Decimal(r.exact_digits) == pytest.approx(Decimal(mp.nstr(exact, 40)), rel=Decimal("1e-18"))
    assert r.stable_error <= 2
    same = r.stable_digits.partition("│")[0]
    assert r.exact_digits.startswith(same)
    if "│" in r.stable_digits:
        assert not r.exact_digits.startswith(r.stable_digits.replace("│", "")[: len(same) + 1])


def test_the_curves_pass_through_the_dots():
    for formula in FORMULAS:
        for exponent in (-12.0, -1.0, 2.0):
            r = UlpExplorer.compute(UlpExplorer.State(formula=formula, exponent=exponent))
            at = np.searchsorted(r.exponents, exponent - 1e-9)
            assert (r.naive_heights[at], r.stable_heights[at]) == (r.naive_height, r.stable_height)


def test_x_stays_where_the_formula_is_defined():
    explorer = UlpExplorer(exponent=5.0)
    sweep.set_control(explorer, "sign", NEGATIVE)
    assert -1 < explorer.result.x < 0
    explorer.move(formula="log(1 − e^−x)", exponent=3.0)
    assert explorer.result.x == 1000
    assert explorer.controls["sign"].disabled
    assert explorer.state.sign == POSITIVE


def test_overflow_is_told_in_words():
    explorer = UlpExplorer(formula="log(e^x + e^0)", exponent=3.0)
    assert explorer.result.naive_digits == "∞"
    assert "gives no usable number" in explorer.describe()
    assert explorer.result.naive_height == 18.5


# Exercises and guesses


def test_answers_against_other_ways():
    assert lesson_02.nll.answer == pytest.approx(-math.log(math.prod([0.5, 0.1, 0.9, 0.25])))
    for name, answer in lesson_02.tenths.answer.items():
        assert looped(0.1, answer, name)[0] == 0 < looped(0.1, answer - 1, name)[0]
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
    assert looped(0.25, 75, "float32")[0] == 0 < looped(0.25, 74, "float32")[0]
    assert "2⁻¹⁴⁹" in lesson_02.quarters.because
    assert "7,051" in lesson_02.nine_tenths.because
    assert looped(0.9, 7051, "float64")[0] == looped(0.9, 7500, "float64")[0] > 0
    assert "5 times the smallest number" in lesson_02.nine_tenths.because
    assert math.log10(0.9) * 10_000 == pytest.approx(-458, abs=0.5)


def test_where_nothing_is_right_all_digits_are_lost():
    assert "all of its 53 binary digits are lost" in UlpExplorer(exponent=-30.0).describe()
    assert "all of its 24 binary digits are lost" in UlpExplorer(exponent=-30.0, dtype="float32").describe()
    assert "15 of its 53 binary digits" in UlpExplorer().describe()
