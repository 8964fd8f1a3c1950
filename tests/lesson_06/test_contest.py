"""The contest as bars: as long as the files, in their order."""

import pytest

from lessons_lib.lesson_06.contest import Contest
from lessons_lib.maths.errors import InputError
from lessons_lib.text import models, report

TEXT = b"the goat is a thief, and the goat is a goat. " * 20


def rows():
    made = [report.model_row(name, models.ALL[name](), TEXT) for name in ("uniform", "order 3")]
    return made + report.compressor_rows(TEXT)


def test_bars_are_as_long_as_the_files_the_shortest_at_the_top():
    given = rows()
    (ax,) = Contest(given).figure.fig.axes
    sizes = sorted(row.file_size for row in given)
    bars = sorted(ax.patches, key=lambda bar: ax.transData.transform((0, bar.get_y()))[1], reverse=True)
    assert [bar.get_width() for bar in bars] == sizes
    by_name = {row.name: row.file_size for row in given}
    assert [by_name[label.get_text()] for label in ax.get_yticklabels()] == sizes


def test_the_picture_has_a_sentence_with_the_first_and_the_last():
    data, metadata = Contest(rows())._repr_mimebundle_()
    smallest = min(rows(), key=lambda row: row.file_size)
    assert f"the smallest by {smallest.name}, {smallest.file_size:,} bytes" in data["text/plain"]
    assert metadata["image/png"]["alt"] == data["text/plain"]


@pytest.mark.parametrize("given", [[], [1], [report.model_row("uniform", models.Uniform(), TEXT, write=False)]])
def test_without_files_there_is_no_contest(given):
    with pytest.raises(InputError, match="the size of its file"):
        Contest(given)
