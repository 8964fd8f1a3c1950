"""Softmax typed naively in a float format: what exp is given, and where the format ends."""

from dataclasses import dataclass
from math import log
from typing import ClassVar

import numpy as np

from lessons_lib.drawing.wording import number, number_from_log10
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, refit
from lessons_lib.explorer.core import Drag
from lessons_lib.lesson_03.logits_explorer import PRESETS, LogitsExplorer, LogitsState, is_ten
from lessons_lib.lesson_03.overflow_view import OverflowResult, OverflowView
from lessons_lib.maths.floats import FORMATS
from lessons_lib.maths.logits import naive_softmax, softmax_entropy
from lessons_lib.maths.stable import log_sum_exp, softmax

SHIFTS = {"float16": (25.0, 0.1), "float32": (125.0, 0.5), "float64": (1000.0, 1.0)}
"""How much may be added to all logits, and the slider's step: past where the format overflows, and not far past."""
HUGE = {"1000, 999, 997 (c = 997)": {"logits": (3.0, 2.0, *(0.0,) * 8), "count": 3, "shift": 997.0, "dtype": "float64"}}


@dataclass(frozen=True)
class OverflowState(LogitsState):
    """Besides the logits: the float format in which the formula is also computed naively."""

    dtype: str = "float16"


def _limits(dtype: str) -> tuple[float, float]:
    """Return the exponents beyond which e^x is 0 or ∞: half the smallest number rounds to 0."""
    return log(FORMATS[dtype].smallest_subnormal) - log(2), FORMATS[dtype].greatest_exponent


class OverflowExplorer(LogitsExplorer):
    """Drag the logits, add a number to all of them, and overflow a float format; Z and the entropy are told.

    Drag a bar to move its logit, and the dots on the number line to add a number to all. State: scores (a preset),
    logits (ten numbers from −6 to 6), count (3 to 10), chosen (the class that `value` moves), temperature, shift,
    dtype.
    """

    State, View = OverflowState, OverflowView
    size = (940, 520)
    presets: ClassVar = {**PRESETS, **HUGE}
    challenges = (
        Challenge(
            "03_overflow_and_nothing_changes",
            "With the ten scores at T = 1, make the formula fail in float16, and no probability change.",
            lambda state, result: (
                is_ten(state) and state.temperature == 1 and state.dtype == "float16" and None in result.naive
            ),
            {"shift": 9.0},
        ),
        Challenge(
            "03_like_a_coin",
            "At least five classes, and yet the entropy of a fair coin: 1 bit (± 0.005).",
            lambda state, result: state.count >= 5 and abs(result.entropy_bits - 1) <= 0.005,
            {"logits": (6.0, 6.0, *(-6.0,) * 8), "count": 5, "temperature": 0.5},
        ),
    )

    def make_controls(self):
        """Those of the logits, and the float format."""
        return {**super().make_controls(), "dtype": choice("naively, in", tuple(FORMATS), width=260)}

    def reach(self, state) -> float:
        return SHIFTS[state.dtype][0]

    def tend(self):
        """The shift goes a little beyond what the format can take."""
        super().tend()
        most, step = SHIFTS[self.state.dtype]
        refit(self.controls["shift"], -most, most, self.state.shift, step)

    @staticmethod
    def compute(state: OverflowState) -> OverflowResult:
        """Return softmax of the shifted logits, and the same naively in the format."""
        logits = np.array(state.logits[: state.count])
        exponents = (logits + state.shift) / state.temperature
        naive = naive_softmax(exponents, state.dtype).tolist()
        return OverflowResult(
            logits=logits,
            shift=state.shift,
            probabilities=softmax(logits + state.shift, temperature=state.temperature),
            chosen=state.chosen,
            exponents=exponents,
            naive=tuple(None if value != value else value for value in naive),
            log10_z=float(log_sum_exp(exponents)) / log(10),
            entropy_bits=softmax_entropy(exponents) / log(2),
            dtype=state.dtype,
            limits=_limits(state.dtype),
        )

    def drag(self, drag: Drag):
        """A bar goes where the pointer is; the dots on the number line all go as far as it does."""
        if drag.axes is self.figure.view.logit_axes:
            return super().drag(drag)
        return {"shift": drag.state.shift + (drag.now[0] - drag.start[0]) * drag.state.temperature}

    def describe(self) -> str:
        r = self.result
        return (
            f"{super().describe()} Z = {number_from_log10(r.log10_z, 4)}, entropy {number(r.entropy_bits, 4)} bits "
            f"({number(r.entropy_bits * log(2), 4)} nats). {_verdict(r)}"
        )


def _verdict(r: OverflowResult) -> str:
    """Return how the formula as typed does in the format."""
    failed = sum(value is None for value in r.naive)
    start = f"Naively, in {r.dtype}, "
    if failed == len(r.naive) and r.exponents.max() < 0:
        return f"{start}every e^x rounds to 0, and 0/0 is not a number."
    if failed:
        others = "; the others come out as 0" if failed < len(r.naive) else ""
        return f"{start}e^x overflows for {failed} of them, and ∞/∞ is not a number{others}."
    if sum(r.naive) == 0:
        return f"{start}the sum of the e^x overflows, and every probability comes out as 0."
    zeros = sum(value == 0 < p for value, p in zip(r.naive, r.probabilities, strict=True))
    off = max(abs(value - p) for value, p in zip(r.naive, r.probabilities, strict=True))
    rounded = f", and {zeros} of them are 0, though none truly is" if zeros else ""
    return f"{start}they come out at most {number(off, 2)} off{rounded}."
