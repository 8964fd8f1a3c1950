"""The data against what their sources print."""

import numpy as np

from lessons_lib.maths import data


def test_kerrich_s_first_tosses_add_up_as_in_his_table():
    tosses = data.kerrich_tosses()
    heads = {10: 4, 20: 10, 30: 17, 40: 21, 50: 25, 60: 29, 70: 32, 80: 35, 90: 40, 100: 44, 200: 98}
    assert {n: int(tosses[:n].sum()) for n in heads} == heads


def test_counts():
    assert (data.KERRICH.successes, data.KERRICH.n) == (5067, 10_000)
    assert sum(data.WELDON_THROWS) == 26_306
    assert (data.WELDON.successes, data.WELDON.n) == (106_602, 315_672)
    assert (data.MENDEL.successes, data.MENDEL.n) == (5474, 5474 + 1850)
    assert sum(data.MENDEL_TWO_TRAITS.values()) == 556


def test_petals_are_two_species_in_order():
    petals = data.iris_petals()
    assert petals.length.shape == petals.label.shape == (100,)
    assert petals.label.sum() == 50
    assert np.all(np.diff(petals.length) >= 0)
    assert petals.length[petals.label == 0].mean() == np.float64(4.26)
