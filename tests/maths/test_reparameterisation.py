"""A fit in two dimensions by samples: its density and divergence against scipy, its steps against torch."""

import itertools

import numpy as np
import pytest
from scipy import integrate, stats

from lessons_lib.maths import reparameterisation as trick
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.branches import twin_fits


def test_the_density_of_the_two_dimensional_p():
    humps = [stats.multivariate_normal(mean, trick.COVARIANCE) for mean in trick.MEANS]
    points = np.random.default_rng(1).normal(size=(20, 2))
    expected = np.log(sum(hump.pdf(points) for hump in humps) / 2)
    np.testing.assert_allclose(trick.log_density(points), expected, rtol=1e-12)
    with pytest.raises(InputError, match="coordinates"):
        trick.log_density([1.0, 2.0, 3.0])


def test_the_exact_divergence_in_two_dimensions():
    mean, factor = np.array([0.4, -0.2]), np.array([[0.9, 0.0], [0.5, 0.6]])
    q = stats.multivariate_normal(mean, factor @ factor.T)

    def integrand(y, x):
        return q.pdf([x, y]) * (q.logpdf([x, y]) - float(trick.log_density([x, y])))

    exact = integrate.dblquad(integrand, -6, 7, -6, 6, epsabs=1e-5, epsrel=1e-5)[0]
    assert float(trick.exact_kl(mean, factor)) == pytest.approx(exact, abs=1e-7)


def test_a_correlated_fit_is_the_one_on_the_line():
    """Stretched to round humps, p is two equal humps 4.264 apart in one direction, and one Gaussian in the other."""
    apart = np.diff(trick.MEANS, axis=0)[0]
    separation = float(np.sqrt(apart @ np.linalg.solve(trick.COVARIANCE, apart)))
    cover = twin_fits(separation)[0]
    root = np.linalg.cholesky(trick.COVARIANCE)
    along = np.linalg.solve(root, apart) / separation
    factor = np.linalg.cholesky(root @ (np.eye(2) + (cover.deviation**2 - 1) * np.outer(along, along)) @ root.T)
    assert float(trick.exact_kl([0.0, 0.0], factor)) == pytest.approx(cover.value, abs=1e-12)


@pytest.mark.parametrize("correlated", [False, True])
def test_the_fit_by_samples_is_what_torch_differentiates(correlated):
    torch = pytest.importorskip("torch", reason="torch is not installed")
    start, samples = (-1.0, 1.2), 4
    ours = trick.fit(start, 3, samples, correlated)
    humps = [
        torch.distributions.MultivariateNormal(torch.tensor(mean), torch.tensor(trick.COVARIANCE))
        for mean in trick.MEANS
    ]
    at = torch.tensor([*start, np.log(0.5), np.log(0.5), 0.0], dtype=torch.float64, requires_grad=True)
    for step, epsilon in enumerate(torch.tensor(trick.noise(3, samples))):
        np.testing.assert_allclose(ours.means[step], at.detach()[:2], atol=1e-9)
        first = at[0] + at[2].exp() * epsilon[:, 0]
        second = at[1] + at[4] * epsilon[:, 0] + at[3].exp() * epsilon[:, 1]
        x = torch.stack([first, second], dim=1)
        log_p = torch.logaddexp(*(hump.log_prob(x) for hump in humps)) - np.log(2)
        loss = -log_p.mean() - at[2] - at[3] - np.log(2 * np.pi * np.e)
        assert ours.losses[step] == pytest.approx(loss.item(), abs=1e-9)
        (slope,) = torch.autograd.grad(loss, at)
        if not correlated:
            slope[4] = 0
        with torch.no_grad():
            at -= slope * min(trick.RATE, trick.LONGEST / slope.norm())


def test_a_correlated_q_covers_and_an_independent_one_seeks():
    for start in ((0.6, -1.4), (-2.5, 1.5), (2.0, 2.0), (0.0, 0.0)):
        seeks, covers = (trick.fit(start, 1, 64, correlated) for correlated in (False, True))
        assert np.hypot(*(trick.MEANS - seeks.means[-1]).T).min() < 0.2
        assert np.hypot(*covers.means[-1]) < 1
        kls = [float(trick.exact_kl(fit.means[-1], fit.factors[-1])) for fit in (seeks, covers)]
        assert kls[1] < 0.5 < 0.9 < kls[0]


@pytest.mark.parametrize("samples", [8, 64])
def test_a_correlated_q_covers_from_wherever_the_explorer_lets_it_start(samples):
    starts = itertools.product(np.linspace(-3.5, 3.5, 4), np.linspace(-2.9, 2.9, 3))
    ends = [trick.fit(start, 1, samples).means[-1] for start in [*starts, *map(tuple, trick.MEANS)]]
    assert np.hypot(*np.transpose(ends)).max() < 0.5
