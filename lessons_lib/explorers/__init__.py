"""The explorers, each opened by one line in a notebook cell."""

from lessons_lib.explorers.classifier import ClassifierExplorer
from lessons_lib.explorers.coin import CoinExplorer
from lessons_lib.explorers.sketch import SketchExplorer
from lessons_lib.explorers.surprisal import SurprisalExplorer

ALL = (SurprisalExplorer, CoinExplorer, ClassifierExplorer, SketchExplorer)

__all__ = ["ALL", "ClassifierExplorer", "CoinExplorer", "SketchExplorer", "SurprisalExplorer"]
