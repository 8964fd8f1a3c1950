"""A mixture, a Gaussian, and both directions of KL between them: live, with the landscape that a fit descends."""

from dataclasses import dataclass, replace
from math import exp

import numpy as np
from matplotlib.figure import Figure

from lessons_lib.drawing.live import Drag
from lessons_lib.drawing.wording import fixed, nats_and_bits, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, choice, player, slider, snap
from lessons_lib.explorer.core import Explorer
from lessons_lib.lesson_05 import fit_parts as parts
from lessons_lib.lesson_05.directions import FORWARD, REVERSE
from lessons_lib.lesson_05.fit_parts import MODEL
from lessons_lib.lesson_05.fit_view import FitResult, FitView
from lessons_lib.maths.gaussians.branches import birth
from lessons_lib.maths.gaussians.fits import gaussian
from lessons_lib.maths.gaussians.survey import LOG_WIDTHS, MEANS

FRAMES = 60
"""A roll is shown in this many steps of the slider, equally long on the way."""
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
    support: str = parts.EVERYWHERE
    weights: tuple[float, ...] = (0.5, 0.5, 0.0)
    places: tuple[float, ...] = (-2.5, 2.5, 0.0)
    spreads: tuple[float, ...] = (0.7, 0.7, 0.7)
    mean: float = 1.0
    width: float = 2.0
    which: str = parts.MODEL
    place: float = 1.0
    spread: float = 2.0
    weight: float = 1.0
    rolls: tuple[tuple[float, float], ...] = ()
    step: int = 0


def two_humps(state) -> list[int] | None:
    """Return which two humps make up p, in the order of their places; None if there are one or three, or it is cut."""
    kept = [i for i, weight in enumerate(state.weights) if weight > 0]
    return sorted(kept, key=lambda i: state.places[i]) if len(kept) == 2 else None


def covers_after_a_roll(state, result, frames: int) -> bool:
    """Whether a narrow q has rolled into a minimum between the humps, while each hump has one of its own."""
    humps = two_humps(state)
    if humps is None or state.direction == FORWARD or state.step < frames or state.rolls[-1][1] > 1:
        return False
    left, right = (state.places[i] for i in humps)
    middle = (left + right) / 2
    return len(result.minima) == 3 and abs(state.mean - middle) < (right - left) / 8


def just_born(state, result) -> bool:
    """Whether two equal humps are as close as a second minimum of the reverse KL allows, or hardly further apart."""
    humps = two_humps(state)
    if humps is None or state.direction == FORWARD:
        return False
    a, b = humps
    equal = abs(state.weights[a] - state.weights[b]) < 1e-6 and abs(state.spreads[a] - state.spreads[b]) < 1e-6
    apart = (state.places[b] - state.places[a]) / state.spreads[a]
    return equal and birth().separation <= apart <= birth().separation + 0.05


def prefers_the_lower_hump(state, result) -> bool:
    """Whether the lowest minimum of the reverse KL sits on the hump with the lower peak."""
    humps = two_humps(state)
    if humps is None or state.direction == FORWARD or not len(result.minima):
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

    State = FitState
    size = (960, 560)
    challenges = (
        Challenge(
            "05_into_the_cover",
            "Let a narrow q, σ at most 1, roll so that in the end it covers both humps, although each hump has a "
            "minimum of its own.",
            lambda state, result: covers_after_a_roll(state, result, FRAMES),
            {"rolls": ((0.4, 1.0),), "step": FRAMES},
        ),
        Challenge(
            "05_second_minimum_born",
            "Two humps of equal weight and σ, as close as can be (to within 0.05 σ) while the reverse KL still has "
            "more than one minimum.",
            just_born,
            {"places": (-2.5, 0.9, 0.0)},
        ),
        Challenge(
            "05_lower_but_heavier",
            "Two humps, with the lowest minimum (★) of the reverse KL on the one whose peak is the lower.",
            prefers_the_lower_hump,
            {"weights": (0.4, 0.6, 0.0), "spreads": (0.4, 1.0, 0.7)},
        ),
    )

    def make_controls(self):
        """A part with its place, spread and weight; the roll and its steps, the moments; direction and support."""
        play, step = player("roll downhill, step", FRAMES)
        return {
            "which": choice("▴ q or hump", parts.NAMES, width=170),
            "place": slider("place", *parts.PLACES, 0.02, 2, width=300),
            "spread": slider("standard deviation σ", *parts.SPREADS, 0.01, 2, width=390),
            "weight": slider("weight (of a hump)", 0.0, 1.0, 0.01, 2, width=310),
            "play": play,
            "step": step,
            "moments": button("mean and σ of p", "Give q the mean and the standard deviation of p"),
            "direction": choice("landscape of", (REVERSE, FORWARD), width=260),
            "support": choice("p is", tuple(parts.SUPPORTS), width=300),
        }

    def settle(self, state):
        """After steps q is where its roll is. The sliders show the chosen part; the weight of q springs back to 1."""
        state = parts.checked(state)
        if state.step:
            mean, log_width = parts.way(parts.landscape_of(state), state.rolls[-1])[state.step]
            within = np.clip((mean, exp(log_width)), *zip(parts.PLACES, parts.SPREADS, strict=True))
            state = replace(state, mean=float(within[0]), width=float(within[1]))
        at = parts.NAMES.index(state.which)
        if at == 0:
            return replace(state, place=state.mean, spread=state.width, weight=1.0)
        return replace(state, place=state.places[at - 1], spread=state.spreads[at - 1], weight=state.weights[at - 1])

    def change(self, changes):
        """Sliders move the chosen part; a new p or landscape has no rolls yet; a q moved by hand is at step 0."""
        state = super().change(changes)
        state = parts.with_slider(state, changes)
        if "rolls" not in changes and parts.landscape_of(state) != parts.landscape_of(self.state):
            state = replace(state, rolls=(), step=0 if "step" not in changes else state.step)
        elif (state.mean, state.width) != (self.state.mean, self.state.width) and "step" not in changes:
            state = replace(state, step=0)
        return self._rolled(state) if "step" in changes else state

    def _rolled(self, state):
        """A step from 0 lets q go where it is; back at 0 it is there again."""
        if state.rolls == self.state.rolls and self.state.step == 0 < state.step:
            return replace(state, rolls=(*state.rolls, (state.mean, state.width))[-TRAILS:])
        if state.rolls and state.step == 0 < self.state.step:
            mean, width = state.rolls[-1]
            return replace(state, mean=mean, width=width, rolls=state.rolls[:-1])
        return state

    def tend(self):
        """No Gaussian rolls where all is infinite, nor on from where it is put."""
        for name in ("play", "step"):
            self.controls[name].disabled = self.result.heights is None
        if not self.state.step:
            self.controls["play"].playing = False

    @staticmethod
    def compute(state):
        """Return densities, integrands, both KLs, and the landscape of the chosen direction."""
        landscape = parts.landscape_of(state)
        data, q = parts.data_of(landscape.data), gaussian(state.mean, state.width)
        p, view = data.mixture, parts.map_of(landscape)
        terms, kls = parts.integrands(p, q), parts.both_kls(p, q)
        peaks = np.append(data.peaks, q.density(state.mean))
        return FitResult(
            x=parts.X,
            p=data.density,
            q=q.density(parts.X),
            unit=float(max(data.density.max(), peaks.max())),
            forward_terms=parts.scaled(terms[0]),
            reverse_terms=parts.scaled(terms[1]),
            forward=kls[0],
            reverse=kls[1],
            places=np.array([*state.places, state.mean]),
            spreads=np.array([*state.spreads, state.width]),
            peaks=peaks,
            chosen=(parts.NAMES.index(state.which) - 1) % 4,
            forward_shown=state.direction == FORWARD,
            heights=view.heights,
            minima=view.minima,
            lowest=int(np.sum(view.minima[:, 2] < view.minima[:1, 2] + 1e-7)),
            saddles=view.saddles,
            moments=(p.mean, p.deviation),
            trails=parts.trails(landscape, state.rolls, state.step),
        )

    def build(self, figure: Figure) -> FitView:
        """Densities, integrands, landscape."""
        return FitView(figure, self.result, MEANS, LOG_WIDTHS)

    def drag(self, drag: Drag):
        """On the map drop q; at the left move the handle nearest to where the drag began."""
        if drag.axes is self.figure.view.map_axes:
            return {"which": parts.MODEL, **self._to(drag.now[0], exp(min(drag.now[1], 5.0)))}
        if drag.began:
            self._grab(drag)
        part, side, start = self._held
        if side:
            return {"which": part, "spread": snap(self.controls["spread"], abs(drag.now[0] - start["place"]))}
        changes = {"which": part, "place": snap(self.controls["place"], start["place"] + drag.now[0] - drag.start[0])}
        rise = drag.now[1] - drag.start[1]
        if part != parts.MODEL and abs(rise) > _DEAD:
            weight = start["weight"] + (rise - np.sign(rise) * _DEAD) * start["for_height"]
            changes["weight"] = snap(self.controls["weight"], weight)
        return changes

    def _to(self, place: float, spread: float) -> dict[str, float]:
        return {"place": snap(self.controls["place"], place), "spread": snap(self.controls["spread"], spread)}

    def _grab(self, drag: Drag) -> None:
        """Remember which handle is held, and what it stood for when it was taken."""
        view, r = self.figure.view, self.result
        handles = np.vstack(view.handles(r))
        pixels = view.density_axes.transData.transform(np.vstack([handles, drag.start]))
        nearest = int(np.argmin(np.hypot(*(pixels[:-1] - pixels[-1]).T)))
        part = nearest % 4
        weights = (*self.state.weights, 1.0)
        for_height = r.unit * r.spreads[part] * np.sqrt(2 * np.pi)
        start = {"place": r.places[part], "weight": weights[part], "for_height": for_height}
        self._held = parts.NAMES[(part + 1) % 4], nearest >= 4, start

    def press_moments(self):
        """Fit forward: the moments of p."""
        mean, deviation = self.result.moments
        return {"mean": mean, "width": deviation, "which": parts.MODEL}

    def describe(self) -> str:
        """Say what is chosen, both divergences, and the minima of the landscape."""
        return sentence(self.state, self.result, FRAMES)


def sentence(state, result, frames: int) -> str:
    """Return what is chosen, both divergences, the minima of the landscape, and where q is with respect to them."""
    r = result
    chosen = (
        ""
        if state.which == MODEL
        else (f"Hump {state.which}: place {fixed(state.place, 2)}, σ {state.spread:.2f}, weight {state.weight:.2f}. ")
    )
    q = f"q: mean {fixed(state.mean, 2)}, σ {state.width:.2f}"
    kls = f"KL(p‖q) = {nats_and_bits(r.forward)}, KL(q‖p) = {nats_and_bits(r.reverse)}"
    return f"{chosen}{q}; {kls}. {_minima(state, r)}{_rolled(state, frames)}"


def _minima(state, r) -> str:
    name = "forward" if state.direction == FORWARD else "reverse"
    if r.heights is None:
        return "The reverse KL is infinite everywhere: every Gaussian has mass where p has none."
    count = len(r.minima)
    mean, log_width, value = r.minima[0]
    lowest = f"{number(value, 4)} nats at mean {fixed(mean + 0.0, 2)}, σ {exp(log_width):.2f}"
    if count == 1:
        return f"The {name} KL has one minimum, {lowest}."
    if r.lowest > 1:
        places = " and ".join(fixed(place + 0.0, 2) for place in sorted(r.minima[: r.lowest, 0]))
        each = f"{number(value, 4)} nats, at means {places}, σ {exp(log_width):.2f}"
        return f"The {name} KL has {count} minima; {r.lowest} are equally low: {each}."
    return f"The {name} KL has {count} minima, the lowest {lowest}."


def _rolled(state, frames: int) -> str:
    """Say how far q has come, and in which minimum it lies after a roll."""
    if not state.step:
        return ""
    if state.step < frames:
        return f" q is at step {state.step} of {frames} of its roll."
    mean, width = state.rolls[-1]
    return f" Let go at mean {fixed(mean, 2)}, σ {width:.2f}, q has rolled to the end."
