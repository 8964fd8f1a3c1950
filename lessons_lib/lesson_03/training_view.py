"""The figure of a descent: the falling loss, ten pictures of weights, and the digits that surprise the model most."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.picture import Dots, Picture
from lessons_lib.drawing.squares import Squares, places
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number, percent
from lessons_lib.maths.digits import CLASSES, STEPS

KNOWING_NOTHING = float(np.log2(CLASSES))
SHOWN = 6
"""So many of the digits that the model is most wrong about are shown."""
_BITS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
_PITCH = 9.0
"""From one picture of 8 pixels to the next, in pixels."""
_ROW = 10.4
"""From one row of pictures to the next: with room for a line of text."""


@dataclass(frozen=True)
class TrainingResult:
    """What the training explorer shows. Losses in bits after each step so far; weights digit by digit, row by row."""

    step: int
    training_bits: NDArray[np.float64]
    held_out_bits: NDArray[np.float64]
    right: int
    held_out: int
    weights: NDArray[np.float64]
    largest: float
    wrong_images: NDArray[np.float64]
    wrong_labels: NDArray[np.int_]
    wrong_said: NDArray[np.int_]
    wrong_bits: NDArray[np.float64]

    @property
    def accuracy(self) -> float:
        """Share of the held-out digits that are recognised."""
        return self.right / self.held_out


class TrainingView(View):
    """Left, the loss against the step; right, the weights of each digit above the most wrong examples."""

    def build(self, figure: Figure, r: TrainingResult) -> None:
        grid = figure.add_gridspec(2, 2, width_ratios=[1, 1.28], height_ratios=[2.35, 1])
        self.loss_axes = figure.add_subplot(grid[:, 0])
        self.draggable = (self.loss_axes,)
        self._build_loss()
        self._build_weights(figure.add_subplot(grid[0, 1]))
        self._build_wrong(figure.add_subplot(grid[1, 1]), r)

    def _build_loss(self) -> None:
        ax = self.loss_axes
        ax.set(xlim=(0, STEPS), ylim=(0.045, 25), yscale="log")
        ax.set_yticks(_BITS, [f"{bits:g}" for bits in _BITS])
        ax.minorticks_off()
        ax.set_xlabel("step")
        ax.set_ylabel("mean surprisal of the right digit (bits)")
        ax.set_title("loss, in bits a digit\n—  training   - -  held out:")
        ax.axhline(KNOWING_NOTHING, color=style.MUTED, linewidth=0.8)
        ax.text(STEPS, KNOWING_NOTHING * 1.06, "all ten equally likely", ha="right", color=style.MUTED)
        self.training = self.moves(ax.plot([], [], color=style.MODEL))
        self.held_out = self.moves(ax.plot([], [], color=style.INK, linewidth=1.6, linestyle=(0, (4, 3))))
        self.training_dot = self.marks(ax, "o", 10, style.MODEL)
        self.held_out_dot = self.marks(ax, "o", 5, style.INK)
        self.loss_text = self.moves(style.beside_title(ax, 1, "right"))
        corner = {"transform": ax.transAxes, "ha": "right", "va": "top", "in_layout": False}
        ax.text(0.82, 0.985, "held-out digits recognised:", **corner)
        self.accuracy_text = self.moves(ax.text(0.99, 0.985, "", color=style.MODEL, **corner))

    def _build_weights(self, ax: Axes) -> None:
        _bare(ax, 5 * _PITCH - 1, 2 * _ROW - 0.6, above=1.9)
        ax.set_title("the weights:  ■ filled: positive   □ outlined: negative")
        for digit in range(10):
            x, y = digit % 5 * _PITCH, digit // 5 * _ROW
            ax.plot([x, x + 8, x + 8, x, x], [y, y, y + 8, y + 8, y], color=style.FAINT, linewidth=0.8)
            ax.text(x + 0.1, y - 0.25, str(digit), va="bottom")
        self.weights = Squares(ax, places(10, 5, 8, _PITCH, _ROW))
        self.moves(self.weights.moving)
        self.largest_text = self.moves(ax.text(5 * _PITCH - 1, 2 * _ROW - 2.2, "", ha="right", va="top"))

    def _build_wrong(self, ax: Axes, r: TrainingResult) -> None:
        _bare(ax, SHOWN * _PITCH - 1, 10.2)
        ax.set_title("held-out digits it is most wrong about:  true → said: bits")
        self.wrong = self.moves(ax.add_artist(Picture(_strip(r.wrong_images))))
        below = {"y": 8.4, "s": "", "ha": "center", "va": "top", "fontsize": 9}
        self.wrong_texts = self.moves([ax.text(place * _PITCH + 4, **below) for place in range(SHOWN)])

    def update(self, r: TrainingResult) -> None:
        steps = np.arange(r.step + 1)
        self.training.set_data(steps, r.training_bits)
        self.held_out.set_data(steps, r.held_out_bits)
        self.training_dot.set_data([r.step], r.training_bits[-1:])
        self.held_out_dot.set_data([r.step], r.held_out_bits[-1:])
        self.loss_text.set_text(f"{number(r.training_bits[-1])}, {number(r.held_out_bits[-1])}")
        self.accuracy_text.set_text(percent(r.accuracy))
        self.weights.set_values(r.weights, r.largest)
        self.largest_text.set_text(f"largest {number(r.largest)}")
        self.wrong.set_pixels(_strip(r.wrong_images))
        for text, true, said, bits in zip(self.wrong_texts, r.wrong_labels, r.wrong_said, r.wrong_bits, strict=True):
            text.set_text(f"{true} → {said}: {bits:.1f}")


def _strip(images: NDArray[np.float64]) -> Dots:
    """Return several images of 8 x 8 intensities as one strip of grey pixels, white between them."""
    shade = np.pad(0.05 + 0.82 * images.reshape(-1, 8, 8), ((0, 0), (0, 0), (0, 1)))
    return np.round(255 * (1 - np.hstack(list(shade))[:, :-1])).astype(np.uint8)


def _bare(ax: Axes, width: float, height: float, above: float = 0.3) -> None:
    """Make axes for pictures: no ticks, no spines, equal units, y downwards."""
    ax.set(xlim=(-0.1, width + 0.1), ylim=(height, -above), xticks=[], yticks=[], aspect="equal", anchor="NW")
    ax.spines[:].set_visible(False)
