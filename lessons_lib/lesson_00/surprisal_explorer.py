"""The smallest explorer: one probability and the surprisal of what it was given to."""

from dataclasses import dataclass

import numpy as np

from lessons_lib.drawing.wording import number, number_from_log10
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_00.surprisal_view import LEAST, SurprisalResult, SurprisalView


@dataclass(frozen=True)
class SurprisalState:
    """The probability that the model gave to what then happened."""

    p: float = 0.5


class SurprisalExplorer(Explorer):
    """Drag p, the probability given to what happened, and read its surprisal. State: p (0.005 to 1)."""

    State, View = SurprisalState, SurprisalView
    challenges = (
        Challenge(
            "00_three_bits",
            "Find the p whose surprisal is exactly 3 bits.",
            lambda state, result: abs(result.bits - 3) < 1e-9,
            {"p": 0.125},
        ),
    )
    size = (640, 300)

    def make_controls(self):
        """One slider."""
        return {"p": slider("p", LEAST, 1.0, 0.005, 3, width=560)}

    @staticmethod
    def compute(state: SurprisalState) -> SurprisalResult:
        """Return −log₂ p and −ln p."""
        bits = -float(np.log2(state.p)) + 0.0
        return SurprisalResult(p=state.p, bits=bits, nats=bits * float(np.log(2)))

    def drag(self, drag: Drag):
        """Move p."""
        return {"p": drag.now[0]}

    def describe(self) -> str:
        r = self.result
        chance = number_from_log10(np.log10(r.p))
        return (
            f"Something that had probability {chance} happened: its surprisal is {number(r.bits)} bits "
            f"({number(r.nats)} nats). A fair coin showing heads is 1 bit."
        )
