"""Answers of lesson 5, against computations that share no code with it."""

import mpmath
import numpy as np
import pytest
from scipy import stats

from lessons_lib import lesson_05


def test_answers_of_the_exercises():
    rng = np.random.default_rng(0)
    light = rng.random(2_000_000) < 0.3
    draws = np.where(light, rng.normal(-3, 0.5, light.size), rng.normal(1, 1.5, light.size))
    assert lesson_05.moments.answer["mean"] == pytest.approx(draws.mean(), abs=0.006)
    assert lesson_05.moments.answer["sigma"] == pytest.approx(draws.std(), abs=0.005)
    assert lesson_05.one_hump.answer == pytest.approx(float(-mpmath.log("0.8")), rel=1e-9)
    assert lesson_05.support.answer["KL(p‖q)"] == pytest.approx(stats.entropy([0.5, 0.5, 0], [0.4, 0.4, 0.2], base=2))
    assert lesson_05.support.answer["KL(q‖p)"] == stats.entropy([0.4, 0.4, 0.2], [0.5, 0.5, 0], base=2)
    p = [0.425, 0.075, 0.075, 0.425]
    assert lesson_05.two_bits.answer["forward"] == pytest.approx(stats.entropy(p, [0.25] * 4))
    assert lesson_05.two_bits.answer["reverse"] == pytest.approx(stats.entropy([0.25] * 4, p))
    expected = [stats.norm(0, sigma).expect(lambda x: -stats.norm.logpdf(x)) for sigma in (2, 1, 0.1)]
    np.testing.assert_allclose(lesson_05.collapse.answer, expected, rtol=1e-7)


def test_my_reverse_kl_against_torch():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    for mean, sigma, p_mean, p_sigma in lesson_05.my_reverse_kl.inputs:
        normals = (torch.distributions.Normal(m, s) for m, s in ((mean, sigma), (p_mean, p_sigma)))
        exact = torch.distributions.kl_divergence(*normals).item()
        assert lesson_05.my_reverse_kl.answer(mean, sigma, p_mean, p_sigma) == pytest.approx(exact, rel=1e-5, abs=1e-7)
