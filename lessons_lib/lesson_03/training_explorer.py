"""Softmax regression learns digits: the loss as it falls, the weights as pictures, and what it is most wrong about."""

from dataclasses import dataclass

import numpy as np

from lessons_lib.drawing.wording import named_digit, number, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, choice
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.player import Player, player
from lessons_lib.lesson_03.training_view import KNOWING_NOTHING, SHOWN, TrainingResult, TrainingView
from lessons_lib.maths import digits

RATES = (0.1, 0.3, 1.0, 2.0, 3.0, 5.0, 10.0)


@dataclass(frozen=True)
class TrainingState:
    """The learning rate, and how many steps have been taken with it from weights of 0."""

    learning_rate: float = digits.RATE
    step: int = 60


class TrainingExplorer(Player, Explorer):
    """Train a model of handwritten digits, stop it, and look at what it has learned.

    State: learning_rate (0.1, 0.3, 1, 2, 3, 5, 10), step (0 to 300).
    """

    State, View = TrainingState, TrainingView
    challenges = (
        Challenge(
            "03_digits_fast",
            "At least 95 % of the held-out digits recognised, after no more than 60 steps.",
            lambda state, result: state.step <= 60 and round(result.accuracy, 3) >= 0.95,
            {"learning_rate": 3.0, "step": 41},
        ),
        Challenge(
            "03_digits_worse_than_nothing",
            "A step after which the training loss is greater than that of a model that knows nothing.",
            lambda state, result: result.training_bits[-1] > KNOWING_NOTHING + 1e-9,
            {"learning_rate": 10.0, "step": 3},
        ),
    )
    size = (940, 465)

    def make_controls(self):
        """The learning rate, the training as it plays, and its step."""
        play, step = player("step", digits.STEPS, stride=3)
        train = button("train from the start", "Set all weights to 0 and take 300 steps; the player's button pauses")
        return {"learning_rate": choice("learning rate", RATES, width=170), "step": step, "play": play, "train": train}

    @staticmethod
    def compute(state: TrainingState) -> TrainingResult:
        """Return the losses so far, the weights, and the held-out digits with the greatest surprisal."""
        descent = digits.descent(float(state.learning_rate))
        model = descent.models[state.step]
        data = digits.split_digits()[1]
        said = model.log_probabilities(data.images).argmax(axis=1)
        bits = digits.surprisals(model, data)
        worst = np.argsort(-bits, kind="stable")[:SHOWN]
        return TrainingResult(
            step=state.step,
            training_bits=descent.training_bits[: state.step + 1],
            held_out_bits=descent.held_out_bits[: state.step + 1],
            right=int(np.sum(said == data.labels)),
            held_out=said.size,
            weights=model.weights.T.ravel(),
            largest=float(np.abs(model.weights).max()),
            wrong_images=data.images[worst],
            wrong_labels=data.labels[worst],
            wrong_said=said[worst],
            wrong_bits=bits[worst],
        )

    def drag(self, drag: Drag):
        """Go to the step under the pointer."""
        return {"step": drag.now[0]}

    def press_train(self):
        """Begin with weights of 0."""
        return self.play_from_start()

    def describe(self) -> str:
        r = self.result
        training, held_out = r.training_bits[-1], r.held_out_bits[-1]
        true, said = r.wrong_labels[0], r.wrong_said[0]
        told = f"calls {named_digit(said)}" if said != true else "recognises all the same"
        most = f"Most surprising is {named_digit(true)} that the model {told}: {r.wrong_bits[0]:.1f} bits."
        return (
            f"After {r.step} of {digits.STEPS} steps at learning rate {self.state.learning_rate:g} the loss is "
            f"{number(training)} bits ({number(training * np.log(2))} nats) a training digit and {number(held_out)} "
            f"bits a held-out one; {r.right} of the {r.held_out} held-out digits, {percent(r.accuracy)}, are "
            f"recognised. {most if r.step else 'With weights of 0 the model gives 1/10 to every digit.'}"
        )
