"""Reads and calls a learner's answer with default settings, and leaves theirs as they were."""

import contextlib
import io
import locale
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator

import numpy as np

from lessons_lib.drawing.turn import own_turn

_PRINTING = {
    "edgeitems": 3,
    "threshold": 1000,
    "precision": 8,
    "suppress": False,
    "linewidth": 75,
    "nanstr": "nan",
    "infstr": "inf",
    "sign": "-",
    "floatmode": "maxprec",
    "formatter": None,
}
"""As numpy prints by default."""


@contextlib.contextmanager
def left_as_it_was() -> Iterator[None]:
    """Be quiet within, one thread at a time, and put back whatever a learner's function changes of what others use.

    That is the random state of random, numpy and torch, matplotlib's rcParams, how numpy prints and treats errors,
    decimal's context, the locale, the environment, the folder, filters of warnings, and torch's default type and
    device, grad mode and number of threads.
    """
    with (
        own_turn(),
        warnings.catch_warnings(),
        np.printoptions(**_PRINTING),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        put_back = []
        for keep in (_random, _numpy_random, _process, _matplotlib, _torch):
            with contextlib.suppress(Exception):
                put_back.append(keep())
        try:
            yield
        finally:
            for do in put_back:
                with contextlib.suppress(Exception):
                    do()


def _random() -> Callable[[], None]:
    state = random.getstate()
    return lambda: random.setstate(state)


def _numpy_random() -> Callable[[], None]:
    state = np.random.get_state()  # noqa: NPY002
    return lambda: np.random.set_state(state)  # noqa: NPY002


def _process() -> Callable[[], None]:
    """Keep the locale, the environment and the folder."""
    language, environment, folder = locale.setlocale(locale.LC_ALL), dict(os.environ), None
    with contextlib.suppress(OSError):
        folder = os.getcwd()

    def put_back() -> None:
        if dict(os.environ) != environment:
            os.environ.clear()
            os.environ.update(environment)
        if locale.setlocale(locale.LC_ALL) != language:
            locale.setlocale(locale.LC_ALL, language)
        if folder is not None:
            os.chdir(folder)

    return put_back


def _matplotlib() -> Callable[[], None]:
    """Keep rcParams, if matplotlib is loaded."""
    module = sys.modules.get("matplotlib")
    if module is None:
        return lambda: None
    keeping = contextlib.ExitStack()
    keeping.enter_context(module.rc_context())
    return keeping.close


def _torch() -> Callable[[], None]:
    """Keep torch's random state and settings, if it is loaded."""
    torch = sys.modules.get("torch")
    if torch is None:
        return lambda: None
    state, threads, grad = torch.random.get_rng_state(), torch.get_num_threads(), torch.is_grad_enabled()
    dtype, device = torch.get_default_dtype(), torch.get_default_device()

    def put_back() -> None:
        torch.random.set_rng_state(state)
        torch.set_grad_enabled(grad)
        torch.set_default_dtype(dtype)
        if torch.get_default_device() != device:
            torch.set_default_device(device)
        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)

    return put_back
