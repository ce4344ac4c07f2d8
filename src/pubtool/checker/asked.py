"""Words that somebody asks for: looked up in one source as a quotation of it would be."""

from __future__ import annotations

from pubtool.checker.check import check_quotation
from pubtool.checker.conventions import Conventions
from pubtool.checker.evidence import Library
from pubtool.checker.index import build_index
from pubtool.model import (
    Bibliography,
    Cited,
    Flow,
    FrontMatter,
    How,
    Leaf,
    Post,
    PostReport,
    Quotation,
    QuotationKind,
    Source,
    SourceText,
    Span,
)

_NAME = "the words"


def check_words(words: str, text: SourceText, conventions: Conventions) -> PostReport:
    """Return the verdict on some words as a quotation of a source, as the report on a post."""
    source = Source(text.key, "document", str(text.key))
    library = Library(Bibliography("references.bib", {text.key: source}), build_index((text,)), {})
    span = Span(0, len(words))
    leaves = (Leaf(0, len(words), span),) if words else ()
    cited = (Cited(text.key, None, How.CITATION),)
    quotation = Quotation(
        "q-asked", QuotationKind.INLINE, Flow(words, leaves), span, 0, cited=cited
    )
    post = Post(_NAME, words, FrontMatter(), ())
    verdict = check_quotation(quotation, post, library, conventions)
    return PostReport(_NAME, words, (verdict,), verdict.findings)
