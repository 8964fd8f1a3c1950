"""A sample and a model: the loss added up example by example, and outcome by outcome."""

from dataclasses import dataclass, replace

import numpy as np

from lessons_lib.drawing.wording import counted, fixed, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.chance import Chance, chance
from lessons_lib.explorer.controls import choice, slider, whole, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import moved
from lessons_lib.lesson_04.two_ways_view import NAMES, TwoWaysResult, TwoWaysView
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.measures import cross_entropy, entropy, surprisal
from lessons_lib.maths.samples import draw
from lessons_lib.maths.validation import read_distribution

TRUTH = np.array([0.5, 0.25, 0.15, 0.1])
MOST = 40


@dataclass(frozen=True)
class TwoWaysState:
    """The model q, the outcome whose q the slider moves, the number of examples and the seed of their drawing."""

    q: tuple[float, ...] = (0.25, 0.4, 0.2, 0.15)
    chosen: str = "A"
    of_q: float = 0.25
    n: int = 10
    seed: int = 1


class TwoWaysExplorer(Chance, Explorer):
    """Drag q, and see the same loss as a mean over the examples and as the cross-entropy from their frequencies.

    State: q (four probabilities), chosen (A to D) and its probability of_q, n (1 to 40 examples), seed.
    """

    State, View = TwoWaysState, TwoWaysView
    size = (940, 340)
    challenges = (
        Challenge(
            "04_lowest_on_this_sample",
            "At least 20 examples, and a q whose loss is at most 0.001 nats above the lowest that this sample allows.",
            lambda state, result: state.n >= 20 and result.by_examples - result.lowest <= 0.001,
            {"n": 20, "seed": 1, "q": (0.6, 0.15, 0.15, 0.1)},
        ),
    )

    def make_controls(self):
        """An outcome, its q, the number of examples, the seed."""
        return {
            "chosen": choice("outcome ▴", tuple(NAMES), width=150),
            "of_q": slider("its q", 0.0, 1.0, 0.001, 3, width=320),
            "n": whole_slider("examples n", 1, MOST),
            **chance("Draw another sample"),
        }

    def settle(self, state):
        """Keep what the slider shows right."""
        q = tuple(read_distribution("q", state.q).tolist())
        if len(q) != len(NAMES):
            raise InputError(f"q must be {len(NAMES)} probabilities, not {state.q!r:.60}")
        return replace(state, q=q, of_q=q[NAMES.index(state.chosen)])

    def change(self, changes):
        """A new value is the chosen outcome's; the others make room for it."""
        state = super().change(changes)
        if "of_q" not in changes:
            return state
        return replace(state, q=moved(state.q, NAMES.index(state.chosen), state.of_q))

    @staticmethod
    def compute(state: TwoWaysState) -> TwoWaysResult:
        """Return what each example and each outcome adds to the loss, and their sums."""
        outcomes, q = draw(TRUTH, state.seed, MOST)[: state.n], np.array(state.q)
        frequencies = np.bincount(outcomes, minlength=q.size) / state.n
        costs = surprisal(q)
        return TwoWaysResult(
            q=q,
            chosen=NAMES.index(state.chosen),
            outcomes=outcomes,
            frequencies=frequencies,
            of_examples=costs[outcomes] / state.n,
            of_outcomes=frequencies * np.where(frequencies > 0, costs, 0),
            by_examples=float(np.mean(costs[outcomes])),
            by_outcomes=cross_entropy(frequencies, q),
            lowest=entropy(frequencies),
        )

    def drag(self, drag: Drag):
        """A diamond's outcome gets the q where the pointer is, and back without a trace."""
        outcome = whole(drag.start[0], 0, len(NAMES) - 1)
        return {"chosen": NAMES[outcome], "q": drag.state.q, "of_q": drag.now[1]}

    def describe(self) -> str:
        r = self.result
        shares = ", ".join(
            f"{name} {counted(round(share * r.outcomes.size), 'time')} (q {number(q)})"
            for name, share, q in zip(NAMES, r.frequencies, r.q, strict=True)
        )
        return (
            f"{counted(r.outcomes.size, 'example')}: {shares}; marked ▴ is {NAMES[r.chosen]}. Example by example the "
            f"loss is {fixed(r.by_examples, 9)} nats, outcome by outcome {fixed(r.by_outcomes, 9)}. "
            f"{self._beside_the_lowest()}"
        )

    def _beside_the_lowest(self) -> str:
        r = self.result
        if np.isinf(r.by_examples):
            return "q gives 0 to what happened."
        return f"No q has less than {number(r.lowest, 4)} on this sample."
