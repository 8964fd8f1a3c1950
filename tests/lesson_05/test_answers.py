"""The numbers in the folded answers of the notebook."""

import numpy as np
import pytest
from every import folded_answers

from lessons_lib.lesson_05 import FitExplorer
from lessons_lib.maths import reparameterisation as trick
from lessons_lib.maths.gaussians.branches import birth, change_of_lead, twin_fits
from lessons_lib.maths.gaussians.fits import forward_kl, moment_match
from lessons_lib.maths.gaussians.landscape import stationary_points
from lessons_lib.maths.gaussians.mixtures import GaussianMixture
from lessons_lib.maths.two_bits import SPLIT, best_product_models, forward_bits_kl

SAID = folded_answers("05_forward_and_reverse_kl")
HUMPS = GaussianMixture((0.5, 0.5), (-2.5, 2.5), (0.7, 0.7))


def test_the_landscape_of_the_opening_humps():
    assert f"The forward KL, {forward_kl(HUMPS, 2.5, 0.7):.2f} nats on the very hump" in SAID
    minima = [point for point in stationary_points(HUMPS) if point.kind == "minimum"]
    assert len(minima) == 3
    assert f"one between them with σ = {minima[-1].deviation:.2f}" in SAID
    assert "One, with mean {:.0f} and σ = {:.2f}.".format(*moment_match(HUMPS)) in SAID
    uneven = GaussianMixture((0.3, 0.7), HUMPS.means, HUMPS.deviations)
    assert not any(point.kind == "minimum" and abs(point.mean) < 2 for point in stationary_points(uneven))


def test_where_the_ball_ends_from_the_start_that_is_named():
    explorer = FitExplorer()
    explorer.move(mean=0.5, width=1.0)
    explorer.move(step=explorer.controls["step"].max)
    assert explorer.state.mean == pytest.approx(0, abs=0.02)


def test_the_thresholds():
    assert f"At {birth().separation:.2f}, out of nothing, near a mean of {abs(birth().mean):.2f}" in SAID
    assert f"Around {change_of_lead():.2f}." in SAID
    cover = max(point.value for point in twin_fits(8) if point.kind == "minimum")
    hump = min(point.value for point in twin_fits(8))
    assert f"It costs {cover:.3f} nats, where a hump costs {hump:.3f}." in SAID


def test_two_bits():
    assert f"Beyond {SPLIT:.3f}." in SAID
    for agreement in (0.6, 0.9, 0.99):
        others = [forward_bits_kl(agreement, a, b) for a in np.linspace(0.05, 0.95, 19) for b in (0.3, 0.5, 0.8)]
        assert forward_bits_kl(agreement, 0.5, 0.5) <= min(others) + 1e-12
    a, b, _ = best_product_models(0.9)[0]
    assert (max(a, 1 - a), max(b, 1 - b)) == pytest.approx((0.75, 0.75))


def test_an_independent_q_ends_near_a_hump_and_a_correlated_one_between_them():
    humps = np.array(trick.MEANS)
    for start in [(a, b) for a in np.linspace(-2.5, 2.5, 6).tolist() for b in np.linspace(-2.5, 2.5, 6).tolist()]:
        end = trick.fit(start, 1, 64, False).means[-1]
        assert np.hypot(*(humps - end).T).min() < 0.2
    for start in ((-2.5, 2.5), (0.6, -1.4), (2.0, 1.0)):
        assert np.hypot(*trick.fit(start, 1, 64, True).means[-1]) < 0.2
