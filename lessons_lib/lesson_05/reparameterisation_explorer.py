"""The reparameterisation trick, animated: a Gaussian in two dimensions goes downhill on KL(q‖p), led by samples."""

from dataclasses import dataclass

import numpy as np

from lessons_lib.drawing.wording import counted, fixed, nats_and_bits
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.chance import Chance, chance
from lessons_lib.explorer.controls import choice, scale, slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.player import player
from lessons_lib.lesson_05.reparameterisation_view import ReparameterisationResult, ReparameterisationView
from lessons_lib.maths import reparameterisation as trick

INDEPENDENT, CORRELATED = "independent in x₁ and x₂", "free to be correlated"
SAMPLES = (1, 2, 4, 8, 16, 32, 64)
_EVERY = 5


@dataclass(frozen=True)
class ReparameterisationState:
    """Where q starts, its family, how many samples a step takes, their seed, and how many steps have been taken."""

    x: float = 0.6
    y: float = -1.4
    family: str = INDEPENDENT
    samples: int = 8
    seed: int = 1
    step: int = 30


def _crosses(state: ReparameterisationState, result: ReparameterisationResult) -> bool:
    """Whether an independent q has come to rest on the hump that was further away from its start."""
    away = np.hypot(*(trick.MEANS - [state.x, state.y]).T)
    rests = np.hypot(*(trick.MEANS - result.way[-1]).T)
    return bool(
        state.family == INDEPENDENT
        and state.step == trick.STEPS
        and rests.min() < 0.4
        and away[rests.argmin()] > away.min()
    )


class ReparameterisationExplorer(Chance, Explorer):
    """Let a Gaussian find its place by samples. State: x, y (the start), family, samples, seed, step (0 to 200)."""

    State, View = ReparameterisationState, ReparameterisationView
    challenges = (
        Challenge(
            "05_to_the_further_hump",
            "Between the humps chance decides: an independent q that comes to rest on the hump further from its start.",
            _crosses,
            {"x": -0.6, "y": 1.0, "samples": 4, "seed": 0, "step": trick.STEPS},
        ),
    )
    size = (920, 420)

    def make_controls(self):
        """Start, family, samples and their seed, the player and its step."""
        play, step = player("step", trick.STEPS, interval=60)
        return {
            "x": slider("start x₁", -3.5, 3.5, 0.1, 1, width=280),
            "y": slider("start x₂", -2.9, 2.9, 0.1, 1, width=280),
            "family": choice("q is", (INDEPENDENT, CORRELATED), width=240),
            "samples": scale("samples a step", SAMPLES, width=280),
            **chance("Draw other samples"),
            "step": step,
            "play": play,
        }

    @staticmethod
    def compute(state: ReparameterisationState) -> ReparameterisationResult:
        """Return the way so far and what the next step's samples are."""
        fit = trick.fit((state.x, state.y), state.seed, state.samples, state.family == CORRELATED)
        at = np.unique(np.append(np.arange(0, state.step + 1, _EVERY), state.step))
        epsilon = trick.noise(state.seed, state.samples)[min(state.step, trick.STEPS - 1)]
        mean, factor = fit.means[state.step], fit.factors[state.step]
        return ReparameterisationResult(
            way=fit.means[: state.step + 1],
            factor=factor,
            samples=mean + epsilon @ factor.T,
            losses=fit.losses[: state.step + 1],
            exact_steps=at,
            exact=trick.exact_kl(fit.means[at], fit.factors[at]),
        )

    def drag(self, drag: Drag):
        """Start where the pointer is."""
        return dict(zip("xy", drag.now, strict=True))

    def describe(self) -> str:
        s, r = self.state, self.result
        covariance = r.factor @ r.factor.T
        deviations = np.sqrt(np.diag(covariance))
        correlation = covariance[0, 1] / deviations.prod()
        return (
            f"From ({fixed(s.x, 1)}, {fixed(s.y, 1)}), q {s.family}, "
            f"{counted(s.samples, 'sample')} a step, seed {s.seed}: after {s.step} of {trick.STEPS} steps "
            f"its mean is ({fixed(r.way[-1, 0], 2)}, {fixed(r.way[-1, 1], 2)}), its standard deviations are "
            f"{deviations[0]:.2f} and {deviations[1]:.2f}, its correlation {fixed(correlation, 2)}. KL(q‖p) = "
            f"{nats_and_bits(r.exact[-1], 3)}; the samples say {fixed(r.losses[-1], 2)}."
        )
