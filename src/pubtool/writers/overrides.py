"""Templates and styles of the project's own: ``templates/NAME`` takes the place of our NAME.

File by file: what the project does not have is ours. A file of a name that nothing asks for does
nothing, which its author should hear of.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

FOLDER = "templates"
"""The project's folder."""
FONTS = "fonts"
"""The project's folder of typefaces of its own."""
_OTHERS = ("style.css", "lists.css", "template.typ", "epub.css", "reference.docx")
"""Besides the templates of pages."""


@cache
def override_names() -> tuple[str, ...]:
    """Return the names that a project may take, sorted."""
    pages = files("pubtool.writers.html").joinpath("templates").iterdir()
    return tuple(sorted({*(page.name for page in pages), *_OTHERS}))


def stray_templates(names: Iterable[str], included: Iterable[str] = ()) -> tuple[str, ...]:
    """Return a sentence for each file of the folder that nothing asks for.

    `included` are the files that the project's own templates name.
    """
    known = override_names()
    strays = sorted(set(names) - set(known) - set(included))
    return tuple(f"{FOLDER}/{name}: not used: {_hint(name, known)}" for name in strays)


def _hint(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name.lower(), known, 1)
    if near:
        return f"did you mean {near[0]}?"
    return "no template has that name, and none of yours includes it; docs/pages.md lists them"
