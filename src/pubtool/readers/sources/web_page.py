"""A web page as blocks of text, each with its emphasis, its note marks and its page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from pubtool.model import Landmark, Locator, Span
from pubtool.readers.sources.extracted import Extracted
from pubtool.text.typography import RAISABLE, RAISED

_RAISED = re.compile(rf"\s*\[?({RAISABLE.pattern})\]?\s*")
_SILENT = frozenset("head script style template noscript svg math select textarea button".split())
_ASIDE = frozenset("nav aside footer form dialog menu".split())
_ASIDE_ROLE = frozenset("navigation search banner contentinfo complementary dialog".split())
_EMPHASISES = frozenset("b em i strong u".split())
_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section "
    "summary table td th tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_PAGE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:pagebreak|pagenum|pageno|page-?number|pb)(?:$|[\s_-])", re.IGNORECASE
)
"""As EPUB's and DPUB-ARIA's vocabularies, Project Gutenberg and Wikisource mark a page's number."""
_NOTE_KIND = re.compile(r"(?:^|\s)(?:doc-)?noteref(?:$|\s)")
"""As the same two mark the number of a note, which a style sheet raises."""
_PAGE_NAME = re.compile(r"(?:page|pg|p)[_-]?(\d+|[ivxlc]+)\Z", re.IGNORECASE)
_PAGE_TEXT = re.compile(r"(\d+|[ivxlcIVXLC]+)\W*\Z")


@dataclass
class Block:
    """A paragraph, heading, list item or table row."""

    text: str
    aside: bool
    """Whether it is navigation, a form or the like."""
    emphasis: list[Span] = field(default_factory=list)
    pages: list[tuple[int, str]] = field(default_factory=list)
    """Where in its text printed pages begin, and their numbers."""
    quoted: bool = False
    """Whether it is in a block quote."""
    article: int = 0
    """The number of the outermost ``<article>`` that it is in, from 1; 0 outside of any."""


def read_blocks(markup: str) -> list[Block]:
    """Return the blocks of a page that a browser would show, in order."""
    page = _Page()
    page.feed(markup)
    page.close()
    page.end_block()
    return page.blocks


def write_out(blocks: Sequence[Block]) -> Extracted:
    """Return blocks as running text, a line feed between."""
    pieces, emphasis, landmarks, at = list[str](), list[Span](), list[Landmark](), 0
    quoted: list[Span] = []
    for block in blocks:
        emphasis += [Span(at + span.start, at + span.end) for span in block.emphasis]
        landmarks += [Landmark(at + place, Locator("page", n)) for place, n in block.pages]
        if block.quoted:
            begun = quoted.pop().start if quoted and quoted[-1].end + 1 == at else at
            quoted.append(Span(begun, at + len(block.text)))
        if block.text:
            pieces.append(block.text)
            at += len(block.text) + 1
    return Extracted(
        "\n".join(pieces),
        landmarks=tuple(landmarks),
        emphasis=tuple(emphasis),
        quoted=tuple(quoted),
    )


class _Page(HTMLParser):
    """Collects the blocks of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._text = ""
        self._emphasis: list[Span] = []
        self._pages: list[tuple[int, str]] = []
        self._open: list[tuple[str, str]] = []
        """The elements that are open, and what each does: silent, aside, em, sup, page, quote."""
        kinds = ("silent", "aside", "em", "sup", "page", "pre", "quote", "article")
        self._counts = dict.fromkeys(kinds, 0)
        self._articles = 0
        self._begun = 0
        """Where in the block's text the emphasis or the note's mark began."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "body":
            self._close_all("silent")  # a head without its end tag
        if tag in _CELLS and self._text.strip():
            self._text += "  "
        elif tag in _BLOCKS:
            self.end_block()
        does = _does(tag, values)
        number = _page_of(tag, values)
        if number:
            self._pages.append((len(self._text), number))
            does = "page"
        if tag in _VOID:
            return
        self._open.append((tag, does))
        if does:
            self._counts[does] += 1
            if does in ("em", "sup") and self._counts[does] == 1:
                self._begun = len(self._text)
            elif does == "article" and self._counts[does] == 1:
                self._articles += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS and tag not in _CELLS:
            self.end_block()
        if not any(name == tag for name, _ in self._open):
            return
        while self._open:
            name, does = self._open.pop()
            if does:
                self._end(does)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._counts["silent"] or self._counts["page"]:
            return
        if self._counts["pre"]:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self.end_block()
                self._text += line
            return
        words = " ".join(data.split())
        if data[:1].isspace() and self._text and not self._text[-1].isspace():
            self._text += " "
        self._text += words
        if words and data[-1:].isspace():
            self._text += " "

    def end_block(self) -> None:
        """End the block that is being read, if it has anything."""
        if self._counts["em"]:
            self._mark_emphasis()
            self._begun = 0
        text = self._text.rstrip()
        if text or self._pages:
            spans = [Span(s.start, min(s.end, len(text))) for s in self._emphasis]
            kept = [span for span in spans if span.start < span.end]
            aside = self._counts["aside"] > 0
            quoted = self._counts["quote"] > 0
            article = self._articles if self._counts["article"] else 0
            self.blocks.append(Block(text, aside, kept, self._pages, quoted, article))
        self._text, self._emphasis, self._pages = "", [], []

    def _end(self, does: str) -> None:
        self._counts[does] -= 1
        if does == "em" and not self._counts["em"]:
            self._mark_emphasis()
        if does == "sup" and not self._counts["sup"]:
            self._raise_figures()

    def _mark_emphasis(self) -> None:
        if len(self._text) > self._begun:
            self._emphasis.append(Span(self._begun, len(self._text)))

    def _raise_figures(self) -> None:
        """Write what stood raised as raised figures, if it is a note's mark or a power."""
        found = _RAISED.fullmatch(self._text[self._begun :])
        if found:
            self._text = self._text[: self._begun].rstrip() + found[1].translate(RAISED)

    def _close_all(self, does: str) -> None:
        self._open = [(tag, "" if done == does else done) for tag, done in self._open]
        self._counts[does] = 0


def _does(tag: str, values: dict[str, str]) -> str:
    """Return what an element does to the text in it."""
    hidden = "hidden" in values or "display:none" in values.get("style", "").replace(" ", "")
    if tag in _SILENT or (hidden and tag not in ("body", "html")):
        return "silent"
    if tag in _ASIDE or values.get("role", "").lower() in _ASIDE_ROLE:
        return "aside"
    if tag in _EMPHASISES:
        return "em"
    if tag == "blockquote":
        return "quote"
    if _NOTE_KIND.search(f"{values.get('epub:type', '')} {values.get('role', '')}"):
        return "sup"
    return tag if tag in ("sup", "pre", "article") else ""


def _page_of(tag: str, values: dict[str, str]) -> str:
    """Return the number of the printed page that begins at an element, empty if none does."""
    kinds = " ".join(values.get(key, "") for key in ("class", "role", "epub:type"))
    name = _PAGE_NAME.match(values.get("id") or values.get("name") or "")
    if _PAGE_CLASS.search(kinds):
        said = values.get("title") or values.get("aria-label") or ""
        found = _PAGE_TEXT.search(said) or name
        return found[1] if found else ""
    return name[1] if name and tag == "a" and "href" not in values else ""
