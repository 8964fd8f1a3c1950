"""What plays by itself: steps from 0 on, with a slider to go to any of them."""

from typing import Any

import ipywidgets as widgets

from lessons_lib.explorer.controls import Unechoed, whole_slider


class _Play(Unechoed, widgets.Play):
    pass


def player(label: str, steps: int, interval: int = 50, stride: int = 1) -> tuple[widgets.Play, widgets.IntSlider]:
    """Return what plays the steps from 0 on, a stride every `interval` milliseconds, and the slider that it moves."""
    play, step = _Play(min=0, max=steps, step=stride, interval=interval), whole_slider(label, 0, steps)
    widgets.link((play, "value"), (step, "value"))
    return play, step


class Player:
    """For an explorer whose state has a `step`, and whose controls `play` and `step` are those of `player`."""

    def play_from_start(self) -> dict[str, Any]:
        """Go to step 0 and let it play from there, or to the last for those who want no motion."""
        play = self.controls["play"]
        if self.figure.calm:
            return {"step": play.max}
        play.value = 0
        play.playing = True
        return {"step": 0}
