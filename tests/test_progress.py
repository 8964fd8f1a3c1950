"""The learner's progress: whole, mergeable, and never lost."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from filelock import FileLock

from lessons_lib import progress
from lessons_lib.start.environment import ROOT


def test_nothing_is_known_at_first_and_reading_makes_no_file(progress_file):
    assert progress.read() == {"exercises": {}, "predictions": {}, "challenges": {}}
    assert not progress_file.exists()


def test_facts_are_added_and_can_be_read_by_a_person(progress_file):
    assert progress.record("exercises", "a", status="incorrect") == ""
    assert progress.record("exercises", "a", status="correct", answer="0.4 × ½") == ""
    assert progress.count("exercises", "a", "tries") == ""
    assert progress.count("exercises", "a", "tries") == ""
    assert progress.get("exercises", "a") == {"status": "correct", "answer": "0.4 × ½", "tries": 2}
    assert '"answer": "0.4 × ½"' in progress_file.read_text("utf-8")


def test_the_variable_overrides_the_place_and_the_default_is_the_platform_s(monkeypatch, progress_file):
    assert progress.place() == progress_file
    monkeypatch.delenv("LIKELIHOOD_PROGRESS")
    assert progress.place().name == "progress.json"
    assert "likelihood-bit-by-bit" in progress.place().parts


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "null",
        "[]",
        '{"version": 2, "exercises": {}}',
        '{"version": 1, "exercises": []}',
        "\x00\xff",
        '{"version": 1, "exercises": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"version": 1, "exercises": {"a": 1}}',
    ],
)
def test_a_file_that_cannot_be_read_is_set_aside_and_reported(progress_file, content):
    progress_file.parent.mkdir()
    progress_file.write_bytes(content.encode("latin-1"))
    assert progress.read()["exercises"] == {}
    told = progress.record("exercises", "a", status="correct")
    kept = progress_file.with_name("progress-unreadable-1.json")
    assert str(kept) in told
    assert kept.read_bytes() == content.encode("latin-1")
    assert progress.get("exercises", "a") == {"status": "correct"}
    assert progress.record("exercises", "b", status="correct") == ""


def test_beginning_anew_keeps_the_old_file(progress_file):
    assert "no progress" in progress.start_anew()
    for number in (1, 2):
        progress.record("exercises", f"a{number}", status="correct")
        kept = progress_file.with_name(f"progress-before-{number}.json")
        assert str(kept) in progress.start_anew()
        assert f"a{number}" in kept.read_text("utf-8")
        assert progress.read()["exercises"] == {}


def test_a_place_that_cannot_be_written_is_a_sentence(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("LIKELIHOOD_PROGRESS", str(tmp_path / "file" / "progress.json"))
    assert "could not be added" in progress.record("exercises", "a", status="correct")
    assert progress.read()["exercises"] == {}


@pytest.mark.parametrize("name", [".", os.devnull])
def test_what_is_no_file_is_left_alone(monkeypatch, tmp_path, name):
    monkeypatch.setenv("LIKELIHOOD_PROGRESS", str(tmp_path / name))
    assert "is not a file" in progress.record("exercises", "a", status="correct")
    assert "is not a file" in progress.start_anew()
    assert (tmp_path / name).exists()


def test_what_others_have_added_is_kept(progress_file):
    progress_file.parent.mkdir()
    progress_file.write_text('{"version": 1, "notes": "mine"}')
    assert progress.record("exercises", "a", status="correct") == ""
    assert json.loads(progress_file.read_text("utf-8"))["notes"] == "mine"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_stays_a_link(monkeypatch, tmp_path):
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    monkeypatch.setenv("LIKELIHOOD_PROGRESS", str(tmp_path / "link.json"))
    assert progress.record("exercises", "a", status="correct") == ""
    assert (tmp_path / "link.json").is_symlink()
    assert "correct" in (tmp_path / "real.json").read_text("utf-8")


def test_strange_facts_do_no_harm(progress_file):
    assert progress.record("exercises", "a", answer=object) == ""
    assert progress.record("exercises", "b", answer=float("nan")) == ""
    assert set(progress.read()["exercises"]) == {"a", "b"}


def test_a_lock_that_is_held_is_a_sentence_and_no_wait_for_ever(progress_file, monkeypatch):
    progress_file.parent.mkdir()
    monkeypatch.setattr(progress, "_WAIT", 0.1)
    with FileLock(f"{progress_file}.lock"):
        code = "from lessons_lib import progress; progress._WAIT = 0.1; print(progress.record('exercises', 'a', x=1))"
        told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "could not be added" in told


WRITER = """
import sys
from lessons_lib import progress
for i in range(int(sys.argv[2])):
    told = progress.record("exercises", f"{sys.argv[1]}-{i % 50}", answer="x" * 2000, number=i)
    assert not told, told
"""


def writer(name, times, **more):
    return subprocess.Popen([sys.executable, "-c", WRITER, name, str(times)], cwd=ROOT, **more)


def test_two_notebooks_at_once_lose_nothing():
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda name: writer(name, 30).wait(timeout=120), "abc"))
    assert done == [0, 0, 0]
    assert set(progress.read()["exercises"]) == {f"{name}-{i}" for name in "abc" for i in range(30)}


@pytest.mark.skipif(os.name == "nt", reason="ended by a signal")
def test_killed_a_hundred_times_while_writing_the_file_is_always_whole(progress_file):
    """Also after kills at every moment of a write: the steps of one are drawn out by a slow fsync."""
    slow = WRITER.replace(
        "import sys", "import os, sys, time\nf = os.fsync\nos.fsync = lambda d: (time.sleep(0.002), f(d))", 1
    )
    progress.record("exercises", "before", status="correct")
    for kill in range(100):
        process = subprocess.Popen([sys.executable, "-c", slow, "k", "100000"], cwd=ROOT)
        begin, size = time.monotonic(), progress_file.stat().st_mtime_ns
        while progress_file.stat().st_mtime_ns == size and time.monotonic() - begin < 20:
            time.sleep(0.001)  # until it has begun to write
        time.sleep((kill % 10) * 0.0007)
        process.send_signal(signal.SIGKILL)
        process.wait()
        content = json.loads(progress_file.read_text("utf-8"))
        assert content["version"] == 1
        assert content["exercises"]["before"] == {"status": "correct"}
    assert progress.record("exercises", "after", status="correct") == ""
