"""Draw a digit with the pointer, and watch the ten probabilities of a trained model move."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from lessons_lib.drawing.wording import named_digit, number, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, choice, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_03 import bitmap as dots
from lessons_lib.lesson_03.draw_view import DrawResult, DrawView
from lessons_lib.maths import digits
from lessons_lib.maths.errors import InputError

PEN, ERASER = "draws", "erases"
RADIUS = {PEN: 1.6, ERASER: 2.5}
"""Half the width of a line, in dots: a little less than a stroke of the 1,797 digits, so that small loops stay open."""
KEPT = 20
"""So many strokes can be taken back."""
EMPTY = (0,) * dots.DOTS


@dataclass(frozen=True)
class DrawState:
    """What the drawing explorer knows.

    digit: which of the 1,797 was loaded, or 0 for an empty pad; bitmap: the pad, a whole number for each row (see
    bitmap.py), or None for the digit as loaded; meant: which digit it is to be, or None for the loaded
    one's label; square, from 1, row by row: the one that the button turns; earlier: the pad before each of the last
    strokes.
    """

    digit: int = 6
    meant: int | None = None
    pointer: str = PEN
    square: int = 28
    bitmap: tuple[int, ...] | None = None
    earlier: tuple[tuple[int, ...], ...] = ()


@lru_cache(maxsize=256)
def loaded(digit: int) -> tuple[int, ...]:
    """Return the pad with one of the 1,797 digits, counted from 1, on it; 0 for none."""
    if digit == 0:
        return EMPTY
    counts = np.round(16 * digits.digits().images[digit - 1]).reshape(8, 8)
    return dots.to_rows(dots.bitmap_of(counts))


def _label(digit: int) -> int:
    """Return the label of one of the digits; on an empty pad an 8 is to be drawn."""
    return int(digits.digits().labels[digit - 1]) if digit else 8


def _is_tie(result: DrawResult) -> bool:
    one, other = result.probabilities[[result.first, result.second]]
    return result.changed > 0 and other > 0.4 and one - other < 0.02


def _drawn(*corners: tuple[float, float]) -> tuple[int, ...]:
    """Return an empty pad on which the pen has been led from corner to corner."""
    lines = [dots.stroke(here, there, RADIUS[PEN]) for here, there in pairwise(corners)]
    return dots.to_rows(np.any(lines, axis=0))


def _loop(centre: float, way: int) -> list[tuple[float, float]]:
    """Return the corners of one loop of an 8, from the middle of the pad and back to it."""
    turns = np.linspace(0, 2 * np.pi, 25)
    return [(16 + 5 * np.sin(turn), centre + way * 7 * np.cos(turn)) for turn in turns]


class DrawExplorer(Explorer):
    """Draw on the pad and see what a model trained on 1,438 digits makes of it.

    State: digit (1 to 1,797 loads one, 0 empties the pad), meant (0 to 9), pointer, square (1 to 64), bitmap,
    earlier (bitmaps).
    """

    State, View = DrawState, DrawView
    is_pad = True
    challenges = (
        Challenge(
            "03_digits_draw_an_eight",
            "On an empty pad, draw something that the model calls an 8 with at least 90 %.",
            lambda state, result: state.digit == 0 and round(result.probabilities[8], 3) >= 0.9,
            {"digit": 0, "bitmap": _drawn(*_loop(9, 1), *_loop(23, -1))},
        ),
        Challenge(
            "03_digits_tie",
            "By hand, something that gives two digits more than 40 % each, with less than 2 % between them.",
            lambda state, result: _is_tie(result),
            {"digit": 0, "bitmap": _drawn((26, 11), (11, 28))},
        ),
    )
    size = (940, 430)

    def make_controls(self):
        """What is loaded, what is meant, what the pointer does, and a square to turn without a pointer."""
        return {
            "digit": whole_slider("load digit no.", 0, digits.digits().labels.size, width=390),
            "meant": whole_slider("you mean a", 0, 9, width=260),
            "clear": button("empty the pad", "Take all ink away, as digit no. 0 does"),
            "undo": button("undo", "Take the last stroke back"),
            "pointer": choice("the pointer", (PEN, ERASER), width=180),
            "square": whole_slider("square", 1, dots.BLOCKS**2, width=260),
            "turn": button("fill or empty it", "Turn over the 16 dots of the square with the frame"),
        }

    def settle(self, state):
        """What was left open follows from the digit; a bitmap has 32 rows of 32 dots."""
        meant = _label(state.digit) if state.meant is None else state.meant
        rows = loaded(state.digit) if state.bitmap is None else state.bitmap
        if not isinstance(state.earlier, tuple):
            raise InputError(f"earlier must be a tuple of bitmaps, not {state.earlier!r:.60}")
        for name, pad in [("bitmap", rows), *(("earlier", pad) for pad in state.earlier)]:
            try:
                dots.from_rows(pad)
            except (TypeError, InputError):
                raise InputError(f"{name} must hold {dots.DOTS} whole numbers below 2³², not {pad!r:.60}") from None
        return replace(state, meant=meant, bitmap=rows)

    def change(self, changes):
        """Loading a digit puts it on the pad and makes it what is meant; emptying the pad leaves what is meant."""
        if "digit" in changes:
            kept = {} if changes["digit"] else {"meant": self.state.meant}
            changes = {"bitmap": None, "meant": None, "earlier": (), **kept, **changes}
        return super().change(changes)

    @staticmethod
    def compute(state: DrawState) -> DrawResult:
        """Return the counts, and what the trained model says of them."""
        bitmap = dots.from_rows(state.bitmap)
        log_p = digits.trained().log_probabilities(dots.image(bitmap))
        order = np.argsort(-log_p, kind="stable")
        return DrawResult(
            bitmap=bitmap,
            counts=dots.counts(bitmap),
            probabilities=np.exp(log_p),
            first=int(order[0]),
            second=int(order[1]),
            meant=state.meant,
            bits=float(-log_p[state.meant] / np.log(2)) + 0.0,
            pointer=state.pointer,
            row=1 + (state.square - 1) // dots.BLOCKS,
            column=1 + (state.square - 1) % dots.BLOCKS,
            changed=int(np.sum(bitmap != dots.from_rows(loaded(state.digit)))),
        )

    def drag(self, drag: Drag):
        """Draw or erase along the way from where the pointer was seen last."""
        line = dots.stroke(drag.before, drag.now, RADIUS[self.state.pointer])
        bitmap = self.result.bitmap | line if self.state.pointer == PEN else self.result.bitmap & ~line
        return {"bitmap": dots.to_rows(bitmap), **({"earlier": self._with_this()} if drag.began else {})}

    def _with_this(self) -> tuple[tuple[int, ...], ...]:
        """Return the pads to go back to, with the present one."""
        return (*self.state.earlier, self.state.bitmap)[-KEPT:]

    def press_undo(self):
        """Take the last stroke back, or what else was done to the pad."""
        *before, last = self.state.earlier or (self.state.bitmap,)
        return {"bitmap": last, "earlier": tuple(before)}

    def tend(self):
        """There may be nothing to take back."""
        self.controls["undo"].disabled = not self.state.earlier

    def press_clear(self):
        """Take the ink away."""
        return {"digit": 0, "earlier": self._with_this()}

    def press_turn(self):
        """Fill the square with the frame, or empty it if it is full."""
        bitmap, top, left = self.result.bitmap.copy(), 4 * (self.result.row - 1), 4 * (self.result.column - 1)
        bitmap[top : top + 4, left : left + 4] = self._count() < 16
        return {"bitmap": dots.to_rows(bitmap), "earlier": self._with_this()}

    def _count(self) -> int:
        return int(self.result.counts[self.result.row - 1, self.result.column - 1])

    def describe(self) -> str:
        r, state, p = self.result, self.state, self.result.probabilities
        what = f"Digit no. {state.digit:,}" if state.digit else "Your drawing" if r.bitmap.any() else "The empty pad"
        changed = f", {r.changed} dots changed by hand," if state.digit and r.changed else ""
        return (
            f"{what}{changed}: the model says {r.first} with {percent(p[r.first])}, then {r.second} with "
            f"{percent(p[r.second])}. You mean {named_digit(r.meant)}, which costs {number(r.bits)} bits of surprisal. "
            f"The pointer {state.pointer}; the square in row {r.row}, column {r.column} holds {self._count()} "
            "of 16 dots."
        )
