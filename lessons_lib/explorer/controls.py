"""The controls of explorers: making them, and what they can take and show."""

import math
import numbers
from typing import Any

import ipywidgets as widgets

from lessons_lib.maths.errors import InputError


class Unechoed:
    """ipywidgets tells the browser each value that it has just been told by it, one message in five of a drag.

    These controls do not; so a second browser in the same kernel sees the picture move, but not the slider.
    """

    def trait_metadata(self, traitname: str, key: str, default: Any = None) -> Any:
        """Say of a trait what ipywidgets says, but that it is not sent back."""
        return False if key == "echo_update" else super().trait_metadata(traitname, key, default)


class _FloatSlider(Unechoed, widgets.FloatSlider):
    pass


class _IntSlider(Unechoed, widgets.IntSlider):
    pass


class _SelectionSlider(Unechoed, widgets.SelectionSlider):
    pass


def admitted(name: str, value: Any, control: widgets.Widget) -> float | int:
    """Return a value of any numeric type as the plain number that this control can take, or raise InputError."""
    if not isinstance(value, numbers.Real) or isinstance(value, bool):
        raise InputError(f"{name} must be a number, not {value!r}")
    if not control.min <= value <= control.max:
        raise InputError(f"{name} must lie between {control.min:g} and {control.max:g}, not {value}")
    if not isinstance(control, widgets.IntSlider | widgets.BoundedIntText):
        return float(value) + 0.0
    if value != int(value):
        raise InputError(f"{name} must be a whole number, not {value}")
    return int(value)


def shows(control: widgets.Widget, state_value: Any, shown: Any) -> bool:
    """Return whether a control that shows `shown` is where the state is.

    A slider in the browser rounds what it is given to its step and reports that back: this is no move.
    """
    if isinstance(control, widgets.FloatSlider):
        return abs(shown - state_value) <= 0.501 * control.step
    return shown == state_value


def nearest(control: widgets.Widget | None, value: Any) -> Any:
    """Return the value nearest to this one that a slider for numbers can take; for other controls the value itself."""
    if isinstance(control, widgets.IntSlider):
        return whole(value, control.min, control.max)
    if isinstance(control, widgets.FloatSlider):
        step = round((min(max(value, control.min), control.max) - control.min) / control.step)
        return min(round(control.min + step * control.step, 10), control.max)
    return value


def as_slid(control: widgets.Widget, value: Any) -> Any:
    """Return the value nearest to this one as the browser's slider computes it, to the last bit; else the value itself.

    What differs in the last bit it reports back, later than the state has gone on. The arithmetic is noUiSlider's: in
    percent of the range.
    """
    if not isinstance(control, widgets.FloatSlider):
        return nearest(control, value)
    least, span = control.min, control.max - control.min
    step = control.step * 100 / span
    percent = math.floor((nearest(control, value) - least) * 100 / span / step + 0.5) * step
    return percent * span / 100 + least if percent < 100 else control.max


def refit(control: widgets.Widget, least: float, greatest: float, value: float, step: float | None = None) -> None:
    """Give a slider another range, value and step.

    The browser clamps and rounds a value to the range and step that it has by then, and reports that as a move. So all
    goes in one message, and the value comes last in it.
    """
    step = step or control.step
    if (control.min, control.max, control.step) == (least, greatest, step):
        return
    with control.hold_sync():
        with control.hold_trait_notifications():
            control.min, control.max, control.step, control.value = least, greatest, step, value
        control.send_state(["min", "max", "step", "value"])


def whole(value: float, least: int, greatest: int) -> int:
    """Return the whole number nearest to this one within these bounds: the bar under the pointer, the step, …"""
    return min(max(round(value), least), greatest)


def slider(
    label: str, least: float, greatest: float, step: float, digits: int, width: int = 340
) -> widgets.FloatSlider:
    """Return a slider for a real number, read with so many digits after the point, `width` pixels wide in all."""
    return _FloatSlider(
        value=least,
        min=least,
        max=greatest,
        step=step,
        readout_format=f".{digits}f",
        description=label,
        style={"description_width": "initial"},
        layout={"width": f"{width}px"},
    )


def whole_slider(label: str, least: int, greatest: int, width: int = 300) -> widgets.IntSlider:
    """Return a slider for a whole number, `width` pixels wide in all."""
    return _IntSlider(
        value=least,
        min=least,
        max=greatest,
        description=label,
        style={"description_width": "initial"},
        layout={"width": f"{width}px"},
    )


def whole_field(label: str, least: int, greatest: int) -> widgets.BoundedIntText:
    """Return a small field for a whole number."""
    return widgets.BoundedIntText(
        value=least,
        min=least,
        max=greatest,
        description=label,
        style={"description_width": "initial"},
        layout={"width": "130px"},
    )


def choice(label: str, options: tuple[Any, ...], width: int = 340) -> widgets.Dropdown:
    """Return a choice among several possibilities, `width` pixels wide in all."""
    return widgets.Dropdown(
        options=options,
        description=label,
        style={"description_width": "initial"},
        layout={"width": f"{width}px"},
    )


def text_field(label: str, placeholder: str = "", width: str = "420px") -> widgets.Text:
    """Return a field for a line of text."""
    return widgets.Text(
        description=label,
        placeholder=placeholder,
        style={"description_width": "initial"},
        layout={"width": width},
    )


def text_area(label: str, height: int) -> widgets.Textarea:
    """Return a field for a longer text, as wide as the page, `height` pixels high."""
    return widgets.Textarea(
        description=label,
        style={"description_width": "initial"},
        layout={"width": "100%", "height": f"{height}px"},
    )


def scale(label: str, options: tuple[int, ...], width: int = 400) -> widgets.SelectionSlider:
    """Return a slider over given numbers, which may lie as they like: close together, far apart."""
    return _SelectionSlider(
        options=options,
        description=label,
        style={"description_width": "initial"},
        layout={"width": f"{width}px"},
    ).add_class("lessons-scale")


def tick(label: str, width: str = "auto") -> widgets.Checkbox:
    """Return a box to tick."""
    return widgets.Checkbox(description=label, indent=False, layout={"width": width})


def button(label: str, tooltip: str) -> widgets.Button:
    """Return a button."""
    return widgets.Button(description=label, tooltip=tooltip, layout={"width": "auto"})


def stored(widget: widgets.Widget, **beside: Any) -> dict[str, Any]:
    """Return a widget's mime bundle with what stands beside it for a page without a kernel."""
    data = widget._repr_mimebundle_()
    return {**(data[0] if isinstance(data, tuple) else data), **beside}
