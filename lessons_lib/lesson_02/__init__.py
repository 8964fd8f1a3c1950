"""Lesson 2: the log trick."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.exercises.lesson_02 import evidence, gradient, log_sum, nll, tenths
from lessons_lib.exercises.lesson_02_guesses import nine_tenths, peak, quarters, width
from lessons_lib.explorers.peak import PeakExplorer
from lessons_lib.explorers.ulp import UlpExplorer
from lessons_lib.explorers.underflow import UnderflowExplorer

LESSON = Lesson(
    number=2,
    title="The log trick",
    question="538 examples at p = ¼: why does the computer say that the data are impossible?",
    after="say why losses are sums of logarithms, and compute one where products fail",
    minutes=(30, 60),
    notebook="02_the_log_trick.ipynb",
    explorers=(UnderflowExplorer, PeakExplorer, UlpExplorer),
    exercises=(nll, tenths, gradient, log_sum, evidence),
    predictions=(quarters, nine_tenths, peak, width),
)
