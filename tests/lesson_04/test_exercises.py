"""What lesson 4 says to typical answers, torch's among them."""

import numpy as np
import pytest

from lessons_lib.lesson_04 import my_kl

torch = pytest.importorskip("torch", reason="torch is not installed")
F = torch.nn.functional


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda p, q: np.sum(p * np.log(p / q)), "0 · log 0 gives nan"),
        (lambda p, q: np.sum(p * np.log2(p / q)), "bits"),
        (lambda p, q: -np.sum(p * np.log(q)), "cross-entropy"),
        (lambda p, q: F.kl_div(torch.as_tensor(p).log(), torch.as_tensor(q), reduction="sum"), "swapped"),
        (lambda p, q: F.kl_div(torch.as_tensor(q), torch.as_tensor(p), reduction="sum"), "it wants log q"),
    ],
)
def test_a_kl_that_breaks_down_at_zero_is_told_its_mistake(function, words):
    with np.errstate(all="ignore"):
        feedback = my_kl.check(function)
    assert feedback.status == "incorrect"
    assert words in feedback.message
