"""Codes against brute force, exact fractions, scipy, and numbers known from elsewhere."""

import heapq
import itertools
from decimal import Decimal, getcontext
from fractions import Fraction
from math import ceil, log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lessons_lib.maths import codes
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.measures import entropy, kl_divergence

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


def counts(most=8):
    """Distributions as exact fractions, from whole counts above 0."""
    return st.lists(st.integers(1, 1000), min_size=1, max_size=most).map(lambda n: [Fraction(c, sum(n)) for c in n])


def least_by_brute_force(p):
    """The least expected length over all lengths that a prefix code can have; the longest may be one per symbol."""
    feasible = (
        lengths
        for lengths in itertools.product(range(1, len(p)), repeat=len(p))
        if sum(Fraction(1, 2**length) for length in lengths) <= 1
    )
    return min(sum(share * length for share, length in zip(p, lengths, strict=True)) for lengths in feasible)


def huffman_average_by_merging(p):
    """The expected length as the sum of all that is ever joined: no lengths needed."""
    heap, total = list(p), Fraction(0)
    heapq.heapify(heap)
    while len(heap) > 1:
        joined = heapq.heappop(heap) + heapq.heappop(heap)
        total += joined
        heapq.heappush(heap, joined)
    return total


@settings(max_examples=25, deadline=None)
@given(counts(5).filter(lambda p: len(p) > 1))
def test_huffman_is_the_best_of_all_prefix_codes(p):
    lengths = codes.huffman_lengths(p)
    assert codes.expected_length(p, lengths) == least_by_brute_force(p)


@settings(max_examples=80, deadline=None)
@given(counts(40))
def test_huffman_against_the_sum_of_what_is_joined(p):
    lengths = codes.huffman_lengths(p)
    assert codes.expected_length(p, lengths) == huffman_average_by_merging(p)
    assert codes.kraft_sum(lengths) == 1, "its tree is full"
    assert codes.huffman_lengths(p) == lengths, "it is always the same"


def test_equal_symbols_get_nearly_equal_words():
    assert codes.huffman_lengths([Fraction(1, 6)] * 6) == (3, 3, 3, 3, 2, 2)
    assert max(codes.huffman_lengths([Fraction(n, 10) for n in (4, 2, 2, 1, 1)])) == 3, "(1, 2, 3, 4, 4) is as good"
    assert codes.huffman_lengths([1.0]) == (0,)


@settings(max_examples=80, deadline=None)
@given(counts())
def test_shannon_lengths_lie_within_a_bit_above_the_surprisal(p):
    for share, length in zip(p, codes.shannon_lengths(p), strict=True):
        assert Fraction(1, 2**length) <= share < Fraction(2, 2**length)
    assert codes.kraft_sum(codes.shannon_lengths(p)) <= 1


@pytest.mark.parametrize("power", [0, 1, 2, 10, 29, 52, 100, 1074])
def test_shannon_lengths_are_exact_at_powers_of_two_and_beside_them(power):
    share = 2.0**-power
    rest = [] if power == 0 else [1 - Fraction(share)]
    assert codes.shannon_lengths([Fraction(share), *rest])[0] == power
    if 0 < power < 1000:
        for other, expected in ((np.nextafter(share, 0), power + 1), (np.nextafter(share, 1), power)):
            exact = Fraction(float(other))
            assert codes.shannon_lengths([exact, 1 - exact])[0] == expected
            getcontext().prec = 60
            logarithm = -(Decimal(exact.numerator) / Decimal(exact.denominator)).ln() / Decimal(2).ln()
            assert expected == ceil(logarithm)


@pytest.mark.parametrize(
    ("p", "kraft"),
    [((0.9, 0.1), 0.5625), ((0.5, 0.25, 0.25), 1.0), ((0.4, 0.4, 0.2), 0.625), ((0.35, 0.33, 0.31, 0.01), 0.7578125)],
)
def test_kraft_sums_of_shannon_s_code(p, kraft):
    assert codes.kraft_sum(codes.shannon_lengths(p)) == kraft


@settings(max_examples=80, deadline=None)
@given(counts(12))
def test_the_theorem_for_expected_lengths(p):
    floats = np.array(p, float)
    least = stats.entropy(floats, base=2)
    assert entropy(p, base=2) == pytest.approx(least, abs=1e-12)
    huffman, shannon = (
        float(codes.expected_length(p, lengths(p))) for lengths in (codes.huffman_lengths, codes.shannon_lengths)
    )
    assert least - 1e-12 <= huffman <= shannon + 1e-12 < least + 1


def test_what_the_theorem_does_not_say():
    """A code that is best on average may spend more than −log₂ p + 1 on one symbol."""
    p = [Fraction(n, 100) for n in (35, 33, 31, 1)]
    lengths = codes.huffman_lengths(p)
    assert lengths == (1, 2, 3, 3)
    assert lengths[2] > -log2(0.31) + 1 == pytest.approx(2.69, abs=0.005)
    assert codes.expected_length(p, lengths) == least_by_brute_force(p) == Fraction(197, 100)


def test_blocks_of_a_biased_coin():
    p = [Fraction(9, 10), Fraction(1, 10)]
    for n, cost in ((1, 1), (2, Fraction(645, 1000)), (3, Fraction(532667, 10**6)), (6, 0.470157)):
        block = codes.blocks(p, n)
        assert sum(block) == 1
        assert list(block) == [np.prod(choice) for choice in itertools.product(p, repeat=n)]
        per_symbol = codes.expected_length(block, codes.huffman_lengths(block)) / n
        assert float(per_symbol) == pytest.approx(float(cost), abs=5e-7)
    assert entropy(p, base=2) == pytest.approx(0.468996, abs=5e-7)


def test_the_wrong_code_costs_kl_more():
    p, q = (HALF, QUARTER, QUARTER), (QUARTER, QUARTER, HALF)
    lengths = codes.huffman_lengths(q)
    assert lengths == codes.shannon_lengths(q) == (2, 2, 1)
    assert codes.expected_length(p, lengths) == Fraction(7, 4)
    assert kl_divergence(p, q, base=2) == 0.25
    assert entropy(p, base=2) == 1.5
    assert float(codes.expected_length(p, lengths)) * np.log(2) == pytest.approx(1.213007566, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 100), min_size=2, max_size=8), st.data())
def test_any_full_code_is_a_model_and_its_excess_is_kl(weights, data):
    p = [Fraction(w, sum(weights)) for w in weights]
    others = data.draw(st.lists(st.integers(1, 100), min_size=len(p), max_size=len(p)))
    lengths = codes.huffman_lengths([Fraction(w, sum(others)) for w in others])
    q = [Fraction(1, 2**length) for length in lengths]
    excess = float(codes.expected_length(p, lengths)) - entropy(p, base=2)
    assert excess == pytest.approx(kl_divergence(p, q, base=2), abs=1e-12)
    assert kl_divergence(p, q, base=2) == pytest.approx(
        stats.entropy(np.array(p, float), np.array(q, float), base=2), abs=1e-12
    )


# Words


def prefix_free(words):
    return not any(a != b and b.startswith(a) for a, b in itertools.permutations(words, 2)) and len({*words}) == len(
        words
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_words_exist_just_where_kraft_allows(lengths):
    if sum(2.0**-length for length in lengths) > 1:
        with pytest.raises(InputError, match="exceeds 1"):
            codes.canonical_code(lengths)
        return
    words = codes.canonical_code(lengths)
    assert tuple(map(len, words)) == tuple(lengths)
    assert prefix_free(words)
    intervals = sorted(codes.code_intervals(words))
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(intervals))
    assert sum(end - start for start, end in intervals) == codes.kraft_sum(lengths)


def test_mcmillan_by_brute_force():
    """No set of words of up to 3 bits of which none begins another has a Kraft sum above 1."""
    every = ["".join(bits) for n in (1, 2, 3) for bits in itertools.product("01", repeat=n)]
    for words in itertools.chain.from_iterable(itertools.combinations(every, k) for k in (2, 3, 4)):
        if prefix_free(words):
            assert codes.kraft_sum(list(map(len, words))) <= 1
        else:
            with pytest.raises(InputError, match="begins the word"):
                codes.encode([0], words)


@settings(max_examples=60, deadline=None)
@given(counts(8).filter(lambda p: len(p) > 1), st.data())
def test_there_and_back(p, data):
    words = codes.canonical_code(data.draw(st.sampled_from([codes.huffman_lengths, codes.shannon_lengths]))(p))
    symbols = data.draw(st.lists(st.integers(0, len(p) - 1), max_size=50))
    bits = codes.encode(symbols, words)
    assert bits == "".join(words[symbol] for symbol in symbols)
    assert codes.decode(bits, words) == symbols


@pytest.mark.parametrize(
    ("function", "arguments", "told"),
    [
        (codes.decode, ("0112", ["0", "1"]), "string of 0s and 1s"),
        (codes.decode, (b"01", ["0", "1"]), "string of 0s and 1s"),
        (codes.decode, (None, ["0", "1"]), "string of 0s and 1s"),
        (codes.decode, ("011", ["0", "10"]), "no word begins with '11', which stands at bit 2"),
        (codes.decode, ("0101", ["0", "10", "110"]), "'1' is left over"),
        (codes.decode, ("0", [""]), "whose only word is empty"),
        (codes.decode, ("01", ["0", "01"]), "the word '0' begins the word '01'"),
        (codes.encode, ([0, 2], ["0", "1"]), "symbol no. 2, 2, has no word"),
        (codes.encode, ([-1], ["0", "1"]), "symbol no. 1, -1"),
        (codes.encode, ([True], ["0", "1"]), "True"),
        (codes.encode, ([0], ["0", "0"]), "the word '0' begins the word '0'"),
        (codes.encode, ([0], "01"), "words must be"),
        (codes.encode, ([0], []), "words must be"),
        (codes.encode, ([0], ["0", "2"]), "words must be"),
        (codes.kraft_sum, ([1, -1],), "lengths .* not -1"),
        (codes.kraft_sum, ([1.0],), "lengths .* not 1.0"),
        (codes.kraft_sum, ([],), "lengths"),
        (codes.kraft_sum, ([10**9],), "lengths"),
        (codes.canonical_code, ([1, 1, 1],), "lengths 1, 1, 1: Σ 2\\^−length = 3/2 exceeds 1"),
        (codes.huffman_lengths, ([0.5, 0.4],), "adds up to 0.9"),
        (codes.huffman_lengths, ([HALF, Fraction(1, 3)],), "adds up to 5/6"),
        (codes.huffman_lengths, ([1.0, 0.0],), "impossible has no word"),
        (codes.shannon_lengths, ([1.5, -0.5],), "0 to 1, but holds 1.5"),
        (codes.shannon_lengths, ([float("nan")],), "0 to 1, but holds nan"),
        (codes.shannon_lengths, ([],), "at least one"),
        (codes.shannon_lengths, (0.5,), "sequence of probabilities"),
        (codes.shannon_lengths, (["a"],), "sequence of probabilities"),
        (codes.expected_length, ([HALF, HALF], [1]), "not 2 and 1"),
        (codes.blocks, ([HALF, HALF], 21), "at most 2²⁰"),
        (codes.blocks, ([HALF, HALF], 1.0), "whole number"),
        (codes.blocks, ([HALF, HALF], 0), "whole number"),
    ],
)
def test_what_cannot_be_is_named(function, arguments, told):
    with pytest.raises(InputError, match=told):
        function(*arguments)
