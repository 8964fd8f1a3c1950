"""Each mistake that whoever writes an explorer may make, planted in a small one: what is said of it."""

from dataclasses import dataclass

import pytest
import sweep

from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.view import View
from lessons_lib.explorer.controls import slider
from lessons_lib.explorer.core import Explorer


@dataclass(frozen=True)
class HeightState:
    height: float = 0.3


class HeightView(View):
    """A bar, and a number beside it."""

    def build(self, figure, r):
        self.ax = figure.subplots()
        self.ax.set(xlim=(-1, 1), ylim=(0, 1))
        self.ax.set_title("a bar")
        self.draggable = (self.ax,)
        self.bar = self.moves(Bars(self.ax, 0.5, color="k"))
        self.text = self.moves(self.ax.text(0, 0.5, ""))

    def update(self, r):
        self.bar.put([r.height])
        self.text.set_text(f"{r.height:.2f}")


class HeightExplorer(Explorer):
    State, View = HeightState, HeightView
    size = (400, 200)

    def make_controls(self):
        return {"height": slider("height", 0.0, 1.0, 0.01, 2)}

    @staticmethod
    def compute(state):
        return state

    def drag(self, drag):
        return {"height": drag.now[1]}

    def describe(self):
        return f"A bar as high as {self.state.height:.2f}."


class Unregistered(HeightView):
    def build(self, figure, r):
        super().build(figure, r)
        self.line = self.ax.axhline(0)

    def update(self, r):
        super().update(r)
        self.line.set_ydata([r.height, r.height])


class NewLimit(HeightView):
    def update(self, r):
        super().update(r)
        self.ax.set_ylim(0, 1 + r.height)


class NewTitle(HeightView):
    def update(self, r):
        super().update(r)
        self.ax.set_title(f"a bar, {r.height:.2f}", loc="left")


class NewArtist(HeightView):
    def update(self, r):
        super().update(r)
        self.ax.plot([0], [r.height])


class LostText(HeightView):
    def update(self, r):
        super().update(r)
        self.text.set(x=r.height, text="so much, and this goes on for very long beside it")


class LostMarker(HeightView):
    def build(self, figure, r):
        super().build(figure, r)
        self.dot = self.moves(self.ax.plot([], [], marker="o", clip_on=False))

    def update(self, r):
        super().update(r)
        self.dot.set_data([0], [4 * r.height - 0.5])


@pytest.mark.parametrize(
    ("view", "told"),
    [
        (Unregistered, "Unregistered.update changes a Line2D in the axes “a bar”. What moves is registered where it"),
        (NewLimit, "NewLimit.update changes the limits, ticks or label of the y axis of the axes “a bar”."),
        (NewTitle, "NewTitle.update changes the title of the axes"),
        (NewArtist, "NewArtist.update makes a Line2D in the axes “a bar”: make it once, in build, and register it"),
        (
            LostText,
            "the text “so much, and this goes on for very long beside it” of the axes “a bar” leaves the",
        ),
        (LostMarker, "a marker of a Line2D in the axes “a bar” leaves the figure: it reaches from"),
    ],
)
def test_a_view_s_mistake_is_told_in_words(view, told):
    explorer = type("PlantedExplorer", (HeightExplorer,), {"View": view})()
    with pytest.raises(AssertionError) as caught:
        sweep.every_control(explorer)
    assert told in str(caught.value)


class NotPutBack(HeightView):
    def update(self, r):
        if r.height > 0.5:
            self.bar.put([r.height])
        self.text.set_text(f"{r.height:.2f}")


def test_what_is_not_put_back_is_told_by_its_name():
    explorer = type("PlantedExplorer", (HeightExplorer,), {"View": NotPutBack})()
    sweep.set_control(explorer, "height", 0.9)
    sweep.set_control(explorer, "height", 0.2)
    with pytest.raises(AssertionError, match="shows another picture than opened in it: a Bars in the axes"):
        sweep.assert_same_picture(explorer, sweep.fresh(explorer))


def test_a_drag_that_returns_nothing_is_told_in_words():
    explorer = type("PlantedExplorer", (HeightExplorer,), {"drag": lambda self, drag: None})()
    left, bottom, right, top = explorer.figure.draggable[0]
    with pytest.raises(AssertionError, match="have to return the changes of the state, not None"):
        sweep.drag(explorer, (left + right) / 2, (bottom + top) / 2, right, top)


def test_a_dead_control_is_told_in_words():
    class DeadExplorer(HeightExplorer):
        def make_controls(self):
            return {"hight": slider("height", 0.0, 1.0, 0.01, 2)}

    with pytest.raises(TypeError, match=r"nothing listens to the control 'hight' of DeadExplorer: .* has height"):
        DeadExplorer()


def test_a_drag_comes_to_what_its_slider_can_show():
    explorer = HeightExplorer()
    left, bottom, right, top = explorer.figure.draggable[0]
    for y in (0.1234, 0.777, 0.98765):
        sweep.drag(
            explorer, (left + right) / 2, bottom + y * (top - bottom), (left + right) / 2, bottom + y * (top - bottom)
        )
        assert explorer.state.height == round(explorer.state.height, 2) == explorer.controls["height"].value
        assert explorer.state.height == pytest.approx(y, abs=0.06)


def test_without_a_mistake_nothing_is_said():
    explorer = HeightExplorer()
    sweep.every_control(explorer)
    sweep.random_moves(explorer, seed=0)
