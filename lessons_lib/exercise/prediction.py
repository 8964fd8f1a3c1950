"""A guess committed before the picture: kept, locked, and at the lesson's end put beside the truth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import ipywidgets as widgets

from lessons_lib import progress
from lessons_lib.drawing.wording import percent
from lessons_lib.exercise.feedback import card
from lessons_lib.exercise.sketch_explorer import SketchExplorer
from lessons_lib.explorer.controls import stored
from lessons_lib.explorer.page import Page

How = Literal["right", "close", "off"]
_LOOK = {"right": ("✓", "#117733"), "close": ("≈", "#117733"), "off": ("✗", "#c44e00")}
"""How a guess went: mark, colour of the bar."""
_CLOSE = 0.1
"""A number is close within this share of its slider's range, a sketch if its bars are so far off on average."""


@dataclass(frozen=True)
class Amount:
    """A guess that is a number on a slider. `digits` after the point; unit is written after the number."""

    low: float
    high: float
    step: float
    unit: str = ""
    digits: int = 2

    def widget(self, guess: Any) -> widgets.Widget:
        """Return the slider, which shows its range; at the guess or, so as not to suggest one, at its least."""
        return widgets.FloatSlider(
            value=self.low if guess is None else guess,
            min=self.low,
            max=self.high,
            step=self.step,
            readout_format=f".{self.digits}f",
            description=f"from {self.told(self.low)} to {self.told(self.high)}",
            style={"description_width": "initial"},
            layout={"width": "420px"},
        )

    def admits(self, guess: Any) -> bool:
        """Return whether this can be a guess."""
        is_number = isinstance(guess, int | float) and not isinstance(guess, bool)
        return is_number and self.low <= guess <= self.high

    def told(self, guess: Any) -> str:
        """Return a guess or the truth as text."""
        return f"{guess:.{self.digits}f} {self.unit}".strip()

    def fits(self, which: tuple[float, float], guess: Any) -> bool:
        """Return whether a guess lies in this range, ends included."""
        low, high = which
        return low - 1e-9 <= guess <= high + 1e-9

    def how(self, guess: Any, truth: Any) -> How:
        """Return how a guess went."""
        if abs(guess - truth) <= self.step / 2 + 1e-9:
            return "right"
        return "close" if abs(guess - truth) <= _CLOSE * (self.high - self.low) else "off"

    def off(self, guess: Any, truth: Any) -> str:
        """Say how far off a guess is."""
        if self.told(guess) == self.told(truth):
            return "Exactly right."
        if abs(guess - truth) <= self.step / 2 + 1e-9:
            return "As near as the slider goes."
        apart = self.told(abs(guess - truth)).replace("%", "percentage points")
        return f"You were {apart} {'below' if guess < truth else 'above'}."


@dataclass(frozen=True)
class Choice:
    """A guess that is one of several possibilities."""

    options: Sequence[str]

    def widget(self, guess: Any) -> widgets.Widget:
        """Return the possibilities, with the guess chosen if there is one."""
        return widgets.RadioButtons(options=list(self.options), value=guess, layout={"width": "max-content"})

    def admits(self, guess: Any) -> bool:
        """Return whether this can be a guess."""
        return isinstance(guess, str) and guess in self.options

    def told(self, guess: Any) -> str:
        """Return a guess or the truth as text."""
        return str(guess)

    def fits(self, which: str, guess: Any) -> bool:
        """Return whether a guess is this option."""
        return guess == which

    def how(self, guess: Any, truth: Any) -> How:
        """Return how a guess went."""
        return "right" if guess == truth else "off"

    def off(self, guess: Any, truth: Any) -> str:
        """Say that a guess is right; what there is to say of another, `otherwise` says."""
        return "You were right." if guess == truth else ""


@dataclass(frozen=True)
class Sketch:
    """A guess that is a bar for each label, between 0 and 1, drawn by dragging."""

    labels: tuple[str, ...]
    axis: str

    def explorer(self, guess: Any, **more: Any) -> SketchExplorer:
        """Return the bars, locked at the guess if there is one."""
        start = {} if guess is None else {"heights": tuple(guess), "locked": True}
        return SketchExplorer(self.labels, self.axis, **start, **more)

    def admits(self, guess: Any) -> bool:
        """Return whether this can be a guess."""
        numbers = isinstance(guess, list | tuple) and all(isinstance(g, int | float) and 0 <= g <= 1 for g in guess)
        return numbers and len(guess) == len(self.labels)

    def told(self, guess: Any) -> str:
        """Return a guess or the truth as text."""
        return ", ".join(f"{label}: {value:.2f}" for label, value in zip(self.labels, guess, strict=True))

    def fits(self, which: Callable[[Sequence[float]], bool], guess: Any) -> bool:
        """Return whether the bars are as this function asks."""
        return which(guess)

    def how(self, guess: Any, truth: Any) -> How:
        """Return how a guess went."""
        mean = self._mean_distance(guess, truth)
        return "right" if mean < 0.01 else "close" if mean <= _CLOSE else "off"

    def off(self, guess: Any, truth: Any) -> str:
        """Say how far off the bars are on average."""
        return f"On average your bars were {percent(self._mean_distance(guess, truth))} of the height off."

    @staticmethod
    def _mean_distance(guess: Any, truth: Any) -> float:
        return sum(abs(g - t) for g, t in zip(guess, truth, strict=True)) / len(truth)


class _WhenAsked:
    """A field of a dataclass that may be given as a function: it is called when the field is first read."""

    def __set_name__(self, owner: type, name: str):
        self.name = name

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        if owner is None:
            raise AttributeError(self.name)  # the dataclass asks for the default: there is none
        if callable(value := vars(owner)[self.name]):
            vars(owner)[self.name] = value = value()
        return value

    def __set__(self, owner: Any, value: Any):
        vars(owner)[self.name] = value


@dataclass(frozen=True)
class Prediction:
    """A question to be guessed at. Displayed, it takes the guess; `reveal()` puts guess and truth side by side.

    truth, because: what is right, and a sentence that says why. otherwise: for whoever guessed something else, which
    guess (an option, a range of a number with its ends, for a sketch a function of its heights that returns whether
    it is meant) -> a sentence to whoever made it; the first that fits is said. Each may be a function that computes it
    when it is asked for, so that a lesson opens without waiting for what is long to compute.
    """

    name: str
    question: str
    kind: Amount | Choice | Sketch
    truth: Any = _WhenAsked()
    because: Any = _WhenAsked()
    otherwise: Any = _WhenAsked()

    @property
    def guess(self) -> Any:
        """The committed guess, or None."""
        kept = progress.get("predictions", self.name).get("guess")
        return kept if self.kind.admits(kept) else None

    def commit(self, guess: Any) -> str:
        """Keep a guess for good and return what there is to say; the first one counts."""
        if self.guess is not None:
            return f"You have made your guess{self._said(self.guess)}. The end of the lesson shows how it did."
        if not self.kind.admits(guess):
            return "Choose an answer first."
        trouble = progress.record("predictions", self.name, guess=guess)
        return f"Your guess is taken{self._said(guess)}. The end of the lesson shows how it did. {trouble}".strip()

    def _said(self, guess: Any) -> str:
        """Return a guess as the end of a clause; a sketch says itself."""
        return "" if isinstance(self.kind, Sketch) else f": {self.kind.told(guess)}"

    def reply(self, guess: Any) -> str:
        """Return what there is to say of a guess beside the truth: how far off it is, and what it may come from."""
        sentences = [self.kind.off(guess, self.truth)]
        if self.kind.how(guess, self.truth) != "right":
            sentences += [said for which, said in self.otherwise.items() if self.kind.fits(which, guess)][:1]
        return " ".join(filter(None, sentences))

    def reveal(self) -> "Revealed":
        """Return the guess beside the truth, and how far it was off."""
        guess = self.guess
        trouble = "" if guess is None else progress.record("predictions", self.name, revealed=True)
        return Revealed(self, guess, trouble)

    def __repr__(self) -> str:
        guess = self.guess
        return f"Your guess? {self.question} ({'none yet' if guess is None else self.kind.told(guess)})"

    def _repr_mimebundle_(self, **_options):
        """Return the form and, for a page without a kernel, the question."""
        trouble = progress.record("predictions", self.name, seen=True)
        plain = f"<b>Your guess?</b> {escape(self.question)}<br><i>Run this cell to commit a guess.</i>"
        return stored(self.form(trouble), **{"text/plain": repr(self), "text/html": card(plain)}), {}

    def form(self, trouble: str = "") -> widgets.VBox:
        """Return the question, the control, the button that commits the guess, and what is said of the progress."""
        guess = self.guess
        question = widgets.HTML(card(f"<b>Your guess?</b> {escape(self.question)}"))
        button = widgets.Button(description="This is my guess", disabled=guess is not None)
        said = "" if guess is None else self.commit(guess)
        reply = widgets.HTML(escape(f"{said} {trouble}".strip()))
        sketch = self.kind.explorer(guess) if isinstance(self.kind, Sketch) else None
        control = sketch.widget if sketch else self.kind.widget(guess)

        moved = isinstance(self.kind, Choice)

        def move(_change: dict[str, Any]) -> None:
            nonlocal moved
            moved = True

        def commit(_button: widgets.Button) -> None:
            if sketch and sketch.state == sketch.opening():
                reply.value = "Drag the bars to your guess first."
                return
            if not (sketch or moved):
                there = self.kind.told(control.value)
                reply.value = f"Move the slider first. If your guess is {there}, move it away and back."
                return
            reply.value = escape(self.commit(list(sketch.state.heights) if sketch else control.value))
            if self.guess is None:
                return
            button.disabled = True
            if sketch:
                sketch.lock()
            else:
                control.disabled = True

        button.on_click(commit)
        if not sketch:
            control.disabled = guess is not None
            control.observe(move, "value")
        page = () if sketch else (Page(),)  # an explorer has one
        box = widgets.VBox((question, control, button, reply, *page)).add_class("lessons-prediction")
        box.sketch = sketch
        return box


@dataclass(frozen=True, repr=False)
class Revealed:
    """A guess beside the truth."""

    prediction: Prediction
    guess: Any
    trouble: str = ""
    """What there is to say of the progress."""

    def __repr__(self) -> str:
        p = self.prediction
        truth = f"It is: {p.kind.told(p.truth)}. {p.because}".strip()
        if self.guess is None:
            return f"{p.question} You made no guess. {truth}"
        return f"{p.question} Your guess: {p.kind.told(self.guess)}. {truth} {p.reply(self.guess)}"

    def _repr_mimebundle_(self, **_options):
        """Return the words and, for a sketch, the bars with the truth across them."""
        if self.guess is None or not isinstance(self.prediction.kind, Sketch):
            return {"text/plain": repr(self), "text/html": self._html()}, {}
        kind, truth = self.prediction.kind, tuple(self.prediction.truth)
        sketch = kind.explorer(self.guess, truth=truth)
        sketch.widget.children = (widgets.HTML(self._html()), *sketch.widget.children[1:])
        data, metadata = sketch._repr_mimebundle_()
        return {**data, "text/plain": repr(self)}, metadata

    def _html(self) -> str:
        p = self.prediction
        rows = [("The question", p.question)]
        rows += [("Your guess", "none" if self.guess is None else p.kind.told(self.guess))]
        rows += [("It is", f"{p.kind.told(p.truth)}. {p.because}".strip())]
        if self.trouble:
            rows += [("Your progress", self.trouble)]
        if self.guess is None:
            return card(_rows(rows))
        mark, colour = _LOOK[p.kind.how(self.guess, p.truth)]
        return card(_rows([*rows, (f"{mark} So", p.reply(self.guess))]), colour)


def _rows(rows: list[tuple[str, str]]) -> str:
    return "".join(f"<b>{escape(head)}:</b> {escape(text)}<br>" for head, text in rows)
