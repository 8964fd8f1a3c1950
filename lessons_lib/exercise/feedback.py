"""What the course replies: feedback on an answer, and notes (questions, hints, solutions) in Markdown."""

from dataclasses import dataclass
from html import escape
from typing import Literal

Status = Literal["correct", "incorrect", "not attempted", "unusable"]

_LOOK = {  # mark, words, colour of the bar
    "correct": ("✓", "Correct.", "#117733"),
    "incorrect": ("✗", "Not yet.", "#c44e00"),
    "not attempted": ("…", "Not attempted yet.", "#808080"),
    "unusable": ("?", "This cannot be checked.", "#d32f2f"),
}

_MOST = 1000
"""So many characters has a message at most, whatever a learner's names and errors hold."""


def card(html: str, colour: str = "#808080") -> str:
    """Return HTML in the look of all the course's replies: a bar on the left, in any theme."""
    return (
        f'<div style="border-left: 4px solid {colour}; padding: 4px 12px; margin: 4px 0; line-height: 1.5">{html}</div>'
    )


def in_words(status: str | None) -> str:
    """Return what is said of a status, "" of one that is none."""
    return _LOOK[status][1] if isinstance(status, str) and status in _LOOK else ""


def as_typed(text: str) -> str:
    """Return Markdown that shows a text as it is, whatever it holds: every sign in it is an entity."""
    return "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in text)


@dataclass(frozen=True, repr=False)
class Feedback:
    """The reply to an answer: a status, and a message that says what was received and what is off."""

    status: Status
    message: str

    def __post_init__(self):
        if len(self.message) > _MOST:
            object.__setattr__(self, "message", self.message[: _MOST - 1] + "…")

    def __repr__(self) -> str:
        mark, words, _ = _LOOK[self.status]
        return f"{mark} {words} {self.message}"

    def _repr_html_(self) -> str:
        mark, words, colour = _LOOK[self.status]
        message = escape(self.message).replace("\n", "<br>")
        return card(f"<b>{mark} {words}</b> {message}", colour)


@dataclass(frozen=True, repr=False)
class Note:
    """A text of the course, in Markdown with formulas."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text
