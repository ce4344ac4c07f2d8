r"""Markdown: the prose with its markup taken off, line by line as it stands.

pandoc's reader mangles what real sources hold (headings glued to their hashes, ``LaTeX-style''
marks, ``*inter alia,*include``), so this is a light pass of its own. Taken off are: front matter,
comments, HTML tags, heading hashes and their attributes, rules, block-quote and bullet marks,
asterisks and underscores round words, the targets of links, and the backslash of an escape;
entities become their characters. Everything else stays, backticks and tables among it, for a word
lost would be a quotation wrongly refused. ``<!-- page 257 -->`` marks where a page begins.
"""

from __future__ import annotations

import html
import re

from pubtool.model import Landmark, Locator
from pubtool.readers.sources.extracted import Extracted
from pubtool.readers.sources.plain import cut_front_matter, read_characters

_PAGE = re.compile(r"<!--\s*(?:page|p\.)\s*([\w–-]+)\s*-->", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VALUE = r"(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+)"
_ATTRIBUTE = rf"\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*{_VALUE})?"
_NAMES = (
    "a|abbr|address|article|aside|b|bdi|bdo|big|blockquote|body|br|caption|center|cite|code|col|"
    "colgroup|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|"
    "html|i|img|ins|kbd|li|link|main|mark|meta|nav|ol|p|pre|q|s|samp|section|small|span|strike|"
    "strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|var|wbr"
)
_TAG = re.compile(rf"(\w?)</?({_NAMES})(?:{_ATTRIBUTE})*\s*/?>(?=(\w?))", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike "
    "strong sub sup tt u var wbr".split()
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_TARGET = (
    r"\((?=[#/<.]|[a-z][a-z0-9+.-]*:|[^\s()]*[/.]\w)"  # an address, not "(a)" or "(the word)"
    r"(?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)"
)
_NO_GAP = r"\n(?![ \t]*\n)"
"""A line's end, but not the paragraph's."""
_LINK = re.compile(rf"!?(?<!\\)\[((?:[^\[\]\n]|\[[^\[\]\n]*\]|{_NO_GAP})*)\]{_TARGET}")
_AFTER_HEADING = re.compile(r"(?:[ \t]+#+)?[ \t]*(?:\{[#.][^{}\n]*\}[ \t]*)?$")
"""Closing hashes and attributes."""
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]*")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"([ \t]*)[-*+][ \t]+(?=\S)")
_RULE = re.compile(
    r"[ \t]{0,3}(?:=+|-{3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]+){2,}-)[ \t]*"
)
_ASTERISKS = re.compile(
    rf"(?<![\\\w*])(\*{{1,3}})(?=[^\s*])((?:[^*\n]|{_NO_GAP})*?[^\s*\\])\1(?!\*)"
)
_ASTERISKS_IN_WORD = re.compile(r"(?<=\w)(\*{1,3})([^\s*\\]+)\1(?![\w*])")
_UNDERSCORES = re.compile(
    rf"(?<![\\\w])(_{{1,3}})(?=[^\s_])((?:[^_\n]|(?<=\w)_+(?=\w)|{_NO_GAP})*?[^\s_\\])\1(?!\w)"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_markdown(data: bytes, name: str) -> Extracted:
    """Return the prose of a Markdown file named `name` in errors; raise `Unusable`."""
    meta, body = cut_front_matter(read_characters(data, name), name)
    text, pages = strip_markup(body)
    return Extracted(text, pages, meta.get("extent", ""), meta.get("origin", ""))


def strip_markup(markdown: str) -> tuple[str, tuple[Landmark, ...]]:
    r"""Return the prose of `markdown`, and the pages that its comments mark.

    `markdown` has ``\n`` line ends and no NUL character, which stands in for a page's comment
    until all markup is off.
    """
    values = _PAGE.findall(markdown)
    text = _COMMENT.sub("", _PAGE.sub("\0", markdown))
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub(_gap, text)
    text = "\n".join(map(_strip_line, text.split("\n")))
    text = _LINK.sub(r"\1", text)
    for emphasis in (_ASTERISKS, _ASTERISKS_IN_WORD, _UNDERSCORES):
        text = emphasis.sub(r"\2", text)
    text = _ESCAPE.sub(r"\1", text)
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    pieces = text.split("\0")
    pages, at = [], 0
    for piece, value in zip(pieces, values, strict=False):
        at += len(piece)
        pages.append(Landmark(at, Locator("page", value)))
    return "".join(pieces), tuple(pages)


def _gap(found: re.Match[str]) -> str:
    """Replace a tag by nothing, or by a space where it kept two words apart."""
    before, name, after = found.groups()
    apart = before and after and name.lower() not in _INLINE
    return f"{before} " if apart else before


def _strip_line(line: str) -> str:
    quote = _QUOTE.match(line)
    line = line[quote.end() :] if quote else line
    if _RULE.fullmatch(line):
        return ""
    heading = _HEADING.match(line)
    if heading:
        return _AFTER_HEADING.sub("", line[heading.end() :])
    bullet = _BULLET.match(line)
    return bullet[1] + line[bullet.end() :] if bullet else line
