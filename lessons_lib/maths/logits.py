"""What lesson 3 does with logits: softmax typed as on paper, the loss of a label, its gradient, and steps against it.

Losses are in nats. Classes are counted from 0.
"""

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.stable import log_sum_exp, softmax
from lessons_lib.maths.validation import Array, read_list, read_number

TEN_SCORES = (2.1, 0.5, -1.2, 3.4, 0.8, -0.5, 1.1, -2.0, 0.3, 1.8)
"""Ten logits as a book chapter prints them, saying that class 3 has a probability of about 68.9 %."""
CLAIMED = 0.689


@np.errstate(all="ignore")
def naive_softmax(logits: ArrayLike, dtype: DTypeLike = np.float64) -> Array:
    """e^z / sum of e^z as on paper, each step in `dtype`; the shape of logits, (n,), as float64.

    NaN where that leads to ∞/∞ or 0/0; numpy's warnings are held back.

    >>> naive_softmax([1000.0, 0.0]).tolist()
    [nan, 0.0]
    """
    weights = np.exp(read_list("logits", logits).astype(dtype))
    return (weights / np.add.reduce(weights, dtype=dtype)).astype(float)


@np.errstate(all="ignore")
def softmax_entropy(logits: ArrayLike) -> float:
    """Entropy in nats of softmax(logits), to full precision also where one class has nearly everything.

    With m the largest logit, ln(1 + r) + Σ p (m − z), where r is the sum of the other classes' e^(z − m): no term of
    it is below 0, so that none cancels.

    >>> round(softmax_entropy([0.0, 0.0]), 9)
    0.693147181
    """
    behind = np.sort(np.max(z := read_list("logits", logits)) - z)
    rest = np.exp(-behind[1:])
    return float(np.log1p(rest.sum()) + (rest * behind[1:]).sum() / (1 + rest.sum()))


def label_loss(logits: ArrayLike, label: int) -> float:
    """−ln of the probability that softmax gives to the label, in nats: log-sum-exp minus the label's own logit.

    >>> f"{label_loss([0.0, 0.0], 1) / np.log(2):.3f} bits"
    '1.000 bits'
    """
    z = read_list("logits", logits)
    return float(log_sum_exp(z - z[read_label(label, z.size)]))


def loss_gradient(logits: ArrayLike, label: int) -> Array:
    """Gradient of `label_loss` by the logits: p − one-hot. It sums to 0, and no entry is beyond ±1.

    >>> loss_gradient([0.0, 0.0], 1).tolist()
    [0.5, -0.5]
    """
    gradient = softmax(read_list("logits", logits))
    own = read_label(label, gradient.size)
    gradient[own] = max(-np.delete(gradient, own).sum(), -1.0)  # rounding may make the sum 1 and an ulp
    return gradient


def descent_path(logits: ArrayLike, label: int, rate: float, steps: int) -> Array:
    """Logits along gradient descent on the loss of one label: shape (steps + 1, n), the given ones first.

    >>> descent_path([0.0, 0.0], 1, rate=1.0, steps=1).tolist()
    [[0.0, 0.0], [-0.5, 0.5]]
    """
    rate, path = read_number("rate", rate), [read_list("logits", logits)]
    for _ in range(steps):
        path.append(path[-1] - rate * loss_gradient(path[-1], label))
    return np.array(path)


def temperature_path(logits: ArrayLike, temperatures: ArrayLike) -> Array:
    """Distributions softmax(z / T), one row for each temperature above 0: shape (temperatures, n).

    >>> temperature_path([2.0, 0.0], [1e-3, 1e9]).round(3).tolist()
    [[1.0, 0.0], [0.5, 0.5]]
    """
    warm = read_list("temperatures", temperatures)
    if np.any(warm <= 0):
        raise InputError(f"temperatures must be above 0, but hold {warm.min():g}")
    return softmax(read_list("logits", logits) / warm[:, None])


def read_label(label: int, classes: int) -> int:
    """Return `label` if it is one of so many classes, counted from 0."""
    if not isinstance(label, (int, np.integer)) or not 0 <= label < classes:
        raise InputError(f"label must be a whole number from 0 to {classes - 1}, but is {label!r}")
    return int(label)
