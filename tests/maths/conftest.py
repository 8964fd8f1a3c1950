"""Whatever a learner has told numpy to do about errors, the mathematics comes out the same."""

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def errors_are_raised():
    """Let numpy raise whatever it would only warn of; tests whose own arithmetic underflows say that it may."""
    with np.errstate(all="raise"):
        yield
