"""The library's own turn: one thread at a time, and numbers that do what they do by default.

Front ends may handle the message of a slider in one thread while a cell runs in another; matplotlib's settings and
fonts are there once for both.
"""

import decimal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import numpy as np

_one_at_a_time = RLock()


@contextmanager
def own_turn() -> Iterator[None]:
    """Wait until no other thread is inside, and leave the learner's settings of numpy and decimal outside.

    Also a decorator: `@own_turn()`.
    """
    default = decimal.Context(prec=28, rounding=decimal.ROUND_HALF_EVEN)
    with _one_at_a_time, np.errstate(all="warn", under="ignore"), decimal.localcontext(default):
        yield
