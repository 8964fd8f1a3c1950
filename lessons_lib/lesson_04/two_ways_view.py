"""One loss, added up in two orders: a piece for each example, and the same pieces sorted by their outcome."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.bars import Bars
from lessons_lib.drawing.outlines import as_marker
from lessons_lib.drawing.polygons import Polygons, box_corners
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import fixed

NAMES = "ABCD"
LONGEST = 3.0
"""So many nats are drawn to scale; a longer sum ends in an arrow."""
_ROWS = (1.3, 0.1)
_ROOM = 0.06
"""In a shorter piece no letter is written."""
_OPACITY = (0.75, 0.5, 0.28, 0.1)


@dataclass(frozen=True)
class TwoWaysResult:
    """What is shown, in nats: what each example (of_examples) and each outcome (of_outcomes) adds, and both sums.

    frequencies: of the outcomes in the sample. lowest: their entropy, which is the loss of the best q.
    """

    q: NDArray[np.float64]
    chosen: int
    outcomes: NDArray[np.int_]
    frequencies: NDArray[np.float64]
    of_examples: NDArray[np.float64]
    of_outcomes: NDArray[np.float64]
    by_examples: float
    by_outcomes: float
    lowest: float


class TwoWaysView(View):
    """Left, the sample's frequencies and q to drag; right, the loss in pieces, by example and by outcome."""

    def build(self, figure: Figure, r: TwoWaysResult) -> None:
        left, right = figure.subplots(1, 2, width_ratios=[1, 1.7])
        self.draggable = (left,)
        left.set(xlim=(-0.6, len(NAMES) - 0.4), ylim=(-0.1, 1.04), yticks=np.linspace(0, 1, 6))
        left.set_xticks(range(len(NAMES)), NAMES)
        left.spines["left"].set_bounds(0, 1)
        left.set_title("filled: p̂, how often each came\n◆ q, the model")
        self.frequencies = self.moves(Bars(left, 0.8, color=style.DATA, alpha=0.5))
        self.model = self.marks(left, "D", 8, style.MODEL)
        self.chosen = self.marks(left, "^", 7, style.INK)
        right.set(xlim=(0, LONGEST), ylim=(-0.1, 2.3), yticks=[], xlabel="nats")
        right.spines["left"].set_visible(False)
        right.set_title("the loss in pieces −log q, each divided by n")
        self.pieces = self.moves(
            [Polygons(right, facecolor=(style.MODEL, alpha), edgecolor=style.INK, linewidth=0.6) for alpha in _OPACITY]
        )
        letter = {"linestyle": "", "markersize": 9, "color": style.INK}
        self.names = self.moves([right.plot([], [], marker=as_marker(name), **letter)[0] for name in NAMES])
        self.sums = self.moves([right.text(0, row + 0.57, "", va="bottom") for row in _ROWS])
        self.beyond = self.marks(right, ">", 10, style.INK)

    def update(self, r: TwoWaysResult) -> None:
        at = np.arange(r.q.size)
        self.frequencies.put(r.frequencies)
        self.model.set_data(at, r.q)
        self.chosen.set_data([r.chosen], [-0.06])
        ends = np.minimum([*np.cumsum(r.of_examples), *np.cumsum(r.of_outcomes)], LONGEST)
        starts = np.append(0, ends[:-1])
        starts[r.outcomes.size] = 0
        rows = np.repeat(_ROWS, [r.outcomes.size, r.q.size])
        kinds = np.append(r.outcomes, at)
        for outcome, (polygons, name) in enumerate(zip(self.pieces, self.names, strict=True)):
            own = (kinds == outcome) & (ends > starts)
            polygons.put(box_corners(starts[own], ends[own], rows[own] + 0.5, rows[own]))
            own &= ends - starts > _ROOM
            name.set_data((starts + ends)[own] / 2, rows[own] + 0.25)
        self.sums[0].set_text(f"example by example: {fixed(r.by_examples, 9)}")
        self.sums[1].set_text(f"outcome by outcome: {fixed(r.by_outcomes, 9)}")
        longer = np.array(_ROWS)[[r.by_examples > LONGEST] * 2]
        self.beyond.set_data(np.full(longer.size, LONGEST), longer + 0.25)
