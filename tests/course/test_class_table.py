"""A class's progress files as a table: whole rows from whole files, and broken files named."""

import csv
import os
import subprocess
import sys

import pytest
from every import EXERCISES, PREDICTIONS

from lessons_lib import progress
from lessons_lib.course import LESSONS, class_table
from lessons_lib.start.environment import ROOT


@pytest.fixture
def table_of(capsys):
    """From a folder to the table's rows, what is said beside them, and the exit status."""

    def table(folder):
        capsys.readouterr()
        try:
            status, last = class_table.main([str(folder)]), ""
        except SystemExit as end:  # of a sentence Python makes 1, and prints it
            status, last = (1, f"{end.code}\n") if isinstance(end.code, str) else (end.code, "")
        printed = capsys.readouterr()
        return list(csv.DictReader(printed.out.splitlines())), printed.err + last, status

    return table


def table_by_command(folder):
    """The same by the command, run as an instructor would."""
    done = subprocess.run(
        [sys.executable, "-m", "lessons_lib", "class", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "0"},
        capture_output=True,
        encoding="utf-8",
    )
    return list(csv.DictReader(done.stdout.splitlines())), done.stderr, done.returncode


READ = [sys.executable, "-m", "lessons_lib.course.class_table"]


def work_of(monkeypatch, path, solved=(), guesses=(), challenges=()):
    """Write a progress file as the course does while somebody learns."""
    monkeypatch.setenv("LIKELIHOOD_PROGRESS", str(path))
    for name in solved:
        assert EXERCISES[name].check(EXERCISES[name].answer).status == "correct"
    for name in guesses:
        PREDICTIONS[name].commit(PREDICTIONS[name].truth)
    for name in challenges:
        progress.record("challenges", name, reached=True)


def test_a_row_for_each_student_and_lesson(monkeypatch, tmp_path, table_of):
    work_of(monkeypatch, tmp_path / "ana.json", ["01_sequence", "01_better"], ["00_halving"], ["00_three_bits"])
    EXERCISES["01_better"].solution()
    EXERCISES["01_own_labels"].check(1.0)
    work_of(monkeypatch, tmp_path / "Žofia" / "progress.json", ["00_surprisal"])
    rows, told, status = table_of(tmp_path)
    assert (told, status) == ("", 0)
    assert [(r["student"], r["lesson"]) for r in rows] == [
        (student, f"{lesson.number} {lesson.title}") for student in ("ana", "Žofia") for lesson in LESSONS
    ]
    start, first = rows[0], rows[1]
    assert [start[head] for head in class_table.HEADS[2:]] == ["0", "1", "0", "1", "1", "1", "1"]
    assert [first[head] for head in class_table.HEADS[2:5]] == ["2", str(len(LESSONS[1].exercises)), "1"]
    assert rows[len(LESSONS)]["exercises solved"] == "1"
    for row, lesson in zip(rows, LESSONS, strict=False):
        sizes = (len(lesson.exercises), len(lesson.predictions), len(lesson.challenges))
        assert tuple(int(row[head]) for head in ("exercises", "guesses", "challenges")) == sizes


def test_broken_files_are_named_and_the_others_read(monkeypatch, tmp_path, table_of):
    work_of(monkeypatch, tmp_path / "Žofia.json", ["00_surprisal"])
    broken = {
        "empty": b"",
        "half": b'{"version": 1, "exerc',
        "binary": b"\x00\xff",
        "later": b'{"version": 2}',
        "list": b"[]",
        "deep": b'{"version": 1, "exercises": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "odd": b'{"version": 1, "exercises": {"00_surprisal": 1}}',
    }
    for name, content in broken.items():
        (tmp_path / f"{name}.json").write_bytes(content)
    (tmp_path / "folder.json").mkdir()
    rows, told, status = table_of(tmp_path)
    assert table_by_command(tmp_path) == (rows, told, status)
    assert {row["student"] for row in rows} == {"Žofia"}
    assert [row["exercises solved"] for row in rows][:2] == ["1", "0"]
    lines = told.splitlines()
    assert [line.split(" cannot be read")[0] for line in lines] == [
        str(tmp_path / f"{name}.json") for name in sorted([*broken, "folder"])
    ]
    assert status == 1


def test_strange_facts_in_a_readable_file_count_for_nothing(tmp_path, table_of):
    (tmp_path / "ana.json").write_text(
        '{"version": 1, "exercises": {"00_surprisal": {"status": ["correct"]}, "gone": {"status": "correct"}}, "me": 1}'
    )
    rows, told, status = table_of(tmp_path)
    assert (told, status) == ("", 0)
    assert {row["exercises solved"] for row in rows} == {"0"}


def test_what_the_course_has_set_aside_is_no_student(monkeypatch, tmp_path, table_of):
    work_of(monkeypatch, tmp_path / "ana.json", ["00_surprisal"])
    progress.start_anew()
    work_of(monkeypatch, tmp_path / "ana.json", ["01_sequence"])
    assert {path.name for path in tmp_path.glob("ana*.json")} == {"ana.json", "ana-before-1.json"}
    rows, _, _ = table_of(tmp_path)
    assert [row["exercises solved"] for row in rows] == ["0", "1", *"0" * (len(LESSONS) - 2)]


def test_a_folder_that_does_not_serve_is_a_sentence(tmp_path, table_of):
    for folder, sentence in ((tmp_path / "nowhere", "Name the folder"), (tmp_path, "holds no progress file")):
        rows, told, status = table_of(folder)
        assert (rows, status) == ([], 1)
        assert sentence in told
        assert "Traceback" not in told


@pytest.mark.skipif(os.name == "nt", reason="made by POSIX calls")
def test_no_student_s_file_stops_the_rows_of_the_others(monkeypatch, tmp_path, table_of):
    work_of(monkeypatch, tmp_path / "zoe.json", ["00_surprisal"])
    os.mkfifo(tmp_path / "a_pipe.json")
    (tmp_path / "b_device.json").symlink_to("/dev/zero")
    (tmp_path / "c_folder.json").mkdir()
    with (tmp_path / "d_sparse.json").open("wb") as file:
        file.truncate(6_000_000_000)
    (tmp_path / "e_loop.json").symlink_to(tmp_path / "e_loop.json")
    (tmp_path / "f_deep.json").write_text('{"version": 1, "notes": ' + "[" * 900 + "]" * 900 + "}")
    (tmp_path / "g_digits.json").write_text('{"version": 1, "notes": ' + "9" * 5000 + "}")
    (tmp_path / "h\x1b[2J\nzoe,0.json").write_text("{")
    rows, told, status = table_of(tmp_path)
    assert {row["student"] for row in rows} == {"zoe"}
    assert [line[len(str(tmp_path)) + 1] for line in told.splitlines()] == list("abcdefgh")
    assert "\x1b" not in told
    assert status == 1


def test_odd_facts_count_for_nothing(tmp_path, table_of):
    guess = (
        '{"version": 1, "predictions": {"00_ten_heads": {"guess": %s}}, "exercises": {"00_surprisal": {"status": NaN}}}'
    )
    for number, odd in enumerate(("[[[[1]]]]", "1e999", "NaN", "9" * 4000, '"\\ud800"', "null", "{}")):
        (tmp_path / f"{number}.json").write_text(guess.replace("00_ten_heads", LESSONS[0].predictions[0].name) % odd)
    rows, told, status = table_of(tmp_path)
    assert (told, status) == ("", 0)
    assert {(row["exercises solved"], row["guesses made"]) for row in rows} == {("0", "0")}


@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not allow")
def test_no_name_is_a_formula(tmp_path, table_of):
    for name in ("=1+1", "+1", "-1", "−1", "@sum", "\t=1", "\r=1", " =1", "＝1", "ana"):
        (tmp_path / f"{name}.json").write_text('{"version": 1}')
    rows, _, _ = table_of(tmp_path)
    assert {row["student"] for row in rows} == {
        *("'=1+1", "'+1", "'-1", "'−1", "'@sum", "\ufffd=1", "' =1", "'＝1", "ana")
    }


def test_two_files_of_one_student_have_rows_apart_and_are_told(tmp_path, table_of):
    (tmp_path / "Zo\u00eb").mkdir()
    for path in ("Zo\u00eb/progress.json", "Zoe\u0308.json", "ben.json"):
        (tmp_path / path).write_text('{"version": 1}')
    rows, told, status = table_of(tmp_path)
    names = dict.fromkeys(row["student"] for row in rows)
    assert len(rows) == 3 * len(LESSONS)
    assert len(names) == 3
    assert "ben" in names
    assert told.count("one of several files for one student") == 2
    assert status == 0


def test_a_file_of_the_table_begins_with_a_mark_of_its_encoding_and_a_pipe_does_not(tmp_path):
    (tmp_path / "Jürgen.json").write_text('{"version": 1}')
    table = tmp_path / "table.csv"
    for _ in range(2):  # the second time added to the first
        with table.open("ab") as file:
            subprocess.run([*READ, str(tmp_path)], cwd=ROOT, stdout=file, check=True)
    content = table.read_text("utf-8")
    assert content.startswith("\ufeffstudent")
    assert content.count("\ufeff") == 1
    assert "Jürgen" in content
    piped = subprocess.run([*READ, str(tmp_path)], cwd=ROOT, capture_output=True, check=True).stdout
    assert piped.startswith(b"student")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a full disk as Linux has it")
def test_a_full_disk_and_a_reader_that_stops_are_a_sentence(tmp_path):
    (tmp_path / "ana.json").write_text('{"version": 1}')
    read, write = os.pipe()
    os.close(read)
    with open("/dev/full", "w") as full, os.fdopen(write, "w") as closed:
        for stream, reason in ((full, "No space left on device"), (closed, "whatever reads it has stopped")):
            done = subprocess.run([*READ, str(tmp_path)], cwd=ROOT, stdout=stream, stderr=subprocess.PIPE, text=True)
            assert (done.stderr, done.returncode) == (f"The table is not whole: {reason}.\n", 1)
