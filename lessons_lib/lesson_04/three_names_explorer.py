"""Two distributions to drag, and entropy, cross-entropy and both KL divergences as lengths that fit together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lessons_lib.drawing.wording import fixed, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, slider, tick, whole, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import moved, resized, rounded
from lessons_lib.lesson_04.three_names_view import ThreeNamesResult, ThreeNamesView
from lessons_lib.maths.data import zen_letters
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.measures import UNITS, cross_entropy, entropy, kl_divergence, pointwise_kl, surprisal
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
class ThreeNamesState:
    """p and q, the outcomes' names, which outcome (from 1) the sliders move, which are locked, and the unit.

    uncut: p and q before another number of outcomes was cut from them, or None: a third number is cut from these too.
    """

    preset: str = FIRST
    p: Row = PRESETS[FIRST]["p"]
    q: Row = PRESETS[FIRST]["q"]
    names: str = LETTERS
    count: int = 4
    chosen: int = 1
    of_p: float = 0.5
    of_q: float = 0.25
    lock: bool = False
    locked: tuple[int, ...] = ()
    unit: str = "bits"
    uncut: tuple[Row, Row] | None = None


def _both_finite(result: ThreeNamesResult) -> bool:
    return bool(np.isfinite([result.kl, result.reverse]).all())


class ThreeNamesExplorer(Explorer):
    """Drag the bars of p and q, and see H(p) + KL(p‖q) = H(p, q), and what each outcome adds to it.

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
        """Preset, number of outcomes, one of them, its two probabilities, its lock, the unit."""
        return {
            "preset": choice("p and q", (*PRESETS, OWN), width=280),
            "count": whole_slider("outcomes", LEAST, MOST, width=220),
            "unit": choice("unit", tuple(UNITS), width=130),
            "chosen": whole_slider("outcome ▴", 1, MOST, width=240),
            "of_p": slider("its p", 0.0, 1.0, 0.001, 3, width=320),
            "of_q": slider("its q", 0.0, 1.0, 0.001, 3, width=320),
            "lock": tick("lock", width="90px"),
        }

    def settle(self, state):
        """Keep the outcome in range and what the sliders show right; a preset that has been changed is one's own."""
        p, q = _read_rows((state.p, state.q), ("p", "q"))
        uncut = None if state.uncut is None else _read_rows(state.uncut, ("uncut p", "uncut q"))
        if not isinstance(state.names, str) or len(state.names) != MOST:
            raise InputError(f"names must be {MOST} letters, not {state.names!r:.60}")
        chosen, locked = min(state.chosen, len(p)), _read_outcomes(state.locked)
        locked = tuple(outcome for outcome in locked if outcome <= len(p))
        state = replace(state, p=p, q=q, uncut=uncut, count=len(p), of_p=p[chosen - 1], of_q=q[chosen - 1])
        state = replace(state, chosen=chosen, locked=locked, lock=chosen in locked)
        as_preset = all(getattr(state, name) == value for name, value in PRESETS.get(state.preset, {}).items())
        return state if as_preset else replace(state, preset=OWN)

    def change(self, changes):
        """A preset brings p, q and names; a new value is the chosen outcome's; the others make room for it."""
        if changes.get("preset") in PRESETS:
            changes = {**PRESETS[changes["preset"]], "locked": (), **changes}
        state = super().change(changes)
        held = tuple(outcome - 1 for outcome in state.locked)
        for row in "pq":
            if "of_" + row in changes:
                value, chosen = getattr(state, "of_" + row), min(state.chosen, len(state.p)) - 1
                state = replace(state, **{row: moved(getattr(state, row), chosen, value, held)})
        if "count" in changes and len(state.p) != state.count:
            state = replace(state, **_other_number(state), locked=())
        if "lock" in changes:
            others = tuple(outcome for outcome in state.locked if outcome != state.chosen)
            state = replace(state, locked=(*others, state.chosen) if state.lock else others)
        return state

    def tend(self):
        """There are only so many outcomes to choose from."""
        self.controls["chosen"].max = self.state.count

    @staticmethod
    def compute(state: ThreeNamesState) -> ThreeNamesResult:
        """Return surprisals, terms, entropies and divergences."""
        p, q, base = np.array(state.p), np.array(state.q), UNITS[state.unit]
        return ThreeNamesResult(
            names=state.names[: p.size],
            p=p,
            q=q,
            surprisal_p=surprisal(p, base=base),
            surprisal_q=surprisal(q, base=base),
            terms=pointwise_kl(p, q, base=base),
            h_p=entropy(p, base=base),
            h_q=entropy(q, base=base),
            h_pq=cross_entropy(p, q, base=base),
            h_qp=cross_entropy(q, p, base=base),
            kl=kl_divergence(p, q, base=base),
            reverse=kl_divergence(q, p, base=base),
            unit=state.unit,
            chosen=state.chosen - 1,
            locked=tuple(outcome - 1 for outcome in state.locked),
        )

    def drag(self, drag: Drag):
        """A bar goes where the pointer is, and back without a trace: the others follow from where they stood."""
        outcome = whole(drag.start[0], 0, drag.state.count - 1)
        row = "p" if drag.start[0] < outcome else "q"
        return {"chosen": outcome + 1, row: getattr(drag.state, row), "of_" + row: drag.now[1]}

    def describe(self) -> str:
        r, i = self.result, self.result.chosen
        h_p, kl, h_pq, reverse = (number(length, 4) for length in (r.h_p, r.kl, r.h_pq, r.reverse))
        locked = ", ".join(r.names[outcome] for outcome in r.locked)
        missing = ", ".join(name for name, p, q in zip(r.names, r.p, r.q, strict=True) if p > 0 == q)
        return (
            f"In {r.unit}: H(p) {h_p} + KL(p‖q) {kl} = H(p, q) {h_pq}; the other way round, KL(q‖p) is {reverse}. "
            f"Outcome {r.names[i]} has p = {number(r.p[i])} and q = {number(r.q[i])}, the surprisals "
            f"{number(r.surprisal_p[i], 4)} and {number(r.surprisal_q[i], 4)}, and the term p log(p/q) = "
            f"{fixed(r.terms[i], 4)}.{f' q gives 0 to {missing}, which can happen.' if missing else ''}"
            f"{f' Locked: {locked}.' if locked else ''}"
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


def _read_rows(rows: tuple[Row, Row], names: tuple[str, str]) -> tuple[Row, Row]:
    """Return two distributions over 2 to 12 outcomes, or say what is wrong with them."""
    p, q = (tuple(read_distribution(name, row).tolist()) for name, row in zip(names, rows, strict=True))
    if len(p) != len(q) or not LEAST <= len(p) <= MOST:
        told = " and ".join(names)
        raise InputError(f"{told} need one probability for each of 2 to 12 outcomes: they have {len(p)}, {len(q)}")
    return p, q


def _read_outcomes(locked: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers of outcomes, in order, or say what is wrong with them."""
    if not isinstance(locked, tuple) or any(type(i) is not int or not 1 <= i <= MOST for i in locked):
        raise InputError(f"locked must hold whole numbers from 1 to {MOST}, not {locked!r:.60}")
    return tuple(sorted({*locked}))
