"""Mixtures of Gaussians on the line: density, its logarithm and slope, moments, entropy; truncated if so wanted.

Integrals are sums over Gauss-Legendre panels laid out for the mixture. Its logarithm is a parabola wherever one
component outweighs the others, and bends where two components change places, however narrow that place is. Panels
shrink towards these places, and are no wider than a component.
"""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import log_ndtr

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.stable import log1mexp
from lessons_lib.maths.validation import Array, read_list, read_numbers, read_reals

LOG_ROOT_TWO_PI = math.log(2 * math.pi) / 2
STEPS = np.arange(-10.0, 10.1, 1.25)
"""Where panels begin and end within a Gaussian, in its standard deviations; what lies beyond weighs 1e-23."""
WIDE_STEPS = np.arange(-9.0, 9.1, 2.25)
"""The same where what is averaged over the Gaussian has no finer features than bends."""
GROWTH = 2.5
"""From one panel to the next, away from a bend, widths grow by this factor."""
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(14)


@dataclass(frozen=True)
class GaussianMixture:
    """Gaussians added with weights: the density Σ weight N(x; mean, deviation²), in units of 1/x.

    weights, means, deviations: as many numbers each, deviations above 0, weights at least 0 with the sum 1 (to 1e-9).
    low, high: outside them the density is 0, inside it is divided by the mass there. Anything else: InputError.

    >>> p = GaussianMixture(weights=(0.5, 0.5), means=(-2.5, 2.5), deviations=(0.7, 0.7))
    >>> round(p.mean, 12), round(p.variance, 12), round(p.entropy(), 9)
    (0.0, 6.74, 1.754892943)
    """

    weights: tuple[float, ...]
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self):
        for name in ("weights", "means", "deviations"):
            object.__setattr__(self, name, tuple(read_list(name, getattr(self, name)).tolist()))
        self._check_components()
        self._check_interval()

    def _check_components(self) -> None:
        lengths = [len(row) for row in (self.weights, self.means, self.deviations)]
        if len(set(lengths)) > 1:
            raise InputError("weights, means and deviations must be equally many, not {}, {} and {}".format(*lengths))
        if min(self.weights) < 0:
            raise InputError(f"weights must be at least 0, but hold {min(self.weights):g}")
        if abs(math.fsum(self.weights) - 1) > 1e-9:
            raise InputError(f"weights must have the sum 1, but have {math.fsum(self.weights):.12g}")
        if min(self.deviations) <= 0:
            raise InputError(f"deviations must be above 0, but hold {min(self.deviations):g}")

    def _check_interval(self) -> None:
        for name in ("low", "high"):
            end = read_reals(name, getattr(self, name))
            if end.ndim or np.isnan(end):
                raise InputError(f"{name} must be one number, not {getattr(self, name)!r:.60}")
            object.__setattr__(self, name, float(end))
        if not self.low < self.high:
            raise InputError(f"low must be below high, but they are {self.low:g} and {self.high:g}")
        if self.log_mass == -math.inf:
            raise InputError(f"this mixture has no mass between {self.low:g} and {self.high:g} that a float can hold")

    @property
    def truncated(self) -> bool:
        """Whether some x have the density 0."""
        return self.low > -math.inf or self.high < math.inf

    @cached_property
    @np.errstate(all="ignore")
    def log_mass(self) -> float:
        """Log of the mass between low and high, before truncation divides by it: 0 without truncation."""
        return log_mass(self, self.low, self.high) if self.truncated else 0.0

    @np.errstate(all="ignore")
    def log_density(self, x: ArrayLike) -> Array:
        """Log of the density, in nats, finite wherever the density is above 0, however far out; the shape of x."""
        return self.log_density_and_score(x)[0]

    @np.errstate(all="ignore")
    def density(self, x: ArrayLike) -> Array:
        """Return the density; the shape of x."""
        return np.exp(self.log_density(x))

    @np.errstate(all="ignore")
    def score(self, x: ArrayLike) -> Array:
        """Slope of the log-density, in nats a unit of x; NaN where the density is 0; the shape of x."""
        return self.log_density_and_score(x)[1]

    @np.errstate(all="ignore")
    def log_density_and_score(self, x: ArrayLike) -> tuple[Array, Array]:
        """Return both, of which the score is the mean of the components' scores, weighted by their shares at x."""
        x = read_numbers("x", x)
        weights, means, deviations = _columns(self, x.ndim)
        scaled = (means - x) / deviations
        logs = np.log(weights / deviations) - LOG_ROOT_TWO_PI - scaled**2 / 2
        greatest = logs.max(axis=0)
        shares = np.exp(logs - greatest)
        total = shares.sum(axis=0)
        log_density = greatest + np.log(total) - self.log_mass
        score = (shares * scaled / deviations).sum(axis=0) / total
        if self.truncated:
            outside = (x < self.low) | (x > self.high)
            log_density, score = np.where(outside, -np.inf, log_density), np.where(outside, np.nan, score)
        return log_density[()], score[()]

    @property
    @np.errstate(all="ignore")
    def mean(self) -> float:
        """The expected x."""
        return _moments(self)[0]

    @property
    @np.errstate(all="ignore")
    def variance(self) -> float:
        """The expected squared distance from the mean."""
        return _moments(self)[1]

    @property
    @np.errstate(all="ignore")
    def deviation(self) -> float:
        """Square root of the variance."""
        return math.sqrt(self.variance)

    @np.errstate(all="ignore")
    def entropy(self) -> float:
        """Differential entropy, −∫ p log p, in nats."""
        return _entropy(self)


@np.errstate(all="ignore")
def log_mass(p: GaussianMixture, low: float, high: float) -> float:
    """Log of the mass that p, before any truncation, has between low and high."""
    weights, means, deviations = _columns(p, 0)
    start, end = (low - means) / deviations, (high - means) / deviations
    start, end = np.where(start > 0, -end, start), np.where(start > 0, -start, end)  # where tails keep their digits
    with np.errstate(divide="ignore", invalid="ignore"):
        above, below = log_ndtr(end), log_ndtr(start)
        logs = np.log(weights) + np.where(np.isneginf(above), -np.inf, above + log1mexp(np.minimum(below - above, 0)))
    return float(np.logaddexp.reduce(logs))


def _columns(p: GaussianMixture, dimensions: int) -> tuple[Array, Array, Array]:
    """Weights, means and deviations of the components that have weight, along a first axis before so many others."""
    rows = np.array([p.weights, p.means, p.deviations])
    return tuple(row.reshape(-1, *(1,) * dimensions) for row in rows[:, rows[0] > 0])


@lru_cache(maxsize=256)
def _moments(p: GaussianMixture) -> tuple[float, float]:
    if p.truncated:
        x, weights = rule(p)
        mass = weights * p.density(x)
        mean = float(x @ mass)
        return mean, float((x - mean) ** 2 @ mass)
    weights, means, deviations = np.array([p.weights, p.means, p.deviations])
    mean = float(weights @ means)
    return mean, float(weights @ (deviations**2 + (means - mean) ** 2))


@lru_cache(maxsize=256)
def _entropy(p: GaussianMixture) -> float:
    x, weights = rule(p)
    log_p = p.log_density(x)
    return -float(weights @ (np.exp(log_p) * log_p))


# Integrals


@np.errstate(all="ignore")
def panel_rule(breaks: Array) -> tuple[Array, Array]:
    """Nodes and weights on panels between sorted breaks, shape (..., breaks): each of shape (..., 14 a panel)."""
    half = np.diff(breaks) / 2
    middle = breaks[..., :-1] + half
    shape = (*breaks.shape[:-1], -1)
    nodes = middle[..., None] + half[..., None] * _NODES
    return nodes.reshape(shape), (half[..., None] * _WEIGHTS).reshape(shape)


@lru_cache(maxsize=256)
@np.errstate(all="ignore")
def exchanges(p: GaussianMixture) -> list[complex]:
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


@np.errstate(all="ignore")
def bends(p: GaussianMixture, width: float) -> Array:
    """Panel ends for the log-density of p: dense where components change places, coarser away, up to `width` away."""
    ends = [np.empty(0)]
    for root in exchanges(p):
        scale = abs(root.imag)
        if scale < width:
            growing = scale * GROWTH ** np.arange(np.ceil(np.log(width / scale) / np.log(GROWTH)) + 1)
            ends.append(root.real + np.concatenate([-growing, [0.0], growing]))
    return np.concatenate(ends)


@np.errstate(all="ignore")
def reach(p: GaussianMixture) -> tuple[float, float]:
    """Return the interval outside which p has no mass to speak of: ten standard deviations, within the truncation."""
    means, deviations = np.array(p.means), np.array(p.deviations)
    low, high = float((means - 10 * deviations).min()), float((means + 10 * deviations).max())
    wide = 10 * float(deviations.max())
    return max(p.low, min(low, p.high - wide)), min(p.high, max(high, p.low + wide))


@np.errstate(all="ignore")
def rule(p: GaussianMixture, *others: GaussianMixture) -> tuple[Array, Array]:
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
