"""Logits as bars, and their softmax."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from lessons_lib.drawing.wording import fixed, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, slider, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import put, read_row
from lessons_lib.lesson_03.classes import DIGITS, GREATEST
from lessons_lib.lesson_03.logits_view import LogitsResult, LogitsView
from lessons_lib.maths.logits import CLAIMED, TEN_SCORES
from lessons_lib.maths.stable import softmax

MOST = 10
FURTHEST = 25.0
"""So much may be added to all logits."""
TEN = "the ten scores"
OWN = "your own"
PRESETS = {
    TEN: {"logits": TEN_SCORES, "count": 10},
    "one far above nine": {"logits": (0.0, 0.0, 6.0, *(0.0,) * 7), "count": 10},
    "ten equal ones": {"logits": (0.0,) * 10, "count": 10},
}


@dataclass(frozen=True)
class LogitsState:
    """What the logits explorer knows: ten logits, of which the first `count` show; the class `chosen` has `value`.

    shift is added to all logits.
    """

    scores: str = TEN
    logits: tuple[float, ...] = TEN_SCORES
    count: int = MOST
    chosen: int = 3
    value: float = 3.4
    temperature: float = 1.0
    shift: float = 0.0


def is_ten(state: LogitsState) -> bool:
    """Return whether the logits are the chapter's."""
    return state.logits == TEN_SCORES and state.count == len(TEN_SCORES)


class LogitsExplorer(Explorer):
    """Drag the logits and see the probabilities; change the temperature, or add a number to all.

    State: scores (a preset), logits (ten numbers from −6 to 6), count (3 to 10), chosen (the class that `value` moves),
    temperature, shift.
    """

    State, View = LogitsState, LogitsView
    size = (940, 380)
    presets: ClassVar = PRESETS
    challenges = (
        Challenge(
            "03_temperature_of_the_claim",
            f"With the ten scores, the temperature at which the top class has {percent(CLAIMED)} (± 0.05 %).",
            lambda state, result: is_ten(state) and abs(result.probabilities.max() - CLAIMED) <= 5e-4,
            {"temperature": 0.774},
        ),
    )

    def __init__(self, **start):
        super().__init__(**self._with_preset(start))

    def make_controls(self):
        """Preset, one class and its logit, temperature, shift, number of classes."""
        return {
            "scores": choice("scores", (*self.presets, OWN), width=300),
            "chosen": whole_slider("class ▴", 0, MOST - 1, width=220),
            "value": slider("its logit", -GREATEST, GREATEST, 0.1, 1, width=320),
            "temperature": slider("temperature T", 0.1, 10.0, 0.001, 3, width=440),
            "shift": slider("c, added to all", -FURTHEST, FURTHEST, 0.1, 1, width=400),
            "count": whole_slider("classes", 3, MOST, width=240),
        }

    def settle(self, state):
        """Keep chosen class, value and shift in range; a preset that has been changed is the learner's own."""
        logits = tuple(round(z, DIGITS) for z in read_row("logits", state.logits, [(-GREATEST, GREATEST)] * MOST))
        most = self.reach(state)
        chosen = min(state.chosen, state.count - 1)
        shift = float(np.clip(state.shift, -most, most))
        warm = round(state.temperature, DIGITS)
        state = replace(state, logits=logits, chosen=chosen, value=logits[chosen], shift=shift, temperature=warm)
        as_preset = all(getattr(state, name) == value for name, value in self.presets.get(state.scores, {}).items())
        return state if as_preset else replace(state, scores=OWN)

    def reach(self, state) -> float:
        """Return how much may be added to all logits."""
        return FURTHEST

    def _with_preset(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Return the changes with what the preset among them brings; it begins without a shift."""
        scores = changes.get("scores")
        preset = self.presets.get(scores) if isinstance(scores, str) else None
        return {"shift": 0.0, **preset, **changes} if preset else changes

    def change(self, changes):
        """A preset brings its logits; a new value is the chosen class's."""
        state = super().change(self._with_preset(changes))
        if "value" in changes:
            state = replace(state, logits=put(state.logits, min(state.chosen, state.count - 1), state.value))
        return state

    def tend(self):
        """There are only so many classes to choose from."""
        self.controls["chosen"].max = self.state.count - 1

    @staticmethod
    def compute(state: LogitsState) -> LogitsResult:
        """Return softmax of the shifted logits."""
        logits = np.array(state.logits[: state.count])
        probabilities = softmax(logits + state.shift, temperature=state.temperature)
        return LogitsResult(logits=logits, shift=state.shift, probabilities=probabilities, chosen=state.chosen)

    def drag(self, drag: Drag):
        """A bar goes where the pointer is."""
        return {"chosen": drag.start[0], "value": drag.now[1]}

    def describe(self) -> str:
        s, r = self.state, self.result
        added = f" {abs(s.shift):.4g} is {'added to' if s.shift > 0 else 'taken from'} all." if s.shift else ""
        tops = np.flatnonzero(r.logits == r.logits.max()).tolist()
        logit, of_chosen = fixed(s.value, 1), percent(r.probabilities[s.chosen])
        chosen = f"; class {s.chosen}, with the logit {logit}, gets {of_chosen}"
        if s.chosen in tops:
            chosen = f"; marked ▴ is class {s.chosen}" if len(tops) > 1 else ""
        start = f"{s.scores.capitalize()}, {s.count} classes, T = {s.temperature:.4g}"
        return f"{start}: {self._winners(tops)}{chosen}.{added}"

    def _winners(self, tops: list[int]) -> str:
        """Return which class is the most probable, or which share that place."""
        r, top = self.result, tops[0]
        logit, share = fixed(r.logits[top], 1), percent(r.probabilities[top])
        if len(tops) == r.logits.size:
            return f"all have the logit {logit} and {share}, and none is ahead"
        if len(tops) > 1:
            names = f"{', '.join(map(str, tops[:-1]))} and {tops[-1]}"
            return f"classes {names}, with the logit {logit}, are level, {share} each"
        rest = float(np.delete(r.probabilities, top).sum())
        most = f"{100 * (1 - rest):.2f} %" if rest > 5e-5 else f"with all but {percent(rest)}"
        return f"class {top}, with the logit {logit}, is the most probable, {most}"
