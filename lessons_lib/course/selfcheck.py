"""Says in words whether the installation is whole."""

import importlib
import importlib.util
import sys
from importlib.metadata import version

from lessons_lib.start import environment

_USES = {
    "numpy": "numbers",
    "scipy": "special functions",
    "matplotlib": "pictures",
    "ipywidgets": "sliders",
    "anywidget": "live figures",
    "jupyterlab": "the notebook itself",
    "sklearn": "data sets",
    "torch": "neural networks",
    "constriction": "the arithmetic coder",
}
_NOT_EVERYWHERE = {"torch", "constriction"}


def self_check() -> str:
    """Import every package of the course and draw a frame; return what was found, a line each."""
    lines = [f"Python {sys.version_info.major}.{sys.version_info.minor}"]
    faults = 0
    for module, use in _USES.items():
        try:
            importlib.import_module(module)
            lines.append(f"ok      {module} {version({'sklearn': 'scikit-learn'}.get(module, module))}: {use}")
        except Exception as error:
            if module in _NOT_EVERYWHERE and _not_for_this_system(module):
                lines.append(f"left    {module} ({use}): not installed here; the lessons say what they leave out")
            else:
                faults += 1
                lines.append(f"MISSING {module} ({use}): {error}")
    outdated = environment.missing(test=False)
    if outdated:
        lines.append(f"MISSING or too old: {', '.join(outdated)}")
    lines.append(_draw())
    faults += bool(outdated) + lines[-1].startswith("FAILS")
    lines.append(
        "The installation is whole." if not faults else "Mend it: close JupyterLab, then python3 -m lessons_lib lab"
    )
    return "\n".join(lines)


def _not_for_this_system(package: str) -> bool:
    """Return whether the project does not ask for this package here."""
    absent = importlib.util.find_spec(package) is None
    return absent and not any(line.startswith(package) for line in environment.missing(test=False))


def _draw() -> str:
    try:
        from lessons_lib.lesson_00 import SurprisalExplorer

        explorer = SurprisalExplorer()
        explorer.move(p=0.25)
        if explorer.result.bits != 2:
            return f"FAILS   an explorer computes {explorer.result.bits} bits for p = 1/4, not 2"
        return "ok      an explorer draws, moves, and computes 2 bits for p = 1/4"
    except Exception as error:
        return f"FAILS   an explorer cannot be drawn: {error}"
