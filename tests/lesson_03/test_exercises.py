"""Answers of lesson 3's exercises, against computations that share no code with them, and replies to wrong ones."""

import mpmath
import numpy as np
import pytest
from scipy import special

from lessons_lib import lesson_03


def test_answers_of_the_exercises():
    assert lesson_03.top_of_four.answer == pytest.approx(special.softmax([0.4, 1.5, -0.7, 2.4])[3], rel=1e-12)
    assert lesson_03.temperature.answer == pytest.approx(float(2 / mpmath.log(19)), rel=1e-12)
    exact = [mpmath.exp(z) for z in (1, 2, 0)]
    gradient = [float(e / sum(exact)) - one for e, one in zip(exact, (1, 0, 0), strict=True)]
    assert list(lesson_03.gradient.answer.values()) == pytest.approx(gradient, rel=1e-12)
    answer = lesson_03.margin.answer
    given = mpmath.exp(-0.75) / (mpmath.exp(0.75) + mpmath.exp(-0.75))
    assert answer["loss"] == pytest.approx(float(-mpmath.log(given)), rel=1e-12)
    assert answer["margin"] == pytest.approx(float(mpmath.log(given / (1 - given))), rel=1e-12)
    for arguments in lesson_03.my_softmax.inputs:
        ours = lesson_03.my_softmax.answer(*arguments)
        np.testing.assert_allclose(ours, special.softmax(arguments[0] / arguments[1]), rtol=1e-11, atol=1e-300)


def test_the_gradient_by_a_pixel_s_weights_is_torch_s():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    weights = torch.zeros(1, 3, dtype=torch.float64, requires_grad=True)
    scores = torch.log(torch.tensor([[0.7, 0.2, 0.1]], dtype=torch.float64)) + 0.5 * weights
    torch.nn.functional.cross_entropy(scores, torch.tensor([1])).backward()
    np.testing.assert_allclose(lesson_03.pixel_gradient.answer, weights.grad.numpy()[0], atol=1e-15)
    assert lesson_03.pixel_gradient.check(lesson_03.pixel_gradient.answer).status == "correct"


@np.errstate(all="ignore")
def on_paper(logits, temperature):
    return np.exp(logits / temperature) / np.exp(logits / temperature).sum()


@np.errstate(all="ignore")
def subtracted_too_early(logits, temperature):
    weights = np.exp(logits / temperature - logits.max())
    return weights / weights.sum()


@pytest.mark.parametrize(
    ("function", "words"),
    [(on_paper, "e^1000 is too large"), (subtracted_too_early, "after dividing by T")],
)
def test_the_typical_ways_to_fail_get_a_reply_that_helps(function, words):
    feedback = lesson_03.my_softmax.check(function)
    assert feedback.status == "incorrect"
    assert words in feedback.message
