"""A text coloured by surprisal: what each character and each word costs under a model, or under which of two less."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from lessons_lib.drawing.wording import counted, fixed, number, percent
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import choice, refit, text_area, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.explorer.upload import FileField
from lessons_lib.lesson_06.costs import Costs
from lessons_lib.lesson_06.page import coded, page_with, visible, visible_text, words
from lessons_lib.lesson_06.surprise_view import COLUMNS, ROWS, SHOWN, SurpriseResult, SurpriseView
from lessons_lib.maths.errors import InputError
from lessons_lib.text import corpora, shelf
from lessons_lib.text.model import Model

TAKEN = 1000
"""So many characters of a text are counted and shown."""
_OPENS_WITH = 840
"""The opening text ends where a paragraph does, at or before this many characters: there is room to type on."""
NONE, MINE = "no other", "yours"


@cache
def opening_text() -> str:
    """Return the beginning of the story."""
    text = corpora.story().decode("utf-8")[:_OPENS_WITH]
    return text[: text.rfind("\n\n")]


@dataclass(frozen=True)
class SurpriseState:
    """The text, the model, the one it is compared with, the cursor's character (from 1), and where it comes from.

    Of the text the first 1,000 characters count; what follows them stays in its box.
    """

    text: str | None = None
    model: str = shelf.TRAINED[5]
    other: str = NONE
    at: int = 12
    note: str = ""

    @property
    def counted(self) -> str:
        """What is counted of the text."""
        return (self.text or "")[:TAKEN]


class SurpriseExplorer(Explorer):
    """Type, paste or upload a text, and see what each character costs; drag along it to ask what was expected there.

    State: text (its first 1,000 characters count), model, other, at (a character, from 1, or the one that comes
    next). `SurpriseExplorer(mine=model)` offers your own model among the others.
    """

    State, View = SurpriseState, SurpriseView
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
        if mine is not None and not isinstance(mine, Model):
            raise InputError(f"mine must be a model, not {mine!r:.60}; a function becomes one by models.from_function")
        self._mine = None if mine is None else Costs(mine)
        super().__init__(**start)

    def make_controls(self):
        """The text, a file, the model and another one, the cursor."""
        names = (*([MINE] if self._mine else []), *shelf.NAMES)
        return {
            "text": text_area("your text", 84),
            "upload": FileField(description="or a text file:", limit=8 * TAKEN),
            "model": choice("model", names, width=290),
            "other": choice("beside", (NONE, *names), width=290),
            "at": whole_slider("character", 1, TAKEN + 1, width=420),
        }

    def settle(self, state):
        """Keep the cursor in what is counted of the text."""
        text = opening_text() if state.text is None else state.text
        if not isinstance(text, str) or not isinstance(state.note, str):
            raise InputError(f"text must be a string, not {text!r:.60}")
        text = text.replace("\r\n", "\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return replace(state, text=text, at=min(state.at, len(text[:TAKEN]) + 1))

    def change(self, changes):
        """Another text takes the cursor to where it was typed, or to its beginning if much is new."""
        text = changes.get("text", self.state.text)
        if text != self.state.text and isinstance(text, str):
            changes = {"note": "", "at": _typed_at(self.state.text, text), **changes}
        return super().change(changes)

    def tend(self):
        """The cursor goes as far as one beyond the text."""
        at, most = self.controls["at"], max(len(self.state.counted) + 1, 2)
        refit(at, at.min, most, self.state.at)

    def _reader(self, name: str) -> Costs:
        return self._mine if name == MINE else _costs(name)

    def compute(self, state: SurpriseState) -> SurpriseResult:
        """Return what the text costs under one model or two."""
        text = state.counted
        cost = self._reader(state.model).of(text)
        other = None if state.other == NONE else self._reader(state.other).of(text)
        before, beside = (c and c.before(state.at) for c in (cost, other))
        most = np.argsort(-before, kind="stable")[:SHOWN]
        return SurpriseResult(
            page=page_with(text, state.at - 1, COLUMNS, ROWS),
            characters=len(text),
            bytes=len(text.encode("utf-8")),
            words=words(text),
            cost=cost,
            other=other,
            at=state.at,
            character=text[state.at - 1 : state.at],
            expected=tuple((_readable(b), float(before[b]), other and float(beside[b])) for b in most),
        )

    def drag(self, drag: Drag):
        """Put the cursor where the pointer is."""
        return {"at": self.figure.view.character_at(self.result, *drag.now)}

    def receive_upload(self, name: str, content: bytes, size: int):
        """Take the text of a file, or of its beginning, or a note that says why it cannot be one."""
        name = name if len(name) <= 40 else f"{name[:40]}…"
        cut = size > len(content)
        try:
            reading = corpora.read_text(content, cut=cut)
        except InputError as error:
            return {"note": f"{name} is not taken: {error}."}
        part = f"The beginning of {name}, which has {size:,} bytes" if cut else f"From {name}"
        note = ": ".join(filter(None, (part, reading.note)))
        text = reading.text.replace("\r\n", "\n")
        kept = "the first 1,000 characters are" if cut or len(text) > TAKEN else "it is"
        return {"text": text[:TAKEN], "note": f"{note}. Of the file {kept} kept here, and nothing else.", "at": 1}

    def describe(self) -> str:
        s, r = self.state, self.result
        return " ".join(filter(None, (_total_cost(s, r), _comparison(s, r), _character_cost(r), _beyond(s), s.note)))


@cache
def _costs(name: str) -> Costs:
    """Return the costs under a model of the shelf, the same for all explorers."""
    return Costs(shelf.trained(name))


def _typed_at(before: str, after: str) -> int:
    """Return the place after what has been typed, counted from 1; the beginning if much is new."""
    if abs(len(after) - len(before)) > 20:
        return 1
    if after.startswith(before):
        return len(after) + 1
    most, same = min(len(before), len(after)), 0
    while same < most and before[len(before) - 1 - same] == after[len(after) - 1 - same]:
        same += 1
    return len(after) - same + 1


def _readable(byte: int) -> str:
    """Return a byte as it is read: a character, or its number if it is none by itself."""
    return visible(chr(byte)) if 32 <= byte < 127 or byte in b"\n\t" else f"byte {byte}"


def _beyond(state: SurpriseState) -> str:
    """Return what is not counted of a long text."""
    n = len(state.text)
    return f"Of {n:,} characters the first {TAKEN:,} are counted; the rest stays in the box." if n > TAKEN else ""


def _total_cost(state: SurpriseState, r: SurpriseResult) -> str:
    """Return what the whole text costs, and a character and a word of it."""
    if not r.characters:
        return f"An empty text costs 0 bits under {state.model}, as under any model: its probability is 1."
    size = counted(r.characters, "character") + (f" ({r.bytes:,} bytes)" if r.bytes != r.characters else "")
    total, nats = _amount(r.cost.total), _amount(r.cost.total * np.log(2))
    told = f"Under {state.model}, {size} cost{'s' * (r.characters == 1)} {total} bits ({nats} nats): "
    told += f"{r.cost.total / r.characters:.3f} bits a character"
    if r.words:
        dearest = int(r.cost.by_word.argmax())
        word = _quoted(state.text[slice(*r.words[dearest])])
        mean, most = r.cost.total / len(r.words), r.cost.by_word[dearest]
        told += f", {mean:.2f} a word; the most expensive word is {word}, {_amount(most)} bits"
    return told + "."


def _comparison(state: SurpriseState, r: SurpriseResult) -> str:
    """Return what the text costs under the other model, if there is one."""
    if not r.other or not r.characters:
        return ""
    saved = r.other.total - r.cost.total
    verdict = f"{_amount(abs(saved))} bits {'more' if saved > 0 else 'less'}" if saved else "as much"
    each = fixed(r.other.total / r.characters, 3)
    return f"Under {state.other}, it costs {each} bits a character, {verdict} in all."


def _character_cost(r: SurpriseResult) -> str:
    """Return what the cursor's character costs, and what was expected there."""
    label, p, _ = r.expected[0]
    if not r.character:
        return f"What comes next? Most expected: {label} ({percent(p)})."
    bits = r.cost.bits[r.at - 1]
    named = _quoted(r.character) if r.character.isascii() else f"{_quoted(r.character)} ({coded(r.character)})"
    return (
        f"Character {r.at}, {named}, costs {number(bits)} bits, p = {percent(2.0**-bits)}; most expected "
        f"there: {label} ({percent(p)})."
    )


def _amount(bits: float) -> str:
    """Return an amount of bits or nats that may be large."""
    return number(bits) if bits < 100 else f"{bits:,.1f}"


def _quoted(word: str, most: int = 24) -> str:
    """Return a word in quotation marks: not too long, its blanks visible."""
    word = word.strip() or word
    return f"“{visible_text(word, most)}”"
