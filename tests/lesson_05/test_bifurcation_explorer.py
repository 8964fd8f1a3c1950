"""The explorer of two humps that move apart: what it keeps of what has been seen, and what it does not tell."""

import numpy as np
import pytest
from scipy import stats

from lessons_lib.lesson_05 import BifurcationExplorer
from lessons_lib.lesson_05.bifurcation_explorer import CENTRES, curves, trail
from lessons_lib.maths.errors import InputError
from lessons_lib.maths.gaussians.branches import birth, change_of_lead
from lessons_lib.maths.gaussians.fits import reverse_kl
from lessons_lib.maths.gaussians.landscape import stationary_points
from lessons_lib.maths.gaussians.mixtures import GaussianMixture


@pytest.mark.parametrize("separation", [2.0, 4.0, 4.824, 4.825, 5.7, 8.0])
def test_the_fits_are_the_minima(separation):
    r = BifurcationExplorer.compute(BifurcationExplorer.State(separation=separation))
    p = GaussianMixture((0.5, 0.5), (-separation / 2, separation / 2), (1, 1))
    minima = [q for q in stationary_points(p) if q.kind == "minimum"]
    assert len(minima) == (1 if r.mode is None else 3)
    for fit in filter(None, (r.cover, r.mode)):
        assert min(abs(fit.mean - q.mean) + abs(fit.deviation - q.deviation) for q in minima) < 1e-8
        assert fit.value == pytest.approx(reverse_kl(p, fit.mean, fit.deviation), abs=1e-12)
    assert r.cover_leads == (minima[0].mean == pytest.approx(0, abs=1e-6))
    np.testing.assert_allclose(r.cover_density, stats.norm.pdf(r.x, 0, r.cover.deviation), atol=1e-12)
    np.testing.assert_allclose(r.density, p.density(r.x), rtol=1e-13)


def test_nothing_tells_the_thresholds_before_they_are_found():
    explorer = BifurcationExplorer()
    assert explorer.result.born == explorer.result.led == (3.0, 8.0)
    assert explorer.result.visited.sum() == 1
    assert not any(line.get_visible() for line in explorer.figure.view.curves)
    explorer.controls["shown"].value = True
    assert all(line.get_visible() for line in explorer.figure.view.curves)


def test_a_search_by_halving_encloses_both():
    explorer = BifurcationExplorer()
    for ends in ("born", "led"):
        explorer.move(separation=8.0)
        while np.diff(getattr(explorer.result, ends))[0] > 0.0011:
            low, high = getattr(explorer.result, ends)
            explorer.move(separation=round((low + high) / 2, 3))
    low, high = explorer.result.born
    assert low < birth().separation < high <= low + 0.0011
    low, high = explorer.result.led
    assert low < change_of_lead() < high <= low + 0.0011
    assert all(challenge.reached(explorer.state, explorer.result) for challenge in explorer.challenges)
    explorer.controls["forget"].click()
    assert explorer.state == BifurcationExplorer().state


def test_what_was_seen_stays_seen():
    explorer = BifurcationExplorer()
    for separation in (3.2, 5.0, 3.2):
        explorer.controls["separation"].value = separation
    seen = explorer.result.trail.separations[explorer.result.visited]
    np.testing.assert_allclose(seen, [3.0, 3.2, 5.0])
    assert explorer.result.born == (3.2, 5.0)


def test_a_hump_can_be_dragged():
    explorer = BifurcationExplorer()
    left, bottom, right, top = explorer.figure.draggable[0]
    view = explorer.figure.view.density_axes
    for x in (-2.5, 2.5):
        inside = explorer.figure.fig.transFigure.inverted().transform(view.transData.transform((x, 0.1)))
        explorer.figure.pointer = [1, (left + right) / 2, (bottom + top) / 2, *map(float, inside), 0.0]
        assert explorer.state.separation == pytest.approx(5.0, abs=2e-3)


def test_the_curves_meet_where_they_are_born():
    fine = curves()
    assert fine.separations[0] == pytest.approx(birth().separation, abs=2e-6)
    assert fine.mode_mean[0] == pytest.approx(fine.saddle_mean[0], abs=3e-3)
    assert np.isnan(trail().mode_mean).sum() == (birth().separation > CENTRES).sum()


@pytest.mark.parametrize(
    "wrong", [{"visited": -1}, {"visited": 1 << 121}, {"visited": 1.5}, {"single": 1.0}, {"seeking": "late"}]
)
def test_what_cannot_have_been_seen_is_named(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        BifurcationExplorer(**wrong)
