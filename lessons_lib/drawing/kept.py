"""Artists that change seldom among others that move: drawn when they change, and put back as pixels in between."""

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes


class Kept(Artist):
    """A group of artists that have the whole of their axes to themselves, beneath whatever is drawn later."""

    def __init__(self, ax: Axes, artists: Sequence[Artist]):
        super().__init__()
        self.artists = artists
        for artist in artists:
            artist.set_animated(True)
        self._pixels = self._renderer = None
        ax.add_artist(self)

    def renew(self) -> None:
        """Draw the artists anew when they are needed next: call it when one of them has changed."""
        self._pixels = None

    def draw(self, renderer) -> None:
        """Draw the artists, or put back how they looked; a renderer of another resolution draws them anew."""
        if self._pixels is not None and self._renderer is renderer:
            renderer.restore_region(self._pixels)
            return
        for artist in self.artists:
            artist.draw(renderer)
        self._pixels, self._renderer = renderer.copy_from_bbox(self.axes.bbox), renderer
