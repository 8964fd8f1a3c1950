"""Lesson 3: softmax."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.exercises.lesson_03 import gradient, margin, my_softmax, pixel_gradient, temperature, top_of_four
from lessons_lib.exercises.lesson_03_guesses import add_or_double, how_sure, overflow, two_for_one
from lessons_lib.explorers.draw import DrawExplorer
from lessons_lib.explorers.logits import LogitsExplorer
from lessons_lib.explorers.push import PushExplorer
from lessons_lib.explorers.simplex import SimplexExplorer
from lessons_lib.explorers.training import TrainingExplorer

LESSON = Lesson(
    number=3,
    title="Softmax",
    question="Ten scores: how sure is the model really?",
    after="turn scores into probabilities, and say which way the loss pushes each score",
    minutes=(40, 100),
    notebook="03_softmax.ipynb",
    explorers=(LogitsExplorer, SimplexExplorer, PushExplorer, TrainingExplorer, DrawExplorer),
    exercises=(top_of_four, temperature, gradient, pixel_gradient, my_softmax, margin),
    predictions=(how_sure, add_or_double, overflow, two_for_one),
)
