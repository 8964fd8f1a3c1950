"""The quick survey of a landscape against the exact one, and what the fit explorer makes of it."""

import time
from dataclasses import replace

import numpy as np
import pytest
import sweep
from scipy import integrate, stats
from threadpoolctl import threadpool_limits

from lessons_lib.lesson_05 import FitExplorer
from lessons_lib.lesson_05 import fit_parts as parts
from lessons_lib.lesson_05.directions import FORWARD, REVERSE
from lessons_lib.maths.gaussians.fits import forward_kl, gaussian, moment_match, reverse_kl
from lessons_lib.maths.gaussians.landscape import reverse_derivatives, stationary_points
from lessons_lib.maths.gaussians.mixtures import GaussianMixture
from lessons_lib.maths.gaussians.survey import LOG_WIDTHS, MEANS, survey, tabulate


def random_mixture(seed):
    """Return a mixture such as the explorer's sliders can make."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 4))
    return GaussianMixture(
        rng.dirichlet(np.full(count, 1.2)), rng.uniform(-5, 5, count), np.exp(rng.uniform(-1.2, 1.38, count))
    )


def by_place(points):
    return np.array(sorted((p.kind, p.mean, p.deviation, p.value) for p in points)).T


@pytest.mark.parametrize("seeds", range(0, 200, 20))
def test_the_survey_finds_the_stationary_points_that_the_landscape_has(seeds):
    for seed in range(seeds, seeds + 20):
        p = random_mixture(seed)
        (kinds, *ours), (wanted_kinds, *wanted) = map(by_place, (survey(tabulate(p)).points, stationary_points(p)))
        assert kinds.tolist() == wanted_kinds.tolist(), seed
        np.testing.assert_allclose(np.array(ours, float), np.array(wanted, float), atol=1e-4, err_msg=str(seed))


def test_the_survey_has_the_values_of_the_landscape():
    for seed in range(5):
        heights = survey(tabulate(random_mixture(seed))).heights
        for row, column in ((3, 5), (20, 30), (38, 60), (10, 44)):
            exact = reverse_kl(random_mixture(seed), MEANS[column], np.exp(LOG_WIDTHS[row]))
            assert heights[row, column] == pytest.approx(exact, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("weights", [(0.5, 0.5), (0.3, 0.7)])
def test_the_reference_values_of_two_humps(weights):
    """Those of claims.md, 3.1 and 3.2, which test_landscape.py has: the table is as good as the quadrature there."""
    p = GaussianMixture(weights, (-2.5, 2.5), (0.7, 0.7))
    (_, *ours), (_, *wanted) = by_place(survey(tabulate(p)).points), by_place(stationary_points(p))
    np.testing.assert_allclose(np.array(ours, float), np.array(wanted, float), rtol=1e-9, atol=1e-9)


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
    heights, _, _ = reverse_derivatives(fit_mixture(fit), *fit.result.trails[0].T)
    assert (np.diff(heights) < 1e-6).all()


def fit_mixture(explorer):
    return parts.data_of(parts.landscape_of(explorer.state).data).mixture


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
    p, q = fit_mixture(FitExplorer()), gaussian(1.0, 1.5)
    for terms, kl in zip(parts.integrands(p, q), parts.both_kls(p, q), strict=True):
        assert np.trapezoid(terms, parts.X) == pytest.approx(kl, abs=1e-3)


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
    p = fit_mixture(fit)
    assert fit.result.reverse == np.inf
    assert fit.result.forward == pytest.approx(forward_kl(p, 1, 2))
    assert fit.result.heights is None
    assert "∞" in fit.describe()
    assert fit.controls["step"].disabled
    assert "∞" in fit.figure.view.infinite.get_text()
    fit.controls["direction"].value = FORWARD
    assert fit.result.minima[0, :2] == pytest.approx([moment_match(p)[0], np.log(moment_match(p)[1])], abs=1e-9)
    fit.controls["support"].value = parts.EVERYWHERE
    fit.controls["direction"].value = REVERSE
    assert fit.figure.view.infinite.get_text() == ""
    sweep.healthy(fit, "support")


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


def drag_from(fit, axes, start, end, gesture):
    to_figure = fit.figure.fig.transFigure.inverted().transform
    sweep.drag(fit, *to_figure(axes.transData.transform(start)), *to_figure(axes.transData.transform(end)), gesture)


def test_each_handle_moves_its_own_part():
    fit = FitExplorer()
    view = fit.figure.view
    tops, sides = view.handles(fit.result)
    drag_from(fit, view.density_axes, tops[0], tops[0] + [-1, 0], 1)
    assert fit.state.places == pytest.approx((-3.5, 2.5, 0), abs=0.02)
    assert fit.state.weights == (0.5, 0.5, 0)
    drag_from(fit, view.density_axes, sides[1], sides[1] + [0.5, 0], 2)
    assert fit.state.spreads == pytest.approx((0.7, 1.2, 0.7), abs=0.02)
    tops, _ = view.handles(fit.result)
    drag_from(fit, view.density_axes, tops[3], tops[3] + [-1, 0], 3)
    assert (fit.state.mean, fit.state.which) == (pytest.approx(0, abs=0.02), "q")
    tops, _ = view.handles(fit.result)
    drag_from(fit, view.density_axes, tops[2], tops[2] + [0, 0.5], 4)
    assert fit.state.weights[2] > 0.1
    drag_from(fit, view.map_axes, (0, 0), (3, np.log(4)), 5)
    assert (fit.state.mean, fit.state.width) == pytest.approx((3, 4), abs=0.02)


def test_every_handle_is_within_the_axes_and_works_on_either_side():
    for mean, width in ((5.0, 8.0), (-5.0, 8.0), (0.0, 8.0), (5.0, 3.5)):
        fit = FitExplorer(mean=mean, width=width, places=(-5, 5, 5), spreads=(4, 4, 4))
        assert all((np.abs(handles[:, 0]) <= parts.X[-1]).all() for handles in fit.figure.view.handles(fit.result))
    _, sides = fit.figure.view.handles(fit.result)
    assert sides[3, 0] == pytest.approx(1.5)
    drag_from(fit, fit.figure.view.density_axes, sides[3], sides[3] + [0.5, 0], 1)
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
    with pytest.raises(parts.InputError, match=next(iter(wrong))):
        FitExplorer(**wrong)
