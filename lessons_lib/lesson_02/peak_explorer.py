"""The likelihood of a coin beside its logarithm: the same peak, for as long as the likelihood is there at all."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons_lib.drawing.wording import counted, number, number_from_log10, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.chance import Chance, chance
from lessons_lib.explorer.controls import choice, scale, slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_02.peak_view import PeakResult, PeakView
from lessons_lib.maths.likelihood import bernoulli_log_likelihood

TRUE_SHARE = 0.4
SUM, MEAN = "the sum over all tosses", "the mean for one toss"
SIZES = tuple(int(n) for n in np.unique(np.geomspace(1, 10_000, 81).round()))
"""The numbers of tosses on the slider: equal steps of the slider are, nearly, equal factors."""
GRID = np.linspace(0, 1, 1001)


@dataclass(frozen=True)
class PeakState:
    """Number of tosses, θ, whether logs are summed or averaged, and the seed of the coin, whose true share is 0.4."""

    n: int = 100
    theta: float = 0.5
    shown: str = SUM
    seed: int = 1


@lru_cache(maxsize=16)
def _tosses(seed: int) -> NDArray[np.int_]:
    """Return 10,000 tosses, of which the first n are used: the same ones for every n."""
    return (np.random.default_rng(seed).random(SIZES[-1]) < TRUE_SHARE).astype(int)


@lru_cache(maxsize=16)
def likelihoods(seed: int) -> dict[int, NDArray[np.float64]]:
    """Return, for each n of the slider, the likelihood over GRID as float64 multiplies it; without n once it is 0."""
    factors, product, kept = (1 - GRID, GRID), np.ones(GRID.size), {}
    with np.errstate(under="ignore"):
        for n, toss in enumerate(_tosses(seed), 1):
            product = product * factors[toss]
            if n in SIZES:
                if not product.any():
                    break
                kept[n] = product
    return kept


def _below(heads: int, n: int, theta: ArrayLike, peak: float) -> NDArray[np.float64]:
    """Return the log-likelihood, in nats, relative to its peak."""
    return bernoulli_log_likelihood(heads, n, theta) - bernoulli_log_likelihood(heads, n, peak)


class PeakExplorer(Chance, Explorer):
    """One coin's likelihood and log-likelihood over θ, with the first n of the same 10,000 tosses.

    Drag in either picture to move θ. State: n (one of the slider's), theta, shown (sum or mean), seed.
    """

    State, View = PeakState, PeakView
    challenges = (
        Challenge(
            "02_likelihood_gone",
            "The smallest n of the slider at which float64 gives 0 to every θ.",
            lambda state, result: result.n == result.first_gone,
            {"n": 1122},
        ),
        Challenge(
            "02_half_as_likely",
            "With 1,000 tosses or more, a θ that is half as likely as the best (to within 5 %).",
            lambda state, result: result.n >= 1000 and abs(2 * np.exp(result.at_theta) - 1) <= 0.05,
            {"n": 1000, "theta": 0.397},
        ),
    )
    size = (920, 400)

    def make_controls(self):
        """n, θ, sum or mean, seed."""
        return {
            "n": scale("tosses", SIZES),
            "theta": slider("θ", 0.0, 1.0, 0.001, 3),
            "shown": choice("log-likelihood", (SUM, MEAN), width=290),
            **chance("Toss the coin anew"),
        }

    @staticmethod
    def compute(state: PeakState) -> PeakResult:
        """Return likelihood and log-likelihood over θ."""
        n, heads = state.n, int(_tosses(state.seed)[: state.n].sum())
        peak, kept, mean = heads / n, likelihoods(state.seed), state.shown == MEAN
        product = kept.get(n, np.zeros(GRID.size))
        greatest, share = float(product.max()), 1 / n if mean else 1.0
        ratio = product / greatest if greatest else product
        information = n / (peak * (1 - peak)) if 0 < heads < n else None
        log_grid = np.union1d(GRID[1:-1], peak)
        log = share * _below(heads, n, log_grid, peak)
        parabola = -share / 2 * information * (log_grid - peak) ** 2 if information else np.full(log.size, -np.inf)
        return PeakResult(
            n=n,
            heads=heads,
            theta=state.theta,
            mean=mean,
            peak=peak,
            greatest=greatest,
            gone=not greatest,
            grid=GRID,
            ratio=ratio,
            ratio_at_theta=float(np.interp(state.theta, GRID, ratio)),
            log_grid=log_grid,
            log=log,
            parabola=parabola,
            at_theta=float(_below(heads, n, state.theta, peak)),
            log_of_peak=float(bernoulli_log_likelihood(heads, n, peak)),
            information=information,
            first_gone=next((size for size in SIZES if size not in kept), None),
        )

    def drag(self, drag: Drag):
        """Move θ."""
        return {"theta": drag.now[0]}

    def describe(self) -> str:
        r = self.result
        product = (
            "float64 gives the likelihood 0 to every θ, and it has no peak any more"
            if r.gone
            else f"the likelihood reaches {number(r.greatest)} in float64"
        )
        below = number(abs(r.at_theta) / (r.n if r.mean else 1))
        curvature = (
            "All tosses are equal, so the peak is at the edge, with no parabola."
            if r.information is None
            else f"How sharply the log-likelihood bends there, n/(θ(1 − θ)), is {number(r.information)} for all tosses "
            f"and {number(r.information / r.n)} for one."
        )
        minus = "−" if r.log_of_peak else ""
        return (
            f"{counted(r.heads, 'head')} in {counted(r.n, 'toss', 'tosses')}: the peak is at θ = {r.peak:.4g}, "
            f"where {product}; its logarithm is {minus}{abs(r.log_of_peak):,.4g} nats. θ = {r.theta:.3f} lies {below} "
            f"nats {'a toss ' if r.mean else ''}below, {_as_likely(r.at_theta)} as likely. {curvature}"
        )


def _as_likely(log_ratio: float) -> str:
    """Return a likelihood, given by its log below the peak, as a part of the peak's."""
    return percent(np.exp(log_ratio)) if log_ratio > -7 else number_from_log10(log_ratio / np.log(10)) + " times"
