"""A progress bar for a loop in a notebook, that draws a number as it falls, and can be stopped between two steps."""

import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import ipywidgets as widgets

from lessons_lib.drawing.style import MODEL
from lessons_lib.drawing.wording import number
from lessons_lib.explorer.controls import stored

_PAUSE = 0.05
"""Seconds between two updates of what is shown: more would slow the loop down."""
_WIDTH, _HEIGHT = 360, 90
_POINTS = 240
"""So many points has the curve at most."""


class _Bar:
    """What both bars are: `total` steps of what the label says."""

    label: str
    total: int
    widget: widgets.Widget

    def __repr__(self) -> str:
        return f"A progress bar of {self.total} steps: {self.label}."

    def _repr_mimebundle_(self, **_options):
        """Return the widget and, for a page without a kernel, what runs here."""
        return stored(self.widget, **{"text/plain": repr(self), "text/html": f"<i>{self!r}</i>"})


class ProgressBar(_Bar):
    """Iterates over `steps` with a bar; `show(value)` inside the loop draws the value's curve.

    The kernel's stop button (an interrupt) ends the loop after the step that is running, with no exception, so that
    what was learned is whole; pressed twice, it interrupts at once. At the end a line says how far it came.
    """

    def __init__(self, steps: Sequence[Any], label: str, unit: str = "bits"):
        self.steps, self.total, self.label, self.unit = steps, len(steps), label, unit
        self.done = 0
        self.values: list[float] = []
        self.stopped = False
        self._shown_at = 0.0
        self._bar = widgets.IntProgress(max=self.total, description=label, style={"description_width": "initial"})
        self._curve = widgets.HTML()
        self.widget = widgets.VBox((self._bar, self._curve))

    def __iter__(self) -> Iterator[Any]:
        from IPython.display import display

        self.done, self.values, self.stopped = 0, [], False
        with _asked_to_stop(self):
            display(self)
            for step in self.steps:
                if self.stopped:
                    break
                yield step
                self.done += 1
                self._update()
        self._update(at_once=True)
        print(self.sentence())

    def show(self, value: float) -> None:
        """Add a value (above 0) to the curve."""
        self.values.append(float(value))

    def sentence(self) -> str:
        """Return how far the loop has come."""
        last = f", the last value {number(self.values[-1])} {self.unit}" if self.values else ""
        if self.stopped:
            return f"{self.label}: stopped after {self.done} of {self.total} steps{last}. What was learned is kept."
        return f"{self.label}: {self.done} of {self.total} steps{last}."

    def _update(self, at_once: bool = False) -> None:
        if at_once or time.monotonic() - self._shown_at > _PAUSE:
            self._shown_at = time.monotonic()
            self._bar.value = self.done
            self._curve.value = _drawn(self.values, self.total, self.unit) if self.values else ""


def progress_bar(steps: Sequence[Any], label: str, unit: str = "bits") -> ProgressBar:
    """Return a progress bar to loop over: `for step in progress_bar(range(300), "training"): ...`."""
    return ProgressBar(steps, label, unit)


@contextmanager
def _asked_to_stop(bar: ProgressBar):
    """While this lasts, the first interrupt asks the bar to stop, and a second one interrupts as usual."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number, frame):
        if bar.stopped:
            raise KeyboardInterrupt
        bar.stopped = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _drawn(values: list[float], steps: int, unit: str) -> str:
    """Return the curve so far as a picture in SVG, from 0 at the bottom to the greatest value at the top."""
    top = max(values) or 1.0
    stride = max(1, -(-len(values) // _POINTS))
    kept = [*range(0, len(values), stride), len(values) - 1]
    points = " ".join(f"{_WIDTH * i / max(steps - 1, 1):.1f},{_HEIGHT * (1 - values[i] / top) + 2:.1f}" for i in kept)
    return (
        f'<svg width="{_WIDTH + 8}" height="{_HEIGHT + 6}" role="img" aria-label="a curve, now at {number(values[-1])} '
        f'{unit}" style="color: var(--jp-content-font-color1, currentColor)"><polyline points="{points}" fill="none" '
        f'stroke="{MODEL}" stroke-width="2"/></svg><div>{number(values[-1])} {unit}, at first {number(values[0])}</div>'
    )


class ProgressMeter(_Bar):
    """A bar for work that reports by itself: hand it over as `progress`, and it is called with (done, total)."""

    def __init__(self, label: str):
        self.label, self.total = label, 0
        self._shown_at = 0.0
        self.widget = widgets.IntProgress(description=label, style={"description_width": "initial"})

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is; the first call puts the bar below the cell."""
        from IPython.display import display

        if not self._shown_at:
            self.total = self.widget.max = total
            display(self)
        if done == total or time.monotonic() - self._shown_at > _PAUSE:
            self._shown_at = time.monotonic()
            self.widget.value = done
