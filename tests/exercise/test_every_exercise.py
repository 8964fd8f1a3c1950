"""Every exercise: its solution, its mistakes, and whatever a learner may hand over."""

import collections
import decimal
import fractions
import functools
import gc
import itertools
import math
import sys
import threading
import time
import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from every import EXERCISES

import lessons_lib
from lessons_lib import progress
from lessons_lib.exercise import core, naming
from lessons_lib.exercise import mistakes as ready_made
from lessons_lib.exercise.comparing import agree, row
from lessons_lib.exercise.core import Exercise, mistakes
from lessons_lib.exercise.feedback import Feedback


@pytest.fixture(autouse=True)
def _only_our_clock():
    """Hypothesis listens to the collector of garbage; the clock that stops a slow answer must not go off in there."""
    others = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks[:] = others


EVERY = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
IS_FUNCTION = {name: callable(exercise.answer) for name, exercise in EXERCISES.items()}
STATUSES = {"correct", "incorrect", "not attempted", "unusable"}


def checked(exercise, answer, limit=5.0):
    """Check an answer under watch: a Feedback, in time, with no warning and nothing printed to stderr."""
    begin = time.monotonic()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        feedback = exercise.check(answer)
    assert time.monotonic() - begin < limit
    assert isinstance(feedback, Feedback)
    assert feedback.status in STATUSES
    assert feedback.message.strip()
    assert feedback.message in repr(feedback)
    assert "<b>" in feedback._repr_html_()
    assert "lessons_lib" not in feedback.message, "a trace of the library"
    return feedback


# What each exercise promises


@EVERY
def test_the_solution_passes(exercise):
    space = {"np": np}
    code = exercise.code if IS_FUNCTION[exercise.name] else f"answer = {exercise.code}"
    exec(code, space)
    asked_for = [value for name, value in space.items() if name.startswith("my_")]
    answer = asked_for[0] if IS_FUNCTION[exercise.name] else space["answer"]
    assert checked(exercise, answer).status == "correct"
    assert checked(exercise, exercise.answer).status == "correct"


@EVERY
def test_the_stub_is_not_attempted(exercise):
    assert checked(exercise, ...).status == "not attempted"
    assert progress.get("exercises", exercise.name) == {}
    if IS_FUNCTION[exercise.name]:

        def stub(*arguments): ...

        def returning(*arguments):
            return ...

        assert checked(exercise, stub).status == "not attempted"
        assert checked(exercise, returning).status == "not attempted"


@EVERY
def test_every_typical_mistake_is_named(exercise):
    assert len(exercise.mistakes) >= 3
    for sentence, wrong in exercise.mistakes.items():
        feedback = checked(exercise, wrong)
        assert feedback.status == "incorrect"
        assert sentence in feedback.message


@EVERY
def test_a_function_that_fails_on_an_edge_case_alone_is_told_which(exercise):
    for sentence, concerns in exercise.edges.items():
        assert 0 < sum(bool(concerns(*inputs)) for inputs in exercise.inputs) < len(exercise.inputs)

        def failing(*inputs, concerns=concerns):
            right = exercise.answer(*inputs)
            return 1.1 * right + 0.1234567 if concerns(*inputs) else right

        assert sentence in checked(exercise, failing).message


def distance(one, other):
    """How far apart two answers are, in units of the larger: 0 if equal, for dictionaries their furthest entries."""
    if isinstance(one, dict):
        return max(distance(one[key], other[key]) for key in one)
    one, other = np.asarray(one, float), np.asarray(other, float)
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        return float(not np.array_equal(one, other))
    scale = np.maximum(np.abs(one), np.abs(other))
    return np.max(np.abs(one - other) / np.where(scale > 0, scale, 1))


NEAR = {
    "03_top_of_four": {"The class with the negative logit is left out of Z"},
    "03_temperature": {"ln 19 is rounded to 2.9 on the way", "This has ln 20 for ln 19"},
    "03_margin": {
        "The margin is right; this is the hinge loss of y s",
        "The margin is right; s is taken for a logit, and",
    },
    "04_conditional": {"This is the entropy of a's labels"},
    "05_moments": {"The mean is right; this is √E x²", "The mean is right; the square of the mean is added"},
    "06_average_length": {"The fourth word has 3 bits, not 2", "The fourth word has 3 bits, not 4"},
}
"""Mistakes that lead near the right answer: their beginnings. One that is rounded may be taken for it."""


def apart(exercise, one, other):
    """How far apart two answers are, or the values of two functions, in tolerances."""
    if IS_FUNCTION[exercise.name]:
        return max(distance(one(*inputs), other(*inputs)) for inputs in exercise.inputs) / exercise.rtol
    return distance(one, other) / exercise.rtol


@EVERY
def test_right_and_wrong_answers_are_far_apart(exercise):
    near, known = [], tuple(NEAR.get(exercise.name, ()))
    for sentence, wrong in exercise.mistakes.items():
        if (tolerances := apart(exercise, exercise.answer, wrong)) <= 20:
            assert tolerances > 1.5
            assert sentence.startswith(known), sentence
            near.append(sentence)
    assert len(near) == len(known)


@EVERY
def test_no_two_mistakes_have_the_same_value(exercise):
    for one, other in itertools.combinations(exercise.mistakes, 2):
        assert apart(exercise, exercise.mistakes[one], exercise.mistakes[other]) > 1, (one, other)


@EVERY
def test_the_right_answer_in_another_shape(exercise):
    torch = sys.modules.get("torch") or pytest.importorskip("torch", reason="torch is not installed")

    def other_shapes(value):
        array = np.asarray(value, float)
        if array.ndim:
            yield from (array.tolist(), tuple(array.tolist()), array.astype(np.float32), array.astype(object))
            yield [np.float32(x) for x in array]
            yield [torch.tensor(x, dtype=torch.float64) for x in array.tolist()]
            yield np.asfortranarray(array)
            yield from (array[:, None], array[None, :])
            yield np.ma.masked_array(array)
        else:
            yield from (np.float64(value), np.float32(value), np.array(value), np.array([value]), [float(value)])
            yield from (fractions.Fraction(float(value)), decimal.Decimal(float(value)), (float(value),))
        yield torch.tensor(array)
        yield torch.tensor(array, dtype=torch.float32, requires_grad=True)
        yield torch.tensor(array, requires_grad=True) * 1

    if IS_FUNCTION[exercise.name]:
        for shape in range(len(list(other_shapes(exercise.answer(*exercise.inputs[0]))))):

            def function(*arguments, shape=shape):
                return list(other_shapes(exercise.answer(*arguments)))[shape]

            assert checked(exercise, function).status == "correct"
    elif isinstance(exercise.answer, dict):
        first = next(iter(exercise.answer))
        for value in other_shapes(exercise.answer[first]):
            answer = collections.OrderedDict({**exercise.answer, first: value})
            assert checked(exercise, answer).status == "correct"
    else:
        for answer in other_shapes(exercise.answer):
            assert checked(exercise, answer).status == "correct", repr(answer)


@EVERY
def test_rounded_to_three_digits_is_near_enough(exercise):
    def rounded(value):
        return float(f"{value:.3g}")

    if isinstance(exercise.answer, dict):
        answer = {key: rounded(value) for key, value in exercise.answer.items()}
    elif not callable(exercise.answer):
        answer = np.vectorize(rounded)(exercise.answer)
    else:
        pytest.skip("functions do not round")
    assert checked(exercise, answer).status == "correct"


@EVERY
def test_hints_one_at_a_time_and_the_solution(exercise, monkeypatch):
    monkeypatch.setattr(exercise, "_given", 0)
    assert len(exercise.hints) >= 2
    for number, text in enumerate(exercise.hints, 1):
        note = exercise.hint()
        assert text in note._repr_markdown_()
        assert f"Hint {number} of {len(exercise.hints)}" in repr(note)
    assert "last hint" in repr(exercise.hint())
    assert exercise.code in exercise.solution()._repr_markdown_()
    assert progress.get("exercises", exercise.name) == {"hints": len(exercise.hints), "solution": True}


@EVERY
def test_answers_are_there_again_and_a_pass_is_never_lost(exercise):
    checked(exercise, exercise.answer)
    checked(exercise, "nonsense")
    known = progress.get("exercises", exercise.name)
    assert known["status"] == "correct"
    assert known["tries"] == 2
    again = exercise._repr_markdown_()
    assert "Your last answer: <code>&#39;nonsense&#39;</code>. This cannot be checked." in again


# Hostile answers


class Raises:
    """Raises whatever is asked of it."""

    def _no(self, *arguments):
        raise RuntimeError("no")

    __eq__ = __array__ = __len__ = __iter__ = __float__ = __repr__ = __str__ = __bool__ = __getitem__ = _no
    __hash__ = None


class Slow:
    """Takes for ever to be read."""

    def __array__(self, *arguments, **more):
        while True:
            pass


class SlowToSay:
    def __repr__(self):
        time.sleep(60)


def loop_for_ever():
    while True:
        pass


recursive_list = [1.0]
recursive_list.append(recursive_list)


def hostile_values():
    big = np.zeros(10**8, dtype=np.int8)
    yield from (None, "", "0.5", "half", b"1", True, False, np.True_, 1j, np.complex128(1), object(), object)
    yield from (math.nan, math.inf, -math.inf, np.float64("nan"), 0, -0.0, 10**400, 5e-324, -1, 1e308)
    yield from ([], (), {}, set(), frozenset({1.0}), [[]], [[1, 2], [3]], [1, [2, [3, [4]]]], recursive_list)
    yield from ([None], ["0.5"], [0.5, "0.5"], [True, False], [1j], [math.nan] * 4, [math.inf] * 4, [...], [[...]])
    yield from (np.zeros(0), np.zeros((3, 4, 5)), np.array(["a"]), np.array([None]), np.array([{}], dtype=object))
    yield from (big, big.reshape(10**4, 10**4), [0] * 10**7, [[0] * 10**6] * 50, range(10**8))
    yield from ([0.9, True, 0.35, 0.3], {"a": 1}.values(), {"a": 1}.keys(), {"best theta": None, "times better": "0.7"})
    yield from (np.ma.masked, np.ma.array([1.0, 2.0], mask=[1, 0]), np.ma.array(1.0, mask=True))
    yield from (np.datetime64("2020-01-01"), np.zeros(4, dtype=[("a", float)]), np.matrix([[1, 2]]), memoryview(b"12"))
    yield from (iter([1.0]), (x for x in [1.0]), map(float, []), zip([], [], strict=True), itertools.count())
    yield from (Raises(), [Raises()], {"best theta": Raises(), "times better": 1}, Slow(), SlowToSay(), [SlowToSay()])
    yield from ({"best theta": 0.7}, {"best theta": ..., "times better": ...}, {"a": 1, 2: None}, {None: math.nan})
    yield from (sys, warnings, SimpleNamespace(), type, print, len, time.time, lambda: 1, Exception("x"), Exception)
    yield from (fractions.Fraction(1, 3), decimal.Decimal("NaN"), decimal.Decimal("0.5"), 3 + 0j)
    torch = sys.modules.get("torch")
    if torch is None:
        try:
            import torch
        except ImportError:
            return
    yield from (torch.zeros(3), torch.tensor(1.0, requires_grad=True), torch.zeros(10**8, dtype=torch.int8))
    yield from (torch.tensor([1j]), torch.tensor(math.nan), torch.zeros(2, 2).to_sparse(), torch.tensor(True))
    yield from (torch.zeros(4, device="meta"), [torch.zeros(2), torch.zeros(3)], torch.zeros(4, dtype=torch.bfloat16))


def with_pandas():
    try:
        import pandas
    except ImportError:
        return
    yield from (pandas.Series([1.0, 2.0]), pandas.Series(["a"]), pandas.DataFrame({"a": [1]}), pandas.NA)


HOSTILE = [*hostile_values(), *with_pandas()]


@EVERY
def test_any_value_gets_a_reply(exercise, monkeypatch):
    monkeypatch.setattr(core, "SECONDS", 0.1)  # how long it may take in truth is tested below
    for number, value in enumerate(HOSTILE):
        feedback = checked(exercise, value)
        told = f"hostile value no. {number}, of type {type(value).__name__}: {feedback.status}"
        assert feedback.status in {"incorrect", "unusable", "not attempted"}, told


def test_a_generator_is_not_used_up():
    numbers = iter([0.9, 0.8, 0.35, 0.3])
    exercise = EXERCISES["01_own_labels"]
    assert checked(exercise, numbers).status == "unusable"
    assert next(numbers) == 0.9


@EVERY
def test_nothing_of_an_answer_is_changed(exercise):
    array, nested = np.array([3.0, 1.0, 2.0]), [[3, 1], [2]]
    checked(exercise, array)
    checked(exercise, nested)
    assert array.tolist() == [3.0, 1.0, 2.0]
    assert nested == [[3, 1], [2]]


FUNCTION = EXERCISES["01_likelihood_function"]


class SlowName:
    """Calls like a function, but its name takes for ever."""

    def __call__(self, theta, outcomes):
        return 1.0

    @property
    def __name__(self):
        loop_for_ever()


class SlowClass:
    @property
    def __class__(self):
        loop_for_ever()


class Namelessly(type):
    @property
    def __name__(cls):
        raise RuntimeError("no")


class Nameless(metaclass=Namelessly):
    def __repr__(self):
        raise RuntimeError("no")


class Prints:
    def __array__(self, *arguments, **more):
        print("printed while being read")
        return np.array(1.0)

    def __repr__(self):
        print("printed while being shown")
        return "x"


@EVERY
@pytest.mark.parametrize("make", [SlowName, SlowClass, Nameless, Prints], ids="abcd")
def test_objects_hostile_in_odd_ways(exercise, make, capsys, monkeypatch):
    monkeypatch.setattr(core, "SECONDS", 0.1)
    assert checked(exercise, make()).status in {"unusable", "incorrect"}
    assert capsys.readouterr() == ("", "")


def test_stubs_in_other_clothes():
    def with_docstring(theta, outcomes):
        """Return the likelihood."""

    def with_both(theta, outcomes):
        """Return the likelihood."""
        ...

    def not_implemented(theta, outcomes):
        raise NotImplementedError

    for stub in (with_docstring, with_both, not_implemented):
        assert checked(FUNCTION, stub).status == "not attempted"


def raise_the_recursion_limit(theta, outcomes):
    sys.setrecursionlimit(10**6)
    return FUNCTION.answer(theta, outcomes)


def test_recursion_limits_are_put_back():
    before = sys.getrecursionlimit()
    checked(FUNCTION, raise_the_recursion_limit)
    assert sys.getrecursionlimit() == before


def swallow_everything(theta, outcomes):
    while True:
        try:
            while True:
                pass
        except:  # noqa: E722
            pass


def swallow_and_return(theta, outcomes):
    try:
        while True:
            pass
    except BaseException:
        return 1.0


def endless_recursion(theta, outcomes):
    return endless_recursion(theta, outcomes)


def forget_to_return(theta, outcomes):
    probability = theta
    probability *= 2


def print_for_ever(theta, outcomes):
    while True:
        print("still here")


def change_in_place(theta, outcomes):
    outcomes[:] = 0
    return 1.0


def raise_something(theta, outcomes):
    probability = theta
    return probability / (len(outcomes) - len(outcomes))


class CannotBeSaid(Exception):
    def __str__(self):
        raise RuntimeError("no")


def raise_what_cannot_be_said(theta, outcomes):
    raise CannotBeSaid


async def asynchronous(theta, outcomes):
    return 1.0


def generator(theta, outcomes):
    yield 1.0


class Callable:
    def __call__(self, theta, outcomes):
        return "text"


def leave(theta, outcomes):
    sys.exit(0)


def interrupt(theta, outcomes):
    raise KeyboardInterrupt


HOSTILE_FUNCTIONS = [
    (lambda: 1, "takes ()"),
    (lambda theta: theta, "takes (theta)"),
    (lambda a, b, c: a, "2 arguments, (theta, outcomes)"),
    (forget_to_return, "returns nothing"),
    (lambda theta, outcomes: print(theta), "prints its result"),
    (lambda theta, outcomes: "0.5", "without quotation marks"),
    (lambda theta, outcomes: np.ones(3), "3 entries; the question asks for a single number"),
    (lambda theta, outcomes: theta + 0j, "complex"),
    (lambda theta, outcomes: True, "True"),
    (lambda theta, outcomes: Raises(), "your function returns"),
    (lambda theta, outcomes: np.zeros(10**8), "far too many"),
    (raise_something, "ZeroDivisionError"),
    (raise_something, "return probability / (len(outcomes) - len(outcomes))"),
    (raise_what_cannot_be_said, "CannotBeSaid"),
    (change_in_place, "in place"),
    (endless_recursion, "calls itself without end"),
    (swallow_everything, "endless loop"),
    (lambda theta, outcomes: loop_for_ever(), "endless loop"),
    (lambda theta, outcomes: time.sleep(60), "endless loop"),
    (functools.partial(lambda seconds, theta, outcomes: time.sleep(seconds), 60), "endless loop"),
    (print_for_ever, "endless loop"),
    (asynchronous, "asynchronous"),
    (generator, "generator"),
    (Callable(), "text"),
    (leave, "SystemExit"),
    (interrupt, "KeyboardInterrupt"),
    (math.sqrt, "takes"),
    (dict, "raised"),
]


@pytest.mark.parametrize(("function", "told"), HOSTILE_FUNCTIONS, ids=[t for _, t in HOSTILE_FUNCTIONS])
def test_any_function_gets_a_reply(function, told, capsys):
    before = [a.copy() for _, a in FUNCTION.inputs]
    feedback = checked(FUNCTION, function)
    assert feedback.status == "unusable"
    assert told in feedback.message
    assert capsys.readouterr() == ("", "")
    for (_, now), then in zip(FUNCTION.inputs, before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_a_function_that_outwits_the_clock_is_still_answered():
    assert checked(FUNCTION, swallow_and_return).status in {"unusable", "incorrect"}


def test_no_alarm_is_left_behind():
    signal = pytest.importorskip("signal")
    if not hasattr(signal, "setitimer"):
        pytest.skip("no alarm on Windows")
    before = signal.getsignal(signal.SIGALRM), sys.gettrace()
    checked(FUNCTION, swallow_everything)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert (signal.getsignal(signal.SIGALRM), sys.gettrace()) == before


def test_endless_loops_end_away_from_the_main_thread_too():
    replies = []
    thread = threading.Thread(target=lambda: replies.append(FUNCTION.check(lambda t, y: loop_for_ever())), daemon=True)
    thread.start()
    thread.join(8)
    assert "endless loop" in replies[0].message


def test_the_first_wrong_input_is_shown():
    def wrong_for_tails(theta, outcomes):
        return FUNCTION.answer(theta, outcomes) if len(outcomes) != 1 else 0.5

    message = checked(FUNCTION, wrong_for_tails).message
    assert "theta = 0.9, outcomes = [0] it returns 0.5; it should return 0.1" in message


# What an answer is told


def test_an_array_is_told_what_is_off():
    exercise = EXERCISES["01_own_labels"]
    assert "another order" in checked(exercise, [0.3, 0.35, 0.8, 0.9]).message
    assert "Not right, 1 of 4 entries off: index 2." in checked(exercise, [0.9, 0.8, 0.5, 0.3]).message
    assert "3 entries; the question asks for 4 entries" in checked(exercise, [0.9, 0.8, 0.5]).message


def test_a_dictionary_is_told_what_is_off():
    exercise = EXERCISES["01_better"]
    right = exercise.answer["times better"]
    assert "lacks 'times better'" in checked(exercise, {"best theta": 0.7}).message
    assert "Not right: times better" in checked(exercise, {"best theta": 0.7, "times better": 3}).message
    assert "Close, but not it: best theta" in checked(exercise, {"best theta": 0.71, "times better": right}).message
    assert "not in percent" in checked(exercise, {"best theta": 70, "times better": right}).message
    assert "three significant digits: times" in checked(exercise, {"best theta": 0.7, "times better": 2.3}).message
    assert "'x'" in checked(exercise, {**exercise.answer, "x": 1}).message


def test_a_count_is_never_near():
    message = checked(EXERCISES["02_tenths"], {"float32": 46, "float64": 325}).message
    assert "Off by one: float64." in message
    assert "digits" not in message


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (0.021, "too small"),
        (0.05, "too large"),
        (0.035, "three significant digits"),
        (0.034, "Close, but not it: a little too small"),
        (0.0351, "Close, but not it: a little too large"),
        (-0.03456, "The sign is the wrong way round"),
        (3.365, "−ln"),
        (4.855, "−log₂"),
        (3.456, "percent"),
        (math.nan, "NaN"),
        (math.inf, "too large"),
    ],
)
def test_a_number_is_told_how_it_is_off(given, told):
    feedback = checked(EXERCISES["01_sequence"], given)
    assert feedback.status == "incorrect"
    assert told in feedback.message


def test_a_mistake_is_known_at_the_digits_given():
    assert "If that is rounded: This is upside down" in checked(EXERCISES["04_in_bits"], 0.83).message
    assert "If that is rounded" not in checked(EXERCISES["04_in_bits"], 0.8).message
    assert "mean probability" not in checked(EXERCISES["06_sentence"], 10).message  # that comes to 10.563
    assert "mean probability" in checked(EXERCISES["06_sentence"], 10.56).message


def typed(value, digits):
    """What somebody types who rounds to so many digits."""
    if isinstance(value, dict):
        return {key: typed(entry, digits) for key, entry in value.items()}
    return np.vectorize(lambda x: float(f"{x:.{digits}g}"))(np.asarray(value, float))


def sentences_in(exercise, message):
    return [sentence for sentence in exercise.mistakes if sentence in message]


def agrees_where_it_is_about(exercise, given, named):
    """Whether an answer has the value of a mistake in the entries that this mistake gets wrong."""
    right, given, named = (row(value) for value in (exercise.answer, given, named))
    about = ~agree(named, right, exercise.rtol, 0)
    return bool(agree(given[about], named[about], 5e-3, 0).all())


@EVERY
def test_no_mistake_is_named_falsely_when_digits_are_few(exercise):
    if IS_FUNCTION[exercise.name]:
        pytest.skip("functions do not round")
    for digits in (2, 3):
        message = checked(exercise, typed(exercise.answer, digits)).message
        assert not sentences_in(exercise, message) or "Or is it rounded?" in message
        for sentence, wrong in exercise.mistakes.items():
            given = typed(wrong, digits)
            for named in sentences_in(exercise, checked(exercise, given).message):
                assert named == sentence or agrees_where_it_is_about(exercise, given, exercise.mistakes[named])


@pytest.mark.parametrize(("digits", "share"), [(3, 0.98), (2, 0.72)])
def test_most_mistakes_are_named_when_digits_are_few(digits, share):
    """As a lower bound that the lists reach; what a few digits cannot tell apart is not named."""
    named = [
        sentence in exercise.check(typed(wrong, digits)).message
        for exercise in EXERCISES.values()
        if not IS_FUNCTION[exercise.name]
        for sentence, wrong in exercise.mistakes.items()
    ]
    assert np.mean(named) >= share


@pytest.mark.parametrize("name", ["04_three_names", "05_collapse", "06_units"])
def test_an_answer_of_two_digits_throughout_gets_one_verdict(name):
    """Also where some entries have two digits before the point or a zero at the end."""
    message = checked(EXERCISES[name], typed(EXERCISES[name].answer, 2)).message
    assert "three significant digits" in message
    assert "Close" not in message


BY_CHANCE = {("03_top_of_four", "This is −log₂ of what is asked for")}
"""Of these the value is that of another mistake, which is named; few will fall into them."""


@EVERY
def test_what_anybody_may_do_is_told_apart_from_what_is_right_and_from_the_other_mistakes(exercise):
    """A slip that has the value of a mistake has to be that mistake."""
    if IS_FUNCTION[exercise.name]:
        pytest.skip("functions are tried on many inputs")
    keys = exercise.answer if isinstance(exercise.answer, dict) else [None]
    for key in keys:
        right = exercise.answer if key is None else exercise.answer[key]
        numbers = np.asarray(right, float)
        often = naming.OF_PROBABILITIES if ((numbers >= 0) & (numbers <= 1)).all() else ()
        for phrase, slip in (naming.SIGN, *often):
            value = slip(numbers)
            if distance(value, right) == 0:
                continue
            assert distance(value, right) > 20 * exercise.rtol, phrase
            for sentence, wrong in exercise.mistakes.items():
                whole = value if key is None else {**exercise.answer, key: value}
                apart = distance(whole, wrong)
                by_chance = (exercise.name, phrase) in BY_CHANCE
                assert by_chance or apart < 1e-9 or apart > 2 * exercise.rtol, (phrase, sentence)


@EVERY
def test_a_wrong_answer_that_nobody_knows_points_to_a_hint_as_it_is_typed(exercise):
    given = 123.4567
    if IS_FUNCTION[exercise.name]:

        def given(*arguments):
            return np.full(np.shape(exercise.answer(*arguments)), 123.4567)

    elif isinstance(exercise.answer, dict):
        given = dict.fromkeys(exercise.answer, 123.4567)
    elif np.ndim(exercise.answer):
        given = np.full(np.shape(exercise.answer), 123.4567)
    call = checked(exercise, given).message.split("run ")[1].split(" in a cell")[0]
    assert eval(call.removesuffix(".hint()"), vars(lessons_lib)) is exercise


# What a function is told

log_sum, kl, my_softmax = (EXERCISES[name] for name in ("02_log_sum_exp", "04_my_kl", "03_my_softmax"))


@pytest.mark.parametrize(
    ("exercise", "function", "first", "sentence"),
    [
        (kl, lambda p, q: np.sum(p * np.log2(p / q)), "p = [0.3, 0.7]", "bits"),
        (kl, lambda p, q: np.sum(np.log(p / q)), "p = [0.3, 0.7]", "The weights p are missing"),
        (kl, lambda p, q: -np.sum(p * np.log(q)), "p = [0.3, 0.7]", "This is the cross-entropy"),
        (kl, lambda p, q: np.sum(p * np.log(q / p)), "p = [0.3, 0.7]", "The sign is flipped"),
        (
            FUNCTION,
            lambda t, y: np.mean(np.where(y == 1, t, 1 - t)),
            "outcomes = [1, 0, 1] it returns 0.5",
            "mean of the factors",
        ),
        (FUNCTION, lambda t, y: -np.log(FUNCTION.answer(t, y)), "it returns 2.07944", "negative log-likelihood"),
        (my_softmax, lambda z, t: np.exp(z) / np.exp(z).sum(), "temperature = 4", "The temperature is not used"),
        (log_sum, lambda x: np.log(sum(x)), "x = [0, 0, 0] it returns -inf; it should return 1.09861", ""),
    ],
)
def test_numbers_that_are_none_do_not_hide_a_mistake(exercise, function, first, sentence):
    feedback = checked(exercise, function)
    assert feedback.status == "incorrect"
    assert first in feedback.message
    assert sentence in feedback.message


def doubled(**more):
    """An exercise for a function that doubles, on 1, 1000 and 2000."""
    told = mistakes(("Halved.", lambda x: x / 2), ("Tripled.", lambda x: 3 * x), ("Left as it is.", lambda x: x))
    inputs = ((1.0,), (1000.0,), (2000.0,))
    return Exercise("test", "?", lambda x: 2 * x, told, ("a", "b"), "", "", inputs, ("x",), **more)


@pytest.mark.parametrize(
    ("function", "status", "told"),
    [
        (lambda x: 2 * x if x < 1500 else math.nan, "incorrect", "For x = 2000 it returns nan; it should return 4000."),
        (lambda x: 2 * x if x < 1500 else math.inf, "incorrect", "Scale it."),
        (lambda x: 2 * x + 0 * math.exp(x), "unusable", "Scale it."),
        (lambda x: 2 * x + 0 * math.sqrt(1500 - x), "unusable", "Scale it."),
        (lambda x: 3 * x if x < 1500 else math.nan, "incorrect", "Tripled."),
        (lambda x: 3 * x + 0 * math.exp(x), "incorrect", "Tripled."),
        (lambda x: -2 * x, "incorrect", "The sign is the wrong way round."),
    ],
)
def test_a_function_that_breaks_down(function, status, told):
    feedback = checked(doubled(not_finite="Scale it."), function)
    assert feedback.status == status
    assert told in feedback.message
    assert ("Scale it." in feedback.message) == ("ripled" not in feedback.message and "sign" not in feedback.message)


def test_of_two_mistakes_that_fit_neither_is_named():
    exercise = doubled()
    exercise.mistakes["One more."] = lambda x: 3 * x if x == 1 else x
    message = checked(exercise, lambda x: 3 * x if x == 1 else math.nan).message
    assert "Tripled" not in message
    assert "One more" not in message
    assert "it returns 3; it should return 2." in message


def other_way_round(outcomes, theta):
    return np.prod(np.where(outcomes == 1, theta, 1 - theta))


def test_arguments_in_another_order_are_told_unless_the_function_is_right():
    told = "takes (outcomes, theta); it is called with (theta, outcomes)."
    assert told in checked(FUNCTION, other_way_round).message
    assert told in checked(FUNCTION, lambda outcomes, theta: theta ** len(outcomes)).message
    right = lambda outcomes, theta: FUNCTION.answer(outcomes, theta)  # noqa: E731
    assert checked(FUNCTION, right).status == "correct"


def no_method(x):
    return x.append(1)


def test_torch_on_numpy_is_told_what_to_do():
    torch = pytest.importorskip("torch", reason="no torch for this system")
    from torch.nn import functional

    for function in (
        lambda x: torch.logsumexp(x, 0),
        lambda x: x.logsumexp(0),
        lambda x: torch.log(functional.softmax(x)),
    ):
        assert "wrap them, torch.as_tensor(x)" in checked(log_sum, function).message
    assert "wrap them" not in checked(log_sum, no_method).message
    assert checked(log_sum, lambda x: torch.logsumexp(torch.as_tensor(x), 0)).status == "correct"


# How an answer is read, and shown again


def test_keys_are_read_however_they_are_written():
    for exercise in EXERCISES.values():
        if isinstance(exercise.answer, dict):
            plain = {key.replace(" ", "_").replace("‖", "||").upper(): v for key, v in exercise.answer.items()}
            assert checked(exercise, dict(reversed(plain.items()))).status == "correct"
    short = {"H(p)": 1.361, "H(p,q)": 1.822, "kl": 0.461}
    assert checked(EXERCISES["04_three_names"], short).status == "correct"


def test_numbers_in_the_asked_order_will_do_for_a_dictionary():
    for exercise in EXERCISES.values():
        if isinstance(exercise.answer, dict):
            places = [exercise.question.index(f'`"{key}"`') for key in exercise.answer]
            assert places == sorted(places)
            assert checked(exercise, list(exercise.answer.values())).status == "correct"


def test_numbers_are_shown_plainly_and_keys_as_they_are_asked():
    exercise = EXERCISES["05_moments"]
    message = checked(exercise, {"sigma": np.float64(2), "mean": 0.1 + 0.2}).message
    assert message.startswith("You gave {'mean': 0.3, 'sigma': 2}.")
    assert "it returns 0; it" in checked(FUNCTION, lambda theta, outcomes: np.int64(0)).message
    units = EXERCISES["06_units"]
    assert all(f"{key!r}: 1.5" in checked(units, dict.fromkeys(units.answer, 1.5)).message for key in units.answer)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("inf", "write np.inf, without"),
        (" -Infinity", "write -np.inf, without"),
        ("np.inf", "write np.inf, without"),
        ("5.64 bits", "write 5.64, alone and without"),
        ("-1e-3", "write -1e-3, alone and without"),
        ("62%", "62 % are 0.62; write 0.62 without"),
        ("3.456 %", "write 0.03456 without"),
        ("4,49", "a decimal point: write 4.49, alone and without"),
        ("−0,5", "write -0.5, alone and without"),
        ("4,487", "4.487 if the comma is meant as a decimal point, 4487 if it separates the thousands, without"),
        ("12 000", "write 12000, alone and without"),
        ("12,000.5", "write 12000.5, alone and without"),
        ("1.234,5", "write 1234.5, alone and without"),
        ("2.7 kB", "write the number in the unit that the question asks for, without"),
        ("1/3", "write 1/3 without"),
        ("0.6^3", "write 0.6**3 without"),
        ("half", "write numbers without"),
    ],
)
def test_a_number_in_quotation_marks(text, told):
    assert f"{told} quotation marks" in checked(EXERCISES["00_surprisal"], text).message
    answer = {"KL(p‖q)": 0.3219, "KL(q‖p)": text}
    assert f"{told} quotation marks" in checked(EXERCISES["05_support"], answer).message


def test_a_decimal_comma_makes_two_numbers_of_one():
    assert "write 4.49." in checked(EXERCISES["02_nll"], (4, 49)).message
    assert "write 2.92, 1.42, 0.92." in checked(EXERCISES["05_collapse"], [2, 92, 1, 42, 0, 92]).message
    assert "write 0.2, 2.24." in checked(EXERCISES["05_moments"], (0, 2, 2, 24)).message
    assert "decimal point" not in checked(EXERCISES["02_nll"], (4, 49, 5)).message


def test_a_text_where_a_list_is_asked_for():
    exercise = EXERCISES["01_own_labels"]
    assert "a list of 4 numbers is asked for: […, …, …, …], without" in checked(exercise, "0.9, 0.8").message
    assert "write it without quotation marks" in checked(exercise, "[0.9, 0.8, 0.35, 0.3]").message


def test_objects_that_say_which_number_they_are():
    sympy = pytest.importorskip("sympy")
    exercise = EXERCISES["00_surprisal"]
    assert checked(exercise, sympy.log(50) / sympy.log(2)).status == "correct"
    assert checked(EXERCISES["01_own_labels"], [sympy.Rational(9, 10), 0.8, 0.35, sympy.sqrt(0.09)]).status == "correct"
    assert "Give its value: float(…)." in checked(exercise, sympy.Symbol("x")).message


class Huge:
    def __array__(self, *arguments, **more):
        return np.broadcast_to(1.0, 10**12)


def test_what_is_too_large_to_copy_is_not_copied():
    values = [Huge(), [Huge()], [np.broadcast_to(1.0, 10**12)]]
    torch = sys.modules.get("torch")
    values += [] if torch is None else [torch.zeros(1).expand(10**12), [torch.zeros(1).expand(10**12)]]
    for value in values:
        assert "far too many" in checked(EXERCISES["01_own_labels"], value).message
        assert (
            "far too many" in checked(EXERCISES["06_units"], {**EXERCISES["06_units"].answer, "bytes": value}).message
        )


def test_tensors_are_shown_as_numbers():
    torch = pytest.importorskip("torch", reason="no torch for this system")
    assert "You gave 0.5." in checked(EXERCISES["01_sequence"], torch.tensor(0.5, dtype=torch.float64)).message
    assert "it returns 0.25; it" in checked(FUNCTION, lambda theta, outcomes: torch.tensor(0.25)).message


def test_ready_made_mistakes_are_what_they_say():
    m = ready_made
    p, q = 0.3, 0.6
    assert m.nats_for_bits(1)[1] == pytest.approx(math.log(2))
    assert m.bits_for_nats(math.log(2))[1] == pytest.approx(1)
    assert m.log10_for_bits(-math.log2(p))[1] == pytest.approx(-math.log10(p))
    assert m.log10_for_nats(-math.log(p))[1] == pytest.approx(-math.log10(p))
    assert m.sum_for_mean(2.5, 4)[1] == 10
    assert m.mean_for_sum(10, 4)[1] == 2.5
    assert m.sign_forgotten(2)[1] == -2
    assert m.swapped(q)[1] == q
    assert m.percent_for_fraction(0.5)[1] == 50
    assert m.product_for_sum([2, 3])[1] == 6
    assert m.sum_for_product([2, 3])[1] == 5
    assert m.odds_for_probability(0.75)[1] == 3
    assert m.probability_for_odds(3)[1] == 0.75
    assert m.log_for_probability(p)[1] == math.log(p)
    assert m.off_by_one(1)[1] == 1
    assert m.not_normalised([1, 2])[1] == [1, 2]
    once = np.exp([1, 2]) / np.exp([1, 2]).sum()
    np.testing.assert_allclose(m.softmax_twice([1, 2])[1], np.exp(once) / np.exp(once).sum())


def test_an_infinite_answer_can_be_asked_for():
    exercise = Exercise("test", "?", math.inf, mistakes(("no", 1.0), ("nor", 2.0), ("neither", 3.0)), (), "", "")
    assert checked(exercise, math.inf).status == "correct"
    assert checked(exercise, -math.inf).status == "incorrect"


# The misleading replies that were


@pytest.mark.parametrize(
    ("name", "given", "told", "not_told"),
    [
        ("06_sentence", 14, "not 6", "end marker"),
        ("06_wrong_code", (2.8, 0.8), "plain mean of the lengths", "swapped"),
        ("06_wrong_code", (1.875, 0), "entropy of q", "entropy of p"),
        ("06_code_lengths", (0, 10, 110, 1110, 1111), "words themselves", "index"),
        ("06_average_length", 2, "You gave 2. This is the entropy rounded up", "Rounded too far"),
        ("03_margin", (-1.5, 2.5), "hinge", "bits"),
        ("03_gradient", {"A": 0.245, "B": 0.665, "C": 0.09}, "This is p; the one-hot", "A:"),
        ("03_gradient", {"A": 0.755, "B": -0.665, "C": -0.09}, "one-hot − p", "Not right"),
        ("04_in_bits", 1.2 / 0.69, "ln 2 is rounded to 0.69", "Close"),
        ("06_units", (1.25 / 0.69, 7.5 / 0.69, math.exp(1.25), 1875 / 0.69), "ln 2 is rounded to 0.69", "Close"),
        ("05_two_bits", (0, 0), "p = q", "reverse one is right"),
    ],
)
def test_replies_that_once_misled(name, given, told, not_told):
    message = checked(EXERCISES[name], given).message
    assert told in message
    assert not_told not in message


def test_the_logarithm_of_each_exponential():
    message = checked(log_sum, lambda x: np.sum(np.log(np.exp(np.clip(x, -700, 700))))).message
    assert "exponentials are missing" not in message
