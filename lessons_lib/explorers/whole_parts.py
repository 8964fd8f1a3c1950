"""Probabilities that are set one after the other: whole parts of 1, and who makes room for whom."""

import numpy as np

UNITS = 400
"""Probabilities are whole multiples of 1/400, so that every comparison is exact."""
LEAST = 100 / UNITS
"""The least probability, in per cent."""


def parts(weights: tuple[float, ...], count: int) -> list[int]:
    """Return the first `count` weights as whole 400ths, none of them 0, that add up to 400."""
    shares = np.array(weights[:count]) * (UNITS / sum(weights[:count]))
    whole = np.maximum(np.floor(shares + 1e-9), 1).astype(int)
    by_rest = sorted(range(count), key=lambda i: whole[i] - shares[i])
    for i in by_rest[: max(UNITS - int(whole.sum()), 0)]:
        whole[i] += 1
    whole[int(whole.argmax())] += UNITS - int(whole.sum())
    return whole.tolist()


def make_room(weights: tuple[float, ...], at: int, value: float) -> tuple[float, ...]:
    """Return weights that sum to 100 with `value` at this place, the others keeping their proportions.

    Those to the right take what is left over, so that probabilities can be set one after the other; where they
    cannot shrink any more, those to the left make room.
    """
    at = min(at, len(weights) - 1)
    left, right = np.array(weights[:at]), np.array(weights[at + 1 :])
    room, scale = 100 - value, 100 / sum(weights)
    for_left = min(left.sum() * scale, room - LEAST * right.size) if right.size else room
    for_left = max(for_left, LEAST) if left.size else 0.0
    for_right = max(room - for_left, LEAST * right.size)
    scaled = [part * (total / part.sum()) for part, total in ((left, for_left), (right, for_right)) if part.size]
    return tuple(map(float, np.insert(np.concatenate(scaled), at, value)))
