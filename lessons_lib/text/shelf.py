"""Count models at hand, trained on Python's manual when they are first asked for."""

from functools import cache

from lessons_lib.text import corpora
from lessons_lib.text.counts import Counts
from lessons_lib.text.guessing import reduced
from lessons_lib.text.face import Model

COUNTS = tuple(f"order {order}" for order in range(6))
LEARNING = "order 5, untrained"
NAMES = (*COUNTS, LEARNING)


@cache
def trained(name: str) -> Model:
    """Return a model of this name: counts of the whole manual, or counts that know nothing and learn as they read."""
    if name == LEARNING:
        return Counts(5, name=LEARNING)
    return Counts(int(name.split()[1]), corpora.manual(), adaptive=False)


@cache
def trained_on_letters(name: str) -> Model:
    """Return counts of the manual reduced to Shannon's 27 symbols."""
    return Counts(int(name.split()[1]), reduced(corpora.manual().decode("utf-8")).encode(), adaptive=False)
