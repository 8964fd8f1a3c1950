"""The fit explorer's challenges, recognised from its state and result."""

import numpy as np

from lessons_lib.explorers.fit_parts import FORWARD
from lessons_lib.maths.gaussians.branches import birth


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
