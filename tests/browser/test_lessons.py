"""Every lesson runs in a real browser without an error, a failed request or a request to another host."""

import pytest
from tab import FRONT_ENDS

from lessons_lib.start.environment import ROOT

EXPLORER = {"image/png", "application/vnd.jupyter.widget-view+json"}
LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("front_end", FRONT_ENDS)
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_runs_from_top_to_bottom(tab, lesson, front_end):
    opened = tab(f"notebooks/{lesson}", FRONT_ENDS[front_end])
    opened.run_all()
    by_cell = opened.outputs()
    outputs = [output for cell in by_cell for output in cell]
    assert [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"] == []
    explorers = [any({*o.get("data", {})} >= EXPLORER for o in cell) for cell in by_cell]
    assert any(explorers)
    for cell, has_explorer in zip(opened.page.locator(".jp-Notebook .jp-Cell").all(), explorers, strict=True):
        cell.scroll_into_view_if_needed()
        if has_explorer:
            cell.locator(".lessons-explorer canvas").wait_for()
    assert opened.page.get_by_text("Error displaying widget").count() == 0
