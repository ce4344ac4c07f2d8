"""What stands between the lines of a post's HTML, as pandoc's elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from pubtool.model import Node
from pubtool.readers.wordpress import forms
from pubtool.readers.wordpress.inlines import Inlines
from pubtool.readers.wordpress.ledger import NOTHING, RAW, TEXT
from pubtool.readers.wordpress.looks import Own, own_of
from pubtool.readers.wordpress.nodes import (
    LINE_BREAK,
    RULE,
    SPACE,
    attributes,
    broken,
    is_blank,
    loosened,
    needs_a_blank_line,
    node,
    raw_block,
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
    holds_blocks,
    html_of,
    name_of,
    parse_html,
    style_of,
)
from pubtool.readers.wordpress.tables import read_table
from pubtool.readers.wordpress.typed import indented, take_out, verbatim

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANGUAGE = re.compile(r"(?:language|lang)-([\w+#.-]+)|brush:\s*([\w+#.-]+)")
_LIST_STYLES: Mapping[str, str] = {
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "a": "LowerAlpha",
    "A": "UpperAlpha",
    "i": "LowerRoman",
    "I": "UpperRoman",
}
_LAYOUT = re.compile(
    r"wp-block-(?:group|columns?|buttons?|media-text|cover|gallery|embed|spacer)\b|blocks-gallery"
)
_SIDES = frozenset({"left", "center", "right"})
_NAVIGATION = "series-navigation"
_PROOF = "pubtool-proof"
"""Classes of what the block writer adds by itself."""


class Elements:
    """Reads the blocks of one post."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._inlines = Inlines(setting)
        self._on: Mapping[str, Callable[[_Element], list[Node]]] = {
            "p": self._paragraph,
            "div": self._division,
            "center": self._division,
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "dir": self._list,
            "dl": self._definitions,
            "blockquote": self._quote,
            "pre": self._preformatted,
            "hr": lambda _: [RULE],
            "table": lambda element: read_table(element, setting, self._cell, self._inlines.inside),
            "figure": self._figure,
            "details": self._details,
            **{f"h{level}": self._heading for level in range(1, 7)},
        }

    def read(self, html: str, form: Form) -> list[Node]:
        """Return a piece of HTML as blocks."""
        self._setting.form = form
        return self.inside(parse_html(html)[0], "Para")

    def inside(self, element: _Element, kind: str) -> list[Node]:
        """Return what an element holds; text that stands free in it becomes `kind`."""
        blocks: list[Node] = []
        line: list[Node] = list(self._inlines.text(element.text))
        for child in element:
            if self._stands_apart(child, line):
                blocks += _paragraphs(line, kind)
                line = []
                blocks += self._block(child)
            else:
                line += self._inlines.one(child)
            line += self._inlines.text(child.tail)
        return blocks + _paragraphs(line, kind)

    def _stands_apart(self, element: _Element, line: Sequence[Node]) -> bool:
        """Whether an element is a block, given the line that it stands in."""
        name = name_of(element)
        if name in BLOCKS:
            return True
        if name == PLACE:
            return any(n["t"] not in ("RawInline", "Math") for n in self._placed(element))
        alone = all(is_blank(one) for one in line)
        if element.get("data-latex"):
            return False
        if name in OPAQUE or name == "#":
            return alone and not (element.tail or "").strip()
        return holds_blocks(element)

    def _placed(self, element: _Element) -> list[Node]:
        return self._setting.placed[element.get("n") or ""]

    def _block(self, element: _Element) -> list[Node]:
        name = name_of(element)
        if name == PLACE:
            return self._placed(element)
        if name in self._on:
            return self._on[name](element)
        if name in OPAQUE:
            return self._opaque(element)
        if name == "#":
            return [raw_block(html_of(element).strip())]
        if name in ("figcaption", "legend", "caption", "summary", "dt", "dd", "li", "td", "th"):
            return self.inside(element, "Para")
        if name != "address" and name not in ("section", "article", "main", "body", "a"):
            said = "its words stay, what it stood for does not"
            self._setting.ledger.add(f"<{name}>", TEXT, said)
        return self.inside(element, "Para")

    def _opaque(self, element: _Element) -> list[Node]:
        html = html_of(element).strip()
        self._setting.ledger.add(f"<{name_of(element)}>", RAW, "Markdown has no words for it", html)
        return [raw_block(html)]

    # --- Text ---

    def _paragraph(self, element: _Element) -> list[Node]:
        blocks = self.inside(element, "Para")
        if len(blocks) == 1:
            self._untitled(blocks[0])
        return self._styled(element, blocks) if blocks else []

    def _untitled(self, block: Node) -> None:
        """Take the title from an image that stands by itself, where it would be its caption."""
        image = forms.picture_of(block)
        if image is not None and image["c"][2][1]:
            said = "a post's image has a caption in its place"
            self._setting.ledger.add("title of an image", NOTHING, said)
            image["c"][2][1] = ""

    def _styled(self, element: _Element, blocks: list[Node]) -> list[Node]:
        """Return blocks, in a division where their element has classes, an id or an alignment."""
        own = self._own(element)
        if _NAVIGATION in own.classes:
            said = "pubtool writes the way to a series' other parts anew"
            self._setting.ledger.add("series navigation", NOTHING, said)
            return []
        if not own.classes and not own.identifier:
            return blocks
        return [forms.division(own.classes, blocks, (), own.identifier)]

    def _own(self, element: _Element) -> Own:
        return own_of(element, self._setting.ledger)

    def _heading(self, element: _Element) -> list[Node]:
        inner = self._inlines.inside(element)
        line = trimmed(tidy([SPACE if is_blank(one) else one for one in inner]))
        if not line:
            return []
        own = self._own(element)
        words = words_of(line)
        identifier = "" if own.identifier == _own_identifier(words) else own.identifier
        sides = [name for name in own.classes if name in _SIDES]
        classes = [name for name in own.classes if name not in _SIDES]
        heading = node("Header", [int(name_of(element)[1]), attributes(identifier, classes), line])
        return [forms.division(sides, [heading])] if sides else [heading]

    def _division(self, element: _Element) -> list[Node]:
        classes = element.get("class") or ""
        if "wp-block-math" in classes and len(element) == 1 and name_of(element[0]) == "math":
            return [node("Para", self._inlines.inside(element))]
        blocks = self.inside(element, "Para")
        layout = _LAYOUT.search(classes)
        if layout and layout[0] != "wp-block-group":
            said = "its parts stand one below the other"
            self._setting.ledger.add(layout[0].removeprefix("wp-block-"), TEXT, said)
        if layout and (layout[0] != "wp-block-group" or "inner-container" in classes):
            return blocks
        return self._styled(element, blocks) if blocks else []

    def _quote(self, element: _Element) -> list[Node]:
        sources: list[list[Node]] = []
        for cite in [*element.iterchildren("cite"), *element.iterchildren("footer")]:
            inner = trimmed(self._inlines.inside(cite))
            if inner:
                sources.append(inner)
            take_out(cite)
        body = self.inside(element, "Para")
        if not body and not sources:
            return []
        lines = [node("Para", [node("Str", "—"), SPACE, *source]) for source in sources]
        parent = element.getparent()
        if parent is not None and "wp-block-pullquote" in classes_of(parent):
            return forms.pullquote([*body, *lines], self._own(parent).classes)
        classes = self._own(element).classes
        if {"epigraph", "pullquote"} & set(classes):
            return [forms.division(classes, [*body, *lines], (), element.get("id") or "")]
        if classes:
            said = f"its classes {', '.join(classes)} are the page's design"
            self._setting.ledger.add("style", NOTHING, said)
        return [node("BlockQuote", [*body, *lines])]

    def _preformatted(self, element: _Element) -> list[Node]:
        classes = classes_of(element)
        if "wp-block-verse" in classes:
            own = self._own(element)
            return forms.verse(self._stanzas(element), own.classes, own.identifier)
        text = verbatim(element)
        text = text.removeprefix("\n") if not element.get("class") else text
        codes = [child for child in element if name_of(child) == "code"]
        named = " ".join([element.get("class") or "", *(c.get("class") or "" for c in codes)])
        found = _LANGUAGE.search(named)
        language = (found[1] or found[2]) if found else (element.get("lang") or "")
        inner = {name_of(e) for e in element.iterdescendants()} - {"code", "br", "span", "#"}
        if inner:
            said = f"{', '.join(f'<{name}>' for name in sorted(inner))} within it"
            self._setting.ledger.add("preformatted text", "code", said, text)
        if "wp-block-preformatted" in classes:
            said = "Markdown has one kind of text that is kept as typed"
            self._setting.ledger.add("preformatted text", "code", said, text)
        others = [n for n in self._own(element).classes if not _LANGUAGE.match(n)] if codes else []
        names = [language, *others] if language else []
        return [forms.code(text, element.get("id") or "", names)]

    def _stanzas(self, element: _Element) -> list[list[list[Node]]]:
        """Return the lines of a verse; what indents one are blanks that do not break."""
        for inner in element.iter():
            inner.text = indented(inner.text)
            if inner is not element:
                inner.tail = indented(inner.tail)
        before, self._setting.form = self._setting.form, Form.CLASSIC
        inlines = trimmed(self._inlines.inside(element))
        self._setting.form = before
        stanzas: list[list[list[Node]]] = [[[]]]
        for one in inlines:
            if one["t"] == "NewParagraph":
                stanzas.append([[]])
            elif one["t"] in ("LineBreak", "SoftBreak"):
                stanzas[-1].append([])
            else:
                stanzas[-1][-1].append(one)
        return stanzas

    # --- Lists ---

    def _list(self, element: _Element) -> list[Node]:
        items = [item or [node("Plain", [])] for item in self._items(element)]
        if any("gallery" in name for name in classes_of(element)):
            self._setting.ledger.add("gallery", "its images", "they stand one below the other")
            return [loosened(block) for item in items for block in item]
        if not items:
            return []
        if any(needs_a_blank_line(item) for item in items):
            items = [[loosened(block) for block in item] for item in items]
        if name_of(element) != "ol":
            return [node("BulletList", items)]
        kind = style_of(element).get("list-style-type") or element.get("type") or ""
        start = element.get("start") or "1"
        first = int(start) if re.fullmatch(r"\d{1,9}", start) else 1
        if element.get("reversed") is not None:
            said = "Markdown has no list that counts down"
            self._setting.ledger.add("reversed list", "a list", said)
        style = {"t": _LIST_STYLES.get(kind, "Decimal")}
        return [node("OrderedList", [[first, style, {"t": "Period"}], items])]

    def _items(self, element: _Element) -> list[list[Node]]:
        """Return the items of a list; what stands between them belongs to the one before."""
        items: list[list[Node]] = []
        free = list(_paragraphs(list(self._inlines.text(element.text)), "Plain"))
        if free:
            items.append(free)
        for child in element:
            name = name_of(child)
            if name == "li" and child.get("id") not in self._setting.listed:
                items.append(self.inside(child, "Plain"))
            elif name not in ("li", "#"):  # an item of its own where there is none before it
                if not items:
                    items.append([])
                items[-1] += self._block(child)
            free = _paragraphs(list(self._inlines.text(child.tail)), "Plain")
            if free and items:
                items[-1] += free
        return items

    def _definitions(self, element: _Element) -> list[Node]:
        entries: list[tuple[list[Node], list[list[Node]]]] = []
        for child in element.iter("dt", "dd"):
            if name_of(child) == "dt":
                entries.append((trimmed(self._inlines.inside(child)), []))
            elif entries:
                entries[-1][1].append(self.inside(child, "Plain"))
            else:
                entries.append(([], [self.inside(child, "Plain")]))
        if not entries:
            return self.inside(element, "Para")
        if any(not term or not meanings for term, meanings in entries):
            html = html_of(element)
            self._setting.ledger.add(
                "definition list", RAW, "a term without words or meaning", html
            )
            return [raw_block(html)]
        return [node("DefinitionList", [[term, meanings] for term, meanings in entries])]

    def _cell(self, element: _Element) -> list[Node]:
        return self.inside(element, "Plain")

    def _figure(self, element: _Element) -> list[Node]:
        captions = [child for child in element if name_of(child) == "figcaption"]
        caption = [trimmed(self._inlines.inside(one)) for one in captions]
        for one in captions:
            take_out(one)
        words = [inline for line in caption if line for inline in (*line, LINE_BREAK)][:-1]
        blocks = self.inside(element, "Para")
        if len(blocks) == 1 and (image := forms.picture_of(blocks[0])) is not None:
            own = self._own(element)
            self._untitled(blocks[0])
            image["c"][0][0] = own.identifier
            image["c"][0][1] = list(dict.fromkeys([*image["c"][0][1], *own.classes]))
            return forms.figure(blocks[0], words) if words else blocks
        if len(blocks) == 1 and blocks[0]["t"] == "Table":
            own = self._own(element)
            if own.classes:
                said = f"its classes {', '.join(own.classes)} are the page's design"
                self._setting.ledger.add("style", NOTHING, said)
            return forms.captioned_table(blocks[0], words) if words else blocks
        if not words:
            return blocks
        said = "it stands below as a paragraph"
        self._setting.ledger.add("caption", TEXT, said, words_of(words))
        return [*blocks, node("Para", words)]

    def _details(self, element: _Element) -> list[Node]:
        own = self._own(element)
        if _PROOF in own.classes:
            said = "what was found of a quotation, which the next check finds anew"
            self._setting.ledger.add("proof", NOTHING, said)
            return []
        summaries = [child for child in element if name_of(child) == "summary"]
        summary = trimmed(self._inlines.inside(summaries[0])) if summaries else []
        if summaries:
            take_out(summaries[0])
        shown = ["open"] if element.get("open") is not None else []
        return forms.details(summary, self.inside(element, "Para"), [*shown, *own.classes])


def _paragraphs(line: list[Node], kind: str) -> list[Node]:
    """Return a run of inlines as paragraphs, cut where classic content has blank lines."""
    parts: list[list[Node]] = [[]]
    for one in broken(tidy(line)):
        if one["t"] == "NewParagraph":
            parts.append([])
        else:
            parts[-1].append(one)
    filled = [part for part in map(trimmed, parts) if part]
    kind = "Para" if len(filled) > 1 else kind
    return [node(kind, part) for part in filled]


def _own_identifier(words: str) -> str:
    """Return the identifier that pandoc gives a heading (gfm_auto_identifiers)."""
    return re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
