"""Lesson 6: bits per word."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.lesson_06.code_tree_explorer import CodeTreeExplorer
from lessons_lib.lesson_06.exercises import average_length, code_lengths, means, perplexity, sentence, units, wrong_code
from lessons_lib.lesson_06.guess_explorer import GuessExplorer
from lessons_lib.lesson_06.predictions import biased_coin, prose, smallest, two_bits
from lessons_lib.lesson_06.sequence_explorer import SequenceExplorer
from lessons_lib.lesson_06.surprise_explorer import SurpriseExplorer
from lessons_lib.lesson_06.words_explorer import WordsExplorer

LESSON = Lesson(
    number=6,
    title="Bits per word",
    question="How many bits does this sentence cost, and who is the best guesser?",
    after="say what a text costs under a model, and write it to a file of exactly that size",
    minutes=(45, 100),
    notebook="06_bits_per_word.ipynb",
    explorers=(WordsExplorer, CodeTreeExplorer, SequenceExplorer, SurpriseExplorer, GuessExplorer),
    exercises=(wrong_code, sentence, means, units, code_lengths, average_length, perplexity),
    predictions=(biased_coin, two_bits, prose, smallest),
)
