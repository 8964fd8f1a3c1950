"""FileField: a control that takes the beginning of a file, however large the file is."""

from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets


class FileField(anywidget.AnyWidget):
    """A field with which the browser sends the first `limit` bytes of a file."""

    _esm = Path(__file__).with_name("upload.js").read_text(encoding="utf-8")
    description = traitlets.Unicode().tag(sync=True)
    limit = traitlets.Int(100_000).tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)
    size = traitlets.Int(0).tag(sync=True)
    """Of the whole file, in bytes."""
    content = traitlets.Union([traitlets.Bytes(), traitlets.Instance(memoryview)]).tag(sync=True, echo_update=False)
    """From a browser it comes as a memoryview."""
    sent = traitlets.Int(0).tag(sync=True)
    """So many files have come."""

    def on_file(self, callback: Callable[[str, bytes, int], None]) -> None:
        """Call `callback` with the name of each file that comes, its beginning, and its size.

        Nothing of the file is kept here: what the field held, a saved notebook would hold too.
        """

        def take(_change):
            content, self.content = bytes(self.content), b""
            callback(self.name, content, self.size)

        self.observe(take, "sent")

    def receive(self, name: str, content: bytes) -> None:
        """Take a file as if the browser had sent it."""
        with self.hold_trait_notifications():
            self.name, self.size, self.content = name, len(content), content[: self.limit]
            self.sent += 1
