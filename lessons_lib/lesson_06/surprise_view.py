"""A page of text on which a bar stands over each character: its surprisal. Beside it, what was expected."""

from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from lessons_lib.drawing import style
from lessons_lib.drawing.kept import Kept
from lessons_lib.drawing.lettering import ADVANCE, Lettering, sheet, width
from lessons_lib.drawing.polygons import Polygons, box_corners
from lessons_lib.drawing.wording import number, percent
from lessons_lib.lesson_06.costs import Cost
from lessons_lib.lesson_06.page import Page

COLUMNS, ROWS = 56, 7
_EM = 16.6
_CELL = ADVANCE * _EM
_PITCH, _BARS, _GROUND = 46.0, 18.0, 19.0
"""Pixels from line to line; the height of the bars over a line, and of the coloured ground behind it."""
_MOST = 12.0
"""A bar of so many bits fills its room."""
_LEVELS = 6
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


class SurpriseView:
    """Left the page; right the cursor's character and the bytes that were expected most at its place."""

    def __init__(self, figure: Figure, result: SurpriseResult):
        self.page = sheet(figure, 12, 12 + (COLUMNS + 1) * _CELL, 46, 46 + ROWS * _PITCH)
        self.side = sheet(figure, 620, 930, 46, 46 + ROWS * _PITCH)
        self.draggable = (self.page,)
        self.title = figure.text(0.0128, 0.955, "", va="center")
        figure.text(0.66, 0.955, "at the cursor", va="center")
        shades = [(colour, level) for colour in (_DEAR, _CHEAP) for level in range(1, _LEVELS + 1)]
        colours = [_PAPER + 0.55 * level / _LEVELS * (colour - _PAPER) for colour, level in shades]
        self.grounds = [Polygons(self.page, facecolor=colour, **_PLAIN) for colour in colours]
        self.bars = [Polygons(self.page, facecolor=colour, **_PLAIN) for colour in (_DEAR, _CHEAP)]
        self.letters = Lettering(self.page, style.INK)
        self.totals = Lettering(self.page, style.MUTED)
        (self.cursor,) = self.page.plot([], [], color=style.INK, linewidth=1.6)
        self.expected = Polygons(self.side, facecolor=style.MODEL, **_PLAIN)
        (self.ticks,) = self.side.plot([], [], linestyle="", marker="|", markersize=15, color=style.INK, mew=2)
        self.notes, self.faint = Lettering(self.side, style.INK), Lettering(self.side, style.MUTED)
        self.kept = Kept(self.page, [*self.grounds, *self.bars, self.letters.patch, self.totals.patch])
        self.moving = [self.kept, self.cursor, self.expected, self.ticks, self.notes.patch, self.faint.patch]
        self._shown = (None, None, None)
        self.update(result)

    def character_at(self, result: SurpriseResult, x: float, y: float) -> int:
        """Return the number, from 1, of the character nearest to a point of the page."""
        page = result.page
        if page.end == page.first:
            return 1
        line = int(np.clip(y // _PITCH, 0, page.line[-1]))
        column = int(np.clip(x // _CELL, 0, page.column[page.line == line].max()))
        return page.first + int(np.flatnonzero(page.line == line)[column]) + 1

    def update(self, r: SurpriseResult) -> None:
        """Move everything to `r`, a result."""
        compared = r.other is not None
        title = (
            "bits that the first model costs more (up) or less (hanging); below: whole words"
            if compared
            else "bars: bits of each character, 12 fill the room   numbers: bits of each word"
        )
        if self.title.get_text() != title:  # seldom, and part of the background
            self.title.set_text(title)
        shown = (r.page, r.cost, r.other)
        if any(now is not before for now, before in zip(shown, self._shown, strict=True)):
            self._shown = shown
            self._update_cells(r, compared)
            self._update_words(r, compared)
            self.kept.renew()
        self._update_cursor(r)
        self._update_side(r, compared)

    def _update_cells(self, r: SurpriseResult, compared: bool) -> None:
        page = r.page
        shown = (r.cost.bits - r.other.bits if compared else r.cost.bits)[page.first : page.end]
        part = np.clip(shown / (_MOST / 2 if compared else _MOST), -1, 1)
        x, top = page.column * _CELL, page.line * _PITCH
        self.letters.write((line, 0.0, row * _PITCH + _BARS + 14.5, _EM) for row, line in enumerate(page.lines))
        level = np.ceil(np.abs(part) * _LEVELS) + np.where(part < 0, _LEVELS, 0)
        level[part == 0] = 0
        for number_, boxes in enumerate(self.grounds, 1):
            here = level == number_
            boxes.put(box_corners(x[here], x[here] + _CELL, top[here] + _BARS, top[here] + _BARS + _GROUND))
        base = top + (_BARS / 2 if compared else _BARS)
        height = part * (_BARS / 2 if compared else _BARS)
        for boxes, here in zip(self.bars, (part > 0, part < 0), strict=True):
            boxes.put(box_corners(x[here] + 1, x[here] + _CELL - 1, (base - height)[here], base[here]))

    def _update_words(self, r: SurpriseResult, compared: bool) -> None:
        page, lines = r.page, []
        by_word = r.cost.by_word - r.other.by_word if compared else r.cost.by_word
        for (begin, _), bits in zip(r.words, by_word, strict=True):
            if page.first <= begin < page.end:
                place = begin - page.first
                text = f"{bits:+.0f}".replace("-", "−") if compared else f"{bits:.0f}"
                y = page.line[place] * _PITCH + _PITCH - 0.5
                lines.append((text, page.column[place] * _CELL, y, 11.5))
        self.totals.write(lines)

    def _update_cursor(self, r: SurpriseResult) -> None:
        page, place = r.page, r.at - 1 - r.page.first
        if place < len(page.line):
            line, column = page.line[place], page.column[place]
        elif len(page.line):
            line, column = page.line[-1], page.column[-1] + 1
        else:
            line, column = 0, 0
        x, y = column * _CELL, line * _PITCH + _BARS - 0.5
        self.cursor.set_data([x, x + _CELL, x + _CELL, x, x], [y, y, y + _GROUND + 1, y + _GROUND + 1, y])

    def _update_side(self, r: SurpriseResult, compared: bool) -> None:
        lines, faint = [], []
        if r.character:
            bits = r.cost.bits[r.at - 1]
            label = {"\n": "↵", "\t": "→", " ": "␣"}.get(r.character, r.character)
            lines.append((label, 4.0, 34.0, 34.0))
            lines.append((f"{number(bits)} bits", 50.0, 20.0, 15.0))
            faint.append((f"p = {number(2.0**-bits)}", 50.0, 38.0, 12.5))
            if compared:
                other = r.other.bits[r.at - 1]
                lines.append((f"{number(other)} bits", 180.0, 20.0, 15.0))
                faint.append((f"p = {number(2.0**-other)}", 180.0, 38.0, 12.5))
        else:
            lines.append(("What comes next?", 4.0, 26.0, 15.0))
        faint.append(("most expected next byte:" if not r.character else "most expected here:", 0.0, 76.0, 12.5))
        tops = 92.0 + 30.0 * np.arange(len(r.expected))
        p = np.array([row[1] for row in r.expected])
        self.expected.put(box_corners(66.0, 66.0 + 170.0 * p, tops, tops + 17.0))
        for (label, value, _), top in zip(r.expected, tops, strict=True):
            lines.append((label, 60.0 - width(label, 14.0), top + 13.5, 14.0))
            faint.append((percent(value), 242.0, top + 13.0, 12.5))
        marks = [] if not compared else [66.0 + 170.0 * row[2] for row in r.expected]
        self.ticks.set_visible(compared)
        self.ticks.set_data(marks, tops + 8.5 if compared else [])
        if compared:
            faint.append(("|: under the other model", 66.0, 92.0 + 30.0 * len(p) + 4, 12.5))
        total = f"{r.cost.total:,.1f} bits in all"
        if compared:
            total = f"{r.cost.total:,.1f} and {r.other.total:,.1f} bits"
        lines.append((total, 0.0, ROWS * _PITCH - 18.0, 14.0))
        if r.characters:
            faint.append((f"{r.cost.total / r.characters:.3f} bits a character", 0.0, ROWS * _PITCH - 1.0, 12.5))
        self.notes.write(lines)
        self.faint.write(faint)
