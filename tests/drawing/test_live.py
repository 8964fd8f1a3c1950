"""The live figure, apart from any explorer."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image

from lessons_lib.drawing import runs
from lessons_lib.drawing.live import LiveFigure
from lessons_lib.drawing.view import View


class Dot(View):
    def build(self, figure, r):
        ax = figure.subplots()
        ax.set(xlim=(0, 10), ylim=(0, 1))
        self.draggable = (ax,)
        self.dot = self.moves(ax.plot([], [], marker="o"))

    def update(self, r):
        self.dot.set_data([r], [0.5])


@pytest.fixture
def figure():
    return LiveFigure(lambda figure: Dot(figure, 5), (400, 200))


def decoded(frame):
    """Undo `runs.encode`, as live.js does."""
    width, height, *rest = np.frombuffer(frame, "<u4")
    lengths, values = np.reshape(rest, (-1, 2)).T
    return np.bitwise_xor.accumulate(np.repeat(values, lengths).reshape(height, width))


def shown(figure):
    return (
        (decoded(figure.frame) ^ decoded(figure.background)).astype("<u4").view(np.uint8).reshape(figure.pixels().shape)
    )


def test_the_frame_is_the_figure_to_the_last_bit(figure):
    assert shown(figure).shape == (200, 400, 4)
    np.testing.assert_array_equal(shown(figure), figure.pixels())
    figure.view.dot.set_xdata([9])
    figure.refresh("moved")
    np.testing.assert_array_equal(shown(figure), figure.pixels())


def test_the_background_is_sent_once(figure):
    background = figure.background
    figure.view.dot.set_xdata([9])
    figure.refresh("moved")
    assert figure.background is background
    assert len(figure.frame) < len(figure.background) / 5


@given(arrays(np.uint32, array_shapes(min_dims=2, max_dims=2), elements=st.sampled_from([0, 1, 2**32 - 1])))
def test_runs_are_undone_exactly(pixels):
    np.testing.assert_array_equal(decoded(runs.encode(pixels)), pixels)


def test_a_front_end_without_the_canvas_gets_a_jpeg(figure):
    picture = np.asarray(Image.open(io.BytesIO(figure.jpeg()))).astype(int)
    assert np.abs(picture - figure.pixels()[..., :3]).mean() < 1


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_sharp_at_the_screen_s_pixel_ratio(figure, ratio):
    figure.ratio = ratio
    assert decoded(figure.frame).shape == (200 * ratio, 400 * ratio)
    np.testing.assert_array_equal(shown(figure), figure.pixels())


@pytest.mark.parametrize("ratio", [-1.0, 0.1, 100.0])
def test_an_absurd_pixel_ratio_is_bounded(figure, ratio):
    figure.ratio = ratio
    assert 200 <= decoded(figure.frame).shape[0] <= 800


def test_moving_leaves_no_trace(figure):
    before = figure.pixels()
    figure.view.dot.set_xdata([9])
    moved = figure.pixels()
    assert (moved != before).any()
    figure.view.dot.set_xdata([5])
    np.testing.assert_array_equal(figure.pixels(), before)


def test_a_changed_background_is_drawn_anew(figure):
    before = figure.pixels()
    figure.view.draggable[0].set_xlim(0, 20)
    assert (figure.pixels() != before).any()


def opened(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def test_the_png_is_for_twice_the_resolution_and_leaves_the_screen_alone(figure):
    before = figure.pixels()
    png, width, height = figure.png()
    assert opened(png).shape == (2 * height, 2 * width, 3)
    assert width == 400
    figure.refresh("a sentence " * 20)
    taller, _, more = figure.png()
    assert more > height > 200
    assert (opened(taller)[400:] < 128).any(), "the sentence is written below the figure"
    np.testing.assert_array_equal(figure.pixels(), before)


def test_picture_and_sentence_go_together(figure):
    sent = []
    figure.send_state = lambda key=None: sent.append(set(key))
    figure.view.dot.set_xdata([1])
    figure.refresh("the dot is at 1")
    assert sent == [{"frame", "caption"}]
    assert figure.caption == "the dot is at 1"


def test_the_pointer_arrives_in_data_coordinates(figure):
    drags = []
    figure.on_drag(drags.append)
    ax = figure.view.draggable[0]
    to_figure = ax.transData + figure.fig.transFigure.inverted()
    start, end = to_figure.transform((2, 0.5)), to_figure.transform((7, 0.25))
    figure.ratio = 2.0
    figure.pointer = [1, *start, *start, 0]
    figure.pointer = [1, *start, *end, 1]
    figure.pointer = [2, *end, *end, 1]
    assert [drag.began for drag in drags] == [True, False, True]
    assert drags[1].start == pytest.approx((2, 0.5))
    assert drags[1].now == pytest.approx((7, 0.25))


@pytest.mark.parametrize("pointer", [[], [1, 2], [1, 0.0, 0.0, 0.5, 0.5, 0], [1, 5.0, 5.0, 5.0, 5.0, 1]])
def test_pointers_elsewhere_are_nobody_s(figure, pointer):
    drags = []
    figure.on_drag(drags.append)
    figure.pointer = pointer
    assert drags == []
