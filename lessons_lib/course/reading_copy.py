"""`python3 -m lessons_lib read`: every lesson as a page that needs no kernel, no script and no network.

Formulas become MathML, which browsers draw themselves; where an explorer stands, its stored picture and sentence do.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from textwrap import shorten

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
_MATH = "{http://www.w3.org/1998/Math/MathML}m"


def _as_mathml(formula: str, display: str) -> str:
    """Return a formula as MathML; ValueError if it cannot be read, or would bring anything else into the page."""
    try:
        written = convert(formula.replace("{aligned}", "{align*}"), display=display)  # one name of the two is known
        written = re.sub(r"&(?!#x[0-9A-F]+;)", "&amp;", written)
        elements = [*ElementTree.fromstring(written).iter()]
    except Exception as error:  # of many types, none of them the library's documented own
        raise ValueError(formula) from error
    if not all(
        element.tag.startswith(_MATH) and not any(name.startswith(("on", "href", "style")) for name in element.attrib)
        for element in elements
    ):
        raise ValueError(formula)
    return written


class _Renderer(IPythonRenderer):
    """Markdown to HTML, with formulas as MathML, and headings that links find under the names JupyterLab gives them.

    A formula that cannot be read stays as it was typed, and is added to `odd`.
    """

    def __init__(self, odd: list[str], **options):
        super().__init__(**options)
        self.odd = odd

    def heading(self, text: str, level: int, **attrs) -> str:
        return super().heading(text, level, id=re.sub("<[^>]*>", "", text).replace(" ", "-"), **attrs)

    def block_math(self, body: str) -> str:
        return self._math(body, "block", "$$")

    def inline_math(self, body: str) -> str:
        return self._math(body, "inline", "$")

    def _math(self, body: str, display: str, mark: str) -> str:
        try:
            return _as_mathml(body, display)
        except ValueError:
            self.odd.append(f"{mark}{body}{mark}")
            return f"<code>{escape(self.odd[-1])}</code>"


class _Page(HTMLExporter):
    """A notebook to one page that holds all it shows; `odd` has the formulas that could not be read."""

    def __init__(self, **options):
        super().__init__(**options)
        self.odd: list[str] = []

    @pass_context
    def markdown2html(self, context, source: str) -> str:
        """Convert a text cell."""
        return MarkdownWithMath(renderer=_Renderer(self.odd, escape=False, exclude_anchor_links=True)).render(source)


def write_reading_copy(folder: Path, say: Callable[[str], None] = print) -> Path:
    """Write a page for each lesson into this folder, made if need be, and return the path of the page of contents.

    Notebooks are learners' own: what cannot be written of one is said, and the others are written.
    """
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
        exporter.odd.clear()
        try:
            page, _ = exporter.from_filename(ROOT / "notebooks" / lesson.notebook, resources)
        except Exception as error:
            say(f"{lesson.notebook} cannot be read, and has no page: {shorten(str(error), 200)}")
            continue
        for formula in exporter.odd:
            say(f"{lesson.notebook}: a formula stands as it was typed, {shorten(formula, 80)}")
        page = re.sub(r'(href="[^":]+)\.ipynb', r"\1.html", page)  # from lesson to lesson
        (folder / lesson.notebook).with_suffix(".html").write_text(page, "utf-8", "replace")
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
