"""The explorer of the reparameterisation trick: chance is its seed, and no step changes the way so far."""

import numpy as np

from lessons_lib.lesson_05 import ReparameterisationExplorer


def test_steps_reveal_and_never_reshuffle():
    explorer = ReparameterisationExplorer(step=20)
    before = explorer.result.way
    explorer.controls["step"].value = 60
    np.testing.assert_array_equal(explorer.result.way[:21], before)
    explorer.controls["resample"].click()
    assert explorer.state.seed == 2
    assert not np.array_equal(explorer.result.way[:21], before)
