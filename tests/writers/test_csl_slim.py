"""A style that was cut down to what a post can reach prints what the whole one prints.

The styles here are diverse on purpose: notes and author-date, numbers and labels, laws and
journals, six languages, and the largest there are. `benchmarks/styles.py` compares all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import meld
from pubtool.writers.citations import resolve
from pubtool.writers.csl import slim as slimming
from pubtool.writers.csl.facts import facts_of, groups_of, is_plain
from pubtool.writers.csl.notes import shift_numbers
from pubtool.writers.csl.slim import slim
from pubtool.writers.csl.styles import read_style

STYLES = """
american-chemical-society american-medical-association apa associacao-brasileira-de-normas-tecnicas
australian-guide-to-legal-citation bluebook-law-review cell chicago-author-date
chicago-notes-bibliography chicago-notes-bibliography-subsequent-ibid
chicago-shortened-notes-bibliography-subsequent-title council-of-science-editors
din-1505-2-alphanumeric elsevier-harvard gost-r-7-0-5-2008 harvard-cite-them-right ieee
iso690-author-date-fr juristische-zitierweise mcgill-en modern-humanities-research-association
modern-language-association national-library-of-medicine nature nlm-citation-sequence oscola
science springer-basic-author-date turabian-notes-bibliography vancouver
""".split()

NAMED = {"family": "Mill", "given": "John Stuart"}
ENTRIES: list[Mapping[str, Any]] = [
    {"id": "book", "type": "book", "title": "On liberty", "author": [NAMED], "edition": "2",
     "issued": {"date-parts": [[1859]]}, "publisher": "Parker", "publisher-place": "London"},
    {"id": "other", "type": "book", "title": "Utilitarianism", "author": [NAMED],
     "issued": {"date-parts": [[1859]]}, "editor": [{"family": "Roe", "given": "R."}]},
    {"id": "article", "type": "article-journal", "title": "Saying things twice",
     "author": [{"family": "Doe", "given": "Jane"}, {"family": "van der Roe", "given": "Jan"}],
     "issued": {"date-parts": [[2001, 5, 3]]}, "container-title": "Journal of Echoes",
     "volume": "3", "issue": "2", "page": "1-20", "DOI": "10.1000/1"},
    {"id": "case", "type": "legal_case", "title": "Brown v. Board of Education",
     "issued": {"date-parts": [[1954]]}, "container-title": "U.S.", "volume": "347", "page": "483"},
    {"id": "web", "type": "webpage", "title": "A page", "URL": "https://example.org/a",
     "accessed": {"date-parts": [[2026, 1, 2]]}, "container-title": "Example"},
]  # fmt: skip

TEXT = """
One [@book, p. 5]. Two [see @book, 7; and @article]. Three.[^a] Four [@book; @other]. @article says
[p. 3]. Six [-@article, sec. 4]. Seven [@case, 490]. Eight [@case]. Nine [@web]. Ten [@book].

[^a]: [@book, chap. 2]; but see [@web].
"""


def written(
    style: str, kinds: list[Mapping[str, Any]], lang: str, pandoc: Pandoc
) -> dict[str, Any]:
    keys = {entry["id"] for entry in kinds}
    text = TEXT
    for entry in ENTRIES:
        if entry["id"] not in keys:
            text = text.replace(f"@{entry['id']}", f"@{kinds[0]['id']}")
    ast = resolve(pandoc.parse(text, "x"), kinds, style, lang, pandoc).ast
    return dict(meld(shift_numbers(ast, 0)))


def whole(style: str, *_: Any) -> str:
    """The style as it is, with the words for places that all styles get."""
    return style.replace("<citation", f"{slimming._LOCATORS}<citation", 1)


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("kinds", [[0, 1, 2, 3, 4], [2], [0, 3]], ids=str)
def test_what_is_printed_stays_the_same(
    name: str, kinds: list[int], pandoc: Pandoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    style, entries = read_style(name, None), [ENTRIES[kind] for kind in kinds]
    for lang in ("en-US", "de-DE"):
        cut = written(style, entries, lang, pandoc)
        with monkeypatch.context() as patched:
            patched.setattr("pubtool.writers.csl.slim.slim", whole)
            assert cut == written(style, entries, lang, pandoc)


def test_a_large_style_shrinks_to_a_quarter() -> None:
    style = read_style("chicago-notes-bibliography", None)
    assert len(slim(style, ENTRIES, "en-US")) < len(style) / 4


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("original-date: 1801", "book"),
        ("{:original-date: 1801}{:type:article-journal} more", "article-journal"),
        ("type: chapter\ncontainer-title: Whole\nand more", "chapter"),
        ("Quoted in: Echoes", "book"),
    ],
)
def test_fields_in_a_note_count(
    note: str, kind: str, pandoc: Pandoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    """citeproc reads ``original-date: 1859`` out of a note, even a type."""
    style = read_style("apa", None)
    entries: list[Mapping[str, Any]] = [{**ENTRIES[0], "note": note}]
    assert kind in facts_of(entries[0]).types
    cut = written(style, entries, "en-US", pandoc)
    monkeypatch.setattr("pubtool.writers.csl.slim.slim", whole)
    assert cut == written(style, entries, "en-US", pandoc)


NAMELESS: list[Mapping[str, Any]] = [
    {"id": "book", "type": "legal_case", "title": "Brown v. Board of Education", "volume": "347",
     "container-title": "U.S.", "page": "483", "issued": {"date-parts": [[1954]]}},
    {"id": "other", "type": "treaty", "title": "Treaty of Echoes", "issued": {}, "URL": "https://a.eu"},
    {"id": "article", "type": "legislation", "title": "", "number": "88-352", "URL": "https://b.eu",
     "issued": {"date-parts": [[1999], [2001]]}},
    {"id": "case", "type": "report", "title": "", "author": [], "editor": [NAMED],
     "issued": {"date-parts": [[1859]], "circa": True}},
]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    "folia-biologica econometrica cultural-geographies harmful-algae chicago-author-date-de apa"
    " chicago-notes-bibliography".split(),
)
def test_what_stands_for_names_and_for_fields_that_are_empty_stays(
    name: str, pandoc: Pandoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word for nobody is left out with its group; a dash stands for the same nobody twice."""
    style = read_style(name, None)
    cut = written(style, NAMELESS, "de-DE", pandoc)
    monkeypatch.setattr("pubtool.writers.csl.slim.slim", whole)
    assert cut == written(style, NAMELESS, "de-DE", pandoc)


ODD: list[list[Mapping[str, Any]]] = [
    # a short form that stands for names leaves the long one printed, though nothing has it
    [{"id": "book", "type": "entry", "title": "Echo", "container-title-short": "J. Echoes"}],
    # of an entry's own field of that name citeproc makes the place that is cited
    [{"id": "book", "type": "event", "page": "xi-xv", "locator": "9"}],
]  # fmt: skip


@pytest.mark.parametrize("entries", ODD, ids=["short", "locator"])
@pytest.mark.parametrize("name", ["chicago-author-date", "philosophiques"])
def test_odd_entries_are_printed_the_same(
    name: str,
    entries: list[Mapping[str, Any]],
    pandoc: Pandoc,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    style = read_style(name, None)
    cut = written(style, entries, "ja", pandoc)
    monkeypatch.setattr("pubtool.writers.csl.slim.slim", whole)
    assert cut == written(style, entries, "ja", pandoc)


def test_entries_are_told_apart_by_their_types() -> None:
    one, other = ENTRIES[0], {**ENTRIES[2], "note": "type: book\nand more"}
    assert [group.types for group in groups_of([one, ENTRIES[2]])] == [
        {"article-journal"},
        {"book"},
    ]
    (both,) = groups_of([one, other])
    assert both.types == {"article-journal", "book"}
    assert {"title", "author", "issued"} <= both.certain
    assert "edition" in both.fields - both.certain
    assert len(groups_of([one, {"id": "odd", "type": "odd type"}])) == 1
    assert groups_of([{"id": "none"}, one])[-1].types == {""}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("issued", {}),
        ("issued", {"date-parts": [[1999], [2001]]}),
        ("issued", {"date-parts": [[1999]], "circa": True}),
        ("issued", {"literal": "n.d."}),
        ("title", "<i></i>"),
        ("author", []),
        ("guest", [NAMED]),
        ("shortTitle", "Liberty"),
        ("locator", "9"),
    ],
)
def test_only_what_citeproc_surely_finds_is_certain(field: str, value: object) -> None:
    assert facts_of({"type": "book", field: value}).certain == {"type"}


def test_what_a_note_says_is_not_certain() -> None:
    assert "title" not in facts_of({"title": "On liberty", "note": "{:title:}"}).certain


PLAIN: list[Mapping[str, Any]] = [
    {**ENTRIES[0], "title": "<i>On</i> \"liberty\" &amp; so on", "issued": {"date-parts": [[859]]}},
    {**ENTRIES[1], "volume": "3a", "translator": [NAMED], "accessed": {"date-parts": [[2026, 1]]}},
    {**ENTRIES[2], "author": [NAMED, {"family": "Smith-Roe", "given": "J. S."}], "annote": "Two"},
]  # fmt: skip


@pytest.mark.parametrize("name", STYLES)
def test_a_plain_entry_is_read_the_same_from_a_file(
    name: str, pandoc: Pandoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(map(is_plain, PLAIN))
    style = read_style(name, None)
    as_file = written(style, PLAIN, "en-US", pandoc)
    monkeypatch.setattr("pubtool.writers.citations.is_plain", lambda _: False)
    assert as_file == written(style, PLAIN, "en-US", pandoc)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("volume", 3),
        ("issued", {"literal": "n.d."}),
        ("issued", {"date-parts": [[1999]], "circa": True}),
        ("guest", [NAMED]),
        ("author", [{"family": "van der Roe", "given": "Jan"}]),
        ("author", [{"family": "Roe", "given": '"Jan Piet"'}]),
        ("author", [{"literal": "Council of Echoes"}]),
        ("note", "original-date: 1801"),
    ],
)
def test_an_entry_that_metadata_changes_is_not_plain(field: str, value: object) -> None:
    assert not is_plain({**ENTRIES[0], field: value})


def test_no_more_styles_are_kept_than_a_project_needs() -> None:
    assert slimming._slimmed.cache_parameters()["maxsize"] == slimming._SLIMMED
