"""The course's Python environment: what it needs, whether that is there, and how it is built in `.venv`.

Standard library only, since this runs on a bare Python.
"""

import hashlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
_DONE = VENV / "course-installed"
"""Written when an installation has ended well: where, and from which pyproject.toml."""
_BEGUN = VENV / "course-installing"
"""Stands there while an installation runs; found at a start, it tells of an interrupted one."""
_WITHOUT_TORCH = VENV / "course-without-torch"
"""Stands there where the course does without torch, by choice or because there is no build of it for this Python."""
_MODULES = {"scikit-learn": "sklearn", "pyyaml": "yaml", "pytest-xdist": "xdist"}
"""What a package is imported as, where its name does not say it."""


class Trouble(Exception):
    """Something that the user can mend; the message says what and how, in a sentence or two."""


class NoBuild(Trouble):
    """There is no build of a package for the running Python."""

    def __init__(self, package: str):
        super().__init__(
            f"There is no package {package} for this Python ({sys.version_info.major}.{sys.version_info.minor}) on "
            "this system. Try another Python between 3.11 and 3.14, or conda (README.md says how)."
        )
        self.package = package


def requirements(test: bool) -> list[str]:
    """Return what pyproject.toml asks for, with the test extra if `test`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project["dependencies"] + (project["optional-dependencies"]["test"] if test else [])


def wanted(test: bool) -> list[str]:
    """Return the requirements; not torch, if .venv does without or somebody's own environment has none."""
    without = _WITHOUT_TORCH.exists() if in_venv() else not importlib.util.find_spec("torch")
    return [line for line in requirements(test) if not (without and line.startswith("torch>"))]


def leave_out_torch() -> None:
    """Do without torch in .venv from now on."""
    _WITHOUT_TORCH.touch()


def missing(test: bool) -> list[str]:
    """Return what is wanted and the running Python does not have."""
    lines = wanted(test)
    try:
        from packaging.requirements import InvalidRequirement, Requirement
    except ImportError:
        return lines
    try:
        parsed = [Requirement(line) for line in lines]
    except InvalidRequirement as error:
        raise Trouble(f"pyproject.toml holds a requirement that cannot be read: {error}") from None
    return [str(r) for r in parsed if (r.marker is None or r.marker.evaluate()) and not _met(r)]


def _met(requirement) -> bool:
    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        return False
    module = _MODULES.get(requirement.name, requirement.name.replace("-", "_"))
    return requirement.specifier.contains(found, prereleases=True) and bool(importlib.util.find_spec(module))


def python_in_venv() -> Path:
    """Return the path of .venv's Python, whether or not it exists."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def in_venv() -> bool:
    """Return whether the running Python is the one in .venv."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def interrupted() -> bool:
    """Return whether an installation into .venv has begun and not ended."""
    return _BEGUN.exists()


def up_to_date() -> bool:
    """Return whether .venv was installed here, and from the present pyproject.toml."""
    return _DONE.exists() and _DONE.read_text("utf-8") == _fingerprint()


def _fingerprint() -> str:
    return f"{ROOT}\n{hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()}\n"


def create_venv() -> None:
    """Make .venv, from nothing if an installation was interrupted or its Python does not run."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise Trouble(
            "This Python lacks the modules venv and ensurepip, with which the course makes its environment. "
            f"On Debian and Ubuntu: sudo apt install {package}. Then start again."
        )
    ours = _BEGUN.exists() or _DONE.exists()
    print(f"Step 1 of 2: making an environment in {VENV} …", flush=True)
    VENV.mkdir(exist_ok=True)
    _BEGUN.touch()
    clear = ["--clear"] if ours else []
    made = subprocess.run(
        [sys.executable, "-m", "venv", *clear, str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if made.returncode:
        raise diagnose(made.stdout)
    _BEGUN.touch()


def usable(python: Path) -> bool:
    """Return whether this Python is there and, unless the installation is known to have ended well, runs with pip."""
    if not python.exists() or up_to_date():
        return python.exists()
    try:
        return subprocess.run([str(python), "-c", "import pip"], capture_output=True).returncode == 0
    except OSError:
        return False


def install(test: bool) -> None:
    """Install the course and what it needs into the running Python's environment, saying how far it is."""
    print("Step 2 of 2: installing the packages, once; this takes some minutes …", flush=True)
    _BEGUN.touch()
    _DONE.unlink(missing_ok=True)
    try:
        _pip(*wanted(test))
    except NoBuild as trouble:
        if trouble.package != "torch":
            raise
        print("    There is no torch for this Python on this system; the course goes on without.", flush=True)
        leave_out_torch()
        _pip(*wanted(test))
    _pip("--no-deps", "--editable", ".")
    if damaged := missing(test):  # pip goes by what a package says of itself, not by its files
        _pip("--force-reinstall", "--no-deps", *damaged)
    if damaged := missing(test):
        raise Trouble(
            f"After the installation these are still missing: {', '.join(damaged)}. Delete {VENV}, start again."
        )
    _DONE.write_text(_fingerprint(), "utf-8")
    _BEGUN.unlink()
    print("Installed.", flush=True)


def _pip(*what: str) -> None:
    command = [sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    with subprocess.Popen(
        [*command, "--progress-bar", "off", "--retries", "2", *what],
        cwd=ROOT,
        env={**os.environ, "PIP_USER": "0", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        lines = list(_follow(pip.stdout))
    if pip.returncode:
        raise diagnose("".join(lines))
    importlib.invalidate_caches()


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


_FULL = (
    "The disk is full. The course needs about 2 GB (on Linux with PyPI's own torch 7 GB; README.md says how to get the "
    "small one, or none). Make room, then start again."
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
    return Trouble(f"That failed, with these last words:\n{last}\nStart again to begin anew.")
