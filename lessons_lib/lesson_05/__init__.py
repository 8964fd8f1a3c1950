"""Lesson 5: forward and reverse KL."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.lesson_05.bifurcation_explorer import BifurcationExplorer
from lessons_lib.lesson_05.exercises import collapse, moments, my_reverse_kl, one_hump, support, two_bits
from lessons_lib.lesson_05.fit_explorer import FitExplorer
from lessons_lib.lesson_05.predictions import birth, bits, start, width
from lessons_lib.lesson_05.reparameterisation_explorer import ReparameterisationExplorer
from lessons_lib.lesson_05.two_bits_explorer import TwoBitsExplorer

LESSON = Lesson(
    number=5,
    title="Forward and reverse KL",
    question="Two humps, one Gaussian: where should it go?",
    after="say which KL a method minimises, and what its model will cover or leave out",
    minutes=(45, 75),
    notebook="05_forward_and_reverse_kl.ipynb",
    explorers=(FitExplorer, BifurcationExplorer, TwoBitsExplorer, ReparameterisationExplorer),
    exercises=(moments, one_hump, support, my_reverse_kl, collapse, two_bits),
    predictions=(width, start, birth, bits),
)
