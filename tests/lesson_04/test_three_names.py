"""The explorer of the three names: what holds in every state, and how bars, locks and numbers of outcomes behave."""

import math

import numpy as np
import pytest
import sweep
from scipy import stats

from lessons_lib.lesson_04 import ThreeNamesExplorer
from lessons_lib.lesson_04.lengths_explorer import OWN, PRESETS
from lessons_lib.maths.data import zen_letters
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.measures import UNITS


def assert_identities(state, result):
    """H(p, q) = H(p) + KL to 1e-12, KL never below 0, the terms add up to it, and units are factors."""
    r = result
    for h, kl, cross in ((r.h_p, r.kl, r.h_pq), (r.h_q, r.reverse, r.h_qp)):
        assert kl >= 0
        assert cross == h + kl == math.inf or cross == pytest.approx(h + kl, abs=1e-12)
    assert r.kl == math.inf or r.terms.sum() == pytest.approx(r.kl, abs=1e-12)
    assert (r.kl == math.inf) == bool(np.any((r.q == 0) & (r.p > 0)))
    assert not r.terms[r.p == 0].any()
    nats = ThreeNamesExplorer.compute(type(state)(**{**vars(state), "unit": "nats"}))
    factor = {"nats": 1, "bits": 1 / math.log(2), "decibans": 10 / math.log(10)}[state.unit]
    for name in ("h_p", "h_q", "h_pq", "h_qp", "kl", "reverse"):
        assert getattr(r, name) == pytest.approx(factor * getattr(nats, name), rel=1e-14)
        assert r.in_bits(getattr(r, name)) == pytest.approx(getattr(nats, name) / math.log(2), rel=1e-14)
    assert r.h_p == pytest.approx(stats.entropy(r.p, base=UNITS[state.unit]), rel=1e-12, abs=1e-15)
    assert r.kl == pytest.approx(stats.entropy(r.p, r.q, base=UNITS[state.unit]), rel=1e-9, abs=1e-12)


def test_identities_hold_in_every_state_of_the_sweep(monkeypatch):
    checked, compute = [], ThreeNamesExplorer.compute

    def compute_and_check(state):
        result = compute(state)
        if not checked or checked[-1] != state:
            checked.append(state)
            monkeypatch.setattr(ThreeNamesExplorer, "compute", staticmethod(compute))
            assert_identities(state, result)
            monkeypatch.setattr(ThreeNamesExplorer, "compute", staticmethod(compute_and_check))
        return result

    monkeypatch.setattr(ThreeNamesExplorer, "compute", staticmethod(compute_and_check))
    for preset, unit in zip(PRESETS, [*UNITS, *UNITS], strict=True):
        explorer = ThreeNamesExplorer(unit=unit)
        explorer.move(preset=preset)
        for name in ("chosen", "of_p", "of_q"):
            for value in sweep.positions(explorer.controls[name]):
                sweep.set_control(explorer, name, value)
    sweep.every_control(explorer)
    sweep.random_moves(explorer, seed=11, moves=40)
    assert len(checked) > 80


def test_more_and_fewer_outcomes():
    explorer = ThreeNamesExplorer()
    sweep.set_control(explorer, "count", 12)
    sweep.set_control(explorer, "chosen", 12)
    sweep.set_control(explorer, "count", 2)
    assert (explorer.state.chosen, explorer.controls["chosen"].max) == (2, 2)
    assert explorer.result.kl == explorer.result.reverse == 0, "the two that are left have the same proportion in both"
    sweep.set_control(explorer, "count", 4)
    assert (explorer.state.p, explorer.state.q) == ((0.5, 0.25, 0.125, 0.125), (0.25, 0.125, 0.125, 0.5))
    sweep.set_control(explorer, "of_q", 0.7)
    sweep.set_control(explorer, "count", 2)
    sweep.set_control(explorer, "count", 4)
    assert explorer.state.q[1] == pytest.approx(0.7)


def test_what_another_number_is_cut_from_belongs_to_the_state():
    explorer = ThreeNamesExplorer()
    before = explorer.state
    sweep.set_control(explorer, "count", 2)
    assert explorer.state.uncut == (before.p, before.q)
    fresh = sweep.fresh(explorer)
    for opened in (explorer, fresh):
        sweep.set_control(opened, "count", 3)
        sweep.set_control(opened, "count", 4)
        assert (opened.state.p, opened.state.q) == (before.p, before.q)
    assert fresh.state == explorer.state


def test_what_is_moved_by_hand_is_cut_itself():
    explorer = ThreeNamesExplorer()
    sweep.set_control(explorer, "count", 2)
    sweep.set_control(explorer, "of_p", 0.9)
    for opened in (explorer, sweep.fresh(explorer)):
        sweep.set_control(opened, "count", 4)
        assert opened.state.p == pytest.approx((0.45, 0.05, 0.25, 0.25))
        assert opened.state.uncut[0] == pytest.approx((0.9, 0.1))


def bar(explorer, outcome, row, height):
    """Where, in fractions of the figure, a bar of this height ends."""
    view = explorer.figure.view
    at = view.bar_axes.transData.transform((outcome + (-0.2 if row == "p" else 0.2), height))
    return explorer.figure.fig.transFigure.inverted().transform(at)


def test_a_bar_goes_where_it_is_dragged_and_back_without_a_trace():
    explorer = ThreeNamesExplorer()
    before = explorer.state
    up, down = bar(explorer, 3, "q", 1.0), bar(explorer, 3, "q", 0.5)
    explorer.figure.pointer = [1, *down, *up, 0.0]
    assert explorer.state.q == (0, 0, 0, 1)
    assert explorer.state.p == before.p
    assert explorer.state.chosen == 4
    explorer.figure.pointer = [1, *down, *down, 1.0]
    assert explorer.state.q == before.q
    sweep.drag(explorer, *bar(explorer, 0, "p", 0.3), *bar(explorer, 0, "p", 0.8), gesture=2)
    assert explorer.state.p == pytest.approx((0.8, 0.1, 0.05, 0.05), abs=1e-9)
    assert explorer.state.preset == OWN


def test_a_locked_outcome_stays_when_others_are_moved():
    explorer = ThreeNamesExplorer(chosen=2)
    sweep.set_control(explorer, "lock", True)
    sweep.set_control(explorer, "chosen", 1)
    sweep.set_control(explorer, "of_p", 1.0)
    assert explorer.state.p == (0.75, 0.25, 0, 0)
    assert "Locked: B." in explorer.describe()
    sweep.drag(explorer, *bar(explorer, 1, "p", 0.2), *bar(explorer, 1, "p", 0.6))
    assert explorer.state.p == pytest.approx((0.4, 0.6, 0, 0)), "it can be moved itself"
    sweep.set_control(explorer, "lock", False)
    assert explorer.state.locked == ()


def test_q_can_be_made_equal_to_p_by_hand():
    explorer = ThreeNamesExplorer()
    for outcome, value in ((4, 0.125), (3, 0.125), (2, 0.25)):
        sweep.set_control(explorer, "chosen", outcome)
        sweep.set_control(explorer, "of_q", value)
        sweep.set_control(explorer, "lock", True)
    assert explorer.state.q == explorer.state.p
    assert explorer.result.kl == explorer.result.reverse == 0


def test_zeros_and_infinities_are_told():
    explorer = ThreeNamesExplorer()
    explorer.move(preset="q leaves one out")
    assert explorer.result.kl == explorer.result.h_pq == math.inf
    assert "KL(p‖q) ∞ = H(p, q) ∞" in explorer.describe()
    assert "q gives 0 to C, which can happen" in explorer.describe()
    view = explorer.figure.view
    assert [line.get_xdata().tolist() for line in view.beyond_terms] == [[2], []]
    explorer.move(preset="a one-hot label")
    assert explorer.result.terms.tolist() == pytest.approx([0, -math.log2(0.6), 0])


def test_the_zen_s_letters():
    import this

    text = "".join(this.d.get(c, c) for c in this.s).upper()
    letters = {letter: text.count(letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    assert zen_letters() == {letter: count for letter, count in letters.items() if count}
    best = sorted(letters.values(), reverse=True)[:12]
    np.testing.assert_allclose(PRESETS["letters, and q uniform"]["p"], np.divide(best, sum(best)), atol=2e-9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"p": (0.5, 0.5)},
        {"p": (0.5, 0.5, 0.5, 0.5)},
        {"q": (1.5, -0.5, 0, 0)},
        {"q": "abcd"},
        {"p": (1.0,), "q": (1.0,)},
        {"names": "AB"},
        {"locked": (0,)},
        {"locked": "AB"},
        {"uncut": 3},
        {"uncut": ((0.5, 0.5),)},
        {"uncut": ((0.5, 0.5), (0.5, 0.6))},
        {"uncut": ((0.5, 0.5), (1 / 3, 1 / 3, 1 / 3))},
    ],
)
def test_an_impossible_state_is_named(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        ThreeNamesExplorer(**wrong)
