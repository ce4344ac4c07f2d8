"""A quotation and the sources that it is looked up in, as many a test needs them."""

from __future__ import annotations

from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.elements import take_apart
from pubtool.checker.evidence import Library, find_places
from pubtool.checker.index import build_index
from pubtool.checker.verdict import Judgement, judge
from pubtool.model import (
    Bibliography,
    Cited,
    Flow,
    How,
    Key,
    Leaf,
    Quotation,
    QuotationKind,
    Source,
    SourceText,
    Span,
)

CHICAGO = CONVENTIONS["chicago"]
KEY = Key("orme")
"""The source that is quoted where no other is named."""


def quotation(text: str, key: Key | None = KEY) -> Quotation:
    """Return an inline quotation of a source, or of none, that is all of its block."""
    flow = Flow(text, (Leaf(0, len(text), Span(0, len(text))),) if text else ())
    cited = (Cited(key, None, How.CITATION),) if key else ()
    return Quotation("q-1", QuotationKind.INLINE, flow, Span(0, len(text)), 0, cited=cited)


def library(*texts: SourceText) -> Library:
    """Return a library of some sources that are books."""
    sources = {text.key: Source(text.key, "book", str(text.key)) for text in texts}
    return Library(Bibliography("references.bib", sources), build_index(texts), {})


def verdict(text: str, shelf: Library, key: Key | None = KEY) -> Judgement:
    """Return the judgement on a quotation."""
    quoted = quotation(text, key)
    elements = take_apart(quoted)
    return judge(quoted, elements, find_places(quoted, elements, shelf, CHICAGO), shelf)
