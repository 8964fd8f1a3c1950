"""The numbers in the folded answers of the notebook, and what is said of the bands."""

import numpy as np
import pytest
from every import folded_answers

from lessons_lib.drawing.wording import number
from lessons_lib.lesson_04 import LengthsExplorer, SampleExplorer, ThreeNamesExplorer, TwoWaysExplorer
from lessons_lib.lesson_04.sample_explorer import TRUTHS
from lessons_lib.maths.samples import spread

SAID = folded_answers("04_cross_entropy_is_kl")


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
    moved = [TwoWaysExplorer(seed=seed).result.frequencies.tolist() for seed in range(30)]
    after = [TwoWaysExplorer(seed=seed, n=20).result.frequencies.tolist() for seed in range(30)]
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
