"""A coin: its outcomes, the factor each contributes, their product, and the likelihood curve."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lessons_lib.drawing.wording import number_from_log10, percent, superscript
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.chance import Chance, chance
from lessons_lib.explorer.controls import button, choice, refit, slider, whole_field, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_01.coin_view import CoinResult, CoinView
from lessons_lib.maths import data
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.likelihood import bernoulli_factors, bernoulli_log_likelihood

MOST = 200
TOSSED = "Kerrich's coin, his first tosses"
SIMULATED = "a simulated fair coin"
HISTORIC = {
    "Kerrich's coin, all tosses (1946)": data.KERRICH,
    "Weldon's dice, five or six (1894)": data.WELDON,
    "Mendel's peas, round seeds (1866)": data.MENDEL,
}


@dataclass(frozen=True)
class CoinState:
    """What the coin explorer knows: `flipped` holds the numbers, from 1, of the outcomes turned over by hand."""

    source: str = TOSSED
    n: int = 10
    theta: float = 0.5
    seed: int = 1
    toss: int = 1
    flipped: tuple[int, ...] = ()


@lru_cache(maxsize=8)
def _tosses(source: str, seed: int) -> NDArray[np.int_]:
    """Return 200 outcomes, of which n show: the same ones for every n."""
    if source == TOSSED:
        return data.kerrich_tosses()
    return (np.random.default_rng(seed).random(MOST) < 0.5).astype(int)


def _outcomes(state: CoinState) -> NDArray[np.int_]:
    """Return the n outcomes that show, some turned over by hand."""
    outcomes = _tosses(state.source, state.seed).copy()
    outcomes[[toss - 1 for toss in state.flipped]] ^= 1
    return outcomes[: state.n]


def _window(source: str) -> tuple[float, float]:
    """Return the smallest and the largest θ shown: for a recorded count, six standard errors to either side."""
    if source not in HISTORIC:
        return 0.0, 1.0
    peak, n = HISTORIC[source].successes / HISTORIC[source].n, HISTORIC[source].n
    reach = 6 * (peak * (1 - peak) / n) ** 0.5
    return round(peak - reach, 4), round(peak + reach, 4)


def _curve(heads: int, n: int, low: float, high: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return thetas and the likelihood there as a fraction of its peak (from logarithms, so without underflow)."""
    peak = heads / n
    grid = np.union1d(np.linspace(low, high, 401), peak)
    log = bernoulli_log_likelihood(heads, n, grid)
    return grid, np.exp(log - log.max())


class CoinExplorer(Chance, Explorer):
    """Drag θ, turn outcomes over, and watch the product and the likelihood curve follow.

    Click a bar to turn that outcome over; drag in the curve to move θ. State: source, n (1 to 200; the
    historic counts have their own), theta, seed of the simulated coin, toss (the outcome the button turns).
    """

    State, View = CoinState, CoinView
    challenges = (
        Challenge(
            "01_peak_at_seven_tenths",
            "Ten tosses whose best θ is 0.7.",
            lambda state, result: result.n == 10 and result.heads == 7,
            {"flipped": (1, 2, 3)},
        ),
        Challenge(
            "01_product_with_small_theta",
            "A product above 10⁻⁶ for at least 20 outcomes, with θ between 0.1 and 0.4.",
            lambda state, result: result.n >= 20 and 0.1 <= state.theta <= 0.4 and result.product > 1e-6,
            {"n": 20, "theta": 0.3, "flipped": (4, 5, 6, 8, 11)},
        ),
        Challenge(
            "01_fair_coin_misleads",
            "At least 50 tosses of the simulated fair coin, none turned over, whose best θ is 0.1 or more from ½.",
            lambda state, result: (
                state.source == SIMULATED
                and result.n >= 50
                and not result.turned
                and abs(10 * result.heads - 5 * result.n) >= result.n  # in whole numbers, as 0.6 − 0.5 is less than 0.1
            ),
            {"source": SIMULATED, "n": 50, "seed": 8},
        ),
    )

    def make_controls(self):
        """Source, n, θ, the outcome to turn over, seed."""
        return {
            "source": choice("data", (TOSSED, SIMULATED, *HISTORIC)),
            "n": whole_slider("n", 1, MOST),
            "theta": slider("θ", 0.0, 1.0, 0.005, 4),
            "toss": whole_field("outcome no.", 1, MOST),
            "flip": button("turn it over", "Turn the outcome of this number over, as a click on its bar does"),
            **chance("Toss the simulated coin anew"),
        }

    def settle(self, state):
        """Keep the outcome to turn among the n, and θ in the window of a recorded count."""
        if any(type(toss) is not int or not 1 <= toss <= MOST for toss in state.flipped):
            raise InputError(f"flipped must hold whole numbers from 1 to {MOST}, not {state.flipped!r}")
        low, high = _window(state.source)
        return replace(
            state,
            toss=min(state.toss, state.n),
            flipped=tuple(sorted({*state.flipped})),
            theta=min(max(state.theta, low), high),
        )

    def change(self, changes):
        """Other data or another seed forget which outcomes were turned over; a recorded count opens at its claim."""
        if {"source", "seed"} & changes.keys():
            changes = {"flipped": (), **changes}
        if changes.get("source") in HISTORIC:
            changes = {"theta": round(HISTORIC[changes["source"]].claim, 4), **changes}
        return super().change(changes)

    def tend(self):
        """A recorded count has no order to turn over, and a narrow peak needs a narrow slider; chance needs a seed."""
        counted = self.state.source in HISTORIC
        for name in ("n", "toss", "flip"):
            self.controls[name].disabled = counted
        for name in ("seed", "resample"):
            self.controls[name].disabled = self.state.source != SIMULATED
        refit(self.controls["theta"], *_window(self.state.source), self.state.theta, 0.0001 if counted else 0.005)

    @staticmethod
    def compute(state: CoinState) -> CoinResult:
        """Return the factors, their product in float64 and its logarithm, and the likelihood curve."""
        historic = HISTORIC.get(state.source)
        if historic:
            outcomes = factors = None
            heads, n, names = historic.successes, historic.n, (historic.success, historic.failure)
            product = state.theta**heads * (1 - state.theta) ** (n - heads)
        else:
            outcomes = _outcomes(state)
            factors = bernoulli_factors(outcomes, state.theta)
            heads, n, names = int(outcomes.sum()), state.n, ("heads", "tails")
            product = float(np.prod(factors))
        log = float(bernoulli_log_likelihood(heads, n, state.theta))
        grid, curve = _curve(heads, n, *_window(state.source))
        return CoinResult(
            outcomes=outcomes,
            factors=factors,
            heads=heads,
            n=n,
            turned=0 if historic else sum(toss <= state.n for toss in state.flipped),
            names=names,
            toss=state.toss,
            theta=state.theta,
            peak=heads / n,
            product=product,
            log10_product=log / np.log(10),
            of_peak=float(np.exp(log - bernoulli_log_likelihood(heads, n, heads / n))),
            grid=grid,
            curve=curve,
        )

    def drag(self, drag: Drag):
        """In the factors, turn the outcome under the pointer over; in the curve, move θ."""
        if drag.axes is self.figure.view.curve_axes:
            return {"theta": drag.now[0]}
        if self.result.outcomes is None or not drag.began:
            return {}
        toss = int(np.clip(drag.start[0], 0, 1 - 1e-9) * self.state.n) + 1
        return {"toss": toss, "flipped": self._turned(toss)}

    def press_flip(self):
        """Turn the chosen outcome over."""
        return {"flipped": self._turned(self.state.toss)}

    def press_resample(self):
        """Toss the simulated coin anew."""
        return {"source": SIMULATED, **super().press_resample()}

    def _turned(self, toss: int) -> tuple[int, ...]:
        return tuple({*self.state.flipped} ^ {toss})

    def describe(self) -> str:
        r = self.result
        heads, tails = (name.capitalize() if name == r.names[0] else name for name in r.names)
        product = f"{r.theta:.4g}{superscript(r.heads)} × {1 - r.theta:.4g}{superscript(r.n - r.heads)}"
        by_hand = f" ({r.turned} turned over by hand)" if r.turned else ""
        marked = "" if r.outcomes is None else f" No. {r.toss}, marked ▴, is {r.names[1 - r.outcomes[r.toss - 1]]}."
        underflow = (
            f" Multiplied in float64 it comes out as {r.product:.3g}, because it is too small for that "
            "(underflow): the curve is drawn from logarithms, and lesson 2 says how."
            if r.underflows
            else ""
        )
        sequence = "this sequence" if r.outcomes is not None else "any one sequence with these counts"
        return (
            f"{heads}: {r.heads:,}, {tails}: {r.n - r.heads:,}{by_hand}.{marked} With θ = {r.theta:.4g} the model "
            f"gives {sequence} the probability {product} = {number_from_log10(r.log10_product)}, "
            f"{percent(r.of_peak)} of the largest that any θ gives; the peak is at {r.heads:,}/{r.n:,} = "
            f"{r.peak:.4g}.{underflow}"
        )
