"""Truths of what lesson 3 has its learners guess, against computations that share no code with them."""

import math

import numpy as np
import pytest
from scipy import special

from lessons_lib import lesson_03
from lessons_lib.maths.logits import CLAIMED, TEN_SCORES


def test_truths_of_the_guesses():
    top = special.softmax(TEN_SCORES).max()
    assert lesson_03.how_sure.truth == pytest.approx(100 * top, abs=0.05)
    warm = special.softmax(np.array(TEN_SCORES) / 0.7744).max()
    assert warm == pytest.approx(CLAIMED, abs=5e-5)
    assert "0.774" in lesson_03.how_sure.because
    scores = np.array(TEN_SCORES)
    assert special.softmax(scores + 5).max() == pytest.approx(top)
    assert special.softmax(2 * scores).max() != pytest.approx(top)
    assert lesson_03.add_or_double.truth == "only after doubling"
    limit = float(lesson_03.overflow.truth)
    with np.errstate(over="ignore"):
        assert np.isfinite(np.exp(np.float16(limit)))
        assert np.isinf(np.exp(np.float16(limit + 0.2)))


def test_two_outputs_move_twice_as_far_as_torch_has_it():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    one, two = torch.zeros(1, requires_grad=True), torch.zeros(2, requires_grad=True)
    torch.nn.functional.binary_cross_entropy_with_logits(one, torch.ones(1)).backward()
    torch.nn.functional.cross_entropy(two[None], torch.tensor([1])).backward()
    moved_one, (down, up) = -one.grad.item(), (-two.grad).tolist()
    assert math.isclose((up - down) / moved_one, 2)
    assert lesson_03.two_for_one.truth == "twice as far"
