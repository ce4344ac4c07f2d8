"""The tree of a whole Word file: title, chapters, sources and the list of checked quotations.

Words of ours get a style by name (``custom-style``); what an author wrote keeps none of the
attributes and classes that pandoc's writer would turn into tracked changes or foreign styles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pubtool.model import Document, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import (
    attr,
    attr_of,
    attribute,
    change,
    collect,
    element,
    has_class,
    plain_text,
    words,
)
from pubtool.writers.binding import Bound, prepare
from pubtool.writers.book import Book, inside
from pubtool.writers.book_images import BookPicture
from pubtool.writers.csl.notes import shift_numbers
from pubtool.writers.docx.comments import FIRST, with_comments
from pubtool.writers.docx.listing import ours, proof_blocks, styled
from pubtool.writers.links import shift_headings
from pubtool.writers.words import direction, words_in

_API = [1, 23, 1]
_KEPT_CLASSES = frozenset({"mark", "underline", "smallcaps", "quotation"})
_ANCHORS = frozenset({"Header", "Div", "Span"})
"""Elements whose identifier pandoc writes as a bookmark."""
_TEXT_WIDTH = 6.27
"""Inches: A4 less margins of an inch."""
_DOTS = 96.0
"""Pixels to an inch, as browsers have it."""


def book_tree(
    book: Book,
    pictures: Mapping[str, BookPicture],
    names: Sequence[Mapping[str, str]],
    pandoc: Pandoc,
) -> Document:
    """Return the tree of a book; `names` are those of `pictures` by chapter and address."""
    bodies = []
    first, notes = FIRST, 0
    for number, chapter in enumerate(book.chapters, 1):
        document = Document(shift_numbers(chapter.document.ast, notes))  # Word counts on
        notes += len(collect(document.ast["blocks"], frozenset({"Note"})))
        bound = prepare(document, names[number - 1], pandoc)
        bodies.append(_Body(book, number, first, bound, pictures))
        first += len(chapter.proofs)
    anchors = {name for body in bodies for name in body.anchors}
    blocks = _opening(book)
    for body in bodies:
        blocks.extend(body.blocks(anchors))
    meta = {"lang": _string(book.lang)}
    if direction(book.lang) == "rtl":
        meta["dir"] = _string("rtl")
    return Document({"pandoc-api-version": _API, "meta": meta, "blocks": blocks})


def _string(text: str) -> Node:
    return {"t": "MetaString", "c": text}


def _opening(book: Book) -> list[Node]:
    """Return the title and what stands under it; of a series the contents too."""
    say = words_in(book.lang)
    blocks = [styled("Title", words(book.title))]
    if book.collection:
        name, number, count = book.collection
        part = say("series.part", number=number, count=count)
        blocks.append(styled("Subtitle", words(f"{name}, {part}")))
    blocks += [styled("Author", words(author)) for author in book.authors]
    if book.date:
        blocks += ours([styled("Date", words(say.day(book.date)))], book.lang)
    if book.draft:
        notice = f"{say('page.draft')} {say('page.draft-why')}"
        blocks += ours([styled("Notice", words(notice))], book.lang)
    if book.whole:
        blocks += ours([styled("TOC Heading", words(say("page.contents")))], book.lang)
        blocks.append(_contents(book))
    return blocks


def _contents(book: Book) -> Node:
    """Return a field that Word fills with page numbers on F9, filled with the titles for now."""
    lines = [f'<w:hyperlink w:anchor="{chapter_anchor(n)}">{_run(chapter.title)}</w:hyperlink>'
             for n, chapter in enumerate(book.chapters, 1)]  # fmt: skip
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        ' TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        "</w:r>"
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    lines[0], lines[-1] = begin + lines[0], lines[-1] + end
    style = '<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>'
    text = "".join(f"<w:p>{style}{line}</w:p>" for line in lines)
    return element("RawBlock", ["openxml", text])


def _run(text: str) -> str:
    from xml.sax.saxutils import escape

    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def chapter_anchor(number: int) -> str:
    """Return the bookmark of a chapter's title, by its number."""
    return f"chapter-{number}"


class _Body:
    """A chapter on its way: its identifiers are made the book's before links are looked at."""

    def __init__(
        self,
        book: Book,
        number: int,
        first: int,
        bound: Bound,
        pictures: Mapping[str, BookPicture],
    ) -> None:
        self._book = book
        self._chapter = book.chapters[number - 1]
        self._number = number
        self._numbers = {chapter.slug: at for at, chapter in enumerate(book.chapters, 1)}
        self._first = first
        self._pictures = pictures
        self._level = 2 if book.whole else 1
        seen: set[str] = set()
        flat = change(bound.blocks, _plainer)
        self._bound = Bound(
            bound.holding(change(flat, lambda node: self._named(node, seen))),
            tuple(tuple(change(list(entry), self._bare)) for entry in bound.sources),
        )
        self.anchors = {f"{self._prefix}{name}" for name in seen}
        if book.whole:
            self.anchors.add(chapter_anchor(number))

    @property
    def _prefix(self) -> str:
        return f"c{self._number}-"

    def blocks(self, anchors: set[str]) -> list[Node]:
        """Return the chapter's blocks; a link to none of the book's `anchors` is plain words."""
        chapter = self._chapter
        say = words_in(chapter.lang)
        text = shift_headings(self._bound.blocks, self._level - 1)
        ids = {f"{self._prefix}{proof.id}": proof for proof in chapter.proofs}
        numbers = {name: number for number, name in enumerate(ids, self._first)}
        found: list[Node] = [*self._heading(), *with_comments(text, numbers)]
        if self._bound.sources:
            found += ours([self._header(say("page.sources"), "sources")], chapter.lang)
            found.extend(self._source(entry) for entry in self._bound.sources)
        if chapter.proofs:
            found += ours([self._header(say("proof.heading"), "quotations")], chapter.lang)
            targets = {proof.id: name for name, proof in ids.items() if name in anchors}
            found.extend(proof_blocks(chapter, targets))
        linked: list[Node] = change(found, lambda node: self._linked(node, anchors))
        return self._spoken(linked)

    def _heading(self) -> list[Node]:
        chapter, say = self._chapter, words_in(self._chapter.lang)
        blocks: list[Node] = []
        if self._book.whole:
            name = attr(chapter_anchor(self._number))
            blocks.append(element("Header", [1, name, words(chapter.title)]))
            line = ", ".join(chapter.authors)
            line += f"{' · ' if line and chapter.date else ''}{say.day(chapter.date)}"
            if line:
                blocks.append(styled("Date", words(line)))
        if chapter.summary:
            blocks += ours([styled("Checked", words(chapter.summary))], chapter.lang)
        return blocks

    def _header(self, text: str, name: str) -> Node:
        return element("Header", [self._level, attr(f"{self._prefix}{name}-list"), words(text)])

    def _source(self, entry: Sequence[Node]) -> Node:
        return element("Div", [attr("", (), [("custom-style", "Bibliography")]), list(entry)])

    def _named(self, node: Node, seen: set[str]) -> list[Node] | None:
        """Give an element the book's identifier; of two with the same the first keeps it."""
        bare = self._bare(node)
        given = attr_of(node)
        if given is None or node["t"] not in _ANCHORS or not given[0] or given[0] in seen:
            return bare
        seen.add(given[0])
        assert bare is not None
        own = attr_of(bare[0])
        assert own is not None
        own[0] = f"{self._prefix}{given[0]}"
        return bare

    def _bare(self, node: Node) -> list[Node] | None:
        """Return the element without what pandoc's writer would act on."""
        given = attr_of(node)
        if given is None:
            return None
        kept = [name for name in given[1] if name in _KEPT_CLASSES]
        part = attribute(node, "data-part-of")
        pairs = [(n, v) for n, v in given[2] if n in ("lang", "dir", "data-verdict")]
        if part and has_class(node, "quotation"):
            pairs.append(("data-part-of", f"{self._prefix}{part}"))
        if node["t"] == "Image":
            pairs = self._size(node)
        own = attr("", kept, pairs)
        if node["t"] == "Header":
            return [element("Header", [node["c"][0], own, node["c"][2]])]
        return [element(node["t"], [own, *node["c"][1:]])]

    def _size(self, node: Node) -> list[tuple[str, str]]:
        """Return an image's size in inches, no wider than the text."""
        picture = self._pictures[node["c"][2][0]]
        ratio = picture.height / picture.width if picture.width else 1.0
        asked = _inches(attribute(node, "width"))
        if asked is None and (height := _inches(attribute(node, "height"))) is not None and ratio:
            asked = height / ratio
        width = min(picture.width / _DOTS if asked is None else asked, _TEXT_WIDTH)
        return [("width", f"{width:.3f}in"), ("height", f"{width * ratio:.3f}in")]

    def _linked(self, node: Node, anchors: set[str]) -> list[Node] | None:
        if node["t"] != "Link":
            return None
        target, title = node["c"][2]
        slug, name = inside(target) or ("", "")
        if slug in self._numbers:
            own = f"c{self._numbers[slug]}-{name}"
            target = f"#{own if own in anchors else chapter_anchor(self._numbers[slug])}"
        elif target.startswith("#") and target[1:] not in anchors:
            target = f"#{self._prefix}{target[1:]}"
        if target.startswith("#") and target[1:] not in anchors:
            return list(node["c"][1])
        return [element("Link", [node["c"][0], node["c"][1], [target, title]])]

    def _spoken(self, blocks: list[Node]) -> list[Node]:
        """Return the blocks in the chapter's language, where it is not the book's."""
        lang = self._chapter.lang
        if lang == self._book.lang:
            return blocks
        given = [("lang", lang)]
        if direction(lang) != direction(self._book.lang):
            given.append(("dir", direction(lang)))
        return [element("Div", [attr("", (), given), blocks])]


def _plainer(node: Node) -> list[Node] | None:
    """Return what Word has otherwise: an epigraph as a quotation, and a note without other notes.

    Word opens no file that has a note in a note; the inner one stands in brackets.
    """
    if node["t"] == "Note":
        return [element("Note", change(node["c"], _in_brackets))]
    if node["t"] == "Div" and has_class(node, "epigraph"):
        quoted = any(block["t"] in ("BlockQuote", "Div") for block in node["c"][1])
        inner = node["c"][1] if quoted else [element("BlockQuote", node["c"][1])]
        return [element("Div", [node["c"][0], inner])]
    return None


def _in_brackets(node: Node) -> list[Node] | None:
    if node["t"] != "Note":
        return None
    inner: list[Node] = []
    for block in node["c"]:
        inner.extend([{"t": "Space"}] if inner else [])
        if block["t"] in ("Para", "Plain"):
            inner.extend(block["c"])
        else:
            inner.extend(words(" ".join(plain_text(block).split())))
    return [{"t": "Space"}, element("Str", "["), *inner, element("Str", "]")]


_UNITS = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "px": 1 / _DOTS, "": 1 / _DOTS}


def _inches(size: str) -> float | None:
    """Return a length in inches; None for one that is not said or that says nothing."""
    number = size.rstrip("abcdefghijklmnopqrstuvwxyz%")
    unit = size.removeprefix(number)
    if not number or float(number) <= 0:
        return None
    if unit == "%":
        return _TEXT_WIDTH * float(number) / 100
    return float(number) * _UNITS[unit] if unit in _UNITS else None
