"""A two-dimensional Gaussian fitted to a two-humped p by the reverse KL, from samples: the reparameterisation trick.

q's samples are x = mean + L ε with standard normal ε, so that a change of mean and L moves them. KL(q‖p) is then
−E[log p(x)] − log det L and a constant, a mean over ε, and its gradient is one too. L is lower triangular; its diagonal
is kept as logarithms. In an independent q the corner of L stays 0.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import e, log, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.validation import Array, read_numbers

MEANS = np.array([[-1.5, -1.0], [1.5, 1.0]])
COVARIANCE = np.array([[0.5, 0.3], [0.3, 0.4]])
"""p is half of each of two Gaussians with these means and this covariance."""
_PRECISION = np.linalg.inv(COVARIANCE)
_CONSTANT = -log(2 * pi) - log(np.linalg.det(COVARIANCE)) / 2 - log(2)
STEPS, RATE, LONGEST = 200, 0.08, 0.3
START_WIDTH = 0.5
_Z = np.linspace(-9, 9, 601)
_MASS = np.exp(-(_Z**2) / 2) / np.exp(-(_Z**2) / 2).sum()


@dataclass(frozen=True)
class Fit:
    """The way of a fit. means (steps + 1, 2), factors: L (steps + 1, 2, 2), losses: KL as estimated at each step."""

    means: Array
    factors: Array
    losses: Array


def log_density(x: ArrayLike) -> Array:
    """Log of p's density, for points along the last axis of 2.

    >>> round(float(log_density([0.0, 0.0])), 6)
    -3.006967
    """
    x = read_numbers("x", x)
    if x.shape[-1:] != (2,):
        raise InputError(f"x must have two coordinates along its last axis, not the shape {x.shape}")
    return np.logaddexp(*_hump_logs(x))


def noise(seed: int, samples: int, steps: int = STEPS) -> Array:
    """Standard normal numbers for every step: shape (steps, samples, 2)."""
    return np.random.default_rng(seed).standard_normal((steps, samples, 2))


@lru_cache(maxsize=64)
def fit(start: tuple[float, float], seed: int, samples: int, correlated: bool = True) -> Fit:
    """Go downhill from a round q at `start`, with `samples` fresh samples at each step."""
    here = np.array([*start, log(START_WIDTH), log(START_WIDTH), 0.0])  # mean, log-diagonal and corner of L
    way, losses = [here], []
    for epsilon in noise(seed, samples):
        factor = _factors(here)
        value, score = _log_density_and_score(here[:2] + epsilon @ factor.T)
        losses.append(-value - here[2] - here[3] - log(2 * pi * e))
        pull, turn = score.sum(axis=0) / samples, score.T @ epsilon / samples
        uphill = np.array([*pull, turn[0, 0] * factor[0, 0] + 1, turn[1, 1] * factor[1, 1] + 1, turn[1, 0]])
        if not correlated:
            uphill[4] = 0.0
        here = here + uphill * min(RATE, LONGEST / sqrt(float(uphill @ uphill) + 1e-300))
        way.append(here)
    way = np.array(way)
    return Fit(way[:, :2], _factors(way), np.array(losses))


def exact_kl(mean: ArrayLike, factor: ArrayLike) -> Array:
    """KL(q‖p) in nats, for means (..., 2) and factors (..., 2, 2).

    The humps' log-densities f, g have the same covariance, so that f − g is linear in x and (f + g)/2 quadratic. Their
    log-sum is (f + g)/2 + ln 2cosh((f − g)/2): a mean in closed form, and one over a normal number on the line.
    """
    mean, factor = read_numbers("mean", mean), read_numbers("factor", factor)
    first, second = _hump_logs(mean)
    spread = np.einsum("...ki,kl,...li->...", factor, _PRECISION, factor)
    slope = np.swapaxes(factor, -1, -2) @ (_PRECISION @ (MEANS[0] - MEANS[1]))
    half = ((first - second)[..., None] + np.hypot(slope[..., 0], slope[..., 1])[..., None] * _Z) / 2
    mean_log = (first + second - spread) / 2 + np.logaddexp(half, -half) @ _MASS
    return -mean_log - log(2 * pi * e) - np.log(factor[..., 0, 0] * factor[..., 1, 1])


def _factors(way: Array) -> Array:
    """L from its logarithmic diagonal and its corner, the last three of five numbers: shape (..., 2, 2)."""
    factors = np.zeros((*way.shape[:-1], 2, 2))
    factors[..., 0, 0], factors[..., 1, 1] = np.exp(way[..., 2]), np.exp(way[..., 3])
    factors[..., 1, 0] = way[..., 4]
    return factors


def _hump_logs(x: Array) -> tuple[Array, Array]:
    """Log of each hump's part of the density."""
    away = x - MEANS.reshape(2, *(1,) * (x.ndim - 1), 2)
    squares = (away @ _PRECISION * away).sum(axis=-1)
    return tuple(_CONSTANT - squares / 2)


def _log_density_and_score(x: Array) -> tuple[float, Array]:
    """Mean log-density of points, shape (n, 2), and the score at each."""
    first, second = _hump_logs(x)
    total = np.logaddexp(first, second)
    share = np.exp(first - total)[:, None]
    centre = share * MEANS[0] + (1 - share) * MEANS[1]
    return float(total.mean()), (centre - x) @ _PRECISION
