"""Footnotes that stand as a list in a post's own text, as Markdown plugins and old editors write.

A reference is a link to an item of a list that links back to it. pubtool's own lists of notes are
of this form, and so are pandoc's, PHP Markdown Extra's and Jetpack's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pubtool.readers.wordpress.setting import html_of, name_of, parse_html, without_comments

if TYPE_CHECKING:
    from lxml.etree import _Element


_BACK = re.compile(r"#(?:user-content-)?(?:fn|ref|note|cite|easy-footnote|_ftn)")


def listed_notes(content: str) -> dict[str, str]:
    """Return the words of such notes, HTML, by the id of their item."""
    if "#" not in content or not re.search(r"<li\b[^>]*\bid=", content):
        return {}
    root = parse_html(without_comments(content))
    targets = {link.get("href", "")[1:] for link in root.iter("a")} - {""}
    places = {e.get("id") or e.get("name") or "" for e in root.iter() if name_of(e) != "#"} - {""}
    found: dict[str, str] = {}
    for item in root.iter("li"):
        identifier = item.get("id") or ""
        backs = [link for link in item.iter("a") if _leads_back(link.get("href") or "", places)]
        if identifier in targets and backs:
            found[identifier] = _words(item, backs[-1])
    return found


def _leads_back(target: str, places: set[str]) -> bool:
    """Whether an address leads to a place in the same text that is named as a reference is."""
    return target[1:] in places and bool(_BACK.match(target))


def _words(item: _Element, back: _Element) -> str:
    """Return an item's content without the link that leads back."""
    parent = back.getparent()
    if parent is not None:
        back.text = ""
        for child in list(back):
            back.remove(child)
    inner = "".join([item.text or "", *(html_of(child) + (child.tail or "") for child in item)])
    return re.sub(r"\s*<a\b[^>]*></a>\s*", " ", inner).strip()
