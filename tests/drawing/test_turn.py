"""Two threads at once, as in front ends that handle sliders while a cell runs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import matplotlib
import pytest
import sweep

from lessons_lib.drawing.style import style
from lessons_lib.lesson_01 import CoinExplorer
from lessons_lib.lesson_04 import ThreeNamesExplorer


@pytest.fixture
def threads():
    with ThreadPoolExecutor(2) as pool:
        yield pool


def settings():
    return {name: value for name, value in matplotlib.rcParams.items() if name != "backend"}


def test_two_threads_in_the_course_s_style_leave_the_learner_s_settings(threads):
    before = settings()
    first_is_in, first_is_out, second_is_in = Event(), Event(), Event()

    def first():
        with style():
            first_is_in.set()
            second_is_in.wait(0.2)
        first_is_out.set()

    def second():
        first_is_in.wait()
        with style():
            second_is_in.set()
            first_is_out.wait(0.2)

    for done in [threads.submit(first), threads.submit(second)]:
        done.result()
    assert settings() == before


def test_explorers_opened_and_moved_in_two_threads_show_what_they_would_alone(threads):
    before = settings()
    tasks = [(CoinExplorer, "theta"), (ThreeNamesExplorer, "of_q")] * 2

    def work(cls, name):
        explorer = cls()
        for step in range(10):
            explorer.controls[name].value = step / 20
        return explorer

    for explorer in threads.map(work, *zip(*tasks, strict=True)):
        sweep.healthy(explorer, "moves in two threads")
        sweep.assert_same_picture(explorer, sweep.fresh(explorer))
    assert settings() == before


def test_a_move_in_one_thread_is_not_taken_for_the_explorer_s_own_in_another(threads, monkeypatch):
    explorer, following, moved = CoinExplorer(), Event(), Event()
    tend = explorer.tend

    def slow_tend():
        if not moved.is_set():
            following.set()
            moved.wait(0.2)
        tend()

    monkeypatch.setattr(explorer, "tend", slow_tend)
    going = threads.submit(explorer.move, theta=0.3)
    following.wait()

    def move():
        explorer.controls["n"].value = 7
        moved.set()

    for done in [going, threads.submit(move)]:
        done.result()
    assert explorer.state.n == 7
