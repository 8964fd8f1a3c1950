"""Three classes: the triangle of all distributions, and what logits, temperature and a gradient step do in it."""

from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.wording import below_one, fixed, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, slider, whole
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_03.classes import DIGITS, GREATEST, by_class
from lessons_lib.lesson_03.simplex_view import NAMES, SimplexResult, SimplexView, from_plane
from lessons_lib.maths.logits import descent_path, label_loss, softmax_entropy, temperature_path
from lessons_lib.maths.stable import softmax

STEPS = 10
"""So many steps of gradient descent, with learning rate 1, are shown ahead."""
_TEMPERATURES = np.geomspace(0.02, 2000, 90)


@dataclass(frozen=True)
class SimplexState:
    """The three logits, the temperature, what is added to all logits, and the label whose loss is shown."""

    a: float = 1.0
    b: float = 2.0
    c: float = -0.5
    temperature: float = 1.0
    shift: float = 0.0
    label: str = "A"

    @property
    def logits(self) -> tuple[float, float, float]:
        """The three logits, before anything is added."""
        return self.a, self.b, self.c


class SimplexExplorer(Explorer):
    """Drag the point p in the triangle of all distributions over three classes, or move its logits.

    Dragging the point sets the logits to ln p, up to a constant, and T to 1. State: a, b, c (the logits, −6 to 6),
    temperature, shift (added to all), label.
    """

    State, View = SimplexState, SimplexView
    size = (940, 470)
    challenges = (
        Challenge(
            "03_one_bit_for_b",
            "The label B at a loss of exactly 1 bit (± 0.005), with A and C equally probable.",
            lambda state, result: (
                state.label == "B" and abs(result.loss_bits - 1) <= 0.005 and abs(state.a - state.c) < 1e-9
            ),
            {"label": "B", "a": 0.0, "b": 0.69, "c": 0.0},
        ),
        Challenge(
            "03_warmer",
            "With the logits 1, 2, −0.5, by temperature alone, an entropy of 1.5 bits (± 0.003).",
            lambda state, result: state.logits == (1.0, 2.0, -0.5) and abs(result.entropy_bits - 1.5) <= 0.003,
            {"temperature": 2.84},
        ),
    )

    def make_controls(self):
        """Three logits, temperature, shift, label."""
        logits = {name: slider(f"logit of {name.upper()}", -GREATEST, GREATEST, 0.01, 2) for name in "abc"}
        return {
            **logits,
            "temperature": slider("temperature T", 0.1, 10.0, 0.01, 2),
            "shift": slider("c, added to all", -GREATEST, GREATEST, 0.1, 1),
            "label": choice("label", NAMES),
        }

    def settle(self, state):
        """Drop the digits that are only a slider's rounding."""
        return replace(state, **{name: round(z, DIGITS) for name, z in zip("abc", state.logits, strict=True)})

    @staticmethod
    def compute(state: SimplexState) -> SimplexResult:
        """Return the point, all temperatures through it, the descent ahead, loss and entropy."""
        logits = np.array(state.logits) + state.shift
        exponents, label = logits / state.temperature, NAMES.index(state.label)
        probabilities = softmax(exponents)
        return SimplexResult(
            logits=logits,
            probabilities=probabilities,
            path=temperature_path(logits, _TEMPERATURES),
            descent=_descent(exponents, label, state.temperature),
            shift=state.shift,
            label=label,
            loss_bits=label_loss(exponents, label) / log(2),
            entropy_bits=softmax_entropy(exponents) / log(2),
        )

    def drag(self, drag: Drag):
        """In the triangle, move p; in the bars, the logit where the drag began."""
        if drag.axes is self.figure.view.logit_axes:
            return {"abc"[whole(drag.start[0], 0, 2)]: drag.now[1] - self.state.shift}
        logits = np.log(np.maximum(from_plane(*drag.now), np.exp(-2 * GREATEST)))
        logits -= (logits.max() + logits.min()) / 2
        return {**dict(zip("abc", logits, strict=True)), "temperature": 1.0}

    def describe(self) -> str:
        s, r = self.state, self.result
        logits = by_class(fixed(z, 2) for z in r.logits)
        p = by_class(_probability(r.probabilities, label) for label in range(len(NAMES)))
        added = f" ({abs(s.shift):.1f} {'added' if s.shift > 0 else 'taken off'})" if s.shift else ""
        return (
            f"Logits {logits}{added} at T = {s.temperature:.2f} give the probabilities {p}, with an entropy of "
            f"{number(r.entropy_bits, 4)} bits. The label {s.label} has a loss of {number(r.loss_bits, 4)} bits; "
            f"{STEPS} steps of gradient descent on the logits, with learning rate 1, bring its probability from "
            f"{_probability(r.probabilities, r.label)} to {_probability(r.descent[-1], r.label)}."
        )


def _descent(exponents, label: int, temperature: float) -> NDArray[np.float64]:
    """Return the distributions along the descent on the logits z, where exponents = z/T.

    The gradient by z is (p − one-hot)/T, and z counts as z/T: so z/T moves against p − one-hot at the rate 1/T².
    """
    return softmax(descent_path(exponents, label, rate=temperature**-2, steps=STEPS))


def _probability(p: NDArray[np.float64], label: int) -> str:
    """Return the probability of a label, which is never 1."""
    return below_one(p[label], np.delete(p, label).sum())
