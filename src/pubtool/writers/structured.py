"""A post as schema.org's JSON-LD, for search engines and reference managers.

Only what is known is said: a name is a person's where the bibliography has a first name; a
quotation is based on a source where it was found there word for word or adapted, and whose words
they are is not said, since a source may itself be quoting somebody. There is no ClaimReview: a
quotation that is right says nothing of whether it is true.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pubtool.model import Key, Name, Source, VerdictKind
from pubtool.writers.addresses import doi_address, web_address
from pubtool.writers.annotations import Told
from pubtool.writers.proof import shown_match
from pubtool.writers.site import Page, Series

_TYPES: Mapping[str, str] = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "map": "Map",
    "motion_picture": "Movie",
    "paper-conference": "ScholarlyArticle",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "regulation": "Legislation",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
"""CSL's types and schema.org's; any other is a CreativeWork, which is always true."""

_SCRIPT = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
"""What must not stand in a script element, as JSON escapes it."""


@dataclass(frozen=True)
class Described:
    """A post and what is said of it."""

    page: Page
    address: str
    """The page's own, with a slash at its end; empty where the site's is not known."""
    keywords: tuple[str, ...]
    series: Sequence[tuple[Series, str]]
    """The series that it belongs to, each with its address on the web, which may be empty."""
    cited: Sequence[Source]
    """In the bibliography's order."""
    told: Sequence[Told]


def structured_data(post: Described) -> str:
    """Return the JSON-LD text, safe inside a ``<script>`` element."""
    page, based = post.page, _quotations(post)
    others = based.keys() - {source.key for source in post.cited}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["BlogPosting", "ScholarlyArticle"] if post.cited else "BlogPosting",
        "@id": post.address,
        "url": post.address,
        "headline": page.title,
        "author": [{"name": name} for name in page.authors],
        "datePublished": page.date if page.status == "publish" else "",
        "inLanguage": page.lang,
        "keywords": list(post.keywords),
        "isPartOf": [_series(series, address) for series, address in post.series],
        "position": _position(post),
        "citation": [_work(source) | _told_of(source.key, based) for source in post.cited],
        "mentions": [_mentioned(key, post) | _told_of(key, based) for key in sorted(others)],
    }
    text = json.dumps(_without_empty(data), ensure_ascii=False, separators=(",", ":"))
    return text.translate(_SCRIPT).encode("utf-8", "backslashreplace").decode("utf-8")


def _series(series: Series, address: str) -> dict[str, Any]:
    return {"@type": "CreativeWorkSeries", "@id": address, "name": series.name, "url": address}


def _position(post: Described) -> int | None:
    """Return the post's number in its series; of several none, since schema.org has one only."""
    if len(post.series) != 1:
        return None
    return post.series[0][0].number(post.page)


def _quotations(post: Described) -> dict[Key, list[str]]:
    """Return the ids of the quotations that were found in their sources, by source."""
    found = defaultdict[Key, list[str]](list)
    for told in post.told:
        match = shown_match(told.verdict)
        if match is not None and told.verdict.kind in (VerdictKind.VERBATIM, VerdictKind.ADAPTED):
            found[match.key].append(told.verdict.quotation.id)
    return found


def _told_of(key: Key, based: Mapping[Key, list[str]]) -> dict[str, Any]:
    """Return what a work says of the quotations that are based on it.

    Each is named by its element on the page, which has the words: a page tells nothing twice.
    """
    quotations = [{"@type": "Quotation", "@id": f"#{name}"} for name in based.get(key, ())]
    return {"@reverse": {"isBasedOn": quotations}}


def _mentioned(key: Key, post: Described) -> dict[str, Any]:
    """Return a work that quotations stand in, and that the post does not cite."""
    matches = ((shown_match(told.verdict), told.proof.citation) for told in post.told)
    name = next(name for match, name in matches if match is not None and match.key == key)
    return {"@type": "CreativeWork", "@id": _name(key), "name": name}


def _work(source: Source) -> dict[str, Any]:
    csl = source.csl
    pages = csl.get("page")
    return {
        "@type": _TYPES.get(source.type, "CreativeWork"),
        "@id": _name(source.key),
        "name": source.title,
        "author": [_person(name) for name in source.authors],
        "datePublished": source.year,
        "isPartOf": {"@type": "CreativeWork", "name": source.container}
        if source.container
        else None,
        "publisher": {"name": csl["publisher"]} if isinstance(csl.get("publisher"), str) else None,
        "pagination": pages if isinstance(pages, str) else None,
        "isbn": csl.get("ISBN") if source.type == "book" else None,
        "url": web_address(source.url),
        "sameAs": doi_address(str(csl.get("DOI", ""))),
    }


def _person(name: Name) -> dict[str, Any]:
    """Return an author: a person has a first name, and what has none may be a body."""
    if not name.given or name.given == name.family:
        return {"name": name.family}
    return {
        "@type": "Person",
        "name": f"{name.given} {name.family}",
        "givenName": name.given,
        "familyName": name.family,
    }


def _name(key: str) -> str:
    return f"#source-{quote(key, safe='', errors='replace')}"


def _without_empty(value: Any) -> Any:
    """Return the data without what says nothing."""
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", None, [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value
