"""Softmax regression on the digits against torch, scikit-learn, finite differences and itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import check_grad
from sklearn.linear_model import LogisticRegression

from lessons_lib.maths import digits, stable
from lessons_lib.maths.digits import Digits, SoftmaxRegression
from lessons_lib.maths.errors import InputError

TRAINING, HELD_OUT = digits.split_digits()


def random_model(seed, size=1.0):
    rng = np.random.default_rng(seed)
    return SoftmaxRegression(size * rng.normal(size=(64, 10)), size * rng.normal(size=10))


def part(data, count):
    return Digits(data.images[:count], data.labels[:count])


def packed(model):
    return np.concatenate([model.weights.ravel(), model.bias])


def unpacked(flat):
    return SoftmaxRegression(flat[:640].reshape(64, 10), flat[640:])


def test_the_data_are_as_their_description_says():
    data = digits.digits()
    assert data.images.shape == (1797, 64)
    counts = 16 * data.images
    assert counts.min() == 0
    assert counts.max() == 16
    assert np.array_equal(counts, counts.round())
    assert np.array_equal(np.unique(data.labels), np.arange(10))


def test_nobody_can_change_the_data():
    for data in (digits.digits(), TRAINING, HELD_OUT):
        for array in (data.images, data.labels):
            with pytest.raises(ValueError, match="read-only"):
                array += 1


def test_every_digit_is_in_one_part_and_every_class_in_both():
    assert len(TRAINING.labels) + len(HELD_OUT.labels) == 1797
    both = np.sort(np.concatenate([TRAINING.images, HELD_OUT.images]), axis=0)
    np.testing.assert_array_equal(both, np.sort(digits.digits().images, axis=0))
    assert np.bincount(HELD_OUT.labels, minlength=10).min() >= 20
    assert TRAINING.one_hot.sum(axis=1).tolist() == [1] * 1438
    assert np.array_equal(TRAINING.one_hot.argmax(axis=1), TRAINING.labels)


def test_knowing_nothing_costs_the_log_of_ten():
    np.testing.assert_allclose(digits.surprisals(digits.untrained(), HELD_OUT), np.log2(10), rtol=1e-15)
    assert digits.mean_nll(digits.untrained(), HELD_OUT) == pytest.approx(np.log(10), rel=1e-15)


@given(st.integers(0, 1000), st.sampled_from([0.01, 1.0, 30.0]))
def test_probabilities_are_those_of_the_course_s_own_softmax(seed, size):
    model, images = random_model(seed, size), HELD_OUT.images[:5]
    scores = images @ model.weights + model.bias
    np.testing.assert_allclose(model.log_probabilities(images), stable.log_softmax(scores), rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(model.probabilities(images), stable.softmax(scores), rtol=1e-11, atol=1e-300)


@pytest.mark.parametrize("seed", range(3))
def test_gradient_against_finite_differences(seed):
    data = part(TRAINING, 12)
    error = check_grad(
        lambda flat: digits.mean_nll(unpacked(flat), data),
        lambda flat: packed(digits.gradient(unpacked(flat), data)),
        packed(random_model(seed, 0.3)),
    )
    assert error < 1e-5
    assert np.linalg.norm(packed(digits.gradient(random_model(seed, 0.3), data))) > 0.1


def in_torch(torch, model):
    weights = torch.tensor(model.weights, requires_grad=True)
    bias = torch.tensor(model.bias, requires_grad=True)
    return weights, bias


@pytest.mark.parametrize("seed", range(3))
def test_loss_and_gradient_against_torch(seed):
    torch = pytest.importorskip("torch", reason="torch is not installed")
    model = random_model(seed, 0.5)
    weights, bias = in_torch(torch, model)
    images, labels = torch.tensor(TRAINING.images), torch.tensor(TRAINING.labels)
    loss = torch.nn.functional.cross_entropy(images @ weights + bias, labels)
    loss.backward()
    assert digits.mean_nll(model, TRAINING) == pytest.approx(loss.item(), rel=1e-12)
    ours = digits.gradient(model, TRAINING)
    np.testing.assert_allclose(ours.weights, weights.grad.numpy(), rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(ours.bias, bias.grad.numpy(), rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("rate", [0.5, digits.RATE])
def test_the_way_down_is_that_of_torch_s_sgd(rate):
    torch = pytest.importorskip("torch", reason="torch is not installed")
    weights, bias = in_torch(torch, digits.untrained())
    images, labels = torch.tensor(TRAINING.images), torch.tensor(TRAINING.labels)
    optimiser = torch.optim.SGD([weights, bias], lr=rate)
    ours = digits.descent(rate)
    for step in range(60):
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(images @ weights + bias, labels)
        assert ours.training_bits[step] == pytest.approx(loss.item() / np.log(2), rel=1e-10)
        loss.backward()
        optimiser.step()
    np.testing.assert_allclose(ours.models[60].weights, weights.detach().numpy(), rtol=1e-7, atol=1e-10)
    np.testing.assert_allclose(ours.models[60].bias, bias.detach().numpy(), rtol=1e-7, atol=1e-10)


def test_the_trained_model_recognises_at_least_95_percent_of_what_it_has_not_seen():
    assert digits.accuracy(digits.trained(), HELD_OUT) >= 0.95
    assert digits.accuracy(digits.trained(), HELD_OUT) == pytest.approx(346 / 359)
    right = digits.trained().probabilities(HELD_OUT.images).argmax(axis=1) == HELD_OUT.labels
    assert digits.accuracy(digits.trained(), HELD_OUT) == right.mean()


def test_gradient_vanishes_where_scikit_learn_says_the_penalised_loss_is_least():
    """There the slope of the loss is just what the penalty's slope, minus weights / (C n), makes up for."""
    strength, n = 1.0, TRAINING.labels.size
    fitted = LogisticRegression(C=strength, tol=1e-8, max_iter=5000).fit(TRAINING.images, TRAINING.labels)
    model = SoftmaxRegression(fitted.coef_.T, fitted.intercept_)
    ours = digits.gradient(model, TRAINING)
    np.testing.assert_allclose(ours.weights, -model.weights / (strength * n), atol=2e-6)
    np.testing.assert_allclose(ours.bias, 0, atol=2e-6)
    np.testing.assert_allclose(model.probabilities(HELD_OUT.images), fitted.predict_proba(HELD_OUT.images), atol=1e-12)
    penalty = np.sum(model.weights**2) / (2 * strength * n)
    assert digits.mean_nll(model, TRAINING) < digits.mean_nll(digits.trained(), TRAINING) + penalty
    assert digits.mean_nll(digits.trained(), TRAINING) == pytest.approx(0.113, abs=0.001)


def test_the_descent_starts_at_nothing_and_its_losses_are_those_of_its_models():
    descent = digits.descent()
    assert len(descent.models) == len(descent.training_bits) == len(descent.held_out_bits) == digits.STEPS + 1
    assert descent.training_bits[0] == pytest.approx(np.log2(10))
    assert np.all(np.diff(descent.training_bits) < 0)
    for step in (0, 1, 17, 300):
        model = descent.models[step]
        assert descent.training_bits[step] == pytest.approx(digits.mean_nll(model, TRAINING) / np.log(2), rel=1e-12)
        assert descent.held_out_bits[step] == pytest.approx(digits.mean_nll(model, HELD_OUT) / np.log(2), rel=1e-12)
    assert digits.descent() is descent


@pytest.mark.parametrize("rate", [0, -1, float("nan"), "fast", None])
def test_a_learning_rate_has_to_be_a_number_above_0(rate):
    with pytest.raises(InputError, match="learning_rate"):
        digits.descent(rate)


@pytest.mark.parametrize("step", [0, 5, 300])
def test_surprisals_are_those_of_the_labels(step):
    model = digits.descent().models[step]
    bits = digits.surprisals(model, HELD_OUT)
    own = model.probabilities(HELD_OUT.images)[np.arange(359), HELD_OUT.labels]
    np.testing.assert_allclose(2.0**-bits, own, rtol=1e-12)


def test_where_no_image_has_ink_there_is_never_a_weight_and_a_pixel_s_ten_weights_add_up_to_nothing():
    weights = digits.trained().weights
    never = (TRAINING.images == 0).all(axis=0)
    assert never.any()
    assert not weights[never].any()
    np.testing.assert_allclose(weights.sum(axis=1), 0, atol=1e-12)
