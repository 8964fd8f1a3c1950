"""Integrals over the real line that a mixture of Gaussians makes difficult, by Gauss-Legendre panels laid out for it.

The logarithm of a mixture is a parabola wherever one component outweighs the others, and bends where two components
change places, however narrow that place is. Panels shrink towards these places, and are no wider than a component.
"""

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from lessons_lib.validation import Array

if TYPE_CHECKING:
    from lessons_lib.mixtures import Mixture

STEPS = np.arange(-10.0, 10.1, 1.25)
"""Where panels begin and end within a Gaussian, in its standard deviations; what lies beyond weighs 1e-23."""
WIDE_STEPS = np.arange(-9.0, 9.1, 2.25)
"""The same where what is averaged over the Gaussian has no finer features than bends."""
GROWTH = 2.5
"""From one panel to the next, away from a bend, widths grow by this factor."""
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(14)


def panel_rule(breaks: Array) -> tuple[Array, Array]:
    """Nodes and weights on panels between sorted breaks, shape (..., breaks): each of shape (..., 14 a panel)."""
    half = np.diff(breaks) / 2
    middle = breaks[..., :-1] + half
    shape = (*breaks.shape[:-1], -1)
    nodes = middle[..., None] + half[..., None] * _NODES
    return nodes.reshape(shape), (half[..., None] * _WEIGHTS).reshape(shape)


@lru_cache(maxsize=256)
def exchanges(p: "Mixture") -> list[complex]:
    """Where two components of p change places as the greater one: the real part; how abruptly: the imaginary part.

    With densities e^f and e^g these are the complex points next to the real line where e^f + e^g = 0, f - g = iπ: up
    to two for each pair. A logarithm of the sum is smooth on the scale of their distance from the real line.
    """
    active = [c for c in zip(p.weights, p.means, p.deviations, strict=True) if c[0] > 0]
    return [root for pair in combinations(active, 2) for root in _roots(*pair)]


def _roots(first: tuple[float, ...], second: tuple[float, ...]) -> list[complex]:
    """Roots x of f - g = iπ, where f, g are the log-densities of two weighted Gaussians; measured from one's mean."""
    (weight, mean, deviation), (other_weight, other_mean, other_deviation) = first, second
    apart = other_mean - mean
    square = (1 / other_deviation**2 - 1 / deviation**2) / 2
    slope = -apart / other_deviation**2
    constant = apart**2 / other_deviation**2 / 2 + np.log(weight / other_weight) - np.log(deviation / other_deviation)
    constant = constant - 1j * np.pi
    discriminant = np.sqrt(slope**2 - 4 * square * constant)
    stable = -(slope + (discriminant if slope * discriminant.real >= 0 else -discriminant)) / 2
    roots = [stable / square] if square else []
    return [mean + root for root in (*roots, *([constant / stable] if stable else []))]


def bends(p: "Mixture", width: float) -> Array:
    """Panel ends for the log-density of p: dense where components change places, coarser away, up to `width` away."""
    ends = [np.empty(0)]
    for root in exchanges(p):
        scale = abs(root.imag)
        if scale < width:
            growing = scale * GROWTH ** np.arange(np.ceil(np.log(width / scale) / np.log(GROWTH)) + 1)
            ends.append(root.real + np.concatenate([-growing, [0.0], growing]))
    return np.concatenate(ends)


def reach(p: "Mixture") -> tuple[float, float]:
    """Return the interval outside which p has no mass to speak of: ten standard deviations, within the truncation."""
    means, deviations = np.array(p.means), np.array(p.deviations)
    low, high = float((means - 10 * deviations).min()), float((means + 10 * deviations).max())
    wide = 10 * float(deviations.max())
    return max(p.low, min(low, p.high - wide)), min(p.high, max(high, p.low + wide))


def rule(p: "Mixture", *others: "Mixture") -> tuple[Array, Array]:
    """Nodes and weights for integrals of p's density times logarithms of p's and of the others' densities."""
    low, high = reach(p)
    ends = [np.array([low, high])]
    for mixture in (p, *others):
        ends += [mean + deviation * STEPS for mean, deviation in zip(mixture.means, mixture.deviations, strict=True)]
        ends.append(bends(mixture, high - low))
        for end, sign in ((mixture.low, 1), (mixture.high, -1)):
            if np.isfinite(end):
                ends.append(end + sign * (high - low) * GROWTH ** -np.arange(30.0))
    return panel_rule(np.unique(np.clip(np.concatenate(ends), low, high)))
