"""What every explorer is put through, whichever it is; used by the tests of the library and of the notebooks."""

import dataclasses
import random
import re

import ipywidgets as widgets
import numpy as np
import watch

from lessons_lib.explorer.upload import FileField

TEXTS = ["e", "ab é 😀 漢\n\t\0 <b>$x_1$ & y", "", "What is the next letter? ", "\ud800 x" * 900]
FILES = {
    "a.txt": b"Some text, and a little more of it.",
    "latin.txt": "Ein Café in Köln.".encode("latin-1"),
    "empty.txt": b"",
    "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}


def positions(control):
    """Return the values to which this control is moved: least, middle, greatest, or all it offers."""
    if isinstance(control, widgets.Text | widgets.Textarea):
        return TEXTS
    if isinstance(control, FileField):
        return list(FILES.items())
    if isinstance(control, widgets.Dropdown | widgets.ToggleButtons):
        return [value for _, value in control._options_full]
    if isinstance(control, widgets.SelectionSlider):
        values = [value for _, value in control._options_full]
        return [values[0], values[-1], values[len(values) // 2], values[0]]
    if isinstance(control, widgets.Checkbox | widgets.ToggleButton):
        return [True, False]
    middle = (control.min + control.max) / 2
    whole = isinstance(control.value, int)
    return [control.min, control.max, round(middle) if whole else middle, control.min]


class BrowserSlider:
    """A slider of ipywidgets as the browser keeps it.

    It takes a message's changes one after the other, clamps and rounds the value to the range and step that it has by
    then, and reports that.
    """

    def __init__(self, control):
        self.control, self.reports = control, []
        self.kept = {name: getattr(control, name) for name in ("min", "max", "step", "value")}
        self.scale = control.min, control.max, control.step
        control.send_state = self._take

    def _take(self, key):
        names = [key] if isinstance(key, str) else key
        names = sorted(names, key="value".__ne__) if isinstance(names, set) else names  # a set comes in any order
        changed = [name for name in names if name in self.kept and self.kept[name] != getattr(self.control, name)]
        self.kept |= {name: getattr(self.control, name) for name in changed}
        for name in changed:
            if name != "value":
                self.scale = tuple(self.kept.values())[:3]
            low, high, step = self.scale
            shown = min(low + round((min(max(self.kept["value"], low), high) - low) / step) * step, high)
            if shown != self.kept["value"]:
                self.kept["value"] = shown
                self.reports.append(shown)

    def close(self):
        """Let the kernel's messages go their way again."""
        del self.control.send_state

    def report(self):
        """Let the kernel have what was reported meanwhile, and what follows from that."""
        while self.reports:
            self.control.value = self.reports.pop(0)


def healthy(explorer, after):
    """Assert that the explorer has followed: no error, no NaN, a sentence, and a state that its controls show."""
    assert explorer.error == "", f"after {after}: {explorer.error}"
    for field in dataclasses.fields(explorer.result):
        value = getattr(explorer.result, field.name)
        if isinstance(value, float | np.ndarray):
            assert not np.isnan(value).any(), f"after {after}: {field.name} is NaN"
    sentence = explorer.describe()
    assert len(sentence) > 20
    assert not re.search(r"\b(nan|None|inf)\b", sentence), sentence
    assert explorer.figure.caption == sentence
    try:
        watch.within(explorer)
    except AssertionError as error:
        raise AssertionError(f"after {after}, in {explorer.state}: {error}") from None
    for name, control in explorer.controls.items():
        if hasattr(explorer.state, name):
            shown, held = control.value, getattr(explorer.state, name)
            assert shown == held or abs(shown - held) <= control.step, f"after {after}: {name} shows {shown}, is {held}"


def set_control(explorer, name, value=None):
    """Move one control as the browser would."""
    control = explorer.controls[name]
    if isinstance(control, widgets.Button):
        control.click()
    elif isinstance(control, FileField):
        control.receive(*value)
    else:
        control.value = value
    healthy(explorer, f"{name} = {value}")


def every_control(explorer):
    """Move every control over its range, one after the other."""
    watch.watch(explorer)
    for name, control in explorer.controls.items():
        if isinstance(control, widgets.Button):
            for _ in range(3):
                set_control(explorer, name)
        else:
            for value in positions(control):
                set_control(explorer, name, value)
        watch.within_at_twice_the_resolution(explorer)


def every_control_shows(explorer):
    """Assert that each control (no button, no file), moved by itself from the opening, changes picture and sentence."""
    for name, control in explorer.controls.items():
        explorer.reset()
        if isinstance(control, widgets.Button | FileField) or control.disabled:
            continue
        sentence, pixels = explorer.describe(), explorer.figure.pixels()
        left = {"picture", "sentence"}
        for value in positions(control):
            set_control(explorer, name, value)
            left -= {"sentence"} if explorer.describe() != sentence else set()
            left -= {"picture"} if (explorer.figure.pixels() != pixels).any() else set()
            if not left:
                break
        assert not left, f"moving {name} leaves {' and '.join(sorted(left))} of {type(explorer).__name__} as they were"


def random_moves(explorer, seed, moves=60):
    """Move random controls to random positions, often to an end; drag in random places, also while a control moves."""
    watch.watch(explorer)
    choose = random.Random(seed)
    for move in range(moves):
        kind = choose.choices(["control", "drag", "both at once", "reset"], [14, 4, 2, 1])[0]
        if kind == "reset":
            explorer.reset()
            healthy(explorer, kind)
        elif kind == "control":
            a_random_control(explorer, choose)
        else:
            meanwhile = (lambda: a_random_control(explorer, choose)) if kind == "both at once" else None
            drag(explorer, *(choose.uniform(-0.1, 1.1) for _ in range(4)), seed * 1000 + move, meanwhile=meanwhile)


def a_random_control(explorer, choose):
    """Move a random control to a random position, or click it."""
    name, control = choose.choice(list(explorer.controls.items()))
    if isinstance(control, widgets.Button):
        set_control(explorer, name)
    elif hasattr(control, "min"):
        value = choose.choice([control.min, control.max, *(choose.uniform(control.min, control.max) for _ in range(4))])
        set_control(explorer, name, round(value) if isinstance(control.value, int) else value)
    else:
        set_control(explorer, name, choose.choice(positions(control)))


def drag(explorer, x0, y0, x1, y1, gesture=1, steps=4, meanwhile=None):
    """Drag in the figure, in fractions of its width and height from the lower left, as the browser reports it.

    meanwhile: what happens halfway.
    """
    for step in range(steps + 1):
        if meanwhile and step == steps // 2:
            meanwhile()
        x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
        explorer.figure.pointer = [gesture, x0, y0, x, y, float(step == steps)]
        healthy(explorer, f"drag to {x:.2f}, {y:.2f}")


def go_to(explorer, state):
    """Go to just this state, whatever the present one is."""
    explorer._go(lambda changes: state, {})


def drag_in(explorer, axes, start, end, gesture=1):
    """Drag from one place to another, in the data coordinates of these axes."""
    to_figure = axes.transData + explorer.figure.fig.transFigure.inverted()
    drag(explorer, *to_figure.transform(start), *to_figure.transform(end), gesture=gesture)


def fresh(explorer):
    """Return a new explorer opened in the state that this one has reached."""
    return type(explorer)(**{f.name: getattr(explorer.state, f.name) for f in dataclasses.fields(explorer.state)})


def assert_same_picture(moved, opened):
    """Assert that an explorer which was moved to its state shows, to the pixel, what one opened in that state shows."""
    assert opened.describe() == moved.describe()
    pictures = moved.figure.pixels(), opened.figure.pixels()
    if (pictures[0] != pictures[1]).any():
        pairs = zip(moved.figure.view.moving, opened.figure.view.moving, strict=True)
        differ = {watch.called(one) for one, other in pairs if not watch.alike(one, other)} or {"what stays"}
        raise AssertionError(
            f"moved to this state, {type(moved).__name__} shows another picture than opened in it: "
            f"{', '.join(sorted(differ))} is not where it belongs. {moved.state}"
        )
