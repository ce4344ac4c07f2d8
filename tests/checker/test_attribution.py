"""Every case file under tests/cases/attribution, with the bibliography that it begins with."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.attribution import attribute, index_naming
from pubtool.checker.quotations import find_quotations
from pubtool.model import Cited, How, Quotation
from pubtool.readers.bibliography import read_bibliography
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc

CASES = "attribution"


def test_a_quotation_is_of_this_kind_and_from_these_sources(
    text: str, expected: str, bibliography: str, pandoc: Pandoc
) -> None:
    post = read_post("post.md", text, pandoc.parse(text, "post.md"))
    sources = read_bibliography("references.bib", bibliography, pandoc.csl_json)
    quotations, _ = find_quotations(post)
    lines = [
        line for q in attribute(quotations, post, index_naming(sources)) for line in describe(q)
    ]
    assert "\n".join(lines) == expected


def describe(quotation: Quotation) -> Iterator[str]:
    yield f"{quotation.kind.value}: {quotation.text}"
    cited = [one.key for one in quotation.cited if one.how is How.CITATION]
    attributed = [named(one) for one in quotation.cited if one.how is How.ATTRIBUTION]
    if cited:
        yield f"  cited: {', '.join(cited)}"
    if attributed:
        yield f"  from: {', '.join(attributed)}"


def named(one: Cited) -> str:
    return one.key if one.firm else f"{one.key}?"
