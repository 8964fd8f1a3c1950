"""What a view must never do, told in words: move the unregistered, change what stays, make artists, lose a text."""

import numpy as np
from matplotlib.axis import XAxis, YAxis
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.text import Text

SLACK = 0.5
"""So many pixels a text or a marker may stand out."""


def watch(explorer):
    """From now on, let every update of this explorer's view fail that does what it must not; once is enough."""
    explorer.figure.ratio = explorer.figure.ratio or 1.0  # a browser is there, for which no JPEG has to be made
    view = explorer.figure.view
    if "update" in vars(view):
        return
    name, update = f"{type(view).__name__}.update", view.update
    known = set(parts_of(view.figure))

    def watched(result):
        rested, before = not view.figure.stale, stale_parts(view.figure)
        update(result)
        for part in parts_of(view.figure):
            assert part in known, (
                f"{name} makes {called(part)}: make it once, in build, and register it there with self.moves(...)"
            )
        if rested and view.figure.stale:
            changed = sorted({called(part) for part in stale_parts(view.figure) - before}) or ["something that stays"]
            raise AssertionError(f"{name} changes {', '.join(changed)}. {REMEDY}")

    view.update = watched


REMEDY = (
    "What moves is registered where it is made, self.moves(...); limits, ticks and titles are set in build or, "
    "if they follow the result, in set_background, under a key."
)


def parts_of(figure):
    """Every artist of the figure that a view has made, and the titles and axes that come with its axes."""
    own = [part for part in figure.get_children() if part not in figure.axes]
    return [*own, *(part for axes in figure.axes for part in axes.get_children())]


def labels_of(figure):
    """The labels of axes, and of those of their ticks that are drawn."""
    for axis in (axis for axes in figure.axes if axes.axison for axis in (axes.xaxis, axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        yield axis.label
        yield from (tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high)


def stale_parts(figure):
    return {part for part in parts_of(figure) if part.stale and not part.get_animated()}


def called(part):
    """Say which part of a figure this is."""
    if isinstance(part, XAxis | YAxis):
        return f"the limits, ticks or label of the {part.axis_name} axis of {place(part.axes)}"
    if part.axes is not None and part in (part.axes.title, part.axes._left_title, part.axes._right_title):
        return f"the title of {place(part.axes)}"
    kind = type(part).__name__
    told = f" “{part.get_text()}”" if isinstance(part, Text) else ""
    return f"a{'n' * (kind[0] in 'AEIOU')} {kind}{told} in {place(part.axes)}"


def alike(one, other):
    """Whether two artists cover the same part of their figures and, if they are texts, say the same."""
    boxes = [artist.get_window_extent().extents for artist in (one, other)]
    texts = [artist.get_text() for artist in (one, other) if isinstance(artist, Text)]
    return np.array_equal(*boxes, equal_nan=True) and len({*texts, *texts[:1]}) <= 1


def place(axes):
    """Say which axes these are: by their title, their label, or their number."""
    if axes is None:
        return "the figure"
    names = (axes.get_title(loc="left"), axes.get_title(), axes.get_xlabel(), axes.get_ylabel())
    first = next((name.strip().split("\n")[0] for name in names if name.strip()), "")
    return f"the axes “{first}”" if first else f"axes no. {axes.figure.axes.index(axes) + 1}"


def unwatch(explorer):
    """Let updates go unwatched again."""
    vars(explorer.figure.view).pop("update", None)


def within(explorer, everything=False):
    """Assert that each text, and each marker that axes do not cut off, lies within the figure: of what moves, and of
    what stays if its key is new since the last time or `everything` is asked for."""
    view = explorer.figure.view
    artists = view.moving
    if everything or view._key != getattr(view, "key_when_seen", view):
        view.key_when_seen = view._key
        artists = [*parts_of(view.figure), *labels_of(view.figure)]
    for artist in artists:
        if isinstance(artist, Text) and artist.get_visible() and artist.get_text().strip():
            what = f"the text “{artist.get_text()}” of {place(artist.axes)}"
            inside(view.figure, artist.get_window_extent().extents, what)
        elif isinstance(artist, Line2D) and artist.get_visible() and artist.get_marker() not in ("", "None", None):
            size = artist.get_markersize() + artist.get_markeredgewidth()
            dots(view.figure, artist, artist.get_transform().transform(artist.get_xydata()), size)
        elif isinstance(artist, PathCollection) and artist.get_visible():
            places = artist.get_offset_transform().transform(artist.get_offsets())
            dots(view.figure, artist, places, np.sqrt(artist.get_sizes()))


def dots(figure, part, places, size):
    """Assert that dots of this size, in points, lie within the figure, unless its axes cut them off."""
    if part.get_clip_on() or part.axes is None:
        return
    half = np.broadcast_to(np.asarray(size) * figure.dpi / 144, len(places))
    for (x, y), reach in zip(places, half, strict=True):
        if np.isfinite((x, y)).all():
            inside(figure, (x - reach, y - reach, x + reach, y + reach), f"a marker of {called(part)}")


def inside(figure, extents, what):
    left, bottom, right, top = extents
    width, height = figure.bbox.size
    assert max(-left, -bottom, right - width, top - height) <= SLACK * figure.dpi / 100, (
        f"{what} leaves the figure: it reaches from ({left:.0f}, {bottom:.0f}) to ({right:.0f}, {top:.0f}) pixels, "
        f"and the figure has {width:.0f} × {height:.0f}"
    )


def within_at_twice_the_resolution(explorer):
    """Assert the same, of all there is, on a screen of twice the resolution."""
    before, explorer.figure.ratio = explorer.figure.ratio, 2.0
    try:
        within(explorer, everything=True)
    finally:
        explorer.figure.ratio = before
