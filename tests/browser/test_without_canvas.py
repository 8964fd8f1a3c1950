"""What a learner sees where the live figure cannot run: a picture that follows the controls, and its sentence."""

from tab import LAB, Tab

CODE = "from lessons_lib.lesson_01 import CoinExplorer\nCoinExplorer()"


def test_without_anywidget_a_plain_picture_follows(browser, server, write_notebook):
    page = browser.new_page()
    page.route("**/extensions/anywidget/**", lambda route: route.abort())
    tab = Tab(page, server, LAB)
    tab.open(write_notebook("plain.ipynb", CODE))
    tab.run_all()
    picture = page.locator(".lessons-explorer .lessons-fallback img, .lessons-explorer img.lessons-fallback")
    picture.wait_for()
    assert page.locator("canvas").count() == 0
    sentence = page.locator(".lessons-fallback-caption")
    before = picture.get_attribute("src"), sentence.inner_text()
    page.locator(".widget-slider", has_text="θ").locator(".noUi-handle").focus()
    page.keyboard.press("ArrowLeft")
    changed = "before => document.querySelector('.lessons-fallback-caption').innerText !== before"
    page.wait_for_function(changed, arg=before[1])
    assert picture.get_attribute("src") != before[0]
    assert "θ = 0.495" in sentence.inner_text()
    tab.close()


def test_without_a_kernel_the_stored_picture_and_sentence_stand(browser, server):
    page = browser.new_page()
    page.goto(f"{server.address}/lab/tree/notebooks/01_likelihood_is_a_product.ipynb?token={server.token}&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    cell = page.locator(".jp-CodeCell", has=page.get_by_text("CoinExplorer()", exact=True)).first
    cell.scroll_into_view_if_needed()
    cell.locator(".jp-Placeholder-content").click()  # hidden, since it may answer a guess
    stored = cell.locator("img")
    stored.wait_for()
    assert stored.evaluate("picture => picture.naturalWidth") == 2 * 880
    page.context.close()
