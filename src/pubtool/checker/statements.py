"""Statements: what an author says of a quotation's form, in parentheses or brackets beside it.

"(emphasis added)", "[citations omitted]", "(spelling modernised)": each excuses what it names and
nothing else.
"""

from __future__ import annotations

import re

from pubtool.checker.elements import Elements
from pubtool.model import Quotation

_CITATIONS = re.compile(r"(?:citation|footnote|reference)s?\b[\w ]* omitted|cleaned up", re.I)
_NOTES = re.compile(
    r"(?:citation|footnote|note|reference|call number)s?\b[\w ]* omitted|cleaned up", re.I
)


def stated(quotation: Quotation, elements: Elements) -> str:
    """Return what is said of the quotation's form, behind it and within it."""
    inside = (quotation.text[span.start : span.end] for span in elements.remarks)
    return "; ".join((quotation.remark, *inside))


def omits_citations(said: str) -> bool:
    """Whether a statement says that citations are left out."""
    return bool(_CITATIONS.search(said))


def omits_notes(said: str) -> bool:
    """Whether a statement says that notes are left out."""
    return bool(_NOTES.search(said))
