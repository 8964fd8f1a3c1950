"""Shannon's game: the passage with the number of guesses under each letter, and what they come to."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.lettering import ADVANCE, Lettering, place, sheet, width

COLUMNS, CONTEXT_ROWS, LETTER_ROWS = 34, 2, 3
_CELL = 17.0
_CONTEXT, _ROW, _LETTERS = 25.0, 58.0, 66.0
"""Pixels from line to line of the context, and of the letters; where the latter begin."""
_EM, _SMALL = 18.0, 11.0
_KEYS = 282.0
_SPACE = "␣"
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


class GuessView:
    """Left the story so far, numbers of guesses below it, and the letters to guess with; right ranks and bounds."""

    def __init__(self, figure: Figure, result: GuessResult, alphabet: str):
        self.alphabet = alphabet
        page = sheet(figure, 12, 12 + COLUMNS * _CELL + 20, 40, 40 + _KEYS - 20)
        self.keys = sheet(figure, 12, 12 + 27 * 21.5, 40 + _KEYS, 40 + _KEYS + 40)
        self.draggable = (self.keys,)
        figure.text(
            0.0128, 0.95, "the story, in 27 symbols; below a letter: your guesses, then the model's", va="center"
        )
        self._build_ranks(place(figure, 676, 925, 44, 190))
        self._build_bits(place(figure, 676, 925, 272, 340))
        self.letters, self.faint = Lettering(page, style.INK), Lettering(page, style.MUTED)
        self.model_ranks = Lettering(page, style.MODEL)
        (self.cursor,) = page.plot([], [], color=style.INK, linewidth=1.8)
        self.free, self.used = Lettering(self.keys, style.INK), Lettering(self.keys, style.MUTED)
        (self.strokes,) = self.keys.plot([], [], color=style.INK, linewidth=1.6)
        self._frame_keys()
        self.moving = [
            self.model_bars,
            self.your_bars,
            *self.lines,
            self.letters.patch,
            self.faint.patch,
            self.model_ranks.patch,
            self.cursor,
            self.free.patch,
            self.used.patch,
            self.strokes,
        ]
        self.update(result)

    def _build_ranks(self, ax) -> None:
        ax.set(xlim=(0.3, 27.7), ylim=(0, 1), yticks=[0, 0.5, 1], yticklabels=["0", "½", "1"])
        ax.set_xticks([1, 5, 10, 15, 20, 27])
        ax.set_xlabel("right at guess number", labelpad=1)
        ax.set_title("share of the letters\n■ filled: you   □ outlined: model", fontsize=10.5)
        edges = np.arange(0.5, 28.5)
        self.your_bars = ax.stairs(np.zeros(27), edges, fill=True, color=style.INK)
        self.model_bars = ax.stairs(np.zeros(27), edges, color=style.MODEL, linewidth=1.8)

    def _build_bits(self, ax) -> None:
        ax.set(xlim=(0, _MOST), ylim=(2.6, 0.4), xticks=range(7))
        ax.set_xticklabels([*map(str, range(6)), "6+"])
        ax.axvline(np.log2(27), color=style.FAINT, linewidth=1)
        self.bits_axes = ax
        self._name = ""
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel("bits a letter; upright line: log₂ 27")
        ax.set_title("Shannon's bounds; thin: how sure\n◆ the model's own mean −log₂ p", fontsize=10.5)
        wide = {"linewidth": 9, "solid_capstyle": "butt"}
        (sure,) = ax.plot([], [], color=style.INK, linewidth=1.6, marker="|", markersize=9)
        (yours,) = ax.plot([], [], color=style.INK, **wide)
        (models,) = ax.plot([], [], color=style.MODEL, alpha=0.55, **wide)
        (truly,) = ax.plot(
            [],
            [],
            color=style.MODEL,
            linestyle="",
            marker="d",
            markersize=8,
            markeredgecolor=style.PAPER,
            clip_on=False,
        )
        self.lines = [sure, yours, models, truly]

    def _frame_keys(self) -> None:
        for number in range(27):
            x = number * 21.5 + 1
            self.keys.plot([x, x + 18, x + 18, x, x], [4, 4, 32, 32, 4], color=style.FAINT, linewidth=1)

    def letter_at(self, x: float) -> str:
        """Return the letter at this place of the row of letters."""
        return self.alphabet[int(np.clip(x // 21.5, 0, 26))]

    def update(self, r: GuessResult) -> None:
        """Move everything to `r`, a result."""
        self._update_page(r)
        self._update_keys(r)
        if r.name != self._name:  # seldom, and part of the background
            self._name = r.name
            self.bits_axes.set_yticks([1, 2], ["you", r.name])
        n = max(len(r.done), 1)
        self.your_bars.set_data(r.you.counts / n)
        self.model_bars.set_data(r.model.counts / n)
        spans = [r.likely, r.you.bounds, r.model.bounds, r.model_bits and (min(r.model_bits, _MOST),)]
        for line, span, height in zip(self.lines, spans, (1, 1, 2, 2), strict=True):
            line.set_data(span or [], np.full(len(span or ()), height))

    def _update_page(self, r: GuessResult) -> None:
        letters, yours, models = [], [], []
        faint = [(letter, *_seat(place, _CONTEXT, 16.0), _EM) for place, letter in enumerate(r.context)]
        for number, letter in enumerate(r.done):
            x, y = _seat(number, _ROW, _LETTERS + 18.0)
            letters.append((_SPACE if letter == " " else letter, x, y, _EM))
            yours.append(_below(r.you.ranks[number], x, y + 15.0))
            models.append(_below(r.model.ranks[number], x, y + 30.0))
        self.faint.write(faint)
        self.letters.write([*letters, *yours])
        self.model_ranks.write(models)
        if r.finished:
            self.cursor.set_data([], [])
            return
        x, y = _seat(len(r.done), _ROW, _LETTERS + 18.0)
        left, right, top, bottom = x - 2, x + _CELL - 4, y - 16, y + 5
        self.cursor.set_data([left, right, right, left, left], [top, top, bottom, bottom, top])

    def _update_keys(self, r: GuessResult) -> None:
        free, used, x, y = [], [], [], []
        for number, letter in enumerate(self.alphabet):
            left = number * 21.5 + 1
            line = (_SPACE if letter == " " else letter, left + 9 - ADVANCE * 9, 24.0, 18.0)
            (used if letter in r.tried else free).append(line)
            if letter in r.tried:
                x += [left, left + 18, np.nan]
                y += [32, 4, np.nan]
        self.free.write(free)
        self.used.write(used)
        self.strokes.set_data(x, y)


def _seat(place: int, pitch: float, first: float) -> tuple[float, float]:
    """Return x and the baseline of a letter by its number."""
    row, column = divmod(place, COLUMNS)
    return column * _CELL + 3, row * pitch + first


def _below(rank: int, x: float, y: float) -> tuple[str, float, float, float]:
    """Return a number as a line of text, centred below the letter at x."""
    text = str(rank)
    return text, x + ADVANCE * _EM / 2 - width(text, _SMALL) / 2, y, _SMALL
