"""`.venv`, for real: a copy of the course that needs little, and package indexes that are folders."""

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from lessons_lib.start import building
from lessons_lib.start.environment import ROOT

PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "likelihood-bit-by-bit"
dependencies = ["jupyterlab>=4.2", "numpy>=2", "packaging", "torch>=2.4,<2.14"]
optional-dependencies = { test = [] }
"""
BACKEND = """\
import os, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name, info = "likelihood_bit_by_bit-1-py3-none-any.whl", "likelihood_bit_by_bit-1.dist-info"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("_likelihood_bit_by_bit.pth", os.getcwd())
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\\nName: likelihood-bit-by-bit\\nVersion: 1\\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{info}/RECORD", "")
    return name
"""
SERVES = "import numpy, torch; print('JupyterLab serves, torch', torch.__version__)"
NOWHERE = "http://127.0.0.1:9/simple"


def offer(index, name, version, files):
    """Put a wheel with these files into an index."""
    folder, info = index / name, f"{name}-{version}.dist-info"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    files |= {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for file, content in files.items():
            wheel.writestr(file, content)
        wheel.writestr(f"{info}/RECORD", "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"]))
    links = "".join(f'<a href="{each.name.replace("+", "%2B")}">{each.name}</a>' for each in folder.glob("*.whl"))
    (folder / "index.html").write_text(links, "utf-8")


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    """The usual index and PyTorch's own: the packages are empty but for what the start looks at."""
    usual, pytorch = (tmp_path_factory.mktemp(name) for name in ("usual", "pytorch"))
    offer(usual, "jupyterlab", "4.4", {"jupyterlab/__init__.py": "", "jupyterlab/__main__.py": SERVES})
    offer(usual, "numpy", "2.3", {"numpy/__init__.py": "", "numpy/linalg.py": ""})
    packaging = distribution("packaging")
    code = {str(file): Path(file.locate()).read_text("utf-8") for file in packaging.files if file.suffix == ".py"}
    offer(usual, "packaging", packaging.version, code)
    offer(usual, "torch", "2.13", {"torch/__init__.py": "__version__ = 'with CUDA'"})
    offer(pytorch, "torch", "2.12+cpu", {"torch/__init__.py": "__version__ = 'for the CPU'"})
    return usual.as_uri(), pytorch.as_uri()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course, in a folder with a space and umlauts in its name, that was never started."""
    folder = tmp_path_factory.mktemp("course") / "Köpfe und Zöpfe"
    shutil.copytree(ROOT / "lessons_lib", folder / "lessons_lib", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pyproject.toml").write_text(PROJECT, "utf-8")
    (folder / "backend.py").write_text(BACKEND, "utf-8")
    return folder


def start(folder, *arguments, usual=NOWHERE, pytorch=NOWHERE):
    """Run `python -m lessons_lib lab` there, as a user would, with these indexes; by default no network is there."""
    ours = ("LESSONS", "LIKELIHOOD", "PYTHON", "JUPYTER", "PIP_")
    env = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    env |= {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": usual, "PIP_NO_CACHE_DIR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys._base_executable, "-m", "lessons_lib", "lab", *arguments],
        cwd=folder,
        env={**env, "LIKELIHOOD_TORCH_INDEX": pytorch, "PIP_RETRIES": "0"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def started(course, indexes):
    """The course after its first start, and what that said."""
    usual, pytorch = indexes
    return course, start(course, usual=usual, pytorch=pytorch)


@pytest.fixture
def moved(started, tmp_path):
    """The course after its first start, in another folder."""
    return Path(shutil.copytree(started[0], tmp_path / "elsewhere", symlinks=True))


def packages(folder):
    return building.packages(folder / ".venv")


def files(folder):
    """Return every file of .venv but compiled ones, and when it was written."""
    paths = [path for path in (folder / ".venv").rglob("*") if "__pycache__" not in path.parts]
    return {path: path.lstat().st_mtime_ns for path in paths if path.is_file()}


linux = pytest.mark.skipif(sys.platform != "linux", reason="only PyPI's torch for Linux brings CUDA")


def test_the_first_start_installs_and_serves(started):
    done = started[1]
    assert done.returncode == 0, done.stderr
    assert "Step 1 of 2" in done.stdout
    assert "Step 2 of 2" in done.stdout
    assert "JupyterLab serves" in done.stdout


@linux
def test_on_linux_torch_is_pytorch_s_small_build(started):
    assert "torch for the CPU" in started[1].stdout


@linux
@pytest.mark.parametrize("cuda", [True, False])
def test_torch_with_cuda_if_asked_for_or_if_the_small_build_is_out_of_reach(moved, indexes, cuda):
    usual, pytorch = indexes
    for path in packages(moved).glob("torch*"):
        shutil.rmtree(path)
    done = start(moved, *["--with-cuda"] * cuda, usual=usual, pytorch=pytorch if cuda else NOWHERE)
    assert "torch with CUDA" in done.stdout
    assert ("cannot be had from its own index" in done.stdout) != cuda


def test_moved_and_commented_on_it_starts_without_network_and_changes_nothing(moved):
    with open(moved / "pyproject.toml", "a", encoding="utf-8") as project:
        project.write("# a comment\n")
    assert start(moved).returncode == 0  # the folder's name in .venv is put right
    before = files(moved)
    done = start(moved)
    assert (done.returncode, done.stdout.count("Step"), done.stderr) == (0, 0, "")
    assert files(moved) == before
    where = [sys._base_executable, "-I", "-S", "-c", "print(open(__import__('sys').argv[1]).read())"]
    path = packages(moved) / "_likelihood_bit_by_bit.pth"
    assert subprocess.run([*where, path], capture_output=True, encoding="utf-8").stdout.strip() == str(moved)


def test_a_file_that_is_gone_is_put_back_or_told_of(moved, indexes):
    gone = packages(moved) / "numpy" / "linalg.py"
    gone.unlink()
    done = start(moved)
    assert done.returncode == 0, "the course may do without it"
    assert "Files are gone from numpy==2.3" in done.stdout
    assert start(moved, usual=indexes[0]).returncode == 0
    assert gone.exists()


def test_a_package_that_is_half_gone_is_put_back_or_asked_for(moved, indexes):
    shutil.rmtree(packages(moved) / "numpy")
    done = start(moved)
    assert done.returncode == 1
    assert "the first start needs the network" in done.stderr
    assert "JupyterLab serves" in start(moved, usual=indexes[0]).stdout


@pytest.mark.parametrize("harm", ["pyvenv.cfg", "python"])
def test_a_python_in_venv_that_does_not_run_is_made_anew_and_the_packages_stay(moved, harm):
    if harm == "pyvenv.cfg":
        (moved / ".venv" / "pyvenv.cfg").unlink()
    else:
        for path in building.python(moved / ".venv").parent.glob("python*"):
            path.unlink()
            path.symlink_to("/no/such/python")
    done = start(moved)
    assert done.returncode == 0, done.stderr
    assert "JupyterLab serves" in done.stdout


def test_what_this_python_cannot_use_is_kept_until_its_successor_is_complete(moved, indexes):
    (moved / ".venv" / "pyvenv.cfg").unlink()
    (packages(moved) / "numpy" / "__init__.py").write_text("raise ImportError('for another Python')")
    done = [start(moved) for _ in range(2)]
    assert [(each.returncode, "needs the network" in each.stderr) for each in done] == [(1, True)] * 2
    kept = building.packages(moved / ".venv-old")
    assert (kept / "numpy" / "__init__.py").exists()
    usual, pytorch = indexes
    assert "JupyterLab serves" in start(moved, usual=usual, pytorch=pytorch).stdout
    assert not (moved / ".venv-old").exists()


def test_an_installation_that_was_cut_off_goes_on(moved, indexes):
    for name in ("jupyterlab", "torch"):
        for path in packages(moved).glob(f"{name}*"):
            shutil.rmtree(path)
    usual, pytorch = indexes
    assert "JupyterLab serves" in start(moved, usual=usual, pytorch=pytorch).stdout


def test_marks_of_a_conflict_in_pyproject_are_told_of(moved):
    path = moved / "pyproject.toml"
    path.write_text(f"<<<<<<< HEAD\n{PROJECT}", "utf-8")
    done = start(moved)
    assert done.returncode == 1
    assert "pyproject.toml, which says what the course needs, cannot be read" in done.stderr


def test_torch_left_out_stays_left_out(moved):
    for path in packages(moved).glob("torch*"):
        shutil.rmtree(path)
    (packages(moved) / "torch.py").write_text("__version__ = 'is not there'")
    for arguments in (["--without-torch"], []):
        done = start(moved, *arguments)
        assert (done.returncode, done.stdout.count("Step")) == (0, 0), done.stderr
