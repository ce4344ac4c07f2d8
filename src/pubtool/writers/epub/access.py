"""What a book says of who can read it (EPUB Accessibility 1.1, schema.org's vocabulary).

Only what is seen in the files is said. That the whole conforms to a standard is not among it: that
takes a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from pubtool.writers.book_images import BookPicture
from pubtool.writers.epub.xhtml import Element, is_formula, name_of

_ALWAYS = ("tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability")


def accessibility(
    elements: Sequence[Element], pictures: Sequence[BookPicture]
) -> list[tuple[str, str]]:
    """Return the properties of a book with these elements and images, with their values."""
    shown = [node for node in elements if not is_formula(node) and name_of(node) == "img"]
    described = all(node.get("alt") for node in shown)
    formulas = any(is_formula(node) for node in elements)
    features = [*_ALWAYS]
    features += ["alternativeText"] if shown and described else []
    features += ["MathML"] if formulas else []
    modes = ["textual", *(["visual"] if pictures else [])]
    found = [("accessMode", mode) for mode in modes]
    if described:
        found.append(("accessModeSufficient", "textual"))
    found += [("accessibilityFeature", feature) for feature in features]
    # a moving picture may flash, and nothing here looks at its frames
    hazard = "unknown" if any(picture.moves for picture in pictures) else "none"
    return [*found, ("accessibilityHazard", hazard), ("accessibilitySummary", _summary(shown))]


def _summary(shown: Sequence[Element]) -> str:
    missing = sum(1 for node in shown if not node.get("alt"))
    said = "Text with headings, a table of contents, notes and their links back."
    if not shown:
        return said
    if not missing:
        return f"{said} Every image has an alternative text."
    lacks = f"{missing} of {len(shown)}" if len(shown) > 1 else "The only one"
    return f"{said} Not every image has an alternative text: {lacks} has none."
