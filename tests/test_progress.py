"""The learner's progress: whole, mergeable, and never lost."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from lessons_lib import lesson_00, progress
from lessons_lib.course import course_map
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
    assert "cannot be kept" in progress.record("exercises", "a", status="correct")


def test_what_cannot_be_written_is_said_once_known_here_and_written_later(monkeypatch, tmp_path):
    (tmp_path / "way").touch()
    monkeypatch.setenv("LIKELIHOOD_PROGRESS", str(tmp_path / "way" / "progress.json"))
    told = [progress.count("exercises", "a", "tries", status="correct") for _ in range(3)]
    assert "remembers what you do until the kernel stops" in told[0]
    assert told[1:] == ["", ""]
    assert progress.get("exercises", "a") == {"status": "correct", "tries": 3}
    (tmp_path / "way").unlink()
    assert progress.record("exercises", "b", status="correct") == ""
    written = progress.read_file(progress.place())["exercises"]
    assert written == {"a": {"status": "correct", "tries": 3}, "b": {"status": "correct"}}
    (tmp_path / "way").rename(tmp_path / "gone")
    (tmp_path / "way").touch()
    assert "cannot be kept" in progress.record("exercises", "c", seen=True)


def test_without_locks_the_lesson_goes_on(monkeypatch):
    """As the file lock's library did until 3.16 where a folder has none."""
    import filelock

    def none(*_arguments, **_options):
        raise NotImplementedError("FileSystem does not appear to support flock; use SoftFileLock instead")

    monkeypatch.setattr(filelock.FileLock, "acquire", none)
    assert "cannot be kept: FileSystem does not" in progress.record("exercises", "a", status="correct")
    assert progress.record("exercises", "a", tries=1) == ""
    assert progress.get("exercises", "a") == {"status": "correct", "tries": 1}
    assert "could not be set aside" in progress.start_anew()


def test_a_full_disk_keeps_what_was_and_leaves_nothing_half_written(monkeypatch, progress_file):
    progress.record("exercises", "a", status="correct")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert "No space left on device" in progress.record("exercises", "b", status="correct")
    assert {path.suffix for path in progress_file.parent.iterdir()} <= {".json", ".lock"}
    assert progress.read_file(progress_file)["exercises"] == {"a": {"status": "correct"}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_that_an_editor_has_saved_in_its_own_encoding_is_read(progress_file, encoding):
    progress_file.parent.mkdir()
    progress_file.write_text('{"version": 1, "exercises": {"a": {"answer": "½"}}}', encoding)
    assert progress.record("exercises", "b", status="correct") == ""
    assert progress.read()["exercises"] == {"a": {"answer": "½"}, "b": {"status": "correct"}}


def test_what_was_left_half_written_goes(progress_file):
    progress_file.parent.mkdir()
    for name in ("progress.json.part", "progressab_12xyz.part", "progress2.json.part", "progress_mine.part"):
        (progress_file.parent / name).touch()
    progress.record("exercises", "a", seen=True)
    left = {path.name for path in progress_file.parent.glob("*.part")}
    assert left == {"progress2.json.part", "progress_mine.part"}


@pytest.mark.skipif(os.name == "nt", reason="made by POSIX calls")
@pytest.mark.parametrize("kind", ["pipe", "sparse", "folder", "endless"])
def test_what_is_no_progress_file_stops_nothing(progress_file, kind):
    progress_file.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(progress_file)
    elif kind == "sparse":
        with progress_file.open("wb") as file:
            file.truncate(6_000_000_000)
    elif kind == "folder":
        progress_file.mkdir()
    else:
        progress_file.symlink_to("/dev/zero")
    assert "cannot be read" in progress.trouble()
    assert progress.read()["exercises"] == {}
    told = progress.record("exercises", "a", status="correct")
    assert ("could not be read; it is kept as" if kind == "sparse" else "is not a file") in told
    assert progress.get("exercises", "a") == {"status": "correct"}


@pytest.mark.parametrize(
    "content",
    [
        '{"a": {"tries": "x", "answer": ' + "[" * 900 + "]" * 900 + "}}",
        '{"a": {"tries": {}, "answer": {"a": NaN}, "status": [], "reply": [[]], "solution": 1e999}}',
        '{"a": {"tries": ' + "9" * 4000 + ', "answer": "\\ud800 \\udfff"}}',
        '{"a": {"tries": ' + "9" * 5000 + "}}",
        '{"a": {"tries": -1e400, "hints": null}, "\\ud800": {"\\udc00": "\\ud800"}}',
    ],
)
def test_a_forged_file_does_not_stop_the_next_thing_kept(progress_file, content):
    progress_file.parent.mkdir()
    progress_file.write_text(f'{{"version": 1, "exercises": {content}}}')
    assert "cannot be kept" not in progress.count("exercises", "a", "tries", status="correct")
    assert progress.get("exercises", "a")["status"] == "correct"
    assert progress.record("exercises", "half", answer="half a character: \ud800") == ""
    assert progress.get("exercises", "half") == {"answer": "half a character: \ud800"}


def test_a_damaged_file_is_told_where_the_learner_is_and_once(progress_file):
    exercise, prediction = lesson_00.surprisal, lesson_00.LESSON.predictions[0]
    progress_file.parent.mkdir()
    for show in (
        exercise._repr_markdown_,
        lambda: exercise.hint()._repr_markdown_(),
        lambda: exercise.solution()._repr_markdown_(),
        lambda: exercise.check(1)._repr_html_(),
        lambda: prediction.form(progress.record("predictions", prediction.name, seen=True)).children[3].value,
    ):
        progress_file.write_text("{")
        assert "cannot be read" in course_map()._repr_html_()
        assert "could not be read; it is kept as" in unescape(show())
        assert "could not be read" not in unescape(show())
        assert "cannot be read" not in course_map()._repr_html_()


SCRIPTS = ["<img src=x onerror=alert(1)>", "`<img src=x onerror=alert(1)>`", "``` `` </code><script>alert(1)</script>",
           "[a](javascript:alert(1))", "$\\href{javascript:alert(1)}{x}$", "\n\n# <b>\n"]  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_in_an_answer_or_a_file_is_shown_as_it_is(progress_file, script):
    exercise = lesson_00.surprisal
    reply = exercise.check(script)
    assert not BeautifulSoup(reply._repr_html_(), "html.parser").find_all(["img", "script", "a", "h1"])
    progress.record("exercises", exercise.name, answer=script, reply=script)
    page = MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(exercise._repr_markdown_())
    found = BeautifulSoup(page, "html.parser")
    assert not found.find_all(["img", "script", "a", "h1", "pre"])
    assert script in [code.get_text() for code in found.find_all("code")]


@pytest.mark.parametrize("answer", [[["x"]], {"a": 1}, 5, True, None, "\ud800"])
def test_whatever_is_in_the_file_as_an_answer_is_shown_or_left_out(answer):
    progress.record("exercises", lesson_00.surprisal.name, answer=answer, reply=[answer])
    lesson_00.surprisal._repr_markdown_().encode("utf-8")


SHOWN = """
from lessons_lib import lesson_00, lesson_01
from lessons_lib.course import course_map, start_anew
print(course_map()._repr_html_())
print(lesson_00.surprisal._repr_markdown_())
print(lesson_00.surprisal.check(1))
print(lesson_00.LESSON.predictions[0]._repr_mimebundle_()[0]["text/html"])
print(lesson_00.LESSON.predictions[0].commit(lesson_00.LESSON.predictions[0].truth))
print(lesson_00.LESSON.predictions[0].commit(lesson_00.LESSON.predictions[0].truth))
print(lesson_00.LESSON.predictions[0].reveal())
print(lesson_00.surprisal.hint(), lesson_00.surprisal.solution())
lesson_00.SurprisalExplorer()
print(start_anew())
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX homes")
@pytest.mark.parametrize("home", ["none", "file", "locked", "relative"])
def test_a_lesson_goes_on_without_a_home(tmp_path, home):
    """No home in the environment and no user of this number, as in a container; a home that is a file, or locked."""
    (tmp_path / "file").touch()
    gone = {"LIKELIHOOD_PROGRESS", "HOME", "XDG_DATA_HOME", "TMPDIR", "LANG", "LC_ALL"}
    environment = {key: value for key, value in os.environ.items() if key not in gone}
    environment |= {"LC_ALL": "C", "TMPDIR": str(tmp_path / "missing"), "MPLCONFIGDIR": str(tmp_path / "mpl")}
    environment |= {"file": {"HOME": str(tmp_path / "file")}, "relative": {"HOME": "here"}}.get(home, {})
    environment |= {"HOME": "/proc/1/nothing"} if home == "locked" else {}
    nobody = "import os, pwd\ndef no(_uid): raise KeyError\npwd.getpwuid = no\n"
    code = f"{nobody}import sys; sys.path.insert(0, {str(ROOT)!r})\n{SHOWN}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert unescape(done.stdout).count("cannot be kept") == 1
    assert "is kept" not in done.stdout
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("~")]


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
    assert "cannot be kept" in told


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
