"""Softmax as typed on paper, and the loss of a label with its gradient: mpmath, scipy, torch, finite differences."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.floats import FORMATS
from lessons_lib.maths.logits import (
    TEN_SCORES,
    descent_path,
    label_loss,
    loss_gradient,
    naive_softmax,
    softmax_entropy,
    temperature_path,
)
from lessons_lib.maths.measures import entropy

rows = st.lists(st.floats(-30, 30), min_size=2, max_size=8)


@pytest.mark.parametrize(("name", "most"), [("float16", 11.08), ("float32", 88.7), ("float64", 709.7)])
def test_the_naive_softmax_holds_to_the_end_of_its_format_and_fails_after_it(name, most):
    z = np.array([most, most - 5, most - 20])
    np.testing.assert_allclose(naive_softmax(z, name), special.softmax(z), atol=3 * np.sqrt(FORMATS[name].epsilon))
    assert np.isnan(naive_softmax(z + 0.1, name)).any()
    assert naive_softmax([most, most], name).sum() == 0, "no e^x overflows, but their sum does"
    assert np.isnan(naive_softmax([-1.6 * most - 10, -1.6 * most - 10], name)).all(), "0/0"


def test_entropy_of_the_ten_scores_at_four_temperatures():
    """Reference: mpmath, as the claims have it: 1.4476, 2.0359, 2.2317, 2.2911 nats."""
    for temperature, nats in ((1, 1.4476), (2, 2.0359), (4, 2.2317), (10, 2.2911)):
        weights = [mpmath.exp(mpmath.mpf(z) / temperature) for z in TEN_SCORES]
        exact = -mpmath.fsum(w / mpmath.fsum(weights) * mpmath.log(w / mpmath.fsum(weights)) for w in weights)
        ours = entropy(temperature_path(TEN_SCORES, [temperature])[0])
        assert ours == pytest.approx(float(exact), rel=1e-13)
        assert ours == pytest.approx(nats, abs=5e-5)


@given(rows, st.integers(0, 7))
def test_loss_and_gradient_against_scipy_and_finite_differences(z, label):
    label = label % len(z)
    assert label_loss(z, label) == pytest.approx(-special.log_softmax(z)[label], rel=1e-12, abs=1e-14)
    gradient, h = loss_gradient(z, label), 1e-5
    steps = h * np.eye(len(z))
    central = [(label_loss(z + step, label) - label_loss(z - step, label)) / (2 * h) for step in steps]
    np.testing.assert_allclose(gradient, central, atol=2e-9)
    assert gradient.sum() == pytest.approx(0, abs=1e-15)
    assert np.abs(gradient).max() <= 1


def test_gradient_and_descent_against_torch():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    z = torch.tensor(TEN_SCORES, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([z], lr=0.7)
    path = [z.detach().numpy().copy()]
    for _ in range(5):
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(z[None], torch.tensor([4])).backward()
        np.testing.assert_allclose(z.grad.numpy(), loss_gradient(path[-1], 4), atol=1e-15)
        optimiser.step()
        path.append(z.detach().numpy().copy())
    np.testing.assert_allclose(descent_path(TEN_SCORES, 4, 0.7, 5), path, atol=1e-13)


def test_a_label_that_is_nearly_certain_is_still_pushed():
    assert -loss_gradient([0.0, 60.0], 1)[1] == pytest.approx(float(mpmath.exp(-60)), rel=1e-12)
    assert label_loss([0.0, 60.0], 1) == pytest.approx(float(mpmath.log1p(mpmath.exp(-60))), rel=1e-12)


@pytest.mark.parametrize("label", [-1, 3, 1.0, None])
def test_labels_out_of_range_are_named(label):
    with pytest.raises(InputError, match="label"):
        loss_gradient([1.0, 2.0, 3.0], label)


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (lambda: naive_softmax([[1.0]]), "logits"),
        (lambda: label_loss([], 0), "logits"),
        (lambda: temperature_path([1.0], [0.0]), "temperatures"),
    ],
)
def test_what_cannot_be_is_named(function, name):
    with pytest.raises(InputError, match=name):
        function()


@pytest.mark.parametrize(
    "logits", [(0.0, -60.0, -55.0), (60.0, 0.0), (0.0,) * 10, TEN_SCORES, (1e4, 0.0), (3.0, 3.0, -40.0)]
)
def test_the_entropy_keeps_its_digits_where_one_class_has_nearly_everything(logits):
    with mpmath.workdps(60):
        weights = [mpmath.e ** mpmath.mpf(z) for z in logits]
        shares = [weight / mpmath.fsum(weights) for weight in weights]
        exact = float(-mpmath.fsum(share * mpmath.log(share) for share in shares))
    assert softmax_entropy(logits) == pytest.approx(exact, rel=1e-14, abs=0)


@given(rows)
def test_no_entry_of_the_gradient_is_beyond_one(z):
    for label in range(len(z)):
        gradient = loss_gradient(z, label)
        assert np.abs(gradient).max() <= 1
        assert loss_gradient([*np.multiply(z, 3), 300.0], label)[label] >= -1
