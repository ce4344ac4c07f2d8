"""What stands within a line of a post's HTML, as pandoc's elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from pubtool.model import Node
from pubtool.readers.wordpress.ledger import NOTHING, RAW, TEXT
from pubtool.readers.wordpress.nodes import (
    LINE_BREAK,
    NEW_LINE,
    NEW_PARAGRAPH,
    SPACE,
    attributes,
    node,
    raw_inline,
    tidy,
    trimmed,
    words_of,
)
from pubtool.readers.wordpress.setting import (
    BLOCKS,
    OPAQUE,
    PLACE,
    Form,
    Setting,
    classes_of,
    html_of,
    name_of,
    parse_html,
    style_of,
)
from pubtool.text.block_comments import MARK

if TYPE_CHECKING:
    from lxml.etree import _Element

_ALWAYS: Mapping[str, str] = {
    "em": "Emph",
    "strong": "Strong",
    "s": "Strikeout",
    "sub": "Subscript",
    "sup": "Superscript",
}
"""Elements that the block editor writes itself."""

_IN_CLASSIC: Mapping[str, str] = {
    "b": "Strong",
    "i": "Emph",
    "del": "Strikeout",
    "strike": "Strikeout",
}
"""Elements that mean the same in old posts, and are somebody's own HTML in a block."""

_CLASSES: Mapping[str, str] = {"mark": "mark", "kbd": "kbd"}
"""Elements that pandoc's dialect has as a span with a class."""

_STYLES: Mapping[tuple[tuple[str, str], ...], str] = {
    (("font-variant", "small-caps"),): "SmallCaps",
    (("text-decoration", "underline"),): "Underline",
}
"""Styles of a span, whole, that pandoc has an element for."""

_OF_SPANS = frozenset({"class", "id", "style", "lang", "dir"})
_IDLE_CLASSES = frozenset({"quotation", "Apple-converted-space"})
_FORGOTTEN = frozenset({"<font>", "<o:p>", "<tt>", "<big>"})
_SAID_BY_MARKDOWN = frozenset({"href", "title", "id", "class"})
_BLANK = re.compile(r"[ \t\n\r\f]+")
_CLASSIC_BLANK = re.compile(
    r"[ \t\r\f]*\n[ \t\r\f]*\n[ \t\n\r\f]*|[ \t\r\f]*\n[ \t\r\f]*|[ \t\r\f]+"
)


class Inlines:
    """Reads the lines of one post."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._on: Mapping[str, Callable[[_Element], list[Node]]] = {
            "a": self._link,
            "br": lambda _: [LINE_BREAK],
            "math": self._math,
            "code": self._code,
            "img": self._image,
            "span": self._span,
            "sup": self._superscript,
            "u": self._underline,
            "wbr": lambda _: [],
            PLACE: lambda element: self._setting.placed[element.get("n") or ""],
            "#": self._comment,
        }

    def inside(self, element: _Element) -> list[Node]:
        """Return what an element holds, tidied."""
        return tidy(list(self._inside(element)))

    def text(self, text: str | None) -> Iterator[Node]:
        """Give a piece of text as words and blanks."""
        classic = self._setting.form is Form.CLASSIC
        pattern = _CLASSIC_BLANK if classic else _BLANK
        at = 0
        for found in pattern.finditer(text or ""):
            if found.start() > at:
                yield _word((text or "")[at : found.start()])
            lines = found[0].count("\n") if classic else 0
            yield (SPACE, NEW_LINE, NEW_PARAGRAPH)[min(lines, 2)]
            at = found.end()
        if rest := (text or "")[at:]:
            yield _word(rest)

    def one(self, element: _Element) -> list[Node]:
        """Return an element within a line, without what follows it."""
        name = name_of(element)
        if name in self._on:
            return self._on[name](element)
        kind = _ALWAYS.get(name, "")
        if self._setting.form is Form.CLASSIC:
            kind = kind or _IN_CLASSIC.get(name, "")
        if kind and not element.attrib:
            return [node(kind, self.inside(element))]
        if name in _CLASSES and not element.attrib:
            return [node("Span", [attributes("", [_CLASSES[name]]), self.inside(element)])]
        if name in OPAQUE:
            return self._opaque(element)
        if name in BLOCKS:  # a block within a line, which only browsers make sense of
            return [LINE_BREAK, *self.inside(element), LINE_BREAK]
        return self._tags(element)

    def note(self, html: str) -> Node:
        """Return a note whose words are `html`."""
        before, self._setting.form = self._setting.form, Form.BLOCK
        inner = trimmed(self.inside(parse_html(html)[0]))
        self._setting.form = before
        return node("Note", [node("Para", [one for one in inner if one["t"] != "Note"])])

    def _inside(self, element: _Element) -> Iterator[Node]:
        yield from self.text(element.text)
        for child in element:
            yield from self.one(child)
            yield from self.text(child.tail)

    def _tags(self, element: _Element) -> list[Node]:
        """Keep an element's own tags round its words, which stay Markdown."""
        start, end = _tags_of(element)
        named = f"<{name_of(element)}>"
        if named in _FORGOTTEN:
            self._setting.ledger.add(named, TEXT, "an element of old HTML; its words stay")
            return self.inside(element)
        self._setting.ledger.add(named, RAW, "Markdown has no words for it", start)
        return [raw_inline(start), *self.inside(element), raw_inline(end)]

    def _opaque(self, element: _Element) -> list[Node]:
        html = _BLANK.sub(" ", html_of(element))
        self._setting.ledger.add(f"<{name_of(element)}>", RAW, "Markdown has no words for it", html)
        return [raw_inline(html)]

    def _comment(self, element: _Element) -> list[Node]:
        html = html_of(element)
        if not html.startswith("<!--"):  # a processing instruction: browsers show nothing either
            self._setting.ledger.add(html, NOTHING, "browsers do not show it")
            return []
        return [raw_inline(html)]

    def _link(self, element: _Element) -> list[Node]:
        target = (element.get("href") or "").strip()
        if target[:1] == "#" and target[1:] in self._setting.listed:
            return [self.note(self._setting.listed[target[1:]])]
        inner = self.inside(element)
        if not target:
            if not (element.get("id") or element.get("name")):
                return inner
            return [
                node("Span", [attributes(element.get("id") or element.get("name") or ""), inner])
            ]
        if not inner:
            self._setting.ledger.add("link without words", NOTHING, f"it led to {target}")
            return []
        for name in sorted(set(map(str, element.attrib)) - _SAID_BY_MARKDOWN):
            said = "it has no place in Markdown; the link stays"
            self._setting.ledger.add(f"{name} of a link", NOTHING, said)
        classes = [c for c in classes_of(element) if not c.startswith(("wp-", "more-link"))]
        attr = attributes(element.get("id") or "", classes)
        address = self._setting.link(target).replace(" ", "%20")
        return [node("Link", [attr, inner, [address, element.get("title") or ""]])]

    def _image(self, element: _Element) -> list[Node]:
        address = (element.get("src") or "").strip()
        if not address:
            said = "there is nothing to show"
            self._setting.ledger.add("image without an address", NOTHING, said)
            return []
        self._setting.images.setdefault(address)
        words = tidy(list(self.text(" ".join((element.get("alt") or "").split()))))
        sides = [n for n in classes_of(element) if re.fullmatch("align(left|right|center)", n)]
        align = (element.get("align") or "").lower()
        if align in ("left", "right", "center") and not sides:
            sides = [f"align{align}"]
        style = style_of(element)
        sizes = [(n, style[n]) for n in ("width", "height") if style.get(n, "auto") != "auto"]
        classic = self._setting.form is Form.CLASSIC  # where WordPress made titles of file names
        title = "" if classic else element.get("title") or ""
        idle = ["width", "height", "border", "usemap", *(["title"] if classic else [])]
        idle = [name for name in idle if element.get(name)]
        for name in idle:
            said = f"its {name} is left to the page's design"
            self._setting.ledger.add(f"{name} of an image", NOTHING, said)
        target = [self._setting.address(address).replace(" ", "%20"), title]
        return [node("Image", [attributes("", sides, sizes), words, target])]

    def _code(self, element: _Element) -> list[Node]:
        if any(name_of(child) not in ("br", "span") for child in element.iterdescendants()):
            return self._tags(element)
        text = "".join(str(part) for part in element.itertext())
        if not text.strip():
            return list(self.text(text))
        return [node("Code", [attributes(), re.sub(r"[\t\r\n\f]+", " ", text)])]

    def _math(self, element: _Element) -> list[Node]:
        tex = element.get("data-latex")
        if tex is None:
            return self._opaque(element)
        kind = "DisplayMath" if element.get("display") == "block" else "InlineMath"
        return [node("Math", [{"t": kind}, tex])]

    def _underline(self, element: _Element) -> list[Node]:
        if self._setting.form is Form.CLASSIC and not element.attrib:
            return [node("Underline", self.inside(element))]
        return self._tags(element)

    def _superscript(self, element: _Element) -> list[Node]:
        if MARK in classes_of(element):  # of our own making, as what is said of a quotation
            return []
        identifier = element.get("data-fn")
        if identifier is None:
            inner = self.inside(element)
            if any(one["t"] == "Note" for one in inner):
                return [one for one in inner if one["t"] == "Note"]
            return self._tags(element) if element.attrib else [node("Superscript", inner)]
        if identifier in self._setting.labels:
            return [node("RawInline", ["commonmark", self._setting.labels[identifier]])]
        words = self._setting.notes.get(identifier)
        if words is None:
            said = "its words are not in the post's footnotes field"
            self._setting.ledger.add("footnote", TEXT, said)
            number = "".join(str(part) for part in element.itertext()).strip()
            return [node("Superscript", [node("Str", number)])] if number else []
        return [self.note(words)]

    def _span(self, element: _Element) -> list[Node]:
        inner = self.inside(element)
        classes = [name for name in classes_of(element) if name not in _IDLE_CLASSES]
        if element.get("data-verdict"):  # of our own making: the next check says it anew
            self._cited(element)
            return inner
        style, identifier = style_of(element), element.get("id") or ""
        kind = _STYLES.get(tuple(style.items()), "")
        if kind and not classes and not identifier:
            return [node(kind, inner)]
        said = {str(name): str(value) for name, value in element.attrib.items()}
        others = [(name, said[name]) for name in ("style", "lang", "dir") if said.get(name)]
        if set(said) - _OF_SPANS or not words_of(inner).strip():
            return self._tags(element) if said else inner
        if not classes and not others and not identifier:
            return inner
        return [node("Span", [attributes(identifier, classes, others), inner])]

    def _cited(self, element: _Element) -> None:
        """Note the source of one of our own quotations, whose citation is written out by now."""
        key, place = element.get("data-source"), element.get("data-locator")
        if key:
            where = f"@{key}, {place}" if place else f"@{key}"
            said = f"[{where}] is written out, and no longer a citation"
            quoted = "".join(str(part) for part in element.itertext())
            self._setting.ledger.add("citation", TEXT, said, quoted)


def _word(text: str) -> Node:
    """Return a word; two hyphens that stand alone are an em dash to WordPress, as three to us."""
    return node("Str", "---" if text == "--" else text)


def _tags_of(element: _Element) -> tuple[str, str]:
    """Return an element's own tags, attributes as they are."""
    name = name_of(element)
    said = "".join(f' {key}="{escape(str(value))}"' for key, value in element.attrib.items())
    return f"<{name}{said}>", f"</{name}>"
