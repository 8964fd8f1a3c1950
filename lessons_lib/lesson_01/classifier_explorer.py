"""A classifier with one feature: a logistic curve, each flower's factor, and the climb to the best product."""

from dataclasses import dataclass, replace

import numpy as np

from lessons_lib.drawing.wording import number, number_from_log10, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.player import Player, player
from lessons_lib.explorer.rows import read_row
from lessons_lib.lesson_01.classifier_view import ClassifierResult, ClassifierView
from lessons_lib.lesson_01.flowers import FRAMES, MIDPOINTS, SLOPES, climb, log10_greatest, log10_product
from lessons_lib.maths.data import iris_petals
from lessons_lib.maths.likelihood import logistic_curve, logistic_factors

HALF_SPAN = float(np.log(3))
"""The handles sit where P is 1/4 and 3/4, this much in log-odds to either side of the midpoint."""


@dataclass(frozen=True)
class ClassifierState:
    """What the classifier explorer knows. midpoint in cm, slope in log-odds for each cm.

    best: midpoint and slope of the learner's best curve so far; start: where the climb that is shown began; helped:
    whether the curve still stands near where a climb has brought it, so that it does not count as the learner's.
    """

    midpoint: float = 6.0
    slope: float = 1.0
    best: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    step: int = 0
    helped: bool = False


class ClassifierExplorer(Player, Explorer):
    """Drag the two handles of the curve and watch every flower's probability of its own species.

    State: midpoint (cm), slope (log-odds for each cm), best, start and step (0 to 60) of the climb.
    """

    State, View = ClassifierState, ClassifierView
    challenges = (
        Challenge(
            "01_within_ten_percent_by_hand",
            "By hand, a product of at least 90 % of the largest.",
            lambda state, result: result.log10_best - result.log10_optimum >= np.log10(0.9),
            {"midpoint": 4.86, "slope": 9.0},
        ),
        Challenge(
            "01_right_and_yet_bad",
            "At least 93 flowers with more than ½ for their own species, and yet a product below 10⁻¹⁵.",
            lambda state, result: np.sum(result.factors > 0.5) >= 93 and result.log10_product < -15,
            {"midpoint": 4.86, "slope": 1.5},
        ),
    )
    size = (920, 480)

    def make_controls(self):
        """Midpoint, slope, the climb and its steps."""
        play, step = player("step of the climb", FRAMES)
        return {
            "midpoint": slider("midpoint (cm)", *MIDPOINTS, 0.02, 2),
            "slope": slider("slope (per cm)", *SLOPES, 0.1, 2, width=400),
            "climb": button("let gradient ascent climb from here", "Start a climb from this curve"),
            "play": play,
            "step": step,
        }

    def settle(self, state):
        """The learner's best begins with the opening curve."""
        bounds = MIDPOINTS, SLOPES
        best = (state.midpoint, state.slope) if state.best is None else read_row("best", state.best, bounds)
        start = None if state.start is None else read_row("start", state.start, bounds)
        return replace(state, best=best, start=start)

    def change(self, changes):
        """By hand: forget the climb, remember the best. A step of the climb: put the curve there."""
        state = super().change(changes)
        if "step" in changes:
            start = state.start or (state.midpoint, state.slope)
            path = climb(*start)
            midpoint, slope = float(path.midpoint[state.step]), float(path.slope[state.step])
            return replace(state, start=start, midpoint=midpoint, slope=slope, helped=state.helped or state.step > 0)
        if not {"midpoint", "slope"} & changes.keys():
            return state
        here = (state.midpoint, state.slope)
        height = log10_product(*here)
        helped = state.helped and height > log10_greatest() - 2
        if height > log10_product(*state.best) and not helped:
            state = replace(state, best=here)
        return replace(state, start=None, step=0, helped=helped)

    @staticmethod
    def compute(state: ClassifierState) -> ClassifierResult:
        """Return the curve, every flower's factor, their product, and the path of the last climb."""
        petals = iris_petals()
        length = np.linspace(2.8, 7.2, 221)
        factors = logistic_factors(petals.length, petals.label, state.midpoint, state.slope)
        return ClassifierResult(
            midpoint=state.midpoint,
            slope=state.slope,
            length=length,
            curve=logistic_curve(length, state.midpoint, state.slope),
            factors=factors,
            log10_product=float(log10_product(state.midpoint, state.slope)),
            best=state.best,
            log10_best=float(log10_product(*state.best)),
            log10_optimum=log10_greatest(),
            path=climb(*state.start) if state.start else None,
            handles=(state.midpoint - HALF_SPAN / state.slope, state.midpoint + HALF_SPAN / state.slope),
        )

    def drag(self, drag: Drag):
        """Move the handle nearer to where the drag began, the other staying; in the map, the whole curve."""
        x, y = drag.now
        if drag.axes is self.figure.view.map_axes:
            return {"midpoint": x, "slope": y}
        low, high = drag.result.handles
        least = 2 * HALF_SPAN / SLOPES[1]
        if drag.start[0] < drag.state.midpoint:
            low = min(x, high - least)
        else:
            high = max(x, low + least)
        return {"midpoint": (low + high) / 2, "slope": 2 * HALF_SPAN / (high - low)}

    def press_climb(self):
        """Begin a climb where the learner stands."""
        return {"start": (self.state.midpoint, self.state.slope), **self.play_from_start()}

    def describe(self) -> str:
        r = self.result
        right = int(np.sum(r.factors > 0.5))
        climbed = ""
        if r.path is not None:
            top = float(log10_product(r.path.midpoint[-1], r.path.slope[-1]))
            climbed = f" Gradient ascent climbs to {number_from_log10(top)}."
        return (
            f"With midpoint {r.midpoint:.2f} cm and slope {r.slope:.2f} per cm the product over all {r.factors.size} "
            f"flowers is {number_from_log10(r.log10_product)}; {right} flowers get more than ½; the smallest factor "
            f"is {number(r.factors.min())}. Your best, {number_from_log10(r.log10_best)}, is "
            f"{_share(r.log10_best - r.log10_optimum)} the largest possible.{climbed}"
        )


def _share(log10_ratio: float) -> str:
    """Return a ratio of at most 1 as a percentage or, if tiny, as how many times smaller."""
    if log10_ratio > -3:
        return f"{percent(10**log10_ratio)} of"
    return f"{number_from_log10(-log10_ratio)} times smaller than"
