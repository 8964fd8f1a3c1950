"""Chance as part of the state: a seed, and a button that takes the next one. A slider never reshuffles."""

from typing import Any

import ipywidgets as widgets

from lessons_lib.explorer.controls import button, whole_field

SEEDS = 1000


def chance(tooltip: str) -> dict[str, widgets.Widget]:
    """Return the two controls of what is random: its seed, and the button that takes the next one."""
    return {"seed": whole_field("seed", 0, SEEDS - 1), "resample": button("resample", f"{tooltip}: the next seed")}


class Chance:
    """For an explorer whose state has a `seed` and whose controls are those of `chance`."""

    def press_resample(self) -> dict[str, Any]:
        """Take the next seed."""
        return {"seed": (self.state.seed + 1) % SEEDS}
