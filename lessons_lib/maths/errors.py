"""The one exception with which the library answers what it cannot use."""


class InputError(ValueError):
    """A value the library cannot use; the message names the argument and the offending value.

    In a notebook it shows as one sentence, without the library's own traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]
