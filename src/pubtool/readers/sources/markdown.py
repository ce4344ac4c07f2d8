r"""Markdown: the prose with its markup taken off, line by line as it stands.

pandoc's reader mangles what real sources hold (headings glued to their hashes, ``LaTeX-style''
marks, ``*inter alia,*include``), so this is a light pass of its own. Taken off are: front matter,
comments, HTML tags, heading hashes and their attributes, rules, block-quote and bullet marks,
asterisks and underscores round words, the targets of links, and the backslash of an escape;
entities and raised figures (``10^3^``) become their characters. Everything else stays, backticks
and tables among it, for a word lost would be a quotation wrongly refused. Where emphasis and block
quotes stood is kept beside the text.
``<!-- page 257 -->`` marks where a page begins.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from pubtool.model import Landmark, Locator, Span
from pubtool.readers.sources.edited import EditedText, Replacement
from pubtool.readers.sources.extracted import Extracted
from pubtool.readers.sources.plain import cut_front_matter, read_characters
from pubtool.text.typography import RAISABLE, RAISED

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
_FIGURES_RAISED = re.compile(
    rf"<sup>\s*\[?({RAISABLE.pattern})\]?\s*</sup>|(?<=[^\s^\[])\^({RAISABLE.pattern})\^(?!\^)"
)
_INDEX = re.compile(r"(?<=[^\W_])~(\w{1,4})~(?!~)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


_EMPHASIS_TAGS = frozenset("b em i strong".split())


def read_markdown(data: bytes, name: str) -> Extracted:
    """Return the prose of a Markdown file named `name` in errors; raise `Unusable`."""
    meta, body = cut_front_matter(read_characters(data, name), name)
    text, pages, emphasis, quoted = strip_markup(body)
    return Extracted(
        text,
        pages,
        extent=meta.get("extent", ""),
        pages=meta.get("pages", ""),
        origin=meta.get("origin", ""),
        emphasis=emphasis,
        quoted=quoted,
    )


def strip_markup(
    markdown: str,
) -> tuple[str, tuple[Landmark, ...], tuple[Span, ...], tuple[Span, ...]]:
    r"""Return the prose of `markdown`, its pages, what it emphasises and its block quotes.

    `markdown` has ``\n`` line ends and no NUL character, which stands in for a page's comment
    until all markup is off. Pages are those that its comments mark.
    """
    values = _PAGE.findall(markdown)
    text = EditedText(_AUTOLINK.sub(r"\1", _COMMENT.sub("", _PAGE.sub("\0", markdown))))
    text.edit(
        Replacement(f.start(), f.end(), (f[1] or f[2]).translate(RAISED))
        for f in _FIGURES_RAISED.finditer(text.text)
    )
    text.edit(edit for found in _INDEX.finditer(text.text) for edit in _round(found, 1))
    tags = list(_TAG.finditer(text.text))
    text.edit(map(_gap, tags), _tagged(tags))
    text.set_off += _block_quotes(text.text)
    text.edit(_line_markup(text.text))
    text.edit(edit for found in _LINK.finditer(text.text) for edit in _round(found, 1))
    for emphasis in (_ASTERISKS, _ASTERISKS_IN_WORD, _UNDERSCORES):
        marks = list(emphasis.finditer(text.text))
        inside = [Span(*found.span(2)) for found in marks]
        text.edit((edit for found in marks for edit in _round(found, 2)), inside)
    text.edit(Replacement(f.start(), f.end(), f[1]) for f in _ESCAPE.finditer(text.text))
    entities = _ENTITY.finditer(text.text)
    text.edit(Replacement(f.start(), f.end(), html.unescape(f[0])) for f in entities)
    pieces = text.text.split("\0")
    pages, at = [], 0
    for piece, value in zip(pieces, values, strict=False):
        at += len(piece)
        pages.append(Landmark(at, Locator("page", value)))
    text.edit(Replacement(f.start(), f.end()) for f in re.finditer("\0", text.text))
    emphasised, quoted = (
        tuple(sorted({mark for mark in marks if text.text[mark.start : mark.end].strip()}))
        for marks in (text.marked, text.set_off)
    )
    return text.text, tuple(pages), emphasised, quoted


def _block_quotes(text: str) -> Iterator[Span]:
    """Yield the ranges of consecutive lines that begin with the mark of a block quote."""
    at, start = 0, -1
    for line in text.split("\n"):
        if _QUOTE.match(line):
            start = at if start < 0 else start
        elif start >= 0:
            yield Span(start, at - 1)
            start = -1
        at += len(line) + 1
    if start >= 0:
        yield Span(start, len(text))


def _round(found: re.Match[str], group: int) -> Iterator[Replacement]:
    """Yield the edits that leave nothing but a group of what was found."""
    yield Replacement(found.start(), found.start(group))
    yield Replacement(found.end(group), found.end())


def _gap(found: re.Match[str]) -> Replacement:
    """Replace a tag by nothing, or by a space where it kept two words apart."""
    before, name, after = found.groups()
    apart = before and after and name.lower() not in _INLINE
    return Replacement(found.end(1), found.end(), " " if apart else "")


def _tagged(tags: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Yield the ranges between an emphasis tag and its end tag."""
    open_: dict[str, int] = {}
    for found in tags:
        name = found[2].lower()
        if name not in _EMPHASIS_TAGS:
            continue
        if found[0].removeprefix(found[1]).startswith("</"):
            start = open_.pop(name, None)
            if start is not None:
                yield Span(start, found.end(1))
        else:
            open_[name] = found.end()


def _line_markup(text: str) -> Iterator[Replacement]:
    """Yield the edits that take off what stands at the edges of lines."""
    at = 0
    for line in text.split("\n"):
        for start, end in _edges(line):
            if start < end:
                yield Replacement(at + start, at + end)
        at += len(line) + 1


def _edges(line: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line that are markup, in order."""
    quote = _QUOTE.match(line)
    begin = quote.end() if quote else 0
    rest = line[begin:]
    if _RULE.fullmatch(rest):
        yield 0, len(line)
        return
    yield 0, begin
    heading, bullet = _HEADING.match(rest), _BULLET.match(rest)
    if heading:
        yield begin, begin + heading.end()
        words = rest[heading.end() :]
        behind = _AFTER_HEADING.search(words)
        if behind:
            yield len(line) - len(words) + behind.start(), len(line)
    elif bullet:
        yield begin + bullet.end(1), begin + bullet.end()
