"""What the explorers of a few classes share: how far logits go, axes with a place for each class, a list by class."""

from collections.abc import Iterable
from string import ascii_uppercase

from matplotlib.axes import Axes

from lessons_lib.drawing import style

GREATEST = 6.0
"""Logits lie between −6 and 6, before anything is added to them."""
DIGITS = 9
"""A slider in the browser says 0.9999999999999999 where it shows 1: digits that the state drops."""


def place_classes(ax: Axes, names: tuple[str, ...]) -> None:
    """Give each class a place on the x-axis, and draw the line at 0."""
    ax.set(xlim=(-0.6, len(names) - 0.4), xticks=range(len(names)), xticklabels=names)
    ax.axhline(0, color=style.MUTED, linewidth=0.8)


def by_class(texts: Iterable[str]) -> str:
    """Return what is said of A, B, … as a list.

    >>> by_class(["0.2", "0.8"])
    'A 0.2, B 0.8'
    """
    return ", ".join(f"{name} {text}" for name, text in zip(ascii_uppercase, texts, strict=False))
