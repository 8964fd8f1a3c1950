"""Lesson 4: cross-entropy is KL."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.lesson_04.exercises import batchmean, conditional, gradient, in_bits, my_kl, three_names
from lessons_lib.lesson_04.jensen_explorer import JensenExplorer
from lessons_lib.lesson_04.lengths_explorer import LengthsExplorer
from lessons_lib.lesson_04.predictions import byte, floor, how_many, soft
from lessons_lib.lesson_04.sample_explorer import SampleExplorer
from lessons_lib.lesson_04.three_names_explorer import ThreeNamesExplorer
from lessons_lib.lesson_04.two_ways_explorer import TwoWaysExplorer

LESSON = Lesson(
    number=4,
    title="Cross-entropy is KL",
    question="Three names for one loss: what differs?",
    after="turn likelihood, cross-entropy and KL into one another, and tell torch's losses apart",
    minutes=(45, 85),
    notebook="04_cross_entropy_is_kl.ipynb",
    explorers=(LengthsExplorer, TwoWaysExplorer, ThreeNamesExplorer, SampleExplorer, JensenExplorer),
    exercises=(in_bits, three_names, my_kl, gradient, conditional, batchmean),
    predictions=(how_many, floor, soft, byte),
)
