"""One number in many units."""

import gzip
import lzma
import math

import pytest

from lessons_lib.errors import InputError
from lessons_lib.text.corpora import story
from lessons_lib.text.report import archives, measures


def test_units_of_one_text():
    m = measures(1000.0, "Ein Café, zwei.".encode())
    assert (m.bytes, m.characters, m.words) == (16, 15, 3)
    assert (m.per_byte * 16, m.per_character * 15, m.per_word * 3) == pytest.approx((1000,) * 3)
    assert m.nats_per_character == pytest.approx(1000 * math.log(2) / 15)
    assert m.perplexity == pytest.approx(math.exp(m.nats_per_character))
    for text in (b"", b" \n"):
        with pytest.raises(InputError, match="word"):
            measures(1.0, text)


def test_archives_can_be_opened_again():
    sizes = archives(story())
    assert sizes["gzip -9"] == len(gzip.compress(story(), 9))
    assert lzma.decompress(lzma.compress(story(), preset=9 | lzma.PRESET_EXTREME)) == story()
    assert all(0 < size < len(story()) for size in sizes.values())
