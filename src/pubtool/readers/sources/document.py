"""Documents of word processors and publishers, by pandoc: EPUB, DOCX, ODT, RTF, LaTeX and others.

pandoc's syntax tree is written out as running text of our own: paragraphs parted by blank lines,
the marks of list items as they are printed (structure reads locators from them), tables row by
row. Notes stand behind the text, each with its number as a locator, as those of printed pages do;
their marks are raised figures, which a quotation may pass over. Printed pages are known where the
format has them (EPUB's page breaks).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pubtool.errors import PandocFailed
from pubtool.model import Landmark, Locator, Node, Span, Unavailable
from pubtool.readers.sources import latex
from pubtool.readers.sources.archives import refuse_unsafe
from pubtool.readers.sources.extracted import Extracted, Unusable
from pubtool.readers.sources.office_parts import with_all_words
from pubtool.readers.sources.page_numbers import write_roman
from pubtool.readers.sources.wiki_templates import words_of
from pubtool.system.pandoc import read_document
from pubtool.text.typography import RAISABLE, RAISED

FORMATS: Mapping[str, str] = {
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".rtf": "rtf",
    ".tex": "latex",
    ".latex": "latex",
    ".wiki": "mediawiki",
    ".mediawiki": "mediawiki",
    ".jats": "jats",
    ".nxml": "jats",
    ".xml": "jats",
}
"""File name endings and pandoc's names of their formats."""

_ZIPPED = frozenset({"docx", "odt", "epub"})
_JATS = re.compile(rb"<article[\s>]")
_DECLARED = re.compile(r"<\?xml[^>]*\?>")
_FIRST_BYTES = 100_000
_LONGEST_WHY = 160
"""Characters of what pandoc says."""
_RTF_NOTE = (rb"{\*\footnote", rb"{\footnote")
"""As LibreOffice marks notes for readers that know of none, and as pandoc reads them."""
_QUOTES = {"DoubleQuote": "“”", "SingleQuote": "‘’"}
_PAGE_NUMBER = re.compile(r"(\d+|[ivxlc]+)\Z", re.IGNORECASE)
_PAGE_CLASS = re.compile(r"page-?(?:num|no|number)", re.IGNORECASE)
_PAGE_NAME = re.compile(r"(?:.*[_#])?(?:page|pg)[_-]?(\d+|[ivxlc]+)", re.IGNORECASE)
"""An element's name; in a book pandoc puts that of its chapter's file before it."""
_PAGE_TEXT = re.compile(
    r"\s*[\[({]?\s*(?:p|pg|page)?\.?\s*(\d+|[ivxlc]+)\s*[\])}]?\s*", re.IGNORECASE
)
_TITLES = ("title", "subtitle", "abstract")


def read_document_file(data: bytes, name: str) -> Extracted:
    """Return the text of a document named `name` in errors; raise `Unusable`."""
    form = FORMATS["." + name.rpartition(".")[2].lower()]
    if form in _ZIPPED:
        refuse_unsafe(data, name)
    if form == "jats" and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = _DECLARED.sub("", data.decode("utf-16", "replace"), count=1).encode()
    if form == "jats" and not _JATS.search(data[:_FIRST_BYTES]):
        detail = f"{name} is not JATS, the only XML that can be read; save it as text or HTML"
        raise Unusable(Unavailable.UNSUPPORTED, detail)
    if form == "rtf":
        data = data.replace(*_RTF_NOTE)
    if form in ("docx", "odt"):
        data = with_all_words(data, name)
    try:
        tree = _read_latex(data) if form == "latex" else read_document(data, form)
    except PandocFailed as error:
        why = error.why if len(error.why) <= _LONGEST_WHY else f"{error.why[:_LONGEST_WHY]}…"
        detail = f"{name}: pandoc {why}; the document may be damaged, save it anew"
        raise Unusable(Unavailable.UNREADABLE, detail) from None
    found = write_out(tree)
    partial = form == "latex" and latex.has_includes(data.decode("utf-8", "replace"))
    return replace(found, extent="excerpt") if partial else found


def _read_latex(data: bytes) -> Node:
    try:
        text = latex.prepare(data.decode("utf-8"))
    except UnicodeDecodeError:  # pandoc reads it as Latin-1
        text = latex.prepare(data.decode("latin-1"))
    try:
        return _read_prepared(text)
    except PandocFailed:
        plain = latex.with_plain_preamble(text)
        if plain == text:
            raise
        return _read_prepared(plain)


def _read_prepared(text: str) -> Node:
    defined = latex.define_unknown(text, read_document(text.encode(), latex.KEEPING))
    return read_document(defined.encode(), "latex")


def write_out(tree: Node) -> Extracted:
    """Return the running text of a syntax tree of pandoc's."""
    writer = _Writer()
    for name in _TITLES:
        value = tree["meta"].get(name)
        if value is not None:
            writer.meta(value)
    writer.blocks(tree["blocks"])
    writer.write_notes()
    return Extracted(
        writer.text.rstrip("\n") + "\n" if writer.text.strip() else "",
        landmarks=tuple(writer.landmarks),
        emphasis=tuple(sorted(writer.emphasis)),
        quoted=tuple(sorted(writer.quoted)),
    )


class _Writer:
    """A text that grows as a syntax tree is walked."""

    def __init__(self) -> None:
        self.landmarks: list[Landmark] = []
        self.emphasis: list[Span] = []
        self.quoted: list[Span] = []
        self._pieces: list[str] = []
        self._at = 0
        self._notes: list[list[Node]] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    def put(self, piece: str) -> None:
        """Put characters at the end."""
        self._pieces.append(piece)
        self._at += len(piece)

    def meta(self, value: Node) -> None:
        """Write a value of the metadata as a paragraph."""
        match value:
            case {"t": "MetaInlines", "c": inlines}:
                self._paragraph(inlines)
            case {"t": "MetaBlocks", "c": blocks}:
                self.blocks(blocks)
            case {"t": "MetaString", "c": str(text)}:
                self.put(f"{text}\n\n")

    def write_notes(self) -> None:
        """Write the notes that were met, and those that they hold, behind the text."""
        if self._notes:
            self.put("\f")
        number = 0
        while number < len(self._notes):
            blocks = self._notes[number]
            number += 1
            self.landmarks.append(Landmark(self._at, Locator("note", str(number))))
            self.put(str(number).translate(RAISED))
            self.blocks(blocks)

    # --- Blocks ---

    def blocks(self, blocks: Iterable[Node]) -> None:
        """Write blocks, a blank line behind each."""
        for block in blocks:
            write = _BLOCKS.get(block["t"])
            if write is not None:
                write(self, block.get("c"))

    def _paragraph(self, inlines: Iterable[Node]) -> None:
        before = self._at
        self.inlines(inlines)
        if self._at > before:
            self.put("\n\n")

    def _header(self, content: Any) -> None:
        self._page_break(content[1])
        self._paragraph(content[2])

    def _line_block(self, lines: Any) -> None:
        for line in lines:
            self.inlines(line)
            self.put("\n")
        self.put("\n")

    def _code_block(self, content: Any) -> None:
        self.put(f"{content[1]}\n\n")

    def _ordered(self, content: Any) -> None:
        (start, style, delimiter), items = content
        for number, item in enumerate(items, start):
            self.put(_item_mark(number, style["t"], delimiter["t"]))
            self.blocks(item)

    def _bullets(self, items: Any) -> None:
        for item in items:
            self.blocks(item)

    def _definitions(self, items: Any) -> None:
        for term, definitions in items:
            self._paragraph(term)
            for definition in definitions:
                self.blocks(definition)

    def _raw_block(self, content: Any) -> None:
        before = self._at
        self._raw(content)
        if self._at > before:
            self.put("\n\n")

    def _raw(self, content: Any) -> None:
        form, markup = content
        if form == "mediawiki":
            self.put(words_of(markup))

    def _div(self, content: Any) -> None:
        self._page_break(content[0])
        self.blocks(content[1])

    def _figure(self, content: Any) -> None:
        _, (_, caption), blocks = content
        self.blocks(blocks)
        self.blocks(caption)

    def _table(self, content: Any) -> None:
        _, (_, caption), _, (_, head), bodies, (_, foot) = content
        self.blocks(caption)
        rows = [*head, *(row for body in bodies for row in (*body[2], *body[3])), *foot]
        for _, cells in rows:
            for number, cell in enumerate(cells):
                self.put("  " if number else "")
                self._cell(cell[4])
            self.put("\n")
        self.put("\n")

    def _cell(self, blocks: Iterable[Node]) -> None:
        """Write a cell on one line."""
        for number, block in enumerate(blocks):
            self.put(" " if number else "")
            if block["t"] in ("Para", "Plain"):
                self.inlines(block["c"])
            else:
                self.blocks([block])

    # --- Inlines ---

    def inlines(self, inlines: Iterable[Node]) -> None:
        """Write inlines."""
        for inline in inlines:
            write = _INLINES.get(inline["t"])
            if write is not None:
                write(self, inline.get("c"))

    def _block_quote(self, blocks: Any) -> None:
        start = self._at
        self.blocks(blocks)
        if self._at > start:
            self.quoted.append(Span(start, self._at))

    def _emphasised(self, inlines: Any) -> None:
        start = self._at
        self.inlines(inlines)
        if self._at > start:
            self.emphasis.append(Span(start, self._at))

    def _superscript(self, inlines: Any) -> None:
        inner = _Writer()
        inner.inlines(inlines)
        digits = inner.text.strip("[]")
        if RAISABLE.fullmatch(digits):
            self.put(digits.translate(RAISED))
        else:
            self.inlines(inlines)

    def _quoted(self, content: Any) -> None:
        opening, closing = tuple(_QUOTES[content[0]["t"]])
        self.put(opening)
        self.inlines(content[1])
        self.put(closing)

    def _note(self, blocks: Any) -> None:
        if not blocks:  # the same note again, of which pandoc does not say the number
            return
        self._notes.append(blocks)
        self.put(str(len(self._notes)).translate(RAISED))

    def _span(self, content: Any) -> None:
        attributes, inlines = content
        if not (self._page_break(attributes) or self._page_anchor(attributes, inlines)):
            self.inlines(inlines)

    def _page_break(self, attributes: Any) -> bool:
        """Begin a printed page where an element says so; return whether it does."""
        name, classes, pairs = attributes
        values = dict(pairs)
        kinds = [*classes, *(values.get(key, "") for key in ("type", "epub:type", "role"))]
        if not any(kind.endswith("pagebreak") for kind in kinds):
            return False
        said = values.get("title") or values.get("aria-label") or values.get("label") or name
        return self._begin_page(_PAGE_NUMBER.search(said.strip())) or True

    def _page_anchor(self, attributes: Any, inlines: Any) -> bool:
        """Begin a printed page as books without page breaks of EPUB's own kind mark them."""
        name, classes, _ = attributes
        if any(_PAGE_CLASS.fullmatch(one) for one in classes):
            inner = _Writer()
            inner.inlines(inlines)
            found = _PAGE_TEXT.fullmatch(inner.text) or _PAGE_NAME.fullmatch(name)
            return self._begin_page(found)
        return not inlines and self._begin_page(_PAGE_NAME.fullmatch(name))

    def _begin_page(self, number: re.Match[str] | None) -> bool:
        if number:
            self.landmarks.append(Landmark(self._at, Locator("page", number[1])))
        return number is not None


_BLOCKS: Mapping[str, Callable[[_Writer, Any], None]] = {
    "Para": _Writer._paragraph,
    "Plain": _Writer._paragraph,
    "Header": _Writer._header,
    "LineBlock": _Writer._line_block,
    "CodeBlock": _Writer._code_block,
    "BlockQuote": _Writer._block_quote,
    "OrderedList": _Writer._ordered,
    "BulletList": _Writer._bullets,
    "DefinitionList": _Writer._definitions,
    "RawBlock": _Writer._raw_block,
    "Div": _Writer._div,
    "Figure": _Writer._figure,
    "Table": _Writer._table,
}
_INLINES: Mapping[str, Callable[[_Writer, Any], None]] = {
    "Str": lambda writer, text: writer.put(text.replace("\u00ad", "")),
    "Space": lambda writer, _: writer.put(" "),
    "SoftBreak": lambda writer, _: writer.put(" "),
    "LineBreak": lambda writer, _: writer.put("\n"),
    "Emph": _Writer._emphasised,
    "Strong": _Writer._emphasised,
    "Underline": _Writer._emphasised,
    "SmallCaps": _Writer.inlines,
    "Strikeout": _Writer.inlines,
    "Superscript": _Writer._superscript,
    "Subscript": _Writer.inlines,
    "Quoted": _Writer._quoted,
    "Cite": lambda writer, content: writer.inlines(content[1]),
    "Code": lambda writer, content: writer.put(content[1]),
    "Math": lambda writer, content: writer.put(content[1]),
    "Link": lambda writer, content: writer.inlines(content[1]),
    "RawInline": _Writer._raw,
    "Span": _Writer._span,
    "Note": _Writer._note,
}
"""What is not here (pictures, rules) has no words of the text."""


def _item_mark(number: int, style: str, delimiter: str) -> str:
    """Return a list item's mark as it is printed, ``(a) ``."""
    written = {
        "LowerAlpha": lambda: _letters(number),
        "UpperAlpha": lambda: _letters(number).upper(),
        "LowerRoman": lambda: write_roman(number),
        "UpperRoman": lambda: write_roman(number).upper(),
    }.get(style, lambda: str(number))()
    return {"OneParen": f"{written}) ", "TwoParens": f"({written}) "}.get(delimiter, f"{written}. ")


def _letters(number: int) -> str:
    written = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        written = chr(ord("a") + rest) + written
    return written
