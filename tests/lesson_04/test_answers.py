"""The numbers in the folded answers of the notebook, and what is said of the bands."""

import nbformat
import numpy as np
import pytest
from every import folded_answers
from scipy import stats

from lessons_lib.drawing.wording import number
from lessons_lib.lesson_04 import LengthsExplorer, SampleExplorer, ThreeNamesExplorer, TwoWaysExplorer
from lessons_lib.lesson_04.sample_explorer import SIZES, TRUTHS
from lessons_lib.maths.samples import spread
from lessons_lib.start.environment import ROOT

SAID = folded_answers("04_cross_entropy_is_kl")
NOTEBOOK = nbformat.read(ROOT / "notebooks" / "04_cross_entropy_is_kl.ipynb", as_version=4)
TEXT = " ".join(" ".join(cell.source for cell in NOTEBOOK.cells if cell.cell_type == "markdown").split())


def at(explorer, preset, **more):
    explorer.move(preset=preset)
    for name, value in more.items():
        explorer.move(**{name: value})
    return explorer.result


def test_the_lengths():
    soft = at(LengthsExplorer(), "a soft label, 30/70", of_q=0.3)
    assert soft.kl == 0
    assert f"H(p, q) is as long, {number(soft.h_pq, 4)} bits" in SAID
    label = at(LengthsExplorer(), "a one-hot label")
    assert label.h_p == 0
    assert label.kl == label.h_pq == pytest.approx(-np.log2(0.6), rel=1e-15)
    assert f"{number(label.kl, 4)} bits, which is −log₂ 0.6" in SAID
    assert at(LengthsExplorer(), "q leaves one out").kl == np.inf
    lifted = at(LengthsExplorer(), "q leaves one out", chosen=3, of_q=0.001)
    assert f"KL falls from ∞ to {number(lifted.kl, 4)} bits" in SAID


def test_the_other_direction():
    result = at(ThreeNamesExplorer(), "q leaves one out")
    assert f"It is finite, {number(result.reverse, 4)} bits" in SAID


def test_ten_more_examples_move_the_best_q_as_a_rule():
    def best(seed, n):
        return TwoWaysExplorer.compute(TwoWaysExplorer.State(seed=seed, n=n)).frequencies.tolist()

    moved = [best(seed, 10) for seed in range(30)]
    after = [best(seed, 20) for seed in range(30)]
    assert np.mean([a != b for a, b in zip(moved, after, strict=True)]) > 0.9


@pytest.mark.parametrize("truth", TRUTHS)
def test_from_twenty_examples_on_the_bands_hold_about_what_is_said(truth):
    """Two in three within one standard error, nineteen in twenty within two; with five examples not."""
    _, p = TRUTHS[truth]
    q = SampleExplorer.compute(SampleExplorer.State(truth=truth)).q
    costs = -np.log(q)

    def shares(n):
        losses = np.random.default_rng(0).multinomial(n, p, size=20_000) @ costs / n
        far = np.abs(losses - p @ costs) / (spread(p, costs) / np.sqrt(n))
        return np.mean(far < 1), np.mean(far < 2)

    for n in (20, 30, 60, 100, 1000):
        assert shares(n) == pytest.approx((2 / 3, 19 / 20), abs=0.09), n


def held(n, often, bands):
    """Return how probable a loss within so many standard errors is, if q has two costs and one outcome is so often."""
    far = np.abs(np.arange(n + 1) - n * often) / np.sqrt(n * often * (1 - often))
    return float(stats.binom.pmf(np.arange(n + 1), n, often)[far <= bands + 1e-9].sum())


@pytest.mark.parametrize("often", [0.5, 0.9])
def test_the_outer_band_is_a_rule_from_twenty_on_the_inner_one_from_hundreds_on(often):
    """A die whose six comes half the time, a coin with 0.9 heads: exact, at every size of the slider."""
    outer = [held(n, often, 2) for n in SIZES if n >= 20]
    inner = [held(n, often, 1) for n in SIZES if n >= 200]
    assert outer == pytest.approx([19 / 20] * len(outer), abs=0.025)
    assert inner == pytest.approx([2 / 3] * len(inner), abs=0.06)
    assert held(10, 0.9, 1) < 0.5, "few examples: no rule"


def test_the_inner_band_at_forty_examples_is_what_is_said():
    coin, die = (f"{100 * held(40, often, 1):.0f} %" for often in (0.9, 0.5))
    assert f"with 40 examples it is {coin} for the coin, {die} for the die" in TEXT


def test_on_the_population_a_copy_of_the_sample_costs_more_unless_it_is_p():
    for seed in range(20):
        result = SampleExplorer.compute(SampleExplorer.State(place=2.0, seed=seed, n=100))
        assert (result.population > result.floor) == (result.frequencies.tolist() != result.p.tolist())


def test_which_losses_are_the_surprisal_of_a_label():
    """Over both labels, e to minus the loss sums to 1: for Bradley-Terry and a discriminator, not for the hinge."""
    margins = np.linspace(-3, 3, 25)

    def sums(loss):
        return np.exp(-loss(margins)) + np.exp(-loss(-margins))

    assert sums(lambda margin: np.logaddexp(0, -margin)) == pytest.approx(np.ones(25), rel=1e-14)
    assert np.ptp(sums(lambda margin: np.maximum(0, 1 - margin))) > 0.3
