"""A mixture, a Gaussian, and both directions of KL between them: live, with the landscape that a fit descends."""

from dataclasses import dataclass, replace
from math import exp, inf, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.wording import fixed, nats_and_bits, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, choice, slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.player import player
from lessons_lib.explorer.rows import moved, put, read_row
from lessons_lib.lesson_05.directions import FORWARD, REVERSE, short_name
from lessons_lib.lesson_05.fit_landscape import FRAMES, landscape, way
from lessons_lib.lesson_05.fit_view import FitResult, FitView
from lessons_lib.maths.gaussians.branches import birth
from lessons_lib.maths.gaussians.fits import divergence, gaussian
from lessons_lib.maths.gaussians.mixtures import GaussianMixture

MODEL, HUMPS = "q", ("A", "B", "C")
PARTS = (*HUMPS, MODEL)
"""The rows of the result."""
EVERYWHERE = "above 0 everywhere"
SUPPORTS = {EVERYWHERE: (-inf, inf), "cut off outside −3 … 3": (-3.0, 3.0), "cut off below 0": (0.0, inf)}
PLACES, SPREADS, HUMP_SPREADS = (-5.0, 5.0), (0.2, 8.0), (0.3, 4.0)
MOST = 0.98
"""No hump has all the weight: the others would forget how they share theirs."""
X = np.linspace(-8, 8, 481)
TRAILS = 6
"""So many rolls stay on the map."""
_DEAD = 0.08
"""A dot's height above the axis is moved by a pointer that has gone up or down this far, in parts of the axes."""


@dataclass(frozen=True)
class FitState:
    """What the fit explorer knows: three humps of p, of which those with a weight above 0 count, and q.

    which: what place, spread and weight stand for. rolls: where (mean, width) q was let go; step: how far it has come
    on the last of these ways, 0 if it has been moved by hand since.
    """

    direction: str = REVERSE
    support: str = EVERYWHERE
    weights: tuple[float, ...] = (0.5, 0.5, 0.0)
    places: tuple[float, ...] = (-2.5, 2.5, 0.0)
    spreads: tuple[float, ...] = (0.7, 0.7, 0.7)
    mean: float = 1.0
    width: float = 2.0
    which: str = MODEL
    place: float = 1.0
    spread: float = 2.0
    weight: float = 1.0
    rolls: tuple[tuple[float, float], ...] = ()
    step: int = 0


def mixture(state: FitState) -> GaussianMixture:
    """Return p."""
    return GaussianMixture(state.weights, state.places, state.spreads, *SUPPORTS[state.support])


def _landscape_key(state: FitState):
    """Return what the landscape depends on."""
    return state.weights, state.places, state.spreads, state.support, state.direction


def _checked(state: FitState) -> FitState:
    """Return the state with plain numbers, or raise InputError for what cannot be a mixture, a q or a roll."""
    bounds = {"weights": (0.0, 1.0), "places": PLACES, "spreads": HUMP_SPREADS}
    rows = {name: read_row(name, getattr(state, name), [ends] * 3) for name, ends in bounds.items()}
    mean, width = read_row("mean and width", (state.mean, state.width), (PLACES, SPREADS))
    rolls = tuple(read_row("rolls", roll, (PLACES, SPREADS)) for roll in state.rolls)
    return replace(state, **rows, mean=mean, width=width, rolls=rolls, step=state.step if rolls else 0)


def _with_sliders(state: FitState, changes: dict) -> FitState:
    """Return the state with what the sliders for place, spread and weight now say of the chosen part."""
    if state.which == MODEL:
        return replace(state, mean=changes.get("place", state.mean), width=changes.get("spread", state.width))
    at, rows = HUMPS.index(state.which), {}
    if "place" in changes:
        rows["places"] = put(state.places, at, changes["place"])
    if "spread" in changes:
        rows["spreads"] = put(state.spreads, at, float(np.clip(changes["spread"], *HUMP_SPREADS)))
    if "weight" in changes:
        rows["weights"] = moved(state.weights, at, min(changes["weight"], MOST))
    return replace(state, **rows)


# What the figure shows


def integrands(
    log_p: NDArray[np.float64], log_q: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return p log(p/q) and q log(q/p), from log-densities over the same x: 0 where p is 0, and there ∞."""
    inside = np.isfinite(log_p)
    ratio = np.where(inside, log_p, 0) - log_q
    return np.where(inside, np.exp(log_p) * ratio, 0), np.where(inside, -np.exp(log_q) * ratio, inf)


def _scaled(terms: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Return an integrand as parts of its greatest finite value, and that; 0 where it is next to nothing everywhere."""
    finite = terms[np.isfinite(terms)]
    greatest = max(float(finite.max()), -2.5 * float(finite.min()), 1e-4)
    return terms / greatest, greatest


def _peaks(p: GaussianMixture) -> NDArray[np.float64]:
    """Return how high the top of each hump is, without the others."""
    return np.array(p.weights) / np.array(p.deviations) / sqrt(2 * pi) / exp(p.log_mass)


def _trails(p: GaussianMixture, state: FitState) -> tuple[NDArray[np.float64], ...]:
    """Return all ways so far, each of shape (n, 2), the last one as far as it has come."""
    paths = [way(p, state.direction, start) for start in state.rolls]
    if paths and state.step:
        paths[-1] = paths[-1][: state.step + 1]
    return tuple(paths)


# What the challenges ask for


def _two_humps(state: FitState) -> list[int] | None:
    """Return which two humps make up p, in the order of their places; None if there are one or three, or p is cut off.

    None for the forward KL, too, of which no challenge speaks.
    """
    kept = [i for i, weight in enumerate(state.weights) if weight > 0]
    if len(kept) != 2 or state.support != EVERYWHERE or state.direction == FORWARD:
        return None
    return sorted(kept, key=lambda i: state.places[i])


def _covers_after_a_roll(state: FitState, result: FitResult) -> bool:
    """Whether a narrow q has rolled into a minimum between the humps, while each hump has one of its own."""
    humps = _two_humps(state)
    if humps is None or state.step < FRAMES or state.rolls[-1][1] > 1:
        return False
    left, right = (state.places[i] for i in humps)
    return len(result.minima) == 3 and abs(state.mean - (left + right) / 2) < (right - left) / 8


def _just_born(state: FitState, result: FitResult) -> bool:
    """Whether two equal humps are as close as a second minimum allows, or hardly further apart."""
    humps = _two_humps(state)
    if humps is None:
        return False
    a, b = humps
    equal = abs(state.weights[a] - state.weights[b]) < 1e-6 and abs(state.spreads[a] - state.spreads[b]) < 1e-6
    apart = (state.places[b] - state.places[a]) / state.spreads[a]
    return equal and birth().separation <= apart <= birth().separation + 0.05


def _prefers_the_lower_hump(state: FitState, result: FitResult) -> bool:
    """Whether the lowest minimum sits on the hump with the lower peak."""
    humps = _two_humps(state)
    if humps is None:
        return False
    low, high = sorted(humps, key=lambda i: result.peaks[i])
    mean, log_width, _ = result.minima[0]
    on_it = abs(mean - state.places[low]) < 0.5 * state.spreads[low]
    as_wide = abs(log_width - np.log(state.spreads[low])) < 0.2
    return bool(on_it and as_wide and result.peaks[low] < 0.95 * result.peaks[high])


class FitExplorer(Explorer):
    """Fit a Gaussian q to a mixture p, by either direction of KL, by hand or by letting it roll downhill.

    Drag the dots and squares of the densities, or drop q anywhere on the landscape. Everything is computed in full at
    each step of a drag: the landscape of a new p takes 2 to 4 ms, and one that only q moves on is kept. State:
    direction, support, weights, places and spreads (three of each), mean and width (of q), which (part the sliders
    move), rolls, step (0 to 60).
    """

    State, View = FitState, FitView
    size = (960, 560)
    challenges = (
        Challenge(
            "05_into_the_cover",
            "Let a narrow q, σ at most 1, roll so that in the end it covers both humps, although each hump has a "
            "minimum of its own.",
            _covers_after_a_roll,
            {"rolls": ((0.4, 1.0),), "step": FRAMES},
        ),
        Challenge(
            "05_second_minimum_born",
            "Two humps of equal weight and σ, as close as can be (to within 0.05 σ) while the reverse KL still has "
            "more than one minimum.",
            _just_born,
            {"places": (-2.5, 0.9, 0.0)},
        ),
        Challenge(
            "05_lower_but_heavier",
            "Two humps, with the lowest minimum (★) of the reverse KL on the one whose peak is the lower.",
            _prefers_the_lower_hump,
            {"weights": (0.4, 0.6, 0.0), "spreads": (0.4, 1.0, 0.7)},
        ),
    )

    def make_controls(self):
        """A part with its place, spread and weight; the roll and its steps, the moments; direction and support."""
        play, step = player("roll downhill, step", FRAMES)
        return {
            "which": choice("▴ q or hump", (MODEL, *HUMPS), width=170),
            "place": slider("place", *PLACES, 0.02, 2, width=300),
            "spread": slider("standard deviation σ", *SPREADS, 0.01, 2, width=390),
            "weight": slider("weight (of a hump)", 0.0, 1.0, 0.01, 2, width=310),
            "play": play,
            "step": step,
            "moments": button("mean and σ of p", "Give q the mean and the standard deviation of p"),
            "direction": choice("landscape of", (REVERSE, FORWARD), width=260),
            "support": choice("p is", tuple(SUPPORTS), width=300),
        }

    def settle(self, state):
        """After steps q is where its roll is. The sliders show the chosen part; the weight of q springs back to 1."""
        state = _checked(state)
        if state.step:
            mean, log_width = way(mixture(state), state.direction, state.rolls[-1])[state.step]
            within = np.clip((mean, exp(log_width)), *zip(PLACES, SPREADS, strict=True))
            state = replace(state, mean=float(within[0]), width=float(within[1]))
        if state.which == MODEL:
            return replace(state, place=state.mean, spread=state.width, weight=1.0)
        at = HUMPS.index(state.which)
        return replace(state, place=state.places[at], spread=state.spreads[at], weight=state.weights[at])

    def change(self, changes):
        """Sliders move the chosen part; a new p or landscape has no rolls yet; a q moved by hand is at step 0."""
        state = _with_sliders(super().change(changes), changes)
        if "rolls" not in changes and _landscape_key(state) != _landscape_key(self.state):
            state = replace(state, rolls=(), step=0 if "step" not in changes else state.step)
        elif (state.mean, state.width) != (self.state.mean, self.state.width) and "step" not in changes:
            state = replace(state, step=0)
        return self._rolled(state) if "step" in changes else state

    def _rolled(self, state: FitState) -> FitState:
        """A step from 0 lets q go where it is; back at 0 it is there again."""
        if state.rolls == self.state.rolls and self.state.step == 0 < state.step:
            return replace(state, rolls=(*state.rolls, (state.mean, state.width))[-TRAILS:])
        if state.rolls and state.step == 0 < self.state.step:
            mean, width = state.rolls[-1]
            return replace(state, mean=mean, width=width, rolls=state.rolls[:-1])
        return state

    def tend(self):
        """No Gaussian rolls where all is infinite, nor on from where it is put; q has no weight."""
        self.controls["weight"].disabled = self.state.which == MODEL
        for name in ("play", "step"):
            self.controls[name].disabled = self.result.heights is None
        if not self.state.step:
            self.controls["play"].playing = False

    @staticmethod
    def compute(state: FitState) -> FitResult:
        """Return densities, integrands, both KLs, and the landscape of the chosen direction."""
        p, q = mixture(state), gaussian(state.mean, state.width)
        log_p, log_q = p.log_density(X), q.log_density(X)
        (forward_terms, forward_unit), (reverse_terms, reverse_unit) = map(_scaled, integrands(log_p, log_q))
        density, peaks = np.exp(log_p), np.append(_peaks(p), q.density(state.mean))
        found = landscape(p, state.direction)
        return FitResult(
            x=X,
            p=density,
            q=np.exp(log_q),
            unit=float(max(density.max(), peaks.max())),
            forward_terms=forward_terms,
            reverse_terms=reverse_terms,
            units=(forward_unit, reverse_unit),
            forward=divergence(p, q),
            reverse=divergence(q, p),
            places=np.array([*state.places, state.mean]),
            spreads=np.array([*state.spreads, state.width]),
            peaks=peaks,
            chosen=PARTS.index(state.which),
            direction=state.direction,
            heights=found.heights,
            minima=found.minima,
            lowest=found.lowest,
            saddles=found.saddles,
            moments=(p.mean, p.deviation),
            trails=_trails(p, state),
        )

    def drag(self, drag: Drag):
        """On the map drop q; at the left move the handle nearest to where the drag began."""
        view, r = self.figure.view, drag.result
        if drag.axes is view.map_axes:
            return {"which": MODEL, "place": drag.now[0], "spread": exp(min(drag.now[1], 5.0))}
        part, widens = view.nearest_handle(r, drag.start)
        if widens:
            return {"which": PARTS[part], "spread": abs(drag.now[0] - r.places[part])}
        changes = {"which": PARTS[part], "place": r.places[part] + drag.now[0] - drag.start[0]}
        rise = drag.now[1] - drag.start[1]
        if PARTS[part] != MODEL and abs(rise) > _DEAD:
            for_height = r.unit * r.spreads[part] * sqrt(2 * pi)
            changes["weight"] = drag.state.weights[part] + (rise - np.sign(rise) * _DEAD) * for_height
        return changes

    def press_moments(self):
        """Fit forward: the moments of p, or what q can have that is nearest to them."""
        mean, deviation = np.clip(self.result.moments, *zip(PLACES, SPREADS, strict=True)).tolist()
        return {"mean": mean, "width": deviation, "which": MODEL}

    def describe(self) -> str:
        s, r = self.state, self.result
        hump = f"Hump {s.which}: place {fixed(s.place, 2)}, σ {s.spread:.2f}, weight {s.weight:.2f}. "
        return (
            f"{hump if s.which != MODEL else ''}q: mean {fixed(s.mean, 2)}, σ {s.width:.2f}; "
            f"KL(p‖q) = {nats_and_bits(r.forward)}, KL(q‖p) = {nats_and_bits(r.reverse)}. "
            f"{_minima_in_words(r)}{_roll_in_words(s)}"
        )


def _minima_in_words(r: FitResult) -> str:
    if r.heights is None:
        return "The reverse KL is infinite everywhere: every Gaussian has mass where p has none."
    count, name = len(r.minima), short_name(r.direction)
    mean, log_width, value = r.minima[0]
    lowest = f"{number(value, 4)} nats at mean {fixed(mean + 0.0, 2)}, σ {exp(log_width):.2f}"
    if count == 1:
        return f"The {name} KL has one minimum, {lowest}."
    if r.lowest > 1:
        places = " and ".join(fixed(place + 0.0, 2) for place in sorted(r.minima[: r.lowest, 0]))
        each = f"{number(value, 4)} nats, at means {places}, σ {exp(log_width):.2f}"
        return f"The {name} KL has {count} minima; {r.lowest} are equally low: {each}."
    return f"The {name} KL has {count} minima, the lowest {lowest}."


def _roll_in_words(state: FitState) -> str:
    if not state.step:
        return ""
    if state.step < FRAMES:
        return f" q is at step {state.step} of {FRAMES} of its roll."
    mean, width = state.rolls[-1]
    return f" Let go at mean {fixed(mean, 2)}, σ {width:.2f}, q has rolled to the end."
