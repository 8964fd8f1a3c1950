"""Two distributions to drag, and entropy, cross-entropy and KL divergence as lengths that fit together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lessons_lib.drawing.wording import number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, slider, whole, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import moved, rounded
from lessons_lib.lesson_04.lengths_view import LengthsResult, LengthsView
from lessons_lib.maths.data import zen_letters
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.measures import UNITS, cross_entropy, entropy, kl_divergence
from lessons_lib.maths.validation import read_distribution

LEAST, MOST = 2, 12
LETTERS = "ABCDEFGHIJKL"
Row = tuple[float, ...]


def _preset(p: Sequence[float], q: Sequence[float], names: str = LETTERS) -> dict:
    return {"p": tuple(rounded(p).tolist()), "q": tuple(rounded(q).tolist()), "names": names}


ZEN = dict(zen_letters().most_common(MOST))
OWN = "your own"
FIRST = "four outcomes"
PRESETS = {
    FIRST: _preset((0.5, 0.25, 0.125, 0.125), (0.25, 0.125, 0.125, 0.5)),
    "a one-hot label": _preset((0, 1, 0), (0.2, 0.6, 0.2)),
    "a soft label, 30/70": _preset((0.3, 0.7), (0.6, 0.4)),
    "p uniform": _preset((1,) * 8, (8, 7, 6, 5, 4, 3, 2, 1)),
    "q leaves one out": _preset((0.5, 0.3, 0.2), (0.6, 0.4, 0)),
    "letters, and q uniform": _preset([*ZEN.values()], (1,) * MOST, "".join(ZEN)),
}


@dataclass(frozen=True)
class LengthsState:
    """p and q, the outcomes' names, and which outcome (from 1) the sliders move, with its two probabilities."""

    preset: str = FIRST
    p: Row = PRESETS[FIRST]["p"]
    q: Row = PRESETS[FIRST]["q"]
    names: str = LETTERS
    chosen: int = 1
    of_p: float = 0.5
    of_q: float = 0.25


def lengths(p: Row, q: Row, base: float) -> dict[str, Any]:
    """Return what the lengths show of two distributions, in the unit of this base."""
    return {
        "p": np.array(p),
        "q": np.array(q),
        "h_p": entropy(p, base=base),
        "h_pq": cross_entropy(p, q, base=base),
        "kl": kl_divergence(p, q, base=base),
    }


def read_rows(rows: tuple[Row, Row], names: tuple[str, str]) -> tuple[Row, Row]:
    """Return two distributions over 2 to 12 outcomes, or say what is wrong with them."""
    p, q = (tuple(read_distribution(name, row).tolist()) for name, row in zip(names, rows, strict=True))
    if len(p) != len(q) or not LEAST <= len(p) <= MOST:
        told = " and ".join(names)
        raise InputError(f"{told} need one probability for each of 2 to 12 outcomes: they have {len(p)}, {len(q)}")
    return p, q


class LengthsExplorer(Explorer):
    """Drag the bars of p and q, and see H(p) + KL(p‖q) = H(p, q), in bits.

    State: preset, p and q (2 to 12 probabilities each), names, chosen (an outcome, from 1), of_p and of_q (its
    probabilities).
    """

    State, View = LengthsState, LengthsView
    size = (940, 340)
    challenges = (
        Challenge(
            "04_one_bit_of_three",
            "Three outcomes, none below 0.01 in p, and yet an entropy H(p) of 1 bit (± 0.005).",
            lambda state, result: (
                result.p.size == 3 and result.p.min() >= 0.01 and abs(result.in_bits(result.h_p) - 1) <= 0.005
            ),
            {"p": (0.773, 0.1135, 0.1135), "q": (0.2, 0.6, 0.2)},
        ),
    )

    def make_controls(self):
        """Preset, one of the outcomes, its two probabilities."""
        return {
            "preset": choice("p and q", (*PRESETS, OWN), width=280),
            "chosen": whole_slider("outcome ▴", 1, MOST, width=240),
            "of_p": slider("its p", 0.0, 1.0, 0.001, 3, width=320),
            "of_q": slider("its q", 0.0, 1.0, 0.001, 3, width=320),
        }

    def settle(self, state):
        """Keep the outcome in range and what the sliders show right; a preset that has been changed is one's own."""
        p, q = read_rows((state.p, state.q), ("p", "q"))
        if not isinstance(state.names, str) or len(state.names) != MOST:
            raise InputError(f"names must be {MOST} letters, not {state.names!r:.60}")
        chosen = min(state.chosen, len(p))
        state = replace(state, p=p, q=q, chosen=chosen, of_p=p[chosen - 1], of_q=q[chosen - 1])
        as_preset = all(getattr(state, name) == value for name, value in PRESETS.get(state.preset, {}).items())
        return state if as_preset else replace(state, preset=OWN)

    def held(self, state) -> tuple[int, ...]:
        """Return the outcomes, from 1, that keep their probabilities when others are moved."""
        return ()

    def change(self, changes):
        """A preset brings p, q and names; a new value is the chosen outcome's; the others make room for it."""
        state = super().change({**PRESETS.get(changes.get("preset"), {}), **changes})
        held = tuple(outcome - 1 for outcome in self.held(state))
        for row in "pq":
            if "of_" + row in changes:
                value, chosen = getattr(state, "of_" + row), min(state.chosen, len(state.p)) - 1
                state = replace(state, **{row: moved(getattr(state, row), chosen, value, held)})
        return state

    def tend(self):
        """There are only so many outcomes to choose from."""
        self.controls["chosen"].max = len(self.state.p)

    @staticmethod
    def compute(state: LengthsState) -> LengthsResult:
        """Return entropy, cross-entropy and divergence."""
        return LengthsResult(
            names=state.names[: len(state.p)],
            unit="bits",
            chosen=state.chosen - 1,
            **lengths(state.p, state.q, UNITS["bits"]),
        )

    def drag(self, drag: Drag):
        """A bar goes where the pointer is, and back without a trace: the others follow from where they stood."""
        outcome = whole(drag.start[0], 0, len(drag.state.p) - 1)
        row = "p" if drag.start[0] < outcome else "q"
        return {"chosen": outcome + 1, row: getattr(drag.state, row), "of_" + row: drag.now[1]}

    def describe(self) -> str:
        r, i = self.result, self.result.chosen
        return (
            f"{self.equation()}. Outcome {r.names[i]} has p = {number(r.p[i])} and q = {number(r.q[i])}."
            f"{self.left_out()}"
        )

    def equation(self) -> str:
        """Return the three lengths in words."""
        r = self.result
        h_p, kl, h_pq = (number(length, 4) for length in (r.h_p, r.kl, r.h_pq))
        return f"In {r.unit}: H(p) {h_p} + KL(p‖q) {kl} = H(p, q) {h_pq}"

    def left_out(self) -> str:
        """Return which outcomes can happen though q gives them 0, if any."""
        r = self.result
        missing = ", ".join(name for name, p, q in zip(r.names, r.p, r.q, strict=True) if p > 0 == q)
        return f" q gives 0 to {missing}, which can happen." if missing else ""
