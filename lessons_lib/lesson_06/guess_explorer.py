"""Shannon's game: guess the next letter of a story, beside a model that guesses too."""

import time
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import inf

from lessons_lib.drawing.wording import counted
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.controls import button, choice, text_field, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_06.guess_view import COLUMNS, CONTEXT_ROWS, LETTER_ROWS, GuessResult, GuessView, Score
from lessons_lib.lesson_06.page import visible, visible_text
from lessons_lib.maths.errors import InputError
from lessons_lib.text import corpora, shelf
from lessons_lib.text.guessing import ALPHABET, Guesses, bounds, counts_of, guess, interval, reduced

SHOWN, LETTERS = COLUMNS * CONTEXT_ROWS, COLUMNS * LETTER_ROWS
"""So many letters are shown before the first one that is guessed, and so many are guessed in a passage."""
OPENS = 20
"""The passage with which it opens: far enough from the story's beginning, which other figures show."""
_ENOUGH = 30
"""From so many letters on the interval holds both bounds about nine times in ten: see `interval`."""
_MOST = 2000
_PAUSE = 0.5
"""A letter typed within so many seconds after a wrong one belongs to the same word: it is no guess."""


@cache
def _story() -> str:
    return reduced(corpora.story().decode("utf-8")).strip()


@cache
def passages() -> int:
    """Return how many passages the story has."""
    return (len(_story()) - SHOWN) // LETTERS


def passage(number: int) -> tuple[str, str]:
    """Return what is shown before a passage, counted from 1, and its letters."""
    begin = SHOWN + (number - 1) * LETTERS
    return _story()[begin - SHOWN : begin], _story()[begin : begin + LETTERS]


@lru_cache(maxsize=64)
def by_model(name: str, number: int) -> Guesses:
    """Return how a model guesses a passage."""
    return guess(shelf.trained_on_letters(name), *passage(number))


@dataclass(frozen=True)
class GuessState:
    """The passage, the model beside, and everything typed so far: each letter or space is a guess.

    rest: what was typed in one go after a wrong letter, and is no guess; kept: the guesses in other passages.
    """

    passage: int = OPENS
    model: str = "order 3"
    guesses: str = ""
    rest: str = ""
    kept: tuple[tuple[int, str], ...] = ()


class GuessExplorer(Explorer):
    """Guess a story letter by letter: type, and every letter or space typed is a guess; or click on the letters.

    A word typed in one go ends at its first wrong letter. State: passage (of the story), model, guesses (all that was
    typed; taking letters away takes the guesses back).
    """

    State, View = GuessState, GuessView
    size = (940, 400)
    challenges = (
        Challenge(
            "06_beat_the_counts",
            "At least 20 letters of a passage with fewer guesses in all than order 5 needs for them.",
            lambda state, result: (
                state.model == "order 5"
                and len(result.you.ranks) >= 20
                and sum(result.you.ranks) < sum(result.model.ranks)
            ),
            {"model": "order 5", "guesses": passage(OPENS)[1][:30]},
        ),
        Challenge(
            "06_six_at_once",
            "Six letters in a row, each at the first guess.",
            lambda state, result: "111111" in "".join(str(min(rank, 9)) for rank in result.you.ranks),
            {"guesses": passage(OPENS)[1][:8]},
        ),
    )

    clock = staticmethod(time.monotonic)
    _typed = -inf

    def make_controls(self):
        """What is typed, a guess of the model's, the passage, the model."""
        return {
            "guesses": text_field("your guesses", "type here: each letter is a guess"),
            "hint": button("let the model guess once", "Take the model's next guess for this letter as yours"),
            "passage": whole_slider("passage", 1, passages()),
            "model": choice("beside you", shelf.COUNTS, width=190),
        }

    def settle(self, state):
        """What is typed is a text, and not endless."""
        for name in ("guesses", "rest"):
            if not isinstance(getattr(state, name), str):
                raise InputError(f"{name} must be a string, not {getattr(state, name)!r:.60}")
        return replace(state, guesses=state.guesses[:_MOST])

    def change(self, changes):
        """Guesses are kept with their passage; what is typed in one go ends at its first wrong letter."""
        s = self.state
        changes = {"rest": "", **changes}
        if (number := changes.get("passage", s.passage)) != s.passage:
            kept = {**dict(s.kept), s.passage: s.guesses}
            changes = {"guesses": kept.pop(number, ""), **changes}
            changes["kept"] = tuple(sorted((place, typed) for place, typed in kept.items() if typed))
        elif isinstance(typed := changes.get("guesses"), str) and typed.startswith(s.guesses):
            counts = self._counting(typed)
            changes |= {"guesses": typed[:counts], "rest": typed[counts:]}
        return super().change(changes)

    def _counting(self, typed: str) -> int:
        """Return how many of these letters are guesses: none that follows a wrong one within the pause."""
        now = self.clock()
        quick, self._typed = now - self._typed < _PAUSE, now
        letters = passage(self.state.passage)[1]
        for end in range(len(self.state.guesses), len(typed)):
            if quick and _played(typed[:end], letters)[1]:
                return end
            quick = True
        return len(typed)

    def tend(self):
        """After the last letter nothing is left to guess."""
        self.controls["hint"].disabled = self.result.finished

    @staticmethod
    def compute(state: GuessState) -> GuessResult:
        """Return how the guesses went, yours and the model's, and what they say of bits a letter."""
        context, letters = passage(state.passage)
        ranks, tried, reply = _played(state.guesses, letters)
        model = by_model(state.model, state.passage)
        n = len(ranks)
        you = _score(ranks)
        return GuessResult(
            context=context,
            done=letters[:n],
            tried=tried,
            finished=n == len(letters),
            you=you,
            model=_score(tuple(model.ranks[:n].tolist())),
            model_bits=float(model.bits[:n].mean()) if n else None,
            likely=interval(tuple(you.counts.tolist())) if n else None,
            reply=reply,
            name=state.model,
            needs=int(model.ranks.sum()),
        )

    def drag(self, drag: Drag):
        """A click on a letter guesses it."""
        self._typed = -inf
        return {"guesses": self.state.guesses + self.figure.view.letter_at(drag.start[0])} if drag.began else {}

    def press_hint(self):
        """Take the model's next guess that was not tried yet."""
        self._typed = -inf
        order = by_model(self.state.model, self.state.passage).order(len(self.result.done))
        return {"guesses": self.state.guesses + next(letter for letter in order if letter not in self.result.tried)}

    def describe(self) -> str:
        r, n = self.result, len(self.result.done)
        told = " ".join(filter(None, (r.reply, self._not_counted(), self._elsewhere())))
        here = (r.context + r.done)[-24:]
        if not n:
            return (
                f"Which letter comes after “…{here}”? A letter or a space (␣) is a guess. {r.name.capitalize()} needs "
                f"{r.needs} guesses for the {LETTERS} letters of passage {self.state.passage}. {told}"
            ).strip()
        goal = "The passage is done." if r.finished else f"Now after “…{here[-12:]}”."
        low, high = r.you.bounds
        least, most = r.model.bounds
        unsure = (
            "with so few letters it may be" if n >= _ENOUGH else "so few letters say little: it may well lie outside"
        )
        return (
            f"{told} {goal} {counted(n, 'letter')}: you needed {_tally(r.you)}, {self.state.model} "
            f"{_tally(r.model)}. By Shannon's bounds a letter costs you {low:.2f} to {high:.2f} bits; {unsure} "
            f"{r.likely[0]:.1f} to {r.likely[1]:.1f}. {self.state.model.capitalize()}: {least:.2f} "
            f"to {most:.2f}, and by its own probabilities {r.model_bits:.2f}."
        )

    def _not_counted(self) -> str:
        rest = self.state.rest
        return f"What was typed at once after it, “{visible_text(rest)}”, is not counted." if rest else ""

    def _elsewhere(self) -> str:
        """Return in which passages there are guesses; empty once something is guessed here."""
        if self.state.guesses or not self.state.kept:
            return ""
        places = ", ".join(str(place) for place, _ in self.state.kept)
        return f"Your guesses in passage{'s' * (len(self.state.kept) > 1)} {places} are kept."


def _tally(score: Score) -> str:
    """Return how many guesses were needed, and how many letters were right at once."""
    first = score.ranks.count(1)
    return f"{sum(score.ranks)} guess{'es' * (sum(score.ranks) != 1)}, {first} right at once"


def _played(typed: str, letters: str) -> tuple[tuple[int, ...], str, str]:
    """Return the number of guesses of each letter found, the wrong ones for the present letter, and a reply."""
    ranks, tried, reply = [], "", ""
    for guessed in typed.lower():
        if len(ranks) == len(letters):
            break
        if guessed not in ALPHABET:
            reply = f"“{guessed}” is not one of the 27 symbols, a to z and the space."
        elif guessed == letters[len(ranks)]:
            ranks.append(len(tried) + 1)
            tried, reply = "", f"Yes, {visible(guessed)}."
        elif guessed in tried:
            reply = f"{visible(guessed)} was tried already."
        else:
            tried, reply = tried + guessed, f"No, not {visible(guessed)}."
    return tuple(ranks), tried, reply


def _score(ranks: tuple[int, ...]) -> Score:
    counts = counts_of(ranks)
    return Score(ranks, counts, bounds(counts) if ranks else None)
