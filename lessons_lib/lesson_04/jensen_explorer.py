"""Jensen's inequality with points to drag, and the proof by it that KL is never negative."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, log, log1p

import numpy as np

from lessons_lib.drawing.wording import fixed, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, refit, slider, whole, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import put, read_row, whole_parts, with_share
from lessons_lib.lesson_04.jensen_view import KL, MOST, PICTURES, JensenResult, JensenView
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.jensen import FUNCTIONS, jensen, ratios
from lessons_lib.maths.validation import Array

Row = tuple[float, ...]
OPEN_POINTS = {
    "x²": (-1.2, 0.3, 1.5, 0.8),
    "eˣ": (-1.5, 0.3, 1.8, 1.0),
    "−ln x": (0.1, 1.0, 3.0, 2.0),
    "x ln x": (0.2, 1.0, 3.5, 2.5),
    "|x − 1|": (-0.5, 0.6, 2.5, 1.6),
}
OPEN_WEIGHTS = (0.4, 0.3, 0.3, 0.0)
OPEN_P, OPEN_Q = (0.5, 0.3, 0.2, 0.0), (0.2, 0.25, 0.55, 0.0)


@dataclass(frozen=True)
class JensenState:
    """Which function, how many points, the chosen one with its value and weight, and those of all four.

    The value is x, or with KL the chosen outcome's q; the weight is with KL its p. None stands for the opening ones.
    """

    shown: str = "x²"
    count: int = 3
    chosen: int = 1
    value: float = 0.0
    weight: float = 0.0
    points: Row | None = None
    weights: Row | None = None
    q: Row | None = None


def _given(values: Row | None, opening: Row) -> Row:
    return opening if values is None else values


def _four(shares: Sequence[float]) -> Row:
    """Return shares and a zero for each that is missing to four."""
    return (*shares, *(0.0,) * (MOST - len(shares)))


def _read_shares(name: str, values: Row, count: int) -> Row:
    """Return four shares that sum to 1, those beyond `count` given to the others in proportion."""
    shares = read_row(name, values, [(0.0, 1.0)] * MOST)
    if abs(sum(shares) - 1) > 1e-9:
        raise InputError(f"{name} must sum to 1, not {values!r:.60}")
    kept = np.array(shares[:count])
    if abs(kept.sum() - 1) > 1e-9:
        kept = whole_parts(kept, 100) / 100
    return _four(kept.tolist())


def _read_points(shown: str, values: Row) -> Row:
    """Return four points in the range of the function; with KL they do not matter."""
    convex = FUNCTIONS.get(shown)
    return read_row("points", values, [(convex.least, convex.greatest) if convex else (-inf, inf)] * MOST)


class JensenExplorer(Explorer):
    """Drag points along a convex curve, and their weights: the mean of f never lies below f of the mean.

    With KL, the points are q/p of each outcome, and dragging one changes q. State: shown, count (2 to 4), chosen
    (from 1), value and weight (of the chosen point), points, weights, q (of all four).
    """

    State, View = JensenState, JensenView
    size = (920, 430)
    challenges = (
        Challenge(
            "04_no_gap",
            "Three different points, each with a weight of at least 0.1, and no gap.",
            lambda state, r: r.q is None and r.gap == 0 and np.unique(r.x[r.weights >= 0.1]).size >= 3,
            {"shown": "|x − 1|", "points": (1.2, 1.8, 2.4, 1.6)},
        ),
        Challenge(
            "04_gap_of_a_nat",
            "With KL: a gap of at least 1 nat, though no q is below 0.05.",
            lambda state, result: (
                result.q is not None and result.q.min() >= 0.05 and 1 <= round(result.gap, 2) < np.inf
            ),
            {"shown": KL, "weights": (0.9, 0.05, 0.05, 0.0), "q": (0.05, 0.05, 0.9, 0.0)},
        ),
        Challenge(
            "04_all_from_outside",
            "A KL above 0.2 nats and below ∞ of which nothing comes from the gap.",
            lambda state, result: result.q is not None and result.gap == 0 and 0.2 < result.mean_f < np.inf,
            {"shown": KL, "weights": (0.5, 0.5, 0.0, 0.0), "q": (0.4, 0.4, 0.2, 0.0)},
        ),
    )

    def make_controls(self):
        """Function, number of points, the chosen one, its x (or q) and its weight (or p)."""
        return {
            "shown": choice("f", tuple(PICTURES), width=260),
            "count": whole_slider("points", 2, MOST),
            "chosen": whole_slider("point ▴", 1, MOST),
            "value": slider("its x", -2.0, 4.0, 0.01, 2),
            "weight": slider("its weight", 0.0, 1.0, 0.01, 2),
        }

    def settle(self, state):
        """Fill in the opening points, check all of them, and let value and weight be the chosen one's."""
        kl, chosen = state.shown == KL, min(state.chosen, state.count)
        points = _read_points(state.shown, _given(state.points, OPEN_POINTS.get(state.shown, (0.0,) * MOST)))
        weights = _read_shares("weights", _given(state.weights, OPEN_P if kl else OPEN_WEIGHTS), state.count)
        q = _read_shares("q", _given(state.q, OPEN_Q), state.count)
        state = replace(state, chosen=chosen, points=points, weights=weights, q=q)
        return replace(state, value=(q if kl else points)[chosen - 1], weight=weights[chosen - 1])

    def change(self, changes):
        """Another function brings its points, a new point an equal share; value and weight are the chosen point's."""
        if "shown" in changes:
            to_or_from_kl = KL in (changes["shown"], self.state.shown)
            afresh = ("points", "weights", "q") if to_or_from_kl else ("points",)
            changes = {**dict.fromkeys(afresh), **changes}
        state = super().change(changes)
        for new in range(self.state.count, state.count):
            for name in {"weights", "q"} - changes.keys():
                shares = getattr(state, name)[: new + 1]
                state = replace(state, **{name: _four(with_share(shares, new, round(1 / (new + 1), 2)))})
        at, count = min(state.chosen, state.count) - 1, state.count
        if "weight" in changes:
            state = replace(state, weights=_four(with_share(state.weights[:count], at, state.weight)))
        if "value" in changes and state.shown == KL:
            state = replace(state, q=_four(with_share(state.q[:count], at, state.value)))
        elif "value" in changes:
            state = replace(state, points=put(state.points, at, state.value))
        return state

    def tend(self):
        """Value and weight are called what they are, and the value keeps to the range of the function."""
        kl, convex = self.state.shown == KL, FUNCTIONS.get(self.state.shown)
        value = self.controls["value"]
        self.controls["chosen"].max = self.state.count
        value.description, self.controls["weight"].description = ("its q", "its p") if kl else ("its x", "its weight")
        refit(value, *((0.0, 1.0) if kl else (convex.least, convex.greatest)), self.state.value)

    @staticmethod
    def compute(state: JensenState) -> JensenResult:
        """Return the points on the curve, their mean, and the gap."""
        f, weights = PICTURES[state.shown].f, np.array(state.weights[: state.count])
        if state.shown == KL:
            q = np.array(state.q[: state.count])
            x = ratios(weights, q)
        else:
            q, x = None, np.array(state.points[: state.count])
        mean, mean_f, f_mean = jensen(f, x, weights)
        if q is not None:  # x sums up q where p is above 0: what is missing to 1 is known more exactly
            outside = float(q[weights == 0].sum())
            mean, f_mean = 1 - outside, -log1p(-outside) + 0.0 if outside < 1 else inf
        return JensenResult(
            shown=state.shown,
            chosen=state.chosen,
            x=x,
            f=f(x),
            weights=weights,
            q=q,
            mean=mean,
            mean_f=mean_f,
            f_mean=f_mean,
            gap=_gap(x[weights > 0], mean_f, f_mean),
        )

    def drag(self, drag: Drag):
        """Move the point nearest to where the drag began; in the bars, the weight or q under the pointer."""
        view, r = self.figure.view, drag.result
        if drag.axes is view.bar_axes:
            at = whole(drag.start[0], 1, drag.state.count)
            name = "value" if r.q is not None and drag.start[0] > at else "weight"
            return {"chosen": at, name: drag.now[1]}
        at = view.nearest(r, *drag.start)
        return {"chosen": at + 1, "value": drag.now[0] * (1.0 if r.q is None else r.weights[at])}

    def describe(self) -> str:
        return (_points_in_words if self.result.q is None else _kl_in_words)(self.result)


def _gap(x: Array, mean_f: float, f_mean: float) -> float:
    """Return E f(x) − f(E x): exactly 0 where all points are one, and where it is nothing but rounding."""
    if np.ptp(x) == 0:
        return 0.0
    if np.isinf(mean_f):
        return inf
    gap = mean_f - f_mean
    return gap if gap > 1e-13 * max(1, abs(mean_f)) else 0.0


def _points_in_words(r: JensenResult) -> str:
    """Return what a function, its points and weights show."""
    points = ", ".join(f"{fixed(x, 2)} ({w:.3g})" for x, w in zip(r.x, r.weights, strict=True))
    at = f"point {r.chosen} has f(x) = {fixed(r.f[r.chosen - 1], 4)}"
    verdict = f"{number(r.gap)} above" if r.gap else "exactly at"
    return (
        f"f(x) = {r.shown} at x = {points}, with the weights in brackets; {at}. The mean of f, {fixed(r.mean_f, 4)}, "
        f"lies {verdict} f of the mean, f({fixed(r.mean, 4)}) = {fixed(r.f_mean, 4)}."
    )


def _kl_in_words(r: JensenResult) -> str:
    """Return what p and q show: KL, and its two parts."""
    p, q = (", ".join(f"{share:.3g}" for share in shares) for shares in (r.weights, r.q))
    at = r.chosen - 1
    point = (
        f"{r.q[at]:.3g}/{r.weights[at]:.3g} = {number(r.x[at])}, −ln x = {fixed(r.f[at], 4)}"
        if r.weights[at]
        else "no weight, as its p is 0"
    )
    return (
        f"p = ({p}), q = ({q}). The mean of −ln(q/p) is KL(p‖q) = {fixed(r.mean_f, 4)} nats "
        f"({fixed(r.mean_f / log(2), 4)} bits). Outcome {r.chosen}: {point}. E x = {r.mean:.4g} is the q of all that "
        f"has p > 0, and −ln of it is {fixed(r.f_mean, 4)}; the gap adds {fixed(r.gap, 4)}."
    )
