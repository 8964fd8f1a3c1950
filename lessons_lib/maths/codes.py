"""Codes: a word of bits for each symbol, how long the words are, and what a symbol costs on average.

Probabilities may be floats or fractions: lengths are found exactly for both, and from fractions averages are fractions.
Entropy, KL and surprisals, which are no fractions, are those of `measures`.
"""

import heapq
import itertools
from collections.abc import Sequence
from fractions import Fraction
from math import fsum, log2, prod
from numbers import Integral, Rational, Real

from lessons_lib.maths.errors import InputError

Probabilities = Sequence[Real]


def kraft_sum(lengths: Sequence[int]) -> Fraction:
    """Return Σ 2^−length: the part of the unit interval that words of these lengths take. A prefix code needs ≤ 1.

    >>> print(kraft_sum([1, 2, 3]))
    7/8
    """
    return sum((Fraction(1, 2**length) for length in _read_lengths(lengths)), Fraction(0))


def shannon_lengths(p: Probabilities) -> tuple[int, ...]:
    """Return ⌈−log₂ p⌉ for each symbol, exactly: the least length with 2^−length ≤ p, without a logarithm.

    >>> shannon_lengths([0.9, 0.1]), shannon_lengths([Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)])
    ((1, 4), (1, 2, 2))
    """
    return tuple(_halvings(Fraction(share)) for share in _read_probabilities("p", p))


def huffman_lengths(p: Probabilities) -> tuple[int, ...]:
    """Return the lengths of Huffman's code: no prefix code has a smaller expected length.

    Of equally probable ones the earlier is joined first, symbols before what has been joined already: among all
    the codes with the least expected length, this gives one whose longest word is as short as can be.

    >>> huffman_lengths([0.35, 0.33, 0.31, 0.01])
    (1, 2, 3, 3)
    """
    shares = _read_probabilities("p", p)
    lengths = [0] * len(shares)
    rest = [(Fraction(share), order, [order]) for order, share in enumerate(shares)]
    heapq.heapify(rest)
    for order in itertools.count(len(rest)):
        if len(rest) == 1:
            return tuple(lengths)
        (least, _, some), (second, _, others) = heapq.heappop(rest), heapq.heappop(rest)
        for symbol in some + others:
            lengths[symbol] += 1
        heapq.heappush(rest, (least + second, order, some + others))


def canonical_code(lengths: Sequence[int]) -> tuple[str, ...]:
    """Return words of these lengths of which none begins another, shorter ones first in the unit interval.

    >>> canonical_code([2, 1, 3, 3])
    ('10', '0', '110', '111')
    """
    read = _read_lengths(lengths)
    taken = kraft_sum(read)
    if taken > 1:
        raise InputError(f"no prefix code has words of the lengths {_shown(read)}: Σ 2^−length = {taken} exceeds 1")
    words, start = [""] * len(read), Fraction(0)
    for symbol in sorted(range(len(read)), key=lambda symbol: read[symbol]):
        length = read[symbol]
        words[symbol] = f"{int(start * 2**length):0{length}b}" if length else ""
        start += Fraction(1, 2**length)
    return tuple(words)


def code_intervals(words: Sequence[str]) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return the part of the unit interval that each word owns: all binary fractions that begin with it.

    >>> [f"{start} to {end}" for start, end in code_intervals(["0", "10"])]
    ['0 to 1/2', '1/2 to 3/4']
    """
    starts = [Fraction(int(word or "0", 2), 2 ** len(word)) for word in _read_words(words)]
    return tuple((start, start + Fraction(1, 2 ** len(word))) for start, word in zip(starts, words, strict=True))


def expected_length(p: Probabilities, lengths: Sequence[int]) -> Real:
    """Return Σ p · length, in bits a symbol: a fraction if all p are."""
    shares, read = _read_probabilities("p", p, zeros=True), _read_lengths(lengths)
    _require_as_many("p", shares, "lengths", read)
    return _total([share * length for share, length in zip(shares, read, strict=True)])


def blocks(p: Probabilities, n: int) -> tuple[Real, ...]:
    """Return the probabilities of all blocks of n independent symbols, the last symbol changing fastest.

    >>> [str(share) for share in blocks([Fraction(3, 4), Fraction(1, 4)], 2)]
    ['9/16', '3/16', '3/16', '1/16']
    """
    shares = _read_probabilities("p", p)
    if not isinstance(n, Integral) or isinstance(n, bool) or not 1 <= n * log2(max(len(shares), 2)) <= 20:
        raise InputError(f"n must be a whole number from 1, with at most 2²⁰ blocks, not {n!r}")
    return tuple(prod(block) for block in itertools.product(shares, repeat=n))


def encode(symbols: Sequence[int], words: Sequence[str]) -> str:
    """Return the words of these symbols (numbers, from 0) one after the other.

    >>> encode([0, 2, 0, 1], ["0", "10", "11"])
    '011010'
    """
    read = _read_words(words)
    for place, symbol in enumerate(symbols):
        if not isinstance(symbol, Integral) or isinstance(symbol, bool) or not 0 <= symbol < len(read):
            raise InputError(
                f"symbol no. {place + 1}, {symbol!r}, has no word: there are words for 0 to {len(read) - 1}"
            )
    return "".join(read[symbol] for symbol in symbols)


def decode(bits: str, words: Sequence[str]) -> list[int]:
    """Return the symbols whose words these bits are: reading from the left, each word is known as soon as it ends.

    >>> decode("011010", ["0", "10", "11"])
    [0, 2, 0, 1]
    """
    read = _read_words(words)
    if not isinstance(bits, str) or set(bits) - set("01"):
        raise InputError(f"bits must be a string of 0s and 1s, not {bits!r:.60}")
    if "" in read:
        raise InputError("a code whose only word is empty can be written, but not read: it does not say how often")
    symbol_of, symbols, begun = {word: symbol for symbol, word in enumerate(read)}, [], 0
    longest = max(map(len, read))
    for end in range(1, len(bits) + 1):
        symbol = symbol_of.get(bits[begun:end])
        if symbol is not None:
            symbols.append(symbol)
            begun = end
        elif end - begun >= longest:
            raise InputError(f"no word begins with {bits[begun:end]!r}, which stands at bit {begun + 1}")
    if begun < len(bits):
        raise InputError(f"the bits end within a word: {bits[begun:]!r} is left over")
    return symbols


def _halvings(p: Fraction) -> int:
    """Return the least number of halvings of 1 that leads to p or below: 2^l ≥ ⌈1/p⌉."""
    return (-(-p.denominator // p.numerator) - 1).bit_length()


def _read_probabilities(name: str, value: Probabilities, zeros: bool = False) -> tuple[Real, ...]:
    """Return probabilities as fractions and floats; they must add up to 1, and be above 0 if a word needs them to."""
    try:
        given = tuple(share if isinstance(share, Rational) else float(share) for share in value)
    except (TypeError, ValueError):
        raise InputError(f"{name} must be a sequence of probabilities, not {value!r:.60}") from None
    if not given:
        raise InputError(f"{name} must hold at least one probability")
    bad = [share for share in given if not 0 <= share <= 1]
    if bad:
        raise InputError(f"{name} must hold numbers from 0 to 1, but holds {bad[0]}")
    if not zeros and 0 in given:
        raise InputError(f"{name} holds 0: what is impossible has no word, as −log₂ 0 is infinite")
    total = _total(given)
    if abs(total - 1) > (0 if isinstance(total, Rational) else 1e-9):
        raise InputError(f"{name} must add up to 1, but adds up to {total}")
    return given


def _read_lengths(value: Sequence[int]) -> tuple[int, ...]:
    lengths = tuple(value)
    bad = [n for n in lengths if not isinstance(n, Integral) or isinstance(n, bool) or not 0 <= n <= 10_000]
    if bad or not lengths:
        raise InputError(f"lengths must be whole numbers from 0 to 10,000, not {bad[0] if bad else lengths!r}")
    return tuple(map(int, lengths))


def _read_words(value: Sequence[str]) -> tuple[str, ...]:
    """Return words of a prefix code, or say which word begins another."""
    words = tuple(value)
    if (
        not words
        or isinstance(value, str)
        or not all(isinstance(word, str) and not set(word) - set("01") for word in words)
    ):
        raise InputError(f"words must be a sequence of strings of 0s and 1s, not {value!r:.60}")
    for first, second in itertools.pairwise(sorted(words)):  # whatever a word begins follows it in this order
        if second.startswith(first):
            raise InputError(f"this is no prefix code: the word {first!r} begins the word {second!r}")
    return words


def _require_as_many(one: str, ones: Sequence, other: str, others: Sequence) -> None:
    if len(ones) != len(others):
        raise InputError(f"{one} and {other} must be as many, not {len(ones)} and {len(others)}")


def _total(terms: Sequence[Real]) -> Real:
    return sum(terms) if all(isinstance(term, Rational) for term in terms) else fsum(terms)


def _shown(lengths: tuple[int, ...]) -> str:
    return ", ".join(map(str, lengths[:20])) + (", …" if len(lengths) > 20 else "")
