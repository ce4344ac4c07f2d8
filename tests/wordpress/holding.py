"""What a site holds, told so that two sites can be compared: no ids, no times of writing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.wordpress.site import Site

FIELDS = ("title", "content", "excerpt")


def holding(site: Site) -> dict[str, list[dict[str, Any]]]:
    """Return its posts, images and terms, each sorted; what is there twice stands there twice."""
    media = {one["id"]: one for one in every(site, "media?context=edit")}
    named = {
        taxonomy: {one["id"]: one["name"] for one in every(site, f"{taxonomy}?context=edit")}
        for taxonomy in ("categories", "tags")
    }
    posts = every(site, "posts?context=edit&status=any")
    return {
        "posts": sorted((told(post, media, named) for post in posts), key=by_slug),
        "media": sorted(
            ({"slug": one["slug"], "alt": one["alt_text"]} for one in media.values()), key=by_slug
        ),
        **{
            name: [{"name": one} for one in sorted(found.values())] for name, found in named.items()
        },
    }


def told(
    post: Mapping[str, Any], media: Mapping[int, Any], named: Mapping[str, Mapping[int, str]]
) -> dict[str, Any]:
    """A post, its images and terms by name; attachments' numbers in its text are their slugs."""
    by_id = {number: one["slug"] for number, one in media.items()}
    content = post["content"]["raw"]
    for number, slug in by_id.items():
        content = re.sub(rf'(wp-image-|"id":){number}\b', rf"\g<1>{slug}", content)
    return {
        **{name: post[name]["raw"] for name in FIELDS},
        "content": content,
        "slug": post["slug"],
        "status": post["status"],
        "date": post["date_gmt"] if post["status"] != "draft" else "",
        "footnotes": post["meta"].get("footnotes", ""),
        "featured": by_id.get(post["featured_media"], ""),
        **{name: sorted(found[number] for number in post[name]) for name, found in named.items()},
    }


def by_slug(one: Mapping[str, Any]) -> str:
    return str(one["slug"])


def every(site: Site, query: str) -> list[dict[str, Any]]:
    """All that a collection holds, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        asked = f"per_page=100&orderby=id&order=asc&offset={len(found)}"
        page = site.rest("GET", f"{query}&{asked}")  # a page beyond the last one is an error
        found += page
        if len(page) < 100:
            return found
