"""Addresses that WordPress shows as what they lead to.

A paragraph that is nothing but the address of a page at one of the providers that WordPress knows
(wp-includes/class-wp-oembed.php) becomes an embed; any other stays a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from pubtool.model import BLANKS, Node
from pubtool.writers.ast import plain_text
from pubtool.writers.wordpress.markup import comment, escape


class Provider(NamedTuple):
    """A site whose pages WordPress embeds."""

    slug: str
    kind: str
    """oEmbed's type: ``video`` or ``rich``."""
    path: str
    """What the path of a page that can be embedded looks like."""


_TUBE = r"/(?:watch|playlist|shorts/|live/|embed/)"

_PROVIDERS: Mapping[str, Provider] = {
    "youtube.com": Provider("youtube", "video", _TUBE),
    "m.youtube.com": Provider("youtube", "video", _TUBE),
    "youtu.be": Provider("youtube", "video", r"/."),
    "vimeo.com": Provider("vimeo", "video", r"/."),
    "dailymotion.com": Provider("dailymotion", "video", r"/."),
    "dai.ly": Provider("dailymotion", "video", r"/."),
    "ted.com": Provider("ted", "video", r"/talks/."),
    "wordpress.tv": Provider("wordpress-tv", "video", r"/."),
    "twitter.com": Provider("twitter", "rich", r"/\w+/status(?:es)?/\d"),
    "x.com": Provider("twitter", "rich", r"/\w+/status(?:es)?/\d"),
    "bsky.app": Provider("bluesky", "rich", r"/profile/.+/post/."),
    "soundcloud.com": Provider("soundcloud", "rich", r"/."),
    "open.spotify.com": Provider("spotify", "rich", r"/."),
    "reddit.com": Provider("reddit", "rich", r"/r/[^/]+/comments/."),
    "flickr.com": Provider("flickr", "rich", r"/photos/."),
}


def provider_of(address: str) -> Provider | None:
    """Return the provider of a page that can be embedded; None for any other address."""
    if not re.fullmatch(r"https?://[^\s<>\"]+", address):
        return None
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    provider = _PROVIDERS.get(host)
    return provider if provider and re.match(provider.path, parts.path) else None


def embedded(inlines: Sequence[Node]) -> str:
    """Return a paragraph that is the address of such a page as a block; empty for any other."""
    given = [node for node in inlines if node["t"] not in BLANKS]
    if len(given) != 1:
        return ""
    address = plain_text(given)
    if not _is_bare(given[0], address):
        return ""
    provider = provider_of(address)
    if provider is None:
        return ""
    shape = "wp-embed-aspect-16-9 wp-has-aspect-ratio" if provider.kind == "video" else ""
    attributes = {
        "url": address,
        "type": provider.kind,
        "providerNameSlug": provider.slug,
        "responsive": True,
        "className": shape,
    }
    classes = (
        f"wp-block-embed is-type-{provider.kind} is-provider-{provider.slug} "
        f"wp-block-embed-{provider.slug} {shape}"
    ).strip()
    inner = f'<div class="wp-block-embed__wrapper">\n{escape(address)}\n</div>'
    return comment("embed", attributes, f'<figure class="{classes}">{inner}</figure>')


def _is_bare(node: Node, address: str) -> bool:
    return node["t"] == "Str" or (node["t"] == "Link" and bool(node["c"][2][0] == address))
