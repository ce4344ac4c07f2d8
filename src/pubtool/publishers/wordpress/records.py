"""What the REST API's JSON says, as the nouns of `remote.py`."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from pubtool.publishers.wordpress.answers import plain
from pubtool.publishers.wordpress.remote import Media, RemotePost, Term

_FLOATING = frozenset({"draft", "pending", "auto-draft"})


def post_of(said: Mapping[str, Any]) -> RemotePost:
    """Return a post; raise KeyError, TypeError or ValueError where that is none.

    A slug of other letters than Latin is written as it reads, not in percent signs. A draft to
    which nobody gave a date is dated with the moment of its last change, by which it is known.
    """
    meta = said.get("meta")
    floating = said["status"] in _FLOATING and said.get("date") == said.get("modified")
    return RemotePost(
        id=int(said["id"]),
        slug=unquote(said["slug"] or said.get("generated_slug") or ""),
        status=str(said["status"]),
        title=_raw(said["title"]),
        content=_raw(said["content"]),
        excerpt=_raw(said.get("excerpt", "")),
        footnotes=str(meta.get("footnotes") or "") if isinstance(meta, dict) else "",
        date_gmt="" if floating else str(said.get("date_gmt") or ""),
        modified_gmt=str(said["modified_gmt"]),
        link=str(said["link"]),
        categories=tuple(int(one) for one in said.get("categories") or ()),
        tags=tuple(int(one) for one in said.get("tags") or ()),
        featured_media=int(said.get("featured_media") or 0),
        author=int(said.get("author") or 0),
        password=bool(said.get("password")),
        sticky=bool(said.get("sticky")),
    )


def term_of(said: Mapping[str, Any]) -> Term:
    """Return a term, its name without entities; raise KeyError, TypeError or ValueError."""
    return Term(int(said["id"]), html.unescape(str(said["name"])), unquote(str(said["slug"])))


def media_of(said: Mapping[str, Any]) -> Media:
    """Return an attachment; raise KeyError, TypeError or ValueError.

    Where its raw caption may not be seen, it is the plain text of the one that is shown.
    """
    details = said.get("media_details")
    size = details if isinstance(details, dict) else {}
    caption = said.get("caption") or ""
    if isinstance(caption, dict):
        caption = caption["raw"] if "raw" in caption else plain(str(caption.get("rendered") or ""))
    return Media(
        id=int(said["id"]),
        slug=unquote(str(said["slug"])),
        url=str(said["source_url"]),
        alt=str(said.get("alt_text") or ""),
        caption=str(caption),
        width=int(size.get("width") or 0),
        height=int(size.get("height") or 0),
    )


def _raw(text: Any) -> str:
    """Return a text as it is stored; one that is only given as it is shown is none (KeyError)."""
    return str(text["raw"]) if isinstance(text, dict) else str(text)
