"""A notebook in a tab of a real browser, and everything in it that went wrong."""

import re
from ast import literal_eval
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page
from serving import Server

LAB, NOTEBOOK = "/lab/tree", "/notebooks"
FRONT_ENDS = {"JupyterLab": LAB, "Notebook 7": NOTEBOOK}
_HARMLESS = "Failed to load resource: the server responded"  # the response comes by itself, with its address
# A workspace is absent at first; Notebook 7 refuses its own fonts to a page opened with a token.
# While a move of a control is on its way, ipywidgets holds those after it back, and then sends the last of them. Two rounds
# to the kernel, one after the other, see both through: each ends when all has come back that the kernel said before.
_ASK = """async expression => {
    const kernel = jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
    const asked = { code: "", silent: true, user_expressions: { expression } };
    await kernel.requestExecute(asked).done;
    return (await kernel.requestExecute(asked).done).content.user_expressions.expression;
}"""
_EXPECTED = re.compile(r"404: .*/lab/api/workspaces/|(403|failed): .*/static/notebook/\w+\.woff2?")


class Tab:
    """A notebook in a tab of its own, and everything in it that went wrong."""

    def __init__(self, page: Page, server: Server, front_end: str):
        self.page, self.server, self.front_end = page, server, front_end
        self.problems: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        page.on("requestfailed", lambda request: self._note(f"failed: {request.url}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message):
        if message.type == "error" and not message.text.startswith(_HARMLESS):
            self.problems.append(f"console: {message.text}")

    def _request(self, request):
        own = (self.server.address, self.server.address.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(own):
            self.problems.append(f"another host: {request.url}")

    def _response(self, response):
        if response.status >= 400:
            self._note(f"{response.status}: {response.url}")

    def _note(self, problem):
        if not _EXPECTED.match(problem):
            self.problems.append(problem)

    def open(self, notebook: str) -> None:
        """Open a notebook and wait until its kernel is ready."""
        reset = "&reset" if self.front_end == LAB else ""
        self.page.goto(f"{self.server.address}{self.front_end}/{notebook}?token={self.server.token}{reset}")
        self.page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        self.page.wait_for_function(
            "() => jupyterapp.shell.currentWidget?.context?.sessionContext?.session?.kernel?.status === 'idle'"
        )

    def run(self, code: str) -> None:
        """Put this code into the first cell in place of what stands there, and run all."""
        put = "code => jupyterapp.shell.currentWidget.content.widgets[0].model.sharedModel.setSource(code)"
        self.page.evaluate(put, code)
        self.run_all()

    def run_all(self) -> None:
        """Run every cell and wait for the last."""
        self.page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(
            "() => jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.status === 'idle'"
        )

    def run_again(self, cells: Iterable[int]) -> None:
        """Run these cells, and no other."""
        for cell in cells:
            self.page.evaluate("cell => (jupyterapp.shell.currentWidget.content.activeCellIndex = cell)", cell)
            self.page.evaluate("() => jupyterapp.commands.execute('notebook:run-cell')")

    def ask(self, expression: str) -> Any:
        """Wait until the kernel has done all that was asked of it here and the answers are back; then say what this is.

        The expression's value is to be a literal.
        """
        answer = self.page.evaluate(_ASK, expression)
        assert answer["status"] == "ok", answer
        return literal_eval(answer["data"]["text/plain"])

    def outputs(self) -> list[list[dict]]:
        """Return the outputs of each cell of the notebook as it now is."""
        cells = self.page.evaluate("() => jupyterapp.shell.currentWidget.content.model.toJSON().cells")
        return [cell.get("outputs", []) for cell in cells]

    def leave(self) -> None:
        """Close the tab; the kernel goes on."""
        self.page.context.close()

    def close(self) -> None:
        """End the notebook's kernel and the tab."""
        self.page.evaluate("() => jupyterapp.shell.currentWidget.context.sessionContext.shutdown()")
        self.leave()
