"""Each section of a notebook alone, as after a restart of the kernel: it brings what it needs, or says what to run."""

import re

import nbformat
import pytest
from every import NOTEBOOKS
from nbclient import NotebookClient

START_HERE = re.compile(r"^\*If you start here, first run the cells of (.*)\.\*$", re.MULTILINE)
FORGET = "%reset -f"
HASTE = """\
from lessons_lib.text import corpora, network

corpora.manual = lambda manual=corpora.manual: manual()[:30_000]
network.Trainer.learn = lambda self, step: 8.0
"""
"""For lesson 6: a short manual, and a network that learns nothing. What comes out is tested where the whole runs."""


def sections(path):
    """Return, by heading, the code cells of each section and the headings of those that it says it needs."""
    heading, found = "", {"": ([], [])}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            found[heading][0].append(cell.source)
        elif begins := re.search(r"^## (.*)$", cell.source, re.MULTILINE):
            heading, said = begins[1], START_HERE.search(cell.source)
            found[heading] = ([], re.findall(r"\[(.*?)\]", said[1]) if said else [])
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_section_runs_alone_with_those_that_it_says_it_needs(path):
    found, code = sections(path), [HASTE]
    for own, needed in found.values():
        code += [FORGET, *(cell for heading in needed for cell in found[heading][0]), *own]
    alone = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, code)])
    NotebookClient(alone, timeout=600).execute()
