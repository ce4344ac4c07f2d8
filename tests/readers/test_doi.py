"""DOIs and what registries say of them; the way from there to an entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.model import Source
from pubtool.readers.append_entry import append_entry
from pubtool.readers.bibliography import read_bibliography
from pubtool.readers.doi import choose_key, draft_entry, parse_doi, read_metadata, resolver_address
from pubtool.readers.entry_links import archive_of, bibtex_entry, eprint_of
from pubtool.system.pandoc import Pandoc


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        (" doi:10.1000/182 ", "10.1000/182"),
        ("DOI: 10.1000/182.", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("HTTP://DX.DOI.ORG/10.1000/182", "10.1000/182"),
        ("doi.org/10.1000/182", "10.1000/182"),
        ("https://www.doi.org/10.1000/a%28b%29?x=1", "10.1000/a(b)"),
        ("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
         "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"),
        ("10.1000.10/123456", "10.1000.10/123456"),
        ("10.1/182", ""),
        ("10.1000", ""),
        ("10.1000/", ""),
        ("10.1000/a b", ""),
        ("see 10.1000/182", ""),
        ("https://example.org/10.1000/182", ""),
        ("notes/10.1000/182", ""),
    ],
)  # fmt: skip
def test_a_doi_is_known_in_all_its_spellings(text: str, doi: str) -> None:
    assert parse_doi(text) == doi


def test_a_resolver_s_address_escapes_what_an_address_cannot_hold() -> None:
    assert resolver_address("https://doi.org/", "10.1/a#b<c>?%") == (
        "https://doi.org/10.1/a%23b%3Cc%3E%3F%25"
    )


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as pandoc:
        yield pandoc


def entry_of(raw: dict[str, Any], pandoc: Pandoc) -> tuple[str, Source]:
    """The entry of a registry's item, and how the bibliography's own reader takes it."""
    item, _ = read_metadata(json.dumps(raw).encode(), pandoc.csl_json)
    entry = draft_entry(item, "k", "10.1000/x_y", "2026-05-03", pandoc.convert)
    found = read_bibliography("references.bib", entry, pandoc.csl_json)
    assert not [finding for finding in found.findings if finding.code in ("Q402", "Q403")]
    (source,) = found.sources.values()
    assert source.csl["DOI"] == "10.1000/x_y"
    assert source.csl["accessed"] == {"date-parts": [[2026, 5, 3]]}
    return entry, source


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ({"title": "Oil & water, 100 % #1 of_it"}, "Oil & water, 100 % #1 of_it"),
        ({"title": ["A list"]}, "A list"),
        ({"title": "Oil &amp;amp; water"}, "Oil & water"),
        ({"title": "A <jats:italic>set</jats:italic> <mml:math>x</mml:math>"}, "A set x"),
        ({"title": "Title", "subtitle": ["More of it"]}, "Title: More of it"),
        ({"title": "Title: More of it", "subtitle": ["More of it"]}, "Title: More of it"),
        ({"title": "Braces { and } and \\ and $"}, "Braces { and } and \\ and $"),
        ({"title": "Two\n  lines"}, "Two lines"),
        ({"title": "A \x1b[31mred\u202e title"}, "A [31mred title"),
    ],
)
def test_a_title_comes_through_whole(raw: dict[str, Any], title: str, pandoc: Pandoc) -> None:
    assert entry_of(raw, pandoc)[1].title.lower() == title.lower()


@pytest.mark.parametrize(
    ("kind", "head"),
    [("journal-article", "@article{"), ("article-journal", "@article{"), ("monograph", "@book{"),
     ("book-chapter", "@inbook{"), ("proceedings-article", "@inproceedings{"),
     ("dissertation", "@thesis{"), ("report", "@report{"), ("dataset", "@dataset{"),
     ("unheard-of", "@misc{"), (None, "@misc{"), (7, "@misc{")],
)  # fmt: skip
def test_types_of_crossref_are_known(kind: Any, head: str, pandoc: Pandoc) -> None:
    entry, _ = entry_of({"type": kind, "title": "T"}, pandoc)
    assert entry.startswith((head, head.replace("@thesis", "@phdthesis")))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["title", "author", "issued", "date-parts", "family", "link", "URL"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_metadata_or_a_sentence(value: Any) -> None:
    raw = {"title": value, "author": value, "issued": value, "link": value}
    told = ""
    try:
        item, links = read_metadata(json.dumps(raw).encode(), lambda text: [])
        told = str(item["title"])
        assert all(isinstance(link, str) for link in links)
    except ValueError as error:
        told = str(error)
        assert told.startswith("its metadata ")
    assert told


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({"author": [{"family": "Kunze"}], "issued": {"date-parts": [[2010]]}}, "kunze2010b"),
        ({"author": [{"family": "Größe-Ørsted"}], "issued": {"date-parts": [[1999]]}},
         "grosseorsted1999"),
        ({"author": [{"literal": "World Health Organization"}]}, "worldhealthorganizationnd"),
        ({"author": [{"family": "李"}], "issued": {"date-parts": [[2020]]}}, "soundings2020"),
        ({"editor": [{"family": "Ed"}], "issued": {"date-parts": [[2020]]}}, "ed2020"),
        ({"title": "李"}, "sourcend"),
    ],
)  # fmt: skip
def test_a_key_is_made_of_author_and_year(item: dict[str, Any], key: str) -> None:
    taken = {"kunze2010", "Kunze2010a"}
    assert choose_key({"title": "Soundings at sea", **item}, taken) == key


# --- Appending ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", "@misc{b,}\n"),
        ("\ufeff", "\ufeff@misc{b,}\n"),
        ("@misc{a,}", "@misc{a,}\n\n@misc{b,}\n"),
        ("@misc{a,}\n", "@misc{a,}\n\n@misc{b,}\n"),
        ("@misc{a,}\n\n", "@misc{a,}\n\n@misc{b,}\n"),
        ("@misc{a,}\r\n", "@misc{a,}\r\n\r\n@misc{b,}\r\n"),
        ("@misc{a,}\r\n\r\n", "@misc{a,}\r\n\r\n@misc{b,}\r\n"),
        ("% a comment", "% a comment\n\n@misc{b,}\n"),
    ],
)
def test_an_entry_is_put_behind_the_others(text: str, whole: str) -> None:
    assert append_entry(text, "@misc{b,}\n") == whole


@given(st.text(alphabet="@misc{a},\r\n \t%ü"))
def test_not_a_byte_of_the_rest_is_changed(text: str) -> None:
    assert append_entry(text, "@misc{b,}").startswith(text)


# --- What an entry says of the web ----------------------------------------------------------------

WAYBACK = "https://web.archive.org/web/2021/http://example.org/a_b"


@pytest.mark.parametrize(
    ("fields", "archive"),
    [
        ("archiveurl = {https://example.net/copy}", "https://example.net/copy"),
        ("archive-url = {https://example.net/copy}", "https://example.net/copy"),
        (f"note = {{Archived at \\url{{{WAYBACK}}}.}}", WAYBACK),
        ("note = {See https://web.archive.org/web/2021/http://example.org/a\\_b.}", WAYBACK),
        ("addendum = {https://perma.cc/AB12-CD34}", "https://perma.cc/AB12-CD34"),
        (f"url = {{{WAYBACK}}}", WAYBACK),
        ("howpublished = {\\url{https://archive.ph/x1Y2z}}", "https://archive.ph/x1Y2z"),
        ("note = {See https://example.org/a}", ""),
        ("urldate = {2020-01-01}", ""),
    ],
)
def test_an_archived_copy_is_found(fields: str, archive: str) -> None:
    entry = bibtex_entry(f"@online{{k,\n  title = {{T}},\n  {fields}\n}}\n", "k")
    assert entry is not None
    assert archive_of(entry) == archive


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ("eprint = {2001.01234}, eprinttype = {arXiv}", "https://arxiv.org/abs/2001.01234"),
        ("eprint = {arXiv:hep-th/9901001}, archivePrefix = {arXiv}",
         "https://arxiv.org/abs/hep-th/9901001"),
        ("eprint = {12345}, eprinttype = {pubmed}", ""),
        ("eprint = {12345}", ""),
    ],
)  # fmt: skip
def test_a_preprint_is_found(fields: str, address: str) -> None:
    entry = bibtex_entry(f"@misc{{k, title = {{T}}, {fields}}}", "k")
    assert entry is not None
    assert eprint_of(entry) == address
