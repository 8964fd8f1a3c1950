"""Errors in units in the last place over sixty powers of ten, and the digits at one x."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import superscript
from lessons_lib.maths.floats import Comparison

LEAST, INFINITE = 0.1, 18.5
"""Errors below LEAST ulps are drawn there; infinite ones at this power of ten."""
_LOW, _HIGH = -1.4, INFINITE + 0.8


@dataclass(frozen=True)
class UlpResult:
    """What the ulp explorer shows: errors in ulps of the format.

    heights of errors are their powers of ten. naive_digits, stable_digits, exact_digits: the values at x, as text
    with twenty digits, with a bar where they part from the exact value. bits: the digits of the format, binary.
    """

    comparison: Comparison
    stable_name: str
    dtype: str
    bits: int
    sign: int
    exponent: float
    x: float
    exponents: NDArray[np.float64]
    naive_heights: NDArray[np.float64]
    stable_heights: NDArray[np.float64]
    naive_error: float
    stable_error: float
    naive_height: float
    stable_height: float
    naive_digits: str
    stable_digits: str
    exact_digits: str

    @property
    def digits_lost(self) -> float:
        """The binary digits that the naive way has lost: all of them where the error is as great as the result."""
        if self.naive_error >= 2 ** (self.bits - 1):
            return self.bits
        return float(np.log2(max(self.naive_error, 1.0)))


class UlpView(View):
    """Above, the errors of both ways against x; below, their values and the exact one, digit by digit."""

    def build(self, figure: Figure, r: UlpResult) -> None:
        self.axes, below = figure.subplots(2, 1, height_ratios=[3.2, 1])
        self.draggable = (self.axes,)
        self._build_scale()
        self._build_errors()
        below.set_axis_off()
        self.name = below.text(0.01, 0.12, "", va="top", color=style.MUTED, in_layout=False)
        font = {"family": "DejaVu Sans Mono", "linespacing": 1.5}
        self.digits = self.moves(below.text(0.01, 1.15, "", va="top", **font))

    def _build_scale(self) -> None:
        ax = self.axes
        ax.set(xlim=(-30.5, 30.5), ylim=(_LOW, _HIGH), ylabel="error (ulps)")
        ax.set_yticks([-1, 0, 4, 8, 12, 16, INFINITE], ["0.1 or less", "1", *_powers((4, 8, 12, 16)), "∞"])
        ax.set_title("error of the formula:  ● solid line, naive   ○ broken line, the stable way")
        ax.axhline(INFINITE, color=style.FAINT, linewidth=1)

    def _build_errors(self) -> None:
        ax = self.axes
        (self.naive,) = ax.plot([], [], color=style.MODEL, linewidth=1.5)
        (self.stable,) = ax.plot([], [], color=style.OPTIMUM, linewidth=1.5, linestyle=(0, (4, 2)))
        self.marks = [ax.axhline(0, color=style.MUTED, linewidth=0.8, linestyle=":") for _ in range(2)]
        self.mark_texts = [
            ax.text(30, 0, words, ha="right", va="center", color=style.MUTED, bbox=style.LABEL)
            for words in ("half of the digits lost", "all digits lost")
        ]
        self.line = self.moves(ax.plot([], [], color=style.INK, linewidth=1))
        dot = {"marker": "o", "markersize": 10, "clip_on": False}
        self.naive_dot = self.moves(ax.plot([], [], color=style.MODEL, **dot))
        self.stable_dot = self.moves(ax.plot([], [], color=style.OPTIMUM, markerfacecolor=style.PAPER, mew=2, **dot))

    def key(self, r: UlpResult):
        """Formula, format and sign: what the errors over all x depend on."""
        return r.comparison.name, r.dtype, r.sign

    def set_background(self, r: UlpResult) -> None:
        """Draw the errors over all x, and say of what."""
        self.naive.set_data(r.exponents, r.naive_heights)
        self.stable.set_data(r.exponents, r.stable_heights)
        for share, line, text in zip((0.5, 1), self.marks, self.mark_texts, strict=True):
            at = share * r.bits * np.log10(2)
            line.set_ydata([at, at])
            text.set_y(at)
        self.name.set_text(f"The stable way is {r.stable_name}.")
        tens = range(-30, 31, 10)
        self.axes.set_xticks(tens, _powers(tens, "−" if r.sign < 0 else ""))
        self.axes.set_xlabel(f"x   in   {r.comparison.formula}   ({r.dtype})")

    def update(self, r: UlpResult) -> None:
        self.line.set_data([r.exponent, r.exponent], [_LOW, INFINITE])
        self.naive_dot.set_data([r.exponent], [r.naive_height])
        self.stable_dot.set_data([r.exponent], [r.stable_height])
        self.digits.set_text(f"exact     {r.exact_digits}\nnaive     {r.naive_digits}\nstable    {r.stable_digits}")


def _powers(exponents: Iterable[int], minus: str = "") -> list[str]:
    return [f"{minus}10{superscript(exponent)}" for exponent in exponents]
