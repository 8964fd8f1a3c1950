"""Reads whatever a learner hands over as numbers, or says why it cannot; changes nothing of it."""

import collections.abc
import numbers
import re
import reprlib
import sys
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MOST = 1_000_000
"""With more entries than this an answer is turned down unread."""

_COMPLEX = "The answer is complex; a real number is asked for."
_NOT_NUMBERS = {
    "b": "The answer holds True and False, where numbers are asked for.",
    "c": _COMPLEX,
    "U": "The answer holds text; write numbers without quotation marks.",
    "S": "The answer holds text; write numbers without quotation marks.",
}
"""By the kind of an array's entries, as numpy has it."""

_SHORT = reprlib.Repr()
_SHORT.maxlist = _SHORT.maxtuple = _SHORT.maxdict = _SHORT.maxset = 8
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 100


class Unusable(Exception):
    """Why an answer cannot be read; the message is a sentence to the learner."""


def shown(value: Any, most: int = 120) -> str:
    """Return a short text of any object, without ever failing."""
    try:
        if type(value) is dict and len(value) < 9:
            return f"{{{', '.join(f'{_text(key, most)}: {_text(entry, most)}' for key, entry in value.items())}}}"
        return _text(value, most)
    except BaseException:
        return "an object that cannot be shown"


def _text(value: Any, most: int) -> str:
    text = " ".join(_written(value).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _written(value: Any) -> str:
    if isinstance(value, np.integer):
        return str(value)
    if isinstance(value, float | np.floating):
        return f"{value:.6g}"
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        with np.printoptions(threshold=8, edgeitems=3, formatter={"float_kind": "{:.6g}".format}):
            return np.array2string(value, separator=", ")
    if type(value) in (list, tuple) and 0 < len(value) < 9 and all(isinstance(x, float | np.number) for x in value):
        return f"[{', '.join(map(_written, value))}]"
    return _SHORT.repr(value)


def as_numbers(answer: Any, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return an answer as a new array of floats of this shape, () for a single number.

    Lists, tuples, arrays of any real type, torch tensors, data frames' columns and fractions will do; a single
    number may come in a list or array of one. NaN and the infinities are read. Raises Unusable for all else.
    """
    try:
        array = _read(answer)
    except Unusable:
        raise
    except (Exception, RecursionError) as error:
        raise Unusable(f"The answer, {shown(answer)}, cannot be read as numbers ({type(error).__name__}).") from None
    if array.shape != shape and array.squeeze().shape == shape:
        array = array.squeeze()
    if array.shape != shape:
        verb = "has" if array.shape else "is"
        raise Unusable(f"The answer {verb} {_shape(array.shape)}; the question asks for {_shape(shape)}.")
    return array


def as_asked(wanted: Any, answer: Any) -> Any:
    """Return an answer as the same kind of thing as the right one: numbers, or a dictionary of them in its order.

    Keys may differ in blanks, underscores, bars and capitals; numbers in the asked order will do for a dictionary.
    """
    if not isinstance(wanted, collections.abc.Mapping):
        return as_numbers(answer, np.shape(wanted))
    if not isinstance(answer, collections.abc.Mapping):
        try:
            return dict(zip(wanted, as_numbers(answer, (len(wanted),)), strict=True))
        except Unusable:
            keys = ", ".join(map(repr, wanted))
            raise Unusable(f"A dictionary with the keys {keys} is asked for, not {shown(answer)}.") from None
    found = {key: _find(key, answer) for key in wanted}
    missing = [key for key, own in found.items() if own is None]
    strange = [key for key in answer if key not in found.values()]
    if missing or strange:
        told = [f"lacks {', '.join(map(shown, missing))}"] if missing else []
        told += [f"has {', '.join(map(shown, strange))}, which is not asked for"] if strange else []
        raise Unusable(f"The dictionary {' and '.join(told)}.")
    read = {}
    for key, own in found.items():
        if answer[own] is ...:
            raise Unusable(f"The entry {key!r} still holds the dots.")
        try:
            read[key] = as_numbers(answer[own], np.shape(wanted[key]))
        except Unusable as reason:
            raise Unusable(f"The entry {key!r}: {reason}") from None
    return read


def _find(key: str, answer: collections.abc.Mapping) -> Any:
    """Return the answer's own writing of a key, or None."""
    return key if key in answer else next((own for own in answer if _plain_key(own) == _plain_key(key)), None)


def _plain_key(key: Any) -> str:
    return re.sub(r"[\s_|‖]+", "", str(key)).casefold()


def _shape(shape: tuple[int, ...]) -> str:
    if shape == ():
        return "a single number"
    if len(shape) == 1:
        return f"{shape[0]:,} {'entry' if shape[0] == 1 else 'entries'}"
    return "the shape " + " × ".join(map(str, shape))


def _read(answer: Any) -> NDArray[np.float64]:
    _turn_down_what_is_no_number(answer)
    if _is_tensor(answer):
        if answer.is_complex():
            raise Unusable(_COMPLEX)
        _turn_down_if_large(answer.numel())
        return _of_tensor(answer).copy()
    if isinstance(answer, list | tuple):
        _turn_down_if_large(_count(answer))
        answer = [_plain(entry) for entry in answer]
    elif isinstance(answer, collections.abc.Sequence):
        _turn_down_if_large(len(answer))
    _turn_down_if_large(getattr(answer, "size", 0))
    if isinstance(answer, np.ma.MaskedArray) and np.ma.getmaskarray(answer).any():
        raise Unusable("The answer is a masked array with masked entries.")
    array = np.asarray(answer)
    kind = array.dtype.kind
    if kind in _NOT_NUMBERS:
        raise Unusable(_NOT_NUMBERS[kind])
    if kind == "O" and any(entry is ... for entry in array.flat):
        raise Unusable("Some entries of the answer still hold the dots.")
    if kind in "iuf" or (kind == "O" and all(_is_real(entry) for entry in array.flat)):
        return array.astype(np.float64)
    raise Unusable(f"The answer, {shown(answer)}, does not consist of numbers.")


def _is_tensor(answer: Any) -> bool:
    """Return whether this is a tensor, without loading torch."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(answer, torch.Tensor)


def _of_tensor(tensor: Any) -> NDArray[np.float64]:
    return tensor.detach().cpu().double().numpy()


def _is_real(entry: Any) -> bool:
    return isinstance(entry, numbers.Real | Decimal) and not isinstance(entry, bool)


def _plain(entry: Any) -> Any:
    """Return a list's entry as numpy can stack it: a tensor of one number as that number."""
    if isinstance(entry, bool | np.bool_):
        raise Unusable("The answer holds True or False, where numbers are asked for.")
    return _of_tensor(entry) if _is_tensor(entry) else entry


def _turn_down_what_is_no_number(answer: Any) -> None:
    if answer is None:
        raise Unusable("The answer is None. Does the last line print the result instead of giving it?")
    if isinstance(answer, bool | np.bool_):
        raise Unusable(f"The answer is {answer}; a number is asked for.")
    if isinstance(answer, str | bytes):
        raise Unusable(f"The answer is the text {shown(answer)}; write {_number_in(answer)} without quotation marks.")
    if isinstance(answer, collections.abc.Mapping):
        raise Unusable("The answer is a dictionary; numbers are asked for.")
    if isinstance(answer, collections.abc.MappingView):
        raise Unusable("The answer is a view of a dictionary; put list(…) around it.")
    if isinstance(answer, collections.abc.Set):
        raise Unusable("The answer is a set, which has no order; give a list.")
    if isinstance(answer, collections.abc.Iterator):
        raise Unusable("The answer is a generator or iterator; put list(…) around it.")
    if callable(answer) and not hasattr(answer, "__array__"):
        name = getattr(answer, "__name__", type(answer).__name__)
        raise Unusable(f"The answer is {name} itself, which can be called; give what it returns.")


def _number_in(text: str | bytes) -> str:
    """Return how the number with which a text begins is written in Python, or just "numbers"."""
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    if re.match(r"\s*[-+]?(np\.|math\.)?(inf|∞)", words[:100], re.IGNORECASE):
        return f"{'-' if words.strip()[0] == '-' else ''}np.inf,"
    number = re.match(r"\s*([-+]?[0-9]*\.?[0-9]+(e[-+]?[0-9]+)?)", words[:100], re.IGNORECASE)
    return f"{number[1]}, alone and" if number else "numbers"


def _turn_down_if_large(count: Any) -> None:
    if isinstance(count, int) and count > _MOST:
        raise Unusable(
            f"The answer has {f'more than {_MOST:,}' if count == _MOST + 1 else f'{count:,}'} entries; far too many."
        )


def _count(entries: Any, depth: int = 0) -> int:
    """Return how many numbers nested lists hold, giving up above the bound."""
    if not isinstance(entries, list | tuple):
        return getattr(entries, "size", 1) if isinstance(entries, np.ndarray) else 1
    if depth > 30:
        raise Unusable("The answer is nested too deeply.")
    if len(entries) > _MOST:
        return len(entries)
    count = 0
    for entry in entries:
        count += _count(entry, depth + 1)
        if count > _MOST:
            return _MOST + 1
    return count
