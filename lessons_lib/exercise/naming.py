"""Says which mistake an answer comes of, or how it is off, without giving the right one away."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from lessons_lib.exercise.comparing import Row, Written, agree, breaks_down, rounds, row

NAN = "NaN is not a number (it comes of 0/0, 0 · ∞, ∞/∞, ∞ − ∞ or log of a negative)"
_CLOSE, _WRONG = "Close, but not it", "Not right"
_SHORT = "Rounded too far: give at least three significant digits"
_KEEP = "Was a number rounded on the way? Keep all its digits."
_LN2, _LN10 = np.log(2), np.log(10)

Slip = tuple[str, Callable]

SIGN: Slip = ("The sign is the wrong way round", np.negative)
OF_PROBABILITIES: Sequence[Slip] = (
    ("This is a hundred times what is asked for, as in percent", lambda p: 100 * p),
    ("This is −ln of what is asked for", lambda p: -np.log(p)),
    ("This is −log₂ of what is asked for", lambda p: -np.log2(p)),
    ("This is the natural logarithm of what is asked for", np.log),
    ("This is the logarithm to base 2 of what is asked for", np.log2),
    ("This is 1 minus what is asked for", lambda p: 1 - p),
)
"""What anybody may do to a right answer between 0 and 1, a probability or not."""
_OFTEN: Sequence[Slip] = (
    ("This is what is asked for times ln 2, as if bits and nats were confused", lambda x: x * _LN2),
    ("This is what is asked for divided by ln 2, as if bits and nats were confused", lambda x: x / _LN2),
    ("This is 1 over what is asked for", lambda x: 1 / x),
    ("This is twice what is asked for", lambda x: 2 * x),
    ("This is half of what is asked for", lambda x: x / 2),
    ("This is the square of what is asked for", np.square),
    ("This is the square root of what is asked for", np.sqrt),
)
_SELDOM: Sequence[Slip] = (
    ("This is −1 over what is asked for", lambda x: -1 / x),
    (
        "This is what is asked for divided by ln 10: logarithms to base 10 are mixed with natural ones",
        lambda x: x / _LN10,
    ),
    ("This is what is asked for times ln 10: logarithms to base 10 are mixed with natural ones", lambda x: x * _LN10),
    (
        "This is what is asked for times log₁₀ 2: logarithms to base 10 are mixed with those to base 2",
        lambda x: x * _LN2 / _LN10,
    ),
    ("This is the natural logarithm of what is asked for", np.log),
    ("This is the logarithm to base 2 of what is asked for", np.log2),
    ("This is minus the natural logarithm of what is asked for", lambda x: -np.log(x)),
    ("This is minus the logarithm to base 2 of what is asked for", lambda x: -np.log2(x)),
    ("This is e to the power of what is asked for", np.exp),
    ("This is 2 to the power of what is asked for", np.exp2),
    ("This is e to the power of minus what is asked for", lambda x: np.exp(-x)),
    ("This is 2 to the power of minus what is asked for", lambda x: np.exp2(-x)),
    ("This is 1 more than what is asked for", lambda x: x + 1),
    ("This is 1 less than what is asked for", lambda x: x - 1),
    ("This is ½ more than what is asked for", lambda x: x + 0.5),
    ("This is ½ less than what is asked for", lambda x: x - 0.5),
    ("This is 3 times what is asked for", lambda x: 3 * x),
    ("This is a third of what is asked for", lambda x: x / 3),
    ("This is 4 times what is asked for", lambda x: 4 * x),
    ("This is a quarter of what is asked for", lambda x: x / 4),
    ("This is 8 times what is asked for, as if bits and bytes were confused", lambda x: 8 * x),
    ("This is an eighth of what is asked for, as if bits and bytes were confused", lambda x: x / 8),
    ("This is 10 times what is asked for", lambda x: 10 * x),
    ("This is a tenth of what is asked for", lambda x: x / 10),
    ("This is a hundredth of what is asked for", lambda x: x / 100),
    ("This is 1000 times what is asked for", lambda x: 1000 * x),
    ("This is a thousandth of what is asked for", lambda x: x / 1000),
)
"""Only said of answers with four digits: with three, one of so many would fit by chance."""
_ROUNDED: Sequence[Slip] = tuple(
    (f"ln 2 is rounded to {ln2} in it: keep all its digits, np.log(2)", lambda x, factor=factor: x * factor)
    for ln2 in (0.7, 0.69, 0.693)
    for factor in (_LN2 / ln2, ln2 / _LN2)
) + tuple(
    (f"1/ln 2 is rounded to {nat} in it: keep all its digits, 1 / np.log(2)", lambda x, factor=factor: x * factor)
    for nat in (1.4, 1.44)
    for factor in (_LN2 * nat, 1 / (_LN2 * nat))
)
"""A rounded value, as texts and hints give it, taken as it stands; said of answers that are near."""
_BESIDES: Sequence[Slip] = (
    ("And the sign is the wrong way round.", np.negative),
    ("And bits and nats are confused: there is a factor ln 2 in it.", lambda x: x * _LN2),
    ("And bits and nats are confused: it is divided by ln 2.", lambda x: x / _LN2),
    ("And it is in percent.", lambda x: 100 * x),
    ("And it is 1 minus that.", lambda x: 1 - x),
    ("And it is half of that.", lambda x: x / 2),
    ("And it is twice that.", lambda x: 2 * x),
)
"""What is done besides a typical mistake; only said of answers with five digits."""
_OF_COUNTS: Sequence[Slip] = (
    ("This is what is asked for times the number of entries: divide by it", lambda x, n: x * n),
    ("This is what is asked for divided by the number of entries: leave that out", lambda x, n: x / n),
    ("This is what is asked for divided by the number of entries less one: leave that out", lambda x, n: x / (n - 1)),
)
"""What may happen to a function of arrays; n is how many entries the largest has."""


def slips(right: Any, digits: int = 3) -> Sequence[Slip]:
    """Return what may happen to any right answers like these: phrases, and what comes out."""
    numbers = row(right)
    between = OF_PROBABILITIES if ((numbers >= 0) & (numbers <= 1)).all() else ()
    return (SIGN, *between, *_OFTEN, *(_SELDOM if digits >= 4 else ()))


def function_slips(answer: Callable, mistakes: Mapping[str, Callable]) -> Iterator[Slip]:
    """Yield what may happen to any function of numbers: a sentence, and the function that comes out."""
    for phrase, slip in (SIGN, *OF_PROBABILITIES, *_OFTEN, *_SELDOM):
        yield f"{phrase}.", _after(answer, slip)
    for phrase, slip in _OF_COUNTS:
        yield f"{phrase}.", lambda *arguments, slip=slip: slip(answer(*arguments), max(map(np.size, arguments)))
    yield "The values are right but for rounding: return them as they are.", _after(answer, lambda x: np.round(x, 2))
    yield "The arguments are taken in the other order.", lambda *arguments: answer(*arguments[::-1])
    for phrase, slip in _BESIDES:
        for sentence, wrong in mistakes.items():
            yield f"Two things at once: {sentence} {phrase}", _after(wrong, slip)


def _after(function: Callable, slip: Callable) -> Callable:
    """Return the function with a slip in its value."""
    return lambda *arguments: slip(np.asarray(function(*arguments), float))


class Naming:
    """One wrong answer beside the right one: which mistake it is.

    given, right: numbers, arrays of one shape, or dictionaries with the same keys; rtol, atol: within these an entry
    is right. `mistakes`: sentence -> the answer that it leads to. A mistake that leaves all entries right but some is
    told of those, whatever the others are.
    """

    def __init__(self, given: Any, right: Any, mistakes: Mapping[str, Any], rtol: float, atol: float):
        self.right_answer, self.mistakes, self.rtol, self.atol = right, mistakes, rtol, atol
        self.given, self.right = row(given), row(right)
        self.written = Written(self.given)
        self.wrong = ~agree(self.given, self.right, rtol, atol)
        is_dictionary = isinstance(right, Mapping)
        self.labels = [str(key) for key in right] if is_dictionary else [f"index {i}" for i in range(self.right.size)]
        self.is_dictionary = is_dictionary
        whole = np.isfinite(self.right) & (self.right == np.round(self.right))
        self.are_counts = bool(self.right.size > 1 and whole.all())
        """Whether several whole numbers are asked for; one alone may be whole by chance."""
        self.is_vector = not is_dictionary or all(len(label) == 1 for label in self.labels)

    def sentence(self) -> str:
        """Return the reply, "" if nothing is known but that it is wrong."""
        short = self._is_short(self.wrong)
        listed = self._whole(3)
        if listed:
            return f"{listed} Or is it rounded? Then give at least three significant digits." if short else listed
        if not short:
            near = self._fitting(digits=2)
            if len(near) == 1:
                return f"If that is rounded: {near[0]}"
        return "" if short else self._in_parts() or self._two_at_once()

    def _is_short(self, where: np.ndarray) -> bool:
        """Return whether these entries are right but for rounding."""
        given, right = self.given[where], self.right[where]
        to_two_digits = all(a == float(f"{b:.2g}") for a, b in zip(given, right, strict=True))
        fits = to_two_digits or rounds(given, right, self.written, self.rtol, self.atol, 1)
        return bool(where.any()) and fits and not self.are_counts

    def _rounds(self, wanted: Row, where: np.ndarray | slice, rtol: float, digits: int) -> bool:
        return rounds(self.given[where], wanted[where], self.written, rtol, self.atol, digits)

    def _fitting(self, digits: int, rtol: float | None = None) -> list[str]:
        rtol = self.rtol if rtol is None else rtol
        fits = {
            self._told(sentence, wrong): float(np.nanmax(np.abs(row(wrong) - self.given), initial=0))
            for sentence, wrong in self.mistakes.items()
            if self._rounds(row(wrong), slice(None), rtol, digits)
        }
        return sorted(fits, key=lambda sentence: fits[sentence])

    def _whole(self, digits: int) -> str:
        """Return what the answer as a whole is: first of what fits to its last digit, then of what is near."""
        for rtol in (1e-6, self.rtol):
            fitting = self._fitting(digits, rtol)
            if fitting:
                return fitting[0]
            slip = self._slip(np.ones_like(self.wrong)) if rtol < self.rtol and self.wrong.all() else ""
            if slip:
                return f"{slip}."
        return ""

    def _told(self, sentence: str, wrong: Any, others_are_right: bool = True) -> str:
        """Return a mistake's sentence, with the one entry that it is about.

        Entries named by a single letter are the components of one vector, and sentences are about the whole of it.
        """
        says_it = re.match(r"(The|σ)[^;:]* right; ", sentence)
        if says_it and others_are_right:
            return sentence
        about = sentence
        if says_it:
            about = sentence[says_it.end() :]
            about = about[0].upper() + about[1:]
        differs = ~agree(row(wrong), self.right, self.rtol, self.atol)
        if self.is_vector or differs.sum() != 1 or about.startswith(("The ", "Both ")):
            return about
        return f"{self.labels[int(np.argmax(differs))]}: {about}"

    def _slip(self, where: np.ndarray) -> str:
        if self.are_counts and where.sum() == 1:
            return ""
        digits = max((self.written.digits_of(number) for number in self.given[where]), default=0)
        for phrase, slip in slips(self.right[where], digits):
            with np.errstate(all="ignore"):
                wanted = slip(self.right)
            trivial = agree(wanted, self.right, 1e-6, 0)[where].any()
            if not trivial and self._rounds(wanted, where, 1e-6, 3):
                return phrase
        return ""

    def _in_parts(self) -> str:
        """Name what is wrong with some entries, or with each."""
        if self.right.size == 1:
            return ""
        exchanged = self._exchanged()
        if exchanged:
            return exchanged
        told, left = [], self.wrong.copy()
        for sentence, wrong in self._by_size():
            differs = ~agree(row(wrong), self.right, self.rtol, self.atol)
            if (differs & ~left).any() or not differs.any() or not self.is_dictionary:
                continue
            if self._rounds(row(wrong), differs, self.rtol, 3):
                told.append((sentence, wrong))
                left &= ~differs
        if not self.is_dictionary:
            at, left = self._at_some_places()
            if at:
                return at
        if not told and not any(self._slip(self._only(i)) for i in np.flatnonzero(left)):
            return ""
        return " ".join([*(self._told(*pair, others_are_right=False) for pair in told), *self._how_all(left)])

    def _by_size(self) -> list[tuple[str, Any]]:
        def size(pair: tuple[str, Any]) -> tuple[int, float]:
            differs = ~agree(row(pair[1]), self.right, self.rtol, self.atol)
            return -int(differs.sum()), float(np.abs(row(pair[1]) - self.given)[differs].sum())

        return sorted(self.mistakes.items(), key=size)

    def _at_some_places(self) -> tuple[str, np.ndarray]:
        """Name the one mistake that explains all wrong entries of an array, while the others are right."""
        left = self.wrong.copy()
        plain = self.given[left]
        if not left.all() and not (plain == np.round(plain)).all():
            fits = [s for s, wrong in self.mistakes.items() if self._rounds(row(wrong), left, self.rtol, 3)]
            if len(fits) == 1:
                return f"At {self._where(left)}: {fits[0]}", np.zeros_like(left)
        return "", left

    def _exchanged(self) -> str:
        places = np.flatnonzero(self.wrong)
        for i, j in combinations(places, 2):
            order = np.arange(self.right.size)
            order[[i, j]] = j, i
            if places.size == 2 and self._rounds(self.right[order], slice(None), self.rtol, 3):
                return f"Two are exchanged: {self.labels[i]} and {self.labels[j]}. All else is right."
        return ""

    def _two_at_once(self) -> str:
        if max(self.written.digits_of(number) for number in self.given) < 5:
            return ""
        for phrase, slip in _BESIDES:
            for sentence, wrong in self.mistakes.items():
                with np.errstate(all="ignore"):
                    wanted = slip(row(wrong))
                trivial = agree(wanted, row(wrong), 1e-6, 0).any() or agree(wanted, self.right, 1e-3, 0).all()
                if not trivial and self._rounds(wanted, slice(None), 1e-6, 5):
                    return f"Two things at once: {self._told(sentence, wrong)} {phrase}"
        return ""

    # How an answer is off of which no mistake is known

    def off(self) -> str:
        """Return a sentence on how the answer is off."""
        if np.isnan(self.given).any():
            where = self._where(np.isnan(self.given))
            return f"{NAN}: {where}." if self.right.size > 1 else f"{NAN}."
        if self.right.size == 1:
            return self._off_alone()
        if not self.is_dictionary:
            if agree(np.sort(self.given), np.sort(self.right), self.rtol, self.atol).all():
                return "These are the right numbers in another order."
            if self.wrong.sum() > 1 and self.wrong.size > 8:
                return f"{self.wrong.sum()} of {self.wrong.size} entries off, the first at {self._where(self.wrong)}."
        return " ".join(self._how_all(self.wrong))

    def _off_alone(self) -> str:
        how = self._how(self.wrong)
        if how not in (_CLOSE, _WRONG):
            return f"{how}."
        size = "small" if self.given[0] < self.right[0] else "large"
        return f"{how}: a little too {size}. {_KEEP}" if how == _CLOSE else f"That is too {size}."

    def _rounded(self, where: np.ndarray) -> str:
        """Return a phrase if a rounded value of ln 2 or of 1/ln 2 explains these entries."""
        if max(self.written.digits_of(number) for number in self.given[where]) < 4:
            return ""
        for phrase, slip in _ROUNDED:
            if self._rounds(slip(self.right), where, 1e-6, 4):
                return phrase
        return ""

    def is_short(self) -> bool:
        """Return whether all that is wrong is that it is rounded too far."""
        return all(self._is_short(self._only(i)) for i in np.flatnonzero(self.wrong))

    def _only(self, place: int) -> np.ndarray:
        return np.arange(self.right.size) == place

    def _how_all(self, left: np.ndarray) -> list[str]:
        told: dict[str, np.ndarray] = {}
        slip = self._slip(left) if self.is_vector and not self.are_counts else ""
        if slip:
            return [f"{slip}: {self._where(left)}."]
        for place in np.flatnonzero(left):
            how = self._how(self._only(place))
            told[how] = told.get(how, np.zeros_like(left)) | self._only(place)
        if self.is_vector and _WRONG in told:  # what fits a part of a vector fits by chance
            told = {_WRONG: left}
        replies = []
        for how, places in told.items():
            count = f", {places.sum()} of {places.size} entries off" if not self.is_dictionary and how == _WRONG else ""
            replies.append(f"{how}{count}: {self._where(places)}." + (f" {_KEEP}" if how == _CLOSE else ""))
        return replies

    def _where(self, places: np.ndarray) -> str:
        return ", ".join(self.labels[i] for i in np.flatnonzero(places))

    def _how(self, where: np.ndarray) -> str:
        """Return a phrase on how one entry is off."""
        given, right = self.given[where], self.right[where]
        if breaks_down(given, right):
            return NAN if np.isnan(given).any() else _WRONG
        if self.are_counts:
            return "Off by one" if abs(given - right).max() == 1 else _WRONG
        slip = self._slip(where) or self._of_another(where)
        if slip:
            return slip
        if self._is_short(where):
            return _SHORT
        if agree(given, right, 0.03, 0).all():
            return self._rounded(where) or _CLOSE
        return _WRONG

    def _of_another(self, where: np.ndarray) -> str:
        """Return a phrase if an entry of a dictionary has the value that another should have."""
        if not self.is_dictionary or self.are_counts:
            return ""
        for other in np.flatnonzero(~where):
            wanted = np.full_like(self.right, self.right[other])
            if self.right[other] and self._rounds(wanted, where, 1e-6, 3):
                return f"This is what is asked for as {self.labels[other]}"
        return ""
