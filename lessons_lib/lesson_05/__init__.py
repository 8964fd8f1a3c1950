"""Lesson 5: forward and reverse KL."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.exercises.lesson_05 import collapse, moments, my_reverse_kl, one_hump, support, two_bits
from lessons_lib.exercises.lesson_05_guesses import birth, bits, start, width
from lessons_lib.explorers.bifurcation import BifurcationExplorer
from lessons_lib.explorers.fit import FitExplorer
from lessons_lib.explorers.reparameterisation import ReparameterisationExplorer
from lessons_lib.explorers.two_bits import TwoBitsExplorer

LESSON = Lesson(
    number=5,
    title="Forward and reverse KL",
    question="Two humps, one Gaussian: where should it go?",
    after="say which KL a method minimises, and what its model will cover or leave out",
    minutes=(40, 90),
    notebook="05_forward_and_reverse_kl.ipynb",
    explorers=(FitExplorer, BifurcationExplorer, TwoBitsExplorer, ReparameterisationExplorer),
    exercises=(moments, one_hump, support, my_reverse_kl, collapse, two_bits),
    predictions=(width, start, birth, bits),
)
