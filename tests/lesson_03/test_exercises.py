"""What lesson 3 holds to be right, against computations that share no code with it."""

import math

import mpmath
import numpy as np
import pytest
from scipy import special

from lessons_lib import lesson_03
from lessons_lib.maths.logits import CLAIMED, TEN_SCORES


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


def test_a_sum_over_many_words_overflows_in_float16():
    with np.errstate(over="ignore"):
        assert np.isinf(np.ones(100_000, np.float16).sum())


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


def test_a_sigmoid_with_half_the_decay_ends_where_two_outputs_do():
    """002-26: the pair with λ has the same optimum as the one output with λ/2, and another one than with λ."""
    from scipy.optimize import minimize

    x, y, decay = np.array([-2.0, -1.0, 0.5, 1.0, 2.5, 0.2]), np.array([0, 0, 1, 1, 1, 0]), 0.1

    def loss(difference):
        return np.mean(np.logaddexp(0, -(2 * y - 1) * difference * x))

    def one_output(decay):
        return minimize(lambda w: loss(w[0]) + decay / 2 * w[0] ** 2, [0.0], tol=1e-10).x[0]

    pair = minimize(lambda w: loss(w[1] - w[0]) + decay / 2 * (w @ w), [0.0, 0.0], tol=1e-10).x
    assert pair[1] - pair[0] == pytest.approx(one_output(decay / 2), abs=1e-5)
    assert abs(one_output(decay) - one_output(decay / 2)) > 0.05
