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


def sayable(text: str) -> str:
    """Return a text with halves of characters (lone surrogates) written out, so that it can be shown and kept."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _text(value: Any, most: int) -> str:
    text = sayable(" ".join(_written(value).split()))
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
    if shape and isinstance(answer, str | bytes):
        raise Unusable(f"The answer is the text {shown(answer)}; {_list_in(answer, shape)}")
    try:
        array = _read(answer)
    except Unusable:
        raise
    except (Exception, RecursionError) as error:
        way_out = " Give its value: float(…)." if hasattr(type(answer), "__float__") else ""
        raise Unusable(
            f"The answer, {shown(answer)}, cannot be read as numbers ({type(error).__name__}).{way_out}"
        ) from None
    if array.shape != shape and array.squeeze().shape == shape:
        array = array.squeeze()
    if array.shape != shape:
        verb = "has" if array.shape else "is"
        told = f"The answer {verb} {_shape(array.shape)}; the question asks for {_shape(shape)}."
        raise Unusable(f"{told}{_decimal_commas(answer, shape) or _sum_missing(array, shape)}")
    return array


def _decimal_commas(answer: Any, shape: tuple[int, ...]) -> str:
    """Return what to say if commas in it may be meant as decimal points: 4,49 is a pair in Python."""
    wanted = shape[0] if shape else 1
    plain = isinstance(answer, list | tuple) and all(type(entry) is int for entry in answer)
    if not plain or len(shape) > 1 or len(answer) != 2 * wanted or min(answer[1::2]) < 0:
        return ""
    written = ", ".join(f"{whole}.{part}" for whole, part in zip(answer[::2], answer[1::2], strict=True))
    return f" In Python a comma separates two numbers; if it is meant as a decimal point, write {written}."


def _sum_missing(array: NDArray[np.float64], shape: tuple[int, ...]) -> str:
    return " Is a sum or a mean still to be taken?" if shape == () and array.ndim == 1 and array.size > 1 else ""


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
            commas = _decimal_commas(answer, (len(wanted),))
            raise Unusable(f"A dictionary with the keys {keys} is asked for, not {shown(answer)}.{commas}") from None
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
    _turn_down_if_large(array.size)
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
    """Return whether this is a real number, or an object that says which one it is, as sympy's and mpmath's do."""
    is_number = isinstance(entry, numbers.Real | Decimal) or hasattr(type(entry), "__float__")
    return is_number and not isinstance(entry, bool | np.bool_)


def _plain(entry: Any) -> Any:
    """Return a list's entry as numpy can stack it: a tensor of one number as that number."""
    if isinstance(entry, bool | np.bool_):
        raise Unusable("The answer holds True or False, where numbers are asked for.")
    if _is_tensor(entry):
        return _of_tensor(entry)
    if hasattr(type(entry), "__array__") and not isinstance(entry, np.ndarray | np.generic):
        entry = np.asarray(entry)
        _turn_down_if_large(entry.size)
    return entry


def _turn_down_what_is_no_number(answer: Any) -> None:
    if answer is None:
        raise Unusable("The answer is None. Does the last line print the result instead of giving it?")
    if isinstance(answer, bool | np.bool_):
        raise Unusable(f"The answer is {answer}; a number is asked for.")
    if isinstance(answer, str | bytes):
        raise Unusable(f"The answer is the text {shown(answer)}; {_number_in(answer)}")
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


def _list_in(text: str | bytes, shape: tuple[int, ...]) -> str:
    """Return what to write in place of a text where several numbers are asked for."""
    words = _words(text)
    if re.match(r"\[.*\]$|\(.*\)$|np\.array\(", words):
        return "write it without quotation marks."
    return (
        f"a list of {shape[0]} numbers is asked for: [{', '.join(['…'] * min(shape[0], 5))}], without quotation marks."
    )


def _words(text: str | bytes) -> str:
    """Return the beginning of a text, with the signs of a keyboard."""
    words = text[:100].decode(errors="replace") if isinstance(text, bytes) else text[:100]
    return re.sub(r"[\u00a0\u2009\u202f]", " ", words.replace("−", "-").replace("–", "-")).strip()


_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?"


def _number_in(text: str | bytes) -> str:
    """Return how the number that a text holds is written in Python, or what to write at all."""
    words = _words(text)
    if re.match(r"[-+]?(np\.|math\.)?(inf|∞)", words, re.IGNORECASE):
        return f"write {'-' if words[0] == '-' else ''}np.inf, without quotation marks."
    several = re.fullmatch(r"([-+]?\d{1,3}((?:[ ',]\d{3})+)(\.\d+)?)( *[A-Za-zµ]*)", words)
    if several and not (several[1].count(",") == 1 and not several[3] and " " not in several[1]):
        return f"write {_only_digits(several[1])}, alone and without quotation marks."
    german = re.match(r"([-+]?\d{1,3}(?:[.']\d{3})+),(\d+)", words)
    if german:
        return f"write {_only_digits(german[1].replace('.', ''))}.{german[2]}, alone and without quotation marks."
    comma = re.match(r"([-+]?\d*),(\d+)", words)
    if comma:
        thousands = len(comma[2]) == 3 and re.fullmatch(r"[-+]?[1-9]\d{0,2}", comma[1])
        if thousands:
            return (
                f"write {comma[1]}.{comma[2]} if the comma is meant as a decimal point, {comma[1]}{comma[2]} if it "
                "separates the thousands, without quotation marks."
            )
        return f"Python writes a decimal point: write {comma[1] or 0}.{comma[2]}, alone and without quotation marks."
    number = re.match(_NUMBER, words, re.IGNORECASE)
    if not number:
        return "write numbers without quotation marks."
    rest = words[number.end() :].strip()
    if rest.startswith(("%", "percent", "per cent")):
        share = _shifted(number[0], -2)
        return f"{number[0]} % are {share}; write {share} without quotation marks where a share is asked for."
    if re.match(r"[kMG]i?[Bb]", rest):
        return "write the number in the unit that the question asks for, without quotation marks."
    if re.match(r"[-+*/^(]|\*\*", rest):
        return f"write {_words(text).replace('^', '**')} without quotation marks, and Python computes it."
    return f"write {number[0]}, alone and without quotation marks."


def _only_digits(grouped: str) -> str:
    return re.sub("[ ',]", "", grouped)


def _shifted(number: str, places: int) -> str:
    """Return a number times a power of ten, by moving its point."""
    return f"{float(f'{float(number)!r}e{places}' if 'e' not in repr(float(number)) else number):.12g}"


def _turn_down_if_large(count: Any) -> None:
    if isinstance(count, int) and count > _MOST:
        raise Unusable(
            f"The answer has {f'more than {_MOST:,}' if count == _MOST + 1 else f'{count:,}'} entries; far too many."
        )


def _count(entries: Any, depth: int = 0) -> int:
    """Return how many numbers nested lists hold, giving up above the bound."""
    if not isinstance(entries, list | tuple):
        return entries.numel() if _is_tensor(entries) else np.size(entries) if isinstance(entries, np.ndarray) else 1
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
