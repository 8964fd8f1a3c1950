"""A sketch of bars, drawn by dragging: a guess at several numbers between 0 and 1 at once."""

from dataclasses import dataclass, replace

import numpy as np

from lessons_lib.exercise.sketch_view import SketchResult, SketchView
from lessons_lib.explorer.controls import slider, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.rows import put, read_row
from lessons_lib.maths.errors import InputError


@dataclass(frozen=True)
class SketchState:
    """Heights of the bars, the bar (from 1) that the slider moves, and its height; locked once committed.

    truth: the true heights, shown beside the sketch, or None while they are hidden.
    """

    heights: tuple[float, ...] = (0.5,) * 6
    bar: int = 1
    height: float = 0.5
    locked: bool = False
    truth: tuple[float, ...] | None = None


class SketchExplorer(Explorer):
    """Drag each bar to the height you expect.

    labels: what stands under the bars; axis: what the labels are; the other arguments are the opening state.
    """

    State, View = SketchState, SketchView
    size = (560, 280)

    def __init__(self, labels: tuple[str, ...] = ("1", "2", "3", "4", "5", "6"), axis: str = "bar", **start):
        self.labels, self.axis = labels, axis
        if not labels or not all(isinstance(label, str) for label in labels):
            raise InputError(f"labels must be texts, not {labels!r}")
        super().__init__(**start)

    def opening(self):
        """All bars half as high as can be."""
        return self.State(heights=(0.5,) * len(self.labels))

    def make_controls(self):
        """Which bar, and its height."""
        return {
            "bar": whole_slider("bar no.", 1, len(self.labels)),
            "height": slider("its height", 0.0, 1.0, 0.05, 2),
        }

    def settle(self, state):
        """One height for each label; the slider shows the chosen bar's."""
        bounds = [(0.0, 1.0)] * len(self.labels)
        heights = read_row("heights", state.heights, bounds)
        if state.truth is not None:
            read_row("truth", state.truth, bounds)
        return replace(state, heights=heights, height=heights[state.bar - 1])

    def change(self, changes):
        """A new height is the chosen bar's; a locked sketch stays as it is."""
        state = self.state
        if state.locked:
            return replace(state, **{name: changes[name] for name in ("truth", "bar") if name in changes})
        heights = tuple(changes.get("heights", state.heights))
        if "height" in changes:
            heights = put(heights, changes.get("bar", state.bar) - 1, changes["height"])
        return replace(state, **{**changes, "heights": heights})

    def tend(self):
        """A locked sketch is not moved."""
        for control in (*self.controls.values(), self.reset_button):
            control.disabled = self.state.locked

    def compute(self, state: SketchState) -> SketchResult:
        """Return the heights and how far off they are on average."""
        error = None if state.truth is None else float(np.mean(np.abs(np.subtract(state.heights, state.truth))))
        bar = None if state.locked else state.bar
        return SketchResult(self.labels, self.axis, state.heights, bar, state.truth, error)

    def drag(self, drag: Drag):
        """The bar in which the drag began goes as high as the pointer."""
        bar = int(np.clip(drag.start[0] + 0.5, 0, len(self.labels) - 1)) + 1
        return {"bar": bar, "height": drag.now[1]}

    def describe(self) -> str:
        heights = ", ".join(
            f"{label}: {height:.2f}" for label, height in zip(self.labels, self.state.heights, strict=True)
        )
        if self.state.truth is None:
            return f"Your sketch over {self.axis}. {heights}. The slider sets {self.labels[self.state.bar - 1]}."
        truth = ", ".join(f"{label}: {value:.2f}" for label, value in zip(self.labels, self.state.truth, strict=True))
        return f"Your sketch over {self.axis}. {heights}. It is: {truth}. On average {self.result.mean_error:.2f} off."

    def lock(self) -> None:
        """Let no control move the bars any more."""
        self.move(locked=True)
