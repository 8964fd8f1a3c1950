"""Shannon's game: bounds against brute force and his own numbers, the interval against simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from lessons_lib.maths.errors import InputError
from lessons_lib.text.counts import Counts
from lessons_lib.text.guessing import ALPHABET, bounds, counts_of, guess, interval, reduced

SHANNON = [80, 7, 0, 3, 4, 2, 1, 0, 1, 1, 1]
"""Prediction and entropy of printed English, table I: 100 letters, each with the 100 before it known."""


def test_shannon_s_own_experiment():
    """He prints 0.6 and 1.3 bits; the sums come to 0.59 and 1.24."""
    assert bounds(SHANNON) == pytest.approx((0.589, 1.242), abs=5e-4)


@given(st.integers(0, 10_000))
def test_an_ideal_guesser_s_bits_lie_between_the_bounds(seed):
    """Random joint distributions of a context and a letter: the conditional entropy, computed directly."""
    rng = np.random.default_rng(seed)
    joint = rng.dirichlet(np.full(27 * 8, rng.choice([0.02, 0.1, 1, 10]))).reshape(8, 27)
    falling = -np.sort(-joint, axis=1)  # guesses in the order of probability, in each context
    lower, upper = bounds(falling.sum(axis=0))
    truth = entropy(joint.ravel(), base=2) - entropy(joint.sum(axis=1), base=2)
    assert lower <= truth + 1e-9
    assert truth <= upper + 1e-9


@given(st.lists(st.integers(0, 50), min_size=27, max_size=27).filter(any))
def test_bounds_against_plain_sums(counts):
    q = sorted((count / sum(counts) for count in counts), reverse=True)
    lower = sum(i * (q[i - 1] - (q[i] if i < 27 else 0)) * np.log2(i) for i in range(1, 28))
    assert bounds(counts) == pytest.approx((lower, entropy(counts, base=2)), abs=1e-9)
    least, most = interval(tuple(counts))
    assert 0 <= least <= bounds(counts)[0] <= bounds(counts)[1] <= most <= np.log2(27) + 1e-12


def test_extremes():
    assert bounds([100] + [0] * 26) == (0, 0)
    for n, most in ((10, 2.0), (100, 0.4)):
        certain = interval((n, *[0] * 26))
        assert certain[0] == 0
        assert 0.05 < certain[1] < most
    assert bounds([1] * 27) == pytest.approx((np.log2(27), np.log2(27)))
    for wrong in ([], [0, 0], [-1, 2], ["a"], [float("nan")], 3):
        with pytest.raises(InputError, match="counts"):
            bounds(wrong)


def test_how_often_the_interval_holds_both_bounds():
    """For good guessers and 30 letters or more, about nine times in ten."""
    for typical in (
        [80, 7, 4, 3, 2, 1, 1, 1, 1],
        [60, 18, 6, 4, 3, 2, 1.5, 1, 1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.3, 0.2, 0.4],
    ):
        q = np.array(typical) / np.sum(typical)
        q = np.append(q, np.zeros(27 - q.size))
        lower, upper = bounds(q)
        rng = np.random.default_rng(1)
        for n in (30, 100):
            drawn = [interval(tuple(int(k) for k in rng.multinomial(n, q))) for _ in range(60)]
            held = np.mean([least <= lower and upper <= most for least, most in drawn])
            assert held >= 0.85
            assert np.mean([most - least for least, most in drawn]) < 2.2


@pytest.mark.parametrize(
    ("text", "expected"), [("It's 5 o'clock, Ann!", "it s o clock ann "), ("", ""), ("Köln\n\nABC", "k ln abc")]
)
def test_reduced_to_27_symbols(text, expected):
    assert reduced(text) == expected
    assert set(reduced(text)) <= set(ALPHABET)


def test_ranks_and_bits_of_a_model_against_its_probabilities():
    model, context, letters = Counts(2, b"the cat sat on the mat " * 5, adaptive=False), "the ", "mat sat"
    found = guess(model, context, letters)
    read = context.encode()
    for place, (rank, bits, letter) in enumerate(zip(found.ranks, found.bits, letters, strict=True)):
        fresh = model.fresh()
        for byte in read:
            fresh.update(byte)
        p = {symbol: fresh.predict()[ord(symbol)] for symbol in ALPHABET}
        assert bits == pytest.approx(-np.log2(p[letter] / sum(p.values())))
        assert sum(q > p[letter] for q in p.values()) < rank <= sum(q >= p[letter] for q in p.values())
        assert found.order(place)[rank - 1] == letter
        read += letter.encode()
    assert counts_of([1, 1, 3]).tolist() == [2, 0, 1] + [0] * 24
