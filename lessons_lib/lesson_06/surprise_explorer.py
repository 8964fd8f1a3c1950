"""A text coloured by surprisal: what each character and each word costs under a model, or under which of two less."""

from dataclasses import dataclass, replace
from functools import cache

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from lessons_lib.drawing.live import Drag
from lessons_lib.drawing.wording import counted, fixed, number, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, refit, whole_slider
from lessons_lib.explorer.core import Explorer
from lessons_lib.explorer.upload import FileField
from lessons_lib.lesson_06.costs import Costs
from lessons_lib.lesson_06.page import page_with, visible, words
from lessons_lib.lesson_06.surprise_view import COLUMNS, ROWS, SurpriseResult, SurpriseView
from lessons_lib.maths.errors import InputError
from lessons_lib.text import corpora, shelf
from lessons_lib.text.model import Model

TAKEN = 1000
"""So many characters of a text are taken."""
NONE, MINE = "no other", "yours"
SHOWN = 6
"""So many of the bytes that the model expects most are shown."""


@cache
def opening_text() -> str:
    """Return the beginning of the story."""
    return corpora.story().decode("utf-8")[:TAKEN]


@dataclass(frozen=True)
class SurpriseState:
    """The text, the model, the one it is compared with, the cursor's character (from 1), and what was left out."""

    text: str | None = None
    model: str = shelf.TRAINED[5]
    other: str = NONE
    at: int = 12
    note: str = ""


class SurpriseExplorer(Explorer):
    """Type, paste or upload a text, and see what each character costs; drag along it to ask what was expected there.

    State: text (its first 1,000 characters are taken), model, other, at (a character, from 1, or the one that comes
    next). `SurpriseExplorer(mine=model)` offers your own model among the others.
    """

    State = SurpriseState
    size = (940, 394)
    challenges = (
        Challenge(
            "06_cheap_sentence",
            "At least 60 characters of your own, six different words among them, for less than 1.5 bits a character.",
            lambda state, result: (
                result.characters >= 60
                and result.cost.total < 1.5 * result.characters
                and len({state.text[a:b].strip() for a, b in result.words}) >= 6
                and state.text != opening_text()
            ),
            {"model": shelf.TRAINED[5], "text": "The following is an example of the use of the built-in function "},
        ),
        Challenge(
            "06_less_is_more",
            "At least 20 characters that cost less under order 0 than under order 5, both trained on the manual.",
            lambda state, result: (
                {state.model, state.other} == {shelf.TRAINED[0], shelf.TRAINED[5]}
                and result.characters >= 20
                and (result.cost.total - result.other.total) * (1 if state.model == shelf.TRAINED[5] else -1) > 0
            ),
            {"model": shelf.TRAINED[5], "other": shelf.TRAINED[0], "text": "tea eat ate eta tae aet nie een ine"},
        ),
    )

    def __init__(self, mine: Model | None = None, **start):
        self._mine = None if mine is None else Costs(mine)
        super().__init__(**start)

    def make_controls(self):
        """The text, a file, the model and another one, the cursor."""
        names = (*([MINE] if self._mine else []), *shelf.NAMES)
        text = widgets.Textarea(
            description="your text", layout={"width": "100%", "height": "84px"}, style={"description_width": "initial"}
        )
        return {
            "text": text,
            "upload": FileField(description="or a text file:"),
            "model": choice("model", names, width=290),
            "other": choice("beside", (NONE, *names), width=290),
            "at": whole_slider("character", 1, TAKEN + 1, width=420),
        }

    def _connect(self) -> None:
        super()._connect()
        self.controls["upload"].on_file(lambda *file: self._respond(lambda: taken_from(*file)))

    def settle(self, state):
        """Take the beginning of a long text, and keep the cursor in it."""
        text, note = opening_text() if state.text is None else state.text, state.note
        if not isinstance(text, str) or not isinstance(note, str):
            raise InputError(f"text must be a string, not {text!r:.60}")
        text = text.replace("\r\n", "\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if len(text) > TAKEN:
            note = f"Of {len(text):,} characters the first {TAKEN:,} are taken. {note}".strip()
        text = text[:TAKEN]
        return replace(state, text=text, note=note, at=min(state.at, len(text) + 1))

    def change(self, changes):
        """Another text takes the cursor to where it was typed, or to its beginning if much is new."""
        text = changes.get("text", self.state.text)
        if text != self.state.text and isinstance(text, str):
            changes = {"note": "", "at": _typed_at(self.state.text, text), **changes}
        return super().change(changes)

    def tend(self):
        """The cursor goes as far as one beyond the text."""
        at, most = self.controls["at"], max(len(self.state.text) + 1, 2)
        refit(at, at.min, most, self.state.at)

    def _reader(self, name: str) -> Costs:
        return self._mine if name == MINE and self._mine else _costs(name)

    def compute(self, state):
        """Return what the text costs under one model or two."""
        cost = self._reader(state.model).of(state.text)
        other = None if state.other == NONE else self._reader(state.other).of(state.text)
        before, beside = (c and c.before(state.at) for c in (cost, other))
        most = np.argsort(-before, kind="stable")[:SHOWN]
        return SurpriseResult(
            page=page_with(state.text, state.at - 1, COLUMNS, ROWS),
            characters=len(state.text),
            bytes=len(state.text.encode("utf-8")),
            words=words(state.text),
            cost=cost,
            other=other,
            at=state.at,
            character=state.text[state.at - 1 : state.at],
            expected=tuple((_byte(b), float(before[b]), other and float(beside[b])) for b in most),
        )

    def build(self, figure: Figure) -> SurpriseView:
        """The page, and what was expected at the cursor."""
        return SurpriseView(figure, self.result)

    def drag(self, drag: Drag):
        """Put the cursor where the pointer is."""
        return {"at": self.figure.view.character_at(self.result, *drag.now)}

    def describe(self) -> str:
        """Say what the whole costs, and the cursor's character."""
        return sentence(self.state, self.result)


@cache
def _costs(name: str) -> Costs:
    """Return the costs under a model of the shelf, the same for all explorers."""
    return Costs(shelf.trained(name))


def taken_from(name: str, data: bytes, size: int) -> dict[str, str | int]:
    """Return the changes that the beginning of a file asks for: its text, or a note that says why it cannot be one."""
    name = name if len(name) <= 40 else f"{name[:40]}…"
    try:
        reading = corpora.read_text(_whole_characters(data) if size > len(data) else data)
    except InputError as error:
        return {"note": f"{name} is not taken: {error}."}
    part = f"The beginning of {name}, which has {size:,} bytes" if size > len(data) else f"From {name}"
    note = f"{part}: {reading.note}." if reading.note else f"{part}."
    return {"text": reading.data.decode("utf-8"), "note": note, "at": 1}


def _whole_characters(data: bytes) -> bytes:
    """Return the data without the last character of UTF-8, if that has been cut in two."""
    for spared in range(1, 4):
        if data[-spared] >= 0b11000000:
            return data[:-spared]
    return data


def _typed_at(before: str, after: str) -> int:
    """Return the place after what has been typed, counted from 1; the beginning if much is new."""
    if abs(len(after) - len(before)) > 20:
        return 1
    most, same = min(len(before), len(after)), 0
    while same < most and before[len(before) - 1 - same] == after[len(after) - 1 - same]:
        same += 1
    return len(after) - same + 1


def _byte(byte: int) -> str:
    """Return a byte as it is read: a character, or its number if it is none by itself."""
    return visible(chr(byte)) if 32 <= byte < 127 or byte in b"\n\t" else f"byte {byte}"


def sentence(state, result) -> str:
    """Return what the whole text costs, what it costs beside, the cursor's character, and what was left out."""
    parts = (_whole(state, result), _beside(state, result), _at_cursor(result), state.note)
    return " ".join(filter(None, parts))


def _whole(state, r) -> str:
    if not r.characters:
        return f"An empty text costs 0 bits under {state.model}, as under any model: its probability is 1."
    size = counted(r.characters, "character")
    size += "" if r.bytes == r.characters else f" ({r.bytes:,} bytes)"
    total, nats = _amount(r.cost.total), _amount(r.cost.total * np.log(2))
    said = f"Under {state.model}, {size} cost{'s' * (r.characters == 1)} {total} bits ({nats} nats): "
    said += f"{r.cost.total / r.characters:.3f} bits a character"
    if r.words:
        dearest = int(r.cost.by_word.argmax())
        word = _word(state.text[slice(*r.words[dearest])])
        mean, most = r.cost.total / len(r.words), r.cost.by_word[dearest]
        said += f", {mean:.2f} a word; the dearest word is “{word}”, {_amount(most)} bits"
    return said + "."


def _beside(state, r) -> str:
    if r.other is None or not r.characters:
        return ""
    saved = r.other.total - r.cost.total
    verdict = f"{_amount(abs(saved))} bits {'more' if saved > 0 else 'less'}" if saved else "as much"
    each = fixed(r.other.total / r.characters, 3)
    return f"Under {state.other}, it costs {each} bits a character, {verdict} in all."


def _at_cursor(r) -> str:
    label, p, _ = r.expected[0]
    if not r.character:
        return f"What comes next? Most expected: {label} ({percent(p)})."
    bits = r.cost.bits[r.at - 1]
    chance = percent(2.0**-bits)
    return (
        f"Character {r.at}, “{_word(r.character)}”, costs {number(bits)} bits, p = {chance}; most expected "
        f"there: {label} ({percent(p)})."
    )


def _amount(bits: float) -> str:
    """Return an amount of bits or nats that may be large."""
    return number(bits) if bits < 100 else f"{bits:,.1f}"


def _word(word: str, most: int = 24) -> str:
    """Return a word for a sentence: not too long, its blanks visible."""
    word = word.strip() or word
    return "".join(visible(c) for c in word[:most]) + ("…" if len(word) > most else "")
