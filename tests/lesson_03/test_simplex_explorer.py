"""The triangle: its plane, the point in it and its logits, and the descent ahead of it."""

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from lessons_lib.lesson_03 import SimplexExplorer
from lessons_lib.lesson_03.simplex_view import from_plane, to_plane


@given(st.floats(0.001, 1), st.floats(0.001, 1), st.floats(0.001, 1))
def test_plane_and_simplex_are_one(a, b, c):
    p = np.array([a, b, c]) / (a + b + c)
    np.testing.assert_allclose(from_plane(*to_plane(p)), p, atol=1e-12)


@pytest.mark.parametrize("p", [(0.2, 0.5, 0.3), (0.9, 0.05, 0.05), (0.01, 0.01, 0.98)])
def test_the_point_goes_where_it_is_dragged(p):
    explorer = SimplexExplorer(temperature=3.0)
    sweep.drag_in(explorer, explorer.figure.view.triangle, to_plane([0.3, 0.4, 0.3]), to_plane(p))
    assert explorer.result.probabilities == pytest.approx(p, abs=0.006)
    assert explorer.state.temperature == 1


def test_outside_the_triangle_the_point_stays_at_its_edge():
    explorer = SimplexExplorer()
    sweep.drag_in(explorer, explorer.figure.view.triangle, to_plane([0.3, 0.4, 0.3]), (0.5, -0.05))
    assert explorer.result.probabilities == pytest.approx([0.5, 0.5, 0], abs=0.01)
    assert explorer.result.probabilities[2] > 0


@settings(max_examples=40)
@given(*[st.floats(-6, 6)] * 3, st.floats(0.1, 10), st.floats(-6, 6), st.sampled_from("ABC"))
def test_simplex_against_scipy(a, b, c, temperature, shift, label):
    r = SimplexExplorer.compute(SimplexExplorer.State(a, b, c, temperature, shift, label))
    p = special.softmax(np.array([a, b, c]) / temperature)
    np.testing.assert_allclose(r.probabilities, p, rtol=1e-9)
    assert r.loss_bits == pytest.approx(-np.log2(p["ABC".index(label)]), rel=1e-9, abs=1e-12)
    np.testing.assert_allclose(r.path.sum(axis=1), 1)
    np.testing.assert_allclose(r.path[-1], [1 / 3] * 3, atol=0.004)
    assert (np.diff(r.descent[:, r.label]) >= 0).all(), "each step raises the label's probability"


@pytest.mark.parametrize(("temperature", "last"), [(1.0, 0.940), (10.0, 0.360)])
def test_the_descent_in_the_triangle_is_one_on_the_logits(temperature, last):
    torch = pytest.importorskip("torch", reason="no torch for this system")
    z = torch.tensor([1.0, 2.0, -0.5], dtype=torch.float64, requires_grad=True)
    descent = torch.optim.SGD([z], lr=1.0)
    for _ in range(10):
        descent.zero_grad()
        torch.nn.functional.cross_entropy(z[None] / temperature, torch.tensor([0])).backward()
        descent.step()
    p = torch.softmax(z / temperature, 0)[0].item()
    r = SimplexExplorer(temperature=temperature).result
    assert r.descent[-1, 0] == pytest.approx(p, rel=1e-12)
    assert p == pytest.approx(last, abs=5e-4)


def test_a_slider_s_last_digits_are_dropped():
    simplex = SimplexExplorer(a=0.99, temperature=2.84)
    sweep.set_control(simplex, "a", 1 - 1e-16)
    assert "03_warmer" in simplex._reached


def test_no_sentence_says_that_a_probability_is_one():
    assert "A 1 − 1.23 × 10⁻⁵" in SimplexExplorer(a=6.0, b=-6.0, c=-6.0).describe()


def test_a_shift_leaves_the_point():
    explorer = SimplexExplorer()
    before = explorer.result.probabilities
    sweep.set_control(explorer, "shift", 5.0)
    np.testing.assert_allclose(explorer.result.probabilities, before, rtol=1e-14)


def test_no_drawing_of_background_while_moving():
    explorer, drawn = SimplexExplorer(), []
    explorer.figure.fig.canvas.draw = lambda: drawn.append(1)
    for name in "abc":
        sweep.set_control(explorer, name, sweep.positions(explorer.controls[name])[2])
    assert drawn == []
