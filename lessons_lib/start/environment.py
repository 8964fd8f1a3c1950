"""The course's Python environment: what it needs, and whether that is there, and whole.

Standard library only, since this runs on a bare Python.
"""

import importlib.util
import os
import sys
import sysconfig
import tomllib
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
COURSE = "likelihood_bit_by_bit"
"""The name of the course's own package in file names."""
WITHOUT_TORCH = "course-without-torch"
"""This file stands in .venv where the course does without torch, by choice or because there is no build of it."""
_MODULES = {"scikit-learn": "sklearn", "pyyaml": "yaml", "pytest-xdist": "xdist"}
"""What a package is imported as, where its name does not say it."""


class Trouble(Exception):
    """Something that the user can mend; the message says what and how, in a sentence or two."""


def requirements(test: bool) -> list[str]:
    """Return what pyproject.toml asks for, with the test extra if `test`."""
    try:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        return project["dependencies"] + (project["optional-dependencies"]["test"] if test else [])
    except (FileNotFoundError, ValueError, KeyError, TypeError) as error:
        raise Trouble(
            f"pyproject.toml, which says what the course needs, cannot be read: {error}. If an update left its marks "
            "there (<<<<<<<), take them out; or take the file anew: git checkout HEAD -- pyproject.toml"
        ) from None


def wanted(test: bool) -> list[str]:
    """Return the requirements; not torch, if .venv does without or somebody's own environment has none."""
    without = (VENV / WITHOUT_TORCH).exists() if in_venv() else not importlib.util.find_spec("torch")
    return [line for line in requirements(test) if not (without and line.startswith("torch>"))]


def choose_torch(with_it: bool) -> None:
    """Do with or without torch in .venv from now on."""
    if with_it:
        (VENV / WITHOUT_TORCH).unlink(missing_ok=True)
    else:
        (VENV / WITHOUT_TORCH).touch()


def missing(test: bool) -> list[str]:
    """Return what is wanted and the running Python does not have; in .venv also what that needs in its turn."""
    lines = wanted(test)
    try:
        from packaging.requirements import InvalidRequirement, Requirement
    except ImportError:
        sys.modules.pop("packaging", None)  # what is left of a damaged one
        return lines
    try:
        needed = [(Requirement(line), "") for line in lines]
    except InvalidRequirement as error:
        raise Trouble(f"pyproject.toml holds a requirement that cannot be read: {error}") from None
    unmet, seen, deep = [], set(), in_venv()
    for number, (requirement, extra) in enumerate(needed):  # grows meanwhile
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        if not _met(requirement) or (number < len(lines) and not _module(requirement.name)):
            unmet.append(str(requirement))
        elif deep:
            for each in {(requirement.name, extra) for extra in ("", *requirement.extras)} - seen:
                seen.add(each)
                needed += [(Requirement(line), each[1]) for line in distribution(each[0]).requires or []]
    return list(dict.fromkeys(unmet))


def _met(requirement) -> bool:
    try:
        return requirement.specifier.contains(distribution(requirement.name).version, prereleases=True)
    except Exception:  # what is half deleted fails in many ways
        return False


def _module(package: str) -> bool:
    """Return whether the package's module is there, and more of it than an empty folder."""
    spec = importlib.util.find_spec(_MODULES.get(package, package.replace("-", "_")))
    return spec is not None and spec.origin is not None


def in_venv() -> bool:
    """Return whether the running Python is the one in .venv."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def packages(venv: Path) -> Path:
    """Return the folder of this environment's packages."""
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(venv)}))


def damaged() -> list[str]:
    """Return the packages in .venv of which files are gone, as name==version, and the course if it is not there."""
    found = [path for path in packages(VENV).glob("*.dist-info") if not path.name.startswith("~")]
    hurt = [path.name.removesuffix(".dist-info").replace("-", "==") for path in found if not whole(path)]
    return hurt if any(path.name.startswith(COURSE) for path in found) else [*hurt, COURSE]


def whole(info: Path) -> bool:
    """Return whether all files are there of the package that this .dist-info folder tells of."""
    try:
        lines = (info / "RECORD").read_text("utf-8").splitlines()
    except OSError:
        return False
    files = (line.rsplit(",", 2)[0].strip('"') for line in lines)
    return all(os.path.exists(f"{info.parent}/{file}") for file in files if not file.endswith(".pyc"))
