import math
from collections import Counter
from importlib.util import find_spec
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib.maths.errors import InputError
from lessons_lib.text import corpora, mixture, models
from lessons_lib.text.counts import DISCOUNT, Table, blend
from lessons_lib.text.match import Match
from lessons_lib.text.model import FLOOR, WHOLE

MADE = {
    name: make()
    for name, make in models.ALL.items()
    if "manual" not in name and (name != "network" or find_spec("torch"))
}
MADE["order 5, trained on a part"] = models.Counts(5, corpora.manual()[:40_000], adaptive=False)
MADE["order 3, trained and adaptive"] = models.Counts(3, corpora.story()[:4000])
TEXTS = st.one_of(
    st.binary(max_size=80), st.text("ab", max_size=80).map(str.encode), st.sampled_from([b"a" * 300, b"the cat " * 40])
)


def told(model, data):
    model = model.fresh()
    for byte in data:
        model.update(byte)
    return model


@pytest.mark.parametrize("name", MADE)
@settings(max_examples=25, deadline=None)
@given(data=TEXTS)
def test_probabilities_sum_to_1_and_none_is_0(name, data):
    model = MADE[name].fresh()
    for byte in data:
        p = model.predict()
        assert p.shape == (256,)
        assert abs(math.fsum(p) - 1) < 1e-9
        assert p.min() >= FLOOR * (1 - 1e-9)
        assert model.probability(byte) == pytest.approx(p[byte], rel=1e-9)
        model.update(byte)


@pytest.mark.parametrize("name", MADE)
def test_fresh_forgets_what_was_read_and_keeps_what_was_trained(name):
    model = MADE[name]
    before = model.fresh().predict()
    reader = told(model, b"The goat is a thief. " * 5)
    assert np.array_equal(reader.fresh().predict(), before)
    assert np.array_equal(model.fresh().predict(), before)
    assert reader.fingerprint() == model.fingerprint()
    assert np.array_equal(told(model, b"The goat").predict(), told(reader, b"The goat").predict())


def test_models_have_different_fingerprints():
    assert len({model.fingerprint() for model in MADE.values()}) == len(MADE)


def by_definition(text, order, last, byte):
    """Interpolated Kneser-Ney from n-gram sets: a short context counts the different longer n-grams, from n + 1 on."""
    grams = Counter(text[i : i + order + 1] for i in range(len(text) - order))
    levels = [grams]
    for _ in range(order):
        levels.insert(0, Counter(gram[1:] for gram in levels[0]))
    p = 1 / 256
    for k, level in enumerate(levels):
        context = last[len(last) - k :]
        followers = {gram[-1]: n for gram, n in level.items() if gram[:-1] == context}
        if not followers:
            break
        total = sum(followers.values())
        p = max(followers.get(byte, 0) - DISCOUNT, 0) / total + DISCOUNT * len(followers) / total * p
    return p


@pytest.mark.parametrize("order", [0, 1, 2, 4])
def test_counts_are_interpolated_kneser_ney(order):
    text = corpora.story()[:3000]
    beginning = text[:order]  # the first bytes have shorter contexts, which the definition does not know
    table = Table(order)
    for position in range(order, len(text)):
        table.add(text[position - order : position], text[position])
    for last in (b"the "[4 - order :], b"goat"[4 - order :], beginning, b"\x00qzx"[4 - order :]):
        seen = table.seen(last)
        p = blend(seen, [0.0] * len(seen) + [1.0])
        for byte in b"aeT .\x00":
            assert p[byte] == pytest.approx(by_definition(text, order, last, byte) * WHOLE + FLOOR, rel=1e-12)


def trusted(opinions, switch):
    """Bayes' rule by enumeration: which expert is the best now, given what all said of each byte so far.

    Sums over every sequence of best experts, each as probable as its switches are.
    """
    experts = opinions.shape[1]
    weights = np.zeros(experts)
    for sequence in product(range(experts), repeat=len(opinions) + 1):
        probability = 1 / experts
        for before, after in pairwise(sequence):
            probability *= switch / experts + (1 - switch) * (before == after)
        weights[sequence[-1]] += probability * math.prod(opinions[i, k] for i, k in enumerate(sequence[:-1]))
    return weights / weights.sum()


def test_the_mixture_s_weights_are_bayes_rule():
    model, past = models.Mixture(order=1), {}
    for byte in b"abracadabra, abracadabra!":
        opinions = past.setdefault(model._situation, [])
        if opinions:
            np.testing.assert_allclose(model.weights, trusted(np.array(opinions), mixture.SWITCH), rtol=1e-9)
        said = np.array(model.opinions(byte))
        assert model.predict()[byte] == pytest.approx(np.dot(model.weights, said) * WHOLE + FLOOR, rel=1e-12)
        opinions.append(said)
        model.update(byte)
    assert max(map(len, past.values())) >= 5


def test_the_longest_match_is_found_and_trusted_more_with_each_hit():
    match = Match()
    for byte in b"the goat is a thief. and then: the goat":
        match.update(byte)
    assert match.byte is None or chr(match.byte) == " "
    for byte in b" is a t":
        match.update(byte)
    assert chr(match.byte) == "h"
    assert match.trust == 1 / 2
    match.update(ord("x"))
    assert match.byte is None
    assert match.trust == 0


def test_more_context_predicts_better_and_the_mixture_best():
    story = corpora.story()
    bits = {name: models.surprisals(MADE[name], story).mean() for name in models.ALL if "trained" not in name}
    assert bits["uniform"] == 8
    assert bits["order 0"] > bits["order 1"] > bits["order 2"] > bits["order 3"] > bits["mixture"]
    assert bits["mixture"] == min(bits.values())
    assert bits["mixture"] == pytest.approx(2.475, abs=0.02)


def test_a_trained_order_5_knows_the_rest_of_the_manual():
    manual = corpora.manual()
    half = manual[: len(manual) // 2]
    rest = manual[len(half) : len(half) + 5000]
    bits = [models.surprisals(models.Counts(order, half, adaptive=False), rest).mean() for order in (1, 3, 5)]
    assert bits[0] > bits[1] > bits[2]
    assert bits[2] < 2.5


def test_your_own_model_is_used_as_any_other():
    def likes_vowels(context):
        p = np.full(256, 0.5 / 251)
        p[list(b"aeiou")] = 0.1
        return p

    model = models.from_function(likes_vowels)
    assert models.surprisals(model, b"ae") == pytest.approx([-math.log2(0.1)] * 2)
    assert model.fresh().predict()[ord("a")] == 0.1


@pytest.mark.parametrize(
    ("returned", "reply"),
    [
        (None, "returns None, not 256 probabilities"),
        ("x", "returns 'x'"),
        ([0.5, 0.5], r"shape \(2,\)"),
        (np.full(256, 1.0), "sum to 256"),
        (np.full(256, np.nan), "not a finite number"),
        (np.eye(256)[65], r"gives byte 0 \('\\x00'\) the probability 0"),
        (np.where(np.arange(256) == 97, -0.1, 1.1 / 255), r"'a'\) the probability -0.1"),
    ],
)
def test_what_is_wrong_with_your_own_model_is_said(returned, reply):
    with pytest.raises(InputError, match=reply):
        models.from_function(lambda context: returned).predict()


def test_your_own_model_may_give_tensors_lists_and_few_digits():
    torch = pytest.importorskip("torch")
    logits = torch.linspace(-3, 3, 256, dtype=torch.float64, requires_grad=True)
    exact = logits.softmax(0)
    for p in (exact, exact.detach(), exact.float(), exact.bfloat16(), exact.tolist(), exact.detach().numpy()):
        p = models.from_function(lambda context, p=p: p).predict()
        assert p.sum() == pytest.approx(1, abs=1e-9)
        np.testing.assert_allclose(p, exact.detach().numpy(), rtol=0.02)
    p = models.from_function(lambda context: exact.detach().numpy().astype(np.float16)).predict()
    assert p.sum() == pytest.approx(1, abs=1e-12)
    for wrong, reply in (
        (exact.float() * 1.01, "sum to 1.0"),
        (exact[None], "shape"),
        (exact * torch.nan, "finite"),
        (exact.to("meta"), "not 256 probabilities"),
    ):
        with pytest.raises(InputError, match=reply):
            models.from_function(lambda context, wrong=wrong: wrong).predict()


def test_an_error_in_your_own_model_is_told_with_the_place():
    model = models.from_function(lambda context: 1 / len(context))
    with pytest.raises(InputError, match="after b'' your model ends in an error, ZeroDivisionError"):
        model.predict()


@pytest.mark.parametrize("function", [None, 3, "f"])
def test_your_own_model_must_be_a_function(function):
    with pytest.raises(InputError, match="must be a function"):
        models.from_function(function)


@pytest.mark.parametrize("order", [-1, 17, 2.0, None])
def test_an_order_that_does_not_exist_is_refused(order):
    with pytest.raises(InputError, match="order must be"):
        models.Counts(order)
    with pytest.raises(InputError, match="order must be"):
        models.Mixture(order)


def test_samples_follow_the_model_and_the_seed():
    model = models.Counts(0, b"ab" * 5000, adaptive=False)
    drawn = models.sample(model, 4000, seed=1)
    assert drawn == models.sample(model, 4000, seed=1) != models.sample(model, 4000, seed=2)
    assert abs(drawn.count(b"a") - 2000) < 5 * math.sqrt(1000)
    goat = models.sample(models.Counts(5, corpora.story(), adaptive=False), 60, seed=0, prompt=b"ALL WELL HERE. THE G")
    assert goat.startswith(b"OAT IS A ")
