"""A real server, started by the course's own `lab` command."""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lessons_lib.start.environment import ROOT


@dataclass(frozen=True)
class Server:
    """Where a server listens, the page it opens, its token, and what was printed up to them."""

    address: str
    page: str
    token: str
    printed: str

    def get(self, path: str, token: str | None = None, method: str = "GET") -> str:
        """Return the answer to a request, sent with the token unless another one (or "") is given."""
        token = self.token if token is None else token
        request = urllib.request.Request(f"{self.address}{path}", method=method)
        if token:
            request.add_header("Authorization", f"token {token}")
        for _ in range(50):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return answer.read().decode()
            except urllib.error.HTTPError:
                raise
            except OSError:
                time.sleep(0.2)
        raise AssertionError(f"no answer from {self.address}")


@contextmanager
def lab(*arguments: str) -> Iterator[Server]:
    """Start `python -m lessons_lib lab` on a free port as a user would, and shut it down at the end."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LESSONS", "JUPYTER"))}
    with tempfile.TemporaryDirectory() as nothing_done, tempfile.TemporaryFile("w+", encoding="utf-8") as printed:
        env["LIKELIHOOD_PROGRESS"] = str(Path(nothing_done) / "progress.json")
        process = subprocess.Popen(
            [sys.executable, "-m", "lessons_lib", "lab", "--no-browser", "--port", "0", *arguments],
            cwd=ROOT,
            env=env,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        found = None
        while not found:
            time.sleep(0.1)
            printed.seek(0)
            text = printed.read()
            assert process.poll() is None, text
            found = re.search(r"(http://(?:localhost|127\.0\.0\.1):\d+)(\S*)\?token=(\w+)", text)
        server = Server(*found.groups(), printed=text)
        try:
            yield server
        finally:
            server.get("/api/shutdown", method="POST")
            process.wait(timeout=60)
