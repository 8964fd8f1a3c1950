"""The divergence of a Gaussian q from a mixture p as a landscape over q's mean μ and log-deviation λ = log σ.

Its slopes and curvatures, every place where it is level, and the way down. All in nats.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from lessons_lib.errors import InputError
from lessons_lib.mixtures import LOG_ROOT_TWO_PI, Mixture
from lessons_lib.quadrature import WIDE_STEPS, bends, panel_rule
from lessons_lib.validation import Array, broadcast, read_numbers

FORWARD, REVERSE = "forward", "reverse"
ENTROPY_OF_UNIT = LOG_ROOT_TWO_PI + 0.5
"""Entropy of N(0, 1); that of N(μ, σ²) is log σ more."""


@dataclass(frozen=True)
class StationaryPoint:
    """A place where the landscape is level. kind: "minimum" or "saddle"."""

    mean: float
    deviation: float
    value: float
    kind: str


def reverse_kl_and_gradient(p: Mixture, mean: ArrayLike, log_deviation: ArrayLike) -> tuple[Array, Array]:
    """KL(q‖p), and its gradient by (μ, log σ) along a last axis of 2; for arrays of q's, broadcast.

    Both are means over q: of log p, and of its score s, since x = μ + σ z moves by 1 with μ and by σ z with log σ.
    """
    value, gradient, _ = reverse_derivatives(p, mean, log_deviation)
    return value, gradient


def reverse_derivatives(p: Mixture, mean: ArrayLike, log_deviation: ArrayLike) -> tuple[Array, Array, Array]:
    """KL(q‖p) of each q = N(mean, e^(2 log_deviation)), its gradient (..., 2) and its Hessian (..., 2, 2).

    Second derivatives need no slope of the score: by parts, E[s'(μ + σ z) h(z)] = E[s (z h − h')] / σ.
    Raises InputError for a truncated p, from which every q is infinitely far.
    """
    if p.truncated:
        raise InputError("p is truncated: KL(q‖p) is infinite for every Gaussian q")
    mean, log_deviation = broadcast(read_numbers("mean", mean), read_numbers("log_deviation", log_deviation))
    deviation = np.exp(log_deviation)
    z, weights = standard_rule(p, mean, deviation)
    log_p, score = p.log_density_and_score(mean[..., None] + deviation[..., None] * z)
    moment = (weights * score)[..., None, :] @ np.stack([z**0, z, z**2 - 1, z**3 - z], axis=-1)
    s0, s1, s2, s3 = np.moveaxis(moment[..., 0, :], -1, 0)
    value = -log_deviation - ENTROPY_OF_UNIT - (weights * log_p).sum(axis=-1)
    gradient = np.stack([-s0, -1 - deviation * s1], axis=-1)
    hessian = np.stack([-s1 / deviation, -s2, -s2, -deviation * s3], axis=-1)
    return value, gradient, hessian.reshape(*mean.shape, 2, 2)


def standard_rule(p: Mixture, mean: Array, deviation: Array) -> tuple[Array, Array]:
    """Nodes z and weights for means over z ~ N(0, 1) of what log p does at mean + deviation z: a row for each q."""
    furthest = 9 * float(deviation.max()) + float(np.ptp([*p.means, *mean.flat]))
    of_p = (bends(p, furthest) - mean[..., None]) / deviation[..., None]
    of_q = np.broadcast_to(WIDE_STEPS, (*mean.shape, WIDE_STEPS.size))
    ends = np.clip(np.concatenate([of_p, of_q], axis=-1), WIDE_STEPS[0], WIDE_STEPS[-1])
    z, weights = panel_rule(np.sort(ends, axis=-1))
    return z, weights * np.exp(-(z**2) / 2 - LOG_ROOT_TWO_PI)


def landscape(p: Mixture, means: ArrayLike, log_deviations: ArrayLike, direction: str = REVERSE) -> Array:
    """The divergence over a grid: a row for each log-deviation, a column for each mean.

    forward: exact, from p's entropy and its first two moments alone. reverse: E_q[log p] is a sum over fixed places
    with weights that depend on the grid alone, and are kept: cheap for the next p, and right to 0.5 % of its value
    where p has nothing narrower than the narrowest q of the grid.
    """
    means, log_deviations = read_numbers("means", means), read_numbers("log_deviations", log_deviations)
    if direction == FORWARD:
        return forward_landscape(p, means, log_deviations)
    if p.truncated:
        return np.full((log_deviations.size, means.size), np.inf)
    x, averages = _averages(tuple(means.tolist()), tuple(log_deviations.tolist()))
    mean_log = (averages @ p.log_density(x)).reshape(log_deviations.size, means.size)
    return -log_deviations[:, None] - ENTROPY_OF_UNIT - mean_log


def forward_landscape(p: Mixture, means: Array, log_deviations: Array) -> Array:
    """KL(p‖q) in closed form: log p of a Gaussian is a parabola, whose mean needs only p's mean and variance."""
    squares = p.variance + (p.mean - means) ** 2
    cross_entropy = LOG_ROOT_TWO_PI + log_deviations[:, None] + squares / np.exp(2 * log_deviations[:, None]) / 2
    return cross_entropy - p.entropy()


@lru_cache(maxsize=8)
def _averages(means: tuple[float, ...], log_deviations: tuple[float, ...]) -> tuple[Array, Array]:
    """Places x, and a matrix that takes log p there to its mean over each q of the grid."""
    deviations = np.exp(log_deviations)
    step, far = deviations.min() / 1.5, 6 * deviations.max()
    x = np.arange(min(means) - far, max(means) + far + step, step)
    z = (x - np.array(means)[:, None]) / deviations[:, None, None]
    density = np.exp(-(z**2) / 2)
    return x, (density / density.sum(axis=-1, keepdims=True)).reshape(-1, x.size)


SCALE_STEP = 0.1
"""Valleys are followed in steps of log σ of this size."""


def stationary_points(p: Mixture, direction: str = REVERSE) -> tuple[StationaryPoint, ...]:
    """Every place where the landscape is level, the lowest first; none if it is infinite everywhere.

    forward: the matched moments. reverse: −E_q[log p] is −log p blurred by σ, and blurring makes no new valleys: all
    of them begin at the modes of p and can be followed as σ grows. A stationary point lies at the bottom of such a
    valley, where also the slope along it is 0: with curvature 1/σ² across, so that none is a maximum.
    """
    if direction == FORWARD:
        value = float(forward_landscape(p, np.array([p.mean]), np.array([math.log(p.deviation)]))[0, 0])
        return (StationaryPoint(p.mean, p.deviation, value, "minimum"),)
    if p.truncated:
        return ()
    mean, log_deviation = _newton(p, *_starts(p))
    value, _, hessian = reverse_derivatives(p, mean, log_deviation)
    kinds = np.where(np.linalg.det(hessian) > 0, "minimum", "saddle")
    found = zip(mean.tolist(), np.exp(log_deviation).tolist(), value.tolist(), kinds.tolist(), strict=True)
    return tuple(sorted((StationaryPoint(*point) for point in found), key=lambda point: point.value))


def _components(p: Mixture) -> tuple[Array, Array]:
    """Means and deviations of the components that have weight."""
    active = np.array(p.weights) > 0
    return np.array(p.means)[active], np.array(p.deviations)[active]


def modes(p: Mixture) -> Array:
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


def _starts(p: Mixture) -> tuple[Array, Array]:
    """Points of the valleys at which the slope along them is small: one at least near each stationary point.

    Every stationary σ is at least the narrowest component's: 1/σ² is a mean of −(log p)'', which is at most 1/s².
    """
    means, deviations = _components(p)
    end = math.log(float(np.ptp(means)) + 2 * float(deviations.max()))
    mean, starts = modes(p), []
    for log_deviation in np.arange(math.log(deviations.min()) - 5 * SCALE_STEP, end + SCALE_STEP, SCALE_STEP):
        mean, slope, bend = _valleys(p, mean, log_deviation)
        near = np.abs(slope) < np.maximum(0.3, 2 * SCALE_STEP * np.abs(bend))
        starts += [(place, log_deviation) for place in mean[near]]
    return tuple(np.array(starts).T)


def _valleys(p: Mixture, mean: Array, log_deviation: float) -> tuple[Array, Array, Array]:
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


def _newton(p: Mixture, mean: Array, log_deviation: Array) -> tuple[Array, Array]:
    """Go from each start to the stationary point near it, if there is one; return them, each once, as (μ, log σ)."""
    at, moving = np.stack([mean, log_deviation], axis=-1), np.arange(mean.size)
    for _ in range(40):
        _, gradient, hessian = reverse_derivatives(p, *at[moving].T)
        step = -(np.linalg.pinv(hessian, hermitian=True) @ gradient[..., None])[..., 0]
        length = np.maximum(np.abs(step[:, 0]) / np.exp(at[moving, 1]), np.abs(step[:, 1]))
        at[moving] += step * np.minimum(1, 0.3 / np.maximum(length, 0.3))[:, None]
        strayed = np.abs(at[moving, 1] - log_deviation[moving]) > 5 * SCALE_STEP  # another start is nearer
        at[moving[strayed]] = np.nan
        moving = moving[(length > 1e-10) & ~strayed]
        if not moving.size:
            break
    at[moving] = np.nan
    kept = []
    for here in at[~np.isnan(at[:, 0])]:
        if all(max(abs(here[0] - there[0]) / math.exp(there[1]), abs(here[1] - there[1])) > 1e-6 for there in kept):
            kept.append(here)
    return tuple(np.array(kept).T)


LONGEST = 0.5
"""The longest way, in μ and in log σ, that one step of a descent goes."""


def descend(
    p: Mixture, mean: float, log_deviation: float, step: float = 0.05, steps: int = 4000, tolerance: float = 1e-7
) -> Array:
    """Gradient descent on KL(q‖p) over (μ, log σ): the path, shape (steps taken + 1, 2), the start first.

    A step that would climb is halved until it does not, and none is longer than 0.5: from wherever it starts, it goes
    down. It ends early where the gradient times `step` is below the tolerance.
    """
    path, rate = [np.array([mean, log_deviation], dtype=float)], step
    value, gradient = reverse_kl_and_gradient(p, *path[0])
    for _ in range(steps):
        if step * np.abs(gradient).max() < tolerance:
            break
        move = -rate * gradient
        move *= LONGEST / max(float(np.abs(move).max()), LONGEST)
        lower, slope = reverse_kl_and_gradient(p, *(path[-1] + move))
        if lower > value:
            rate /= 2
            continue
        path.append(path[-1] + move)
        value, gradient, rate = lower, slope, min(step, 1.5 * rate)
    return np.array(path)
