"""The way of a product down the powers of two of a floating-point format, and its next step close up."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.wording import number, superscript
from lessons_lib.maths.floats import FloatFormat, Underflow

_REACH = 4.5
"""The close-up shows so many of the smallest numbers to the left of the product."""
_WORDS = {"zero": "0", "normal": "normal", "subnormal": "subnormal"}


@dataclass(frozen=True)
class UnderflowResult:
    """What the underflow explorer shows.

    count, height: the products drawn, after so many factors, as powers of two (zero in its row); depth: the power of
    the smallest number. multiple: the product in units of that number, when it is subnormal or 0; step: how far
    away the exact next product lies, in spacings of the format's numbers at the product; landing: what it is rounded
    to, in the same way (0 for a normal product, whose next step is never shown close up).
    """

    p: float
    n: int
    window: int
    format: FloatFormat
    product: float
    log_sum: float
    exact_log: float
    facts: Underflow
    count: NDArray[np.int_]
    height: NDArray[np.float64]
    depth: int
    multiple: int | None
    step: float
    landing: int

    @property
    def kind(self) -> str:
        """What kind of number the product is."""
        if self.product == 0:
            return "zero"
        return "subnormal" if self.product < self.format.smallest_normal else "normal"

    @property
    def at_rest(self) -> bool:
        """Whether the product is above 0 and no further factor changes it."""
        return self.facts.frozen is not None and self.n >= self.facts.frozen


class UnderflowView:
    """Left, product and sum of logs against the number of factors; right, what the next factor does."""

    def __init__(self, figure: Figure, result: UnderflowResult, deep: float, zero_row: float):
        self.way_axes, self.step_axes = figure.subplots(1, 2, width_ratios=[1.75, 1])
        self.draggable = (self.way_axes,)
        self._deep, self._zero_row = deep, zero_row
        self._shown = None
        self._build_way()
        self._build_step()
        self._set_scale(result)
        self.moving = [
            self.walk,
            self.here,
            self.log_line,
            self.log_end,
            self.product_text,
            self.log_text,
            self.jump,
            self.exact,
            self.landing,
            self.product_dot,
            self.step_text,
        ]
        for artist in self.moving:  # what moves takes no part in the layout, wherever it stands at first
            artist.set_in_layout(False)
        self.update(result)

    def _build_way(self) -> None:
        ax = self.way_axes
        ax.set_title("● the product, as the format holds it:\n○ the sum of the logs:")
        ax.set_xlabel("number of factors")
        self._bands = [
            ax.axhspan(0, 1, facecolor=style.FAINT, alpha=0.6, edgecolor="none"),
            ax.axhspan(0, 1, facecolor=style.PAPER, hatch="////", edgecolor=style.FAINT, linewidth=0),
        ]
        across = {"transform": ax.get_yaxis_transform(), "color": style.MUTED, "in_layout": False}
        self._band_texts = [
            ax.text(0.985, 0, "", ha="right", va="top", **across),
            ax.text(0.985, 0, "", ha="right", va="bottom", **across),
            ax.text(0.985, 0, "", ha="right", va="top", bbox=style.LABEL, **across),
        ]
        (self.log_line,) = ax.plot([], [], color=style.OPTIMUM, linewidth=1.6)
        (self.walk,) = ax.plot([], [], linestyle="", marker="o", markersize=4, color=style.MODEL)
        (self.log_end,) = ax.plot([], [], linestyle="", marker="o", markersize=13, color=style.OPTIMUM)
        self.log_end.set(markerfacecolor="none", markeredgewidth=2, clip_on=False)
        (self.here,) = ax.plot([], [], linestyle="", marker="o", markersize=9, color=style.MODEL, clip_on=False)
        self.product_text = style.beside_title(ax, 1, "right", lines_above=1)
        self.log_text = style.beside_title(ax, 1, "right")
        self.log_text.set_color(style.OPTIMUM)

    def _build_step(self) -> None:
        ax = self.step_axes
        ax.set(xlim=(-_REACH, 1.2), ylim=(0, 1), yticks=[])
        ax.set_xticks(range(-4, 2), ["k−4", "k−3", "k−2", "k−1", "k", "k+1"])
        ax.set_title("the next factor, close up: ● now,\n○ times p,  ▼ rounded")
        ax.spines["left"].set_visible(False)
        ax.axvspan(-0.5, 0.5, color=style.FAINT, alpha=0.6, linewidth=0)
        ax.text(0, 0.94, "rounded\nback to k", ha="center", va="top", color=style.MUTED)
        ax.vlines(range(-4, 2), 0, 0.1, color=style.MUTED, linewidth=1.2)
        (self.jump,) = ax.plot([], [], color=style.MODEL, linewidth=1.2)
        (self.exact,) = ax.plot([], [], linestyle="", marker="o", markersize=9, color=style.MODEL, clip_on=False)
        self.exact.set(markerfacecolor=style.PAPER, markeredgewidth=2)
        (self.landing,) = ax.plot([], [], linestyle="", marker="v", markersize=11, color=style.INK, clip_on=False)
        (self.product_dot,) = ax.plot([], [], linestyle="", marker="o", markersize=11, color=style.MODEL)
        self.step_text = ax.text(-_REACH + 0.1, 0.94, "", va="top", linespacing=1.5, in_layout=False)

    def _set_scale(self, r: UnderflowResult) -> None:
        """Set what depends on the format and the window alone; this draws the background anew."""
        if self._shown == (r.format.name, r.window):
            return
        self._shown = (r.format.name, r.window)
        ax, depth = self.way_axes, r.depth
        normal = int(np.log2(r.format.smallest_normal))
        ax.set(xlim=(0, r.window), ylim=(self._deep * depth, -0.06 * depth))
        ax.set_yticks([0, normal, depth], ["2⁰ = 1", f"2{superscript(normal)}", f"2{superscript(depth)}"])
        for label, side in zip(ax.get_yticklabels(), ("center", "bottom", "top"), strict=True):
            label.set_va(side)
        for band, (low, high) in zip(self._bands, ((depth, normal), (self._deep * depth, depth)), strict=True):
            band.set(y=low, height=high - low)
        rows = (
            (0.02 * depth, f"normal numbers of {r.format.name}"),
            (normal - 0.01 * depth, "shaded: subnormal numbers"),
            ((0.02 - self._zero_row) * depth, "hatched: rounded to 0"),
        )
        for text, (y, words) in zip(self._band_texts, rows, strict=True):
            text.set(y=y, text=words)
        self.step_axes.set_xlabel(f"multiples of the smallest number, 2{superscript(depth)}")

    def update(self, r: UnderflowResult) -> None:
        """Move everything to `r`, a result."""
        self._set_scale(r)
        bits = r.log_sum / np.log(2)
        self.walk.set_data(r.count, r.height)
        self.here.set_data(r.count[-1:], r.height[-1:])
        self.log_line.set_data([0, r.n], [0, bits])
        inside = bits > self._deep * r.depth
        self.log_end.set_data([r.n] if inside else [], [bits] if inside else [])
        self.product_text.set_text(f"{number(r.product)} ({_WORDS[r.kind]})" if r.product else "0")
        self.log_text.set_text(f"−{-r.log_sum:,.3f} nats = −{-bits:,.1f} bits")
        self._update_step(r)

    def _update_step(self, r: UnderflowResult) -> None:
        near = r.multiple is not None
        at = max(r.step, -_REACH)
        lands = near and r.landing >= -_REACH
        self.product_dot.set_data([0], [0.52])
        self.exact.set_data([at] if near else [], [0.34] if near else [])
        end = [r.landing] if lands else []
        self.jump.set_data([0, at, *end], [0.52, 0.34 if near else 0.52, *(0.17 for _ in end)])
        self.landing.set_data(end, [0.17 for _ in end])
        self.step_text.set_text(_step_in_words(r))


def _step_in_words(r: UnderflowResult) -> str:
    if r.multiple is None:
        return "k is a normal number:\nnothing to see here before\nthe subnormal ones"
    k, exact = r.multiple, r.multiple + r.step
    if k > 99_999:
        return f"k = {number(k)}\np × k lies far to the left"
    beyond = -r.step % 1 - 0.5  # how far from the middle between two multiples
    side = f", just {'below' if beyond > 0 else 'above'}" if 0 < abs(beyond) < 0.005 else ""
    return f"k = {k:,}\np × k = {exact:,.2f}{side}\nrounded: {k + r.landing:,}"
