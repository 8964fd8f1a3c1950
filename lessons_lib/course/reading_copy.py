"""`python3 -m lessons_lib read`: every lesson as a page that needs no kernel, no script and no network.

Formulas become MathML, which browsers draw themselves; where an explorer stands, its stored picture and sentence do.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, pass_context
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from traitlets.config import Config

from lessons_lib.course import LESSONS
from lessons_lib.start.environment import ROOT

_TEMPLATES = FileSystemLoader(Path(__file__).parent / "pages")
# As in nbconvert, but without the widgets, which need a script from the network.
_SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"]


class _Renderer(IPythonRenderer):
    """Markdown to HTML, with formulas as MathML, and headings that links find under the names JupyterLab gives them."""

    def heading(self, text: str, level: int, **attrs) -> str:
        return super().heading(text, level, id=re.sub("<[^>]*>", "", text).replace(" ", "-"), **attrs)

    def block_math(self, body: str) -> str:
        return convert(body, display="block")

    def inline_math(self, body: str) -> str:
        return convert(body)


class _Page(HTMLExporter):
    """A notebook to one page that holds all it shows."""

    @pass_context
    def markdown2html(self, context, source: str) -> str:
        """Convert a text cell."""
        return MarkdownWithMath(renderer=_Renderer(escape=False, exclude_anchor_links=True)).render(source)


def write_reading_copy(folder: Path) -> Path:
    """Write a page for each lesson into this folder, made if need be, and return the path of the page of contents."""
    folder.mkdir(parents=True, exist_ok=True)
    exporter = _Page(
        template_name="basic",
        template_file="lesson.html.j2",
        extra_loaders=[_TEMPLATES],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        config=Config({"NbConvertBase": {"display_data_priority": _SHOWN}}),
    )
    lessons = [(lesson.notebook, lesson.title) for lesson in LESSONS]
    for number, lesson in enumerate(LESSONS):
        resources = {"lessons": lessons, "number": number}
        page, _ = exporter.from_filename(ROOT / "notebooks" / lesson.notebook, resources)
        page = re.sub(r'(href="[^":]+)\.ipynb', r"\1.html", page)  # from lesson to lesson
        (folder / lesson.notebook).with_suffix(".html").write_text(page, "utf-8")
    contents = Environment(loader=_TEMPLATES, autoescape=True).get_template("contents.html.j2")
    index = folder / "index.html"
    index.write_text(contents.render(lessons=LESSONS), "utf-8")
    return index


def main(arguments: Sequence[str]) -> None:
    """Write the pages and say where they are."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        sys.exit("Name at most one folder: python3 -m lessons_lib read my_folder")
    try:
        index = write_reading_copy(Path(*arguments) if arguments else ROOT / "reading")
    except OSError as error:
        sys.exit(f"The pages cannot be written: {error}")
    print(f"Written. Begin with {index.resolve()}")


if __name__ == "__main__":
    main(sys.argv[1:])
