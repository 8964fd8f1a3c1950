"""Calls a learner's function: with copies of its arguments, quietly, and not for ever."""

import contextlib
import copy
import ctypes
import dis
import inspect
import io
import linecache
import re
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import numpy as np

from lessons_lib.exercise.answers import Unusable, shown

_LIBRARY = str(Path(__file__).resolve().parent.parent)


class TimeIsUp(BaseException):
    """Ends an endless loop; no `except Exception` holds it up."""


class _Quiet(io.TextIOBase):
    """Takes whatever is printed, and keeps only that something was."""

    printed = False

    def write(self, text: str) -> int:
        self.printed = self.printed or bool(text.strip())
        return len(text)


def call(function: Callable, arguments: Sequence[Any], names: Sequence[str], seconds: float) -> Any:
    """Return what the function returns for copies of these arguments.

    Raises Unusable, with the reason as a sentence to the learner, if it cannot be called so, raises, changes an
    argument in place, or takes longer than `seconds`.
    """
    _require_that_it_takes(function, arguments, names)
    given, recursion = copy.deepcopy(list(arguments)), sys.getrecursionlimit()
    call_shown = ", ".join(f"{name} = {shown(value)}" for name, value in zip(names, arguments, strict=True))
    quiet = _Quiet()
    try:
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(_Quiet()):
            returned = within(seconds, function, given)
    except TimeIsUp:
        raise Unusable(f"For {call_shown} your function did not end in time: is it slow, or an endless loop?") from None
    except RecursionError:
        raise Unusable(f"For {call_shown} your function calls itself without end (RecursionError).") from None
    except BaseException as error:
        if _is_not_written_yet(error, function):
            return ...
        raise Unusable(f"For {call_shown} your function raised {_error_in_words(error, function)}") from error
    finally:
        sys.setrecursionlimit(recursion)
    if inspect.iscoroutine(returned):
        returned.close()
        raise Unusable("Your function is asynchronous; write def, not async def.")
    if returned is None:
        why = "prints its result; it should return it" if quiet.printed else "returns nothing; is a return missing"
        raise Unusable(f"For {call_shown} your function {why}{'.' if quiet.printed else '?'}")
    if not all(_unchanged(now, before) for now, before in zip(given, arguments, strict=True)):
        raise Unusable(f"For {call_shown} your function changes its argument in place; it should leave it as it was.")
    return returned


def _require_that_it_takes(function: Callable, arguments: Sequence[Any], names: Sequence[str]) -> None:
    try:
        signature = inspect.signature(function)
    except Exception:
        return
    try:
        signature.bind(*arguments)
    except TypeError:
        wanted = f"{len(names)} {'argument' if len(names) == 1 else 'arguments'}, ({', '.join(names)})"
        raise Unusable(f"Your function takes {signature}; it is called with {wanted}.") from None


def told_other_order(function: Callable, names: Sequence[str]) -> str:
    """Return a sentence if the function's arguments have these names in another order, else ""."""
    try:
        own = list(inspect.signature(function).parameters)
    except Exception:
        return ""
    if own == list(names) or sorted(own) != sorted(names):
        return ""
    return f"Your function takes ({', '.join(own)}); it is called with ({', '.join(names)})."


def is_arithmetic(error: BaseException | None) -> bool:
    """Return whether numbers were too large, or out of a function's domain."""
    from_math = isinstance(error, ValueError) and re.match("math domain error|expected a .* input", str(error))
    return isinstance(error, ArithmeticError) or bool(from_math)


def _is_not_written_yet(error: BaseException, function: Callable) -> bool:
    """Return whether the function itself says `raise NotImplementedError`; what it calls may raise that too."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    code = getattr(inspect.unwrap(function), "__code__", None)
    if type(error) is not NotImplementedError or error.args or last is None or last.tb_frame.f_code is not code:
        return False
    return code.co_code[last.tb_lasti] == dis.opmap["RAISE_VARARGS"]


def _unchanged(now: Any, before: Any) -> bool:
    if isinstance(before, np.ndarray):
        return isinstance(now, np.ndarray) and now.shape == before.shape and bool(np.array_equal(now, before))
    return now == before


def _error_in_words(error: BaseException, function: Callable) -> str:
    """Return an exception's type, words, and the last line of the learner's own code on its way."""
    try:
        words = " ".join(str(error).split())[:300]
    except BaseException:
        words = ""
    told = f"{type(error).__name__}{': ' + words if words else ''}."
    if _is_of_torch(error, words):
        told += " The inputs are numpy arrays or plain numbers: wrap them, torch.as_tensor(x)."
    try:
        own = inspect.unwrap(function).__code__.co_filename
    except Exception:
        own = None
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.startswith(_LIBRARY)]
    theirs = [f for f in frames if f.filename == own] or frames
    if not theirs:
        return told
    frame = theirs[-1]
    line = (linecache.getline(frame.filename, frame.lineno or 0) or frame.line or "").strip()
    return f"{told}\nIt happened in line {frame.lineno} of {frame.name}: {line}" if line else told


def _is_of_torch(error: BaseException, words: str) -> bool:
    """Return whether torch complains of what is no tensor, or a method of tensors is looked for in an array."""
    if isinstance(error, AttributeError):
        tensor = getattr(sys.modules.get("torch"), "Tensor", None)
        return isinstance(error.obj, np.ndarray | np.number | float) and hasattr(tensor, error.name or " ")
    return isinstance(error, TypeError) and "Tensor" in words


def is_stub(function: Any) -> bool:
    """Return whether a function's body is still `...`, with a docstring or without."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return False
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("RESUME", "NOP", "RETURN_VALUE")]
    return len(steps) == 1 and steps[0].opname in ("LOAD_CONST", "RETURN_CONST") and steps[0].argval in (None, ...)


def within(seconds: float, function: Callable, arguments: Sequence[Any]) -> Any:
    """Call the function, and raise TimeIsUp in it after so long, again and again until that gets through.

    On the main thread of Linux and macOS by a signal, which also ends a sleep; elsewhere by an exception that
    Python raises between two steps of the function. Neither ends a single endless step inside compiled code.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return _watched(seconds, function, arguments)
    limit, begin = _Limit(), time.monotonic()
    tracing, before = sys.gettrace(), signal.signal(signal.SIGALRM, limit.is_over)
    left, again = signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)  # what an outer limit has left
    try:
        try:
            return function(*arguments)
        finally:
            limit.holds = False
    finally:
        signal.setitimer(signal.ITIMER_REAL, left and max(left - time.monotonic() + begin, 0.01), again)
        signal.signal(signal.SIGALRM, before)
        sys.settrace(tracing)


class _Limit:
    """A handler of the alarm, for as long as the learner's function runs."""

    holds = True
    raised = False

    def is_over(self, _signal: int, frame: FrameType | None) -> None:
        """Raise here and, should an `except:` in the function catch that, at every line that follows."""
        in_library = frame is None or frame.f_code.co_filename.startswith(_LIBRARY)
        if not self.holds or (self.raised and in_library):
            return
        self.raised = True

        def trace(frame, event, argument):
            if event == "line" and self.holds and not frame.f_code.co_filename.startswith(_LIBRARY):
                raise TimeIsUp
            return trace

        while frame is not None and not frame.f_code.co_filename.startswith(_LIBRARY):
            frame.f_trace = trace
            frame = frame.f_back
        sys.settrace(trace)
        raise TimeIsUp


def _watched(seconds: float, function: Callable, arguments: Sequence[Any]) -> Any:
    over, raised, thread = threading.Event(), threading.Event(), ctypes.c_ulong(threading.get_ident())

    def raise_it() -> None:
        raised.set()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TimeIsUp))

    def watch() -> None:
        wait = seconds
        while not over.wait(wait):
            raise_it()
            wait = 0.1

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return function(*arguments)
    finally:
        over.set()
        watcher.join()
        if raised.is_set():  # one may still be on its way, and only what arrives ends Python's looking out for it
            with contextlib.suppress(TimeIsUp):
                raise_it()
                while True:
                    pass
