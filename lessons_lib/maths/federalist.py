"""The Federalist papers as counts of eight function words, and who wrote them, in bits.

A word comes so often in a paper as a Poisson count with a rate a word of each author's own; words are taken for
independent, given the author. Evidence is for Hamilton against Madison, in bits.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Literal

import numpy as np

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.validation import Array

Author = Literal["Hamilton", "Madison", "both", "disputed"]
WORDS = ("upon", "on", "while", "whilst", "enough", "there", "to", "by")
_AUTHORS: dict[str, Author] = {"H": "Hamilton", "M": "Madison", "B": "both", "D": "disputed"}

# Number, author, words in all, then the counts of WORDS. Project Gutenberg's text no. 18 without salutations and
# signatures, footnotes included; a word is a run of letters, with an inner apostrophe. Authors as in Mosteller and
# Wallace, Journal of the American Statistical Association 58 (1963). Jay's five papers are left out.
_TABLE = """
1 H 1610 6 9 0 0 1 2 71 14 · 6 H 2023 4 2 0 0 1 8 57 11 · 7 H 2301 11 14 0 0 0 9 81 28
8 H 2050 3 11 0 0 2 2 79 11 · 9 H 1985 4 9 1 0 1 3 70 13 · 10 M 2998 0 18 0 0 0 6 99 39
11 H 2499 6 5 0 0 0 8 83 20 · 12 H 2159 7 12 0 0 1 9 81 15 · 13 H 960 2 3 0 0 1 9 42 5
14 M 2149 0 17 0 1 0 0 71 18 · 15 H 3083 10 10 1 0 0 18 116 32 · 16 H 2037 6 4 0 0 3 4 88 13
17 H 1564 6 2 0 0 0 4 57 9 · 18 B 2104 1 16 0 1 1 3 53 33 · 19 B 2042 0 17 0 1 0 1 58 22
20 B 1518 1 7 0 0 0 0 41 19 · 21 H 1993 6 6 3 0 0 8 54 22 · 22 H 3547 13 9 4 0 1 14 144 30
23 H 1797 7 2 0 0 0 4 96 11 · 24 H 2000 7 11 1 0 0 6 90 14 · 25 H 1982 2 11 0 0 0 2 89 22
26 H 2375 6 7 0 0 7 8 94 21 · 27 H 1448 4 4 0 0 0 8 62 14 · 28 H 1597 3 1 0 0 0 7 65 7
29 H 2238 10 3 2 0 0 13 111 10 · 30 H 1964 13 8 0 0 0 5 75 14 · 31 H 1730 13 5 0 0 0 6 81 9
32 H 1483 2 14 0 0 0 8 46 10 · 33 H 1684 9 5 0 0 0 2 66 14 · 34 H 2210 10 11 1 0 0 9 106 4
35 H 2251 9 8 0 0 0 5 100 10 · 36 H 2733 6 6 0 0 0 18 119 21 · 37 M 2709 1 19 0 1 0 2 84 30
38 M 3318 4 15 0 2 0 3 116 37 · 39 M 2606 0 25 0 0 0 0 90 33 · 40 M 3021 0 13 0 0 0 4 119 55
41 M 3542 0 27 0 1 0 1 118 32 · 42 M 2774 2 22 0 0 0 3 92 31 · 43 M 3426 0 33 0 1 0 2 111 47
44 M 2896 0 28 0 2 0 4 80 28 · 45 M 2116 0 10 0 2 0 3 65 11 · 46 M 2614 0 32 0 2 0 0 85 21
47 M 2738 0 20 0 0 0 3 64 42 · 48 M 1860 0 16 0 0 0 2 53 28 · 49 D 1646 0 16 0 1 0 2 57 15
50 D 1101 1 11 0 0 0 0 27 11 · 51 D 1914 0 21 0 2 0 4 49 23 · 52 D 1844 0 19 0 0 0 0 71 22
53 D 2165 0 8 0 1 0 2 72 31 · 54 D 1996 2 19 0 0 0 1 60 26 · 55 D 2041 0 9 0 0 0 5 77 14
56 D 1568 0 11 0 1 0 3 38 10 · 57 D 2206 0 19 0 3 0 4 73 25 · 58 D 2080 0 18 0 0 0 2 60 22
59 H 1907 3 6 0 0 0 7 72 17 · 60 H 2248 8 6 0 0 0 8 86 21 · 61 H 1516 3 6 0 0 0 5 60 5
62 D 2387 0 19 0 0 0 0 81 28 · 63 D 3040 0 20 0 1 0 8 87 51 · 65 H 2016 10 5 1 0 1 5 84 16
66 H 2258 11 7 1 0 1 5 83 13 · 67 H 1645 6 3 0 0 0 3 83 14 · 68 H 1507 2 3 0 0 0 1 75 12
69 H 2982 12 6 1 0 0 9 101 22 · 70 H 3105 6 14 2 0 3 13 119 15 · 71 H 1743 3 7 1 0 3 3 77 15
72 H 2039 5 6 2 0 2 9 98 17 · 73 H 2361 13 5 0 0 0 5 82 27 · 74 H 999 3 4 0 0 0 4 35 2
75 H 1942 5 5 5 0 0 3 90 16 · 76 H 2300 10 4 2 0 0 7 95 25 · 77 H 1970 10 3 1 0 1 3 71 16
78 H 3056 9 10 0 0 0 12 129 25 · 79 H 1028 2 5 0 0 0 3 42 4 · 80 H 2450 6 9 0 0 0 7 113 13
81 H 3914 13 16 2 1 0 19 162 32 · 82 H 1539 4 0 0 0 0 0 82 4 · 83 H 5838 20 18 4 0 0 22 218 82
84 H 4179 13 21 1 0 1 17 139 31 · 85 H 2703 12 18 0 0 2 10 114 11
"""


@dataclass(frozen=True)
class Paper:
    """One paper: its number, whose it is, how many words it has, and how often each of WORDS is among them."""

    number: int
    author: Author
    words: int
    counts: tuple[int, ...]


def _read(entry: str) -> Paper:
    number, author, *counts = entry.split()
    words, *counts = map(int, counts)
    return Paper(int(number), _AUTHORS[author], words, tuple(counts))


PAPERS = {paper.number: paper for paper in map(_read, _TABLE.replace("\n", " · ").strip(" ·").split(" · "))}
"""Number -> paper, for 80 of the 85."""


def written_by(author: Author) -> tuple[Paper, ...]:
    """Return the papers of an author, in order."""
    return tuple(paper for paper in PAPERS.values() if paper.author == author)


@cache
def rates(author: Author, without: int = 0) -> Array:
    """How often an author uses each of WORDS, a word written: shape (8,). Half a use is added to each count.

    without: the number of a paper that is not counted, so that it can be judged by the others.

    >>> (1000 * rates("Hamilton")[:2]).round(3).tolist()
    [3.327, 3.372]
    """
    papers = [paper for paper in written_by(author) if paper.number != without]
    if not papers:
        raise InputError(f"author must be Hamilton or Madison, not {author!r}")
    counts = np.sum([paper.counts for paper in papers], axis=0)
    return (counts + 0.5) / sum(paper.words for paper in papers)


def bits_a_use(without: int = 0) -> Array:
    """Evidence of one use of each of WORDS: log₂ of the quotient of both rates, shape (8,)."""
    return np.log2(rates("Hamilton", without) / rates("Madison", without))


def bits_of_silence(words: float, without: int = 0) -> Array:
    """Evidence of a text of so many words before any use is counted, for each of WORDS: shape (8,).

    A Poisson count of 0 has the probability e^(−rate · words) under each author.
    """
    return -words * (rates("Hamilton", without) - rates("Madison", without)) / log(2)


def evidence(paper: Paper, held_out: bool = False) -> tuple[Array, Array]:
    """Evidence of a paper, word by word: of its uses, and of its silence, shape (8,) each.

    Their sum is the log-ratio of the two Poisson probabilities. held_out: whether the rates leave this paper out.

    >>> uses, silence = evidence(PAPERS[55])
    >>> round(float((uses + silence).sum()), 3)
    -1.281
    """
    without = paper.number if held_out else 0
    return np.array(paper.counts) * bits_a_use(without), bits_of_silence(paper.words, without)


def total(paper: Paper, words: Collection[str] = WORDS, held_out: bool = False) -> float:
    """Evidence of a paper in bits, from these of WORDS."""
    if unknown := sorted({*words} - {*WORDS}):
        raise InputError(f"words must be among {', '.join(WORDS)}, but hold {unknown[0]!r}")
    uses, silence = evidence(paper, held_out)
    return float((uses + silence)[[word in words for word in WORDS]].sum())
