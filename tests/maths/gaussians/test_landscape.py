"""The landscapes of both directions of KL: values, slopes, and every stationary point."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.branches import twin_humps
from lessons_lib.maths.gaussians.fits import forward_kl, moment_match, reverse_kl
from lessons_lib.maths.gaussians.landscape import (
    forward_gradient,
    forward_landscape,
    modes,
    reverse_derivatives,
    stationary_points,
)
from lessons_lib.maths.gaussians.mixtures import GaussianMixture

EVEN = GaussianMixture((0.5, 0.5), (-2.5, 2.5), (0.7, 0.7))
UNEVEN = GaussianMixture((0.3, 0.7), (-2.5, 2.5), (0.7, 0.7))
MIXED = GaussianMixture((0.3, 0.001, 0.699), (0, 5, 8), (0.01, 0.5, 100))


# Values and slopes


@pytest.mark.parametrize("p", [EVEN, UNEVEN, MIXED, twin_humps(20), GaussianMixture((0, 1), (4, 1), (1, 0.01))])
@pytest.mark.parametrize("deviation", [0.01, 1.0, 100.0])
def test_the_value_is_the_divergence(p, deviation):
    for mean in (-3.0, 0.02, 8.0):
        value, _, _ = reverse_derivatives(p, mean, math.log(deviation))
        assert value == pytest.approx(reverse_kl(p, mean, deviation), rel=1e-11, abs=1e-12)


@settings(max_examples=40)
@given(st.sampled_from([EVEN, UNEVEN, MIXED]), st.floats(-3, 9), st.floats(-2, 2))
def test_gradient_and_hessian_are_slopes(p, mean, log_deviation):
    step, unit = 1e-4, np.array([math.exp(log_deviation), 1.0])
    _, gradient, hessian = reverse_derivatives(p, mean, log_deviation)
    for axis in (0, 1):
        move = np.eye(2)[axis] * unit * step
        ends = [reverse_derivatives(p, mean + sign * move[0], log_deviation + sign * move[1]) for sign in (1, -1)]
        scale = 1 + abs(hessian * np.outer(unit, unit)).max()
        rise = (ends[0][0] - ends[1][0]) / (2 * step)
        assert rise == pytest.approx(gradient[axis] * unit[axis], abs=2e-3 * scale, rel=1e-3)
        rise = (ends[0][1] - ends[1][1]) * unit / (2 * step)
        np.testing.assert_allclose(rise, hessian[axis] * unit * unit[axis], atol=5e-3 * scale, rtol=5e-3)


def test_one_gaussian_has_closed_slopes():
    value, gradient, hessian = reverse_derivatives(GaussianMixture((1,), (1,), (2,)), 4.0, math.log(3))
    assert value == pytest.approx(math.log(2 / 3) + (9 + 9) / 8 - 0.5, abs=1e-14)
    np.testing.assert_allclose(gradient, [3 / 4, 9 / 4 - 1], atol=1e-13)
    np.testing.assert_allclose(hessian, [[1 / 4, 0], [0, 9 / 2]], atol=1e-12)


def test_the_forward_landscape_is_exact():
    means, log_deviations = np.linspace(-4, 4, 5), np.linspace(-1, 1.5, 4)
    exact = [[forward_kl(UNEVEN, mean, math.exp(level)) for mean in means] for level in log_deviations]
    np.testing.assert_allclose(forward_landscape(UNEVEN, means, log_deviations), exact, rtol=1e-12)


@pytest.mark.parametrize("at", [(0.3, -0.4), (-2.0, 1.2)])
def test_the_forward_gradient_is_its_slope(at):
    ends = [(at[0] + sign * 1e-5 * (1 - axis), at[1] + sign * 1e-5 * axis) for axis in (0, 1) for sign in (-1, 1)]
    rises = np.diff(np.reshape([forward_kl(UNEVEN, mean, math.exp(level)) for mean, level in ends], (2, 2)))
    np.testing.assert_allclose(forward_gradient(UNEVEN, np.array(at)), np.ravel(rises) / 2e-5, rtol=1e-6)


def test_truncation_makes_every_place_infinite():
    cut = GaussianMixture((1,), (0,), (1,), -3, 3)
    assert stationary_points(cut) == ()
    with pytest.raises(InputError, match="truncated"):
        reverse_derivatives(cut, 0, 0)


# Stationary points


def places(p):
    return [(point.mean, point.deviation, point.value, point.kind) for point in stationary_points(p)]


def test_the_claims_about_equal_weights():
    *minima, right, left = sorted(places(EVEN), key=lambda point: (point[3], point[2], point[0]))
    mode = (2.498556009286, 0.702575269742, 0.692614465362)
    assert minima[0] in ((approx(-mode[0]), *map(approx, mode[1:]), "minimum"), (*map(approx, mode), "minimum"))
    assert abs(minima[0][0] + minima[1][0]) < 1e-11
    assert minima[2] == (approx(0), approx(2.210020296494), approx(1.379216273688), "minimum")
    assert {np.sign(right[0]), np.sign(left[0])} == {-1, 1}
    for saddle in (right, left):
        assert (abs(saddle[0]), *saddle[1:]) == (
            approx(1.256299572040),
            approx(1.843161861081),
            approx(1.470338771663),
            "saddle",
        )


def test_the_claims_about_unequal_weights():
    assert places(UNEVEN) == [
        (approx(2.499074822057), approx(0.701697656605), approx(0.356339828792), "minimum"),
        (approx(-2.497759500153), approx(0.703879580821), approx(1.203132704373), "minimum"),
        (approx(-1.518768512612), approx(1.669600845545), approx(1.794682171170), "saddle"),
    ]


def approx(value):
    return pytest.approx(value, abs=2e-11)


def test_the_lighter_hump_s_weight_at_which_a_covering_minimum_is_there():
    for light, expected in ((0.363906 - 1e-5, 3), (0.363906 + 1e-5, 5)):
        assert len(places(GaussianMixture((light, 1 - light), (-2.5, 2.5), (0.7, 0.7)))) == expected


def test_forward_has_one_minimum():
    (only,) = stationary_points(UNEVEN, "forward")
    assert (only.mean, only.deviation) == moment_match(UNEVEN) == (approx(1), approx(2.395829710142))
    assert only.value == approx(0.620012291154)


def random_mixtures(count, seed):
    choose = np.random.default_rng(seed)
    for number in range(count):
        size = 2 + number % 2
        weights, means = choose.dirichlet(np.ones(size)), choose.uniform(-5, 5, size)
        yield GaussianMixture(weights, means, np.exp(choose.uniform(np.log(0.3), np.log(3), size)))


@pytest.fixture(scope="module")
def landscapes():
    mixtures = list(random_mixtures(200, seed=6))
    return mixtures, [stationary_points(p) for p in mixtures]


def test_every_stationary_point_of_200_random_mixtures_is_found(landscapes):
    """A fine grid tells where they are: there the gradient turns round once, on the way round a cell.

    Around a minimum it turns with the way, around a saddle against it. The gradients are sums over a plain grid of x.
    """
    mixtures, found = landscapes
    means, levels = np.linspace(-7.013, 7.017, 201), np.linspace(np.log(0.27), np.log(8.03), 100)
    angle = gradient_angles(mixtures, means, levels)
    square = [angle[:-1, :-1], angle[:-1, 1:], angle[1:, 1:], angle[1:, :-1]]
    turns = sum(
        np.remainder(b - a + np.pi, 2 * np.pi) - np.pi for a, b in zip(square, square[1:] + square[:1], strict=True)
    )
    turns = np.rint(turns / (2 * np.pi)).astype(int)
    assert (turns != 0).sum() > 250
    for number, points in enumerate(found):
        rows, columns = np.nonzero(turns[..., number])
        by_grid = [(means[c], levels[r], turns[r, c, number]) for r, c in zip(rows, columns, strict=True)]
        told = [(q.mean, math.log(q.deviation), 1 if q.kind == "minimum" else -1) for q in points]
        assert len(by_grid) == len(told), mixtures[number]
        for mean, level, turn in by_grid:
            near = [t for t in told if -0.07 < t[0] - mean < 0.14 and -0.04 < t[1] - level < 0.08 and t[2] == turn]
            assert near, mixtures[number]


@np.errstate(all="ignore")
def gradient_angles(mixtures, means, levels):
    x = np.arange(-70, 70, 0.04)
    scores = np.stack([p.score(x) for p in mixtures], axis=-1)
    angles = np.empty((levels.size, means.size, len(mixtures)))
    for row, deviation in enumerate(np.exp(levels)):
        z = (x - means[:, None]) / deviation
        density = np.exp(-(z**2) / 2)
        density /= density.sum(axis=1, keepdims=True)
        angles[row] = np.arctan2(-1 - deviation * ((density * z) @ scores), -density @ scores)
    return angles


def test_at_each_of_them_the_curvature_across_is_one_over_the_variance(landscapes):
    for p, points in zip(*landscapes, strict=True):
        for point in points:
            value, gradient, hessian = reverse_derivatives(p, point.mean, math.log(point.deviation))
            assert hessian[0, 0] == pytest.approx(point.deviation**-2, rel=1e-7)
            assert np.abs(gradient * [point.deviation, 1]).max() < 1e-9
            assert point.value == pytest.approx(value, abs=1e-12)
            assert point.deviation >= min(p.deviations) - 1e-9
            assert (np.linalg.det(hessian) > 0) == (point.kind == "minimum")


def test_there_is_one_minimum_more_than_saddles(landscapes):
    for _, points in zip(*landscapes, strict=True):
        kinds = [point.kind for point in points]
        assert kinds.count("minimum") == kinds.count("saddle") + 1


def test_extreme_mixtures_have_their_stationary_points():
    for p in (
        MIXED,
        twin_humps(20),
        GaussianMixture((0.5, 0.5), (0, 0), (0.01, 100)),
        GaussianMixture((0.999, 0.001), (0, 20), (1, 1)),
    ):
        points = stationary_points(p)
        assert sum(1 if point.kind == "minimum" else -1 for point in points) == 1
    (one,) = stationary_points(GaussianMixture((0, 1), (5, 3), (1, 0.01)))
    assert (one.mean, one.deviation, one.value) == (approx(3), approx(0.01), approx(0))


def test_modes_of_p():
    np.testing.assert_allclose(EVEN.score(modes(EVEN)), 0, atol=1e-9)
    assert [modes(twin_humps(d)).size for d in (1.9, 2.001, 3)] == [1, 2, 2]


@pytest.mark.parametrize("apart", [50, 400, 3000])
def test_humps_far_apart_hide_no_saddle(apart):
    """Three points within a few thousandths of their σ: the covering minimum, and a saddle on either side of it."""
    points = stationary_points(GaussianMixture((0.5, 0.5), (-apart / 2, apart / 2), (1.0, 1.0)))
    assert sorted(point.kind for point in points) == ["minimum"] * 3 + ["saddle"] * 2
    for point in points:
        _, gradient, _ = reverse_derivatives(
            GaussianMixture((0.5, 0.5), (-apart / 2, apart / 2), (1.0, 1.0)), point.mean, np.log(point.deviation)
        )
        np.testing.assert_allclose(gradient * [point.deviation, 1], 0, atol=1e-6)


@pytest.mark.parametrize("reach", [5, 30, 60])
def test_there_is_one_saddle_less_than_minima(reach):
    rng = np.random.default_rng(reach)
    for _ in range(15):
        n = rng.integers(2, 4)
        rows = rng.dirichlet(np.ones(n)), rng.uniform(-reach, reach, n), rng.uniform(0.3, 2, n)
        kinds = [point.kind for point in stationary_points(GaussianMixture(*(tuple(row.tolist()) for row in rows)))]
        assert kinds.count("minimum") - kinds.count("saddle") == 1, rows
