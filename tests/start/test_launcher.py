"""The two commands: what they say when something is wrong, what they pass on, and a real server."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
from itertools import takewhile
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from serving import lab

from lessons_lib import __main__
from lessons_lib.drawing import nodelay
from lessons_lib.drawing.nodelay import NoDelayConnection
from lessons_lib.start import building, environment, launcher
from lessons_lib.start.environment import ROOT, Trouble


def command(*arguments, python=sys.executable, cwd=ROOT, **more):
    """Run `python -m lessons_lib …` as a user would, in a shell that knows nothing of this test."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LESSONS", "PYTHON", "JUPYTER"))}
    return subprocess.run(
        [python, "-m", "lessons_lib", *arguments],
        cwd=cwd,
        env={**env, "PYTHONUTF8": "1", **more},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


# Sentences


def test_an_unknown_command_is_answered_with_those_there_are():
    done = command("lba")
    assert done.returncode == 2
    assert "'lba'" in done.stderr
    assert "lessons_lib lab" in done.stderr
    assert "lessons_lib test" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_without_a_command_it_says_how(arguments):
    done = command(*arguments)
    assert done.returncode == 0
    assert "lessons_lib lab" in done.stdout


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10), (3, 15), (4, 0)])
def test_a_python_that_is_too_old_or_too_new(version):
    sentence = __main__.refusal(version)
    assert "3.11 to 3.14" in sentence
    assert f"{version[0]}.{version[1]}" in sentence


@pytest.mark.parametrize("name", ["python2.7", "python3.6", "python3.8", "python3.9", "python3.10", "python3.15"])
def test_a_real_python_that_does_not_suit(name):
    python = shutil.which(name)
    if not python or subprocess.run([python, "-c", ""], capture_output=True).returncode:
        pytest.skip(f"no {name} here")
    done = command("lab", python=python)
    assert done.returncode == 1
    assert "The course needs Python" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--port", "x"], ["--port=99999"], ["--port"]])
def test_a_port_that_is_none(arguments):
    with pytest.raises(Trouble, match="A port is a number"):
        launcher._port_options(arguments)


def test_a_busy_port_that_was_asked_for():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        for arguments in (["--port", str(port)], [f"--port={port}"], [f"--ServerApp.port={port}"]):
            done = command("lab", "--no-browser", *arguments)
            assert done.returncode == 1
            assert f"Port {port} is in use" in done.stderr
            assert f"--port {port + 1}" in done.stderr
            assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("Error: [Errno 13] Permission denied: '/opt/course/.venv'", "cannot be written"),
        ("OSError: [Errno 30] Read-only file system: 'x'", "cannot be written"),
        ("NewConnectionError(...: Failed to establish a new connection: [Errno -2] Name or service", "network"),
        ("<pip...>: Failed to resolve 'x' ([Errno -3] Temporary failure in name resolution)", "network"),
        ("ERROR: No matching distribution found for torch>=2.4", "no package torch for"),
        ("something else\nquite unexpected", "quite unexpected"),
    ],
)
def test_what_pip_and_venv_say_becomes_a_sentence(output, sentence):
    assert sentence in str(building.diagnose(output))


def test_no_venv_module(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    monkeypatch.setattr(building.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Trouble, match=r"apt install python3\.\d+-venv"):
        building.make_venv()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")])
def test_no_traceback_when_the_disk_fails(monkeypatch, capsys, error):
    def fail(*_arguments):
        raise error

    monkeypatch.setattr(launcher, "prepare", fail)
    assert launcher.run(["lab"]) == 1
    assert "start again" in capsys.readouterr().err


def test_an_interruption_is_no_traceback(monkeypatch, capsys):
    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(launcher, "prepare", interrupt)
    assert launcher.run(["test"]) == 130
    assert "Stopped" in capsys.readouterr().err


# The environment


def test_the_running_environment_is_complete():
    assert environment.missing(test=True) == []


def test_a_requirement_that_is_not_met_is_missing(monkeypatch):
    wanted = ["numpy>=1", "numpy<1", "no-such-package", "no-such-package; python_version < '3'"]
    monkeypatch.setattr(environment, "requirements", lambda test: wanted)
    assert environment.missing(test=False) == ["numpy<1", "no-such-package"]


@pytest.mark.parametrize(("found", "lacking"), [(None, []), ("found", ["torch"])])
def test_an_environment_of_one_s_own_may_lack_torch_but_not_have_an_old_one(monkeypatch, found, lacking):
    monkeypatch.setattr(environment, "in_venv", lambda: False)
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: found if name == "torch" else "found")
    monkeypatch.setattr(environment, "requirements", lambda test: ["numpy>=1", "torch>=99"])
    monkeypatch.setattr(environment, "distribution", lambda name: SimpleNamespace(version="2.3"))
    monkeypatch.setattr(environment, "_module", lambda name: found or name != "torch")
    assert [line.split(">")[0] for line in environment.missing(test=False)] == lacking


def asked_of_pip(monkeypatch, tmp_path, absent):
    """Install with an index that has no build of this package, and return what pip was asked for."""
    asked = []

    def pip(*what, index=None):
        asked.append([re.match(r"[\w-]*", line)[0] for line in what])
        if absent in asked[-1]:
            raise building.diagnose(f"ERROR: No matching distribution found for {absent}<3,>=2")

    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    for nothing in ("_put_pip_back", "_install_small_torch", "repair"):
        monkeypatch.setattr(building, nothing, lambda *_arguments: None)
    monkeypatch.setattr(building, "_pip", pip)
    building.install(test=True)
    return asked


def test_where_there_is_no_build_of_torch_the_course_goes_on_without(monkeypatch, tmp_path, capsys):
    asked = asked_of_pip(monkeypatch, tmp_path, "torch")
    assert [name for name in asked[0] if name not in asked[1]] == ["torch"]
    assert "goes on without" in capsys.readouterr().out
    assert not [line for line in environment.wanted(test=False) if line.startswith("torch")], "from now on, too"


def test_where_there_is_no_build_of_anything_else_it_ends_there(monkeypatch, tmp_path):
    with pytest.raises(Trouble, match="no package numpy"):
        asked_of_pip(monkeypatch, tmp_path, "numpy")


# A real server


@pytest.fixture(scope="module")
def server():
    with lab() as server:
        yield server


def test_the_server_opens_the_first_notebook_and_asks_for_the_token(server):
    assert server.page == f"/lab/tree/{launcher.START}"
    notebook = json.loads(server.get(f"/api/contents/{launcher.START}"))
    assert notebook["type"] == "notebook"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        server.get(f"/api/contents/{launcher.START}", token="")


def test_the_server_asks_no_questions_about_news_and_updates(server):
    name = "@jupyterlab/apputils-extension:notification"
    settings = json.loads(server.get(f"/lab/api/settings/{name}"))["settings"]
    assert settings["fetchNews"] == "false"
    assert settings["checkForUpdates"] is False


NODELAY = "lessons_lib.drawing.nodelay | extension was successfully loaded"


def test_what_the_user_asks_for_wins(server, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    switched_off = "--ServerApp.jpserver_extensions={'lessons_lib.drawing.nodelay': False}"
    with lab(f"--ServerApp.root_dir={tmp_path}", "--LabApp.default_url=/lab", switched_off) as theirs:
        assert json.loads(theirs.get("/api/contents/mine.txt"))["content"] == "mine"
        assert theirs.page == "/lab"
        assert NODELAY in server.printed
        assert "lessons_lib.drawing.nodelay" not in theirs.printed


def test_jupyter_s_folders_are_the_course_s_own(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/somewhere")
    monkeypatch.setenv("JUPYTER_PATH", "/somewhere")
    env = launcher.jupyter_environment()
    folders = {key: value for key, value in env.items() if key.startswith(("JUPYTER", "IPYTHON")) and len(value) > 1}
    assert len(folders) == 5
    assert all(Path(value).is_relative_to(ROOT / ".jupyter") for value in folders.values())


def test_nodelay_is_set_on_the_kernel_websocket(monkeypatch):
    calls = []
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: calls.append("connect"))
    handler = type("Handler", (), {"set_nodelay": lambda self, on: calls.append(on)})()
    connection = NoDelayConnection.__new__(NoDelayConnection)
    monkeypatch.setattr(NoDelayConnection, "websocket_handler", handler)
    connection.connect()
    assert calls == [True, "connect"]


def test_every_server_of_the_environment_has_nodelay_whoever_starts_it(tmp_path):
    """Started by hand, not by the course's command, and read up to its address."""
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--port=0", "--allow-root"]
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LESSONS", "JUPYTER", "PYTHONPATH"))}
    env |= {"JUPYTER_CONFIG_DIR": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, encoding="utf-8") as process:
        words = "".join(takewhile(lambda line: "token=" not in line, process.stderr))
        process.kill()
    assert NODELAY in words


@pytest.mark.parametrize("chosen", [ZMQChannelsWebsocketConnection, object])
def test_a_connection_class_of_the_user_s_own_is_left_alone(chosen):
    app = type("App", (), {"settings": {"kernel_websocket_connection_class": chosen}})
    nodelay._load_jupyter_server_extension(type("Server", (), {"web_app": app}))
    now = app.settings["kernel_websocket_connection_class"]
    assert now is (NoDelayConnection if chosen is ZMQChannelsWebsocketConnection else object)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows knows no root")
@pytest.mark.parametrize(("user", "added"), [(0, 1), (1000, 0)])
def test_allow_root_only_where_it_is_needed(monkeypatch, user, added):
    started = []
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(launcher, "_replace", lambda line, env: started.append(line))
    monkeypatch.setattr(launcher, "_write_settings", lambda: None)
    launcher.lab(["--no-browser"])
    assert started[0].count("--allow-root") == added
    assert started[0][-1] == "--no-browser"
