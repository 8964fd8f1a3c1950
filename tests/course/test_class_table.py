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
