"""The way of a product down the powers of two of a floating-point format, and its next step close up."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number, superscript
from lessons_lib.maths.floats import FloatFormat, Underflow

ZERO_ROW = 1.05
"""Where zero, which has no place on a scale of powers of two, is drawn: so many times as deep as the format."""
_DEEP = 1.6
"""The picture reaches so many times as deep as the format."""
_REACH = 4.5
"""The close-up shows so many of the smallest numbers to the left of the product."""


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


class UnderflowView(View):
    """Left, product and sum of logs against the number of factors; right, what the next factor does."""

    def build(self, figure: Figure, r: UnderflowResult) -> None:
        self.way_axes, self.step_axes = figure.subplots(1, 2, width_ratios=[1.75, 1])
        self.draggable = (self.way_axes,)
        self._build_bands()
        self._build_way()
        self._build_close_up()
        self._build_step()

    def _build_bands(self) -> None:
        ax = self.way_axes
        self.bands = [
            ax.axhspan(0, 1, facecolor=style.FAINT, alpha=0.6, edgecolor="none"),
            ax.axhspan(0, 1, facecolor=style.PAPER, hatch="////", edgecolor=style.FAINT, linewidth=0),
        ]
        look = {"transform": ax.get_yaxis_transform(), "ha": "right", "color": style.MUTED, "in_layout": False}
        self.band_texts = [
            ax.text(0.985, 0, "", va="top", **look),
            ax.text(0.985, 0, "shaded: subnormal numbers", va="bottom", **look),
            ax.text(0.985, 0, "hatched: rounded to 0", va="top", bbox=style.LABEL, **look),
        ]

    def _build_way(self) -> None:
        ax = self.way_axes
        ax.set_title("● the product, as the format holds it:\n○ the sum of the logs:")
        ax.set_xlabel("number of factors")
        walk = {"linestyle": "", "marker": "o", "markersize": 4, "color": style.MODEL}
        ring = {"markerfacecolor": "none", "markeredgewidth": 2, "color": style.OPTIMUM}
        self.walk = self.moves(ax.plot([], [], **walk))
        self.here = self.marks(ax, "o", 9, style.MODEL)
        self.log_line = self.moves(ax.plot([], [], color=style.OPTIMUM, linewidth=1.6))
        self.log_end = self.moves(ax.plot([], [], marker="o", markersize=13, clip_on=False, **ring))
        self.product_text = self.moves(style.beside_title(ax, 1, "right", lines_above=1))
        self.log_text = self.moves(style.beside_title(ax, 1, "right"))
        self.log_text.set_color(style.OPTIMUM)

    def _build_close_up(self) -> None:
        ax = self.step_axes
        ax.set(xlim=(-_REACH, 1.2), ylim=(0, 1), yticks=[])
        ax.set_xticks(range(-4, 2), ["k−4", "k−3", "k−2", "k−1", "k", "k+1"])
        ax.set_title("the next factor, close up: ● now,\n○ times p,  ▼ rounded")
        ax.spines["left"].set_visible(False)
        ax.axvspan(-0.5, 0.5, color=style.FAINT, alpha=0.6, linewidth=0)
        ax.text(0, 0.94, "rounded\nback to k", ha="center", va="top", color=style.MUTED)
        ax.vlines(range(-4, 2), 0, 0.1, color=style.MUTED, linewidth=1.2)

    def _build_step(self) -> None:
        ax, ring = self.step_axes, {"markerfacecolor": style.PAPER, "markeredgewidth": 2, "color": style.MODEL}
        self.jump = self.moves(ax.plot([], [], color=style.MODEL, linewidth=1.2))
        self.exact = self.moves(ax.plot([], [], marker="o", markersize=9, clip_on=False, **ring))
        self.landing = self.marks(ax, "v", 11, style.INK)
        self.moves(ax.plot([0], [0.52], marker="o", markersize=11, color=style.MODEL))
        self.step_text = self.moves(ax.text(-_REACH + 0.1, 0.94, "", va="top", linespacing=1.5))

    def key(self, r: UnderflowResult):
        """Format and window."""
        return r.format.name, r.window

    def set_background(self, r: UnderflowResult) -> None:
        """Go so far and so deep, and shade what the format holds no normal numbers for."""
        ax, depth, normal = self.way_axes, r.depth, int(np.log2(r.format.smallest_normal))
        ax.set(xlim=(0, r.window), ylim=(_DEEP * depth, -0.06 * depth))
        ax.set_yticks([0, normal, depth], ["2⁰ = 1", f"2{superscript(normal)}", f"2{superscript(depth)}"])
        for label, side in zip(ax.get_yticklabels(), ("center", "bottom", "top"), strict=True):
            label.set_va(side)
        for band, (low, high) in zip(self.bands, ((depth, normal), (_DEEP * depth, depth)), strict=True):
            band.set(y=low, height=high - low)
        heights = 0.02 * depth, normal - 0.01 * depth, (0.02 + ZERO_ROW) * depth
        for text, y in zip(self.band_texts, heights, strict=True):
            text.set_y(y)
        self.band_texts[0].set_text(f"normal numbers of {r.format.name}")
        self.step_axes.set_xlabel(f"multiples of the smallest number, 2{superscript(depth)}")

    def update(self, r: UnderflowResult) -> None:
        self._update_way(r)
        self._update_step(r)

    def _update_way(self, r: UnderflowResult) -> None:
        bits = r.log_sum / np.log(2)
        self.walk.set_data(r.count, r.height)
        self.here.set_data(r.count[-1:], r.height[-1:])
        self.log_line.set_data([0, r.n], [0, bits])
        self.log_end.set_data([r.n], [bits])
        self.log_end.set_visible(bits > _DEEP * r.depth)
        self.product_text.set_text(f"{number(r.product)} ({r.kind})" if r.product else "0")
        self.log_text.set_text(f"−{-r.log_sum:,.3f} nats = −{-bits:,.1f} bits")

    def _update_step(self, r: UnderflowResult) -> None:
        near = r.multiple is not None
        lands = near and r.landing >= -_REACH
        at = max(r.step, -_REACH)
        self.exact.set_data([at], [0.34])
        self.exact.set_visible(near)
        self.landing.set_data([r.landing], [0.17])
        self.landing.set_visible(lands)
        points = 3 if lands else 2
        self.jump.set_data([0, at, r.landing][:points], [0.52, 0.34 if near else 0.52, 0.17][:points])
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
