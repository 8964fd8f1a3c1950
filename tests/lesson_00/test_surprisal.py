"""The surprisal against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lessons_lib.lesson_00 import SurprisalExplorer


@given(st.floats(0.005, 1))
def test_surprisal_against_scipy(p):
    r = SurprisalExplorer.compute(SurprisalExplorer.State(p=p))
    assert r.nats == pytest.approx(-stats.bernoulli.logpmf(1, p), rel=1e-12, abs=1e-15)
    assert r.bits == pytest.approx(r.nats / np.log(2), rel=1e-12)
