"""Which cell shows what: a cell that is run again closes what it showed before, and so gives its memory back."""

from typing import Protocol

from IPython import get_ipython
from ipywidgets import Widget


class Shown(Protocol):
    """What a cell can show and close."""

    def close(self) -> None:
        """Give back what it holds."""


_shown: dict[str, tuple[str, list[Shown]]] = {}
"""By cell: the run in which it last showed something, and what that was."""


def shown_here(thing: Shown) -> None:
    """Note that the cell which runs now shows this, and close what the cell showed in the run before."""
    cell, run = _running()
    if not cell:
        return
    before, things = _shown.get(cell, (run, []))
    if before != run:
        elsewhere = [other for name, (_, others) in _shown.items() if name != cell for other in others]
        for old in things:
            if old is not thing and not any(old is other for other in elsewhere):
                old.close()
        things = []
    if not any(thing is other for other in things):
        things.append(thing)
    _shown[cell] = run, things


def close_with_parts(widget: Widget) -> None:
    """Close a widget and all widgets that are part of it: its children, layout and style."""
    for name in widget.keys:
        value = getattr(widget, name)
        for part in value if isinstance(value, tuple | list) else (value,):
            if isinstance(part, Widget):
                close_with_parts(part)
    widget.close()


def _running() -> tuple[str, str]:
    """Return the ids of the cell that runs and of this run; empty outside of Jupyter, which alone tells them."""
    message = getattr(get_ipython(), "get_parent", dict)() or {}
    return message.get("metadata", {}).get("cellId") or "", message.get("header", {}).get("msg_id", "")
