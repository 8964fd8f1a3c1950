"""Texts drawn as outlines: they look and measure as matplotlib's own do, but for the last bit of a pixel."""

import subprocess
import sys

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont

from lessons_lib.drawing.outlines import OutlineCanvas, outline
from lessons_lib.drawing.style import style

TEXTS = ["0.8123, 1.2345 nats", "KL(p‖q) = −log₂ ½", "two lines\nof text", "$x^2$ as a formula", "To AV, kerned", " "]


def drawn(canvas_class, text, dpi, **how):
    with style():
        figure = Figure(figsize=(3, 1), dpi=dpi)
        canvas = canvas_class(figure)
        artist = figure.text(0.5, 0.5, text, ha="center", va="center", **how)
        canvas.draw()
    return 255.0 - np.array(canvas.buffer_rgba())[..., 0], artist.get_window_extent()


@pytest.mark.parametrize("how", [{}, {"rotation": 90}, {"family": "DejaVu Sans Mono", "fontsize": 14}], ids=str)
@pytest.mark.parametrize("dpi", [100, 200])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_looks_and_measures_as_matplotlib_has_it(text, dpi, how):
    ours, our_box = drawn(OutlineCanvas, text, dpi, **how)
    theirs, their_box = drawn(FigureCanvasAgg, text, dpi, **how)
    assert np.abs(our_box.extents - their_box.extents).max() < 2.5 * dpi / 100
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.06), "as much ink"
    if theirs.any():
        middle = [np.average(np.indices(ink.shape), axis=(1, 2), weights=ink) for ink in (ours, theirs)]
        np.testing.assert_allclose(*middle, atol=1.6 * dpi / 100)


def test_colour_and_transparency_are_the_text_s_own():
    canvas = OutlineCanvas(Figure(figsize=(1, 1), dpi=100))
    canvas.figure.text(0, 0.1, "■", color=(1, 0, 0), alpha=0.5, fontsize=60)
    canvas.draw()
    assert np.array(canvas.buffer_rgba())[60, 30, :3].tolist() == pytest.approx([255, 127, 127], abs=1)


def test_a_new_resolution_gets_a_renderer_of_the_same_kind():
    canvas = OutlineCanvas(Figure(figsize=(1, 1), dpi=100))
    first = canvas.get_renderer()
    assert canvas.get_renderer() is first
    canvas.figure.set_dpi(200)
    assert type(canvas.get_renderer()) is type(first) is not type(FigureCanvasAgg(Figure()).get_renderer())


@pytest.mark.parametrize("text", ["日本語", "ไทย", "हिन्दी", "한국어", "a\x07b", "\ud800", "😀"], ids=ascii)
def test_letters_of_any_script_are_drawn_in_a_fresh_process(text):
    code = "from matplotlib.font_manager import findfont; from lessons_lib.drawing.outlines import line; "
    code += f"path, width = line({text!a}, findfont('DejaVu Sans')); assert width > 0.3 * {len(text)}, width; "
    code += "assert len(path.vertices) >= 8"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_letter_that_no_font_has_is_not_its_neighbour():
    file = findfont("DejaVu Sans")
    width = outline("i", file)[2]
    assert outline("\U000e0fff", file)[2] != width
