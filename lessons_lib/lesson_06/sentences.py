"""A small model of sentences: a chain of choices, each given the word before, and a rule for when to end.

Everything is exact: probabilities are fractions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import prod

import numpy as np

from lessons_lib.maths.errors import InputError

END = "■"
"""The end marker: it is chosen like a word, after the last one."""
START = "▸"
"""What stands before the first word."""
WORDS = ("the", "old", "cat", "dog", "sleeps", "sees")
_COUNTS = {
    START: (48, 4, 4, 4, 1, 1, 2),
    "the": (1, 14, 24, 22, 1, 1, 1),
    "old": (1, 8, 26, 26, 1, 1, 1),
    "cat": (1, 1, 1, 1, 32, 20, 8),
    "dog": (1, 1, 1, 1, 16, 36, 8),
    "sleeps": (2, 1, 1, 1, 1, 2, 56),
    "sees": (48, 4, 4, 4, 1, 1, 2),
}
_ALL = 64


@dataclass(frozen=True)
class EndRule:
    """When a sentence ends: the probability of the end after t words, or None for what the table of words says.

    never: the probability that it never ends, in the limit of ever longer sentences.
    """

    probability: Callable[[int], Fraction] | None
    never: Fraction


RULES = {
    "as the table says": EndRule(None, Fraction(0)),
    "always 0.3": EndRule(lambda t: Fraction(3, 10), Fraction(0)),
    "1/(t + 2) after t words": EndRule(lambda t: Fraction(1, t + 2), Fraction(0)),
    "1/(t + 2)² after t words": EndRule(lambda t: Fraction(1, (t + 2) ** 2), Fraction(1, 2)),
    "never": EndRule(lambda t: Fraction(0), Fraction(1)),
}
TABLE = "as the table says"


def table() -> dict[str, dict[str, Fraction]]:
    """Return the model: for the start and each word, the probability of every word and of the end that may follow."""
    choices = (*WORDS, END)
    return {
        before: {choice: Fraction(count, _ALL) for choice, count in zip(choices, counts, strict=True)}
        for before, counts in _COUNTS.items()
    }


_TABLE = table()


def next_probabilities(words: Sequence[str], rule: str = TABLE) -> dict[str, Fraction]:
    """Return the probability of every word, and of the end, after these words.

    A rule other than the table's own takes its share for the end; the words keep their proportions.
    """
    _require_rule(rule)
    if words and words[-1] == END:
        raise InputError("nothing follows the end of a sentence")
    row = _row(words[-1] if words else START)
    by_rule = RULES[rule].probability
    if by_rule is None:
        return dict(row)
    end = by_rule(len(words))
    scale = (1 - end) / (1 - row[END])
    return {**{word: row[word] * scale for word in WORDS}, END: end}


def factors(choices: Sequence[str], rule: str = TABLE) -> tuple[Fraction, ...]:
    """Return the probability of each choice given those before it; the last choice may be the end."""
    return tuple(next_probabilities(choices[:t], rule)[_known(choice)] for t, choice in enumerate(choices))


def probability(choices: Sequence[str], rule: str = TABLE) -> Fraction:
    """Return the probability that a sentence begins with these choices or, with the end, is just this."""
    return prod(factors(choices, rule), start=Fraction(1))


def finished_mass(longest: int, rule: str = TABLE) -> np.ndarray:
    """Return how much probability all sentences of at most 0, 1, …, `longest` words have together.

    Word by word: what has not ended after t words is spread over the last words, and a part of each ends.
    """
    _require_rule(rule)
    by_rule = RULES[rule].probability
    moves = np.array([[float(_TABLE[before][word]) for word in WORDS] for before in (START, *WORDS)])
    ends = np.array([float(_TABLE[before][END]) for before in (START, *WORDS)])
    going, finished = np.zeros(len(WORDS) + 1), [0.0]
    going[0] = 1.0
    for t in range(longest + 1):
        end = ends if by_rule is None else np.full(len(ends), float(by_rule(t)))
        finished.append(finished[-1] + float(going @ end))
        onward = (going * (1 - end) / (1 - ends)) @ moves
        going = np.concatenate([[0.0], onward])
    return np.array(finished[1:])


def write(seed: int, rule: str = TABLE, longest: int = 12) -> tuple[str, ...]:
    """Return choices drawn from the model, up to its end or to so many choices."""
    chance, choices = np.random.default_rng(seed), ()
    while len(choices) < longest and END not in choices:
        given = next_probabilities(choices, rule)
        bounds = np.cumsum([float(p) for p in given.values()])
        choices += (tuple(given)[int(np.searchsorted(bounds, chance.random() * bounds[-1], side="right"))],)
    return choices


def dearest() -> tuple[str, str, Fraction]:
    """Return the least probable choice of the table: what stands before it, itself, and its probability."""
    return min(
        ((before, choice, p) for before, row in _TABLE.items() for choice, p in row.items()), key=lambda found: found[2]
    )


def is_finished(choices: Sequence[str]) -> bool:
    """Return whether these choices are a whole sentence; the end may stand only at the end."""
    if any(before == END for before, _ in pairwise(choices)):
        raise InputError("the end marker may stand only at the end")
    return bool(choices) and choices[-1] == END


def _row(before: str) -> dict[str, Fraction]:
    if before not in _TABLE:
        raise InputError(f"the model knows {', '.join(WORDS)}, not {before!r}")
    return _TABLE[before]


def _known(choice: str) -> str:
    if choice not in (*WORDS, END):
        raise InputError(f"the model knows {', '.join((*WORDS, END))}, not {choice!r}")
    return choice


def _require_rule(rule: str) -> None:
    if rule not in RULES:
        raise InputError(f"the rule must be one of {', '.join(map(repr, RULES))}, not {rule!r}")
