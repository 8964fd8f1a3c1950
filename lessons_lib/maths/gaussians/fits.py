"""How far a Gaussian q is from a mixture p, in both directions, and the best q for the direction in which it is known.

All in nats. The forward direction averages over p, KL(p‖q) = ∫ p log(p/q), the reverse one over q,
KL(q‖p) = ∫ q log(q/p).
"""

import math

import numpy as np

from lessons_lib.maths.gaussians.mixtures import GaussianMixture, log_mass, reach, rule
from lessons_lib.maths.validation import Array


@np.errstate(all="ignore")
def gaussian(mean: float, deviation: float, low: float = -math.inf, high: float = math.inf) -> GaussianMixture:
    """N(mean, deviation²), truncated to low ... high."""
    return GaussianMixture((1.0,), (mean,), (deviation,), low, high)


@np.errstate(all="ignore")
def forward_kl(
    p: GaussianMixture, mean: float, deviation: float, low: float = -math.inf, high: float = math.inf
) -> float:
    """KL(p‖q), what p pays for being described by q = N(mean, deviation²): what maximum likelihood minimises.

    Infinite where q, truncated to low ... high, gives 0 to something that p does not.

    >>> p = GaussianMixture((0.5, 0.5), (-2.5, 2.5), (0.7, 0.7))
    >>> round(forward_kl(p, *moment_match(p)), 9)
    0.618075552
    """
    return divergence(p, gaussian(mean, deviation, low, high))


@np.errstate(all="ignore")
def reverse_kl(
    p: GaussianMixture, mean: float, deviation: float, low: float = -math.inf, high: float = math.inf
) -> float:
    """KL(q‖p), what q = N(mean, deviation²) pays for being described by p: what variational inference minimises.

    Infinite where p is truncated and q reaches beyond.

    >>> p = GaussianMixture((0.5, 0.5), (-2.5, 2.5), (0.7, 0.7))
    >>> round(reverse_kl(p, *moment_match(p)), 9)
    1.544298867
    """
    return divergence(gaussian(mean, deviation, low, high), p)


@np.errstate(all="ignore")
def moment_match(p: GaussianMixture) -> tuple[float, float]:
    """Mean and standard deviation of p: those of the Gaussian with the least KL(p‖q), the only minimum there is."""
    return p.mean, p.deviation


@np.errstate(all="ignore")
def reverse_cross_entropy(p: GaussianMixture, mean: float, deviation: float) -> float:
    """H(q, p) = −∫ q log p: the reverse KL without the entropy of q, which alone keeps q from collapsing."""
    return reverse_kl(p, mean, deviation) + gaussian(mean, deviation).entropy()


@np.errstate(all="ignore")
def divergence(p: GaussianMixture, q: GaussianMixture) -> float:
    """KL(p‖q) of any two mixtures: infinite if p reaches beyond q's truncation.

    Written p log(p/q) alone, the integrand has both signs, and near p = q its integral drowns in rounding errors.
    With q − p added, which integrates to 0, it is p (e^u − 1 − u) for u = log(q/p), and nowhere below 0.
    """
    if p.low < q.low or p.high > q.high:
        return math.inf
    x, weights = rule(p, q)
    log_p, log_q = p.log_density(x), q.log_density(x)
    outside = mass_outside(q, *reach(p)) - mass_outside(p, *reach(p))  # of q − p; only q's is ever worth counting
    return float(weights @ _excess(log_p, log_q)) + max(outside, 0.0)


def _excess(log_p: Array, log_q: Array) -> Array:
    """p log(p/q) + q − p, digit for digit also where p and q are nearly the same."""
    p, u = np.exp(log_p), log_q - log_p
    near = np.abs(u) < 0.02
    small = np.where(near, u, 0.0)
    series = small**2 / 2 * (1 + small / 3 * (1 + small / 4 * (1 + small / 5 * (1 + small / 6 * (1 + small / 7)))))
    return np.where(near, p * series, np.exp(log_q) - p - p * u)


@np.errstate(all="ignore")
def mass_outside(q: GaussianMixture, low: float, high: float) -> float:
    """Return the mass of q below low and above high."""
    outside = [(q.low, low)] * (q.low < low) + [(high, q.high)] * (high < q.high)
    return sum(math.exp(log_mass(q, *ends) - q.log_mass) for ends in outside)
