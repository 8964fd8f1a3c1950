"""Every lesson runs in a real browser without an error, a failed request or a request to another host."""

import pytest
from tab import FRONT_ENDS

from lessons_lib.environment import ROOT

LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("front_end", FRONT_ENDS)
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_runs_from_top_to_bottom(tab, lesson, front_end):
    opened = tab(f"notebooks/{lesson}", FRONT_ENDS[front_end])
    opened.run_all()
    outputs = opened.outputs()
    assert [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"] == []
    explorers = sum({"image/png", "application/vnd.jupyter.widget-view+json"} <= {*o.get("data", {})} for o in outputs)
    assert explorers
    shown = 0
    for cell in opened.page.locator(".jp-Notebook .jp-Cell").all():
        cell.scroll_into_view_if_needed()
        shown += cell.locator(".lessons-explorer canvas").count()
    assert shown == explorers
    assert opened.page.get_by_text("Error displaying widget").count() == 0
