"""export: jobs with digests that change with what a file depends on, and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.pictures import picture

from pubtool.errors import UnknownStyle
from pubtool.model import FORMATS, SeriesPart
from pubtool.system.pandoc import Pandoc
from pubtool.writers.export import Material, digest, export, plan_jobs

TEXT = 'Mill wrote "of his own" [@mill1859].'


def digests(material: Material, pandoc: Pandoc) -> dict[str, str]:
    return {job.name: job.digest for job in plan_jobs(material, FORMATS, pandoc)}


@pytest.fixture
def series(post: Any, verdict: Any) -> list[Any]:
    first = post(TEXT, verdict(TEXT, "of his own"), series=(SeriesPart("S", 1),))
    return [
        first,
        post("Two.", path="posts/b.md", title="Two", series=(SeriesPart("S", 2),)),
        post("Three.", path="posts/c.md", title="Three"),
    ]


def test_what_an_export_writes(series: Any, material: Any, pandoc: Pandoc) -> None:
    """A caller plans, skips what it knows by name and digest, and writes the rest."""
    known: dict[str, str] = {}
    written: dict[str, bytes] = {}
    for job in plan_jobs(material(*series), FORMATS, pandoc):
        if known.get(job.name) != job.digest:
            written.update(job.write())
            known[job.name] = job.digest
    assert sorted(written) == [
        *("404.html", "a/a.docx", "a/a.epub", "a/a.pdf", "a/annotations.jsonld", "a/index.html"),
        *("a/verification.json", "archive/2026/index.html", "archive/index.html"),
        *("b/b.docx", "b/b.epub", "b/b.pdf", "b/index.html"),
        *("c/c.docx", "c/c.epub", "c/c.pdf", "c/index.html"),
        *("index.html", "lists.css", "series/index.html", "series/s/index.html"),
        *("series/s/s.docx", "series/s/s.epub", "series/s/s.pdf", "style.css"),
        "verification.json",
        *("wordpress/a.html", "wordpress/b.html", "wordpress/c.html", "wordpress/posts.xml"),
    ]
    assert written == dict(export(material(*series), FORMATS, pandoc))


def test_only_the_formats_that_are_asked_for(series: Any, material: Any, write: Any) -> None:
    assert set(write(material(*series), "wordpress")) == {
        f"wordpress/{name}" for name in ("a.html", "b.html", "c.html", "posts.xml")
    }


def test_two_plans_have_the_same_digests(series: Any, material: Any, pandoc: Pandoc) -> None:
    assert digests(material(*series), pandoc) == digests(material(*series), pandoc)


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_a_post_s_text_touches_only_its_files(
    series: Any, material: Any, pandoc: Pandoc, post: Any
) -> None:
    before = digests(material(*series), pandoc)
    new = post("Three, anew.", path="posts/c.md", title="Three")
    after = digests(material(series[0], series[1], new), pandoc)
    assert changed(before, after) == {
        *(f"{kind}:posts/c.md" for kind in FORMATS),
        *("html:index", "html:verification", "wordpress:fallbacks.txt", "wordpress:posts.xml"),
    }


def test_a_verdict_touches_its_post(series: Any, material: Any, pandoc: Pandoc) -> None:
    before = digests(material(*series), pandoc)
    after = digests(material(replace(series[0], find=tuple), *series[1:]), pandoc)
    assert changed(before, after) == {
        *(f"{kind}:posts/a.md" for kind in FORMATS),
        *("docx:series/s", "epub:series/s", "pdf:series/s", "html:verification"),
        *("wordpress:fallbacks.txt", "wordpress:posts.xml"),
    }


def test_a_neighbour_s_title_touches_the_page(
    series: Any, material: Any, pandoc: Pandoc, post: Any
) -> None:
    before = digests(material(*series), pandoc)
    other = post("Two.", path="posts/b.md", title="Two, anew", series=(SeriesPart("S", 2),))
    after = digests(material(series[0], other, series[2]), pandoc)
    touched = changed(before, after)
    assert "html:posts/a.md" in touched
    assert not touched & {"pdf:posts/a.md", "wordpress:posts/a.md", "html:posts/c.md"}


def test_a_neighbour_s_title_touches_the_blocks_that_link_to_it(
    series: Any, material: Any, pandoc: Pandoc, post: Any
) -> None:
    url = "https://example.org"
    before = digests(material(*series, url=url), pandoc)
    other = post("Two.", path="posts/b.md", title="Two, anew", series=(SeriesPart("S", 2),))
    after = digests(material(series[0], other, series[2], url=url), pandoc)
    assert "wordpress:posts/a.md" in changed(before, after)
    assert "wordpress:posts/c.md" not in changed(before, after)


@pytest.mark.parametrize(
    "setting",
    [{"wordpress_footnotes": "core"}, {"wordpress_proof": "none"}, {"wordpress_series": "tag"}],
    ids=str,
)
def test_a_setting_of_wordpress_touches_its_files_alone(
    setting: Any, series: Any, material: Any, pandoc: Pandoc
) -> None:
    names = changed(
        digests(material(*series), pandoc), digests(material(*series, **setting), pandoc)
    )
    assert names == {name for name in digests(material(*series), pandoc) if "wordpress" in name}


def test_an_entry_touches_the_posts_that_cite_it(
    series: Any, material: Any, pandoc: Pandoc
) -> None:
    given = material(*series)
    mill = given.bibliography.sources["mill1859"]
    for key, touched in (("mill1859", True), ("doe2001", False)):
        entry = replace(given.bibliography.sources[key], csl={**mill.csl, "id": key, "title": "X"})
        sources = {**given.bibliography.sources, key: entry}
        other = replace(given, bibliography=replace(given.bibliography, sources=sources))
        names = changed(digests(given, pandoc), digests(other, pandoc))
        assert ("html:posts/a.md" in names) is touched
        assert "html:posts/c.md" not in names


def test_an_image_touches_the_post_that_shows_it(post: Any, material: Any, pandoc: Pandoc) -> None:
    one = post("![Red](r.png)")
    before = digests(material(one, files={"posts/r.png": picture(1)}), pandoc)
    after = digests(material(one, files={"posts/r.png": picture(2)}), pandoc)
    assert "html:posts/a.md" in changed(before, after)


def test_a_digest_depends_on_every_part() -> None:
    assert digest("a", ["b"]) == digest("a", ["b"])
    assert len({digest("a", ["b"]), digest("a", "b"), digest(["a"], "b"), digest("ab")}) == 4


@pytest.mark.parametrize("style", ["apa", "bluebook-law-review", "chicago-notes-bibliography"])
def test_a_style_sets_a_citation_and_its_source(
    style: str, post: Any, material: Any, write: Any
) -> None:
    page = write(material(post("Text [@mill1859, p. 12].", csl=style)), "html")["a/index.html"]
    assert "Mill" in page.decode()
    assert ("Sources" in page.decode()) is (style != "bluebook-law-review")


def test_a_style_may_be_a_file_of_the_project(post: Any, material: Any, write: Any) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        "<info><title>x</title><id>x</id><updated>2026-01-01T00:00:00Z</updated></info><citation>"
        '<layout prefix="{" suffix="}"><text variable="title"/></layout></citation></style>'
    )
    given = material(post("T [@mill1859].", csl="own.csl"), files={"own.csl": style.encode()})
    assert "{On liberty}" in write(given, "html")["a/index.html"].decode()


@pytest.mark.parametrize("name", ["nope", "../apa", "missing.csl", "http://x/y.csl"])
def test_an_unknown_style_is_refused(name: str, post: Any, material: Any, write: Any) -> None:
    with pytest.raises(UnknownStyle, match="no citation style"):
        write(material(post("T.", csl=name)), "html")
