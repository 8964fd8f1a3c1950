"""The Federalist papers: the table as published, and the evidence against scipy's Poisson distribution."""

import numpy as np
import pytest
from scipy import stats

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.federalist import (
    PAPERS,
    WORDS,
    bits_a_use,
    bits_of_silence,
    evidence,
    rates,
    total,
    written_by,
)

DISPUTED = {
    49: -23.830,
    50: -15.935,
    51: -40.087,
    52: -28.079,
    53: -23.644,
    54: -25.176,
    55: -1.281,
    56: -18.431,
    57: -38.195,
    58: -28.490,
    62: -33.005,
    63: -40.601,
}
"""Bits for Hamilton, computed apart from this library."""


@pytest.mark.parametrize(
    ("author", "papers", "words", "sums"),
    [
        ("Hamilton", 51, 112_548, (374, 379, 36, 1, 32, 379, 4533, 859)),
        ("Madison", 14, 38_767, (7, 295, 0, 12, 0, 33, 1247, 452)),
    ],
)
def test_the_table_adds_up(author, papers, words, sums):
    theirs = written_by(author)
    assert len(theirs) == papers
    assert sum(paper.words for paper in theirs) == words
    assert tuple(np.sum([paper.counts for paper in theirs], axis=0)) == sums
    assert len(PAPERS) == 80
    assert [paper.number for paper in written_by("disputed")] == list(DISPUTED)
    assert [paper.number for paper in written_by("both")] == [18, 19, 20]
    assert not {2, 3, 4, 5, 64} & PAPERS.keys(), "Jay's"


def poisson_bits(paper, hamilton, madison):
    """The log-ratio from scipy's Poisson distribution, for all words together."""
    by = [stats.poisson.logpmf(paper.counts, paper.words * rate).sum() for rate in (hamilton, madison)]
    return (by[0] - by[1]) / np.log(2)


@pytest.mark.parametrize("number", PAPERS)
def test_uses_and_silence_are_the_poisson_log_ratio(number):
    paper = PAPERS[number]
    expected = poisson_bits(paper, rates("Hamilton"), rates("Madison"))
    assert total(paper) == pytest.approx(expected, abs=1e-9)
    assert total(paper, held_out=True) == pytest.approx(
        poisson_bits(paper, rates("Hamilton", number), rates("Madison", number)), abs=1e-9
    )


def test_the_numbers_of_single_words():
    uses = (4.104292, -1.176698, 4.652185, -4.596533, 4.484728, 1.964227, 0.323946, -0.612060)
    np.testing.assert_allclose(bits_a_use(), uses, atol=5e-7)
    silence = dict(zip(WORDS, bits_of_silence(1000), strict=True))
    for word, bits in (
        ("upon", -4.521414),
        ("on", 6.132273),
        ("there", -3.617930),
        ("to", -11.687504),
        ("by", 5.822078),
    ):
        assert silence[word] == pytest.approx(bits, abs=5e-7)


@pytest.mark.parametrize(("number", "bits"), DISPUTED.items())
def test_all_twelve_disputed_papers_go_to_madison(number, bits):
    assert total(PAPERS[number]) == pytest.approx(bits, abs=5e-4)
    assert bits < 0


def test_held_out_one_of_65_goes_wrong():
    sums = {a: np.array([total(p, held_out=True) for p in written_by(a)]) for a in ("Hamilton", "Madison")}
    wrong = [p.number for p, bits in zip(written_by("Hamilton"), sums["Hamilton"], strict=True) if bits < 0]
    wrong += [p.number for p, bits in zip(written_by("Madison"), sums["Madison"], strict=True) if bits > 0]
    assert wrong == [25]
    assert total(PAPERS[25], held_out=True) == pytest.approx(-2.22, abs=0.005)
    assert (sums["Hamilton"].mean(), sums["Hamilton"].std(ddof=1)) == pytest.approx((41.772, 21.366), abs=5e-4)
    assert (sums["Madison"].mean(), sums["Madison"].std(ddof=1)) == pytest.approx((-34.696, 13.962), abs=5e-4)
    surprisal = np.log2(1 + 2.0 ** -np.concatenate([sums["Hamilton"], -sums["Madison"]]))
    assert surprisal.mean() == pytest.approx(0.040414, abs=5e-7)


def test_each_word_adds_its_own():
    paper = PAPERS[49]
    assert sum(total(paper, [word]) for word in WORDS) == pytest.approx(total(paper), abs=1e-9)
    assert total(paper, []) == 0
    uses, silence = evidence(paper)
    assert uses[WORDS.index("upon")] == 0 > silence[WORDS.index("upon")]


def test_what_is_no_author_or_word_is_named():
    with pytest.raises(InputError, match="author"):
        rates("Jay")
    with pytest.raises(InputError, match="'shall'"):
        total(PAPERS[1], ["upon", "shall"])
