"""The reading copy in a browser that has no network: nothing is asked for, nothing is wider than the page."""

import pytest

from lessons_lib.course.reading_copy import write_reading_copy


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return sorted(write_reading_copy(tmp_path_factory.mktemp("copy")).parent.glob("*.html"))


@pytest.mark.parametrize("width", [700, 1400])
def test_pages_open_offline(browser, pages, width):
    context = browser.new_context(offline=True, viewport={"width": width, "height": 900})
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    for path in pages:
        page.goto(path.as_uri())
        broken = page.evaluate("[...document.images].filter(i => !i.complete || !i.naturalWidth).length")
        assert broken == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path.name} is too wide"
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()
