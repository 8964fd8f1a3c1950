"""Reads arguments as arrays, or raises InputError with the argument's name and the offending value."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons_lib.maths.errors import InputError

Array = NDArray[np.float64]


def read_reals(name: str, value: ArrayLike) -> Array:
    """Return `value` as an array of floats, infinite ones and NaN among them, or say that it is none."""
    try:
        given = np.asarray(value)
        empty = given.dtype == object and any(entry is None for entry in given.flat)
        if empty or np.ma.is_masked(value) or given.dtype.kind not in "biufO":
            raise TypeError
        return given.astype(float)
    except (TypeError, ValueError, OverflowError, RuntimeError):  # the last comes of tensors with a gradient
        raise InputError(f"{name} must hold numbers, not {value!r:.60}") from None


def read_numbers(name: str, value: ArrayLike) -> Array:
    """Return `value` as an array of finite floats, or say which entry is not one."""
    array = read_reals(name, value)
    bad = array[~np.isfinite(array)]
    if bad.size:
        raise InputError(f"{name} must be finite, but holds {bad.flat[0]}")
    return array


def read_list(name: str, value: ArrayLike) -> Array:
    """Return `value` as a list of at least one finite number."""
    row = read_numbers(name, value)
    if row.ndim != 1 or row.size == 0:
        raise InputError(f"{name} must be a list of numbers, but have the shape {row.shape}")
    return row


def read_probabilities(name: str, value: ArrayLike) -> Array:
    """Return `value` as an array of numbers from 0 to 1."""
    array = read_numbers(name, value)
    bad = array[(array < 0) | (array > 1)]
    if bad.size:
        raise InputError(f"{name} must lie between 0 and 1, but is {_beside_0_or_1(bad.flat[0])}")
    return array


def _beside_0_or_1(value: float) -> str:
    """Return a number in a few digits, but in all of them where it would look like 0 or 1."""
    short = f"{value:g}"
    return repr(float(value)) if short in {"0", "1"} else short


def read_distribution(name: str, value: ArrayLike) -> Array:
    """Return `value` as a list of probabilities that sum to 1 within 1e-9, as they are."""
    array = read_probabilities(name, value)
    if array.ndim != 1:
        raise InputError(f"{name} must be a list of probabilities, but has the shape {array.shape}")
    total = math.fsum(array)
    if abs(total - 1) > 1e-9:
        raise InputError(f"{name} {'sum' if name.endswith('s') else 'sums'} to {total:.12g}, not 1")
    return array


def read_number(name: str, value: ArrayLike) -> float:
    """Return `value` as one finite float."""
    array = read_numbers(name, value)
    if array.ndim:
        raise InputError(f"{name} must be one number, but has the shape {array.shape}")
    return float(array)


def require_one_shape(**arrays: Array) -> None:
    """Raise InputError, naming the shapes, unless all arrays have the same one."""
    shapes = {name: array.shape for name, array in arrays.items()}
    if len(set(shapes.values())) > 1:
        told = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise InputError(f"these must have one shape: {told}")


def read_labels(name: str, value: ArrayLike) -> Array:
    """Return `value` as an array of 0s and 1s."""
    array = read_numbers(name, value)
    bad = array[(array != 0) & (array != 1)]
    if bad.size:
        raise InputError(f"{name} must hold only 0 and 1, but holds {bad.flat[0]:g}")
    return array


def read_counts(successes: ArrayLike, n: ArrayLike) -> tuple[Array, Array]:
    """Return successes and n, broadcast: whole numbers with 0 <= successes <= n."""
    k, n = read_numbers("successes", successes), read_numbers("n", n)
    for name, array in (("successes", k), ("n", n)):
        bad = array[(array < 0) | (array != np.round(array))]
        if bad.size:
            raise InputError(f"{name} must be a whole number of at least 0, but is {bad.flat[0]:g}")
    k, n = broadcast(k, n)
    if np.any(k > n):
        raise InputError(f"successes cannot exceed n: {k[k > n].flat[0]:g} of {n[k > n].flat[0]:g}")
    return k, n


def broadcast(*arrays: Array) -> tuple[Array, ...]:
    """Return the arrays broadcast against each other."""
    try:
        return np.broadcast_arrays(*arrays)
    except ValueError:
        shapes = ", ".join(str(array.shape) for array in arrays)
        raise InputError(f"these shapes do not go together: {shapes}") from None
