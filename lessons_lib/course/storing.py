"""Runs lessons from top to bottom, as somebody who has done nothing yet, and stores what their cells show.

    python -m lessons_lib.course.storing notebooks/99_waiting_for_a_six.ipynb

What may answer a guess is hidden until the learner runs its cell: JupyterLab then shows it again, and web pages show it
all the time.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from lessons_lib.course import LESSONS
from lessons_lib.exercise.lesson import Lesson

_VIEW = "application/vnd.jupyter.widget-view+json"


def store(path: Path) -> None:
    """Run a lesson's notebook and write it, with its outputs, in place; the same library writes the same bytes.

    Raises nbclient's CellExecutionError where a cell ends in an error; the file is then as it was.
    """
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as empty:
        client = NotebookClient(
            notebook,
            timeout=None,
            store_widget_state=False,
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(path.parent)}},
        )
        client.execute(env={**os.environ, "LIKELIHOOD_PROGRESS": os.path.join(empty, "progress.json")})
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if view := output.get("data", {}).get(_VIEW):  # of a widget that is gone; Jupyter draws a new number
                view["model_id"] = hashlib.md5(cell.source.encode(), usedforsecurity=False).hexdigest()
    hide_what_may_answer(notebook, next(lesson for lesson in LESSONS if lesson.notebook == path.name))
    nbformat.write(notebook, path)


def hide_what_may_answer(notebook: NotebookNode, lesson: Lesson) -> None:
    """Mark what cells show between the first guess and the last reveal as hidden, but for guesses and exercises."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    texts = [{output.get("data", {}).get("text/plain") for output in cell.outputs} for cell in cells]
    asked = {*map(repr, lesson.predictions)}
    revealed = {repr(prediction.reveal()) for prediction in lesson.predictions}
    asking = asked | {exercise.question for exercise in lesson.exercises}
    first = next((place for place, shown in enumerate(texts) if shown & asked), 0)
    last = max((place for place, shown in enumerate(texts) if shown & revealed), default=-1)
    for place, cell in enumerate(cells):
        cell.metadata.pop("jupyter", None)
        if first < place <= last and cell.outputs and not texts[place] & asking:
            cell.metadata["jupyter"] = {"outputs_hidden": True}


def main(paths: Sequence[str]) -> None:
    """Store these notebooks, one after the other."""
    for path in map(Path, paths):
        print(f"{path} …", flush=True)
        store(path)


if __name__ == "__main__":
    main(sys.argv[1:])
