"""An exercise: a question with its answer, typical mistakes, hints and solution, and a check that always replies."""

import inspect
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lessons_lib import progress
from lessons_lib.exercise.answers import Unusable, as_asked, sayable, shown
from lessons_lib.exercise.calling import TimeIsUp, call, is_arithmetic, is_stub, told_other_order, within
from lessons_lib.exercise.comparing import breaks_down, same
from lessons_lib.exercise.feedback import Feedback, Note, as_typed, in_words
from lessons_lib.exercise.mistakes import Mistake
from lessons_lib.exercise.naming import NAN, Naming, function_slips
from lessons_lib.exercise.settings import left_as_it_was

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
    edges: sentence -> for which arguments it is said of a function, if that goes wrong for such arguments alone.
    hints, solution_text, code: Markdown, and the code that solves it.
    not_finite: a sentence for NaN or an infinity where a number is wanted, and for overflow and division by 0.
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
    not_finite: str = ""
    edges: Mapping[str, Callable[..., bool]] = field(default_factory=dict)
    called: str = ""
    """What a learner types for it; by its name, 02_nll, that is lesson_02.nll."""
    _given: int = field(default=0, init=False, repr=False)

    def __post_init__(self):
        self.called = self.called or f"lesson_{self.name[:2]}.{self.name[3:]}"

    def check(self, answer: Any) -> Feedback:
        """Return a reply to any answer whatever. Never raises, and changes nothing of what it is given.

        What reading the answer or calling it changes, settings and random state, is put back.
        """
        with left_as_it_was():
            feedback, kept = self._reply_and_text(answer)
        feedback = Feedback(feedback.status, sayable(feedback.message))
        if feedback.status == "not attempted":
            return feedback
        facts = {} if self._is_done() else {"status": feedback.status}
        trouble = progress.count("exercises", self.name, "tries", answer=sayable(kept), reply=feedback.status, **facts)
        return Feedback(feedback.status, f"{feedback.message}\n{trouble}") if trouble else feedback

    def _reply_and_text(self, answer: Any) -> tuple[Feedback, str]:
        feedback, kept = Feedback("unusable", "The answer could not be read."), "an object"
        try:
            feedback = within(1.25 * SECONDS, self._reply, [answer])
            kept = within(0.25 * SECONDS, _kept, [answer])
        except TimeIsUp:
            if kept == "an object" and feedback.message == "The answer could not be read.":
                feedback = Feedback("unusable", "The answer could not be read: it takes too long.")
        except BaseException:  # objects can be hostile in every way; the learner still gets the reply
            pass
        return feedback, kept

    def hint(self) -> Note:
        """Return the next hint; after the last, say so."""
        if self._given == len(self.hints):
            return Note(f"That was the last hint. `{self.called}.solution()` shows a solution.")
        self._given += 1
        trouble = progress.record("exercises", self.name, hints=self._given)
        return Note(f"**Hint {self._given} of {len(self.hints)}.** {self.hints[self._given - 1]}{_told(trouble)}")

    def solution(self) -> Note:
        """Return a worked solution."""
        trouble = progress.record("exercises", self.name, solution=True)
        return Note(f"**A solution.** {self.solution_text}\n\n```python\n{self.code}\n```{_told(trouble)}")

    def __repr__(self) -> str:
        return self.question

    def _repr_markdown_(self) -> str:
        trouble = progress.record("exercises", self.name, seen=True)
        known = progress.get("exercises", self.name)
        last = known.get("answer")
        is_told = last and isinstance(last, str)  # the file may be anybody's
        before = (
            f"\n\n*Your last answer: <code>{as_typed(last)}</code>. {in_words(known.get('reply'))}*" if is_told else ""
        )
        return f"**Exercise.** {self.question}{before}{_told(trouble)}"

    def _is_done(self) -> bool:
        return progress.get("exercises", self.name).get("status") == "correct"

    def _reply(self, answer: Any) -> Feedback:
        try:
            if _is_stub(answer):
                return Feedback("not attempted", "Put your answer in place of the dots.")
            if callable(self.answer):
                return self._reply_to_function(answer)
            given = as_asked(self.answer, answer)
        except Unusable as reason:
            return Feedback("unusable", str(reason))
        except Exception as error:
            return Feedback("unusable", f"The answer, {shown(answer)}, led to {type(error).__name__}.")
        received = f"You gave {shown(given)}."
        if self._same(given, self.answer):
            return Feedback("correct", received)
        return Feedback("incorrect", f"{received} {self._reply_to_wrong(given)}")

    def _reply_to_wrong(self, given: Any) -> str:
        """Name the mistake of a wrong answer, or say what can be said without giving the right one away."""
        naming = Naming(given, self.answer, self.mistakes, self.rtol, self.atol)
        named = naming.sentence()
        if named:
            return named
        how = naming.off()
        if self.not_finite and breaks_down(given, self.answer):
            return f"{how} {self.not_finite}"
        return how if naming.is_short() else f"{how} {self._hint_pointer}"

    @property
    def _hint_pointer(self) -> str:
        return f"For a hint, run {self.called}.hint() in a cell of its own."

    def _same(self, given: Any, wanted: Any) -> bool:
        return same(given, wanted, self.rtol, self.atol)

    # Functions

    def _reply_to_function(self, function: Any) -> Feedback:
        if not callable(function):
            raise Unusable(
                f"A function is asked for; the answer is {shown(function)}. Give its name, without calling it."
            )
        if is_stub(function):
            return Feedback("not attempted", "Put your code in place of the dots.")
        end, runs, received = time.monotonic() + SECONDS, [], ""
        other_order = told_other_order(function, self.names)
        for arguments in self.inputs:
            right = self.answer(*arguments)
            try:
                returned = call(function, arguments, self.names, max(end - time.monotonic(), 0.05))
                if returned is ...:
                    return Feedback("not attempted", "Put your code in place of the dots.")
                given = self._returned(returned, right, arguments)
            except Unusable as reason:
                if received:
                    continue
                more = other_order or (self.not_finite if is_arithmetic(reason.__cause__) else "")
                return Feedback("unusable", f"{reason}\n{more}".strip())
            runs.append((arguments, right, given))
            if not received and not self._same(given, right):
                received = f"For {self._call(arguments)} it returns {shown(given)}; it should return {shown(right)}."
        if received:
            return Feedback("incorrect", f"{received} {other_order or self._told_of_function(runs)}")
        return Feedback("correct", f"Your function is right on all {len(self.inputs)} inputs, edge cases among them.")

    def _told_of_function(self, runs: Sequence[tuple]) -> str:
        """Name the mistake that explains most of a wrong function's values, if there is one alone."""
        own = {sentence: self._explained(runs, wrong) for sentence, wrong in self.mistakes.items()}
        most = max(own.values(), default=0)
        best = [sentence for sentence, explained in own.items() if explained == most > 0]
        if len(best) == 1:
            return best[0]
        for sentence, slipped in function_slips(self.answer, self.mistakes) if not best else ():
            if self._explained(runs, slipped):
                return sentence
        failed = [run for run in runs if not self._same(run[2], run[1])]
        for sentence, concerns in self.edges.items():
            if all(concerns(*arguments) for arguments, _, _ in failed):
                return sentence
        _, right, given = failed[0]
        if self.not_finite and breaks_down(given, right):
            return self.not_finite
        return f"{NAN}. {self._hint_pointer}" if np.isnan(given).any() else self._hint_pointer

    def _explained(self, runs: Sequence[tuple], mistake: Callable) -> int:
        """Return how many values a mistake explains, wrong ones among them; 0 if one speaks against it.

        Where the function has broken down (0/0, or too large a number) its value does not speak.
        """
        explained = wrong = 0
        for arguments, right, given in runs:
            try:
                mistaken = mistake(*arguments)
            except Exception:
                return 0
            if self._same(given, mistaken):
                explained, wrong = explained + 1, wrong + (not self._same(given, right))
            elif not breaks_down(given, mistaken):
                return 0
        return explained if wrong else 0

    def _returned(self, returned: Any, right: Any, arguments: tuple) -> Any:
        try:
            return as_asked(right, returned)
        except Unusable as reason:
            told = str(reason).replace("The answer", "What it returns")
            raise Unusable(f"For {self._call(arguments)} your function returns {shown(returned)}. {told}") from None

    def _call(self, arguments: tuple) -> str:
        return ", ".join(f"{name} = {shown(value)}" for name, value in zip(self.names, arguments, strict=True))


def _told(trouble: str) -> str:
    """Return Markdown that says, below a text, what there is to say of the progress."""
    return f"\n\n*{as_typed(trouble)}*" if trouble else ""


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


def _kept(answer: Any) -> str:
    """Return an answer as the progress keeps it."""
    return f"the function {str(answer.__name__)[:80]}" if inspect.isfunction(answer) else shown(answer)
