"""The code tree: its averages, its tree, and how it answers."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lessons_lib.lesson_06 import CodeTreeExplorer
from lessons_lib.lesson_06.code_tree_explorer import BLOCKS, HUFFMAN, KEPT, SHANNON
from lessons_lib.maths.errors import InputError

PAIRS, TRIPLES = list(BLOCKS)[1:]
WEIGHTS = st.tuples(*[st.floats(0.01, 100)] * 8)


def tree_state(**fields):
    return replace(CodeTreeExplorer.State(), **fields)


@settings(max_examples=80, deadline=None)
@given(WEIGHTS, WEIGHTS, st.integers(2, 8), st.sampled_from([HUFFMAN, SHANNON, KEPT]))
def test_the_average_is_entropy_and_excess(weights, kept, count, code):
    r = CodeTreeExplorer.compute(tree_state(weights=weights, kept=kept, count=count, code=code))
    assert r.entropy == pytest.approx(stats.entropy(r.p, base=2), abs=1e-12)
    assert r.average == pytest.approx(r.p @ r.lengths, abs=1e-12)
    owned = 2.0**-r.lengths
    # scipy scales the owned widths to a sum of 1: what belongs to no word costs log2 of what does
    assert r.excess == pytest.approx(stats.entropy(r.p, owned, base=2) - np.log2(owned.sum()), abs=1e-12)
    assert float(r.kraft) == owned.sum() <= 1
    assert (r.q is None) == (code != KEPT)
    too_long = r.lengths > 1 - np.log2(r.p) + 1e-12
    assert r.over == tuple(np.array(r.names)[too_long])
    if code == SHANNON:
        assert r.over == ()
        assert r.average < r.entropy + 1


@settings(max_examples=60, deadline=None)
@given(WEIGHTS, st.integers(2, 8), st.sampled_from([HUFFMAN, SHANNON]))
def test_the_tree_stands_over_what_its_words_own(weights, count, code):
    r = CodeTreeExplorer.compute(tree_state(weights=weights, count=count, code=code))
    np.testing.assert_allclose(np.diff(r.intervals).ravel(), 2.0**-r.lengths)
    np.testing.assert_allclose(np.diff(r.needed).ravel(), r.p, atol=1e-12)
    for strips in (r.intervals, r.needed):
        in_order = sorted(map(tuple, strips))
        assert all(end <= start + 1e-12 for (_, end), (start, _) in pairwise(in_order))
    ends = {tuple(end) for _, end in r.edges}
    leaves = {(middle, float(length)) for middle, length in zip(r.intervals.mean(axis=1), r.lengths, strict=True)}
    assert leaves <= ends
    for (x0, depth0), (x1, depth1) in r.edges:
        assert depth1 == depth0 + 1
        assert abs(x1 - x0) == 2.0 ** -(depth1 + 1), "a child stands over one half of what its parent owns"
        assert (x0, depth0) in ends | {(0.5, 0.0)}


def test_a_probability_is_just_what_the_slider_says_and_the_others_keep_their_proportions():
    tree = CodeTreeExplorer()
    before = tree.result.p.copy()
    for value in (0.25, 99.75, 33.25, 40.0):
        tree.controls["value"].value = value
        expected = min(value, 99.0)  # four others have at least one part each
        assert 100 * tree.result.p[0] == pytest.approx(expected, abs=1e-9)
        assert tree.state.value == expected
    np.testing.assert_allclose(tree.result.p, before)


def test_probabilities_can_be_set_one_after_the_other():
    tree = CodeTreeExplorer(count=4)
    for name, value in (("A", 50.0), ("B", 25.0), ("C", 12.5)):
        tree.controls["chosen"].value = name
        tree.controls["value"].value = value
    np.testing.assert_array_equal(tree.result.p, [0.5, 0.25, 0.125, 0.125])
    assert tree.result.exact
    tree.controls["chosen"].value = "D"
    tree.controls["value"].value = 30.0
    np.testing.assert_allclose(tree.result.p, [0.4, 0.2, 0.1, 0.3])


def test_a_biased_coin_in_blocks():
    for block, cost in (("one at a time", 1), (PAIRS, 0.645), (TRIPLES, 0.532667)):
        r = CodeTreeExplorer(count=2, weights=(90.0, 10.0, *(1.0,) * 6), block=block).result
        assert r.average == pytest.approx(cost, abs=5e-7)
        assert r.entropy == pytest.approx(0.468996, abs=5e-7)
        assert len(r.names) == len(r.p) == 2 ** BLOCKS[block]


def test_blocks_bring_two_symbols_and_more_symbols_end_them():
    tree = CodeTreeExplorer()
    tree.controls["block"].value = TRIPLES
    assert tree.state.count == 2
    assert tree.result.names == ("AAA", "AAB", "ABA", "ABB", "BAA", "BAB", "BBA", "BBB")
    tree.controls["count"].value = 3
    assert tree.state.block == "one at a time"


def test_a_kept_code_stays_while_p_moves():
    tree = CodeTreeExplorer(weights=(1.0, 1.0, 2.0, *(1.0,) * 5), count=3)
    tree.controls["keep"].click()
    assert tree.state.code == KEPT
    assert tree.result.exact
    for name, value in (("chosen", "A"), ("value", 50.0), ("chosen", "C"), ("value", 25.0)):
        sweep.set_control(tree, name, value)
    np.testing.assert_array_equal(tree.result.lengths, [2, 2, 1])
    np.testing.assert_array_equal(tree.result.q, [0.25, 0.25, 0.5])
    p = tree.result.p
    assert tree.result.excess == pytest.approx(stats.entropy(p, [0.25, 0.25, 0.5], base=2), abs=1e-12)
    assert "KL(p‖2⁻ˡ)" in tree.describe()


def test_the_example_of_the_sources():
    r = CodeTreeExplorer(
        code=KEPT, count=3, kept=(1.0, 1.0, 2.0, *(1.0,) * 5), weights=(2.0, 1.0, 1.0, *(1.0,) * 5)
    ).result
    assert r.average == 1.75
    assert r.excess == 0.25


def test_what_a_drag_of_a_block_moves():
    tree = CodeTreeExplorer(block=PAIRS, count=2, weights=(60.0, 40.0, *(1.0,) * 6))
    left, bottom, right, top = tree.figure.draggable[0]
    width = (right - left) / 4
    sweep.drag(tree, left + 0.5 * width, bottom + 0.1, left + 0.5 * width, bottom + 0.9 * (top - bottom))
    assert tree.state.chosen == "A"
    assert tree.result.p[0] > 0.7
    sweep.drag(tree, right - 0.5 * width, bottom + 0.1, right - 0.5 * width, bottom + 0.9 * (top - bottom), gesture=2)
    assert tree.state.chosen == "B"
    assert tree.result.p[3] > 0.7


def test_impossible_weights_are_named():
    tree = CodeTreeExplorer()
    for name in ("weights", "kept"):
        for wrong in ((), (1.0,) * 7, (0.0,) * 8, (-1.0,) * 8, (float("nan"),) * 8, 3, None, "ab"):
            with pytest.raises(InputError, match=name):
                tree.move(**{name: wrong})
    with pytest.raises(InputError, match="weights"):
        CodeTreeExplorer(weights=())
