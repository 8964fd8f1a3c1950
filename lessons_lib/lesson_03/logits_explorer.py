"""Logits as bars, their softmax, and what becomes of the formula as typed on paper in a float format."""

from dataclasses import dataclass, replace
from math import log
from typing import Any

import numpy as np

from lessons_lib.drawing.wording import fixed, number, number_from_log10, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, refit, slider, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import put, read_row
from lessons_lib.lesson_03.classes import DIGITS, GREATEST
from lessons_lib.lesson_03.logits_view import LogitsResult, LogitsView
from lessons_lib.maths.floats import FORMATS
from lessons_lib.maths.logits import CLAIMED, TEN_SCORES, naive_softmax
from lessons_lib.maths.measures import entropy
from lessons_lib.maths.stable import log_sum_exp, softmax

MOST = 10
SHIFTS = {"float16": (25.0, 0.1), "float32": (125.0, 0.5), "float64": (1000.0, 1.0)}
"""How much may be added to all logits, and the slider's step: past where the format overflows, and not far past."""
TEN = "the ten scores"
OWN = "your own"
PRESETS = {
    TEN: {"logits": TEN_SCORES, "count": 10},
    "one far above nine": {"logits": (0.0, 0.0, 6.0, *(0.0,) * 7), "count": 10},
    "1000, 999, 997 (c = 997)": {"logits": (3.0, 2.0, *(0.0,) * 8), "count": 3, "shift": 997.0, "dtype": "float64"},
    "ten equal ones": {"logits": (0.0,) * 10, "count": 10},
}


@dataclass(frozen=True)
class LogitsState:
    """What the logits explorer knows: ten logits, of which the first `count` show; the class `chosen` has `value`.

    shift is added to all logits; dtype is the float format in which the formula is also computed as on paper.
    """

    scores: str = TEN
    logits: tuple[float, ...] = TEN_SCORES
    count: int = MOST
    chosen: int = 3
    value: float = 3.4
    temperature: float = 1.0
    shift: float = 0.0
    dtype: str = "float16"


def _limits(dtype: str) -> tuple[float, float]:
    """Return the exponents beyond which e^x is 0 or ∞: half the least number rounds to 0."""
    return log(FORMATS[dtype].smallest_subnormal) - log(2), FORMATS[dtype].greatest_exponent


def _with_preset(changes: dict[str, Any]) -> dict[str, Any]:
    """Return the changes with what the preset among them brings; it begins without a shift."""
    scores = changes.get("scores")
    preset = PRESETS.get(scores) if isinstance(scores, str) else None
    return {"shift": 0.0, **preset, **changes} if preset else changes


def _is_ten(state: LogitsState) -> bool:
    return state.logits == TEN_SCORES and state.count == len(TEN_SCORES)


class LogitsExplorer(Explorer):
    """Drag the logits and see the probabilities; change temperature, add a number to all, overflow a float format.

    Drag a bar to move its logit, and the dots on the number line to add a number to all. State: scores (a preset),
    logits (ten numbers from −6 to 6), count (3 to 10), chosen (the class that `value` moves), temperature, shift,
    dtype.
    """

    State, View = LogitsState, LogitsView
    size = (940, 520)
    challenges = (
        Challenge(
            "03_temperature_of_the_claim",
            f"With the ten scores, the temperature at which the top class has {percent(CLAIMED)} (± 0.05 %).",
            lambda state, result: _is_ten(state) and abs(result.probabilities.max() - CLAIMED) <= 5e-4,
            {"temperature": 0.774},
        ),
        Challenge(
            "03_overflow_and_nothing_changes",
            "With the ten scores at T = 1, make the formula fail in float16, and no probability change.",
            lambda state, result: (
                _is_ten(state) and state.temperature == 1 and state.dtype == "float16" and None in result.naive
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

    def __init__(self, **start):
        super().__init__(**_with_preset(start))

    def make_controls(self):
        """Preset, one class and its logit, temperature, shift, number of classes, float format."""
        return {
            "scores": choice("scores", (*PRESETS, OWN), width=300),
            "chosen": whole_slider("class ▴", 0, MOST - 1, width=220),
            "value": slider("its logit", -GREATEST, GREATEST, 0.1, 1, width=320),
            "temperature": slider("temperature T", 0.1, 10.0, 0.001, 3, width=440),
            "shift": slider("c, added to all", -1000.0, 1000.0, 0.1, 1, width=400),
            "count": whole_slider("classes", 3, MOST, width=240),
            "dtype": choice("on paper, in", tuple(FORMATS), width=260),
        }

    def settle(self, state):
        """Keep chosen class, value and shift in range; a preset that has been changed is the learner's own."""
        logits = tuple(round(z, DIGITS) for z in read_row("logits", state.logits, [(-GREATEST, GREATEST)] * MOST))
        most, _ = SHIFTS[state.dtype]
        chosen = min(state.chosen, state.count - 1)
        shift = float(np.clip(state.shift, -most, most))
        warm = round(state.temperature, DIGITS)
        state = replace(state, logits=logits, chosen=chosen, value=logits[chosen], shift=shift, temperature=warm)
        as_preset = all(getattr(state, name) == value for name, value in PRESETS.get(state.scores, {}).items())
        return state if as_preset else replace(state, scores=OWN)

    def change(self, changes):
        """A preset brings its logits; a new value is the chosen class's."""
        state = super().change(_with_preset(changes))
        if "value" in changes:
            state = replace(state, logits=put(state.logits, min(state.chosen, state.count - 1), state.value))
        return state

    def tend(self):
        """The shift goes a little beyond what the format can take."""
        control, (most, step) = self.controls["shift"], SHIFTS[self.state.dtype]
        self.controls["chosen"].max = self.state.count - 1
        refit(control, -most, most, self.state.shift, step)

    @staticmethod
    def compute(state: LogitsState) -> LogitsResult:
        """Return softmax of the shifted logits, and the same as on paper in the format."""
        logits = np.array(state.logits[: state.count])
        exponents = (logits + state.shift) / state.temperature
        probabilities = softmax(logits + state.shift, temperature=state.temperature)
        naive = naive_softmax(exponents, state.dtype).tolist()
        return LogitsResult(
            logits=logits,
            exponents=exponents,
            probabilities=probabilities,
            naive=tuple(None if value != value else value for value in naive),
            log10_z=float(log_sum_exp(exponents)) / log(10),
            entropy_bits=entropy(probabilities) / log(2),
            chosen=state.chosen,
            dtype=state.dtype,
            limits=_limits(state.dtype),
        )

    def drag(self, drag: Drag):
        """A bar goes where the pointer is; the dots on the number line all go as far as it does."""
        if drag.axes is self.figure.view.logit_axes:
            return {"chosen": drag.start[0], "value": drag.now[1]}
        return {"shift": drag.state.shift + (drag.now[0] - drag.start[0]) * drag.state.temperature}

    def describe(self) -> str:
        s, r = self.state, self.result
        top = int(r.probabilities.argmax())
        added = f" {abs(s.shift):.4g} is {'added to' if s.shift > 0 else 'taken from'} all." if s.shift else ""
        logit, of_chosen = fixed(s.value, 1), percent(r.probabilities[s.chosen])
        rest = float(np.delete(r.probabilities, top).sum())
        most = f"{100 * (1 - rest):.2f} %" if rest > 5e-5 else f"with all but {percent(rest)}"
        chosen = "" if s.chosen == top else f"; class {s.chosen}, with the logit {logit}, gets {of_chosen}"
        return (
            f"{s.scores.capitalize()}, {s.count} classes, T = {s.temperature:.4g}: class {top}, with the logit "
            f"{fixed(r.logits[top], 1)}, is the most probable, {most}{chosen}.{added} "
            f"Z = {number_from_log10(r.log10_z, 4)}, entropy {number(r.entropy_bits, 4)} bits "
            f"({number(r.entropy_bits * log(2), 4)} nats). {_verdict(r)}"
        )


def _verdict(r: LogitsResult) -> str:
    """Return how the formula as typed on paper does in the format."""
    failed = sum(value is None for value in r.naive)
    start = f"As on paper, in {r.dtype}, "
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
