"""The longest-match expert: where did the last few bytes come before, and what followed there?"""

from typing import Self

_KEY = 8
"""A match begins where the last 8 bytes have come before."""
_LONGEST = 32
CLASSES = 5


class Match:
    """Follows the text from the last place where its last bytes came before, and learns how far that can be trusted."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._after: dict[bytes, int] = {}
        self._pointer = self._length = 0
        self._hits, self._tries = [1.0] * (_LONGEST + 1), [2.0] * (_LONGEST + 1)

    def copy(self) -> Self:
        """Return one that reads on by itself."""
        twin = type(self)()
        twin._text, twin._after = self._text[:], self._after.copy()
        twin._pointer, twin._length = self._pointer, self._length
        twin._hits, twin._tries = self._hits[:], self._tries[:]
        return twin

    @property
    def byte(self) -> int | None:
        """The byte that came after the match; None without a match."""
        return self._text[self._pointer] if self._length else None

    @property
    def trust(self) -> float:
        """How often matches of this length were right so far; 0 without a match."""
        return self._hits[self._length] / self._tries[self._length] if self._length else 0.0

    @property
    def length_class(self) -> int:
        """How long the match is, coarsely: 0 without one, up to CLASSES − 1."""
        return (self._length > 0) + (self._length >= 12) + (self._length >= 16) + (self._length >= _LONGEST)

    def update(self, byte: int) -> None:
        """Read the next byte: a match goes on, ends, or begins."""
        if self._length:
            hit = self._text[self._pointer] == byte
            self._tries[self._length] += 1
            self._hits[self._length] += hit
            self._pointer += 1
            self._length = min(self._length + 1, _LONGEST) if hit else 0
        self._text.append(byte)
        key = bytes(self._text[-_KEY:])
        if not self._length and key in self._after:
            self._begin(self._after[key])
        self._after[key] = len(self._text)

    def _begin(self, pointer: int) -> None:
        """Take up the match before the pointer, and count back how long it is already."""
        self._pointer, self._length = pointer, _KEY
        text, now = self._text, len(self._text)
        most = min(_LONGEST, pointer)
        while self._length < most and text[pointer - self._length - 1] == text[now - self._length - 1]:
            self._length += 1
