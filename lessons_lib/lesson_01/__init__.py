"""Lesson 1: likelihood is a product."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.lesson_01.classifier_explorer import ClassifierExplorer
from lessons_lib.lesson_01.coin_explorer import CoinExplorer
from lessons_lib.lesson_01.exercises import better, likelihood_function, own_labels, sequence
from lessons_lib.lesson_01.predictions import all_tosses, best_theta, curve, fair_sequence

LESSON = Lesson(
    number=1,
    title="Likelihood is a product",
    question="A coin, a die, a pea: which parameter makes what we saw most likely?",
    after="say in one number how well a model accounts for data, and which parameter does so best",
    minutes=(40, 45),
    notebook="01_likelihood_is_a_product.ipynb",
    explorers=(CoinExplorer, ClassifierExplorer),
    exercises=(sequence, own_labels, better, likelihood_function),
    predictions=(fair_sequence, best_theta, curve, all_tosses),
)
