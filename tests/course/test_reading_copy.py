"""The reading copy holds all that the notebooks show, and needs nothing else."""

import re
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup

from lessons_lib.course.reading_copy import write_reading_copy
from lessons_lib.start.environment import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_reading_copy(tmp_path_factory.mktemp("reading")).parent


def page_of(folder, lesson):
    return BeautifulSoup((folder / lesson.name).with_suffix(".html").read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_every_picture_formula_and_number_is_there(folder, lesson):
    page, notebook = page_of(folder, lesson), nbformat.read(lesson, 4)
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
def test_a_page_asks_for_nothing_and_its_links_lead_somewhere(folder, name):
    page = BeautifulSoup((folder / f"{name}.html").read_text("utf-8"), "html.parser")
    assert not page.find_all(["script", "link", "iframe"])
    assert all(img["src"].startswith("data:") for img in page.find_all("img"))
    assert "url(" not in "".join(style.get_text() for style in page.find_all("style"))
    names = [named["id"] for named in page.find_all(id=True)]
    assert len(set(names)) == len(names)
    for link in page.find_all("a"):
        if not link["href"].startswith(("http", "#")):
            there, _, heading = link["href"].partition("#")
            target = BeautifulSoup((folder / there).read_text("utf-8"), "html.parser")
            assert not heading or target.find(id=heading), link["href"]


def test_the_command_says_where_it_wrote_and_what_it_cannot(tmp_path):
    def read(*arguments):
        command = [sys.executable, "-m", "lessons_lib", "read", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")

    assert f"{tmp_path / 'my pages' / 'index.html'}" in read(str(tmp_path / "my pages")).stdout
    (tmp_path / "file").touch()
    for wrong in ([str(tmp_path / "file")], ["a", "b"], ["--help-me"]):
        done = read(*wrong)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
