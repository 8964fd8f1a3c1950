"""The explorers, each opened by one line in a notebook cell."""

from lessons_lib.explorers.classifier import ClassifierExplorer
from lessons_lib.explorers.coin import CoinExplorer
from lessons_lib.explorers.draw import DrawExplorer
from lessons_lib.explorers.progress_bar import progress_bar
from lessons_lib.explorers.sketch import SketchExplorer
from lessons_lib.explorers.surprisal import SurprisalExplorer
from lessons_lib.explorers.training import TrainingExplorer

ALL = (SurprisalExplorer, CoinExplorer, ClassifierExplorer, SketchExplorer, TrainingExplorer, DrawExplorer)

__all__ = [
    "ALL",
    "ClassifierExplorer",
    "CoinExplorer",
    "DrawExplorer",
    "SketchExplorer",
    "SurprisalExplorer",
    "TrainingExplorer",
    "progress_bar",
]
