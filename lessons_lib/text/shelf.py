"""Models at hand for the explorers, trained on Python's manual when they are first asked for."""

from functools import cache

from lessons_lib.text import corpora
from lessons_lib.text.counts import Counts
from lessons_lib.text.guessing import reduced
from lessons_lib.text.mixture import Mixture
from lessons_lib.text.model import Model
from lessons_lib.text.models import Uniform

COUNTS = tuple(f"order {order}" for order in range(6))
TRAINED = tuple(f"{name}, trained on the manual" for name in COUNTS)
UNIFORM, MIXTURE = "all bytes alike", "mixture, untrained"
NAMES = (UNIFORM, *TRAINED, MIXTURE)


@cache
def trained(name: str) -> Model:
    """Return a model of this name: counts of the manual, one that knows nothing, or one that learns as it reads."""
    if name == UNIFORM:
        return Uniform()
    if name == MIXTURE:
        return Mixture(name=MIXTURE)
    return Counts(TRAINED.index(name), corpora.manual(), adaptive=False, name=name)


@cache
def trained_on_letters(name: str) -> Model:
    """Return counts of the manual reduced to Shannon's 27 symbols."""
    return Counts(COUNTS.index(name), reduced(corpora.manual().decode("utf-8")).encode(), adaptive=False, name=name)
