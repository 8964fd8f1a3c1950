"""Lesson 2: the log trick."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.lesson_02.exercises import evidence, gradient, log_sum, nll, tenths
from lessons_lib.lesson_02.peak_explorer import PeakExplorer
from lessons_lib.lesson_02.predictions import nine_tenths, peak, quarters, width
from lessons_lib.lesson_02.ulp_explorer import UlpExplorer
from lessons_lib.lesson_02.underflow_explorer import UnderflowExplorer

LESSON = Lesson(
    number=2,
    title="The log trick",
    question="538 examples at p = ¼: why does the computer say that the data are impossible?",
    after="say why losses are sums of logarithms, and compute one where products fail",
    minutes=(40, 60),
    notebook="02_the_log_trick.ipynb",
    explorers=(UnderflowExplorer, PeakExplorer, UlpExplorer),
    exercises=(nll, tenths, gradient, log_sum, evidence),
    predictions=(quarters, nine_tenths, peak, width),
)
