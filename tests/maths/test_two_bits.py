"""Two correlated bits against sums by hand, claims, and a search on a grid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons_lib.maths.errors import InputError
from lessons_lib.maths.two_bits import (
    SPLIT,
    best_product_models,
    bit_pairs,
    forward_bits_kl,
    product_model,
    reverse_bits_kl,
)

PROBABILITY = st.floats(0.001, 0.999)


def test_the_known_values():
    assert pytest.approx(0.880797077977882, abs=1e-15) == SPLIT
    assert forward_bits_kl(0.9, 0.5, 0.5) == pytest.approx(0.368064207, abs=1e-9)
    assert reverse_bits_kl(0.85, 0.5, 0.5) == pytest.approx(0.336672277, abs=1e-9)
    assert reverse_bits_kl(0.9, 0.5, 0.5) == pytest.approx(0.510825624, abs=1e-9)
    low, high, uniform = best_product_models(0.9)
    assert low[:2] == pytest.approx((0.25, 0.25), abs=1e-12)
    assert high[:2] == pytest.approx((0.75, 0.75), abs=1e-12)
    assert uniform == (0.5, 0.5, "saddle")
    assert reverse_bits_kl(0.9, *low[:2]) == pytest.approx(0.497796623, abs=1e-9)
    assert best_product_models(0.95)[1][0] == pytest.approx(0.923868768, abs=1e-9)


def test_forward_is_the_mutual_information_of_the_bits():
    p = bit_pairs(0.9)
    information = (p * np.log(p / np.outer(p.sum(1), p.sum(0)))).sum()
    assert forward_bits_kl(0.9, 0.5, 0.5) == pytest.approx(information, rel=1e-14)
    assert best_product_models(0.9, "forward") == ((0.5, 0.5, "minimum"),)


@given(PROBABILITY, PROBABILITY, PROBABILITY)
def test_both_directions_are_at_least_0_and_the_uniform_model_is_the_forward_best(c, a, b):
    assert forward_bits_kl(c, a, b) >= forward_bits_kl(c, 0.5, 0.5) - 1e-12
    assert reverse_bits_kl(c, a, b) >= -1e-15
    assert product_model(a, b).sum() == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize("c", [0.03, 0.1, 0.3, 0.5, 0.7, 0.85, 0.88, 0.881, 0.9, 0.95, 0.99])
def test_every_stationary_model_is_found(c):
    grid = np.linspace(0.001, 0.999, 999)
    kl = reverse_bits_kl(c, grid[:, None], grid)
    inner = kl[1:-1, 1:-1]
    around = [kl[1 + i : 998 + i, 1 + j : 998 + j] for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    minima = grid[1 + np.argwhere(np.all([inner < other for other in around], axis=0))]
    found = [(a, b) for a, b, kind in best_product_models(c) if kind == "minimum"]
    clusters = {tuple(np.sign(np.round(place - 0.5, 2))) for place in minima}
    assert len(clusters) == len(found)
    for a, b in found:
        assert np.abs(minima - (a, b)).max(axis=1).min() < 0.05
    for a, b, _ in best_product_models(c):
        slope = np.log(c / (1 - c))
        assert np.log(a / (1 - a)) == pytest.approx(slope * (2 * b - 1), abs=1e-9)
        assert np.log(b / (1 - b)) == pytest.approx(slope * (2 * a - 1), abs=1e-9)


def test_the_uniform_model_is_the_only_one_up_to_the_split():
    assert len(best_product_models(SPLIT - 1e-9)) == 1
    assert len(best_product_models(SPLIT + 1e-6)) == 3


def test_zeros_are_infinite_where_they_must_be():
    assert forward_bits_kl(0.9, 0.0, 0.5) == np.inf
    assert reverse_bits_kl(1.0, 0.5, 0.5) == np.inf
    assert reverse_bits_kl(1.0, 1.0, 1.0) == pytest.approx(np.log(2))
    assert reverse_bits_kl(0.9, 0.0, 0.0) == pytest.approx(-np.log(0.45))


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: bit_pairs(1.1), "agreement"),
        (lambda: bit_pairs(np.nan), "agreement"),
        (lambda: product_model(-0.1, 0.5), "a must"),
        (lambda: product_model(0.1, 2), "b must"),
        (lambda: best_product_models(1.0), "agreement"),
    ],
)
def test_what_cannot_be_is_named(call, name):
    with pytest.raises(InputError, match=name):
        call()
