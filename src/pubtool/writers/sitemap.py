"""The list of a site's pages for search engines: https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

MOST = 50_000
"""Addresses that one file may list, by the protocol."""
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(
    addresses: Sequence[tuple[str, str]], site: str, most: int = MOST
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a sitemap: one, or an index and so many as are needed.

    `addresses` are absolute, each with when it changed last, by RFC 3339 or empty; `site` is the
    site's own, without a slash at its end.
    """
    if len(addresses) <= most:
        yield "sitemap.xml", _written("urlset", "url", addresses)
        return
    parts = [addresses[at : at + most] for at in range(0, len(addresses), most)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield "sitemap.xml", _written("sitemapindex", "sitemap", [(f"{site}/{n}", "") for n in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _written("urlset", "url", part)


def _written(root: str, item: str, addresses: Sequence[tuple[str, str]]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_SCHEMA}">']
    for address, changed in addresses:
        when = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<{item}><loc>{escape(address, quote=False)}</loc>{when}</{item}>")
    return "\n".join([*lines, f"</{root}>", ""]).encode()
