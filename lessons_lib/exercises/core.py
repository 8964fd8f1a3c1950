"""An exercise: a question with its answer, typical mistakes, hints and solution, and a check that always replies."""

import contextlib
import inspect
import io
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lessons_lib import progress
from lessons_lib.exercises.answers import Unusable, agree, as_numbers, shown
from lessons_lib.exercises.calling import TimeIsUp, call, is_stub, within
from lessons_lib.exercises.feedback import Feedback, Note
from lessons_lib.exercises.mistakes import Mistake

SECONDS = 2.0
"""So long may a learner's function take in all; and a little longer any answer, to be read."""


@dataclass
class Exercise:
    """A question about numbers or for a function.

    answer: a number, an array, a dictionary of numbers, or a function; the learner's answer has to agree with it
    within rtol and atol. Numbers rounded to three digits are near enough by default.
    mistakes: sentence -> the answer that this typical mistake leads to, of the same kind as `answer`.
    inputs: for a function, the argument tuples on which it is tried, edge cases among them; `names` are the
    arguments' names.
    hints, solution, code: Markdown, and the code that solves it.
    """

    name: str
    question: str
    answer: Any
    mistakes: dict[str, Any]
    hints: Sequence[str]
    solution_text: str
    code: str
    inputs: Sequence[tuple] = ()
    names: Sequence[str] = ()
    rtol: float = 2e-3
    atol: float = 1e-12
    _given: int = field(default=0, init=False, repr=False)

    def check(self, answer: Any) -> Feedback:
        """Return a reply to any answer whatever. Never raises, and changes nothing of what it is given."""
        quiet = io.StringIO()
        with (
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            contextlib.redirect_stdout(quiet),
            contextlib.redirect_stderr(quiet),
        ):
            warnings.simplefilter("ignore")
            feedback, kept = self._reply_and_text(answer)
        if feedback.status == "not attempted":
            return feedback
        facts = {} if self._is_done() else {"status": feedback.status}
        trouble = progress.count("exercises", self.name, "tries", answer=kept, reply=feedback.status, **facts)
        return Feedback(feedback.status, f"{feedback.message}\n{trouble}") if trouble else feedback

    def _reply_and_text(self, answer: Any) -> tuple[Feedback, str]:
        feedback, kept = Feedback("unusable", "The answer could not be read."), "an object"
        try:
            feedback = within(SECONDS + 0.5, self._reply, [answer])
            kept = within(0.5, _kept, [answer])
        except TimeIsUp:
            if kept == "an object" and feedback.message == "The answer could not be read.":
                feedback = Feedback("unusable", "The answer could not be read: it takes too long.")
        except BaseException:  # objects can be hostile in every way; the learner still gets the reply
            pass
        return feedback, kept

    def hint(self) -> Note:
        """Return the next hint; after the last, say so."""
        if self._given == len(self.hints):
            return Note("That was the last hint. `.solution()` shows a solution.")
        self._given += 1
        progress.record("exercises", self.name, hints=self._given)
        return Note(f"**Hint {self._given} of {len(self.hints)}.** {self.hints[self._given - 1]}")

    def solution(self) -> Note:
        """Return a worked solution."""
        progress.record("exercises", self.name, solution=True)
        return Note(f"**A solution.** {self.solution_text}\n\n```python\n{self.code}\n```")

    def __repr__(self) -> str:
        return self.question

    def _repr_markdown_(self) -> str:
        progress.record("exercises", self.name, seen=True)
        known = progress.get("exercises", self.name)
        last = known.get("answer")
        before = f"\n\n*Your last answer: `{last}` ({known.get('reply')}).*" if last else ""
        return f"**Exercise.** {self.question}{before}"

    def _is_done(self) -> bool:
        return progress.get("exercises", self.name).get("status") == "correct"

    def _reply(self, answer: Any) -> Feedback:
        try:
            if _is_stub(answer):
                return Feedback("not attempted", "Put your answer in place of the dots.")
            if callable(self.answer):
                return self._reply_to_function(answer)
            given = _like(self.answer, answer)
            if self._same(given, self.answer):
                return Feedback("correct", _received(answer))
            return self._reply_to_wrong(given, _received(answer))
        except Unusable as reason:
            return Feedback("unusable", str(reason))
        except Exception as error:
            return Feedback("unusable", f"The answer, {shown(answer)}, led to {type(error).__name__}.")

    def _reply_to_wrong(self, given: Any, received: str) -> Feedback:
        for sentence, wrong in self.mistakes.items():
            if self._same(given, wrong):
                return Feedback("incorrect", f"{received} {sentence}")
        return Feedback("incorrect", f"{received} {self._off(given)} For a hint: .hint()")

    def _off(self, given: Any) -> str:
        """Say what can be said of an answer without giving the right one away."""
        if isinstance(given, dict):
            wrong = [key for key in given if not self._same(given[key], self.answer[key])]
            near = all(agree(given[key], self.answer[key], 0.03, 0).all() for key in wrong)
            told = "Near, but give at least three significant digits" if near else "Not right"
            return f"{told}: {', '.join(map(str, wrong))}."
        right = np.asarray(self.answer, dtype=float)
        if agree(given, right, 0.03, 0).all():
            return "That is near: give at least three significant digits."
        if right.shape == ():
            return "That is too small." if given < right else "That is too large."
        if self._same(np.sort(given, axis=None), np.sort(right, axis=None)):
            return "These are the right numbers in another order."
        wrong = np.flatnonzero(~agree(given, right, self.rtol, self.atol))
        return f"{wrong.size} of {right.size} entries off, the first at index {wrong[0]}."

    def _same(self, given: Any, wanted: Any) -> bool:
        if isinstance(wanted, Mapping):
            return all(self._same(given[key], wanted[key]) for key in wanted)
        wanted = np.asarray(wanted, dtype=float)
        return given.shape == wanted.shape and bool(agree(given, wanted, self.rtol, self.atol).all())

    # Functions

    def _reply_to_function(self, function: Any) -> Feedback:
        if not callable(function):
            raise Unusable(
                f"A function is asked for; the answer is {shown(function)}. Give its name, without calling it."
            )
        if is_stub(function):
            return Feedback("not attempted", "Put your code in place of the dots.")
        end = time.monotonic() + SECONDS
        results, received = [], ""
        for arguments in self.inputs:
            right = self.answer(*arguments)
            returned = call(function, arguments, self.names, max(end - time.monotonic(), 0.05))
            if returned is ...:
                return Feedback("not attempted", "Put your code in place of the dots.")
            results.append(self._returned(returned, right, arguments))
            if not received and not self._same(results[-1], right):
                received = f"For {self._call(arguments)} it returns {shown(returned)}; it should return {shown(right)}."
        if received:
            return self._reply_to_wrong_function(results, received)
        return Feedback("correct", f"Your function is right on all {len(self.inputs)} inputs, edge cases among them.")

    def _reply_to_wrong_function(self, results: Sequence[Any], received: str) -> Feedback:
        for sentence, wrong in self.mistakes.items():
            if all(self._same(r, wrong(*a)) for r, a in zip(results, self.inputs, strict=True)):
                return Feedback("incorrect", f"{received} {sentence}")
        return Feedback("incorrect", received)

    def _returned(self, returned: Any, right: Any, arguments: tuple) -> Any:
        try:
            return _like(right, returned)
        except Unusable as reason:
            told = str(reason).replace("The answer", "What it returns")
            raise Unusable(f"For {self._call(arguments)} your function returns {shown(returned)}. {told}") from None

    def _call(self, arguments: tuple) -> str:
        return ", ".join(f"{name} = {shown(value)}" for name, value in zip(self.names, arguments, strict=True))


def mistakes(*pairs: Mistake) -> dict[str, Any]:
    """Return an exercise's mistakes from sentences and the answers they lead to."""
    return dict(pairs)


def keyed(*keys: str) -> Callable[..., dict[str, float]]:
    """Return what makes an answer with these keys of as many numbers, or of one array of them."""
    return lambda *values: dict(zip(keys, np.ravel(values).tolist(), strict=True))


def _is_stub(answer: Any) -> bool:
    """Return whether an answer is still `...`, or a list or dictionary of nothing else."""
    entries = list(answer.values()) if type(answer) is dict else answer if type(answer) in (list, tuple) else [answer]
    return 0 < len(entries) < 100 and all(entry is ... for entry in entries)


def _received(answer: Any) -> str:
    return f"You gave {shown(answer)}."


def _like(wanted: Any, answer: Any) -> Any:
    """Read an answer as the same kind of thing as the right one."""
    if not isinstance(wanted, Mapping):
        return as_numbers(answer, np.shape(wanted))
    if not isinstance(answer, Mapping):
        raise Unusable(f"A dictionary with the keys {', '.join(map(repr, wanted))} is asked for, not {shown(answer)}.")
    missing = [key for key in wanted if key not in answer]
    strange = [key for key in answer if key not in wanted]
    if missing or strange:
        told = [f"lacks {', '.join(map(shown, missing))}"] if missing else []
        told += [f"has {', '.join(map(shown, strange))}, which is not asked for"] if strange else []
        raise Unusable(f"The dictionary {' and '.join(told)}.")
    read = {}
    for key, value in wanted.items():
        if answer[key] is ...:
            raise Unusable(f"The entry {key!r} still holds the dots.")
        try:
            read[key] = as_numbers(answer[key], np.shape(value))
        except Unusable as reason:
            raise Unusable(f"The entry {key!r}: {reason}") from None
    return read


def _kept(answer: Any) -> str:
    """Return an answer as the progress keeps it."""
    return f"the function {str(answer.__name__)[:80]}" if inspect.isfunction(answer) else shown(answer)
