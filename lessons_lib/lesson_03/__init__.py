"""Lesson 3: softmax."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.lesson_03.draw_explorer import DrawExplorer
from lessons_lib.lesson_03.exercises import gradient, margin, my_softmax, pixel_gradient, temperature, top_of_four
from lessons_lib.lesson_03.logits_explorer import LogitsExplorer
from lessons_lib.lesson_03.overflow_explorer import OverflowExplorer
from lessons_lib.lesson_03.predictions import add_or_double, how_sure, overflow, two_for_one
from lessons_lib.lesson_03.push_explorer import PushExplorer
from lessons_lib.lesson_03.simplex_explorer import SimplexExplorer
from lessons_lib.lesson_03.training_explorer import TrainingExplorer

LESSON = Lesson(
    number=3,
    title="Softmax",
    question="Ten scores: how sure is the model really?",
    after="turn scores into probabilities, and say which way the loss pushes each score",
    minutes=(45, 90),
    notebook="03_softmax.ipynb",
    explorers=(LogitsExplorer, OverflowExplorer, SimplexExplorer, PushExplorer, TrainingExplorer, DrawExplorer),
    exercises=(top_of_four, temperature, gradient, pixel_gradient, my_softmax, margin),
    predictions=(how_sure, add_or_double, overflow, two_for_one),
)
