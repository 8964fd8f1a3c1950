"""What all explorers share: a state, a pure computation, a live figure, and controls that write the state."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from html import escape
from typing import Any, ClassVar

import ipywidgets as widgets

from lessons_lib import progress
from lessons_lib.drawing.live import Gesture, LiveFigure
from lessons_lib.drawing.turn import own_turn
from lessons_lib.drawing.view import View
from lessons_lib.explorer.cells import close_with_parts, shown_here
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import admitted as admitted_value
from lessons_lib.explorer.controls import as_slid, button, nearest, shows, stored
from lessons_lib.explorer.page import Page
from lessons_lib.explorer.upload import FileField
from lessons_lib.maths.errors import InputError


@dataclass(frozen=True)
class Drag(Gesture):
    """A drag of the pointer, and the state and the result in which it began."""

    state: Any
    result: Any


class Explorer:
    """A live figure with a few controls.

    A subclass says what its `State` is (a frozen dataclass of plain numbers), how a state leads to a result
    (`compute`, pure), which `View` shows a result, which controls there are (`make_controls`), and what it shows
    in a sentence (`describe`). A control named like a field of the state writes that field; a button does what
    the method `press_<its name>` returns as changes; a file, what `receive_<its name>` returns; a drag, what
    `drag` returns, brought to what the sliders of these fields can take.

    Keyword arguments are the opening state: `CoinExplorer(theta=0.4, n=10)`.
    """

    State: ClassVar[type]
    View: ClassVar[type[View]]
    size: ClassVar[tuple[int, int]] = (880, 380)
    """Width and height of the figure in CSS pixels."""
    challenges: ClassVar[tuple[Challenge, ...]] = ()
    is_pad: ClassVar[bool] = False
    """Whether a finger on the figure draws, and does not scroll the page."""

    @own_turn()
    def __init__(self, **start: Any):
        self.error = ""
        self._following = False
        self._left_by_drag = None
        # The figure is laid out in the default state, so that the way to a state leaves no trace in its pixels.
        self.state = self.settle(self.opening())
        self.result = self.compute(self.state)
        self.controls: dict[str, widgets.Widget] = self.make_controls()
        self.reset_button = button("reset", "Back to how this explorer opened")
        self.reset_button.on_click(lambda _button: self.reset())
        self.figure = LiveFigure(lambda figure: self.View(figure, self.result), self.size)
        self.figure.on_drag(self._dragged)
        if self.is_pad:
            self.figure.add_class("lessons-pad")
        self._message = widgets.HTML()
        self._goals = widgets.HTML()
        self._reached = {c.name: "Reached before." for c in self.challenges if progress.get("challenges", c.name)}
        self._standin = widgets.Image(
            value=b"", format="jpeg", layout={"max_width": f"{self.size[0]}px", "align_self": "flex-start"}
        ).add_class("lessons-fallback")
        self._standin_caption = widgets.HTML().add_class("lessons-fallback")
        self._go(lambda changes: replace(self.opening(), **changes), self._admitted(start))
        self._opened = self.state
        self._show_goals()
        self._connect()
        self.widget = self._arrange()

    # What a subclass says

    def make_controls(self) -> dict[str, widgets.Widget]:
        """Return the controls by name, in the order of the keyboard's Tab key."""
        raise NotImplementedError

    def opening(self):
        """Return the state in which the explorer opens if nothing else is said."""
        return self.State()

    def settle(self, state):
        """Return the state with what follows from its other fields put right (k at most n, and so on)."""
        return state

    def change(self, changes: dict[str, Any]):
        """Return the state that follows the present one when these fields are set."""
        return replace(self.state, **changes)

    @staticmethod
    def compute(state):
        """Return all numbers that the figure and the sentence show; pure."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return what the explorer shows now, in a sentence or two."""
        raise NotImplementedError

    def drag(self, drag: Drag) -> dict[str, Any]:
        """Return the changes of state that this drag asks for."""
        return {}

    def make_room(self, changes: dict[str, Any]) -> None:
        """Widen the range of controls for what comes with these changes, of which choices are among those offered."""

    def tend(self) -> None:
        """Put right how the controls themselves look in the present state (disabled, range)."""

    # What all share

    @own_turn()
    def move(self, **changes: Any) -> None:
        """Go to another state, as if the controls had been moved there. Raises InputError for impossible values."""
        try:
            admitted = self._admitted(changes)
        except InputError:
            self._follow()  # the room that was made is not needed
            raise
        self._go(self.change, admitted)
        self._look_for_goals()

    @own_turn()
    def reset(self) -> None:
        """Go back to the state in which the explorer opened, and let nothing play."""
        for control in self.controls.values():
            if isinstance(control, widgets.Play):
                control.playing = False
        self._answer(lambda: self._go(lambda _changes: self._opened, {}))

    @own_turn()
    def close(self) -> None:
        """Take the explorer off the page and give back its memory; nothing can be done with it afterwards."""
        close_with_parts(self.widget)
        vars(self).clear()

    def __getattr__(self, name: str):
        """Say of a closed explorer that it is closed; of any other, what Python says."""
        if not vars(self):
            raise AttributeError(f"this {type(self).__name__} is closed; run its cell again to open it anew")
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def _go(self, follow: Callable[[dict[str, Any]], Any], changes: dict[str, Any]) -> None:
        """Take the state that follows from the changes and show it, or stay where it is."""
        before = self.state, self.result
        try:
            self.state = self.settle(follow(changes))
            self.result = self.compute(self.state)
            self._show()
        except Exception as error:
            self.state, self.result = before
            self._show()
            wrong_kind = isinstance(error, TypeError | ValueError | IndexError | OverflowError)
            if wrong_kind and not isinstance(error, InputError):
                given = ", ".join(f"{name}={value!r:.60}" for name, value in changes.items())
                raise InputError(f"{type(self).__name__} cannot go to {given}: {error}") from error
            raise

    def _show(self) -> None:
        self.figure.view.show(self.result)
        caption = self.describe()
        self.figure.refresh(caption)
        self._follow()
        if not self.figure.ratio:  # no canvas has reported: a front end without anywidget shows these two instead
            self._standin.value = self.figure.jpeg()
            self._standin_caption.value = f'<div class="lessons-fallback-caption">{escape(caption)}</div>'

    def _look_for_goals(self) -> None:
        """Tick and keep the challenges that the present state reaches."""
        new = [c for c in self.challenges if c.name not in self._reached and c.reached(self.state, self.result)]
        if new:
            self._reached |= dict.fromkeys((c.name for c in new), "Reached.")
            trouble = [progress.record("challenges", c.name, reached=True) for c in new]
            self._show_goals(" ".join(filter(None, trouble)))

    def _show_goals(self, trouble: str = "") -> None:
        lines = [
            f"<b>☑ {c.goal}</b> {self._reached[c.name]}" if c.name in self._reached else f"☐ {c.goal}"
            for c in self.challenges
        ]
        self._goals.value = (
            '<div class="lessons-goals">' + "<br>".join([*lines, escape(trouble)]) + "</div>" if lines else ""
        )

    def _admitted(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Return the changes as plain numbers; InputError for what the state does not have or a control cannot take."""
        names = [field.name for field in fields(self.State)]
        for name, value in changes.items():
            if name not in names:
                raise InputError(f"{type(self).__name__} has no {name!r}; it has {', '.join(names)}")
            control = self.controls.get(name)
            if isinstance(control, widgets.Dropdown | widgets.SelectionSlider) and value not in control.options:
                raise InputError(f"{name} must be one of {', '.join(map(repr, control.options))}, not {value!r}")
        self.make_room(changes)
        with_range = {name for name in changes if hasattr(self.controls.get(name), "min")}
        plain = {name: admitted_value(name, changes[name], self.controls[name]) for name in with_range}
        return {**changes, **plain}

    def _connect(self) -> None:
        for name, control in self.controls.items():
            if isinstance(control, widgets.Button):
                press = self._listener(f"press_{name}")
                control.on_click(lambda _button, press=press: self._respond(press))
            elif isinstance(control, FileField):
                receive = self._listener(f"receive_{name}")
                control.on_file(lambda *file, receive=receive: self._respond(lambda: receive(*file)))
            elif name in vars(self.state):
                control.observe(lambda change, name=name: self._moved(name, change["new"]), "value")
            elif not isinstance(control, widgets.Play):
                has = ", ".join(vars(self.state))
                raise TypeError(
                    f"nothing listens to the control {name!r} of {type(self).__name__}: "
                    f"it has to be named like a field of {self.State.__name__}, which has {has}"
                )

    def _listener(self, method: str) -> Callable[..., dict[str, Any]]:
        if not hasattr(self, method):
            raise TypeError(f"{type(self).__name__} needs a method {method}, which returns the changes of its state")
        return getattr(self, method)

    @own_turn()
    def _moved(self, name: str, value: Any) -> None:
        if not self._following and not shows(self.controls[name], getattr(self.state, name), value):
            self._respond(lambda: self._fitting({name: value}))

    @own_turn()
    def _dragged(self, gesture: Gesture) -> None:
        if not gesture.began and self.state is not self._left_by_drag:
            gesture = replace(gesture, start=gesture.before, began=True)  # a control has moved: drag on from here
        if gesture.began:
            self._at_start = {"state": self.state, "result": self.result}
        self._respond(lambda: self._fitting(self.drag(Drag(**vars(gesture), **self._at_start))))
        self._left_by_drag = self.state

    def _fitting(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Return the changes, each as near as its slider can show."""
        return {name: nearest(self.controls.get(name), value) for name, value in _read(changes).items()}

    def _respond(self, changes: Callable[[], Any]) -> None:
        """Do what a control or the pointer asks, and say so in the explorer if that fails."""
        self._answer(lambda: self.move(**_read(changes())))

    @own_turn()
    def _answer(self, act: Callable[[], None]) -> None:
        try:
            act()
            self.error = ""
        except Exception as error:
            self.error = f"{type(error).__name__}: {error}"
        self._message.value = self.error and (
            '<p style="border-left: 4px solid #d32f2f; padding-left: 12px"><b>This explorer could not follow.</b> '
            f"{escape(self.error)}. It still shows the state before; run its cell again to begin anew.</p>"
        )

    def _follow(self) -> None:
        """Set every control to the state, without it answering."""
        self._following = True
        try:
            self.tend()
            for name, value in asdict(self.state).items():
                control = self.controls.get(name)
                if control is not None and not shows(control, value, control.value):
                    control.value = as_slid(control, value)
        finally:
            self._following = False

    def _arrange(self) -> widgets.VBox:
        controls = widgets.Box((*self.controls.values(), self.reset_button)).add_class("lessons-controls")
        children = (Page(), controls, self._standin, self._standin_caption, self.figure, self._goals, self._message)
        return widgets.VBox(children).add_class("lessons-explorer")

    @own_turn()
    def _repr_mimebundle_(self, **_options):
        """Return the widget and, for a page without a kernel, the same picture and sentence."""
        if not vars(self):
            return {"text/plain": "This explorer is closed. Run its cell again to open it anew."}, {}
        shown_here(self)
        data, metadata = self.figure.output(self.describe())
        return stored(self.widget, **data), metadata


def _read(changes: Any) -> dict[str, Any]:
    """Return what a drag, a button or a file has returned, if that can be changes of a state."""
    if not isinstance(changes, dict):
        raise TypeError(f"a drag, a button and a file have to return the changes of the state, not {changes!r}")
    return changes
