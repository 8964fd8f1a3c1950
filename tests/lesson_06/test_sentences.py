"""The small model of sentences, against enumeration, closed forms and matrix powers."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from lessons_lib.lesson_06 import sentences
from lessons_lib.lesson_06.sentences import END, RULES, WORDS
from lessons_lib.maths.errors import InputError

EVERY = pytest.mark.parametrize("rule", RULES)
CONSTANT, HARMONIC, SQUARE = list(RULES)[1:4]


@EVERY
def test_the_choices_after_any_words_add_up_to_one(rule):
    for words in ((), *itertools.product(WORDS, repeat=1), ("the", "cat"), ("old",) * 7):
        given = sentences.next_probabilities(words, rule)
        assert tuple(given) == (*WORDS, END)
        assert sum(given.values()) == 1
        assert all(p > 0 for word, p in given.items() if word != END)


@EVERY
def test_the_finished_sentences_by_enumeration(rule):
    """All sentences of up to 4 words, one by one: 1 + 6 + 36 + 216 + 1296."""
    mass, total = sentences.finished_mass(4, rule), Fraction(0)
    for n in range(5):
        total += sum(sentences.probability((*words, END), rule) for words in itertools.product(WORDS, repeat=n))
        assert mass[n] == pytest.approx(float(total), abs=1e-12)
    onward = sum(sentences.probability(words, rule) for words in itertools.product(WORDS, repeat=5))
    assert total + onward == 1, "what has not ended goes on"


def test_a_constant_chance_to_end_is_enough():
    mass = sentences.finished_mass(50, CONSTANT)
    np.testing.assert_allclose(mass, 1 - 0.7 ** np.arange(1, 52), rtol=1e-13)
    assert mass[50] == pytest.approx(0.9999999875, abs=1e-10)


def test_a_chance_that_fades_like_a_square_leaves_half_for_ever():
    t = np.arange(2001)
    np.testing.assert_allclose(sentences.finished_mass(2000, SQUARE), 1 - (t + 3) / (2 * (t + 2)), rtol=1e-9)
    np.testing.assert_allclose(sentences.finished_mass(2000, HARMONIC), 1 - 1 / (t + 2), rtol=1e-9)


@EVERY
def test_the_limit_is_what_the_rule_says(rule):
    never = 1 - sentences.finished_mass(3000, rule)[-1]
    assert never == pytest.approx(float(RULES[rule].never), abs=1e-3)


def test_the_table_ends_for_certain():
    choices = sentences.table()
    states = list(choices)
    moves = np.array([[float(choices[a][b]) if b in choices[a] else 0.0 for b in states] for a in states])
    assert max(abs(np.linalg.eigvals(moves))) < 1
    for t in (0, 1, 5, 17):
        going = np.linalg.matrix_power(moves, t + 1)[0].sum()
        assert sentences.finished_mass(t)[-1] == pytest.approx(1 - going, abs=1e-14)


def test_a_sentence_is_the_product_of_its_choices():
    sentence = ("the", "cat", "sleeps", END)
    assert sentences.factors(sentence) == (Fraction(3, 4), Fraction(3, 8), Fraction(1, 2), Fraction(7, 8))
    assert sentences.probability(sentence) == Fraction(63, 512)
    assert sentences.probability(()) == 1
    assert sentences.factors(sentence, "never")[-1] == 0
    assert sentences.is_finished(sentence)
    assert not sentences.is_finished(sentence[:-1])
    assert not sentences.is_finished(())


def test_what_the_model_writes_comes_from_the_model():
    drawn = [sentences.write(seed) for seed in range(2000)]
    assert sentences.write(3) == sentences.write(3)
    for start in ((), ("the",), ("the", "cat")):
        following = [d[len(start)] for d in drawn if d[: len(start)] == start and len(d) > len(start)]
        for word, p in sentences.next_probabilities(start).items():
            share, deviation = following.count(word) / len(following), (float(p) / len(following)) ** 0.5
            assert abs(share - float(p)) < 5 * deviation
    assert all(len(d) == 12 or d[-1] == END for d in drawn)
    assert len(sentences.write(1, "never")) == 12


def test_the_dearest_choice():
    before, choice, p = sentences.dearest()
    assert p == min(p for row in sentences.table().values() for p in row.values()) == sentences.table()[before][choice]


@pytest.mark.parametrize(
    ("function", "arguments", "told"),
    [
        (sentences.next_probabilities, (("the", "mouse"),), "not 'mouse'"),
        (sentences.next_probabilities, (("the", END),), "nothing follows"),
        (sentences.next_probabilities, ((), "sometimes"), "rule"),
        (sentences.factors, (("the", "mouse"),), "not 'mouse'"),
        (sentences.factors, (("the", END, "cat"),), "nothing follows"),
        (sentences.finished_mass, (3, "sometimes"), "rule"),
        (sentences.is_finished, ((END, "the"),), "only at the end"),
    ],
)
def test_what_cannot_be_is_named(function, arguments, told):
    with pytest.raises(InputError, match=told):
        function(*arguments)
