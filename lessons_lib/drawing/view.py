"""What a figure shows: artists that are built once and afterwards only moved."""

from collections.abc import Hashable, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from lessons_lib.drawing.style import drawing_style, style


class View:
    """The artists of a figure, built for a first result and moved to each that follows.

    A subclass builds its axes and artists in `build`, and registers with `moves` those that `update` moves. What stays
    (limits, ticks, titles) is set in `build` or, if it follows the result, in `set_background`, under a `key`.
    """

    draggable: Sequence[Axes] = ()
    """The axes in which the pointer drags something."""

    def __init__(self, figure: Figure, result: Any):
        self.figure = figure
        self.moving: list[Artist] = []
        """What updates move, in drawing order."""
        self._key: Any = object()
        self.build(figure, result)
        self.show(result)

    # What a subclass says

    def build(self, figure: Figure, r: Any) -> None:
        """Make the axes and artists on an empty figure."""
        raise NotImplementedError

    def key(self, r: Any) -> Hashable:
        """Return what the look of that which stays depends on: only when it changes is the background drawn anew."""
        return None

    def set_background(self, r: Any) -> None:
        """Set limits, ticks, titles and whatever else does not move, for a result with another key."""

    def update(self, r: Any) -> None:
        """Move what moves to a result; computes nothing, makes nothing, and leaves alone what stays."""
        raise NotImplementedError

    # What all share

    def moves(self, artists: Artist | Sequence[Artist], in_layout: bool = False) -> Any:
        """Register an artist, or several, as what updates move, drawn in this order; return it, or the list of them.

        The one line that `plot` makes is taken out of its list. in_layout: whether the layout makes room for it as it
        stands at first; elsewhere it may stand outside its axes only where the layout leaves room for something else.
        """
        parts = [artists] if isinstance(artists, Artist) else list(artists)
        for artist in parts:
            artist.set_in_layout(in_layout)
        self.moving += parts
        return parts[0] if len(parts) == 1 else parts

    def marks(self, ax: Axes, marker: str, size: float, color: Any, **look: Any) -> Line2D:
        """Register marks that no line joins, whole even where they stand at the edge of their axes; none at first."""
        look = {"linestyle": "", "clip_on": False, **look}
        return self.moves(ax.plot([], [], marker=marker, markersize=size, color=color, **look))

    def show(self, result: Any) -> None:
        """Show a result: the background, if its key has changed, then what moves."""
        if (key := self.key(result)) != self._key:
            self._key = key
            with style():
                self.set_background(result)
        with drawing_style():
            self.update(result)
