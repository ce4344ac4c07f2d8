"""The jobs of the pages that lead on from posts' former addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import quote

from pubtool.writers.aliases import Alias, plan_aliases
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.html.frame import Head
from pubtool.writers.site import absolute


def redirect_jobs(studio: Studio, taken: Iterable[str]) -> Iterator[Job]:
    """Yield the jobs; `taken` are the site's other files. Raises `BadAlias`."""
    posts = studio.material.posts
    given = {page.path: posts[page.path].post.front.aliases for page in studio.site.pages}
    aliases, left_out = plan_aliases(studio.site, given, taken)
    own = studio.templates.needs("alias.html")
    for alias in aliases:
        yield Job(
            f"html:{alias.url}",
            digest("alias", studio.site_facts, repr(alias), own),
            partial(_write, studio, alias),
        )
    if left_out:
        yield Job("html:aliases", digest("aliases", left_out), lambda: iter(()), lambda: left_out)


def _write(studio: Studio, alias: Alias) -> Output:
    page = alias.page
    context = studio.frame(Head(page.title, page.url), page.lang).context
    to = posixpath.relpath(page.url, posixpath.dirname(alias.url) or ".")
    context |= {"root": "../" * alias.url.count("/"), "to": quote(to), "page": page,
                "canonical": absolute(studio.site, page.url)}  # fmt: skip
    yield alias.url, studio.templates.render("alias.html", **context)
