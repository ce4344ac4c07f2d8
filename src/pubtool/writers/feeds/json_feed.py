"""A feed in JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pubtool.writers.feeds.entries import Channel, Entry

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(channel: Channel) -> bytes:
    """Return the feed as a file."""
    feed = {
        "version": _VERSION,
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "language": channel.lang,
        "authors": _authors((channel.author,)),
        "items": [_item(entry) for entry in channel.entries],
    }
    return f"{json.dumps(_filled(feed), ensure_ascii=False, indent=1)}\n".encode()


def _item(entry: Entry) -> dict[str, Any]:
    return _filled(
        {
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "content_html": entry.content,
            "summary": entry.summary,
            "image": entry.image,
            "date_published": entry.published,
            "date_modified": entry.updated,
            "authors": _authors(entry.authors),
            "tags": list(entry.tags),
            "language": entry.lang,
        }
    )


def _authors(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in names if name]


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """Return what has a value: only `items` may be there and empty."""
    return {name: value for name, value in fields.items() if value or name == "items"}
