"""Two humps move apart: how many minima the reverse fit has, where they lie, and which of them is the best."""

from dataclasses import asdict, dataclass, replace
from functools import cache

import numpy as np

from lessons_lib.drawing.wording import fixed, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, slider, tick
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_05.bifurcation_view import GREATEST, LEAST, BifurcationResult, BifurcationView
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.branches import Bifurcation, bifurcation, birth, twin_fits, twin_humps
from lessons_lib.maths.gaussians.fits import gaussian
from lessons_lib.maths.gaussians.landscape import StationaryPoint

BIN = 0.05
"""What has been seen is kept in bins of this width."""
CENTRES = np.round(np.arange(LEAST, GREATEST + BIN / 2, BIN), 10)
X = np.linspace(-7.5, 7.5, 301)
CLOSE = 0.01 + 1e-9
"""Two separations this near to each other enclose a threshold."""


@dataclass(frozen=True)
class BifurcationState:
    """The separation, whether all curves are shown, and what has been seen.

    visited: bit i for the bin around CENTRES[i]. The greatest separation seen with one minimum and the least seen with
    more; the greatest seen at which the covering minimum is the best and the least at which those on the humps are.
    """

    separation: float = 3.0
    shown: bool = False
    visited: int = 0
    single: float = LEAST
    several: float = GREATEST
    covering: float = LEAST
    seeking: float = GREATEST


@cache
def trail() -> Bifurcation:
    """Return the fits at the middle of each bin."""
    return bifurcation(CENTRES)


@cache
def curves() -> Bifurcation:
    """Return the fits from the birth on, dense where they change fast."""
    start = birth().separation
    return bifurcation(start + np.linspace(1e-3, np.sqrt(GREATEST - start), 50) ** 2)


def _minima(separation: float) -> tuple[StationaryPoint, StationaryPoint | None, bool]:
    """Return the covering minimum, the one on the right hump if there is one, and whether the first is the best."""
    cover, mode, *_ = (*twin_fits(separation), None)
    return cover, mode, mode is None or cover.value <= mode.value


class BifurcationExplorer(Explorer):
    """Move two equal humps apart and watch the minima of KL(q‖p) over all Gaussians q: where, how good, how many.

    Drag a hump, or the separation in the pictures at the right. State: separation (2 to 8 standard deviations), shown
    (all curves), and what has been seen so far.
    """

    State, View = BifurcationState, BifurcationView
    challenges = (
        Challenge(
            "05_birth_of_a_minimum",
            "Enclose the separation at which the second minimum is born between two that are at most 0.01 apart.",
            lambda state, result: state.several - state.single <= CLOSE,
            {"single": 4.82, "several": 4.83},
        ),
        Challenge(
            "05_change_of_lead",
            "Enclose, as closely, the separation from which a fit to one hump beats the one that covers both.",
            lambda state, result: state.seeking - state.covering <= CLOSE,
            {"covering": 5.6, "seeking": 5.61},
        ),
    )
    size = (940, 470)

    def make_controls(self):
        """The separation, all curves at once, a new search."""
        return {
            "separation": slider("separation d, in σ of a hump", LEAST, GREATEST, 0.001, 3, width=520),
            "shown": tick("show all curves (dotted: saddles)"),
            "forget": button("begin again", "Forget what was seen, and go back to the first separation"),
        }

    def settle(self, state):
        """Add the present separation to what has been seen."""
        _check(state)
        d, bit = state.separation, 1 << round((state.separation - LEAST) / BIN)
        _, mode, cover_leads = _minima(d)
        born = {"several": min(state.several, d)} if mode else {"single": max(state.single, d)}
        led = {"covering": max(state.covering, d)} if cover_leads else {"seeking": min(state.seeking, d)}
        return replace(state, visited=state.visited | bit, **born, **led)

    @staticmethod
    def compute(state: BifurcationState) -> BifurcationResult:
        """Fit q in all ways there are, and gather what has been seen."""
        cover, mode, cover_leads = _minima(state.separation)
        return BifurcationResult(
            separation=state.separation,
            x=X,
            density=twin_humps(state.separation).density(X),
            cover=cover,
            mode=mode,
            cover_leads=cover_leads,
            cover_density=gaussian(cover.mean, cover.deviation).density(X),
            mode_density=gaussian(mode.mean, mode.deviation).density(X) if mode else X[:0],
            here=bifurcation(state.separation),
            trail=trail(),
            visited=np.array([state.visited >> place & 1 for place in range(CENTRES.size)], dtype=bool),
            curves=curves(),
            shown=state.shown,
            born=(state.single, state.several),
            led=(state.covering, state.seeking),
        )

    def drag(self, drag: Drag):
        """Move a hump, or the separation itself."""
        return {"separation": 2 * abs(drag.now[0]) if drag.axes is self.figure.view.density_axes else drag.now[0]}

    def press_forget(self):
        """Go back to where it opened."""
        return asdict(BifurcationState())

    def describe(self) -> str:
        r = self.result
        cover = f"μ = 0, σ = {number(r.cover.deviation)}, KL(q‖p) = {number(r.cover.value, 4)} nats"
        if r.mode is None:
            told = f"one minimum, which covers both ({cover})."
        else:
            at = f"μ = ±{number(r.mode.mean)}, σ = {number(r.mode.deviation)}, {number(r.mode.value, 4)} nats"
            best = "the covering one is the best" if r.cover_leads else "those on the humps are the best"
            told = f"three minima, one that covers both ({cover}) and one on each hump ({at}); {best}."
        seen = "All curves are shown (dotted: saddles); enclosed so far" if r.shown else "Enclosed so far"
        return (
            f"Humps {fixed(r.separation, 3)} standard deviations apart: {told} {seen}: a second minimum is born "
            f"between {fixed(r.born[0], 3)} and {fixed(r.born[1], 3)}, and the humps take the lead between "
            f"{fixed(r.led[0], 3)} and {fixed(r.led[1], 3)}."
        )


def _check(state: BifurcationState) -> None:
    """Raise InputError for what cannot have been seen."""
    if not isinstance(state.visited, int) or not 0 <= state.visited < 1 << CENTRES.size:
        raise InputError(f"visited must be a whole number of {CENTRES.size} bits, not {state.visited!r:.60}")
    for name in ("single", "several", "covering", "seeking"):
        value = getattr(state, name)
        if not isinstance(value, float) or not LEAST <= value <= GREATEST:
            raise InputError(f"{name} must lie between {LEAST:g} and {GREATEST:g}, not {value!r:.60}")
