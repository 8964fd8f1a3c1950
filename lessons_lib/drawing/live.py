"""LiveFigure: a matplotlib figure that stays, and whose moving parts are redrawn and sent as they move.

The figure is laid out and drawn once; its background is kept. At each refresh the background is put back and
the moving artists are drawn over it; what they changed goes to a canvas in the browser (`live.js`), which has
the background already and sends the pointer back. Whatever else has changed (limits, ticks, a title) matplotlib
marks as stale, and then the whole figure is drawn anew.
"""

import base64
import io
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from PIL import Image

from lessons_lib.drawing import runs
from lessons_lib.drawing.outlines import OutlineCanvas
from lessons_lib.drawing.style import drawing_style, style
from lessons_lib.drawing.turn import own_turn
from lessons_lib.drawing.view import View

DPI = 100
"""Figure sizes are given in CSS pixels, of which matplotlib's inch holds a hundred."""
STATIC_RATIO = 2
"""Resolution of the picture that is stored in a notebook, in pixels for each CSS pixel."""
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Gesture:
    """A drag of the pointer so far: where it began, was seen last and is, in the data coordinates of its axes."""

    axes: Axes
    start: tuple[float, float]
    before: tuple[float, float]
    now: tuple[float, float]
    began: bool
    """True the first time this gesture is reported; then `before` is `start`."""


def _written(caption: str, width: int) -> np.ndarray:
    """Return a caption as pixels of the stored picture's width and resolution: shape (height, width, 4)."""
    lines = textwrap.wrap(caption, width // 8) or [""]
    height = 20 * len(lines) + 10
    with style():
        strip = Figure(figsize=(width / DPI, height / DPI), dpi=DPI * STATIC_RATIO)
        canvas = OutlineCanvas(strip)
        strip.text(10 / width, 1, "\n".join(lines), va="top", linespacing=1.4, parse_math=False)
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def _empty(artist: Artist) -> bool:
    """Return whether this is a line without points: matplotlib takes as long over one as over a line with a few."""
    return isinstance(artist, Line2D) and not len(artist.get_xdata(orig=True))


class LiveFigure(anywidget.AnyWidget):
    """A figure of `size` CSS pixels, built by `build(figure) -> View`."""

    _esm = (_HERE / "live.js").read_text(encoding="utf-8")  # a path would be watched, and keep every figure for ever
    _css = (_HERE / "live.css").read_text(encoding="utf-8")
    background = traitlets.Bytes().tag(sync=True)
    frame = traitlets.Bytes().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    size = traitlets.List(traitlets.Int()).tag(sync=True)
    draggable = traitlets.List().tag(sync=True)
    pointer = traitlets.List().tag(sync=True, echo_update=False)
    ratio = traitlets.Float(0.0).tag(sync=True, echo_update=False)
    calm = traitlets.Bool(False).tag(sync=True, echo_update=False)
    """True where the user has asked the system for less motion."""

    @own_turn()
    def __init__(self, build: Callable[[Figure], View], size: tuple[int, int]):
        with style():
            self.fig = Figure(figsize=(size[0] / DPI, size[1] / DPI), dpi=DPI, layout="constrained")
            OutlineCanvas(self.fig)
            self.fig.get_layout_engine().set(w_pad=0.1, h_pad=0.1)
            self.view = build(self.fig)
            for artist in self.view.moving:
                artist.set_animated(True)
        self._draw_background()
        self.fig.set_layout_engine("none")
        self._sent = self._gesture = self._last = None
        self._on_drag: Callable[[Gesture], None] = lambda gesture: None
        super().__init__(size=list(size), draggable=self._draggable())
        self._render()
        self.observe(self._new_ratio, "ratio")
        self.observe(self._new_pointer, "pointer")

    def on_drag(self, callback: Callable[[Gesture], None]) -> None:
        """Call `callback` with the gesture at each step of a drag that begins in a draggable axes."""
        self._on_drag = callback

    @own_turn()
    def refresh(self, caption: str) -> None:
        """Draw the view as it now is and send it, in one message with the sentence that says what it shows."""
        with self.hold_sync():
            self.caption = caption
            self._render()

    @own_turn()
    def pixels(self) -> np.ndarray:
        """Return the figure as it now is: shape (height, width, 4), RGBA, uint8."""
        self._draw()
        return np.array(self.fig.canvas.buffer_rgba())

    @own_turn()
    def jpeg(self) -> bytes:
        """Return the figure as it now is, for a front end without the canvas."""
        data = io.BytesIO()
        Image.fromarray(self.pixels()[..., :3]).save(data, "jpeg", quality=95, subsampling=0)
        return data.getvalue()

    @own_turn()
    def output(self, sentence: str) -> tuple[dict[str, str], dict[str, Any]]:
        """Return the picture as a cell's output and its metadata, with a sentence beside it."""
        png, width, height = self.png()
        data = {"image/png": base64.b64encode(png).decode(), "text/plain": sentence}
        return data, {"image/png": {"width": width, "height": height, "alt": sentence}}

    @own_turn()
    def png(self) -> tuple[bytes, int, int]:
        """Return figure and caption as they now are, as a PNG for a page without a kernel, and its CSS size.

        It has 256 colours, which one cannot tell from all of them, and is half as large.
        """
        shown = self.fig.dpi
        self._set_dpi(DPI * STATIC_RATIO)
        try:
            picture = np.vstack([self.pixels(), _written(self.caption, self.size[0])])[..., :3]
        finally:
            self._set_dpi(shown)
        data = io.BytesIO()
        image = Image.fromarray(np.ascontiguousarray(picture))
        image.quantize(256, dither=Image.Dither.NONE).save(data, "png", optimize=True)
        height, width, _ = picture.shape
        return data.getvalue(), width // STATIC_RATIO, height // STATIC_RATIO

    def _draw(self) -> None:
        """Draw the view as it now is; the background only if something beside the moving artists has changed."""
        if self.fig.stale:
            self._draw_background()
        np.copyto(self._buffer(), self._background)
        with drawing_style():
            for artist in self.view.moving:
                if not _empty(artist):
                    (artist.axes or self.fig).draw_artist(artist)

    def _draw_background(self) -> None:
        with style():
            self.fig.canvas.draw()
        self._background = self._buffer().copy()

    def _buffer(self) -> runs.Pixels:
        """Return the canvas's own pixels, shape (height, width), four bytes each."""
        return np.asarray(self.fig.canvas.buffer_rgba()).view(np.uint32)[..., 0]

    def _render(self) -> None:
        self._draw()
        with self.hold_sync():
            if self._sent is not self._background:
                self._sent = self._background
                self.background = runs.encode(self._background)
            self.frame = runs.encode(self._buffer() ^ self._background)

    def _set_dpi(self, dpi: float) -> None:
        if dpi != self.fig.dpi:
            self.fig.set_dpi(dpi)

    def _draggable(self) -> list[list[float]]:
        """Boxes (left, bottom, right, top) of the draggable axes, as fractions of the figure, a little padded."""
        boxes = [axes.bbox.padded(8).transformed(self.fig.transFigure.inverted()) for axes in self.view.draggable]
        return [[float(edge) for edge in box.extents] for box in boxes]

    @own_turn()
    def _new_ratio(self, change) -> None:
        self._set_dpi(DPI * min(max(change.new, 1.0), 4.0))
        self._render()

    @own_turn()
    def _new_pointer(self, change) -> None:
        if len(change.new) != 6:
            return
        gesture, x0, y0, x1, y1, _done = change.new
        start, now = (self.fig.transFigure.transform(point) for point in ((x0, y0), (x1, y1)))
        pad = 8 * self.fig.dpi / DPI
        for axes in self.view.draggable:
            if axes.bbox.padded(pad).contains(*start):
                to_data = axes.transData.inverted().transform
                start, now = tuple(to_data(start)), tuple(to_data(now))
                began, self._gesture = gesture != self._gesture, gesture
                before, self._last = start if began else self._last, now
                self._on_drag(Gesture(axes, start, before, now, began))
                return
