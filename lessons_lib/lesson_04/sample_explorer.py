"""A truth, a model, and a sample that grows: the loss on the sample, and the one it is an estimate of."""

from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons_lib.drawing.wording import counted, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.chance import Chance, chance
from lessons_lib.explorer.controls import choice, scale, slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_04.sample_view import COIN, DIE, LETTERS, SampleResult, SampleView
from lessons_lib.maths.measures import UNITS, cross_entropy, entropy, surprisal
from lessons_lib.maths.samples import ZEN, counts_within, draw, expected, spread
from lessons_lib.maths.validation import Array

MOST = 10_000
SIZES = (
    *range(1, 10),
    *(ten * part // 10 for ten in (10, 100, 1000) for part in (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)),
    MOST,
)
"""The sample sizes on the slider: round numbers, and nearly equal factors from one to the next."""
DRAWN = np.union1d(SIZES, np.geomspace(1, MOST, 300).round()).astype(int)
"""The sample sizes at which the running loss is drawn."""
PATH = np.union1d(np.linspace(0, 2, 201), 2 - np.geomspace(1e-6, 0.02, 30))
"""Places of q at which the losses are drawn, dense where the population's may go to ∞."""
TRUTHS = {
    DIE: (("1", "2", "3", "4", "5", "6"), np.array([0.1, 0.1, 0.1, 0.1, 0.1, 0.5])),
    COIN: (("heads", "tails"), np.array([0.9, 0.1])),
    LETTERS: (tuple(ZEN), np.array([*ZEN.values()]) / sum(ZEN.values())),
}
NATS_AND_BITS = ("nats", "bits")


@dataclass(frozen=True)
class SampleState:
    """The true distribution, where q lies between uniform (0), truth (1) and frequencies (2), n, seed and unit."""

    truth: str = DIE
    place: float = 0.5
    n: int = 30
    unit: str = "nats"
    seed: int = 1


@lru_cache(maxsize=16)
def _sample(truth: str, seed: int) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Return 10,000 outcomes, of which the first n are used, and their counts within each size drawn."""
    names, p = TRUTHS[truth]
    outcomes = draw(p, seed, MOST)
    return outcomes, counts_within(outcomes, len(names), DRAWN)


def _model(place: ArrayLike, p: Array, frequencies: Array) -> Array:
    """Return q at a place, or one row for each of several: from uniform (0) by p (1) to the frequencies (2)."""
    place = np.asarray(place)[..., None]
    before = (1 - place) / p.size + place * p
    return np.where(place <= 1, before, (2 - place) * p + (place - 1) * frequencies)


class SampleExplorer(Chance, Explorer):
    """A sample of n examples from p, and the loss of q on it and on the population.

    Drag in the lower left picture to move q, in the right ones to change n; the sample only grows. State: truth,
    place (of q: 0 uniform, 1 the truth, 2 the sample's frequencies), n (one of the slider's), unit, seed.
    """

    State, View = SampleState, SampleView
    size = (940, 560)
    challenges = (
        Challenge(
            "04_same_on_every_sample",
            "A q whose loss is the same on every sample, whatever n and seed.",
            lambda state, result: result.spread == 0,
            {"place": 0.0},
        ),
        Challenge(
            "04_better_than_the_truth",
            "A q that beats the truth p by at least 0.05 nats on this sample, and loses 0.05 to it on the population.",
            lambda state, result: (
                (result.truth_on_sample - result.by_examples) * log(UNITS[state.unit]) >= 0.05
                and 0.05 <= (result.population - result.floor) * log(UNITS[state.unit]) < np.inf
            ),
            {"place": 1.9, "n": 20},
        ),
        Challenge(
            "04_one_in_twenty",
            "q = p and at least 100 examples, and yet a sample whose loss lies more than 2 standard errors off.",
            lambda state, result: state.place == 1 and state.n >= 100 and abs(result.errors[-1]) > 2,
            {"place": 1.0, "n": 4000, "seed": 15},
        ),
    )

    def make_controls(self):
        """Truth, place of q, n, unit, seed."""
        return {
            "truth": choice("truth p", tuple(TRUTHS), width=290),
            "place": slider("q: uniform 0, truth 1, frequencies 2", 0.0, 2.0, 0.01, 2, width=440),
            "n": scale("examples n", SIZES),
            "unit": choice("unit", NATS_AND_BITS, width=120),
            **chance("Draw another sample"),
        }

    @staticmethod
    def compute(state: SampleState) -> SampleResult:
        """Return the loss on the sample, in two ways, and what it estimates."""
        (names, p), (outcomes, counts) = TRUTHS[state.truth], _sample(state.truth, state.seed)
        base, shown = UNITS[state.unit], int(np.searchsorted(DRAWN, state.n)) + 1
        counts, sizes = counts[:shown], DRAWN[:shown]
        frequencies = counts[-1] / state.n
        q = _model(state.place, p, frequencies)
        costs, along = surprisal(q, base=base), surprisal(_model(PATH, p, frequencies), base=base)
        population, deviation = cross_entropy(p, q, base=base), spread(p, costs)
        shares = counts / sizes[:, None]
        running = counts @ np.where(frequencies > 0, costs, 0.0) / sizes
        return SampleResult(
            truth=state.truth,
            unit=state.unit,
            names=names,
            n=state.n,
            place=state.place,
            p=p,
            frequencies=frequencies,
            q=q,
            by_examples=float(np.mean(costs[outcomes[: state.n]])),
            by_counts=cross_entropy(frequencies, q, base=base),
            population=population,
            spread=deviation,
            least=entropy(frequencies, base=base),
            truth_on_sample=cross_entropy(frequencies, p, base=base),
            floor=entropy(p, base=base),
            unseen=int(np.sum(frequencies == 0)),
            sizes=sizes,
            running=running,
            least_running=-(shares * np.log(np.where(shares > 0, shares, 1))).sum(axis=-1) / log(base),
            errors=_in_standard_errors(running - population, deviation, sizes),
            path=PATH,
            path_sample=expected(frequencies, along),
            path_population=expected(p, along),
        )

    def drag(self, drag: Drag):
        """Move q along its path, or take so many examples."""
        if drag.axes is self.figure.view.path_axes:
            return {"place": drag.now[0]}
        return {"n": min(SIZES, key=lambda n: abs(log(n) - log(max(drag.now[0], 0.5))))}

    def describe(self) -> str:
        r = self.result
        truth = r.truth[0].upper() + r.truth[1:]
        return (
            f"{truth}, {counted(r.n, 'example')}, {_where(r.place)}: the loss on the sample is "
            f"{r.by_examples:.6f} {r.unit}, example by example or from the counts alike. {_distance(r)} No q has less "
            f"here than the sample's own frequencies, H(p̂) = {number(r.least, 4)}{_unseen(r)}; the truth p has "
            f"{number(r.truth_on_sample, 4)}."
        )


def _in_standard_errors(distance: Array, deviation: float, sizes: NDArray[np.int_]) -> Array:
    """Return a loss's distance from the population's in standard errors; nothing if that is ∞."""
    if np.isinf(deviation):
        return distance[:0]
    return np.zeros(distance.shape) if deviation == 0 else distance * np.sqrt(sizes) / deviation


def _where(place: float) -> str:
    """Return where q lies."""
    named = {0.0: "q uniform", 1.0: "q the truth", 2.0: "q the frequencies"}
    if place in named:
        return named[place]
    ends = "uniform and p" if place < 1 else "p and p̂"
    return f"q at {place:.2f}, between {ends}"


def _distance(r: SampleResult) -> str:
    """Return how far the sample's loss lies from the population's."""
    if np.isinf(r.population):
        return "On the population it is ∞: q gives 0 to what can happen."
    if r.spread == 0:
        return "On the population it is the same: every outcome costs the same."
    side = "above" if r.errors[-1] > 0 else "below"
    apart = f"{number(abs(r.by_examples - r.population))} {side} the population's {number(r.population, 4)}"
    warning = " (meant for a q not fitted to it)" if r.place > 1 else ""
    return f"That is {apart}, by {abs(r.errors[-1]):.2f} standard errors{warning}."


def _unseen(r: SampleResult) -> str:
    """Return how many outcomes the sample lacks, if any."""
    return f", with 0 for {r.unseen} of {len(r.names)} outcomes" if r.unseen else ""
