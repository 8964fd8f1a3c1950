"""`lab` starts JupyterLab at the first notebook, `test` runs the suite, `read` writes the lessons as pages,
`class` reads what a class has done.

All prepare the environment first.

Standard library only, since this runs on a bare Python.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from lessons_lib.start import building, environment
from lessons_lib.start.environment import ROOT, Trouble

JUPYTER = ROOT / ".jupyter"
"""Where the course's JupyterLab keeps its settings and workspaces, apart from the user's own."""
WITHOUT_TORCH, WITH_CUDA = "--without-torch", "--with-cuda"
START = "notebooks/00_start_here.ipynb"
USAGE = """\
    python3 -m lessons_lib lab     open the course in JupyterLab (further arguments go to it: --no-browser, --port …)
    python3 -m lessons_lib test    prove that everything works (further arguments go to pytest)
    python3 -m lessons_lib read    write every lesson as a page to read offline, into `reading` or another folder
    python3 -m lessons_lib class   print what a class has done, from a folder of progress files, as a table (CSV)

The first start installs PyTorch, on Linux its small CPU build. `lab --with-cuda` takes PyPI's build (several GB),
`lab --without-torch` none; the lessons then say what they leave out."""

_CONFIGURATION = {
    "jupyter_server_config": {
        "ServerApp": {"root_dir": str(ROOT), "ip": "localhost"},
        "FileContentsManager": {"pre_save_hook": "lessons_lib.start.saving.keep_what_stands_alone"},
    },
    "jupyter_lab_config": {
        "LabApp": {
            "default_url": f"/lab/tree/{START}",
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "custom_css": True,
        }
    },
}
_SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
HIDDEN = "Run this cell (Shift+Enter) to see what it shows."
"""What stands in place of a hidden output, of which JupyterLab would show the first line."""
_STYLE = f"""\
.jp-OutputPlaceholder .jp-PlaceholderText {{ display: none; }}
.jp-OutputPlaceholder .jp-Placeholder-content::before {{ content: "{HIDDEN}"; }}
"""


def run(arguments: Sequence[str]) -> int:
    """Run one of the commands and return the exit status. No trouble leads to a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    command, *rest = arguments or ["--help"]
    if command in ("-h", "--help", "help"):
        print(f"Likelihood, bit by bit. The commands:\n{USAGE}")
        return 0
    if command not in COMMANDS:
        return _say(f"There is no command {command!r}. There are these:\n{USAGE}", 2)
    try:
        prepare(command, rest)
        COMMANDS[command]([argument for argument in rest if argument not in (WITHOUT_TORCH, WITH_CUDA)])
    except Trouble as trouble:
        return _say(str(trouble))
    except OSError as error:
        return _say(str(building.diagnose(f"{error}")))
    except KeyboardInterrupt:
        return _say("\nStopped. The next start goes on from here.", 130)
    return 0


def _say(sentence: str, status: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return status


def prepare(command: str, arguments: Sequence[str]) -> None:
    """Return if the running Python has all the course needs; otherwise run the command again in a .venv that has."""
    testing = command == "test"
    if not environment.in_venv():
        if environment.missing(testing):
            building.make_venv()
            _again(str(building.python(environment.VENV)), command, arguments)
        return
    if WITHOUT_TORCH in arguments:
        environment.choose_torch(False)
    elif WITH_CUDA in arguments:
        environment.choose_torch(True)
    if environment.missing(testing):
        building.install(testing, WITH_CUDA in arguments)
    elif environment.damaged():
        building.repair(testing)
    building.know_the_folder()


def _again(python: str, command: str, arguments: Sequence[str]) -> NoReturn:
    _replace([python, "-m", "lessons_lib", command, *arguments], {**os.environ, "PYTHONPATH": _path()})


def lab(arguments: Sequence[str]) -> NoReturn:
    """Become JupyterLab, open at the first notebook."""
    _write_settings()
    options = _port_options(arguments)
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in arguments:
        options.append("--allow-root")
    _replace([sys.executable, "-m", "jupyterlab", *options, *arguments], jupyter_environment())


def test(arguments: Sequence[str]) -> NoReturn:
    """Become pytest, run on the whole suite unless the arguments say otherwise."""
    os.chdir(ROOT)
    nothing_done = str(Path(tempfile.mkdtemp()) / "progress.json")
    env = {**jupyter_environment(), "LIKELIHOOD_PROGRESS": nothing_done}
    _replace([sys.executable, "-m", "pytest", *arguments], env)


def read(arguments: Sequence[str]) -> NoReturn:
    """Become the writer of the reading copy; the folder may be named."""
    _replace([sys.executable, "-m", "lessons_lib.course.reading_copy", *arguments], jupyter_environment())


def read_class(arguments: Sequence[str]) -> NoReturn:
    """Become the reader of a class's progress files; the folder has to be named."""
    _replace([sys.executable, "-m", "lessons_lib.course.class_table", *arguments], jupyter_environment())


COMMANDS = {"lab": lab, "test": test, "read": read, "class": read_class}


def jupyter_environment() -> dict[str, str]:
    """Return the environment for Jupyter and its kernels, in which the user's own settings play no part."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
    return {
        **kept,
        "IPYTHONDIR": str(JUPYTER / "ipython"),
        "JUPYTER_CONFIG_DIR": str(JUPYTER / "config"),
        "JUPYTER_DATA_DIR": str(JUPYTER / "data"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTERLAB_SETTINGS_DIR": str(JUPYTER / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(JUPYTER / "workspaces"),
        "PYTHONPATH": _path(),
    }


def _path() -> str:
    given = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part and part != str(ROOT)]
    return os.pathsep.join([str(ROOT), *given])


def _write_settings() -> None:
    """Write configuration and style, and the settings with which JupyterLab begins and which its user may change."""
    for name, values in _CONFIGURATION.items():
        path = JUPYTER / "config" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), "utf-8")
    style = JUPYTER / "config" / "custom" / "custom.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text(_STYLE, "utf-8")
    for name, values in _SETTINGS.items():
        path = JUPYTER / "settings" / Path(f"{name}.jupyterlab-settings")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), "utf-8")


def _port_options(arguments: Sequence[str]) -> list[str]:
    """Return the options for a free port; a busy one that the user asked for is Trouble."""
    asked = _asked_port(arguments)
    if asked is not None:
        if asked and not _free(asked):
            raise Trouble(
                f"Port {asked} is in use, perhaps by another JupyterLab. Stop that one, or choose another port: "
                f"--port {asked + 1}"
            )
        return ["--ServerApp.port_retries=0"]
    port = next((port for port in range(8888, 8988) if _free(port)), 0)
    if port != 8888:
        print(f"Port 8888 is in use; JupyterLab takes {port or 'another'}.", flush=True)
    return [f"--ServerApp.port={port}"]


def _asked_port(arguments: Sequence[str]) -> int | None:
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        name, equals, value = argument.partition("=")
        if name in ("--port", "--ServerApp.port"):
            value = value if equals else following
            if not value.isdigit() or int(value) > 65535:
                raise Trouble(f"A port is a number from 0 to 65535, not {value!r}.")
            return int(value)
    return None


def _free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _replace(command: list[str], env: dict[str, str]) -> NoReturn:
    """Let another program take this one's place (on Windows, run it and wait)."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, env)
    process = subprocess.Popen(command, env=env)
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:
            continue
