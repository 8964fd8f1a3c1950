"""The notebooks as they are stored, and their explorers as they are opened there."""

import ast
import base64
import math
import re

import nbformat
import numpy as np
import pytest
import sweep
from every import EXPLORERS, NOTEBOOKS

from lessons_lib.course import LESSONS
from lessons_lib.course.minutes import reckoned_minutes
from lessons_lib.start.environment import ROOT
from lessons_lib.text.counts import Counts

ORDER = ("Predict", "Explore", "Derive", "Check", "Exercises", "Summary")
EVERY = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def openings(path):
    """Each call in a notebook that opens an explorer: its class, and the code of its arguments by name."""
    classes = {cls.__name__: cls for cls in EXPLORERS}
    for cell in code_cells(path):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Explorer"):
                assert not node.args, "an explorer's arguments are named"
                yield classes[node.func.id], {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}


@EVERY
def test_stored_executed_from_top_to_bottom_without_errors(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    assert path.stat().st_size < 1_500_000
    assert not re.search(r"/(home|root|tmp|Users|work)/\w", path.read_text("utf-8"))
    assert "widgets" not in nbformat.read(path, as_version=4).metadata


@pytest.mark.parametrize("lesson", LESSONS[1:], ids=lambda lesson: lesson.notebook)
def test_a_lesson_has_its_parts_in_the_usual_order_and_asks_all_its_questions(lesson):
    cells = nbformat.read(ROOT / "notebooks" / lesson.notebook, as_version=4).cells
    headings = re.findall(r"^## (\w+)", "\n".join(c.source for c in cells if c.cell_type == "markdown"), re.MULTILINE)
    assert tuple(h for h in dict.fromkeys(headings) if h in ORDER) == ORDER
    shown = [output.get("data", {}).get("text/plain", "") for cell in cells for output in cell.get("outputs", [])]
    assert {exercise.question for exercise in lesson.exercises} <= set(shown)
    assert sum("Not attempted yet." in text for text in shown) == len(lesson.exercises)
    for prediction in lesson.predictions:
        asked, revealed = [text for text in shown if prediction.question in text]
        assert asked == repr(prediction)
        assert revealed == repr(prediction.reveal())


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.notebook)
def test_between_a_guess_and_its_truth_what_cells_show_is_hidden_until_they_run(lesson):
    reveals = {repr(prediction.reveal()) for prediction in lesson.predictions}
    asks = {*map(repr, lesson.predictions), *(exercise.question for exercise in lesson.exercises)}
    guessed, waiting = False, len(reveals)
    for cell in code_cells(ROOT / "notebooks" / lesson.notebook):
        shown = {output.get("data", {}).get("text/plain") for output in cell.outputs}
        is_hidden = cell.metadata.get("jupyter", {}).get("outputs_hidden", False)
        assert is_hidden == (guessed and waiting > 0 and bool(cell.outputs) and not shown & asks), cell.source
        guessed |= bool(shown & {*map(repr, lesson.predictions)})
        waiting -= len(shown & reveals)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.notebook)
def test_a_lesson_says_at_its_top_the_minutes_that_the_map_says(lesson):
    cells = nbformat.read(ROOT / "notebooks" / lesson.notebook, as_version=4).cells
    core, whole = lesson.minutes
    form = r"^About (\d+) minutes[^;.]*(?:; with the parts marked ◇[^.]*?about (\d+))?\."
    told = re.search(form, cells[0].source, re.MULTILINE)
    assert told, "the first cell says how long the lesson takes"
    assert [int(minutes) for minutes in told.groups() if minutes] == sorted({core, whole})
    assert any(re.search(r"^##.*◇", cell.source, re.MULTILINE) for cell in cells) == (whole > core)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.notebook)
def test_the_minutes_are_reckoned_from_the_notebook(lesson):
    assert lesson.minutes == reckoned_minutes(lesson)


def test_the_readme_s_table_is_the_map():
    rows = [line.strip("| ").split(" | ") for line in (ROOT / "README.md").read_text("utf-8").splitlines()]
    for lesson in LESSONS:
        minutes = " ".join(f"({m})" if i else str(m) for i, m in enumerate(sorted({*lesson.minutes})))
        link = f"[{lesson.title}](notebooks/{lesson.notebook})"
        assert [str(lesson.number), link, lesson.question, lesson.after, minutes] in rows


def python_of_the_signs():
    """Each line of Python in the table of signs that says what it gives, with that."""
    cells = nbformat.read(ROOT / "notebooks" / "00_start_here.ipynb", as_version=4).cells
    (table,) = [cell.source for cell in cells if "## Signs you will meet" in cell.source]
    return re.findall(r"`([^`]+)` is `([^`]+)`", table)


@pytest.mark.parametrize(("code", "result"), python_of_the_signs())
def test_the_signs_are_what_python_says(code, result):
    digits = len(result.partition(".")[2])
    value = eval(code, {"np": np, "math": math})
    assert f"{value:.{digits}f}" == result
    assert digits > 2 or value == float(result), "Python prints more digits than the page"


@EVERY
def test_links_to_headings_lead_there(path):
    for link in re.findall(r"\]\(([^)]*#[^)]*)\)", path.read_text("utf-8")):
        file, _, wanted = link.partition("#")
        cells = nbformat.read(path.parent / file if file else path, as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        assert wanted in [heading.replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)], link


@EVERY
def test_every_widget_has_a_picture_and_a_sentence_beside_it(path):
    for cell in code_cells(path):
        for output in cell.outputs:
            if "application/vnd.jupyter.widget-view+json" in output.get("data", {}):
                if "image/png" in output.data:
                    assert base64.b64decode(output.data["image/png"]).startswith(b"\x89PNG")
                    assert len(output.metadata["image/png"]["alt"]) > 20
                else:
                    assert re.search(r"Your guess\?|A progress bar of \d+ steps", output.data["text/html"])


OWN_STARTS = [(cls, code) for path in NOTEBOOKS for cls, code in openings(path) if code]
"""Opened otherwise than by default; how an explorer does that opens by default is tested in test_every_explorer.py."""
STANDS_IN = {"network": Counts(1, b"what a network would have learned")}
"""For what a notebook computes at length and hands to an explorer."""


@pytest.mark.parametrize(("explorer_class", "code"), OWN_STARTS)
def test_explorers_follow_their_controls_as_they_are_opened_in_the_notebook(explorer_class, code):
    explorer = explorer_class(**{name: eval(value, dict(STANDS_IN)) for name, value in code.items()})
    sweep.every_control(explorer)
    sweep.random_moves(explorer, seed=0)


@EVERY
def test_as_a_web_page_it_shows_every_picture_and_every_number(path):
    from nbconvert import HTMLExporter

    page, _ = HTMLExporter().from_filename(str(path))
    cells = code_cells(path)
    pictures = sum("image/png" in output.get("data", {}) for cell in cells for output in cell.outputs)
    assert len(re.findall(r'<img[^>]*src="data:image/png;base64', page)) == pictures
    text = page.replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for cell in cells:
        for output in cell.outputs:
            for line in output.get("text", "").splitlines():
                assert line.strip() in text


def test_the_map_links_to_every_lesson_and_the_lessons_link_to_what_is_there():
    text = {path.name: path.read_text("utf-8") for path in NOTEBOOKS}
    links = {name: set(re.findall(r"(?:\]\(|href=\\\")(\w+\.ipynb)", content)) for name, content in text.items()}
    assert links["00_start_here.ipynb"] >= set(text) - {"00_start_here.ipynb"}
    assert set().union(*links.values()) <= set(text)
