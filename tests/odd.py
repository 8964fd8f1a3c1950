"""The settings of a learner who has changed all there are."""

import decimal
import locale
import os
import random
from contextlib import contextmanager
from importlib.util import find_spec

import matplotlib
import numpy as np

RC = {
    "font.size": 31.0,
    "font.family": ["monospace"],
    "axes.facecolor": "black",
    "axes.grid": True,
    "axes.unicode_minus": False,
    "axes.formatter.use_locale": True,
    "axes.formatter.limits": [0, 0],
    "figure.dpi": 33.0,
    "figure.autolayout": True,
    "lines.linewidth": 9.0,
    "lines.antialiased": False,
    "patch.antialiased": False,
    "patch.force_edgecolor": True,
    "text.antialiased": False,
    "text.parse_math": False,
    "path.simplify": False,
    "path.snap": False,
    "path.sketch": (5.0, 50.0, 3.0),
    "agg.path.chunksize": 101,
    "image.cmap": "gray",
    "image.interpolation": "bicubic",
    "xtick.direction": "in",
    "xtick.minor.visible": True,
    "savefig.dpi": 20.0,
}


def _now():
    state = {
        "matplotlib": {name: value for name, value in matplotlib.rcParams.items() if name != "backend"},
        "numpy's errors": np.geterr(),
        "numpy's random state": repr(np.random.get_state()),  # noqa: NPY002
        "numpy's printing": np.get_printoptions(),
        "decimal": repr(decimal.getcontext()),
        "locale": locale.setlocale(locale.LC_ALL),
        "random state": random.getstate(),
        "folder": os.getcwd(),
    }
    if find_spec("torch"):
        import torch

        state["torch"] = (
            torch.get_default_dtype(),
            torch.get_default_device(),
            torch.is_grad_enabled(),
            torch.random.get_rng_state().tolist(),
            torch.get_num_threads(),
        )
    return state


@contextmanager
def odd_settings():
    """Set everything oddly; whatever is done within has to leave it so."""
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    old = locale.setlocale(locale.LC_ALL)
    printing = np.get_printoptions()
    context = decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded])
    with matplotlib.rc_context(RC), np.errstate(all="raise"), decimal.localcontext(context):
        for name in ("de_DE.UTF-8", "C"):
            try:
                locale.setlocale(locale.LC_ALL, name)
                break
            except locale.Error:
                continue
        np.set_printoptions(precision=1, suppress=True)
        if find_spec("torch"):
            import torch

            torch.set_default_dtype(torch.float64)
            torch.set_default_device("meta")
            torch.set_grad_enabled(False)
        try:
            before = _now()
            yield
            after = _now()
        finally:
            locale.setlocale(locale.LC_ALL, old)
            np.set_printoptions(**printing)
            if find_spec("torch"):
                torch.set_default_dtype(torch.float32)
                torch.set_default_device("cpu")
                torch.set_grad_enabled(True)
    changed = [name for name, value in before.items() if after[name] != value]
    assert changed == [], f"changed the learner's {', '.join(changed)}"
