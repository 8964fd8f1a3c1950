"""Evidence for one account of the data against another, in bits, and what becomes of it when features depend."""

from math import log

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, log_ndtr, xlog1py, xlogy

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.validation import Array, read_number, read_numbers

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(200)


@np.errstate(all="ignore")
def bits_for_point(successes: int, n: int, claim: float) -> float:
    """Evidence of k successes in n trials for θ = claim, against any θ from 0 to 1, all alike: the Bayes factor.

    The second account has the probability ∫ θᵏ(1 − θ)ⁿ⁻ᵏ dθ = B(k + 1, n − k + 1). Above 0 it speaks for the claim; −∞
    if the claim rules out what happened. Raises InputError for impossible counts or a claim that is no probability.

    >>> round(bits_for_point(4, 10, 0.5), 4)
    1.1737
    """
    k, n, claim = read_number("successes", successes), read_number("n", n), read_number("claim", claim)
    if k != int(k) or n != int(n) or not 0 <= k <= n:
        raise InputError(f"successes must be a whole number from 0 to n, but there are {k:g} of {n:g}")
    if not 0 <= claim <= 1:
        raise InputError(f"claim must be from 0 to 1, but is {claim:g}")
    return float((xlogy(k, claim) + xlog1py(n - k, -claim) - betaln(k + 1, n - k + 1)) / log(2))


@np.errstate(all="ignore")
def optimal_weights(apart: ArrayLike, correlation: float) -> Array:
    """Weights of two features in the true log-odds, in nats a unit of each: shape (2,).

    The classes are Gaussians with means ±apart/2, standard deviations 1 and this correlation, equally frequent. Who
    takes the features for independent within each class uses `apart` itself.

    >>> optimal_weights([1.0, 1.0], 0.8).round(6).tolist()
    [0.555556, 0.555556]
    """
    apart, rho = _read_pair(apart, correlation)
    return np.linalg.solve([[1.0, rho], [rho, 1.0]], apart)


@np.errstate(all="ignore")
def bits_with_weights(weights: ArrayLike, apart: ArrayLike, correlation: float) -> float:
    """Mean surprisal of the class, in bits, for log-odds that are this weighted sum of both features.

    The classes as in `optimal_weights`. Within a class the sum is Gaussian, with the mean ±w·apart/2.
    """
    apart, rho = _read_pair(apart, correlation)
    w = read_numbers("weights", weights)
    spread = np.sqrt(max(w[0] ** 2 + 2 * rho * w[0] * w[1] + w[1] ** 2, 0.0))
    return float(_WEIGHTS @ np.logaddexp(0, -(w @ apart / 2 + spread * _NODES)) / _WEIGHTS.sum() / log(2))


@np.errstate(all="ignore")
def share_right(weights: ArrayLike, apart: ArrayLike, correlation: float) -> float:
    """Share of examples whose class this weighted sum gets right: where its sign is the class's."""
    apart, rho = _read_pair(apart, correlation)
    w = read_numbers("weights", weights)
    spread = np.sqrt(w[0] ** 2 + 2 * rho * w[0] * w[1] + w[1] ** 2)
    return float(np.exp(log_ndtr(w @ apart / 2 / spread))) if spread else 0.5


def _read_pair(apart: ArrayLike, correlation: float) -> tuple[Array, float]:
    apart, rho = read_numbers("apart", apart), read_number("correlation", correlation)
    if apart.shape != (2,):
        raise InputError(f"apart must be two numbers, but has the shape {apart.shape}")
    if not -1 < rho < 1:
        raise InputError(f"correlation must lie between −1 and 1, but is {rho:g}")
    return apart, rho
