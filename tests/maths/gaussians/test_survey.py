"""The quick survey of a landscape against the exact one."""

import numpy as np
import pytest

from lessons_lib.maths.gaussians.fits import reverse_kl
from lessons_lib.maths.gaussians.landscape import stationary_points
from lessons_lib.maths.gaussians.mixtures import GaussianMixture
from lessons_lib.maths.gaussians.survey import LOG_WIDTHS, MEANS, survey, tabulate


def random_mixture(seed):
    """Return a mixture such as the explorer's sliders can make."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 4))
    return GaussianMixture(
        rng.dirichlet(np.full(count, 1.2)), rng.uniform(-5, 5, count), np.exp(rng.uniform(-1.2, 1.38, count))
    )


def by_place(points):
    return np.array(sorted((p.kind, p.mean, p.deviation, p.value) for p in points)).T


@pytest.mark.parametrize("seeds", range(0, 200, 20))
def test_the_survey_finds_the_stationary_points_that_the_landscape_has(seeds):
    for seed in range(seeds, seeds + 20):
        p = random_mixture(seed)
        (kinds, *ours), (wanted_kinds, *wanted) = map(by_place, (survey(tabulate(p)).points, stationary_points(p)))
        assert kinds.tolist() == wanted_kinds.tolist(), seed
        np.testing.assert_allclose(np.array(ours, float), np.array(wanted, float), atol=1e-4, err_msg=str(seed))


def test_the_survey_has_the_values_of_the_landscape():
    for seed in range(5):
        heights = survey(tabulate(random_mixture(seed))).heights
        for row, column in ((3, 5), (20, 30), (38, 60), (10, 44)):
            exact = reverse_kl(random_mixture(seed), MEANS[column], np.exp(LOG_WIDTHS[row]))
            assert heights[row, column] == pytest.approx(exact, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("weights", [(0.5, 0.5), (0.3, 0.7)])
def test_the_reference_values_of_two_humps(weights):
    """Those of claims.md, 3.1 and 3.2, which test_landscape.py has: the table is as good as the quadrature there."""
    p = GaussianMixture(weights, (-2.5, 2.5), (0.7, 0.7))
    (_, *ours), (_, *wanted) = by_place(survey(tabulate(p)).points), by_place(stationary_points(p))
    np.testing.assert_allclose(np.array(ours, float), np.array(wanted, float), rtol=1e-9, atol=1e-9)
