"""How the minima of the reverse fit come and go: thresholds, and fits followed against those found afresh."""

import math

import numpy as np
import pytest

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.branches import bifurcation, birth, change_of_lead, twin_fits, twin_humps
from lessons_lib.maths.gaussians.landscape import stationary_points


def approx(value):
    return pytest.approx(value, abs=2e-11)


def test_the_thresholds():
    assert birth().separation == pytest.approx(4.824459436026, abs=2e-11)
    assert birth().mean == pytest.approx(2.145723648536, abs=1e-8)
    assert math.exp(birth().log_deviation) == pytest.approx(1.290985130112, abs=1e-8)
    assert change_of_lead() == pytest.approx(5.600164435166, abs=2e-11)
    cover, mode, _ = twin_fits(change_of_lead())
    assert cover.value == pytest.approx(mode.value, abs=1e-12)
    assert cover.value == pytest.approx(0.684266100035, abs=1e-11)
    assert (mode.mean, mode.deviation) == (pytest.approx(2.7680, abs=5e-5), pytest.approx(1.0443, abs=5e-5))
    assert cover.deviation == pytest.approx(2.6015, abs=5e-5)


@pytest.mark.parametrize("separation", [0.0, 1.0, 2.0, 4.0, 4.8, 4.85, 5.6, 5 / 0.7, 12.0])
def test_followed_fits_are_those_found_afresh(separation):
    afresh = stationary_points(twin_humps(separation))
    followed = twin_fits(separation)
    assert len(afresh) == 1 + 2 * (len(followed) - 1)
    for fit in followed:
        assert any(
            (fit.mean, fit.deviation, fit.value, fit.kind)
            == (approx(q.mean), pytest.approx(q.deviation, abs=1e-9), approx(q.value), q.kind)
            for q in afresh
        )


def test_the_number_of_fits_against_the_separation():
    assert [len(twin_fits(d)) for d in (4.76, 4.80, 4.8244, 4.8245, 4.84, 4.9)] == [1, 1, 1, 3, 3, 3]
    curves = bifurcation(np.linspace(3, 9, 61))
    there = curves.separations > birth().separation
    assert np.array_equal(~np.isnan(curves.mode_mean), there)
    assert np.array_equal(curves.mode_value[there] < curves.cover_value[there], curves.separations[there] > 5.6001644)
    assert (curves.saddle_value[there] > curves.mode_value[there]).all()
    assert (np.diff(curves.cover_deviation) > 0).all()


@pytest.mark.parametrize("separation", [-1, 12.1, math.nan, "far"])
def test_impossible_separations_are_named(separation):
    with pytest.raises(InputError, match="separation"):
        twin_fits(separation)
