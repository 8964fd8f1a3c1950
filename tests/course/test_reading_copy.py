"""The reading copy holds all that the notebooks show, and needs nothing else."""

import re
import shutil
import subprocess
import sys
from functools import cache

import nbformat
import pytest
from bs4 import BeautifulSoup

from lessons_lib.course import reading_copy
from lessons_lib.course.reading_copy import main
from lessons_lib.start.environment import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The reading copy's folder, and what the command that wrote it said."""
    folder = tmp_path_factory.mktemp("reading") / "my pages"
    command = [sys.executable, "-m", "lessons_lib", "read", str(folder)]
    return folder, subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")


@pytest.fixture(scope="module")
def page_of(written):
    """From the name of a page's file to the page, which is read once."""
    return cache(lambda name: BeautifulSoup((written[0] / name).read_text("utf-8"), "html.parser"))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_every_picture_formula_and_number_is_there(page_of, lesson):
    page, notebook = page_of(f"{lesson.stem}.html"), nbformat.read(lesson, 4)
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    formulas = [match for text in texts for match in re.findall(r"\$\$.+?\$\$|\$[^$]+\$", text, re.DOTALL)]
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    pictures = [o for o in outputs if "image/png" in o.get("data", {}) and "text/html" not in o["data"]]
    assert len(page.find_all("math")) == len(formulas)
    assert not page.find_all("merror")
    shown = page.find_all("img")
    assert [img["alt"] for img in shown] == [o.metadata["image/png"]["alt"] for o in pictures]
    assert all(len(img["alt"]) > 20 for img in shown)
    said = page.get_text()
    for output in outputs:
        if output.get("name") == "stdout":
            assert output.text.strip() in said


@pytest.mark.parametrize("name", ["index", *(lesson.stem for lesson in LESSONS)])
def test_a_page_asks_for_nothing_and_its_links_lead_somewhere(page_of, name):
    page = page_of(f"{name}.html")
    assert not page.find_all(["script", "link", "iframe"])
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert all(img["src"].startswith("data:") for img in page.find_all("img"))
    assert "url(" not in "".join(style.get_text() for style in page.find_all("style"))
    names = [named["id"] for named in page.find_all(id=True)]
    assert len(set(names)) == len(names)
    for link in page.find_all("a"):
        if not link["href"].startswith(("http", "#")):
            there, _, heading = link["href"].partition("#")
            target = page_of(there)
            assert not heading or target.find(id=heading), link["href"]


def test_the_command_says_where_it_wrote(written):
    folder, done = written
    assert done.returncode == 0, done.stderr
    assert f"{folder / 'index.html'}" in done.stdout


def test_what_it_cannot_is_a_sentence_with_which_it_ends(tmp_path):
    (tmp_path / "file").touch()
    for wrong in ([str(tmp_path / "file")], ["a", "b"], ["--help-me"]):
        with pytest.raises(SystemExit) as end:
            main(wrong)
        assert isinstance(end.value.code, str), "which Python prints to stderr, with 1 as the status"
        assert "\n" not in end.value.code


ODD = ["$ $", "$$ $$", "$x^$", "$\\frac$", "${$", "$\\left($", "$\\text{<img src=x onerror=alert(1)>}$",
       "$\\text{<mi onclick='alert(1)'>x</mi>}$", "$\\href{javascript:alert(1)}{x}$"]  # fmt: skip


def test_an_odd_formula_stays_as_typed_its_notebook_is_named_and_the_others_are_written(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    monkeypatch.setattr(reading_copy, "ROOT", tmp_path)
    first, second, third, *_ = LESSONS
    notebook = nbformat.read(first, 4)
    notebook.cells += [nbformat.v4.new_markdown_cell(f"A {odd} formula, and a second one, $x < 1$.") for odd in ODD]
    nbformat.write(notebook, tmp_path / "notebooks" / first.name)
    (tmp_path / "notebooks" / second.name).write_text("<<<<<<< mine", "utf-8")
    main([str(tmp_path / "pages")])
    told = capsys.readouterr().out
    assert told.count(f"{first.name}: a formula stands as it was typed") >= len(ODD) - 2, (
        "blanks alone may be no formula"
    )
    assert f"{second.name} cannot be read, and has no page" in told
    page = BeautifulSoup((tmp_path / "pages" / f"{first.stem}.html").read_text("utf-8"), "html.parser")
    assert not page.find("img", src="x")
    assert not page.find(onclick=True)
    assert not page.find(href=re.compile("javascript"))
    assert sum("x<1" in math.get_text() for math in page.find_all("math")) == len(ODD)
    assert (tmp_path / "pages" / f"{third.stem}.html").exists()


def test_aligned_lines_are_a_table_and_no_mark_is_left_over(page_of):
    page = page_of("04_cross_entropy_is_kl.html")
    assert page.find("mtable")
    assert not [math for math in page.find_all("math") if "&" in math.get_text()]
