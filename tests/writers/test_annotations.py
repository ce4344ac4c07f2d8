"""Annotations by the W3C's model: what it requires is there, and selectors choose what they say.

The schema is ours, of the part of the model that we use (https://www.w3.org/TR/annotation-model/);
sections are named beside it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pubtool.model import (
    Difference,
    DifferenceKind,
    Extent,
    Key,
    Match,
    SourceText,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.writers.annotations import pieces
from pubtool.writers.provenance import Provenance, Sources

SOURCE = "It begins here. A reader can trust what he can check, and no more. So it ends."
PASSAGE = "A reader can trust what he can check"
TEXT = 'He says: "A reader can trust what he can check". And "nothing else" too.'
IRI = {"type": "string", "pattern": r"^(https?://|urn:uuid:|ni:///sha-256;)\S+$"}
TEXT_QUOTE = {  # 4.2.4
    "type": "object",
    "required": ["type", "exact"],
    "properties": {
        "type": {"const": "TextQuoteSelector"},
        "exact": {"type": "string", "minLength": 1},
        "prefix": {"type": "string"},
        "suffix": {"type": "string"},
    },
    "additionalProperties": False,
}
TEXT_POSITION = {  # 4.2.5
    "type": "object",
    "required": ["type", "start", "end"],
    "properties": {
        "type": {"const": "TextPositionSelector"},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}
FRAGMENT = {  # 4.2.1
    "type": "object",
    "required": ["type", "value", "conformsTo"],
    "properties": {"type": {"const": "FragmentSelector"}, "conformsTo": {"format": "uri"}},
}
SPECIFIC = {  # 4.1
    "type": "object",
    "required": ["type", "source"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "object", "required": ["id"], "properties": {"id": IRI}},
            ]
        },
        "purpose": {"const": "linking"},
        "selector": {
            "type": "array",
            "minItems": 1,
            "items": {"oneOf": [TEXT_QUOTE, TEXT_POSITION, FRAGMENT]},
        },
    },
    "additionalProperties": False,
}
TEXTUAL = {  # 3.2.4
    "type": "object",
    "required": ["type", "value", "purpose"],
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string", "minLength": 1},
        "purpose": {"enum": ["assessing", "tagging"]},
        "format": {"const": "text/plain"},
        "language": {"type": "string"},
    },
    "additionalProperties": False,
}
ANNOTATION = {  # 3.1
    "type": "object",
    "required": ["id", "type", "motivation", "body", "target"],
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"const": "assessing"},  # 3.3.5
        "body": {"type": "array", "items": {"oneOf": [TEXTUAL, SPECIFIC]}},
        "target": SPECIFIC,
    },
    "additionalProperties": False,
}
COLLECTION = {  # 5.1, 5.2
    "type": "object",
    "required": ["@context", "id", "type", "label", "total", "first"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer", "minimum": 1},
        "first": {
            "type": "object",
            "required": ["id", "type", "partOf", "items"],
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "partOf": IRI,
                "startIndex": {"const": 0},
                "items": {"type": "array", "items": ANNOTATION},
            },
        },
    },
}


class Body(HTMLParser):
    """The text of a page's body, put together by another reader than ours."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "body"

    def handle_data(self, data: str) -> None:
        self.text += data if self._inside else ""


def found(text: str, quoted: str, verdict: Any, **changes: Any) -> Verdict:
    """Return a verdict whose match is where the words stand in the source."""
    made: Verdict = verdict(text, quoted)
    start = SOURCE.index(PASSAGE)
    span = Span(start, start + len(PASSAGE))
    around = (SOURCE[max(span.start - 32, 0) : span.start], SOURCE[span.end : span.end + 32])
    match = Match(Key("mill1859"), span, PASSAGE, *around, None, 1.0, sheet=3)
    return replace(made, **{"match": match, **changes})


@pytest.fixture
def built(post: Any, verdict: Any, material: Any, write: Any) -> Any:
    """Return what gives the page and the collection of a post, the site's address being `url`."""

    def make(url: str = "", file: str = "k.md", **changes: Any) -> tuple[str, dict[str, Any]]:
        lost = verdict(TEXT, "nothing else", VerdictKind.UNCHECKED, reason="missing")
        checked = post(TEXT, found(TEXT, PASSAGE, verdict, **changes), lost)
        given = material(checked, url=url)
        sources = Sources(
            provenance=lambda key: Provenance(((f"sources/{file}", "0" * 64),)),
            text=lambda key: SourceText(key, SOURCE),
        )
        mill = replace(given.bibliography.sources[Key("mill1859")], url=f"https://a.org/{file}")
        entries = {**given.bibliography.sources, mill.key: mill}
        bibliography = replace(given.bibliography, sources=entries)
        files = write(replace(given, sources=sources, bibliography=bibliography), "html")
        return files["a/index.html"].decode(), json.loads(files["a/annotations.jsonld"])

    return make


@pytest.mark.parametrize("url", ["", "https://example.org/blog"])
def test_the_collection_holds_to_the_model(url: str, built: Any) -> None:
    _, collection = built(url)
    Draft202012Validator(COLLECTION).validate(collection)
    items = collection["first"]["items"]
    ids = [collection["id"], collection["first"]["id"], *(item["id"] for item in items)]
    assert len(set(ids)) == len(ids)
    assert collection["total"] == len(items) == 2
    assert collection["first"]["partOf"] == collection["id"]


def test_names_are_addresses_where_the_site_has_one(built: Any) -> None:
    _, collection = built("https://example.org/blog")
    (first, _) = collection["first"]["items"]
    assert first["id"] == "https://example.org/blog/a/annotations.jsonld#q-00000a"
    assert first["target"]["source"] == "https://example.org/blog/a/"
    _, bare = built()
    assert bare["first"]["items"][0]["target"]["source"] == "index.html"


def test_targets_are_found_again_in_the_page(built: Any) -> None:
    page, collection = built()
    text = Body(page).text
    for item, words in zip(collection["first"]["items"], (PASSAGE, "nothing else"), strict=True):
        quote, place = item["target"]["selector"]
        assert quote["exact"] == words == text[place["start"] : place["end"]]
        assert f"{quote['prefix']}{words}{quote['suffix']}" in text
        assert text[: place["start"]].endswith(quote["prefix"])


def test_bodies_say_what_was_found_and_where_the_words_stand(built: Any) -> None:
    _, collection = built()
    first, second = (item["body"] for item in collection["first"]["items"])
    assert [body["value"] for body in first[:2]] == ["word for word", "verbatim"]
    assert [body["value"] for body in second] == [
        "not checked: no text of the source is at hand",
        "unchecked",
    ]
    source, text = first[2:]
    assert source["source"]["id"] == "https://a.org/k.md"
    assert [selector["type"] for selector in source["selector"]] == ["TextQuoteSelector"]
    digest = base64.urlsafe_b64encode(hashlib.sha256(SOURCE.encode()).digest()).decode().rstrip("=")
    assert text["source"]["id"] == f"ni:///sha-256;{digest}"
    quote, place = text["selector"]
    assert quote["exact"] == PASSAGE == SOURCE[place["start"] : place["end"]]
    assert SOURCE[: place["start"]].endswith(quote["prefix"])
    assert SOURCE[place["end"] :].startswith(quote["suffix"])


def test_of_a_pdf_the_page_is_named(built: Any) -> None:
    _, collection = built(file="k.pdf")
    selectors = collection["first"]["items"][0]["body"][2]["selector"]
    assert selectors[1] == {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
        "value": "page=3",
    }


def test_what_an_ellipsis_leaves_out_is_no_part_of_the_quoted_words(built: Any) -> None:
    start = SOURCE.index("can trust what ")
    gap = Difference(
        DifferenceKind.ELLIPSIS, "…", "can trust what", Span(0, 0), Span(start, start + 15),
        marked=True, permitted=False,
    )  # fmt: skip
    _, collection = built(differences=(gap,))
    quoted = [body["selector"][0]["exact"] for body in collection["first"]["items"][0]["body"][2:]]
    assert quoted == ["A reader", "A reader", "he can check", "he can check"]


def test_a_second_hand_text_is_not_shown_as_the_source(verdict: Any, built: Any) -> None:
    whole = found(TEXT, PASSAGE, verdict).match
    assert whole is not None
    match = replace(whole, extent=Extent.SECOND_HAND)
    _, collection = built(match=match, kind=VerdictKind.UNCHECKED, reason="second-hand")
    linked = collection["first"]["items"][0]["body"][2:]
    assert [body["source"]["id"] for body in linked] == ["https://a.org/k.md"]
    assert "selector" not in linked[0]


def test_the_pieces_of_a_passage_are_in_order_and_disjoint() -> None:
    text = "one two three four five"
    match = Match(Key("k"), Span(100, 100 + len(text)), text, "", "", None, 1.0)
    gaps = [
        Difference(DifferenceKind.ELLIPSIS, "…", "", Span(0, 0), Span(a, b), marked=True,
                   permitted=False)
        for a, b in ((104, 107), (113, 118), (90, 101), (110, 110))
    ]  # fmt: skip
    verdict = Verdict(None, VerdictKind.ADAPTED, None, match, tuple(gaps), ())  # type: ignore[arg-type]
    shown = [text[p.start - 100 : p.end - 100] for p in pieces(verdict, match)]
    assert shown == ["one", "three", "five"]
