"""What lesson 3 says in words about floats, the decay of weights and the digits, and its training by hand."""

import numpy as np
import pytest
from scipy.optimize import minimize

from lessons_lib.explorer.progress_bar import progress_bar
from lessons_lib.maths import digits
from lessons_lib.maths.stable import log_softmax

TRAINING, HELD_OUT = digits.split_digits()


def test_a_sum_over_many_words_overflows_in_float16():
    with np.errstate(over="ignore"):
        assert np.isinf(np.ones(100_000, np.float16).sum())


def test_a_sigmoid_with_half_the_decay_ends_where_two_outputs_do():
    """002-26: the pair with λ has the same optimum as the one output with λ/2, and another one than with λ."""
    x, y, decay = np.array([-2.0, -1.0, 0.5, 1.0, 2.5, 0.2]), np.array([0, 0, 1, 1, 1, 0]), 0.1

    def loss(difference):
        return np.mean(np.logaddexp(0, -(2 * y - 1) * difference * x))

    def one_output(decay):
        return minimize(lambda w: loss(w[0]) + decay / 2 * w[0] ** 2, [0.0], tol=1e-10).x[0]

    pair = minimize(lambda w: loss(w[1] - w[0]) + decay / 2 * (w @ w), [0.0, 0.0], tol=1e-10).x
    assert pair[1] - pair[0] == pytest.approx(one_output(decay / 2), abs=1e-5)
    assert abs(one_output(decay) - one_output(decay / 2)) > 0.05


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
