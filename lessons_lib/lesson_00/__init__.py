"""Lesson 0: the opening of the course."""

from lessons_lib.exercise.lesson import Lesson
from lessons_lib.lesson_00.exercises import surprisal
from lessons_lib.lesson_00.predictions import halving
from lessons_lib.lesson_00.surprisal_explorer import SurprisalExplorer

LESSON = Lesson(
    number=0,
    title="Start here",
    question="What is this, and is everything installed?",
    after="say what a surprisal is, in bits and in nats",
    minutes=(15, 15),
    notebook="00_start_here.ipynb",
    explorers=(SurprisalExplorer,),
    exercises=(surprisal,),
    predictions=(halving,),
)
