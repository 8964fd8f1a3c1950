"""What an explorer or a guess needs of the page around it."""

from pathlib import Path

import anywidget

_HERE = Path(__file__).parent


class Page(anywidget.AnyWidget):
    """A part of an explorer's or a guess's box that shows nothing but, when its kernel is gone, a sentence.

    It also keeps the box in view when its cell has been run, and mends keys and names of the controls in it.
    """

    _esm = (_HERE / "page.js").read_text(encoding="utf-8")
    _css = (_HERE / "page.css").read_text(encoding="utf-8")
