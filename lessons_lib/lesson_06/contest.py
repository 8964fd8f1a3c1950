"""The contest of models and compressors on one text, as bars."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from lessons_lib.drawing import style
from lessons_lib.drawing.live import LiveFigure
from lessons_lib.drawing.turn import own_turn
from lessons_lib.drawing.view import View
from lessons_lib.maths.errors import InputError
from lessons_lib.text.report import Row

_COMPRESSORS = ("gzip", "bz2", "xz", "zstd")
_WIDTH, _HEIGHT, _OF_A_BAR = 880, 70, 26


class ContestView(View):
    """A bar for each row, as long as its file, the shortest at the top."""

    def build(self, figure: Figure, r: Sequence[Row]) -> None:
        """Draw all there is."""
        ax = figure.subplots()
        sizes = [row.file_size for row in r]
        colors = [style.DATA if row.name.startswith(_COMPRESSORS) else style.MODEL for row in r]
        bars = ax.barh([row.name for row in r], sizes, color=colors, height=0.7)
        notes = [f"{row.file_size:,} bytes   {row.bits_per_byte:.2f} bits a byte" for row in r]
        ax.bar_label(bars, notes, padding=5)
        ax.set(xlim=(0, 1.32 * max(sizes)), xticks=[])
        ax.invert_yaxis()
        ax.spines["bottom"].set_visible(False)
        ax.tick_params(axis="y", length=0)
        ax.set_title("bytes on disk: models in orange, compressors in blue")

    def update(self, r: Sequence[Row]) -> None:
        """Nothing moves."""


class Contest:
    """A picture of the rows of `report.model_row` and `report.compressor_rows`, the smallest file first.

    Raises InputError if there are none, or one of a model that wrote no file.
    """

    @own_turn()
    def __init__(self, rows: Sequence[Row]):
        if not rows or not all(isinstance(row, Row) and row.file_size is not None for row in rows):
            raise InputError("a contest needs rows of which each has the size of its file")
        self.rows = sorted(rows, key=lambda row: row.file_size)
        size = (_WIDTH, _HEIGHT + _OF_A_BAR * len(self.rows))
        self.figure = LiveFigure(lambda figure: ContestView(figure, self.rows), size)
        self.figure.refresh(repr(self))

    def __repr__(self) -> str:
        first, last = self.rows[0], self.rows[-1]
        return (
            f"{len(self.rows)} files of the same text: the smallest by {first.name}, {first.file_size:,} bytes, the "
            f"largest by {last.name}, {last.file_size:,} bytes."
        )

    @own_turn()
    def _repr_mimebundle_(self, **_options):
        return self.figure.output(repr(self))
