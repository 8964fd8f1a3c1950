"""Softmax regression on handwritten digits: the data, the loss, its gradient by hand, and the way down.

A model is a matrix of weights, shape (64, 10), and ten biases: the scores of an image x are x W + b, and softmax makes
them probabilities. Losses are in nats unless their name says bits.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_softmax

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.validation import Array, read_number

SIDE = 8
CLASSES = 10
STEPS = 300
"""As many steps does a descent take at most."""
RATE = 2.0
"""The learning rate with which the course trains."""


@dataclass(frozen=True)
class Digits:
    """Images of n digits, a row of 64 intensities from 0 to 1 for each, and their labels from 0 to 9; read-only."""

    images: Array
    labels: NDArray[np.int_]

    def __post_init__(self):
        for array in (self.images, self.labels):
            array.setflags(write=False)

    @property
    def one_hot(self) -> Array:
        """The labels as rows of ten numbers, a 1 at the label and 0 elsewhere: shape (n, 10)."""
        return np.eye(CLASSES)[self.labels]


@dataclass(frozen=True)
class SoftmaxRegression:
    """Weights, shape (64, 10), and biases, shape (10,), of softmax regression."""

    weights: Array
    bias: Array

    def log_probabilities(self, images: ArrayLike) -> Array:
        """Log of the ten probabilities of each image, in nats; images: shape (..., 64)."""
        return log_softmax(np.asarray(images) @ self.weights + self.bias, axis=-1)

    def probabilities(self, images: ArrayLike) -> Array:
        """The ten probabilities of each image."""
        return np.exp(self.log_probabilities(images))


@cache
def digits() -> Digits:
    """All 1,797 digits, written by 13 people.

    Source: E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits (UCI, 1998), the part that was its test
    set; the copy that ships with scikit-learn. Each intensity is a count of ink dots in a square of 4 x 4, over 16.
    """
    from sklearn.datasets import load_digits

    given = load_digits()
    return Digits(given.data / 16, given.target)


@cache
def split_digits() -> tuple[Digits, Digits]:
    """The digits to train on (1,438) and those held out (359): every fifth, so that all hands are in both.

    >>> [part.labels.size for part in split_digits()]
    [1438, 359]
    """
    everything = digits()
    held_out = np.arange(everything.labels.size) % 5 == 4
    return tuple(Digits(everything.images[kept], everything.labels[kept]) for kept in (~held_out, held_out))


def untrained() -> SoftmaxRegression:
    """The model of which all weights and biases are 0: every digit gets 1/10."""
    return SoftmaxRegression(np.zeros((SIDE * SIDE, CLASSES)), np.zeros(CLASSES))


def surprisals(model: SoftmaxRegression, data: Digits) -> Array:
    """Surprisal -log₂ p of each image's own label, in bits: shape (n,)."""
    own = model.log_probabilities(data.images)[np.arange(data.labels.size), data.labels]
    return -own / np.log(2) + 0.0


def mean_nll(model: SoftmaxRegression, data: Digits) -> float:
    """Mean negative log-likelihood of the labels, in nats an image.

    >>> round(mean_nll(untrained(), digits()) - float(np.log(10)), 12)
    0.0
    """
    return float(np.mean(surprisals(model, data)) * np.log(2))


def gradient(model: SoftmaxRegression, data: Digits) -> SoftmaxRegression:
    """Derivative of `mean_nll` by each weight and bias: the mean over the images of x times (p - one-hot)."""
    push = (model.probabilities(data.images) - data.one_hot) / data.labels.size
    return SoftmaxRegression(data.images.T @ push, push.sum(axis=0))


def descend(model: SoftmaxRegression, data: Digits, learning_rate: float) -> SoftmaxRegression:
    """Return the model after one step of gradient descent on all of the data."""
    slope = gradient(model, data)
    return SoftmaxRegression(model.weights - learning_rate * slope.weights, model.bias - learning_rate * slope.bias)


def accuracy(model: SoftmaxRegression, data: Digits) -> float:
    """Share of the images whose own label gets the greatest probability."""
    return float(np.mean(model.log_probabilities(data.images).argmax(axis=-1) == data.labels))


@dataclass(frozen=True)
class Descent:
    """Gradient descent on the training digits: the model after 0, 1, ... 300 steps, and its losses in bits a digit."""

    models: tuple[SoftmaxRegression, ...]
    training_bits: Array
    held_out_bits: Array


@lru_cache(maxsize=16)
def descent(learning_rate: float = RATE) -> Descent:
    """The descent from the untrained model at this learning rate, which is above 0; it takes about 0.2 s."""
    if read_number("learning_rate", learning_rate) <= 0:
        raise InputError(f"learning_rate must be above 0, but is {learning_rate:g}")
    training, held_out = split_digits()
    models = [untrained()]
    for _ in range(STEPS):
        models.append(descend(models[-1], training, learning_rate))
    bits = [[float(surprisals(model, part).mean()) for model in models] for part in (training, held_out)]
    return Descent(tuple(models), *map(np.array, bits))


def trained() -> SoftmaxRegression:
    """The model after 300 steps at the course's learning rate."""
    return descent().models[-1]
