"""How `.venv` is made, filled by pip and repaired: nothing that works goes before its successor works.

Standard library only, since this runs on a bare Python.
"""

import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from lessons_lib.start import environment
from lessons_lib.start.environment import (
    COURSE,
    ROOT,
    WITHOUT_TORCH,
    Trouble,
    damaged,
    missing,
    packages,
    wanted,
    whole,
)

TORCH_INDEX = os.environ.get("LIKELIHOOD_TORCH_INDEX", "https://download.pytorch.org/whl/cpu")
"""PyTorch's own index of CPU builds."""


class NoBuild(Trouble):
    """There is no build of a package for the running Python."""

    def __init__(self, package: str):
        super().__init__(
            f"There is no package {package} for this Python ({sys.version_info.major}.{sys.version_info.minor}) on "
            "this system. Try another Python between 3.11 and 3.14, or conda (CONTRIBUTING.md says how)."
        )
        self.package = package


def python(venv: Path) -> Path:
    """Return the path of this environment's Python, whether or not it exists."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def runs(venv: Path) -> bool:
    """Return whether this environment's Python runs and takes itself to be there."""
    where = "import os, sys; sys.exit(not os.path.samefile(sys.prefix, sys.argv[1]))"
    try:
        return subprocess.run([python(venv), "-I", "-c", where, venv], capture_output=True).returncode == 0
    except OSError:
        return False


def aside() -> Path:
    """Return where a .venv that the running Python cannot use waits until its successor is complete."""
    return environment.VENV.with_name(".venv-old")


def make_venv() -> None:
    """Make .venv, or make it run, with the running Python; one that this cannot use is put aside, not deleted."""
    venv, old = environment.VENV, aside()
    if runs(old):  # its successor never got complete, and now it works again
        shutil.rmtree(venv, ignore_errors=True)
        old.rename(venv)
    if runs(venv):
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise Trouble(
            "This Python lacks the modules venv and ensurepip, with which the course makes its environment. "
            f"On Debian and Ubuntu: sudo apt install {package}. Then start again."
        )
    print(f"Step 1 of 2: making an environment in {venv} …", flush=True)
    if _fits(venv):
        for path in python(venv).parent.glob("python*"):
            path.unlink()
    elif old.exists():
        shutil.rmtree(venv, ignore_errors=True)
    elif venv.exists():
        venv.rename(old)
    _run([sys.executable, "-m", "venv", "--without-pip", str(venv)])
    if not runs(venv):
        raise Trouble(f"The Python in {venv} does not run. {_ANEW}")
    if (old / WITHOUT_TORCH).exists():
        environment.choose_torch(False)


def _fits(venv: Path) -> bool:
    """Return whether the running Python can use the packages of this environment, whose own Python does not run."""
    there = packages(venv)
    load = "import sys; sys.path.insert(0, sys.argv[1]); import numpy"
    tried = [sys.executable, "-I", "-c", load, there]
    return (there / "numpy").is_dir() and subprocess.run(tried, capture_output=True).returncode == 0


def install(test: bool, cuda: bool = False) -> None:
    """Install the course and what it needs into .venv, in which this runs, saying how far it is."""
    print("Step 2 of 2: installing the packages, once; this takes some minutes …", flush=True)
    for record in packages(environment.VENV).glob("*.dist-info"):
        if not (record / "METADATA").exists():  # then pip can neither read nor replace the package
            shutil.rmtree(record)
    _put_pip_back()
    if sys.platform == "linux" and not cuda:
        _install_small_torch()
    try:
        _pip(*wanted(test))
    except NoBuild as trouble:
        if trouble.package != "torch":
            raise
        print("    There is no torch for this Python on this system; the course goes on without.", flush=True)
        environment.choose_torch(False)
        _pip(*wanted(test))
    repair(test)
    if lacking := missing(test):
        raise Trouble(f"After the installation these are still missing: {', '.join(lacking)}. {_ANEW}")
    python(aside()).unlink(missing_ok=True)  # so that what cannot be deleted is not taken for one that works
    shutil.rmtree(aside(), ignore_errors=True)
    print("Installed.", flush=True)


def _install_small_torch() -> None:
    """Install PyTorch's CPU build from its own index, if that answers: for Linux, PyPI's brings gigabytes of CUDA."""
    torch = [line for line in missing(False) if line.startswith("torch")]
    if not torch:
        return
    ask = [sys.executable, "-m", "pip", "index", "versions", "torch"]
    try:
        subprocess.run(ask, env=_settings(TORCH_INDEX), capture_output=True, timeout=15, check=True)
        _pip("--no-deps", *torch, index=TORCH_INDEX)
    except (subprocess.SubprocessError, Trouble):
        print(
            "    PyTorch's CPU build cannot be had from its own index; pip takes what it finds elsewhere.", flush=True
        )


def repair(test: bool) -> None:
    """Put back, in the versions that were there, what is gone of .venv's packages; raise if it cannot do without."""
    hurt = damaged()
    others = [package for package in hurt if not package.startswith((COURSE, "pip=="))]
    try:
        _put_pip_back()
        for index in (None, TORCH_INDEX):  # +cpu stands in torch's version
            if theirs := [package for package in others if ("+" in package) == bool(index)]:
                _pip("--ignore-installed", "--no-deps", *theirs, index=index)
        if any(package.startswith(COURSE) for package in hurt):
            _pip("--no-deps", "--editable", ".")
    except Trouble as trouble:
        if missing(test):
            raise
        print(f"Files are gone from {', '.join(hurt)}, and could not be put back. {trouble}", flush=True)


def _put_pip_back() -> None:
    """Install Python's own copy of pip where pip is not there, or not whole."""
    there = packages(environment.VENV)
    infos = [*there.glob("pip-*.dist-info")]
    if infos and all(map(whole, infos)):
        return
    for path in [there / "pip", *infos]:
        shutil.rmtree(path, ignore_errors=True)
    _run([sys.executable, "-m", "ensurepip"])


def know_the_folder() -> None:
    """Let .venv find the course where it is now, without the start too, when its folder has been renamed."""
    for path in packages(environment.VENV).glob(f"*{COURSE}.pth"):
        if path.read_text("utf-8").strip() != str(ROOT):
            path.write_text(str(ROOT), "utf-8")


def _settings(index: str | None) -> dict[str, str]:
    """Return the environment for pip, in which no index but this one plays a part."""
    only = {"PIP_INDEX_URL": index, "PIP_EXTRA_INDEX_URL": index} if index else {}
    return {**os.environ, "PIP_USER": "0", "PYTHONIOENCODING": "utf-8", **only}


def _pip(*what: str, index: str | None = None) -> None:
    command = [sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    _run([*command, "--progress-bar", "off", "--retries", "2", *what], _settings(index))
    importlib.invalidate_caches()


def _run(command: list[str], env: dict[str, str] | None = None) -> None:
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        lines = list(_follow(process.stdout))
    if process.returncode:
        raise diagnose("".join(lines))


def _follow(lines: Iterable[str]) -> Iterable[str]:
    """Pass pip's lines on, saying now and then how far it is."""
    found, terminal = 0, sys.stdout.isatty()
    for line in lines:
        yield line
        word, _, rest = line.strip().partition(" ")
        if word == "Collecting":
            found += 1
            said = f"{found} packages found, the last {rest.split(' ')[0]}"
        elif word == "Downloading" and "MB" in rest:
            said = f"downloading {rest.rsplit('/', 1)[-1]}"
        elif line.startswith("Installing collected packages"):
            said = f"unpacking {line.count(',') + 1} packages"
        else:
            continue
        if terminal:
            print(f"\r    {said[:74]:<74}", end="", flush=True)
        elif word != "Collecting" or found % 20 == 0:
            print(f"    {said}", flush=True)
    if terminal:
        print("\r" + " " * 78, end="\r", flush=True)


_ANEW = f"Start again. If that does not help, rename the folder {environment.VENV}, and it is made anew."
_FULL = (
    "The disk is full. The course needs about 2 GB (with PyPI's torch and its CUDA about 7 GB, without torch less than "
    "1: lab --without-torch). Make room, then start again."
)
_KNOWN = (
    (r"No space left on device|Errno 28|not enough space|WinError 112", _FULL),
    (
        r"Permission denied|Read-only file system|Errno 13|Errno 30|Access is denied|WinError 5\b",
        f"The folder {ROOT} cannot be written. Move the course to a folder of your own, then start again.",
    ),
    (
        r"NewConnectionError|ConnectTimeout|name resolution|getaddrinfo failed|Failed to establish|ProxyError|"
        r"Connection refused|Network is unreachable|Read timed out|ConnectionResetError|nodename nor servname|"
        r"Could not connect|SSLError|RemoteDisconnected|ConnectionError",
        "The packages cannot be reached: the first start needs the network (later ones do not). Connect, then "
        "start again.",
    ),
)


def diagnose(output: str) -> Trouble:
    """Return what this output of venv or pip tells, in one clear sentence with a way out."""
    for pattern, sentence in _KNOWN:
        if re.search(pattern, output):
            return Trouble(sentence)
    if shutil.disk_usage(ROOT).free < 10_000_000:  # venv hides what its inner pip says
        return Trouble(_FULL)
    if absent := re.search(r"No matching distribution found for ([\w.-]+)", output):
        return NoBuild(absent[1])
    last = "\n".join("    " + line for line in output.strip().splitlines()[-8:])
    return Trouble(f"That failed, with these last words:\n{last}\n{_ANEW}")
