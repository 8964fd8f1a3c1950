"""The explorer that shows a growing sample beside the population."""

import math

import numpy as np
import pytest
import sweep
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lessons_lib.lesson_04 import SampleExplorer
from lessons_lib.lesson_04.sample_explorer import COIN, DIE, DRAWN, LETTERS, NATS_AND_BITS, SIZES, TRUTHS
from lessons_lib.maths.samples import draw

LN = {"nats": 1.0, "bits": math.log(2)}
states = st.builds(
    SampleExplorer.State,
    truth=st.sampled_from(tuple(TRUTHS)),
    place=st.integers(0, 200).map(lambda i: i / 100),
    n=st.sampled_from(SIZES),
    unit=st.sampled_from(NATS_AND_BITS),
    seed=st.integers(0, 5),
)


@settings(max_examples=150)
@given(states)
def test_identities_in_every_state(state):
    r, ln = SampleExplorer.compute(state), LN[state.unit]
    assert f"{r.by_examples:.9f}" == f"{r.by_counts:.9f}"
    assert r.by_examples == pytest.approx(r.by_counts, rel=1e-13, abs=1e-15)
    assert r.q.sum() == pytest.approx(1, abs=1e-12)
    outcomes = draw(r.p, state.seed, 10_000)[: state.n]
    np.testing.assert_allclose(r.frequencies, np.bincount(outcomes, minlength=r.p.size) / state.n, atol=1e-15)
    assert r.by_examples * ln == pytest.approx(-np.mean(np.log(r.q[outcomes])), rel=1e-12, abs=1e-15)
    assert r.by_counts * ln == pytest.approx(
        stats.entropy(r.frequencies) + stats.entropy(r.frequencies, r.q), rel=1e-11, abs=1e-12
    )
    assert r.population * ln == pytest.approx(stats.entropy(r.p) + stats.entropy(r.p, r.q), rel=1e-12)
    assert r.least <= min(r.by_counts, r.truth_on_sample) + 1e-12
    assert r.floor <= r.population + 1e-12
    assert r.least * ln == pytest.approx(stats.entropy(r.frequencies), abs=1e-12)
    assert r.truth_on_sample * ln == pytest.approx(-np.mean(np.log(r.p[outcomes])), rel=1e-12)


@settings(max_examples=60)
@given(states)
def test_what_is_drawn_against_counting_it_out(state):
    r, ln = SampleExplorer.compute(state), LN[state.unit]
    outcomes = draw(r.p, state.seed, 10_000)
    assert r.sizes[-1] == state.n
    assert r.sizes.size <= 300
    for at in {0, r.sizes.size // 2, r.sizes.size - 1}:
        first = outcomes[: r.sizes[at]]
        assert r.running[at] * ln == pytest.approx(-np.mean(np.log(r.q[first])), rel=1e-11, abs=1e-14)
        entropy = stats.entropy(np.bincount(first, minlength=r.p.size))
        assert r.least_running[at] * ln == pytest.approx(entropy, abs=1e-12)
    if r.errors.size and r.spread:
        far = (r.running - r.population) / (r.spread / np.sqrt(r.sizes))
        np.testing.assert_allclose(r.errors, far, rtol=1e-9, atol=1e-9)
    assert r.errors.size == (0 if np.isinf(r.population) else r.sizes.size)
    here = np.argmin(np.abs(r.path - state.place))
    assert r.path_sample[here] == pytest.approx(r.by_examples, rel=1e-9, abs=1e-12)
    assert r.path_population[here] == pytest.approx(r.population, rel=1e-9)


@pytest.mark.parametrize("truth", TRUTHS)
@pytest.mark.parametrize("n", [1, 30, 10_000])
def test_best_on_the_population_is_p_and_on_the_sample_its_frequencies(truth, n):
    r = SampleExplorer.compute(SampleExplorer.State(truth=truth, n=n))
    assert r.path[np.argmin(r.path_population)] == 1
    assert r.path_sample.min() >= r.path_sample[-1] - 1e-11
    assert r.path_sample[-1] == pytest.approx(r.least, abs=1e-12)


@pytest.mark.parametrize("truth", TRUTHS)
def test_the_band_is_the_spread_of_simulated_samples(truth):
    r = SampleExplorer.compute(SampleExplorer.State(truth=truth, n=200, place=0.6))
    losses = np.random.default_rng(1).multinomial(200, r.p, size=20_000) @ -np.log(r.q) / 200
    standard_error = r.spread / math.sqrt(r.n)
    assert losses.std() == pytest.approx(standard_error, rel=0.02)
    assert losses.mean() == pytest.approx(r.population, abs=5 * standard_error / math.sqrt(20_000))


def test_two_thirds_of_the_seeds_lie_within_one_standard_error():
    far = [SampleExplorer.compute(SampleExplorer.State(place=0.5, n=1000, seed=s)).errors[-1] for s in range(150)]
    assert stats.binomtest(int(np.sum(np.abs(far) < 1)), 150, 0.6827).pvalue > 0.001
    assert stats.binomtest(int(np.sum(np.abs(far) < 2)), 150, 0.9545).pvalue > 0.001


def test_coin_of_the_question_about_the_limit():
    """003-02: data 0.9, model 0.8."""
    r = SampleExplorer.compute(SampleExplorer.State(truth=COIN, place=0.75, n=10_000))
    np.testing.assert_allclose(r.q, [0.8, 0.2], rtol=1e-15)
    assert r.population == pytest.approx(0.361772987, abs=5e-10)
    assert r.spread == pytest.approx(0.41589, abs=5e-6)


def test_m_adds_examples_and_never_reshuffles():
    long = SampleExplorer.compute(SampleExplorer.State(n=10_000))
    for n in (1, 40, 2500):
        short = SampleExplorer.compute(SampleExplorer.State(n=n))
        np.testing.assert_allclose(short.running, long.running[: short.sizes.size], rtol=1e-13)
    assert set(SIZES) <= set(DRAWN)


def test_an_unseen_outcome_costs_infinitely_much_on_the_population():
    explorer = SampleExplorer(truth=LETTERS, n=20, place=2.0)
    assert explorer.result.population == np.inf
    assert "∞" in explorer.describe()
    assert explorer.result.by_examples == pytest.approx(explorer.result.least, rel=1e-14)
    explorer.move(place=1.99)
    assert np.isfinite(explorer.result.population)


@pytest.mark.parametrize("seed", [0, 7])
def test_uniform_q_costs_the_same_on_every_sample(seed):
    for n in (1, 30, 10_000):
        r = SampleExplorer.compute(SampleExplorer.State(place=0.0, n=n, seed=seed))
        assert r.spread == 0
        assert r.by_examples == pytest.approx(math.log(6), rel=1e-15)
        assert not r.errors.any()


def test_dragging_moves_q_and_n():
    explorer = SampleExplorer()
    path, loss, _errors = explorer.figure.draggable
    left, bottom, right, top = path
    sweep.drag(explorer, left + 0.01, bottom + 0.05, (left + right) / 2, top - 0.05, gesture=1)
    assert explorer.state.place == pytest.approx(1, abs=0.02)
    left, bottom, right, top = loss
    sweep.drag(explorer, left + 0.01, bottom + 0.05, right, top - 0.05, gesture=2)
    assert explorer.state.n == 10_000
    explorer.controls["resample"].click()
    assert (explorer.state.n, explorer.state.seed, explorer.state.truth) == (10_000, 2, DIE)


def test_the_sentence_keeps_to_three_lines():
    explorer = SampleExplorer()
    for truth in TRUTHS:
        for place in (0.55, 1.95, 2.0):
            explorer.move(truth=truth, place=place, n=15)
            assert len(explorer.describe()) < 400
