"""Shannon's game: the passage with the number of guesses under each letter, and what they come to."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.lettering import ADVANCE, Lettering, Line, place, sheet, width
from lessons_lib.drawing.view import View
from lessons_lib.lesson_06.page import visible
from lessons_lib.text.guessing import ALPHABET

COLUMNS, CONTEXT_ROWS, LETTER_ROWS = 34, 2, 3
_CELL = 17.0
_CONTEXT, _ROW, _LETTERS = 25.0, 58.0, 66.0
"""Pixels from line to line of the context, and of the letters; where the latter begin."""
_EM, _SMALL = 18.0, 11.0
_KEYS, _KEY = 282.0, 21.5
"""Pixels above the letters to guess with, and from one of these to the next."""
_MOST = 6.0
"""Bits a letter at the right edge: bounds are at most log₂ 27, but a model's own mean may be more, and stays there."""


@dataclass(frozen=True)
class Score:
    """How the letters so far were guessed: guesses of each, and Shannon's bounds in bits a letter, if there is one."""

    ranks: tuple[int, ...]
    counts: NDArray[np.int_]
    bounds: tuple[float, float] | None


@dataclass(frozen=True)
class GuessResult:
    """What the guessing game shows.

    tried: wrong guesses for the present letter; likely: where the truth may lie; needs: the model's guesses for the
    whole passage.
    """

    context: str
    done: str
    tried: str
    finished: bool
    you: Score
    model: Score
    model_bits: float | None
    likely: tuple[float, float] | None
    reply: str
    name: str
    needs: int


class GuessView(View):
    """Left the story so far, numbers of guesses below it, and the letters to guess with; right ranks and bounds."""

    def build(self, figure: Figure, r: GuessResult) -> None:
        page = sheet(figure, 12, 12 + COLUMNS * _CELL + 20, 40, 40 + _KEYS - 20)
        self.keys = sheet(figure, 12, 12 + len(ALPHABET) * _KEY, 40 + _KEYS, 40 + _KEYS + 40)
        self.draggable = (self.keys,)
        figure.text(
            0.0128, 0.95, "the story, in 27 symbols; below a letter: your guesses, then the model's", va="center"
        )
        self._build_ranks(place(figure, 676, 925, 44, 190))
        self._build_bits(place(figure, 676, 925, 272, 340))
        self._build_page(page)
        self._build_keys()

    def _build_ranks(self, ax: Axes) -> None:
        ax.set(xlim=(0.3, 27.7), ylim=(0, 1), yticks=[0, 0.5, 1], yticklabels=["0", "½", "1"])
        ax.set_xticks([1, 5, 10, 15, 20, 27])
        ax.set_xlabel("right at guess number", labelpad=1)
        ax.set_title("share of the letters\n■ filled: you   □ outlined: model", fontsize=10.5)
        none, edges = np.zeros(27), np.arange(0.5, 28.5)
        self.model_bars = self.moves(ax.stairs(none, edges, color=style.MODEL, linewidth=1.8))
        self.your_bars = self.moves(ax.stairs(none, edges, fill=True, color=style.INK))

    def _build_bits(self, ax: Axes) -> None:
        self.bits_axes = ax
        ax.set(xlim=(0, _MOST), ylim=(2.6, 0.4), xticks=range(7))
        ax.set_xticklabels([*map(str, range(6)), "6+"])
        ax.axvline(np.log2(27), color=style.FAINT, linewidth=1)
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel("bits a letter; upright line: log₂ 27")
        ax.set_title("Shannon's bounds; thin: how sure\n◆ the model's own mean −log₂ p", fontsize=10.5)
        wide = {"linewidth": 9, "solid_capstyle": "butt"}
        diamond = {"linestyle": "", "marker": "d", "markersize": 8, "markeredgecolor": style.PAPER, "clip_on": False}
        looks = (
            {"color": style.INK, "linewidth": 1.6, "marker": "|", "markersize": 9},
            {"color": style.INK, **wide},
            {"color": style.MODEL, "alpha": 0.55, **wide},
            {"color": style.MODEL, **diamond},
        )
        self.lines = [self.moves(ax.plot([], [], **look)) for look in looks]

    def _build_page(self, page: Axes) -> None:
        self.letters, self.faint = Lettering(page, style.INK), Lettering(page, style.MUTED)
        self.model_ranks = Lettering(page, style.MODEL)
        self.moves([self.letters, self.faint, self.model_ranks])
        self.cursor = self.moves(page.plot([], [], color=style.INK, linewidth=1.8))

    def _build_keys(self) -> None:
        left = _KEY * np.arange(len(ALPHABET)) + 1
        self.keys.plot(np.add.outer([0, 18, 18, 0, 0], left), [4, 4, 32, 32, 4], color=style.FAINT, linewidth=1)
        self.free, self.used = Lettering(self.keys, style.INK), Lettering(self.keys, style.MUTED)
        self.moves([self.free, self.used])
        self.strokes = self.moves(self.keys.plot([], [], color=style.INK, linewidth=1.6))

    def letter_at(self, x: float) -> str:
        """Return the letter at this place of the row of letters."""
        return ALPHABET[int(np.clip(x // _KEY, 0, 26))]

    def key(self, r: GuessResult):
        """Who guesses beside."""
        return r.name

    def set_background(self, r: GuessResult) -> None:
        """Name the two who guess."""
        self.bits_axes.set_yticks([1, 2], ["you", r.name])

    def update(self, r: GuessResult) -> None:
        self._update_page(r)
        self._update_keys(r)
        n = max(len(r.done), 1)
        self.your_bars.set_data(r.you.counts / n)
        self.model_bars.set_data(r.model.counts / n)
        spans = [r.likely, r.you.bounds, r.model.bounds, r.model_bits and (min(r.model_bits, _MOST),)]
        for line, span, height in zip(self.lines, spans, (1, 1, 2, 2), strict=True):
            line.set_data(span or [], np.full(len(span or ()), height))

    def _update_page(self, r: GuessResult) -> None:
        seats = [_seat(number, _ROW, _LETTERS + 18.0) for number in range(len(r.done) + 1)]
        letters = [(visible(letter), *seat, _EM) for letter, seat in zip(r.done, seats, strict=False)]
        self.faint.write((letter, *_seat(number, _CONTEXT, 16.0), _EM) for number, letter in enumerate(r.context))
        self.letters.write([*letters, *_below(seats, r.you.ranks, 15.0)])
        self.model_ranks.write(_below(seats, r.model.ranks, 30.0))
        x, y = seats[-1]
        left, right, top, bottom = x - 2, x + _CELL - 4, y - 16, y + 5
        box = [left, right, right, left, left], [top, top, bottom, bottom, top]
        self.cursor.set_data(([], []) if r.finished else box)

    def _update_keys(self, r: GuessResult) -> None:
        keys = {letter: _KEY * number + 1 for number, letter in enumerate(ALPHABET)}
        lines = {letter: (visible(letter), left + 9 - ADVANCE * 9, 24.0, 18.0) for letter, left in keys.items()}
        self.free.write(line for letter, line in lines.items() if letter not in r.tried)
        self.used.write(line for letter, line in lines.items() if letter in r.tried)
        self.strokes.set_data(
            np.ravel([(left, left + 18, np.nan) for letter, left in keys.items() if letter in r.tried]),
            [32, 4, np.nan] * len(r.tried),
        )


def _seat(number: int, pitch: float, first: float) -> tuple[float, float]:
    """Return x and the baseline of a letter by its number."""
    row, column = divmod(number, COLUMNS)
    return column * _CELL + 3, row * pitch + first


def _below(seats: list[tuple[float, float]], ranks: tuple[int, ...], down: float) -> Iterator[Line]:
    """Yield numbers as lines of text, each centred so far below its letter."""
    for (x, y), rank in zip(seats, ranks, strict=False):
        yield str(rank), x + ADVANCE * _EM / 2 - width(str(rank), _SMALL) / 2, y + down, _SMALL
