"""What the gradient of the loss pushes: the logits of four classes, step by step."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import floor, log, log10

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.wording import below_one, counted, fixed, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, choice, slider, whole, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import put, read_row
from lessons_lib.lesson_03.classes import GREATEST, by_class
from lessons_lib.lesson_03.push_view import GOAL, NAMES, STEPS, PushResult, PushView
from lessons_lib.maths.logits import descent_path, loss_gradient
from lessons_lib.maths.stable import log_sum_exp

FEW = 10
"""So few steps suffice when one wrong class alone takes what the label gives up; shared among three, it takes 15."""


@dataclass(frozen=True)
class PushState:
    """Four logits at the start, the class `chosen` with its `value` there, the label, and a walk of so many steps."""

    logits: tuple[float, ...] = (1.0, -2.0, 3.0, 0.0)
    chosen: str = "A"
    value: float = 1.0
    label: str = "B"
    rate: float = 1.0
    steps: int = 0


@lru_cache(maxsize=64)
def _walk(logits: tuple[float, ...], label: int, rate: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the logits of all steps and one more, and the losses there in bits."""
    path = descent_path(logits, label, rate, STEPS + 1)
    return path, log_sum_exp(path - path[:, [label]]) / log(2)


def _quick(state: PushState, result: PushResult) -> bool:
    """Whether a start of at least 8 bits has come below the goal in a few steps of rate 1 at most."""
    losses = result.losses_bits
    return state.rate < 1 + 1e-9 and state.steps <= FEW and losses[0] >= 8 and losses[-1] < GOAL


class PushExplorer(Explorer):
    """Take steps of gradient descent on the loss of one example, and see what each pushes up and down.

    Drag a bar to set that logit at the start. State: logits (four numbers from −6 to 6, at the start), chosen (the
    class that `value` moves), label, rate (the learning rate), steps (0 to 40).
    """

    State, View = PushState, PushView
    size = (960, 400)
    challenges = (
        Challenge(
            "03_hardest_push",
            "A push of more than 0.99 on the label, while each other class is pushed down equally.",
            lambda state, result: result.push.max() > 0.99 and np.ptp(np.delete(result.push, result.label)) < 1e-9,
            {"logits": (3.0, -3.0, 3.0, 3.0)},
        ),
        Challenge(
            "03_few_steps",
            f"Learning rate 1 or less: from a loss of at least 8 bits to below {GOAL} bit in {FEW} steps or fewer.",
            _quick,
            {"logits": (6.0, 0.4, -6.0, -6.0), "steps": FEW},
        ),
    )

    def make_controls(self):
        """One class and its logit, label, learning rate, steps."""
        return {
            "chosen": choice("class ▴", NAMES),
            "value": slider("its logit at the start", -GREATEST, GREATEST, 0.1, 1),
            "label": choice("label", NAMES),
            "rate": slider("learning rate", 0.1, 4.0, 0.1, 1),
            "steps": whole_slider("steps", 0, STEPS),
            "step": button("one step", "Take one more step of gradient descent"),
        }

    def settle(self, state):
        """The slider shows the chosen class's logit at the start."""
        logits = read_row("logits", state.logits, [(-GREATEST, GREATEST)] * len(NAMES))
        return replace(state, logits=logits, value=logits[NAMES.index(state.chosen)])

    def change(self, changes):
        """Another start or another label begins the walk anew."""
        if {"value", "label", "logits"} & changes.keys():
            changes = {"steps": 0, **changes}
        state = super().change(changes)
        if "value" in changes:
            state = replace(state, logits=put(state.logits, NAMES.index(state.chosen), state.value))
        return state

    def tend(self):
        """After the last step there is no further one."""
        self.controls["step"].disabled = self.state.steps == STEPS

    @staticmethod
    def compute(state: PushState) -> PushResult:
        """Return where the walk stands, the push there, and the losses so far."""
        label = NAMES.index(state.label)
        path, losses = _walk(state.logits, label, state.rate)
        return PushResult(
            start=path[0],
            logits=path[state.steps],
            following=path[state.steps + 1],
            push=-loss_gradient(path[state.steps], label),
            losses_bits=losses[: state.steps + 1],
            label=label,
            chosen=NAMES.index(state.chosen),
            rate=state.rate,
        )

    def drag(self, drag: Drag):
        """The bar where the drag began starts where the pointer is."""
        chosen = whole(drag.start[0], 0, len(NAMES) - 1)
        return {"chosen": NAMES[chosen], "value": drag.now[1]}

    def press_step(self):
        """Take one more step."""
        return {"steps": min(self.state.steps + 1, STEPS)}

    def describe(self) -> str:
        s, r = self.state, self.result
        digits = max(3, 1 - floor(log10(min(np.abs(r.push).min(), 1 - np.abs(r.push).max()))))  # neither 0 nor 1
        push = by_class(_signed(value, digits) for value in r.push)
        logits = by_class(fixed(z, 2) for z in r.logits)
        taken = f"After {counted(s.steps, 'step')}" if s.steps else "At the start"
        before = f", from {number(r.losses_bits[0])} bits at the start" if s.steps else ""
        gets = below_one(1 - r.push[r.label], r.push[r.label])
        return (
            f"{taken}, with learning rate {s.rate:.1f}, the logits are {logits}. The label {s.label} gets {gets}: a "
            f"loss of {number(r.losses_bits[-1])} bits{before}. The push: {push}; these sum to 0. "
            f"Class {s.chosen} started at {fixed(s.value, 1)}."
        )


def _signed(value: float, digits: int) -> str:
    return f"{'+' if value > 0 else '−'}{abs(value):.{digits}f}"
