"""A text on a page: which line and column each character stands in, and which words there are."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_SHOWN = {"\n": "↵", "\t": "→", " ": "␣"}


@dataclass(frozen=True, eq=False)
class Page:
    """The part of a text that is shown: characters `first` up to but without `end`, and the place of each.

    Two are equal only if they are the same object.
    """

    first: int
    end: int
    lines: tuple[str, ...]
    line: NDArray[np.int_]
    column: NDArray[np.int_]


@lru_cache(maxsize=16)
def line_starts(text: str, columns: int) -> list[int]:
    """Return where the lines begin if none may be longer than so many columns: after a space, if there is one."""
    starts, here = [], 0
    while here < len(text):
        starts.append(here)
        end = min(here + columns, len(text))
        newline = text.find("\n", here, end)
        space = text.rfind(" ", here, end)
        if newline >= 0:
            end = newline + 1
        elif end < len(text) and space >= here:
            end = space + 1
        here = end
    return starts


def page_with(text: str, place: int, columns: int, rows: int) -> Page:
    """Return the page, of so many rows, on which the character of this index stands (or would come next)."""
    starts = line_starts(text, columns)
    holding = int(np.searchsorted(starts, min(place, max(len(text) - 1, 0)), side="right")) - 1
    return _page(text, max(holding, 0) // rows * rows, columns, rows)


@lru_cache(maxsize=16)
def _page(text: str, top: int, columns: int, rows: int) -> Page:
    """Return the page whose first line is the one of this number."""
    starts = line_starts(text, columns)
    shown = starts[top : top + rows + 1]
    edges = shown if len(shown) > rows else [*shown, len(text)]
    first, end = (edges[0], edges[-1]) if shown else (0, 0)
    line = np.searchsorted(edges, np.arange(first, end), side="right") - 1
    column = np.arange(first, end) - np.array(edges)[line]
    lines = tuple(text[a:b].replace("\n", "↵").replace("\t", "→") for a, b in pairwise(edges))
    return Page(first, end, lines, line, column)


@lru_cache(maxsize=16)
def words(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each word begins, and where the next one does: blanks count to the word before them."""
    begins = [match.start() for match in re.finditer(r"\S+", text)]
    return tuple(zip(begins, [*begins[1:], len(text)], strict=False))


def visible(character: str) -> str:
    """Return a character such that it can be seen in a sentence."""
    return _SHOWN.get(character, character)


def coded(character: str) -> str:
    """Return a character by its number in Unicode and its bytes: for one that no font at hand can show.

    >>> coded("é")
    'U+00E9, bytes C3 A9'
    """
    data = character.encode("utf-8")
    return f"U+{ord(character):04X}, byte{'s' * (len(data) > 1)} {data.hex(' ').upper()}"


def visible_text(text: str, most: int = 24) -> str:
    """Return the beginning of a text such that all of it can be seen in a sentence."""
    return "".join(map(visible, text[:most])) + "…" * (len(text) > most)
