"""A product of probabilities on its way down a floating-point format, beside the sum of their logs."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.wording import counted, number, superscript
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, refit, slider, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_02.underflow_view import ZERO_ROW, UnderflowResult, UnderflowView
from lessons_lib.maths.floats import FORMATS, Underflow, running_product, underflow

MOST = 10_000
WINDOWS = {"50 factors": 50, "200 factors": 200, "1,000 factors": 1000, "10,000 factors": MOST}
USUAL = {"float16": "50 factors", "float32": "200 factors", "float64": "1,000 factors"}
"""The window in which a format's fall is well seen."""
_DOTS = 200


@dataclass(frozen=True)
class UnderflowState:
    """The factor p, how many there are, the format that multiplies them, and how many the picture has room for."""

    p: float = 0.25
    n: int = 537
    format: str = "float64"
    window: str = "1,000 factors"


@lru_cache(maxsize=64)
def _walk(p: float, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64], Underflow]:
    """Return the running products, the running sums of logs, both in this format, and what becomes of the products."""
    format = FORMATS[name]
    logs = np.full(MOST, np.log(p), format.dtype)
    sums = np.add.accumulate(logs).astype(float)
    return running_product(p, MOST, format), sums, underflow(p, MOST, format)


def _drawn(n: int, window: int, facts: Underflow) -> NDArray[np.int_]:
    """Return which of the first n products are drawn: the first, evenly spaced ones, those at the fall, the last."""
    grid = np.union1d(np.arange(1, min(n, 30) + 1), np.arange(1, n + 1, max(window // _DOTS, 1)))
    fall = [] if facts.zero is None else [facts.zero - 1, facts.zero]
    return np.union1d(grid, [i for i in (*fall, n) if 1 <= i <= n]).astype(int)


class UnderflowExplorer(Explorer):
    """Multiply n factors p in a floating-point format, and watch the product fall off while the sum of logs goes on.

    Drag in the left picture to move n. State: p (0.01 to 0.99), n (1 to the window), format, window.
    """

    State, View = UnderflowState, UnderflowView
    challenges = (
        Challenge(
            "02_frozen_above_zero",
            "In float64, a product that has come to rest above 0: no further factor changes it.",
            lambda state, result: state.format == "float64" and result.at_rest,
            {"p": 0.9, "window": "10,000 factors", "n": 7050},
        ),
        Challenge(
            "02_ten_thousand_normal",
            "In float64, 10,000 factors whose product is still a normal number.",
            lambda state, result: state.format == "float64" and state.n == MOST and result.kind == "normal",
            {"p": 0.94, "window": "10,000 factors", "n": MOST},
        ),
        Challenge(
            "02_float16_at_twelve",
            "In float16, a product that becomes 0 with the twelfth factor, neither earlier nor later.",
            lambda state, result: state.format == "float16" and result.facts.zero == 12 and state.n >= 12,
            {"format": "float16", "p": 0.22, "n": 12},
        ),
    )
    size = (940, 430)

    def make_controls(self):
        """p, n, the format, the window."""
        return {
            "p": slider("p", 0.01, 0.99, 0.01, 2),
            "n": whole_slider("factors", 1, MOST),
            "format": choice("format", tuple(reversed(FORMATS)), width=170),
            "window": choice("room for", tuple(WINDOWS), width=200),
        }

    def settle(self, state):
        """Keep n within the window."""
        return replace(state, n=min(state.n, WINDOWS[state.window]))

    def change(self, changes):
        """Another format brings the window in which its fall is well seen."""
        if "format" in changes:
            changes = {"window": USUAL[changes["format"]], **changes}
        return super().change(changes)

    def make_room(self, changes):
        """Let n go as far as the window that comes with it."""
        window = changes.get("window", USUAL.get(changes.get("format")))
        if "n" in changes and window:
            self.controls["n"].max = WINDOWS[window]

    def tend(self):
        """The slider of n ends where the picture does."""
        refit(self.controls["n"], 1, WINDOWS[self.state.window], self.state.n)

    @staticmethod
    def compute(state: UnderflowState) -> UnderflowResult:
        """Return the products as the format holds them, the sum of logs, and the next step close up."""
        format, window = FORMATS[state.format], WINDOWS[state.window]
        products, sums, facts = _walk(state.p, state.format)
        product, depth = float(products[state.n - 1]), int(np.log2(format.smallest_subnormal))
        count = _drawn(state.n, window, facts)
        with np.errstate(divide="ignore"):
            height = np.maximum(np.log2(products[count - 1]), ZERO_ROW * depth)
        kept = format.nearest(state.p) * product
        spacing = float(np.spacing(format.dtype.type(product)))
        low = product < format.smallest_normal
        return UnderflowResult(
            p=state.p,
            n=state.n,
            window=window,
            format=format,
            product=product,
            log_sum=float(sums[state.n - 1]),
            exact_log=state.n * float(np.log(state.p)),
            facts=facts,
            count=count,
            height=height,
            depth=depth,
            multiple=round(product / spacing) if low else None,
            step=-(1 - format.nearest(state.p)) * (product / spacing),
            landing=round((format.nearest(kept) - product) / spacing) if low else 0,
        )

    def drag(self, drag: Drag):
        """Move n."""
        return {"n": drag.now[0]}

    def describe(self) -> str:
        r = self.result
        kinds = {
            "zero": "exactly 0",
            "normal": f"{number(r.product)}, a normal number",
            "subnormal": f"{number(r.product)}, a subnormal number, {r.multiple or 0:,} × 2{superscript(r.depth)}",
        }
        return (
            f"After {counted(r.n, 'factor')} of {r.p:.2f} (of the {r.window:,} that there is room for), the product in "
            f"{r.format.name} is {kinds[r.kind]}; the sum of the logs is −{abs(r.log_sum):,.3f} nats"
            f"{_rounding_in_words(r)}. {_fate_in_words(r.facts)}"
        )


def _rounding_in_words(r: UnderflowResult) -> str:
    """Say so when the running sum of logs itself has gone wrong: adding little to much is lost to rounding."""
    if abs(r.log_sum - r.exact_log) <= 0.01 * abs(r.exact_log):
        return ""
    return f", rounded at each step in {r.format.name}; exactly it would be −{abs(r.exact_log):,.3f}"


def _fate_in_words(facts: Underflow) -> str:
    """Say what becomes of the product within 10,000 factors."""
    told = {
        "subnormal from": facts.subnormal,
        "exactly 0 from": facts.zero,
        "at rest, above 0, from": facts.frozen,
    }
    events = [f"{what} factor {at:,} on" for what, at in told.items() if at is not None]
    if not events:
        return f"The product stays a normal number for all {MOST:,}."
    return f"The product is {' and '.join(events)}."
