"""The truths of lesson 6's guesses, by other ways than those that made them."""

import bz2
import gzip
import lzma
from math import log2

import pytest

from lessons_lib import lesson_06
from lessons_lib.lesson_06.predictions import table_bits
from lessons_lib.text.codec import compress
from lessons_lib.text.corpora import story
from lessons_lib.text.counts import Counts
from lessons_lib.text.models import surprisals


@pytest.mark.parametrize("order", [0, 2, 5])
def test_the_table_of_the_guesses_is_the_count_model_of_the_lesson(order):
    """The model keeps a least probability for every byte, which costs it next to nothing."""
    text = story()[:3000]
    by_model = float(surprisals(Counts(order), text).sum())
    assert table_bits(text, order) == pytest.approx(by_model, rel=1e-3)


def test_a_table_by_hand():
    """Order 0 on "aab": 1/256; then a was seen once, D = 0.8 given up; then twice."""
    third = 0.8 / 2 / 256
    expected = 8 - log2(0.2 + 0.8 / 256) - log2(third)
    assert table_bits(b"aab", 0) == pytest.approx(expected, rel=1e-12)


def test_the_smallest_file_is_the_smallest_when_really_written():
    sizes = {
        "gzip": len(gzip.compress(story(), 9)),
        "bz2": len(bz2.compress(story(), 9)),
        "xz": len(lzma.compress(story(), preset=9 | lzma.PRESET_EXTREME)),
        "the table of counts": len(compress(story(), Counts(5))),
    }
    assert lesson_06.smallest.truth == min(sizes, key=sizes.get)
    bits = 8 * sizes["the table of counts"] / len(story().decode("utf-8"))
    assert lesson_06.prose.truth == pytest.approx(bits, abs=0.1)


def test_what_the_guesses_say():
    assert "0.469" in lesson_06.biased_coin.because
    assert "0.645" in lesson_06.biased_coin.because
    assert lesson_06.biased_coin.truth == 1
    assert "5/16" in lesson_06.two_bits.because
