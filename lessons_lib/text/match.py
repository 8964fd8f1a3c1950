"""The longest-match expert: where did the last few bytes come before, and what followed there?"""

from typing import Self

_KEY = 8
"""A match begins where the last 8 bytes have come before."""
_LONGEST = 32
_CLASS = [0] + [1] * 11 + [2] * 4 + [3] * 16 + [4]
CLASSES = 5


class Match:
    """Follows the text from the last place where its last bytes came before, and learns how far that can be trusted.

    `byte` is the byte that came there (None without a match); `trust` how often matches of this length were right so
    far (0 without one); `length_class` how long the match is, coarsely: 0 without one, up to CLASSES − 1.
    """

    def __init__(self) -> None:
        self._text = bytearray()
        self._after: dict[bytes, int] = {}
        self._pointer = self._length = 0
        self._hits, self._tries = [1.0] * (_LONGEST + 1), [2.0] * (_LONGEST + 1)
        self._look()

    def copy(self) -> Self:
        """Return one that reads on by itself."""
        twin = type(self)()
        twin._text, twin._after = self._text[:], self._after.copy()
        twin._pointer, twin._length = self._pointer, self._length
        twin._hits, twin._tries = self._hits[:], self._tries[:]
        twin._look()
        return twin

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
        self._look()

    def _look(self) -> None:
        length = self._length
        self.byte: int | None = self._text[self._pointer] if length else None
        self.trust = self._hits[length] / self._tries[length] if length else 0.0
        self.length_class = _CLASS[length]

    def _begin(self, pointer: int) -> None:
        """Take up the match before the pointer, and count back how long it is already."""
        self._pointer, self._length = pointer, _KEY
        text, now = self._text, len(self._text)
        most = min(_LONGEST, pointer)
        while self._length < most and text[pointer - self._length - 1] == text[now - self._length - 1]:
            self._length += 1
