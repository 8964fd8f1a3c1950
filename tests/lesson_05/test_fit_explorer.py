"""What the fit explorer makes of a mixture and a Gaussian, and of hands on its handles."""

import time
from dataclasses import replace

import numpy as np
import pytest
import sweep
from scipy import integrate, stats
from threadpoolctl import threadpool_limits

from lessons_lib.lesson_05 import FitExplorer
from lessons_lib.lesson_05.directions import FORWARD, REVERSE
from lessons_lib.lesson_05.fit_explorer import EVERYWHERE, X, integrands, mixture
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.fits import divergence, forward_kl, gaussian, moment_match
from lessons_lib.maths.gaussians.landscape import reverse_derivatives, stationary_points
from lessons_lib.maths.gaussians.mixtures import GaussianMixture


@pytest.mark.parametrize(
    ("mean", "width", "end"),
    [
        *[(mean, width, (0, 2.210020)) for mean, width in ((0, 1), (0.5, 1), (0, 3), (1, 3), (1.2, 5))],
        *[(mean, width, (2.498556, 0.702575)) for mean, width in ((1, 1), (2, 1), (2, 3), (3, 3), (2, 0.3))],
        (-2, 1, (-2.498556, 0.702575)),
    ],
)
def test_rolls_end_where_the_reference_says(mean, width, end):
    """claims.md, 3.3: the way of gradient descent, which never climbs."""
    fit = FitExplorer(mean=mean, width=width)
    fit.move(step=60)
    assert (fit.state.mean, fit.state.width) == pytest.approx(end, abs=5e-3)
    heights, _, _ = reverse_derivatives(mixture(fit.state), *fit.result.trails[0].T)
    assert (np.diff(heights) < 1e-6).all()


def test_both_divergences_against_scipy():
    fit = FitExplorer(weights=(0.2, 0.5, 0.3), mean=-0.4, width=1.5)
    places, spreads = fit.state.places, fit.state.spreads

    def log_p(x):
        return np.log(
            sum(w * stats.norm.pdf(x, m, s) for w, m, s in zip((0.2, 0.5, 0.3), places, spreads, strict=True))
        )

    def divergence(first, second):
        return integrate.quad(lambda x: np.exp(first(x)) * (first(x) - second(x)), -12, 12, limit=200, epsabs=1e-12)[0]

    log_q = stats.norm(-0.4, 1.5).logpdf
    assert fit.result.forward == pytest.approx(divergence(log_p, log_q), rel=1e-6)
    assert fit.result.reverse == pytest.approx(divergence(log_q, log_p), rel=1e-6)
    at = fit.result.x
    np.testing.assert_allclose(np.log(fit.result.p[50:-50]), log_p(at[50:-50]), rtol=1e-9)


def test_the_integrands_have_the_divergences_as_their_areas():
    p, q = mixture(FitExplorer().state), gaussian(1.0, 1.5)
    both = integrands(p.log_density(X), q.log_density(X))
    for terms, kl in zip(both, (divergence(p, q), divergence(q, p)), strict=True):
        assert np.trapezoid(terms, X) == pytest.approx(kl, abs=1e-3)


def test_moments_are_the_minimum_of_the_forward_landscape():
    fit = FitExplorer(weights=(0.3, 0.7, 0.0), direction=FORWARD)
    fit.controls["moments"].click()
    assert (fit.state.mean, fit.state.width) == pytest.approx((1, 2.395829710142))
    assert fit.result.forward == pytest.approx(0.620012291154, abs=1e-9)
    assert fit.result.minima[0] == pytest.approx([1, np.log(2.395829710142), 0.620012291154])
    fit.move(mean=-4.0, width=0.4)
    fit.move(step=60)
    assert (fit.state.mean, fit.state.width) == pytest.approx((1, 2.3958), abs=5e-3)


def test_missing_support_is_infinite_in_one_direction_alone():
    fit = FitExplorer(support="cut off outside −3 … 3")
    p = mixture(fit.state)
    assert fit.result.reverse == np.inf
    assert fit.result.forward == pytest.approx(forward_kl(p, 1, 2))
    assert fit.result.heights is None
    assert "∞" in fit.describe()
    assert fit.controls["step"].disabled
    assert "∞" in fit.figure.view.infinite.get_text()
    fit.controls["direction"].value = FORWARD
    assert fit.result.minima[0, :2] == pytest.approx([moment_match(p)[0], np.log(moment_match(p)[1])], abs=1e-9)
    fit.controls["support"].value = EVERYWHERE
    fit.controls["direction"].value = REVERSE
    assert fit.figure.view.infinite.get_text() == ""
    sweep.healthy(fit, "support")


def test_no_second_minimum_is_born_where_all_is_infinite():
    goal = next(c for c in FitExplorer.challenges if c.name == "05_second_minimum_born")
    fit = FitExplorer(**goal.example)
    assert goal.reached(fit.state, fit.result)
    fit.controls["support"].value = "cut off outside −3 … 3"
    assert not goal.reached(fit.state, fit.result)


def test_weights_share_what_one_of_them_leaves():
    fit = FitExplorer(weights=(0.2, 0.6, 0.2))
    fit.controls["which"].value = "A"
    fit.controls["weight"].value = 0.6
    assert fit.state.weights == pytest.approx((0.6, 0.3, 0.1))
    fit.controls["weight"].value = 1.0
    assert fit.state.weights == pytest.approx((0.98, 0.015, 0.005))
    assert sum(fit.state.weights) == pytest.approx(1, abs=1e-12)


def test_rolls_stay_until_p_changes_and_moving_q_ends_the_last_one():
    fit = FitExplorer()
    fit.controls["step"].value = 30
    assert fit.state.rolls == ((1.0, 2.0),)
    assert len(fit.result.trails[0]) == 31
    fit.controls["place"].value = 2.0
    assert fit.state.step == 0
    assert len(fit.result.trails[0]) == 61
    fit.controls["step"].value = 60
    assert len(fit.result.trails) == 2
    fit.controls["step"].value = 10
    assert len(fit.state.rolls) == 2
    fit.controls["step"].value = 0
    assert (fit.state.mean, fit.state.width) == pytest.approx((2.0, fit.state.spread))
    assert len(fit.state.rolls) == 1
    fit.controls["which"].value = "B"
    fit.controls["spread"].value = 1.0
    assert fit.state.rolls == ()
    assert fit.state.step == 0


def test_each_handle_moves_its_own_part():
    fit = FitExplorer()
    view = fit.figure.view
    tops, sides = view.handles(fit.result)
    sweep.drag_in(fit, view.density_axes, tops[0], tops[0] + [-1, 0], 1)
    assert fit.state.places == pytest.approx((-3.5, 2.5, 0), abs=0.02)
    assert fit.state.weights == (0.5, 0.5, 0)
    sweep.drag_in(fit, view.density_axes, sides[1], sides[1] + [0.5, 0], 2)
    assert fit.state.spreads == pytest.approx((0.7, 1.2, 0.7), abs=0.02)
    tops, _ = view.handles(fit.result)
    sweep.drag_in(fit, view.density_axes, tops[3], tops[3] + [-1, 0], 3)
    assert (fit.state.mean, fit.state.which) == (pytest.approx(0, abs=0.02), "q")
    tops, _ = view.handles(fit.result)
    sweep.drag_in(fit, view.density_axes, tops[2], tops[2] + [0, 0.5], 4)
    assert fit.state.weights[2] > 0.1
    sweep.drag_in(fit, view.map_axes, (0, 0), (3, np.log(4)), 5)
    assert (fit.state.mean, fit.state.width) == pytest.approx((3, 4), abs=0.02)


def test_every_handle_is_within_the_axes_and_works_on_either_side():
    for mean, width in ((5.0, 8.0), (-5.0, 8.0), (0.0, 8.0), (5.0, 3.5)):
        fit = FitExplorer(mean=mean, width=width, places=(-5, 5, 5), spreads=(4, 4, 4))
        assert all((np.abs(handles[:, 0]) <= X[-1]).all() for handles in fit.figure.view.handles(fit.result))
    _, sides = fit.figure.view.handles(fit.result)
    assert sides[3, 0] == pytest.approx(1.5)
    sweep.drag_in(fit, fit.figure.view.density_axes, sides[3], sides[3] + [0.5, 0], 1)
    assert fit.state.width == pytest.approx(3.0, abs=0.02)


def test_a_roll_past_the_widest_q_keeps_to_the_sliders():
    fit = FitExplorer(direction=FORWARD, places=(5.0, 5.0, 0.0), mean=-5.0, width=0.2)
    sweep.set_control(fit, "step", 18)
    assert fit.state.width == fit.controls["spread"].max
    sweep.set_control(fit, "which", "A")
    sweep.set_control(fit, "spread", 1.0)


@pytest.mark.parametrize("field", ["mean", "places"])
@threadpool_limits.wrap(1)  # threads of numpy that wait for a busy processor count as work
def test_a_move_costs_little_beside_the_landscape_in_full(field):
    start = FitExplorer(weights=(0.3, 0.3, 0.4), spreads=(0.4, 0.5, 2.0)).state
    moves, landscapes = [], []
    for move in range(9):
        there = replace(start, **{field: 0.1 * move if field == "mean" else (-2.5, 2.0 + 0.05 * move, 0.3)})
        begin = time.thread_time()
        FitExplorer.compute(there)
        between = time.thread_time()
        stationary_points(GaussianMixture(there.weights, there.places, there.spreads))
        moves.append(between - begin)
        landscapes.append(time.thread_time() - between)
    assert np.median(moves) < np.median(landscapes) / 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": (0.5, 0.6, 0.0)},
        {"weights": (1.5, -0.5, 0.0)},
        {"weights": (0.5, 0.5)},
        {"places": (0, 0, 9)},
        {"places": "abc"},
        {"spreads": (0.7, 0.7, 0)},
        {"spreads": (0.7, 0.7, float("nan"))},
        {"mean": 7},
        {"mean": None},
        {"width": 0},
        {"rolls": ((1,),)},
        {"rolls": 3},
    ],
)
def test_what_is_no_mixture_is_named(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        FitExplorer(**wrong)
