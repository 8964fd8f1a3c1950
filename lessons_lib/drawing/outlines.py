"""A canvas that draws texts as the outlines of their letters: matplotlib's own way takes ten times as long."""

from functools import lru_cache

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.ft2font import FT2Font
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

_UNITS = 1000.0
"""The size in pixels at which outlines are read, so large that the font's own rounding does not show."""
_OTHER_SCRIPTS = (
    *("Noto Sans CJK JP", "Yu Gothic", "Hiragino Sans", "Microsoft YaHei", "PingFang SC", "Malgun Gothic"),
    *("Apple SD Gothic Neo", "Noto Sans Thai", "Leelawadee UI", "Thonburi", "Noto Sans Devanagari", "Nirmala UI"),
    *("Kohinoor Devanagari", "Noto Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Arial Unicode MS"),
)
"""Fonts that a learner's machine may have, for letters that the course's font lacks."""
_NOTHING = np.zeros((0, 2)), np.zeros(0, dtype=np.uint8)


@lru_cache(maxsize=4096)
def outline(character: str, file: str) -> tuple[NDArray[np.float64], NDArray[np.uint8], float]:
    """Return a letter's corners, what matplotlib's Path does at each, and its advance, for a font of height 1.

    A letter that no font at hand has is the font's own box for such letters (its glyph 0).

    >>> len(outline(" ", findfont("DejaVu Sans"))[0]), round(outline("0", findfont("DejaVu Sans"))[2], 2)
    (0, 0.64)
    """
    font = _font_with(character, file)
    font.set_size(_UNITS, 72)
    advance = font.load_glyph(font.get_char_index(ord(character))).linearHoriAdvance / 65536 / _UNITS
    corners, codes = font.get_path()
    return (corners / _UNITS, np.asarray(codes, dtype=np.uint8), advance) if len(corners) else (*_NOTHING, advance)


@lru_cache(maxsize=4096)
def is_at_hand(character: str, file: str) -> bool:
    """Return whether this font, or one of another script's, has the letter."""
    return bool(_font_with(character, file).get_char_index(ord(character)))


def _font_with(character: str, file: str) -> FT2Font:
    """Return the font, or one of another script's that has this letter where the font has not."""
    font = get_font(file)
    if font.get_char_index(ord(character)) == 0:
        for other in _at_hand():
            if get_font(other).get_char_index(ord(character)):
                return get_font(other)
    return font


@lru_cache(maxsize=1)
def _at_hand() -> tuple[str, ...]:
    """Return the files of those fonts for other scripts that this machine has."""
    return tuple(font.fname for name in _OTHER_SCRIPTS for font in fontManager.ttflist if font.name == name)


def as_marker(character: str, family: str = "DejaVu Sans") -> Path:
    """Return a letter as a marker, centred; matplotlib would read it as a formula, which takes long the first time."""
    corners, codes, _ = outline(character, findfont(family))
    middle = Path(corners, codes).get_extents().get_points().mean(axis=0)
    return Path(np.where(codes[:, None] == Path.CLOSEPOLY, 0, corners - middle), codes)


@lru_cache(maxsize=1024)
def line(text: str, file: str) -> tuple[Path, float]:
    """Return a line of text as one path, from 0 along the base line, and its width, for a font of height 1."""
    letters = [outline(character, file) for character in text]
    places = np.cumsum([0.0, *(advance for _, _, advance in letters)])
    corners = np.concatenate([_NOTHING[0], *(vertices for vertices, _, _ in letters)])
    codes = np.concatenate([_NOTHING[1], *(code for _, code, _ in letters)])
    corners[:, 0] += np.repeat(places[:-1], [len(code) for _, code, _ in letters])
    return Path(corners, codes), float(places[-1])


@lru_cache(maxsize=256)
def _file(prop: FontProperties) -> str:
    return str(findfont(prop))


@lru_cache(maxsize=16)
def _vertical(file: str) -> tuple[float, float, float]:
    """Return ascent, descent and line gap of a font of height 1, as its designer meant them for setting lines."""
    font = get_font(file)
    table = font.get_sfnt_table("OS/2")
    ems = (table["sTypoAscender"], -table["sTypoDescender"], table["sTypoLineGap"])
    ascent, descent, gap = (value / font.get_sfnt_table("head")["unitsPerEm"] for value in ems)
    return ascent, descent, gap


class _Renderer(RendererAgg):
    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        em = self._em(prop)
        ascent, descent, gap = _vertical(_file(prop))
        return ascent * em, descent * em, gap * em

    def draw_text(self, gc, x, y, s, prop: FontProperties, angle, ismath=False, mtext=None):
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        path, _ = line(s, _file(prop))
        place = Affine2D().scale(self._em(prop)).rotate_deg(angle).translate(round(x), round(self.height - y))
        gc.set_linewidth(0)
        gc.set_snap(False)
        self.draw_path(gc, path, place, gc.get_rgb())

    def get_text_width_height_descent(self, s, prop: FontProperties, ismath):
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        path, width = line(s, _file(prop))
        descent, ascent = (-path.vertices[:, 1].min(), path.vertices[:, 1].max()) if len(path.vertices) else (0, 0)
        em = self._em(prop)
        return width * em, (ascent + descent) * em, descent * em

    def _em(self, prop: FontProperties) -> float:
        return prop.get_size_in_points() * self.dpi / 72


class OutlineCanvas(FigureCanvasAgg):
    """matplotlib's canvas, but for the way in which it draws texts."""

    def get_renderer(self) -> RendererAgg:
        """Return the renderer for the figure's present size and resolution."""
        renderer = super().get_renderer()
        if not isinstance(renderer, _Renderer):
            self.renderer = _Renderer(renderer.width, renderer.height, renderer.dpi)
        return self.renderer
