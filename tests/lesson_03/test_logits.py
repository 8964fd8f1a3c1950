"""The mathematics of lesson 3, against mpmath, scipy, torch and finite differences; and its three explorers."""

import mpmath
import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from lessons_lib.lesson_03 import LogitsExplorer, PushExplorer, SimplexExplorer
from lessons_lib.lesson_03.logits_explorer import PRESETS, TEN
from lessons_lib.lesson_03.push_explorer import STEPS
from lessons_lib.lesson_03.simplex_view import from_plane, to_plane
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.floats import FORMATS
from lessons_lib.maths.logits import (
    TEN_SCORES,
    descent_path,
    label_loss,
    loss_gradient,
    naive_softmax,
    temperature_path,
)
from lessons_lib.maths.measures import entropy

rows = st.lists(st.floats(-30, 30), min_size=2, max_size=8)


@pytest.mark.parametrize(("name", "most"), [("float16", 11.08), ("float32", 88.7), ("float64", 709.7)])
def test_the_naive_softmax_holds_to_the_end_of_its_format_and_fails_after_it(name, most):
    z = np.array([most, most - 5, most - 20])
    np.testing.assert_allclose(naive_softmax(z, name), special.softmax(z), atol=3 * np.sqrt(FORMATS[name].epsilon))
    assert np.isnan(naive_softmax(z + 0.1, name)).any()
    assert naive_softmax([most, most], name).sum() == 0, "no e^x overflows, but their sum does"
    assert np.isnan(naive_softmax([-1.6 * most - 10, -1.6 * most - 10], name)).all(), "0/0"


def test_entropy_of_the_ten_scores_at_four_temperatures():
    """Reference: mpmath, as the claims have it: 1.4476, 2.0359, 2.2317, 2.2911 nats."""
    for temperature, nats in ((1, 1.4476), (2, 2.0359), (4, 2.2317), (10, 2.2911)):
        weights = [mpmath.exp(mpmath.mpf(z) / temperature) for z in TEN_SCORES]
        exact = -mpmath.fsum(w / mpmath.fsum(weights) * mpmath.log(w / mpmath.fsum(weights)) for w in weights)
        ours = entropy(temperature_path(TEN_SCORES, [temperature])[0])
        assert ours == pytest.approx(float(exact), rel=1e-13)
        assert ours == pytest.approx(nats, abs=5e-5)


@given(rows, st.integers(0, 7))
def test_loss_and_gradient_against_scipy_and_finite_differences(z, label):
    label = label % len(z)
    assert label_loss(z, label) == pytest.approx(-special.log_softmax(z)[label], rel=1e-12, abs=1e-14)
    gradient, h = loss_gradient(z, label), 1e-5
    steps = h * np.eye(len(z))
    central = [(label_loss(z + step, label) - label_loss(z - step, label)) / (2 * h) for step in steps]
    np.testing.assert_allclose(gradient, central, atol=2e-9)
    assert gradient.sum() == pytest.approx(0, abs=1e-15)
    assert np.abs(gradient).max() <= 1


def test_gradient_and_descent_against_torch():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    z = torch.tensor(TEN_SCORES, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([z], lr=0.7)
    path = [z.detach().numpy().copy()]
    for _ in range(5):
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(z[None], torch.tensor([4])).backward()
        np.testing.assert_allclose(z.grad.numpy(), loss_gradient(path[-1], 4), atol=1e-15)
        optimiser.step()
        path.append(z.detach().numpy().copy())
    np.testing.assert_allclose(descent_path(TEN_SCORES, 4, 0.7, 5), path, atol=1e-13)


def test_a_label_that_is_nearly_certain_is_still_pushed():
    assert -loss_gradient([0.0, 60.0], 1)[1] == pytest.approx(float(mpmath.exp(-60)), rel=1e-12)
    assert label_loss([0.0, 60.0], 1) == pytest.approx(float(mpmath.log1p(mpmath.exp(-60))), rel=1e-12)


@pytest.mark.parametrize("label", [-1, 3, 1.0, None])
def test_labels_out_of_range_are_named(label):
    with pytest.raises(InputError, match="label"):
        loss_gradient([1.0, 2.0, 3.0], label)


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (lambda: naive_softmax([[1.0]]), "logits"),
        (lambda: label_loss([], 0), "logits"),
        (lambda: temperature_path([1.0], [0.0]), "temperatures"),
    ],
)
def test_what_cannot_be_is_named(function, name):
    with pytest.raises(InputError, match=name):
        function()


# The explorers


def test_the_ten_scores_as_they_open():
    """0.560587298842 and Z = 53.451264610: mpmath, decimal, numpy, scipy and torch agree."""
    r = LogitsExplorer().result
    assert r.probabilities[3] == pytest.approx(0.560587298842, abs=1e-12)
    assert 10**r.log10_z == pytest.approx(53.451264610, abs=1e-9)
    assert "56.06 %" in LogitsExplorer().describe()


logits = st.tuples(*[st.integers(-60, 60).map(lambda i: i / 10)] * 10)


@settings(max_examples=60)
@given(logits, st.integers(3, 10), st.floats(0.1, 10), st.sampled_from(list(FORMATS)), st.floats(-1, 1))
def test_logits_explorer_against_scipy(z, count, temperature, dtype, part):
    shift = 25 * part
    r = LogitsExplorer.compute(
        LogitsExplorer.State(logits=z, count=count, temperature=temperature, dtype=dtype, shift=shift)
    )
    exponents = (np.array(z[:count]) + shift) / temperature
    np.testing.assert_allclose(r.probabilities, special.softmax(np.array(z[:count]) / temperature), rtol=1e-11)
    assert r.log10_z == pytest.approx(special.logsumexp(exponents) / np.log(10), rel=1e-11, abs=1e-11)
    assert r.entropy_bits == pytest.approx(special.entr(r.probabilities).sum() / np.log(2), rel=1e-12)
    low, high = r.limits
    with np.errstate(all="ignore"):
        powers = np.exp(exponents.astype(dtype))
    np.testing.assert_array_equal(np.isinf(powers[exponents > high + 0.02]), True)
    np.testing.assert_array_equal(powers[exponents < low - 0.02], 0)
    assert (None in r.naive) == bool(np.isinf(powers).any() or (powers == 0).all())


def test_adding_a_number_changes_no_probability_and_breaks_the_formula_as_on_paper():
    explorer = LogitsExplorer()
    before = explorer.result.probabilities
    sweep.set_control(explorer, "shift", 9.0)
    np.testing.assert_allclose(explorer.result.probabilities, before, rtol=1e-14)
    assert explorer.result.naive[3] is None
    assert "overflows for 2" in explorer.describe()
    sweep.set_control(explorer, "dtype", "float32")
    assert None not in explorer.result.naive
    sweep.set_control(explorer, "shift", -125.0)
    assert "0/0" in explorer.describe()


def test_a_slider_s_last_digits_are_dropped():
    """The slider in the browser comes back to 1 as 0.1 + 900 times 0.001, and to 3.4 as -6 + 94 times 0.1."""
    explorer = LogitsExplorer(temperature=0.5, shift=9.0)
    sweep.set_control(explorer, "value", -6 + 94 * 0.1 + 1e-15)
    sweep.set_control(explorer, "temperature", 0.9999999999999999)
    assert explorer.state.logits == TEN_SCORES
    assert explorer.state.scores == TEN
    assert "03_overflow_and_nothing_changes" in explorer._reached
    simplex = SimplexExplorer(a=0.99, temperature=2.84)
    sweep.set_control(simplex, "a", 1 - 1e-16)
    assert "03_warmer" in simplex._reached


def test_the_verdict_when_only_the_sum_overflows():
    explorer = LogitsExplorer(logits=(6.0,) * 10, shift=5.0)
    assert "the sum of the e^x overflows" in explorer.describe()
    assert explorer.result.probabilities == pytest.approx(0.1)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_bring_their_logits_and_a_change_makes_them_the_learner_s(name):
    explorer = LogitsExplorer(scores="one far above nine", logits=PRESETS["one far above nine"]["logits"])
    sweep.set_control(explorer, "scores", name)
    for field, value in PRESETS[name].items():
        assert getattr(explorer.state, field) == value
    assert explorer.state.scores == name
    sweep.set_control(explorer, "value", explorer.state.value + 0.5)
    assert explorer.state.scores == "your own"
    sweep.set_control(explorer, "scores", TEN)
    assert explorer.state.logits == TEN_SCORES
    assert explorer.state.shift == 0


def test_a_preset_may_be_the_opening():
    explorer = LogitsExplorer(scores="ten equal ones")
    assert explorer.state.scores == "ten equal ones"
    np.testing.assert_allclose(explorer.result.probabilities, 0.1)


def test_huge_scores():
    """Softmax of 1000, 999, 997 is 0.705385, 0.259496, 0.035119, and NaN as on paper."""
    explorer = LogitsExplorer()
    sweep.set_control(explorer, "scores", "1000, 999, 997 (c = 997)")
    assert explorer.result.exponents.tolist() == [1000, 999, 997]
    assert explorer.result.probabilities == pytest.approx([0.705385, 0.259496, 0.035119], abs=5e-7)
    assert explorer.result.naive == (None, None, None)


@pytest.mark.parametrize("wrong", [(1.0,) * 9, (7.0,) * 10, "abc", None, (float("nan"),) * 10])
def test_impossible_logits_are_named(wrong):
    with pytest.raises(InputError, match="logits"):
        LogitsExplorer(logits=wrong)
    with pytest.raises(InputError, match="logits"):
        PushExplorer(logits=wrong)


def drag_in_data(explorer, axes, start, end, gesture=1):
    to_figure = explorer.figure.fig.transFigure.inverted()
    start, end = (to_figure.transform(axes.transData.transform(point)) for point in (start, end))
    sweep.drag(explorer, *start, *end, gesture=gesture)


def test_dragging_a_bar_and_the_dots():
    explorer = LogitsExplorer()
    drag_in_data(explorer, explorer.figure.view.logit_axes, (6, 1), (6, 4.5))
    assert (explorer.state.chosen, explorer.state.value) == (6, 4.5)
    drag_in_data(explorer, explorer.figure.view.line_axes, (0, 0.5), (7, 0.5), gesture=2)
    assert explorer.state.shift == pytest.approx(7, abs=0.06)
    explorer.move(temperature=2.0)
    drag_in_data(explorer, explorer.figure.view.line_axes, (0, 0.5), (-3, 0.5), gesture=3)
    assert explorer.state.shift == pytest.approx(1, abs=0.11)


@given(st.floats(0.001, 1), st.floats(0.001, 1), st.floats(0.001, 1))
def test_plane_and_simplex_are_one(a, b, c):
    p = np.array([a, b, c]) / (a + b + c)
    np.testing.assert_allclose(from_plane(*to_plane(p)), p, atol=1e-12)


@pytest.mark.parametrize("p", [(0.2, 0.5, 0.3), (0.9, 0.05, 0.05), (0.01, 0.01, 0.98)])
def test_the_point_goes_where_it_is_dragged(p):
    explorer = SimplexExplorer(temperature=3.0)
    drag_in_data(explorer, explorer.figure.view.triangle, to_plane([0.3, 0.4, 0.3]), to_plane(p))
    assert explorer.result.probabilities == pytest.approx(p, abs=0.006)
    assert explorer.state.temperature == 1


def test_outside_the_triangle_the_point_stays_at_its_edge():
    explorer = SimplexExplorer()
    drag_in_data(explorer, explorer.figure.view.triangle, to_plane([0.3, 0.4, 0.3]), (0.5, -0.05))
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


def test_no_sentence_says_that_a_probability_is_one():
    assert "A 1 − 1.23 × 10⁻⁵" in SimplexExplorer(a=6.0, b=-6.0, c=-6.0).describe()
    assert "all but 0.000237 %" in LogitsExplorer(temperature=0.1).describe()
    assert "B +0.9999939, C −0.0000061" in PushExplorer(logits=(6.0, -6.0, -6.0, -6.0)).describe()


def test_a_shift_leaves_the_point():
    explorer = SimplexExplorer()
    before = explorer.result.probabilities
    sweep.set_control(explorer, "shift", 5.0)
    np.testing.assert_allclose(explorer.result.probabilities, before, rtol=1e-14)


def test_a_walk_goes_forth_and_back_and_begins_anew():
    explorer = PushExplorer()
    for _ in range(3):
        sweep.set_control(explorer, "step")
    assert explorer.state.steps == 3
    np.testing.assert_allclose(explorer.result.logits, descent_path((1.0, -2.0, 3.0, 0.0), 1, 1.0, 3)[-1])
    losses = [label_loss(z, 1) / np.log(2) for z in descent_path((1.0, -2.0, 3.0, 0.0), 1, 1.0, 3)]
    np.testing.assert_allclose(explorer.result.losses_bits, losses)
    sweep.set_control(explorer, "steps", 0)
    np.testing.assert_array_equal(explorer.result.logits, [1, -2, 3, 0])
    sweep.set_control(explorer, "steps", STEPS)
    assert explorer.controls["step"].disabled
    sweep.set_control(explorer, "value", 2.0)
    assert explorer.state.steps == 0
    assert explorer.state.logits == (2.0, -2.0, 3.0, 0.0)


@settings(max_examples=30)
@given(*[st.floats(-6, 6)] * 4, st.sampled_from("ABCD"), st.floats(0.1, 4))
def test_a_push_is_bounded_sums_to_nothing_and_stays_in_the_figure(a, b, c, d, label, rate):
    explorer_class, low, high = PushExplorer, -10.4, 12
    for steps in (0, 1, 5, STEPS):
        r = explorer_class.compute(explorer_class.State((a, b, c, d), "A", a, label, rate, steps))
        assert abs(r.push.sum()) < 1e-15
        assert (np.abs(r.push) <= 1).all()
        assert r.push.argmax() == r.label
        assert ((low < r.logits) & (r.logits < high) & (r.following < high) & (low < r.following)).all()


def test_the_hardest_push_goes_to_the_most_confident_mistake():
    pushes = [PushExplorer(logits=(z, -6.0, -6.0, -6.0)).result.push[1] for z in (-6.0, -3.0, 0.0, 3.0, 6.0)]
    assert pushes == sorted(pushes)
    assert 0.9999 < pushes[-1] < 1


def test_ten_steps_are_the_fewest():
    """Of all starts of 8 bits, one with a single rival is the quickest; nine steps of rate 1 never do."""
    choose = np.random.default_rng(0)
    starts = [choose.uniform(-6, 6, 4) for _ in range(3000)]
    starts = [z for z in starts if label_loss(z, 0) >= 8 * np.log(2)]
    rival = np.array([0.4, 6.0, -6.0, -6.0])
    assert len(starts) > 100
    assert label_loss(descent_path(rival, 0, 1.0, 10)[-1], 0) < 0.1 * np.log(2)
    for z in [*starts, rival]:
        assert label_loss(descent_path(z, 0, 1.0, 9)[-1], 0) > 0.1 * np.log(2)


def test_no_drawing_of_background_while_moving():
    cases = (LogitsExplorer, ("value", "temperature", "shift")), (SimplexExplorer, "abc"), (PushExplorer, ("value",))
    for explorer_class, names in cases:
        explorer, drawn = explorer_class(), []
        explorer.figure.fig.canvas.draw = lambda drawn=drawn: drawn.append(1)
        for name in names:
            sweep.set_control(explorer, name, sweep.positions(explorer.controls[name])[2])
        assert drawn == []
