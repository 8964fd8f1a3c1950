"""A page of text on which a bar stands over each character: its surprisal. Beside it, what was expected."""

from dataclasses import dataclass
from itertools import chain

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lessons_lib.drawing import style
from lessons_lib.drawing.kept import Kept
from lessons_lib.drawing.lettering import ADVANCE, Lettering, Line, sheet, width
from lessons_lib.drawing.polygons import Polygons, box_corners
from lessons_lib.drawing.view import View
from lessons_lib.drawing.wording import number, percent
from lessons_lib.lesson_06.costs import Cost
from lessons_lib.lesson_06.page import Page, coded, visible

COLUMNS, ROWS = 56, 7
_EM = 16.6
_CELL = ADVANCE * _EM
_PITCH, _BARS, _GROUND = 46.0, 18.0, 19.0
"""Pixels from line to line; the height of the bars over a line, and of the coloured ground behind it."""
_MOST = 12.0
"""A bar of so many bits fills its room."""
_LEVELS = 6
_COMPARED = "bits that the first model costs more (up) or less (hanging); below: whole words"
_ALONE = "bars: bits of each character, 12 fill the room   numbers: bits of each word"
SHOWN = 6
"""So many of the bytes that the model expects most are shown."""
_ZERO, _SCALE, _TOPS = 66.0, 170.0, 92.0 + 30.0 * np.arange(SHOWN)
"""Left edge and greatest length of their bars, and the upper edges."""
_PAPER, _DEAR, _CHEAP = (np.array(to_rgb(colour)) for colour in (style.PAPER, style.MODEL, style.MUTED))
_PLAIN = {"edgecolor": "none", "linewidth": 0, "antialiased": False}


@dataclass(frozen=True)
class SurpriseResult:
    """What the surprise explorer shows. Words: where each begins and ends; cost, other: under one model and another.

    expected: at the cursor, the most probable bytes, each with what the two models give to it.
    """

    page: Page
    characters: int
    bytes: int
    words: tuple[tuple[int, int], ...]
    cost: Cost
    other: Cost | None
    at: int
    character: str
    expected: tuple[tuple[str, float, float | None], ...]


class SurpriseView(View):
    """Left the page; right the cursor's character and the bytes that were expected most at its place."""

    def build(self, figure: Figure, r: SurpriseResult) -> None:
        self.page = sheet(figure, 12, 12 + (COLUMNS + 1) * _CELL, 46, 46 + ROWS * _PITCH)
        side = sheet(figure, 620, 930, 46, 46 + ROWS * _PITCH)
        self.draggable = (self.page,)
        self.title = figure.text(0.0128, 0.955, "", va="center")
        figure.text(0.66, 0.955, "at the cursor", va="center")
        levels = (*range(1, _LEVELS + 1), *range(-1, -_LEVELS - 1, -1))
        self.grounds = {level: Polygons(self.page, facecolor=_shade(level), **_PLAIN) for level in levels}
        self.bars = [Polygons(self.page, facecolor=colour, **_PLAIN) for colour in (_DEAR, _CHEAP)]
        self.letters, self.totals = Lettering(self.page, style.INK), Lettering(self.page, style.MUTED)
        artists = [*self.grounds.values(), *self.bars, self.letters, self.totals]
        self.kept = self.moves(Kept(self.page, artists))
        self.cursor = self.moves(self.page.plot([], [], color=style.INK, linewidth=1.6))
        self.expected = self.moves(Polygons(side, facecolor=style.MODEL, **_PLAIN))
        mark = {"linestyle": "", "marker": "|", "markersize": 15, "mew": 2}
        self.ticks = self.moves(side.plot([], [], color=style.INK, **mark))
        self.notes, self.faint = Lettering(side, style.INK), Lettering(side, style.MUTED)
        self.moves([self.notes, self.faint])

    def character_at(self, result: SurpriseResult, x: float, y: float) -> int:
        """Return the number, from 1, of the character nearest to a point of the page."""
        page = result.page
        if page.end == page.first:
            return 1
        line = int(np.clip(y // _PITCH, 0, page.line[-1]))
        column = int(np.clip(x // _CELL, 0, page.column[page.line == line].max()))
        return page.first + int(np.flatnonzero(page.line == line)[column]) + 1

    def key(self, r: SurpriseResult):
        """The page and its costs, which are made once for each text and model."""
        return r.page, r.cost, r.other

    def set_background(self, r: SurpriseResult) -> None:
        """Say what the bars are, and draw the page anew: it stays while the cursor moves."""
        self.title.set_text(_COMPARED if r.other else _ALONE)
        self._write_page(r)
        self._write_words(r)
        self.kept.renew()

    def _write_page(self, r: SurpriseResult) -> None:
        page = r.page
        self.letters.write((line, 0.0, row * _PITCH + _BARS + 14.5, _EM) for row, line in enumerate(page.lines))
        bits = (r.cost.bits - r.other.bits if r.other else r.cost.bits)[page.first : page.end]
        room, most = (_BARS / 2, _MOST / 2) if r.other else (_BARS, _MOST)
        part = np.clip(bits / most, -1, 1)
        left, top = page.column * _CELL, page.line * _PITCH
        level = np.sign(part) * np.ceil(np.abs(part) * _LEVELS)
        for shade, boxes in self.grounds.items():
            x, y = left[level == shade], top[level == shade] + _BARS
            boxes.put(box_corners(x, x + _CELL, y, y + _GROUND))
        for boxes, here in zip(self.bars, (part > 0, part < 0), strict=True):
            x, base = left[here], top[here] + room
            boxes.put(box_corners(x + 1, x + _CELL - 1, base - part[here] * room, base))

    def _write_words(self, r: SurpriseResult) -> None:
        page, lines = r.page, []
        by_word = r.cost.by_word - r.other.by_word if r.other else r.cost.by_word
        for (begin, _), bits in zip(r.words, by_word, strict=True):
            if page.first <= begin < page.end:
                place = begin - page.first
                text = f"{bits:+.0f}".replace("-", "−") if r.other else f"{bits:.0f}"
                lines.append((text, page.column[place] * _CELL, (page.line[place] + 1) * _PITCH - 0.5, 11.5))
        self.totals.write(lines)

    def update(self, r: SurpriseResult) -> None:
        self._update_cursor(r)
        p = np.array([p for _, p, _ in r.expected])
        self.expected.put(box_corners(_ZERO, _ZERO + _SCALE * p, _TOPS, _TOPS + 17.0))
        marks = [_ZERO + _SCALE * other for _, _, other in r.expected if other is not None]
        self.ticks.set_data(marks, _TOPS[: len(marks)] + 8.5)
        notes, faint = zip(_at_cursor(r), _expected(r), _in_all(r), strict=True)
        self.notes.write(chain(*notes))
        self.faint.write(chain(*faint))

    def _update_cursor(self, r: SurpriseResult) -> None:
        page, line, column = r.page, 0, 0
        if page.lines:
            place = r.at - 1 - page.first
            last = min(place, len(page.line) - 1)
            line, column = page.line[last], page.column[last] + place - last
        x, y = column * _CELL, line * _PITCH + _BARS - 0.5
        self.cursor.set_data([x, x + _CELL, x + _CELL, x, x], [y, y, y + _GROUND + 1, y + _GROUND + 1, y])


def _shade(level: int) -> NDArray[np.float64]:
    """Return the colour of a ground: of this level, where the character is dear, or its opposite, where it is cheap."""
    colour = _DEAR if level > 0 else _CHEAP
    return _PAPER + 0.55 * abs(level) / _LEVELS * (colour - _PAPER)


def _at_cursor(r: SurpriseResult) -> tuple[list[Line], list[Line]]:
    """Return what is written about the cursor's character, in ink and faint."""
    if not r.character:
        return [("What comes next?", 4.0, 26.0, 15.0)], [("most expected next byte:", 0.0, 76.0, 12.5)]
    notes, faint = [(visible(r.character), 4.0, 34.0, 34.0)], [("most expected here:", 0.0, 76.0, 12.5)]
    if visible(r.character) == r.character and not (r.character.isascii() and r.character.isprintable()):
        faint.append((coded(r.character), 0.0, 57.0, 12.5))
    for cost, x in ((r.cost, 50.0), (r.other, 180.0)):
        if cost:
            bits = cost.bits[r.at - 1]
            notes.append((f"{number(bits)} bits", x, 20.0, 15.0))
            faint.append((f"p = {number(2.0**-bits)}", x, 38.0, 12.5))
    return notes, faint


def _expected(r: SurpriseResult) -> tuple[list[Line], list[Line]]:
    """Return what is written beside the bars of the bytes expected most, in ink and faint."""
    notes = [
        (label, 60.0 - width(label, 14.0), y + 13.5, 14.0) for (label, _, _), y in zip(r.expected, _TOPS, strict=True)
    ]
    faint = [(percent(p), 242.0, y + 13.0, 12.5) for (_, p, _), y in zip(r.expected, _TOPS, strict=True)]
    beside = [("|: under the other model", _ZERO, _TOPS[-1] + 34.0, 12.5)] if r.other else []
    return notes, faint + beside


def _in_all(r: SurpriseResult) -> tuple[list[Line], list[Line]]:
    """Return what is written about the whole text, in ink and faint."""
    total = f"{r.cost.total:,.1f} and {r.other.total:,.1f} bits" if r.other else f"{r.cost.total:,.1f} bits in all"
    each = f"{r.cost.total / r.characters:.3f} bits a character" if r.characters else ""
    return [(total, 0.0, ROWS * _PITCH - 18.0, 14.0)], [(each, 0.0, ROWS * _PITCH - 1.0, 12.5)]
