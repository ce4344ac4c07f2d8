"""Shortcodes: WordPress's ``[name attributes]`` in classic content.

What a name does is known to the plugin that registered it, so only the core's are read. A bracket
that is no shortcode (``[sic]``, ``[t]he``) is text: one is taken for a shortcode by its name if it
is the core's, else by attributes or a closing tag.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from html import escape

from pubtool.readers.wordpress.ledger import RAW
from pubtool.readers.wordpress.nodes import raw_block, raw_inline
from pubtool.readers.wordpress.setting import Setting

_CORE = frozenset({"audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"})
_SHORTCODE = re.compile(
    r"(?<!\[)\[(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:\s[^\[\]]*)?)(?P<void>/)?\](?!\])"
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL)
_BEGINS = re.compile(r"<(pre|code|script|style)\b|<!--|<[^<>]*>", re.IGNORECASE)
"""What holds no shortcode begins with this."""


def read_shortcodes(html: str, setting: Setting) -> str:
    """Return the HTML with its shortcodes read; those that are not known have a place each.

    Those in code, in comments and within a tag are left as they are.
    """
    return "".join(_pieces(html, setting))


def _pieces(html: str, setting: Setting) -> list[str]:
    written: list[str] = []
    skipped = list(_skipped(html))
    unclosed = set[str]()
    at = 0
    for found in _SHORTCODE.finditer(html):
        if found.start() < at or any(s <= found.start() < e for s, e in _near(skipped, found)):
            continue
        end, inner = _extent(html, found, unclosed)
        name = found["name"]
        if name not in _CORE and inner is None and not _ATTRIBUTE.search(found["attributes"]):
            continue
        written.append(html[at : found.start()])
        whole = html[found.start() : end]
        read = _core(found, inner)
        if read is None:
            read = _kept(name, whole, setting, alone=_is_alone(html, found.start(), end))
        written.append(read)
        at = end
    written.append(html[at:])
    return written


def _skipped(html: str) -> Iterator[tuple[int, int]]:
    """Give the stretches in which a bracket is no shortcode: code, comments, tags."""
    low, at = html.lower(), 0
    unclosed = set[str]()
    for found in _BEGINS.finditer(html):
        if found.start() < at:
            continue
        closing = f"</{found[1].lower()}" if found[1] else "-->" if found[0] == "<!--" else ""
        end = low.find(closing, found.end()) if closing and closing not in unclosed else -1
        if end < 0:
            unclosed.add(closing)
        at = end + len(closing) if end >= 0 else found.end()
        yield found.start(), at


def _near(spans: list[tuple[int, int]], found: re.Match[str]) -> list[tuple[int, int]]:
    """Return the spans that a match may lie in: the last that begins before it."""
    at = bisect(spans, (found.start(), len(found.string) + 1))
    return spans[max(at - 1, 0) : at]


def _extent(html: str, found: re.Match[str], unclosed: set[str]) -> tuple[int, str | None]:
    """Return where a shortcode ends, and what stands between its two tags if it has two.

    `unclosed` gathers the names that no closing tag follows.
    """
    closing = f"[/{found['name']}]"
    at = -1 if found["void"] or closing in unclosed else html.find(closing, found.end())
    if at < 0:
        unclosed |= set() if found["void"] else {closing}
        return found.end(), None
    return at + len(closing), html[found.end() : at]


def _is_alone(html: str, start: int, end: int) -> bool:
    """Whether a stretch of classic content stands in lines of its own."""
    before, after = html[:start].rstrip(" \t"), html[end:].lstrip(" \t")
    begins = not before or before.endswith(("\n", ">"))
    return begins and (not after or after.startswith(("\n", "<")))


def _core(found: re.Match[str], inner: str | None) -> str | None:
    """Return the HTML of a shortcode whose meaning is known; None for another."""
    if inner is None:
        return None
    if found["name"] in ("caption", "wp_caption"):
        return _caption(found["attributes"], inner)
    return f"\n\n{inner.strip()}\n\n" if found["name"] == "embed" else None


def _kept(name: str, whole: str, setting: Setting, *, alone: bool) -> str:
    """Return the place of a shortcode that stays as it is."""
    said = "a shortcode: WordPress or a plugin of it makes something of it, nobody else does"
    setting.ledger.add(f"[{name}]", RAW, said, whole)
    if alone:
        return f"\n\n{setting.put([raw_block(whole)])}\n\n"
    return setting.put([raw_inline(f"`{' '.join(whole.split())}`{{=html}}")])


def _caption(attributes: str, inner: str) -> str:
    said = {m[1]: m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(attributes)}
    picture = _PICTURE.fullmatch(inner)
    if picture is None:
        return f"<div>{inner}</div>"
    words = said.get("caption") or picture[2].strip()
    words = escape(words) if said.get("caption") else words
    note = f"<figcaption>{words}</figcaption>" if words else ""
    side = escape(said.get("align", ""))
    return f'<figure class="{side}">{picture[1]}{note}</figure>'
