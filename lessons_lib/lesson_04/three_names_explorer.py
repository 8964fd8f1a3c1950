"""The three lengths term by term and in both directions: what each outcome costs, and adds to KL."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lessons_lib.drawing.wording import fixed, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, tick, whole_slider
from lessons_lib.explorer.rows import resized
from lessons_lib.lesson_04.lengths_explorer import (
    LEAST,
    MOST,
    PRESETS,
    LengthsExplorer,
    LengthsState,
    Row,
    lengths,
    read_rows,
)
from lessons_lib.lesson_04.three_names_view import ThreeNamesResult, ThreeNamesView
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.measures import UNITS, cross_entropy, entropy, kl_divergence, pointwise_kl, surprisal


@dataclass(frozen=True)
class ThreeNamesState(LengthsState):
    """Besides p and q: how many outcomes, which of them (from 1) are locked, whether the chosen one is, and the unit.

    uncut: p and q before another number of outcomes was cut from them, or None: a third number is cut from these too.
    """

    count: int = 4
    lock: bool = False
    locked: tuple[int, ...] = ()
    unit: str = "bits"
    uncut: tuple[Row, Row] | None = None


def _both_finite(result: ThreeNamesResult) -> bool:
    return bool(np.isfinite([result.kl, result.reverse]).all())


class ThreeNamesExplorer(LengthsExplorer):
    """Drag the bars of p and q, and see what each outcome adds to KL(p‖q), and what the other direction is.

    State: preset, p and q (2 to 12 probabilities each), names, count, chosen (an outcome, from 1), of_p and of_q (its
    probabilities), lock (whether it keeps them when others are moved), locked (all that do), unit, uncut (p and q
    before their number was changed).
    """

    State, View = ThreeNamesState, ThreeNamesView
    size = (940, 580)
    challenges = (
        Challenge(
            "04_one_way_dear",
            "KL(p‖q) of 1 bit (± 0.01), while KL(q‖p) is finite and at least 2 bits.",
            lambda state, result: (
                _both_finite(result)
                and abs(result.in_bits(result.kl) - 1) <= 0.01
                and round(result.in_bits(result.reverse), 2) >= 2
            ),
            {"p": (0.99, 0.005, 0.005), "q": (0.475, 0.2625, 0.2625)},
        ),
        Challenge(
            "04_equal_both_ways",
            "KL(p‖q) = KL(q‖p) to four digits, with at least 0.1 bit each.",
            lambda state, result: (
                _both_finite(result)
                and result.in_bits(result.kl) >= 0.1
                and abs(result.kl - result.reverse) <= 5e-5 * result.kl
            ),
            {"p": (0.9, 0.1), "q": (0.1, 0.9)},
        ),
    )

    def make_controls(self):
        """Preset, number of outcomes, one of them, its two probabilities, its lock, the unit."""
        first = super().make_controls()
        return {
            "preset": first.pop("preset"),
            "count": whole_slider("outcomes", LEAST, MOST, width=220),
            "unit": choice("unit", tuple(UNITS), width=130),
            **first,
            "lock": tick("lock", width="90px"),
        }

    def settle(self, state):
        """Count the outcomes, and keep no lock on one that is gone."""
        state = super().settle(state)
        uncut = None if state.uncut is None else read_rows(state.uncut, ("uncut p", "uncut q"))
        locked = tuple(outcome for outcome in _read_outcomes(state.locked) if outcome <= len(state.p))
        return replace(state, uncut=uncut, count=len(state.p), locked=locked, lock=state.chosen in locked)

    def held(self, state):
        return state.locked

    def change(self, changes):
        """A preset locks nothing; another number of outcomes is cut from what there is, or was."""
        if changes.get("preset") in PRESETS:
            changes = {"locked": (), **changes}
        state = super().change(changes)
        if "count" in changes and len(state.p) != state.count:
            state = replace(state, **_other_number(state), locked=())
        if "lock" in changes:
            others = tuple(outcome for outcome in state.locked if outcome != state.chosen)
            state = replace(state, locked=(*others, state.chosen) if state.lock else others)
        return state

    @staticmethod
    def compute(state: ThreeNamesState) -> ThreeNamesResult:
        """Return surprisals, terms, entropies and divergences."""
        p, q, base = np.array(state.p), np.array(state.q), UNITS[state.unit]
        return ThreeNamesResult(
            names=state.names[: p.size],
            unit=state.unit,
            chosen=state.chosen - 1,
            **lengths(state.p, state.q, base),
            surprisal_p=surprisal(p, base=base),
            surprisal_q=surprisal(q, base=base),
            terms=pointwise_kl(p, q, base=base),
            h_q=entropy(q, base=base),
            h_qp=cross_entropy(q, p, base=base),
            reverse=kl_divergence(q, p, base=base),
            locked=tuple(outcome - 1 for outcome in state.locked),
        )

    def describe(self) -> str:
        r, i = self.result, self.result.chosen
        locked = ", ".join(r.names[outcome] for outcome in r.locked)
        return (
            f"{self.equation()}; the other way round, KL(q‖p) is {number(r.reverse, 4)}. "
            f"Outcome {r.names[i]} has p = {number(r.p[i])} and q = {number(r.q[i])}, the surprisals "
            f"{number(r.surprisal_p[i], 4)} and {number(r.surprisal_q[i], 4)}, and the term p log(p/q) = "
            f"{fixed(r.terms[i], 4)}.{self.left_out()}{f' Locked: {locked}.' if locked else ''}"
        )


def _cut(rows: tuple[Row, Row], count: int) -> tuple[Row, ...]:
    return tuple(resized(row, count) for row in rows)


def _other_number(state: ThreeNamesState) -> dict[str, Any]:
    """Return p and q with another number of outcomes, and what they are cut from: the present ones, or theirs."""
    uncut = state.p, state.q
    if state.uncut and _cut(state.uncut, len(state.p)) == uncut:
        uncut = state.uncut
    p, q = _cut(uncut, state.count)
    return {"p": p, "q": q, "uncut": uncut}


def _read_outcomes(locked: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers of outcomes, in order, or say what is wrong with them."""
    if not isinstance(locked, tuple) or any(type(i) is not int or not 1 <= i <= MOST for i in locked):
        raise InputError(f"locked must hold whole numbers from 1 to {MOST}, not {locked!r:.60}")
    return tuple(sorted({*locked}))
