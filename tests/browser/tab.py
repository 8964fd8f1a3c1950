"""A notebook in a tab of a real browser, and everything in it that went wrong."""

import re
from ast import literal_eval
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page
from serving import Server

LAB, NOTEBOOK = "/lab/tree", "/notebooks"
_HARMLESS = "Failed to load resource: the server responded"  # the response comes by itself, with its address
# A workspace is absent at first; Notebook 7 refuses its own fonts to a page opened with a token.
_EXPECTED = re.compile(r"404: .*/lab/api/workspaces/|(403|failed): .*/static/notebook/\w+\.woff2?")

# What the page has asked of the kernel and what is not done yet, or whose answers have not all arrived. A move that
# ipywidgets holds back, since the one before is under way, is sent before that one is taken out.
_WATCH = """() => {
    const { kernel } = jupyterapp.shell.currentWidget.context.sessionContext.session;
    window.asked = new Set();
    kernel.anyMessage.connect((_, { msg, direction }) => {
        if (direction === "send" && msg.channel === "shell") asked.add(msg.header.msg_id);
    });
    kernel.iopubMessage.connect((_, { header, parent_header, content }) => {
        if (header.msg_type === "status" && content.execution_state === "idle") asked.delete(parent_header.msg_id);
    });
}"""
_ASK = """async value => {
    const { kernel } = jupyterapp.shell.currentWidget.context.sessionContext.session;
    const future = kernel.requestExecute({ code: "", silent: true, user_expressions: { value } });
    return (await future.done).content.user_expressions.value;
}"""

_EXECUTE = """async code => {
    const { kernel } = jupyterapp.shell.currentWidget.context.sessionContext.session;
    return (await kernel.requestExecute({ code, silent: true }).done).content;
}"""


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
        self.page.evaluate(_WATCH)

    def run(self, code: str) -> None:
        """Put this code into the first cell in place of what stands there, and run all."""
        put = "code => jupyterapp.shell.currentWidget.content.widgets[0].model.sharedModel.setSource(code)"
        self.page.evaluate(put, code)
        self.run_all()

    def run_all(self) -> None:
        """Run every cell and wait for the last."""
        self.page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        self.idle()

    def idle(self) -> None:
        """Wait until the kernel has done all that was asked of it, by cells and by controls, and the page shows it."""
        self.page.wait_for_function("() => !asked.size")

    def run_again(self, cells: Iterable[int]) -> None:
        """Run these cells, and no other."""
        for cell in cells:
            self.page.evaluate("cell => (jupyterapp.shell.currentWidget.content.activeCellIndex = cell)", cell)
            self.page.evaluate("() => jupyterapp.commands.execute('notebook:run-cell')")
        self.idle()

    def run_from_to(self, first: int, last: int) -> None:
        """Run these cells and all between them."""
        select = """([first, last]) => {
            const { content } = jupyterapp.shell.currentWidget;
            content.deselectAll();
            content.activeCellIndex = first;
            content.extendContiguousSelectionTo(last);
        }"""
        self.page.evaluate(select, [first, last])
        self.page.evaluate("() => jupyterapp.commands.execute('notebook:run-cell')")
        self.idle()

    def execute(self, code: str) -> None:
        """Let the kernel run this code, which is in no cell."""
        answer = self.page.evaluate(_EXECUTE, code)
        assert answer["status"] == "ok", answer

    def ask(self, expression: str) -> Any:
        """Let the kernel do what it was asked for, and return the value, a literal, of this expression."""
        self.idle()
        answer = self.page.evaluate(_ASK, expression)
        self.idle()
        assert answer["status"] == "ok", answer
        return literal_eval(answer["data"]["text/plain"])

    def cells(self) -> list[dict]:
        """Return the cells of the notebook as they now are."""
        return self.page.evaluate("() => jupyterapp.shell.currentWidget.content.model.toJSON().cells")

    def close(self) -> None:
        """End the notebook's kernel and the tab, unless it is closed."""
        if not self.page.is_closed():
            before = [*self.problems]
            self.page.evaluate("() => jupyterapp.shell.currentWidget.context.sessionContext.shutdown()")
            self.page.close()
            self.problems[:] = before  # not what JupyterLab says of messages that were under way
