"""The numbers in the folded answers of the notebook."""

import pytest
from every import folded_answers

from lessons_lib.drawing.wording import number_from_log10, percent
from lessons_lib.lesson_01 import ClassifierExplorer, CoinExplorer
from lessons_lib.lesson_01.coin_explorer import HISTORIC
from lessons_lib.lesson_01.flowers import SLOPES, climb, log10_greatest, log10_product
from lessons_lib.maths.data import KERRICH, MENDEL, WELDON, iris_petals
from lessons_lib.maths.likelihood import logistic_factors

SAID = folded_answers("01_likelihood_is_a_product")


def at_the_claim(count):
    explorer = CoinExplorer()
    explorer.move(source=next(source for source, historic in HISTORIC.items() if historic == count))
    return explorer.result


def test_what_the_claims_reach():
    kerrich, weldon, mendel = map(at_the_claim, (KERRICH, WELDON, MENDEL))
    kerrich_s, mendel_s = percent(kerrich.of_peak), percent(mendel.of_peak)
    assert f"Kerrich's claim reaches {kerrich_s} of the peak and Mendel's {mendel_s}" in SAID
    assert "Weldon's reaches about a millionth" in SAID
    assert weldon.of_peak == pytest.approx(1e-6, rel=0.5)
    assert {kerrich.product, weldon.product, mendel.product} == {0}


def test_the_peak_follows_the_heads():
    explorer = CoinExplorer()
    assert explorer.result.peak == 0.4
    explorer.move(toss=1)
    explorer.controls["flip"].click()
    assert explorer.result.peak == 0.5
    assert "At 0.4, then at 0.5." in SAID


def test_the_largest_product_of_the_flowers():
    assert f"The largest product is {number_from_log10(log10_greatest())}" in SAID
    top = climb(6.0, 1.0)
    assert f"a midpoint of {top.midpoint[-1]:.2f} cm and a slope of {top.slope[-1]:.0f} per cm" in SAID
    assert 10 ** (log10_greatest() - log10_product(4.86, SLOPES[1])) == pytest.approx(250, rel=0.01)


def test_what_the_steepest_curve_costs_and_gains():
    petals, top = iris_petals(), climb(6.0, 1.0)
    best = logistic_factors(petals.length, petals.label, top.midpoint[-1], top.slope[-1])
    steep = logistic_factors(petals.length, petals.label, 4.86, SLOPES[1])
    wrong = steep < 0.5
    assert wrong.sum() == 7
    costs = best[wrong].prod() / steep[wrong].prod()
    gains = steep[~wrong].prod() / best[~wrong].prod()
    assert f"Seven flowers lie on the wrong side. Their factors make the product {round(costs, -3):,.0f} times" in SAID
    assert f"all the others make it only {gains:.0f} times larger" in SAID


def test_ninety_per_cent_by_hand():
    by_hand = next(c for c in ClassifierExplorer.challenges if c.name == "01_within_ten_percent_by_hand")
    explorer = ClassifierExplorer()
    explorer.move(**by_hand.example)
    assert by_hand.reached(explorer.state, explorer.result)
    assert "90 % of the largest product can be reached by hand" in SAID
