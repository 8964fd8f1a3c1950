"""All models of a text, by name; the learner's own among them; and what can be done with any of them."""

from collections.abc import Callable

import numpy as np

from lessons_lib.maths.errors import InputError
from lessons_lib.text.corpora import manual, story
from lessons_lib.text.counts import Counts
from lessons_lib.text.mixture import Mixture
from lessons_lib.text.model import SYMBOLS, Array, Model
from lessons_lib.text.network import quickly_trained

__all__ = ["ALL", "Counts", "FromFunction", "Mixture", "Model", "Uniform", "from_function", "sample", "surprisals"]


class Uniform(Model):
    """Knows nothing: 8 bits for every byte."""

    name = "uniform"

    def predict(self) -> Array:
        """Return 1/256 for every byte."""
        return np.full(SYMBOLS, 1 / SYMBOLS)

    def update(self, byte: int) -> None:
        """Learn nothing."""

    def fresh(self) -> "Uniform":
        """Return another one."""
        return Uniform()


class FromFunction(Model):
    """The learner's own model: a function from the bytes so far to 256 probabilities, checked at each call.

    They may be a list, an array or a tensor (with its gradient or without). What a type with fewer digits than float64
    leaves in their sum is divided out.
    """

    name = "your own"

    def __init__(self, function: Callable[[bytes], Array]) -> None:
        self._function = function
        self._context = bytearray()

    def predict(self) -> Array:
        """Return what the function says, or raise InputError with what is wrong with it."""
        context = bytes(self._context)
        try:
            given = self._function(context)
        except Exception as error:
            raise InputError(
                f"after {context[-12:]!r} your model ends in an error, {type(error).__name__}: {error!s:.200}"
            ) from error
        return _checked(given, context)

    def update(self, byte: int) -> None:
        """Append the byte to the context."""
        self._context.append(byte)

    def fresh(self) -> "FromFunction":
        """Return one with an empty context."""
        return FromFunction(self._function)


def from_function(function: Callable[[bytes], Array]) -> FromFunction:
    """Return a model that asks `function(context)` for its 256 probabilities; `context` holds all bytes so far."""
    if not callable(function):
        raise InputError(f"your model must be a function from bytes to 256 probabilities, not {function!r:.60}")
    return FromFunction(function)


def _checked(given: object, context: bytes) -> Array:
    after = f"after {context[-12:]!r}"
    try:
        probabilities, slack = _as_doubles(given)
    except (TypeError, ValueError, RuntimeError):
        probabilities, slack = np.empty(()), 0.0
    if probabilities.ndim == 0:
        raise InputError(f"{after} your model returns {given!r:.60}, not 256 probabilities")
    if probabilities.shape != (SYMBOLS,):
        raise InputError(f"{after} your model returns the shape {probabilities.shape}, not (256,)")
    if not np.all(np.isfinite(probabilities)):
        raise InputError(f"{after} your model returns a probability that is not a finite number")
    if probabilities.min() <= 0:
        byte = int(probabilities.argmin())
        raise InputError(
            f"{after} your model gives byte {byte} ({chr(byte)!r}) the probability {probabilities[byte]:g}"
        )
    total = probabilities.sum()
    if abs(total - 1) > max(slack, 1e-9):
        raise InputError(f"{after} your model's probabilities sum to {total:.12g}, not 1")
    return probabilities / total if slack else probabilities


def _as_doubles(given: object) -> tuple[Array, float]:
    """Return numbers in float64, and how far from 1 their sum may be for the few digits that they came with."""
    slack = 0.0
    if hasattr(given, "detach"):  # a tensor of torch
        slack = 0.0 if given.element_size() >= 8 else 8 * 2.0 ** (-8 * given.element_size() + 9)
        given = given.detach().cpu().double().numpy()
    numbers = np.asarray(given)
    if numbers.dtype in (np.float16, np.float32):
        slack = 8 * float(np.finfo(numbers.dtype).eps)
    return numbers.astype(np.float64), slack


def surprisals(model: Model, data: bytes) -> Array:
    """Return −log₂ of the probability that the model, begun anew, gives each byte: bits, shape (len(data),)."""
    model, given = model.fresh(), []
    for byte in data:
        given.append(model.probability(byte))
        model.update(byte)
    return -np.log2(np.array(given))


def sample(model: Model, n: int, seed: int, prompt: bytes = b"") -> bytes:
    """Return n bytes drawn from the model, begun anew and shown the prompt."""
    model, generator, drawn = model.fresh(), np.random.default_rng(seed), bytearray()
    for byte in prompt:
        model.update(byte)
    for _ in range(n):
        reached = np.cumsum(model.predict())
        byte = min(int(np.searchsorted(reached, generator.random() * reached[-1], side="right")), SYMBOLS - 1)
        drawn.append(byte)
        model.update(byte)
    return bytes(drawn)


def _adaptive(order: int) -> Callable[[], Model]:
    return lambda: Counts(order, name=f"order {order}")


def _trained(order: int) -> Callable[[], Model]:
    return lambda: Counts(order, manual(), adaptive=False, name=f"order {order}, trained on the manual")


ALL: dict[str, Callable[[], Model]] = {
    "uniform": Uniform,
    **{f"order {order}": _adaptive(order) for order in range(7)},
    **{f"order {order}, trained on the manual": _trained(order) for order in (1, 3, 5)},
    "mixture": Mixture,
    "network": quickly_trained,
    "mixture, trained on the story": lambda: Mixture(training=story(), name="mixture, trained on the story"),
}
"""Each model's name -> a function without arguments that makes it, ready to code with.

Those named "order …" and "mixture" alone learn while they read, and know nothing beforehand.
"""
