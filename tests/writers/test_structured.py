"""schema.org's data: what is known, and no more."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from pubtool.model import Key, Name, SeriesPart, Source, VerdictKind
from pubtool.writers.structured import Described, structured_data
from pubtool.writers.titles import in_print

TEXT = 'Mill: "of his own" [@mill1859], and "nothing else", and "another".'
EVIL = '</script><script>alert(1)</script><!--\u2028&"\\'


def data_of(page: bytes) -> dict[str, Any]:
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page.decode(), re.DOTALL
    )
    assert len(found) == 1
    read: dict[str, Any] = json.loads(found[0])
    return read


@pytest.fixture
def page(post: Any, verdict: Any, material: Any, write: Any) -> Any:
    """Return what gives the data of a post's page; keywords are front matter."""

    def make(url: str = "", **front: Any) -> dict[str, Any]:
        lost = verdict(TEXT, "nothing else", VerdictKind.ABSENT)
        other = verdict(TEXT, "another", VerdictKind.ADAPTED, key="doe2001")
        checked = post(TEXT, verdict(TEXT, "of his own"), lost, other, **front)
        return data_of(write(material(checked, url=url), "html")["a/index.html"])

    return make


def test_a_post_says_what_it_is(page: Any) -> None:
    told = page(
        url="https://example.org", title="A title", authors=("Ann Other",), lang="de", tags=("t",),
        series=(SeriesPart("S", 1),),
    )  # fmt: skip
    assert told["@context"] == "https://schema.org"
    assert told["@type"] == ["BlogPosting", "ScholarlyArticle"]
    assert told["@id"] == told["url"] == "https://example.org/a/"
    assert (told["headline"], told["inLanguage"]) == ("A title", "de")
    assert told["author"] == [{"name": "Ann Other"}]
    assert told["datePublished"] == "2026-05-03"
    assert told["keywords"] == ["t"]
    (series,) = told["isPartOf"]
    assert (series["@type"], series["name"]) == ("CreativeWorkSeries", "S")
    assert series["url"] == "https://example.org/series/s/"  # as its page says itself
    assert told["position"] == 1


def test_a_series_is_named_as_its_page_is(page: Any) -> None:
    told = page(url="https://example.org", series=(SeriesPart("Große Maße", 1),))
    (series,) = told["isPartOf"]
    assert series["url"] == "https://example.org/series/gro%C3%9Fe-ma%C3%9Fe/"


def test_of_several_series_no_position_is_said(page: Any) -> None:
    told = page(series=(SeriesPart("S", 1), SeriesPart("T", 2)))
    assert [series["name"] for series in told["isPartOf"]] == ["S", "T"]
    assert "position" not in told


def test_only_what_was_found_is_a_quotation_based_on_a_source(page: Any) -> None:
    told = page()
    (cited,), (mentioned,) = told["citation"], told["mentions"]
    assert cited["@id"] == "#source-mill1859"
    assert (mentioned["@id"], mentioned["name"]) == (
        "#source-doe2001",
        "Jane Doe, Saying Things Twice",
    )
    found = [*cited["@reverse"]["isBasedOn"], *mentioned["@reverse"]["isBasedOn"]]
    assert len(found) == 2
    assert all(part.keys() == {"@type", "@id"} for part in found)
    assert all(part["@type"] == "Quotation" for part in found)
    assert all(part["@id"].startswith("#q-") for part in found)


def test_a_source_is_what_the_bibliography_calls_it(page: Any) -> None:
    (mill,) = page()["citation"]
    assert (mill["@type"], mill["name"]) == ("Book", "On Liberty")
    assert mill["author"] == [
        {
            "@type": "Person",
            "name": "John Stuart Mill",
            "givenName": "John Stuart",
            "familyName": "Mill",
        }
    ]


def test_a_body_is_called_no_person_and_a_rare_type_a_work() -> None:
    body = Source(
        Key("un/1"), "treaty", "A treaty", (Name("United Nations"),), year="2000",
        url="javascript:alert(1)", csl={"DOI": "10.1000/x"},
    )  # fmt: skip
    told = json.loads(structured_data(described(cited=[body])))
    assert told["citation"] == [
        {
            "@type": "CreativeWork",
            "@id": "#source-un%2F1",
            "name": "A treaty",
            "author": [{"name": "United Nations"}],
            "datePublished": "2000",
            "sameAs": "https://doi.org/10.1000/x",
        }
    ]


def test_a_claim_is_never_reviewed(page: Any) -> None:
    assert "ClaimReview" not in json.dumps(page())


def test_nothing_ends_the_script(post: Any, material: Any, write: Any) -> None:
    content = write(material(post("Words.", title=EVIL, authors=(EVIL,), tags=(EVIL,))), "html")
    page = content["a/index.html"].decode()
    assert page.count("<script") == page.count("</script>") == 1
    assert data_of(content["a/index.html"])["headline"] == in_print(EVIL)
    inside = structured_data(described(keywords=(EVIL + "\ud800",)))
    assert not set("<>&\u2028\u2029") & set(inside)
    assert inside.encode("utf-8")


def described(**changes: Any) -> Described:
    from pubtool.writers.site import Page

    page = Page("posts/a.md", "a", "A", "", "publish", (), "en")
    return replace(Described(page, "", (), (), (), ()), **changes)
