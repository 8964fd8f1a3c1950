"""What lesson 4 says of torch's losses: each right call equals the library, each trap gives the number it shows."""

import math
import warnings

import mpmath
import numpy as np
import pytest

from lessons_lib.maths.measures import cross_entropy, entropy, kl_divergence
from lessons_lib.maths.stable import log_sigmoid, log_softmax, softmax

torch = pytest.importorskip("torch", reason="torch is not installed")
F = torch.nn.functional

LOGITS, LABELS = [[2.0, 1.0, 0.1], [0.5, 2.5, 1.0]], [0, 1]
LOSS = 0.361692864  # 003-08, 004-15: in float64, by mpmath below


def tensor(values, **more):
    return torch.tensor(values, dtype=torch.float64, **more)


@pytest.fixture
def z():
    return tensor(LOGITS)


@pytest.fixture
def y():
    return torch.tensor(LABELS)


def exact_loss():
    rows = [mpmath.log(sum(map(mpmath.exp, row))) - row[y] for row, y in zip(LOGITS, LABELS, strict=True)]
    return float(sum(rows) / 2)


def test_four_calls_and_one_number(z, y):
    one_hot, log_q = F.one_hot(y, 3).double(), F.log_softmax(z, 1)
    assert exact_loss() == pytest.approx(LOSS, abs=5e-10)
    ours = -log_softmax(LOGITS)[[0, 1], LABELS]
    assert ours.tolist() == pytest.approx([0.417030016, 0.306355712], abs=5e-10)
    assert ours.sum() == pytest.approx(0.723385729, abs=5e-10)
    by_measures = np.mean([cross_entropy(p, q) for p, q in zip(one_hot.tolist(), softmax(LOGITS), strict=True)])
    for loss in (
        F.cross_entropy(z, y),
        F.cross_entropy(z, one_hot),
        F.nll_loss(log_q, y),
        F.kl_div(log_q, one_hot, reduction="batchmean"),
        torch.nn.CrossEntropyLoss()(z, y),
        ours.mean(),
        by_measures,
    ):
        assert float(loss) == pytest.approx(exact_loss(), rel=1e-14)


def test_softmax_twice(z, y):
    assert float(F.cross_entropy(torch.softmax(z, 1), y)) == pytest.approx(0.770504835, abs=1.5e-9)  # 004-16
    for classes in (2, 3, 10):
        least = math.log(1 + (classes - 1) / math.e)
        perfect = torch.zeros(1, classes, dtype=torch.float64)
        perfect[0, 0] = 1
        assert float(F.cross_entropy(perfect, y[:1])) == pytest.approx(least, rel=1e-14)
        random = torch.softmax(5 * torch.randn(200, classes, generator=torch.Generator().manual_seed(1)), 1)
        assert float(F.cross_entropy(random, torch.zeros(200, dtype=int), reduction="none").min()) >= least - 1e-6
    sure = [float(F.cross_entropy(louder * z, y)) for louder in (1, 10, 100)]
    assert sure[0] > sure[1] > sure[2] >= 0
    assert sure[2] < 1e-12


def test_nll_loss_of_probabilities_is_minus_their_mean(z, y):
    q = torch.softmax(z, 1)
    loss = float(F.nll_loss(q, y))
    assert loss == pytest.approx(-softmax(LOGITS)[[0, 1], LABELS].mean(), rel=1e-14)
    assert -1 <= loss < 0


@pytest.mark.parametrize("gap", [2.0, 8.0, 32.0])
def test_pushes_where_the_model_is_wrong(gap, y):
    """The right one is 1 − p; each trap's is that of its own derivative."""

    def push(loss):
        wrong = tensor([[0.0, gap]], requires_grad=True)
        return -float(torch.autograd.grad(loss(wrong, y[:1]), wrong)[0][0, 0])

    p = float(1 / (1 + mpmath.exp(gap)))
    again = 1 / (1 + math.exp(1 - 2 * p))  # of the label, by the second softmax
    assert push(F.cross_entropy) == pytest.approx(1 - p, rel=1e-12)
    assert push(lambda v, t: F.nll_loss(F.softmax(v, 1), t)) == pytest.approx(p * (1 - p), rel=1e-12)
    twice = push(lambda v, t: F.cross_entropy(F.softmax(v, 1), t))
    assert twice == pytest.approx(2 * p * (1 - p) * (1 - again), rel=1e-9)


P, Q = [0.3, 0.7], [0.6, 0.4]


def test_the_order_of_kl_div():
    p, q = tensor(P), tensor(Q)
    assert kl_divergence(P, Q) == pytest.approx(0.183786897, abs=5e-10)  # 002-15
    assert kl_divergence(Q, P) == pytest.approx(0.192041993, abs=5e-10)
    for calls, expected in (
        ((q.log(), p), kl_divergence(P, Q)),
        ((p.log(), q), kl_divergence(Q, P)),
        ((q, p), -1.070864302),  # 004-44
        ((p, q), -entropy(Q) - 0.3 * 0.6 - 0.7 * 0.4),
    ):
        assert float(F.kl_div(*calls, reduction="sum")) == pytest.approx(expected, abs=5e-10)
    both = F.kl_div(q.log(), p.log(), reduction="sum", log_target=True)
    assert float(both) == pytest.approx(kl_divergence(P, Q), rel=1e-13)


@pytest.mark.parametrize(
    ("p", "q", "plain", "log_target"),
    [(0.0, 0.5, 0.0, math.nan), (0.5, 0.0, math.inf, math.inf), (0.0, 0.0, math.nan, math.nan)],
)
def test_zeros_in_kl_div(p, q, plain, log_target):
    p, log_q = tensor([p]), tensor([q]).log()
    assert F.kl_div(log_q, p, reduction="sum").item() == pytest.approx(plain, nan_ok=True)
    assert F.kl_div(log_q, p.log(), reduction="sum", log_target=True).item() == pytest.approx(log_target, nan_ok=True)


def test_mean_against_batchmean():
    p, q = tensor([P, P]), tensor([Q, Q])
    with warnings.catch_warnings(action="ignore"):
        mean = F.kl_div(q.log(), p, reduction="mean")
    with pytest.warns(UserWarning, match="batchmean"):
        torch.nn.KLDivLoss()(q.log(), p)
    assert float(mean) == pytest.approx(0.091893448, abs=1e-9)
    assert float(F.kl_div(q.log(), p, reduction="batchmean")) == pytest.approx(2 * float(mean), rel=1e-14)
    assert float(F.kl_div(q.log(), p, reduction="sum")) == pytest.approx(4 * float(mean), rel=1e-14)


def test_an_example_of_batchmean_is_a_whole_text():
    texts, words, vocabulary = 2, 5, 7
    choose = np.random.default_rng(0)
    log_q = F.log_softmax(tensor(choose.normal(size=(texts, words, vocabulary))), -1)
    labels = torch.tensor(choose.integers(vocabulary, size=(texts, words)))
    batchmean = F.kl_div(log_q, F.one_hot(labels, vocabulary).double(), reduction="batchmean")
    assert float(batchmean / F.nll_loss(log_q.transpose(1, 2), labels)) == pytest.approx(words)
    weights = tensor(np.arange(1.0, 8.0))
    weighted = F.nll_loss(log_q[0], labels[0], weight=weights, reduction="sum") / weights[labels[0]].sum()
    assert float(F.nll_loss(log_q[0], labels[0], weight=weights)) == pytest.approx(float(weighted))


def test_soft_labels_give_the_cross_entropy_and_the_same_gradient():
    soft = [[0.9, 0.1, 0.0], [0.2, 0.5, 0.3]]
    w, p = tensor(LOGITS, requires_grad=True), tensor(soft)
    loss, kl = F.cross_entropy(w, p), F.kl_div(F.log_softmax(w, 1), p, reduction="batchmean")
    pairs = list(zip(soft, softmax(LOGITS), strict=True))
    assert loss.item() == pytest.approx(np.mean([cross_entropy(p, q) for p, q in pairs]), rel=1e-14)
    assert kl.item() == pytest.approx(np.mean([kl_divergence(p, q) for p, q in pairs]), rel=1e-13)
    assert (loss - kl).item() == pytest.approx(np.mean([entropy(p) for p in soft]), rel=1e-13)
    of_loss, of_kl = (torch.autograd.grad(f, w)[0].numpy() for f in (loss, kl))
    np.testing.assert_allclose(of_loss, (softmax(LOGITS) - soft) / 2, atol=1e-15)
    np.testing.assert_allclose(of_kl, of_loss, atol=1e-12)


def test_label_smoothing(z, y):
    smoothed = 0.9 * np.eye(3)[LABELS] + 0.1 / 3
    loss = float(F.cross_entropy(z, y, label_smoothing=0.1))
    ours = np.mean([cross_entropy(p, q) for p, q in zip(smoothed, softmax(LOGITS), strict=True)])
    assert loss == pytest.approx(ours, rel=1e-14)
    best = torch.tensor(np.log(smoothed))  # the logits of the smoothed labels themselves
    assert float(F.cross_entropy(best, y, label_smoothing=0.1)) == pytest.approx(entropy(smoothed[0]), rel=1e-13)


@pytest.mark.parametrize(("p", "loss"), [(0.8, 0.223143551), (0.99, 0.010050336), (0.2, 1.609437912)])
def test_binary(p, loss):
    """004-56 to 58."""
    one, v = tensor([1.0]), tensor([math.log(p / (1 - p))], requires_grad=True)
    probability = torch.sigmoid(v)
    both = torch.stack([0 * v, v], 1)
    for computed in (
        F.binary_cross_entropy(probability, one),
        F.binary_cross_entropy_with_logits(v, one),
        F.cross_entropy(both, torch.tensor([1])),
    ):
        assert computed.item() == pytest.approx(loss, abs=5e-10)
    assert -float(log_sigmoid(v.item())) == pytest.approx(loss, abs=5e-10)
    by_p, by_v = torch.autograd.grad(F.binary_cross_entropy(probability, one), (probability, v))
    assert by_p.item() == pytest.approx(-1 / p, rel=1e-12)
    assert by_v.item() == pytest.approx(p - 1, rel=1e-12)


def test_sigmoid_twice():
    one = tensor([1.0])
    assert F.binary_cross_entropy_with_logits(tensor([0.8]), one).item() == pytest.approx(math.log1p(math.exp(-0.8)))
    assert F.binary_cross_entropy_with_logits(one, one).item() == pytest.approx(math.log1p(math.exp(-1)))


@pytest.mark.parametrize(
    ("logit", "in_two_steps", "gradient"), [(10.0, 10, 1), (15.0, 15, 1), (20.0, 100, 0), (200.0, 100, 0)]
)
def test_sigmoid_before_the_loss_in_float32(logit, in_two_steps, gradient):
    none = torch.zeros(1)
    v = torch.tensor([logit], requires_grad=True)
    steps, one_step = F.binary_cross_entropy(torch.sigmoid(v), none), F.binary_cross_entropy_with_logits(v, none)
    assert round(steps.item()) == in_two_steps
    assert one_step.item() == pytest.approx(logit, abs=1e-4)
    assert torch.autograd.grad(steps, v)[0].item() == pytest.approx(gradient, abs=5e-4)
    assert torch.autograd.grad(one_step, v)[0].item() == pytest.approx(1, abs=1e-4)


def test_binary_cross_entropy_of_a_logit_is_an_error():
    with pytest.raises(RuntimeError, match="between 0 and 1"):
        F.binary_cross_entropy(torch.tensor([2.0]), torch.ones(1))
