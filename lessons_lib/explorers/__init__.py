"""The explorers, each opened by one line in a notebook cell."""

from lessons_lib.explorers.bifurcation import BifurcationExplorer
from lessons_lib.explorers.classifier import ClassifierExplorer
from lessons_lib.explorers.code_tree import CodeTreeExplorer
from lessons_lib.explorers.coin import CoinExplorer
from lessons_lib.explorers.draw import DrawExplorer
from lessons_lib.explorers.fit import FitExplorer
from lessons_lib.explorers.guess import GuessExplorer
from lessons_lib.explorers.jensen import JensenExplorer
from lessons_lib.explorers.logits import LogitsExplorer
from lessons_lib.explorers.peak import PeakExplorer
from lessons_lib.explorers.progress_bar import ProgressMeter, progress_bar
from lessons_lib.explorers.push import PushExplorer
from lessons_lib.explorers.reparameterisation import ReparameterisationExplorer
from lessons_lib.explorers.sample import SampleExplorer
from lessons_lib.explorers.sequence import SequenceExplorer
from lessons_lib.explorers.simplex import SimplexExplorer
from lessons_lib.explorers.sketch import SketchExplorer
from lessons_lib.explorers.surprisal import SurprisalExplorer
from lessons_lib.explorers.surprise import SurpriseExplorer
from lessons_lib.explorers.three_names import ThreeNamesExplorer
from lessons_lib.explorers.training import TrainingExplorer
from lessons_lib.explorers.two_bits import TwoBitsExplorer
from lessons_lib.explorers.ulp import UlpExplorer
from lessons_lib.explorers.underflow import UnderflowExplorer

OF_LESSON = {
    0: (SurprisalExplorer,),
    1: (CoinExplorer, ClassifierExplorer),
    2: (UnderflowExplorer, PeakExplorer, UlpExplorer),
    3: (LogitsExplorer, SimplexExplorer, PushExplorer, TrainingExplorer, DrawExplorer),
    4: (ThreeNamesExplorer, SampleExplorer, JensenExplorer),
    5: (FitExplorer, BifurcationExplorer, TwoBitsExplorer, ReparameterisationExplorer),
    6: (CodeTreeExplorer, SequenceExplorer, SurpriseExplorer, GuessExplorer),
}
ALL = (*(explorer for explorers in OF_LESSON.values() for explorer in explorers), SketchExplorer)

__all__ = [
    "ALL",
    "OF_LESSON",
    "BifurcationExplorer",
    "ClassifierExplorer",
    "CodeTreeExplorer",
    "CoinExplorer",
    "DrawExplorer",
    "FitExplorer",
    "GuessExplorer",
    "JensenExplorer",
    "LogitsExplorer",
    "PeakExplorer",
    "ProgressMeter",
    "PushExplorer",
    "ReparameterisationExplorer",
    "SampleExplorer",
    "SequenceExplorer",
    "SimplexExplorer",
    "SketchExplorer",
    "SurprisalExplorer",
    "SurpriseExplorer",
    "ThreeNamesExplorer",
    "TrainingExplorer",
    "TwoBitsExplorer",
    "UlpExplorer",
    "UnderflowExplorer",
    "progress_bar",
]
