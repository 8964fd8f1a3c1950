"""Lesson 4: cross-entropy is KL."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.exercises.lesson_04 import batchmean, conditional, gradient, in_bits, my_kl, three_names
from lessons_lib.exercises.lesson_04_guesses import byte, floor, how_many, soft
from lessons_lib.explorers.jensen import JensenExplorer
from lessons_lib.explorers.sample import SampleExplorer
from lessons_lib.explorers.three_names import ThreeNamesExplorer

LESSON = Lesson(
    number=4,
    title="Cross-entropy is KL",
    question="Three names for one loss: what differs?",
    after="turn likelihood, cross-entropy and KL into one another, and tell torch's losses apart",
    minutes=(40, 100),
    notebook="04_cross_entropy_is_kl.ipynb",
    explorers=(ThreeNamesExplorer, SampleExplorer, JensenExplorer),
    exercises=(in_bits, three_names, my_kl, gradient, conditional, batchmean),
    predictions=(how_many, floor, soft, byte),
)
