"""coverage.md: everything has its place, and its words stand in exactly one cell of the notebook named."""

import re
from collections import Counter
from functools import cache

import nbformat

from lessons_lib.start.environment import ROOT

CORE = ("01", "02", "03", "04", "05", "06")
LATER = ("07", "08", "09", "10", "11", "12", "13", "claims")
VERDICTS = ("confirmed", "corrected", "condition", "not checkable")
COUNTS = {  # of each text, in the order of VERDICTS
    "000": (23, 6, 9, 5),
    "001": (47, 4, 8, 3),
    "002": (24, 3, 5, 1),
    "003": (11, 9, 2, 2),
    "004": (44, 14, 21, 6),
}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "tests" / "coverage.md").read_text("utf-8").splitlines()
    if re.match(r"\| \d", line)
]
ITEMS = [row for row in ROWS if "-" not in row[0]]
CLAIMS = [row for row in ROWS if "-" in row[0]]
PLACES = [(row[0], *row[-2:]) for row in ROWS]  # id, lesson, words


def shown(cell):
    """What a reader can search: prose without its marks and line ends; code and what it puts out as they are."""
    if cell.cell_type == "markdown":
        return " ".join(re.sub(r"[*`]", "", cell.source).split())
    outputs = [out.get("text") or out.get("data", {}).get("text/plain", "") for out in cell.outputs]
    return "\n".join([cell.source, *outputs])


@cache
def cells(lesson):
    (path,) = (ROOT / "notebooks").glob(f"{lesson}_*.ipynb")
    return [shown(cell) for cell in nbformat.read(path, as_version=4).cells]


def test_every_item_and_every_claim_has_one_row():
    assert [row[0] for row in ITEMS] == [str(number) for number in range(1, 81)]
    wanted = [f"{text}-{n:02}" for text, counts in COUNTS.items() for n in range(1, sum(counts) + 1)]
    assert len(wanted) == 247
    assert [row[0] for row in CLAIMS] == wanted
    assert {len(row) for row in ITEMS} == {4}
    assert {len(row) for row in CLAIMS} == {5}


def test_the_verdicts_are_as_many_as_were_counted():
    found = Counter((row[0][:3], row[2]) for row in CLAIMS)
    wanted = {(text, v): n for text, counts in COUNTS.items() for v, n in zip(VERDICTS, counts, strict=True)}
    assert found == wanted


def test_words_stand_in_exactly_one_cell_of_their_lesson():
    wrong = []
    for name, lesson, words in PLACES:
        if lesson in CORE:
            phrases = [phrase.strip() for phrase in words.split("…")]
            hits = sum(all(phrase in cell for phrase in phrases) for cell in cells(lesson))
            if hits != 1 or min(map(len, phrases)) < 4:
                wrong.append(f"{name}: in {hits} cells of lesson {lesson}: {words}")
    assert not wrong, "\n".join(wrong)


def test_the_items_of_the_core_are_in_it_and_nothing_is_missing():
    assert {lesson for _, lesson, _ in PLACES[:28]} <= set(CORE)
    assert not [name for name, _, words in PLACES if words == "missing"]


def test_what_waits_names_a_lesson_that_is_not_written_yet():
    for name, lesson, words in PLACES:
        if lesson in LATER:
            assert words == "waits", name
            assert not list((ROOT / "notebooks").glob(f"*{lesson}*")), f"{name}: lesson {lesson} is there now"


def test_only_what_cannot_be_checked_is_left_out_and_with_a_reason():
    assert {lesson for _, lesson, _ in PLACES} <= {*CORE, *LATER, "–"}
    left_out = [row for row in ROWS if row[-2] == "–"]
    assert {row[2] for row in left_out} == {"not checkable"}
    assert all(len(row[-1]) > 5 and row[-1] != "waits" for row in left_out)
