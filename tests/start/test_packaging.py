"""pyproject.toml, environment.yml and the launcher say the same."""

import tomllib

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from lessons_lib import __main__
from lessons_lib.start import environment

CONDA_NAMES = {"torch": "pytorch-cpu"}
NOT_ON_CONDA_FORGE = {"axe-playwright-python", "constriction", "playwright"}
PYPROJECT = tomllib.loads((environment.ROOT / "pyproject.toml").read_text("utf-8"))
CONDA = yaml.safe_load((environment.ROOT / "environment.yml").read_text("utf-8"))


def test_environment_yml_has_the_bounds_of_pyproject():
    ours = {CONDA_NAMES.get(r.name, r.name): r.specifier for r in map(Requirement, environment.requirements(test=True))}
    packages = [line for line in CONDA["dependencies"] if isinstance(line, str) and line not in ("pip", "python=3.12")]
    theirs = {r.name: r.specifier for r in map(Requirement, packages)}
    assert theirs == {name: bounds for name, bounds in ours.items() if name not in NOT_ON_CONDA_FORGE}


def test_environment_yml_is_conda_forge_only_and_installs_the_course():
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]
    assert "python=3.12" in CONDA["dependencies"]
    assert {"pip": ["-e .[test]"]} in CONDA["dependencies"]


def test_the_launcher_accepts_the_pythons_of_pyproject():
    allowed = SpecifierSet(PYPROJECT["project"]["requires-python"])
    for minor in range(6, 20):
        assert (__main__.refusal((3, minor)) is None) == allowed.contains(f"3.{minor}.1")


def test_torch_is_left_out_on_intel_macs_only():
    torch = next(r for r in map(Requirement, PYPROJECT["project"]["dependencies"]) if r.name == "torch")
    for system, machine, wanted in [
        ("darwin", "x86_64", False),
        ("darwin", "arm64", True),
        ("linux", "x86_64", True),
        ("win32", "AMD64", True),
    ]:
        assert torch.marker.evaluate({"sys_platform": system, "platform_machine": machine}) == wanted
