"""A goal that an explorer recognises in its own state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Challenge:
    """A goal, a sentence that says it, and how it is recognised.

    reached: takes the explorer's state and result. example: a state that reaches it, for the tests.
    """

    name: str
    goal: str
    reached: Callable[[Any, Any], bool]
    example: Mapping[str, Any]
