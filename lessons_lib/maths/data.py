"""The data of the lessons, with their sources. Nothing is fetched."""

import contextlib
import io
from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

# 1 is heads. In order, from Kerrich (1946); 4 heads in the first 10, 44 in 100, 98 in 200.
_KERRICH_FIRST_TOSSES = (
    "00011101001111101000110101111000100111001000001110"
    "00101010100100001001100010000111010100010000101101"
    "01110100001101001010000011111011111001101100101011"
    "01010000011000111001111101101010110100110110110110"
)


@dataclass(frozen=True)
class HistoricCount:
    """A count of successes among n trials, as printed in its source; claim: their probability, as one supposed."""

    name: str
    year: int
    success: str
    failure: str
    successes: int
    n: int
    claim: float
    source: str


KERRICH = HistoricCount(
    name="Kerrich's coin",
    year=1946,
    success="heads",
    failure="tails",
    successes=5067,
    n=10_000,
    claim=1 / 2,
    source="J. E. Kerrich, An Experimental Introduction to the Theory of Probability, Copenhagen 1946",
)

WELDON_THROWS = (185, 1149, 3265, 5475, 6114, 5194, 3067, 1331, 403, 105, 14, 4, 0)
"""Weldon's throws of twelve dice: entry k counts the throws in which k dice showed five or six."""

WELDON = HistoricCount(
    name="Weldon's dice",
    year=1894,
    success="five or six",
    failure="one to four",
    successes=sum(dice * throws for dice, throws in enumerate(WELDON_THROWS)),
    n=12 * sum(WELDON_THROWS),
    claim=1 / 3,
    source="W. F. R. Weldon's throws of 1894, in K. Pearson, Philosophical Magazine 50 (1900), 157-175",
)

MENDEL = HistoricCount(
    name="Mendel's peas",
    year=1866,
    success="round",
    failure="wrinkled",
    successes=5474,
    n=7324,
    claim=3 / 4,
    source="G. Mendel, Versuche über Pflanzen-Hybriden, Brünn 1866",
)

MENDEL_TWO_TRAITS = {"round yellow": 315, "round green": 108, "wrinkled yellow": 101, "wrinkled green": 32}
"""Mendel's 556 peas by form and colour, from the same paper."""


def kerrich_tosses() -> NDArray[np.int_]:
    """Kerrich's first 200 tosses in their order: shape (200,), 1 for heads."""
    return np.array([int(toss) for toss in _KERRICH_FIRST_TOSSES])


@dataclass(frozen=True)
class Petals:
    """Irises of two species: petal length in cm and label (1 for virginica, 0 for versicolor), shape (100,)."""

    length: NDArray[np.float64]
    label: NDArray[np.int_]


@cache
def iris_petals() -> Petals:
    """Petal lengths of Iris versicolor and virginica, sorted; ties by label.

    Source: E. Anderson, collected in Fisher (1936); the copy that ships with scikit-learn.
    """
    from sklearn.datasets import load_iris

    iris = load_iris()
    kept = iris.target > 0
    length, label = iris.data[kept, 2], iris.target[kept] - 1
    order = np.lexsort((label, length))
    return Petals(length[order], label[order])


@cache
def zen_letters() -> Counter[str]:
    """How often each letter stands in the Zen of Python (T. Peters, 1999), a text that every Python brings along."""
    with contextlib.redirect_stdout(io.StringIO()):  # importing it prints it, the first time
        import this
    return Counter(filter(str.isalpha, "".join(this.d.get(letter, letter) for letter in this.s).upper()))
