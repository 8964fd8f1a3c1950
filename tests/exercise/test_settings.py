"""Replies do not depend on the learner's settings, and what an answer changes is put back."""

import decimal
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor

import matplotlib
import numpy as np
import odd
import pytest
from every import EXERCISES

from lessons_lib.exercise import core

SEQUENCE, FUNCTION = EXERCISES["01_sequence"], EXERCISES["01_likelihood_function"]


def wrong_answers():
    for exercise in EXERCISES.values():
        for wrong in (exercise.answer, *exercise.mistakes.values()):
            yield exercise, wrong


def test_replies_under_odd_settings_are_the_usual_ones():
    pairs = list(wrong_answers())[::3]
    usual = [exercise.check(answer).message for exercise, answer in pairs]
    with odd.odd_settings():
        unusual = [exercise.check(answer).message for exercise, answer in pairs]
    assert unusual == usual


def change_everything(theta, outcomes):
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002
    np.seterr(all="raise")
    np.set_printoptions(precision=1)
    decimal.getcontext().prec = 3
    matplotlib.rcParams["font.size"] = 50.0
    os.chdir("/")
    os.environ["CHANGED_BY_AN_ANSWER"] = "1"
    sys.stdout = None
    if "torch" in sys.modules:
        torch = sys.modules["torch"]
        torch.manual_seed(0)
        torch.set_grad_enabled(False)
        torch.set_default_dtype(torch.float64)
    return FUNCTION.answer(theta, outcomes)


def test_what_a_function_changes_is_put_back():
    pytest.importorskip("torch", reason="torch is not installed")
    before, stdout = odd._now(), sys.stdout
    assert FUNCTION.check(change_everything).status == "correct"
    assert odd._now() == before
    assert "CHANGED_BY_AN_ANSWER" not in os.environ
    assert sys.stdout is stdout


def test_checks_in_several_threads_leave_the_output_as_it_was():
    stdout, stderr = sys.stdout, sys.stderr

    def check(number):
        return [SEQUENCE.check(0.03456).status, FUNCTION.check(FUNCTION.answer).status]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(check, range(24))) == [["correct", "correct"]] * 24
    assert (sys.stdout, sys.stderr) == (stdout, stderr)


class SlowName:
    def __call__(self, theta, outcomes):
        return 1.0

    @property
    def __name__(self):
        while True:
            pass


def loop_for_ever(theta, outcomes):
    while True:
        pass


def test_the_main_thread_s_clock_still_goes_after_a_check_in_another(monkeypatch):
    monkeypatch.setattr(core, "SECONDS", 0.1)
    with ThreadPoolExecutor(1) as pool:
        for function in (FUNCTION.answer, loop_for_ever, FUNCTION.answer):
            pool.submit(FUNCTION.check, function).result()
    assert "takes too long" in SEQUENCE.check(SlowName()).message


class Half(Exception):
    def __str__(self):
        return "half a character: \ud83d"

    __repr__ = __str__


def raise_half(theta, outcomes):
    raise Half


def test_half_a_character_in_a_learner_s_text_is_written_out():
    for answer in (raise_half, lambda theta, outcomes: Half(), lambda theta, outcomes: "\ud83d"):
        assert "\\ud83d" in FUNCTION.check(answer).message
    for answer in (Half(), "\ud83d", {"\ud83d": 1}):
        assert SEQUENCE.check(answer).message.encode()


def unfinished(theta, outcomes):
    np.where(outcomes == 1, theta, 1 - theta)
    raise NotImplementedError


def says_what_it_lacks(theta, outcomes):
    raise NotImplementedError("not by the learner")


def helper():
    raise NotImplementedError("not by the learner")


def calls_what_is_not_there(theta, outcomes):
    return helper()


class Abstract:
    def __index__(self):
        raise NotImplementedError("not by the learner")


def calls_by_way_of_c(theta, outcomes):
    return [1, 2][Abstract()]


def test_only_the_stub_s_own_not_implemented_is_not_attempted():
    assert FUNCTION.check(unfinished).status == "not attempted"
    for function in (says_what_it_lacks, calls_what_is_not_there, calls_by_way_of_c):
        feedback = FUNCTION.check(function)
        assert feedback.status == "unusable"
        assert "NotImplementedError: not by the learner" in feedback.message
