"""The three lengths: the same numbers as in the larger figure, with less around them."""

from dataclasses import asdict

import numpy as np
import pytest

from lessons_lib.lesson_04 import LengthsExplorer, ThreeNamesExplorer
from lessons_lib.lesson_04.lengths_explorer import PRESETS


@pytest.mark.parametrize("preset", PRESETS)
def test_it_shows_what_the_larger_figure_shows(preset):
    small, large = LengthsExplorer(), ThreeNamesExplorer()
    for explorer in (small, large):
        explorer.move(preset=preset)
        explorer.move(of_q=0.3)
    assert asdict(small.state).items() <= asdict(large.state).items()
    for name, value in vars(small.result).items():
        np.testing.assert_array_equal(value, getattr(large.result, name), err_msg=name)
    assert small.equation() == large.equation()


def test_it_opens_with_two_pictures_and_few_controls():
    explorer = LengthsExplorer()
    assert len(explorer.figure.fig.axes) == 2
    assert len(explorer.controls) == 4
    assert "surprisal" not in explorer.describe(), "it is defined later in the lesson"
