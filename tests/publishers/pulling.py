"""A project whose one post is on a site in memory, and what is done with both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.publishers.memory_site import MemorySite

from pubtool.pipeline.publishing import Publication, Wishes
from pubtool.pipeline.pulled import Home
from pubtool.pipeline.pulling import Pull
from pubtool.publishers.wordpress.plan import Kind, Side
from pubtool.system.config import Project

NOW = "2026-11-25T12:00:00Z"
POST = """---
title: A post
status: draft
---

The first paragraph, with a note.[^a]

<!-- pubtool: waive Q601 -- an inch -->
The second has *emphasis*.

- one
- two

---

The last, “so” [@mill1859, 12].

[^a]: The words of the note, citing @mill1859.
"""
SETTINGS = (
    '[site]\ntitle = "S"\nauthor = "Ann"\n[sites.blog]\nurl = "https://example.org"\nuser = "ann"\n'
)
MILL = (
    "@book{mill1859, author={Mill, John Stuart}, title={On Liberty}, year={1859}, publisher={P}}\n"
)


def plan(project: Project, site: MemorySite) -> list[Kind]:
    with Publication(project, Wishes("blog", now=NOW), lambda _: site) as publication:
        publication.check()
        return [action.kind for action in publication.plan().actions]


def publish(project: Project, site: MemorySite, side: Side = Side.NEITHER) -> list[Kind]:
    wishes = Wishes("blog", now=NOW, side=side)
    with Publication(project, wishes, lambda _: site, lambda _: None) as publication:
        _, stopped = publication.check()
        assert not stopped
        kinds = [action.kind for action in publication.plan().actions]
        assert not any(done.failure for done in publication.apply())
    return kinds


def pull(project: Project, site: MemorySite, *names: str, dry: bool = False) -> Home:
    writes = list(site.writes)
    with Pull(project, "blog", names, lambda _: site) as pulling:
        home = pulling.run(dry=dry)
    assert site.writes == writes, "the site is only read"
    return home


def edit(site: MemorySite, change: Callable[[str], str], **fields: Any) -> None:
    (identifier,) = site.content
    post = site.content[identifier]
    changed = change(post.content)
    assert changed != post.content or fields
    site.content[identifier] = replace(post, content=changed, **fields)


def text_of(project: Project) -> str:
    return (project.root / "posts" / "a.md").read_text(encoding="utf-8")


def write(project: Project, text: str) -> None:
    (project.root / "posts" / "a.md").write_text(text, encoding="utf-8")
