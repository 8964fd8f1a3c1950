"""The divergence of a Gaussian q from a mixture p as a landscape over q's mean μ and log-deviation λ = log σ.

Its slopes and curvatures, every place where it is level, and the way down: exact, for any mixture. All in nats.
What a drag needs quicker, for the humps of one explorer, `survey.py` does with the same formulas.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.mixtures import LOG_ROOT_TWO_PI, WIDE_STEPS, GaussianMixture, bends, panel_rule
from lessons_lib.maths.validation import Array, broadcast, read_numbers

ENTROPY_OF_UNIT = LOG_ROOT_TWO_PI + 0.5
"""Entropy of N(0, 1); that of N(μ, σ²) is log σ more."""


@dataclass(frozen=True)
class StationaryPoint:
    """A place where the landscape is level. kind: "minimum" or "saddle"."""

    mean: float
    deviation: float
    value: float
    kind: str


Derivatives = tuple[Array, Array, Array]
"""KL(q‖p) of some q's, its gradient by (μ, log σ) along a last axis of 2, its Hessian along two of them."""


@np.errstate(all="ignore")
def reverse_derivatives(p: GaussianMixture, mean: ArrayLike, log_deviation: ArrayLike) -> Derivatives:
    """KL(q‖p) of each q = N(mean, e^(2 log_deviation)), its gradient (..., 2) and its Hessian (..., 2, 2).

    Raises InputError for a truncated p, from which every q is infinitely far.
    """
    if p.truncated:
        raise InputError("p is truncated: KL(q‖p) is infinite for every Gaussian q")
    mean, log_deviation = broadcast(read_numbers("mean", mean), read_numbers("log_deviation", log_deviation))
    deviation = np.exp(log_deviation)
    z, weights = standard_rule(p, mean, deviation)
    return averaged(*p.log_density_and_score(mean[..., None] + deviation[..., None] * z), z, weights, log_deviation)


@np.errstate(all="ignore")
def averaged(log_p: Array, score: Array, z: Array, weights: Array, log_deviation: Array) -> Derivatives:
    """Return the derivatives from log p and its score s at x = μ + σ z, with weights for a mean over z ~ N(0, 1).

    x moves by 1 with μ and by σ z with log σ. Second derivatives need no slope of the score: by parts,
    E[s'(μ + σ z) h(z)] = E[s (z h − h')] / σ.
    """
    deviation, pull, moments = np.exp(log_deviation), weights * score, []
    for _ in range(4):
        moments.append(pull.sum(axis=-1))
        pull = pull * z
    m0, m1, m2, m3 = moments
    value = -log_deviation - ENTROPY_OF_UNIT - (weights * log_p).sum(axis=-1)
    gradient = np.stack([-m0, -1 - deviation * m1], axis=-1)
    hessian = np.stack([-m1 / deviation, m0 - m2, m0 - m2, deviation * (m1 - m3)], axis=-1)
    return value, gradient, hessian.reshape(*log_deviation.shape, 2, 2)


@np.errstate(all="ignore")
def standard_rule(p: GaussianMixture, mean: Array, deviation: Array) -> tuple[Array, Array]:
    """Nodes z and weights for means over z ~ N(0, 1) of what log p does at mean + deviation z: a row for each q."""
    furthest = 9 * float(deviation.max()) + float(np.ptp([*p.means, *mean.flat]))
    of_p = (bends(p, furthest) - mean[..., None]) / deviation[..., None]
    of_q = np.broadcast_to(WIDE_STEPS, (*mean.shape, WIDE_STEPS.size))
    ends = np.clip(np.concatenate([of_p, of_q], axis=-1), WIDE_STEPS[0], WIDE_STEPS[-1])
    z, weights = panel_rule(np.sort(ends, axis=-1))
    return z, weights * np.exp(-(z**2) / 2 - LOG_ROOT_TWO_PI)


@np.errstate(all="ignore")
def forward_landscape(p: GaussianMixture, means: ArrayLike, log_deviations: ArrayLike) -> Array:
    """KL(p‖q) over a grid, a row for each log-deviation: in closed form, for it needs only p's mean and variance."""
    means, rows = read_numbers("means", means), read_numbers("log_deviations", log_deviations)[:, None]
    squares = p.variance + (p.mean - means) ** 2
    return LOG_ROOT_TWO_PI + rows + squares / np.exp(2 * rows) / 2 - p.entropy()


SCALE_STEPS = 0.1, 0.02, 0.004
"""Valleys are followed in steps of log σ of the first size; of the others, if something has been missed."""


@np.errstate(all="ignore")
def stationary_points(p: GaussianMixture, direction: str = "reverse") -> tuple[StationaryPoint, ...]:
    """Every place where the landscape is level, the lowest first; none if it is infinite everywhere.

    forward: the matched moments. reverse: −E_q[log p] is −log p blurred by σ, and blurring makes no new valleys: all
    of them begin at the modes of p and can be followed as σ grows. A stationary point lies at the bottom of such a
    valley, where also the slope along it is 0: with curvature 1/σ² across, so that none is a maximum. As the landscape
    rises without bound to all sides, there is one saddle less than there are minima; while that is not so, valleys are
    followed in shorter steps. (At the very separation at which a minimum is born, it is not so.)
    """
    if direction == "forward":
        value = float(forward_landscape(p, [p.mean], [math.log(p.deviation)])[0, 0])
        return (StationaryPoint(p.mean, p.deviation, value, "minimum"),)
    if p.truncated:
        return ()
    for step in SCALE_STEPS:
        points = level_points(partial(reverse_derivatives, p), *_starts(p, step))
        minima = sum(point.kind == "minimum" for point in points)
        if minima - (len(points) - minima) == 1:
            break
    return points


def _components(p: GaussianMixture) -> tuple[Array, Array]:
    """Means and deviations of the components that have weight."""
    active = np.array(p.weights) > 0
    return np.array(p.means)[active], np.array(p.deviations)[active]


@np.errstate(all="ignore")
def modes(p: GaussianMixture) -> Array:
    """Places of the maxima of p's density, untruncated: where its score goes from above to below 0."""
    means, deviations = _components(p)
    around = (means[:, None] + deviations[:, None] * np.linspace(-5, 5, 201)).ravel()
    between = np.linspace(means.min() - deviations.min(), means.max() + deviations.min(), 201)
    x = np.unique(np.concatenate([around, between]))
    falls = np.flatnonzero((p.score(x[:-1]) > 0) & (p.score(x[1:]) <= 0))
    low, high = x[falls], x[falls + 1]
    for _ in range(50):
        middle = (low + high) / 2
        rising = p.score(middle) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return (low + high) / 2


def _starts(p: GaussianMixture, step: float) -> tuple[Array, Array]:
    """Points of the valleys, followed in these steps, at which the slope along them is small.

    Every stationary σ is at least the narrowest component's: 1/σ² is a mean of −(log p)'', which is at most 1/s².
    """
    means, deviations = _components(p)
    end = math.log(float(np.ptp(means)) + 2 * float(deviations.max()))
    mean, starts = modes(p), []
    for log_deviation in np.arange(math.log(deviations.min()) - 0.5, end + step, step):
        mean, slope, bend = _valleys(p, mean, log_deviation)
        near = np.abs(slope) < np.maximum(0.3, 2 * step * np.abs(bend))
        starts += [(place, log_deviation) for place in mean[near]]
    return tuple(np.array(starts).T)


def _valleys(p: GaussianMixture, mean: Array, log_deviation: float) -> tuple[Array, Array, Array]:
    """Let each mean roll to the bottom of its valley at this σ; return the bottoms, each once.

    With them the slope along the valley by log σ, and the slope of that slope.
    """
    deviation = math.exp(log_deviation)
    for _ in range(40):
        _, gradient, hessian = reverse_derivatives(p, mean, log_deviation)
        curvature = np.maximum(np.abs(hessian[:, 0, 0]), 1e-3 / deviation**2)
        step = np.clip(-gradient[:, 0] / curvature, -0.3 * deviation, 0.3 * deviation)
        mean = mean + step
        if np.all(np.abs(step) < 0.02 * deviation):
            break
    order = np.argsort(mean)
    kept = order[np.diff(mean[order], prepend=-np.inf) > 1e-3 * deviation]
    with np.errstate(divide="ignore", invalid="ignore"):
        bend = np.linalg.det(hessian[kept]) / hessian[kept, 0, 0]
    return mean[kept], gradient[kept, 1], bend


@np.errstate(all="ignore")
def level_points(
    derivatives: Callable[[Array, Array], Derivatives], mean: Array, log_deviation: Array, rounds: int = 40
) -> tuple[StationaryPoint, ...]:
    """Return the stationary points near these starts, each once, the lowest first."""
    found = newton(derivatives, mean, log_deviation, rounds)
    kept = []
    for here in found[~np.isnan(found[:, 0])]:
        if all(max(abs(here[0] - there[0]) / math.exp(there[1]), abs(here[1] - there[1])) > 1e-6 for there in kept):
            kept.append(here)
    at = np.reshape(kept, (-1, 2))
    value, _, hessian = derivatives(*at.T)
    kinds = np.where(np.linalg.det(hessian) > 0, "minimum", "saddle")
    points = zip(at[:, 0].tolist(), np.exp(at[:, 1]).tolist(), value.tolist(), kinds.tolist(), strict=True)
    return tuple(sorted((StationaryPoint(*point) for point in points), key=lambda point: point.value))


@np.errstate(all="ignore")
def newton(
    derivatives: Callable[[Array, Array], Derivatives], mean: Array, log_deviation: Array, rounds: int = 40
) -> Array:
    """Go from each start to the stationary point near it: rows of μ and log σ, NaN where there is none near."""
    at, moving = np.stack([mean, log_deviation], axis=-1), np.arange(mean.size)
    for _ in range(rounds):
        _, gradient, hessian = derivatives(*at[moving].T)
        step = _newton_step(gradient, hessian)
        length = np.maximum(np.abs(step[:, 0]) / np.exp(at[moving, 1]), np.abs(step[:, 1]))
        at[moving] += step * np.minimum(1, 0.3 / np.maximum(length, 0.3))[:, None]
        strayed = np.abs(at[moving, 1] - log_deviation[moving]) > 0.5  # another start is nearer
        at[moving[strayed]] = np.nan
        moving = moving[(length > 1e-10) & ~strayed]
        if not moving.size:
            break
    at[moving] = np.nan
    return at


def _newton_step(gradient: Array, hessian: Array) -> Array:
    """Return −H⁻¹ g for each; long, but finite, where H is singular."""
    (a, b), (_, c) = np.moveaxis(hessian, (-2, -1), (0, 1))
    least = 1e-14 * (np.abs(a * c) + b**2) + 1e-200
    determinant = a * c - b**2
    determinant = np.where(np.abs(determinant) > least, determinant, least)
    g, h = gradient.T
    return np.stack([b * h - c * g, b * g - a * h], axis=-1) / determinant[:, None]


RATE, LONGEST, MOST_STEPS = 0.1, 0.1, 4000


@np.errstate(all="ignore")
def roll_down(gradient: Callable[[Array], Array], mean: float, log_deviation: float) -> Array:
    """Gradient descent over (μ, log σ) from a start: the path, shape (steps + 1, 2).

    The rate is 0.1; no step is longer than 0.1, so that it does not jump where the landscape is steep. It ends where
    the gradient is shorter than 1e-4.
    """
    path = [np.array([mean, log_deviation], dtype=float)]
    for _ in range(MOST_STEPS):
        slope = gradient(path[-1])
        length = math.hypot(*slope)
        if length < 1e-4:
            break
        path.append(path[-1] - slope * min(RATE, LONGEST / length))
    return np.array(path)


@np.errstate(all="ignore")
def forward_gradient(p: GaussianMixture, at: Array) -> Array:
    """Gradient of KL(p‖q) by q's (μ, log σ)."""
    away, precision = at[0] - p.mean, math.exp(-2 * at[1])
    return np.array([away * precision, 1 - (p.variance + away**2) * precision])
