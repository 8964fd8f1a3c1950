"""The digits' exercise against PyTorch, and what the lesson's prose says about the digits."""

import numpy as np
import pytest

from lessons_lib.explorer.progress_bar import progress_bar
from lessons_lib.lesson_03.exercises import pixel_gradient
from lessons_lib.maths import digits
from lessons_lib.maths.stable import log_softmax

TRAINING, HELD_OUT = digits.split_digits()


def test_the_exercise_s_answer_is_torch_s_gradient():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    weights = torch.zeros(1, 3, dtype=torch.float64, requires_grad=True)
    scores = torch.log(torch.tensor([[0.7, 0.2, 0.1]], dtype=torch.float64)) + 0.5 * weights
    torch.nn.functional.cross_entropy(scores, torch.tensor([1])).backward()
    np.testing.assert_allclose(pixel_gradient.answer, weights.grad.numpy()[0], atol=1e-15)
    assert pixel_gradient.check(pixel_gradient.answer).status == "correct"


def test_the_lesson_s_training_by_hand_ends_at_the_library_s_model(capsys):
    x, y, n = TRAINING.images, TRAINING.labels, TRAINING.labels.size
    W, b, rate = np.zeros((64, 10)), np.zeros(10), 2.0
    for _ in (bar := progress_bar(range(300), "training")):
        log_p = log_softmax(x @ W + b)
        push = np.exp(log_p) - TRAINING.one_hot
        W -= rate * x.T @ push / n
        b -= rate * push.mean(axis=0)
        bar.show(-log_p[np.arange(n), y].mean() / np.log(2))
    np.testing.assert_allclose(W, digits.trained().weights, rtol=1e-8, atol=1e-11)
    np.testing.assert_allclose(b, digits.trained().bias, rtol=1e-8, atol=1e-11)
    np.testing.assert_allclose(bar.values, digits.descent().training_bits[:300], rtol=1e-10)
    assert "training: 300 of 300 steps, the last value 0.163 bits." in capsys.readouterr().out


def test_half_of_the_loss_is_paid_by_one_digit_in_twenty():
    bits = np.sort(digits.surprisals(digits.trained(), HELD_OUT))[::-1]
    half = np.searchsorted(np.cumsum(bits), bits.sum() / 2) + 1
    assert half == 18
    assert half / bits.size == pytest.approx(1 / 20, abs=0.001)


def test_two_squares_of_the_third_row_make_a_five_a_nine():
    model, wrong = digits.trained(), 4
    p = model.probabilities(TRAINING.images)
    assert np.flatnonzero(p.argmax(axis=1) != TRAINING.labels)[0] == wrong
    assert (TRAINING.labels[wrong], p[wrong].argmax()) == (5, 9)
    np.testing.assert_array_equal(TRAINING.images[wrong], digits.digits().images[5], "digit no. 6, counted from 1")
    shares = TRAINING.images[wrong] * (model.weights[:, 9] - model.weights[:, 5]) / np.log(2)
    bias = (model.bias[9] - model.bias[5]) / np.log(2)
    assert shares.sum() + bias == pytest.approx(np.log2(p[wrong, 9] / p[wrong, 5]), rel=1e-9)
    assert sorted(np.argsort(shares)[-2:]) == [2 * 8 + 4, 2 * 8 + 5]
    without = TRAINING.images[wrong].copy()
    without[[2 * 8 + 4, 2 * 8 + 5]] = 0
    assert model.probabilities(without).argmax() == 5


def test_the_last_fifth_is_harder_than_every_fifth():
    everything = digits.digits()
    first, last = (digits.Digits(everything.images[s], everything.labels[s]) for s in (slice(1438), slice(1438, None)))
    model = digits.untrained()
    for _ in range(digits.STEPS):
        model = digits.descend(model, first, digits.RATE)
    assert digits.accuracy(model, last) == pytest.approx(0.905, abs=0.002)


def test_where_no_image_has_ink_there_is_never_a_weight_and_a_pixel_s_ten_weights_add_up_to_nothing():
    weights = digits.trained().weights
    never = (TRAINING.images == 0).all(axis=0)
    assert never.any()
    assert not weights[never].any()
    np.testing.assert_allclose(weights.sum(axis=1), 0, atol=1e-12)
