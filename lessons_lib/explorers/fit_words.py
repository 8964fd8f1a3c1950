"""What the fit explorer says of itself."""

from math import exp

from lessons_lib.drawing.wording import fixed, nats_and_bits, number
from lessons_lib.explorers.fit_parts import FORWARD, MODEL


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
