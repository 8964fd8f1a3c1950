"""Two correlated bits and a model in which they are independent: the smallest case of both directions of KL."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lessons_lib.drawing.wording import nats_and_bits, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, choice, slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_05.directions import FORWARD, REVERSE, short_name
from lessons_lib.lesson_05.two_bits_view import SIDE, TwoBitsResult, TwoBitsView
from lessons_lib.maths.two_bits import (
    SPLIT,
    best_product_models,
    bit_pairs,
    forward_bits_kl,
    product_model,
    reverse_bits_kl,
)

_KL = {REVERSE: reverse_bits_kl, FORWARD: forward_bits_kl}


@dataclass(frozen=True)
class TwoBitsState:
    """How often the bits agree under p; a, b: q's probabilities of a 1; and which landscape is shown."""

    agreement: float = 0.8
    a: float = 0.3
    b: float = 0.4
    direction: str = REVERSE


@lru_cache(maxsize=64)
def _map(agreement: float, direction: str):
    """Return the landscape in bands, its stationary points by kind, and its least value."""
    points = best_product_models(agreement, short_name(direction))
    rows = {kind: np.array([p[:2] for p in points if p[2] == kind]).reshape(-1, 2) for kind in ("minimum", "saddle")}
    kl = _KL[direction]
    least = float(kl(agreement, *rows["minimum"][0]))
    heights = np.maximum(kl(agreement, SIDE[None, :], SIDE[:, None]) - least, 0)
    return np.log1p(heights / 0.004) / 0.3, rows["minimum"], rows["saddle"], least


class TwoBitsExplorer(Explorer):
    """Fit two independent bits to two correlated ones. State: agreement (0.5 to 0.98), a, b, direction."""

    State, View = TwoBitsState, TwoBitsView
    challenges = (
        Challenge(
            "05_fair_coins_so_long",
            "Reverse KL: two fair coins as q, at the largest agreement on the slider at which no other q is better.",
            lambda state, result: (
                state.direction == REVERSE and state.a == state.b == 0.5 and SPLIT - 0.001 < state.agreement <= SPLIT
            ),
            {"agreement": 0.88, "a": 0.5, "b": 0.5},
        ),
    )
    size = (840, 400)

    def make_controls(self):
        """Agreement, both probabilities, the landscape, and the way to its minimum."""
        return {
            "agreement": slider("P(agree)", 0.5, 0.98, 0.001, 3, width=400),
            "a": slider("a", 0.01, 0.99, 0.01, 2),
            "b": slider("b", 0.01, 0.99, 0.01, 2),
            "direction": choice("landscape of", (REVERSE, FORWARD), width=260),
            "best": button("nearest minimum", "Put q into the minimum of the landscape that is nearest"),
        }

    @staticmethod
    def compute(state: TwoBitsState) -> TwoBitsResult:
        """Return both tables, both divergences, and the landscape."""
        heights, minima, saddles, least = _map(state.agreement, state.direction)
        return TwoBitsResult(
            p=bit_pairs(state.agreement).ravel(),
            q=product_model(state.a, state.b).ravel(),
            a=state.a,
            b=state.b,
            forward=float(forward_bits_kl(state.agreement, state.a, state.b)),
            reverse=float(reverse_bits_kl(state.agreement, state.a, state.b)),
            direction=state.direction,
            heights=heights,
            minima=minima,
            saddles=saddles,
            least=least,
            of_coins=float(_KL[state.direction](state.agreement, 0.5, 0.5)),
        )

    def drag(self, drag: Drag):
        """Put q where the pointer is."""
        return dict(zip("ab", drag.now, strict=True))

    def press_best(self):
        """Put q into the nearest minimum; the slider shows it rounded."""
        at = np.array([self.state.a, self.state.b])
        a, b = min(self.result.minima.tolist(), key=lambda minimum: float(np.hypot(*(minimum - at))))
        return {"a": float(np.clip(a, 0.01, 0.99)), "b": float(np.clip(b, 0.01, 0.99))}

    def describe(self) -> str:
        s, r = self.state, self.result
        pairs = " and ".join(f"({a:.3f}, {b:.3f})" for a, b in r.minima.tolist())
        best = f"its minimum lies at {pairs}" if len(r.minima) == 1 else f"its minima lie at {pairs}"
        return (
            f"The bits agree with probability {s.agreement:.3f}. q = ({s.a:.3f}, {s.b:.3f}): KL(p‖q) = "
            f"{nats_and_bits(r.forward)}, KL(q‖p) = {nats_and_bits(r.reverse)}. The {short_name(s.direction)} KL: "
            f"{best}, {number(r.least, 4)} nats; two fair coins have {number(r.of_coins, 4)}."
        )
