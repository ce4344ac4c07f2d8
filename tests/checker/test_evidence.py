"""Of many places as good as each other, each is counted once."""

from __future__ import annotations

from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.elements import take_apart
from pubtool.checker.evidence import Library, find_places
from pubtool.checker.index import build_index
from pubtool.model import (
    Bibliography,
    Flow,
    Key,
    Leaf,
    Quotation,
    QuotationKind,
    SourceText,
    Span,
)


def test_the_exact_copy_is_chosen_and_is_none_of_the_other_places() -> None:
    source = "They keep the lamp, of the quay. " * 12 + "They keep the lamp of the quay."
    quoted = "keep the lamp of the quay"
    whole = Span(0, len(quoted))
    flow = Flow(quoted, (Leaf(0, len(quoted), whole),))
    quotation = Quotation("q-1", QuotationKind.INLINE, flow, whole, 0)
    library = Library(
        Bibliography("references.bib", {}), build_index([SourceText(Key("s"), source)]), {}
    )
    (place,) = find_places(quotation, take_apart(quotation), library, CONVENTIONS["chicago"])
    assert source[place.alignment.span.start :] == ("keep the lamp of the quay.")
    assert place.alignment not in place.equals
