"""Links that leave us: into the source where that can be, http and https alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pubtool.model import Extent, Key, Match, Source, SourceText, Span
from pubtool.writers.addresses import Links, Passage, doi_address, is_pdf, links_to, web_address
from pubtool.writers.provenance import Provenance
from pubtool.writers.text_fragment import Searched

TEXT = "It holds that nobody may be held without cause, and so on."
WORDS = "nobody may be held without cause"
START = TEXT.index(WORDS)
MATCH = Match(
    Key("k"), Span(START, START + len(WORDS)), WORDS, "", "", None, 1, Extent.FULL, sheet=7
)
FRAGMENT = ":~:text=nobody%20may%20be%20held%20without%20cause"
SEARCHED = Searched(SourceText(Key("k"), TEXT))


def passage(match: Match = MATCH) -> Passage:
    return Passage(match, lambda: SEARCHED)


def file(name: str, **known: str) -> Provenance:
    return Provenance(((f"sources/{name}", "0" * 64),), **known)


def entry(url: str = "", archive: str = "", doi: str = "") -> Source:
    csl = {"DOI": doi} if doi else {}
    return Source(Key("k"), "webpage", "A title", url=url, archive=archive, csl=csl)


@pytest.mark.parametrize(
    ("name", "source", "origin", "url"),
    [
        ("k.html", entry("https://a.org/x"), "", f"https://a.org/x#{FRAGMENT}"),
        ("k.md", entry("https://a.org/x"), "", f"https://a.org/x#{FRAGMENT}"),
        ("k.html", entry("https://a.org/x#part"), "", f"https://a.org/x#part{FRAGMENT}"),
        ("k.html", entry("https://a.org/#:~:text=old"), "", f"https://a.org/#{FRAGMENT}"),
        ("k.html", entry(), "https://b.org/y", f"https://b.org/y#{FRAGMENT}"),
        ("k.pdf", entry("https://a.org/x.pdf"), "", "https://a.org/x.pdf#page=7"),
        ("k.pdf", entry("https://arxiv.org/pdf/2001.00001"), "", "https://arxiv.org/pdf/2001.00001#page=7"),
        ("k.pdf", entry("https://a.org/about"), "", "https://a.org/about"),
        ("k.pdf", entry("https://a.org/about"), "https://a.org/get?id=1", "https://a.org/get?id=1#page=7"),
        ("k.epub", entry("https://a.org/x"), "", "https://a.org/x"),
        ("k.html", entry(doi="10.1000/a(b)<c>"), "", "https://doi.org/10.1000/a(b)%3Cc%3E"),
        ("k.html", entry("https://doi.org/10.1000/ab"), "", "https://doi.org/10.1000/ab"),
        ("k.html", entry(), "page 12 of the book", ""),
    ],
)  # fmt: skip
def test_where_a_passage_can_be_seen(name: str, source: Source, origin: str, url: str) -> None:
    assert links_to(source, file(name, origin=origin), passage()).url == url


def test_the_archived_copy_is_opened_at_the_passage_too() -> None:
    there = "https://web.archive.org/web/2020/https://a.org/x"
    by_entry = links_to(entry("https://a.org/x", archive=there), file("k.html"), passage())
    by_lock = links_to(entry("https://a.org/x"), file("k.html", archive=there), passage())
    assert by_entry == by_lock == Links(f"https://a.org/x#{FRAGMENT}", f"{there}#{FRAGMENT}")


def test_a_page_of_no_file_is_not_named() -> None:
    unpaged = passage(replace(MATCH, sheet=0))
    assert (
        links_to(entry("https://a.org/x.pdf"), file("k.pdf"), unpaged).url == "https://a.org/x.pdf"
    )


def test_without_a_passage_a_link_leads_to_the_source() -> None:
    assert links_to(entry("https://a.org/x"), file("k.html"), None).url == "https://a.org/x"
    assert links_to(None, Provenance(), None) == Links()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "ftp://a.org/x",
        "//a.org/x",
        "https:a.org",
        "https://",
        "https://user:secret@a.org/x",
        "https://user@a.org/x",
        "http://localhost/x",
        "http://intranet/x",
        "http://127.0.0.1:8000/x",
        "http://192.168.1.1/x",
        "http://[::1]/x",
        "https://a.org:99999/x",
        "https://[broken/x",
        "https://a b.org/",
        'https://a".org/',
        "a text",
        "",
    ],
)
def test_what_is_no_address_that_anybody_can_reach_becomes_no_link(address: str) -> None:
    assert web_address(address) == ""
    assert links_to(entry(address, archive=address), file("k.html", origin=address), passage()) == (
        Links()
    )


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://a.org/a b\"c'd<e>", "https://a.org/a%20b%22c'd%3Ce%3E"),
        ("https://a.org/%C3%A9?q=1&r=2", "https://a.org/%C3%A9?q=1&r=2"),
        ("https://a.org/é", "https://a.org/%C3%A9"),
        ("HTTPS://A.org:8443/x", "https://a.org:8443/x"),
        ("https://bücher.example.org/", "https://bücher.example.org/"),
    ],
)
def test_an_address_is_well_formed(given: str, address: str) -> None:
    assert web_address(given) == address


def test_a_doi_in_any_dress() -> None:
    for doi in ("10.1000/x", "doi:10.1000/x", "https://dx.doi.org/10.1000/x"):
        assert doi_address(doi) == "https://doi.org/10.1000/x"
    assert doi_address("10.1000") == doi_address("javascript:10.1000/x") == ""


def test_what_looks_like_a_pdf() -> None:
    assert is_pdf("https://a.org/A.PDF?x=1")
    assert not is_pdf("https://a.org/pdfs/about.html")
