"""The answers of lesson 6's exercises, by other ways than those that made them."""

from math import e, log2

import numpy as np
import pytest
from scipy import stats

from lessons_lib import lesson_06


def test_answers_by_other_ways():
    assert lesson_06.sentence.answer == 13 == -log2(1 / 4 * 1 / 2 * 1 / 32 * 1 / 8 * 1 / 4)
    units = lesson_06.units.answer
    assert units["bits per character"] == pytest.approx(1.25 * log2(e))
    assert units["bits per word"] == pytest.approx(10.8202128)
    assert units["perplexity per character"] == pytest.approx(2 ** units["bits per character"])
    assert units["bytes"] == pytest.approx(2705.0532)
    given = np.array([1 / 2, 1 / 2, 1 / 16])
    means = lesson_06.means.answer
    assert means["geometric mean"] == pytest.approx(stats.gmean(given))
    assert means["arithmetic mean"] == pytest.approx(given.mean())
    assert means["bits per word"] == pytest.approx(2)
    assert lesson_06.perplexity.answer([0.5, 0.125]) == pytest.approx(1 / stats.gmean([0.5, 0.125]))


def test_answers_about_codes_by_other_ways():
    assert lesson_06.code_lengths.answer.tolist() == [1, 2, 3, 4, 4]
    assert lesson_06.average_length.answer == pytest.approx(np.dot([0.35, 0.33, 0.31, 0.01], [1, 2, 3, 3]))
    p, q = [1 / 2, 1 / 8, 1 / 8, 1 / 8, 1 / 8], [1 / 16, 1 / 2, 1 / 4, 1 / 8, 1 / 16]
    costs = lesson_06.wrong_code.answer
    assert costs["excess"] == pytest.approx(stats.entropy(p, q, base=2))
    assert costs["bits per symbol"] == pytest.approx(stats.entropy(p, base=2) + stats.entropy(p, q, base=2))
