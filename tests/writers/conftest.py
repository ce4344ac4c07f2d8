"""What the writers' tests share: a pandoc, and posts made from a text and its quotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.pictures import picture

from pubtool.model import (
    Bibliography,
    Cited,
    Extent,
    Flow,
    FrontMatter,
    How,
    Key,
    Located,
    Locator,
    Manuscript,
    Match,
    Name,
    Quotation,
    QuotationKind,
    Settings,
    Source,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.system.pandoc import Pandoc
from pubtool.writers.export import Checked, Material, export
from pubtool.writers.site import plan_site

MakeVerdict = Callable[..., Verdict]
MakePost = Callable[..., Checked]
MakeMaterial = Callable[..., Material]
Export = Callable[..., dict[str, bytes]]


@pytest.fixture(scope="session")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.fixture(scope="session")
def verdict() -> MakeVerdict:
    """Return a maker of verdicts on a stretch of a text."""

    def make(
        text: str,
        quoted: str,
        kind: VerdictKind = VerdictKind.VERBATIM,
        *,
        sort: QuotationKind = QuotationKind.INLINE,
        key: str = "mill1859",
        reason: str | None = None,
        extent: Extent = Extent.FULL,
        **changes: Any,
    ) -> Verdict:
        start = text.index(quoted)
        span = Span(start, start + len(quoted))
        quotation = Quotation(f"q-{start:06x}", sort, Flow(quoted, ()), span, 0)
        locator = Locator("page", "12")
        round_it = ("words before ", " after")
        match = Match(
            Key(key), Span(13, 53), quoted, *round_it, locator, 1, extent, *round_it, length=59
        )
        found = match if kind not in (VerdictKind.UNCHECKED, VerdictKind.EXEMPT) else None
        return replace(Verdict(quotation, kind, reason, found, (), ()), **changes)

    return make


@pytest.fixture(scope="session")
def uncompared() -> Callable[..., Verdict]:
    """Return what gives a verdict's quotation cited pages that its source does not mark."""

    def make(verdict: Verdict, *pages: str) -> Verdict:
        key = verdict.match.key if verdict.match else Key("mill1859")
        places = tuple(Locator("page", page) for page in pages or ("77",))
        cited = tuple(Cited(key, place, How.CITATION) for place in places)
        found = verdict.match and replace(verdict.match, locator=None, located=Located.UNCOMPARED)
        return replace(verdict, quotation=replace(verdict.quotation, cited=cited), match=found)

    return make


@pytest.fixture
def post(pandoc: Pandoc) -> MakePost:
    """Return a maker of checked posts; keywords are fields of the front matter."""

    def make(text: str, *verdicts: Verdict, path: str = "posts/a.md", **front: Any) -> Checked:
        told = {"title": "A post", "status": "publish", "date": "2026-05-03", **front}
        read = Manuscript(path, text, FrontMatter(**told))
        return Checked(read, lambda: verdicts, lambda: pandoc.parse(text, path))

    return make


def entry(key: str, **fields: Any) -> Source:
    """Return an entry of the bibliography; CSL's title has lost the capitals of the printed one."""
    csl = {"id": key, **fields}
    names = tuple(Name(name["family"], name.get("given", "")) for name in fields["author"])
    return Source(Key(key), fields["type"], fields["title"].title(), names, csl=csl)


MILL = entry(
    "mill1859",
    type="book",
    title="On liberty",
    author=[{"family": "Mill", "given": "John Stuart"}],
    issued={"date-parts": [[1859]]},
    publisher="Parker",
)
DOE = entry(
    "doe2001",
    type="article-journal",
    title="Saying things twice",
    author=[{"family": "Doe", "given": "Jane"}],
    issued={"date-parts": [[2001]]},
    **{"container-title": "Journal of Echoes", "volume": "3", "page": "1-20"},
)


@pytest.fixture
def material() -> MakeMaterial:
    """Return a maker of what an export is made from."""

    def make(
        *posts: Checked,
        files: Mapping[str, bytes] | None = None,
        draft: bool = False,
        **settings: Any,
    ) -> Material:
        told = Settings(**{"title": "A site", "author": "Jane Doe", **settings})
        site = plan_site([checked.post for checked in posts], told, draft=draft)
        bibliography = Bibliography("references.bib", {s.key: s for s in (MILL, DOE)})
        by_path = {checked.post.path: checked for checked in posts}
        return Material(site, by_path, bibliography, told, (files or {}).get)

    return make


@pytest.fixture
def write(pandoc: Pandoc) -> Export:
    """Return what exports a material and gives the files by path."""

    def run(given: Material, *formats: str) -> dict[str, bytes]:
        return dict(export(given, formats, pandoc))

    return run


@pytest.fixture(scope="session")
def red() -> bytes:
    """Return a small image."""
    return picture(1, size=(40, 20))
