"""Each quotation of a post as a W3C Web Annotation, for Hypothesis and whatever else reads them.

A post's ``annotations.jsonld`` is a collection with one page (Web Annotation Data Model, sections 4
and 5). Each annotation assesses a stretch of the published page: its target has a
TextQuoteSelector and a TextPositionSelector, which counts code points of the page's text, that is
``document.body.textContent``. Its bodies are the verdict in words, the verdict as a tag, and where
the words stand: in the source, by its address, and in the text that was extracted from it, named by
its SHA-256 (RFC 6920), since positions in the one are none in the other. Words that an ellipsis
leaves out are in neither. Nothing depends on a clock: the ids come from the content.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pubtool import __version__
from pubtool.model import Match, Span, Verdict
from pubtool.text.collation import quoted_parts
from pubtool.writers.json_file import json_file
from pubtool.writers.page_text import PageText
from pubtool.writers.proof import Proof, shown_match
from pubtool.writers.site import Page
from pubtool.writers.words import Words

NAME = "annotations.jsonld"
"""The file beside a post's page."""

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PDF_PAGES = "http://tools.ietf.org/rfc/rfc3778"
"""What the model's table of fragment specifications has for ``page=7``."""
_AROUND = 32
"""Code points of a prefix or suffix, as everywhere else in our data."""


@dataclass(frozen=True)
class Told:
    """One quotation as an annotation tells of it."""

    verdict: Verdict
    proof: Proof
    text_sha256: str
    """Of the source's extracted text; empty where there is none."""


@dataclass(frozen=True)
class Annotated:
    """A published page and its quotations."""

    page: Page
    address: str
    """The page's own, with a slash at its end; empty where the site's is not known."""
    text: PageText
    words: Words
    told: Sequence[Told]
    """In the post's order."""


def annotation_collection(annotated: Annotated) -> bytes:
    """Return the collection as JSON-LD."""
    own = f"{annotated.address}{NAME}" if annotated.address else _urn(annotated.page)
    items = [_annotation(annotated, told, own) for told in annotated.told]
    first = f"{own}#page-1" if annotated.address else _urn(annotated.page, "page-1")
    collection = {
        "@context": _CONTEXT,
        "id": own,
        "type": "AnnotationCollection",
        "label": f"{annotated.words('proof.list')}: {annotated.page.title}",
        "generator": {"type": "Software", "name": f"pubtool {__version__}"},
        "total": len(items),
        "first": {
            "id": first,
            "type": "AnnotationPage",
            "partOf": own,
            "startIndex": 0,
            "items": items,
        },
    }
    return json_file(collection)


def pieces(verdict: Verdict, match: Match) -> tuple[Span, ...]:
    """Return the ranges of the source that are quoted: the passage without what is left out."""
    trimmed = (_trimmed(match, part) for part in quoted_parts(match, verdict.differences))
    return tuple(piece for piece in trimmed if len(piece))


def _annotation(annotated: Annotated, told: Told, collection: str) -> dict[str, Any]:
    name = told.verdict.quotation.id
    words = annotated.words
    return {
        "id": f"{collection}#{name}" if annotated.address else _urn(annotated.page, name),
        "type": "Annotation",
        "motivation": "assessing",
        "body": [
            {
                "type": "TextualBody",
                "purpose": "assessing",
                "format": "text/plain",
                "language": words.lang,
                "value": told.proof.verdict,
            },
            {
                "type": "TextualBody",
                "purpose": "tagging",
                "format": "text/plain",
                "value": told.verdict.kind.value,
            },
            *_links(told),
        ],
        "target": _target(annotated, told.verdict),
    }


def _target(annotated: Annotated, verdict: Verdict) -> dict[str, Any]:
    """Return the quotation on the page; one that the page does not mark, by its words alone."""
    text = annotated.text.text
    place = annotated.text.place(verdict.quotation.id, verdict.quotation.text)
    if place is None:
        selectors = [
            {"type": "TextQuoteSelector", "exact": " ".join(verdict.quotation.text.split())}
        ]
    else:
        selectors = _selectors(text, place)
    return {
        "type": "SpecificResource",
        "source": annotated.address or "index.html",
        "selector": selectors,
    }


def _selectors(text: str, place: Span) -> list[dict[str, Any]]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[place.start : place.end],
            "prefix": text[max(place.start - _AROUND, 0) : place.start],
            "suffix": text[place.end : place.end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": place.start, "end": place.end},
    ]


def _links(told: Told) -> Iterator[dict[str, Any]]:
    """Yield where the quoted words stand, a body for each piece, and the source else."""
    match, proof = shown_match(told.verdict), told.proof
    address = proof.url.partition("#")[0]
    described = {"type": "Text", "dcterms:bibliographicCitation": proof.citation}
    if match is None:
        if address:
            yield _linking({"id": address, **described})
        return
    for piece in pieces(told.verdict, match):
        quote = _quoted(match, piece)
        if address:
            selectors = [quote]
            if match.sheet and "#page=" in proof.url:
                selectors.append(
                    {
                        "type": "FragmentSelector",
                        "conformsTo": _PDF_PAGES,
                        "value": f"page={match.sheet}",
                    }
                )
            yield _linking({"id": address, **described}, selectors)
        if told.text_sha256:
            text = {
                "id": _named_information(told.text_sha256),
                "type": "Text",
                "format": "text/plain",
                "dcterms:bibliographicCitation": proof.citation,
                **({"dcterms:isFormatOf": {"id": address}} if address else {}),
            }
            position = {"type": "TextPositionSelector", "start": piece.start, "end": piece.end}
            yield _linking(text, [quote, position])


def _linking(source: dict[str, Any], selectors: Sequence[Any] = ()) -> dict[str, Any]:
    body = {"type": "SpecificResource", "purpose": "linking", "source": source}
    return {**body, "selector": list(selectors)} if selectors else body


def _quoted(match: Match, piece: Span) -> dict[str, Any]:
    """Return the selector of a piece of a source by its words and those next to it."""
    around = f"{match.prefix}{match.text}{match.suffix}"
    at = piece.start - match.span.start + len(match.prefix)
    end = at + len(piece)
    return {
        "type": "TextQuoteSelector",
        "exact": around[at:end],
        "prefix": around[max(at - _AROUND, 0) : at],
        "suffix": around[end : end + _AROUND],
    }


def _trimmed(match: Match, piece: Span) -> Span:
    words = match.text[piece.start - match.span.start : piece.end - match.span.start]
    start = piece.start + len(words) - len(words.lstrip())
    return Span(start, max(start, piece.start + len(words.rstrip())))


def _named_information(sha256: str) -> str:
    """Return the name of a content by its digest: RFC 6920."""
    digest = urlsafe_b64encode(bytes.fromhex(sha256)).decode("ascii").rstrip("=")
    return f"ni:///sha-256;{digest}"


def _urn(page: Page, part: str = "") -> str:
    """Return a name for what has no address, the same at each build."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'pubtool:{page.slug}/{page.title}#{part}')}"
