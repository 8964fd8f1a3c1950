"""The progress bar: it counts, draws, and is stopped by an interrupt between two steps."""

import contextlib
import io
import signal

import pytest
from jupyter_client.manager import start_new_kernel

from lessons_lib.explorer.progress_bar import progress_bar


def looped(bar, stop_at=None, times=1):
    done, printed = [], io.StringIO()
    with contextlib.redirect_stdout(printed):
        for step in bar:
            done.append(step)
            bar.show(1 / (step + 1))
            if step == stop_at:
                for _ in range(times):
                    signal.raise_signal(signal.SIGINT)
    return done, printed.getvalue()


def test_a_bar_goes_through_all_steps_and_says_so():
    bar = progress_bar(range(40), "training")
    done, printed = looped(bar)
    assert done == list(range(40))
    assert "training: 40 of 40 steps, the last value 0.0250 bits." in printed
    assert bar._bar.value == bar._bar.max == 40
    assert "polyline" in bar._curve.value


def test_an_interrupt_stops_it_after_the_step_that_runs():
    bar = progress_bar(range(300), "training")
    before = signal.getsignal(signal.SIGINT)
    done, printed = looped(bar, stop_at=119)
    assert done == list(range(120))
    assert "training: stopped after 120 of 300 steps, the last value 0.00833 bits. What was learned is kept." in printed
    assert signal.getsignal(signal.SIGINT) is before
    assert looped(bar)[0] == list(range(300)), "and it can be begun anew"


def test_interrupted_twice_it_gives_way_at_once():
    with pytest.raises(KeyboardInterrupt):
        looped(progress_bar(range(300), "training"), stop_at=3, times=2)


def test_the_stop_button_of_a_notebook_ends_the_loop_and_keeps_what_was_learned():
    code = """
import time
from lessons_lib.explorer.progress_bar import progress_bar
learned = 0
for step in progress_bar(range(3000), "training"):
    learned += 1
    if learned == 3:
        print("three steps", flush=True)
    time.sleep(0.02)
"""
    manager, client = start_new_kernel()
    try:
        client.execute(code)
        while "three steps" not in client.get_iopub_msg(timeout=60)["content"].get("text", ""):
            pass
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=60)["content"]
        assert reply["status"] == "ok", f"a traceback: {reply}"
        reply = client.execute_interactive("assert 3 <= learned < 3000, learned", timeout=60)["content"]
        assert reply["status"] == "ok", reply
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_without_values_and_without_steps():
    assert "training: 0 of 0 steps." in looped(progress_bar(range(0), "training"))[1]
    bundle = progress_bar(range(300), "training")._repr_mimebundle_()
    assert bundle["text/plain"] == "A progress bar of 300 steps: training."
    assert "application/vnd.jupyter.widget-view+json" in bundle
