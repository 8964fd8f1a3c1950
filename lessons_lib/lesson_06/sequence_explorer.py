"""A sentence as a chain of choices: the product of their probabilities, the sum of their bits, and when it ends."""

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from lessons_lib.drawing.wording import counted, fixed, number
from lessons_lib.explorer.challenge import Challenge
from lessons_lib.explorer.chance import SEEDS
from lessons_lib.explorer.controls import button, choice, whole, whole_field, whole_slider
from lessons_lib.explorer.core import Drag, Explorer
from lessons_lib.lesson_06 import sentences
from lessons_lib.lesson_06.sentences import END, RULES, START, TABLE, WORDS
from lessons_lib.lesson_06.sequence_view import CHOICES, LONGEST, SequenceResult, SequenceView
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.measures import surprisal

MOST = 12
_LEAST_PROBABLE = float(sentences.dearest()[2])


@dataclass(frozen=True)
class SequenceState:
    """The choices so far, the one to add next, the rule for the end, the length of what is counted, and the seed."""

    words: tuple[str, ...] = ("the", "dog", "sees", "the", "cat")
    next: str = "sleeps"
    rule: str = TABLE
    length: int = 10
    seed: int = 1


class SequenceExplorer(Explorer):
    """Build a sentence word by word; its bits add up. Then choose when a sentence ends, and see where probability goes.

    Click a bar to add its word; drag in the curve to move the length. State: words (up to 12, and after them
    the end marker ■), next, rule, length (0 to 60 words), seed.
    """

    State, View = SequenceState, SequenceView
    size = (940, 480)
    challenges = (
        Challenge(
            "06_twenty_bits",
            "A finished sentence, end marker included, that costs more than 20 bits.",
            lambda state, result: result.ended and 20 < result.total < inf,
            {"words": ("sleeps", "dog", "the", "the", END)},
        ),
        Challenge(
            "06_cheap_and_long",
            "A finished sentence of at least eight words for at most 0.9 bit a choice, the end being one of them.",
            lambda state, result: result.ended and len(result.words) > 8 and result.total <= 0.9 * len(result.words),
            {"words": ("the", "dog", "sees", "the", "dog", "sees", "the", "cat", "sleeps", END)},
        ),
        Challenge(
            "06_dearest_choice",
            "While the table says when to end, take a step that costs as much as any in the table.",
            lambda state, result: state.rule == TABLE and _LEAST_PROBABLE in result.factors,
            {"words": ("the", "the")},
        ),
        Challenge(
            "06_half_never_ends",
            "Find an end rule that gives the end a chance after every word, while half of all probability never ends.",
            lambda state, result: result.never == 0.5,
            {"rule": "1/(t + 2)² after t words"},
        ),
    )

    def make_controls(self):
        """The next word, adding and taking off, the rule for the end, the length, and sentences by the model itself."""
        return {
            "next": choice("next", CHOICES, width=150),
            "add": button("add it", "Add this word, or the end marker, to the sentence"),
            "back": button("take the last off", "Take the last choice off the sentence"),
            "seed": whole_field("seed", 0, SEEDS - 1),
            "write": button("let the model write", "Another sentence drawn from the model: the next seed"),
            "rule": choice("P(end)", tuple(RULES), width=280),
            "length": whole_slider("words, at most", 0, LONGEST),
        }

    def settle(self, state):
        """Accept only sentences that the model could write."""
        words = tuple(state.words) if isinstance(state.words, tuple | list) else None
        if words is None or len(words) - (END in words) > MOST or any(word not in CHOICES for word in words):
            raise InputError(
                f"words must be up to {MOST} of {', '.join(WORDS)}, and the end {END}, not {state.words!r:.60}"
            )
        if END in words[:-1]:
            raise InputError(f"words must have the end marker only at the end, not {state.words!r:.80}")
        return replace(state, words=words)

    def change(self, changes):
        """Another seed is another sentence by the model."""
        state = super().change(changes)
        if "seed" in changes and "words" not in changes:
            return replace(state, words=sentences.write(state.seed, state.rule, MOST))
        return state

    def tend(self):
        """Nothing can be added to what is full, and nothing taken off nothing."""
        self.controls["add"].disabled = self._is_full() and self.state.next != END
        self.controls["back"].disabled = not self.state.words

    @staticmethod
    def compute(state: SequenceState) -> SequenceResult:
        """Return each choice's probability and bits, what may come next, and how much probability has ended."""
        factors = tuple(map(float, sentences.factors(state.words, state.rule)))
        bits = surprisal(factors, base=2)
        before = () if sentences.is_finished(state.words) else state.words
        offered = sentences.next_probabilities(before, state.rule)
        return SequenceResult(
            words=state.words,
            factors=factors,
            bits=bits,
            total=float(bits.sum()),
            offered=np.array([float(offered[word]) for word in CHOICES]),
            next=CHOICES.index(state.next),
            length=state.length,
            finished=sentences.finished_mass(LONGEST, state.rule),
            never=float(RULES[state.rule].never),
        )

    def drag(self, drag: Drag):
        """In the curve, move the length; on a bar, add its word."""
        if drag.axes is self.figure.view.mass_axes:
            return {"length": drag.now[0]}
        if not drag.began:
            return {}
        word = CHOICES[whole(drag.start[1], 0, len(CHOICES) - 1)]
        return {"next": word, **self._with(word)}

    def press_add(self):
        """Add the chosen word; after the end it begins another sentence."""
        return self._with(self.state.next)

    def press_back(self):
        """Take the last choice off."""
        return {"words": self.state.words[:-1]}

    def press_write(self):
        """Go to the next seed whose sentence is another one."""
        s = self.state
        seeds = ((s.seed + step) % SEEDS for step in range(1, SEEDS))
        return {"seed": next(seed for seed in seeds if sentences.write(seed, s.rule, MOST) != s.words)}

    def _is_full(self) -> bool:
        return len(self.state.words) == MOST and not self.result.ended

    def _with(self, word: str) -> dict[str, tuple[str, ...]]:
        """Return the change that adds a word: to the sentence, or as the first of another one."""
        if self._is_full() and word != END:
            return {}
        return {"words": (word,) if self.result.ended else (*self.state.words, word)}

    def describe(self) -> str:
        s, r = self.state, self.result
        return (
            f"{' '.join((START, *r.words))}: {_product_and_sum(r)} {self._onward()} With P(end) {s.rule}, sentences of "
            f"at most {counted(r.length, 'word')} have {_share(r.finished[r.length])} of the probability, and all "
            f"finite ones {1 - r.never:g}{'' if r.never == 0 else ': the rest never ends'}."
        )

    def _onward(self) -> str:
        """Return what the next word would cost, and after the end, what the whole did."""
        s, r = self.state, self.result
        offer = f"{s.next} has probability {number(r.offered[r.next])}, {number(r.next_bits)} bits."
        if r.ended:
            return f"It is complete: {number(r.total / len(r.words))} bits a choice. To begin another, {offer}"
        full = f"{MOST} words are the most: only the end {END} can be added. " if self._is_full() else ""
        return f"{full}Next, {offer}"


def _product_and_sum(r: SequenceResult) -> str:
    """Return what the choices so far cost, as a product and as a sum."""
    if not r.words:
        return "nothing chosen yet, probability 1, 0 bits."
    terms = " + ".join(fixed(bits, 2) for bits in r.bits)
    return f"probability {number(2.0**-r.total)}, which is {terms} = {fixed(r.total, 2)} bits."


def _share(mass: float) -> str:
    return f"{mass:.10f}".rstrip("0").rstrip(".") if mass > 0.999 else f"{mass:.4f}"
