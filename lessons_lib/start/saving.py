"""What a notebook keeps when it is saved: of explorers and guesses, what can be seen without a kernel.

Standard library only, since the server imports it.
"""

from typing import Any

_VIEW = "application/vnd.jupyter.widget-view+json"
STORED = "*A stored picture. Run this cell (Shift+Enter) to move it.*"


def keep_what_stands_alone(model: dict[str, Any], **_where: Any) -> None:
    """Take the widgets out of a notebook that is about to be saved, and leave the pictures and sentences beside them.

    A widget lives in its kernel. Opened again without it, JupyterLab would show controls that do nothing, or an error,
    in place of the picture, and the file would be several times as large.
    """
    if model.get("type") != "notebook" or not isinstance(model.get("content"), dict):
        return
    model["content"].get("metadata", {}).pop("widgets", None)
    for cell in model["content"].get("cells", []):
        outputs = cell.get("outputs", [])
        taken = [output["data"] for output in outputs if output.get("data", {}).pop(_VIEW, None)]
        if any("image/png" in data for data in taken):
            outputs.append({"output_type": "display_data", "data": {"text/markdown": STORED}, "metadata": {}})
