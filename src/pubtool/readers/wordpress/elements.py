"""What stands between the lines of a post's HTML, as pandoc's elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from pubtool.model import Node
from pubtool.readers.wordpress import forms
from pubtool.readers.wordpress.inlines import Inlines
from pubtool.readers.wordpress.ledger import NOTHING, RAW, TEXT
from pubtool.readers.wordpress.nodes import (
    LINE_BREAK,
    RULE,
    SPACE,
    attributes,
    is_blank,
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
_WRITTEN_BY_US = frozenset({"wp-block-quote", "wp-block-heading", "wp-block-list"})


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
        return self._styled(element, blocks) if blocks else []

    def _styled(self, element: _Element, blocks: list[Node]) -> list[Node]:
        """Return blocks, in a division where their element has classes, an id or an alignment."""
        classes = [name for name in classes_of(element) if name not in _WRITTEN_BY_US]
        said = style_of(element).get("text-align") or element.get("align") or ""
        if name_of(element) == "center":
            said = "center"
        if said in ("center", "right", "justify"):
            classes.append(f"has-text-align-{said}")
        others = {n for n in style_of(element) if n != "text-align"}
        if others:
            self._setting.ledger.add(
                "style", NOTHING, f"{', '.join(sorted(others))}: for the page's design"
            )
        classes = list(dict.fromkeys(classes))
        if not classes and not element.get("id"):
            return blocks
        return [node("Div", [attributes(element.get("id") or "", classes), blocks])]

    def _heading(self, element: _Element) -> list[Node]:
        inner = self._inlines.inside(element)
        line = trimmed(tidy([SPACE if is_blank(one) else one for one in inner]))
        if not line:
            return []
        identifier = element.get("id") or ""
        if identifier == _own_identifier(words_of(line)):
            identifier = ""
        level = int(name_of(element)[1])
        return [node("Header", [level, attributes(identifier), line])]

    def _division(self, element: _Element) -> list[Node]:
        blocks = self.inside(element, "Para")
        classes = element.get("class") or ""
        layout = _LAYOUT.search(classes)
        if layout:
            if layout[0] != "wp-block-group":
                said = "its parts stand one below the other"
                self._setting.ledger.add(layout[0].removeprefix("wp-block-"), TEXT, said)
            return blocks
        return self._styled(element, blocks) if blocks else []

    def _quote(self, element: _Element) -> list[Node]:
        sources: list[list[Node]] = []
        for cite in [*element.iterchildren("cite"), *element.iterchildren("footer")]:
            inner = trimmed(self._inlines.inside(cite))
            if inner:
                sources.append(inner)
            _take_out(cite)
        body = self.inside(element, "Para")
        if not body and not sources:
            return []
        lines = [node("Para", [node("Str", "—"), SPACE, *source]) for source in sources]
        return self._of_quote(element, [*body, *lines])

    def _of_quote(self, element: _Element, blocks: list[Node]) -> list[Node]:
        parent = element.getparent()
        if parent is not None and "wp-block-pullquote" in classes_of(parent):
            return forms.pullquote(blocks)
        classes = [
            name
            for name in classes_of(element)
            if name.startswith("is-style-") and name != "is-style-default"
        ]
        if classes:
            said = f"its style {', '.join(classes)} is the page's"
            self._setting.ledger.add("quote", "a quotation", said)
        return [node("BlockQuote", blocks)]

    def _preformatted(self, element: _Element) -> list[Node]:
        classes = classes_of(element)
        if "wp-block-verse" in classes:
            return forms.verse(_lines(self._inlines.inside(element)))
        text = _verbatim(element)
        codes = [child for child in element if name_of(child) == "code"]
        named = " ".join([element.get("class") or "", *(c.get("class") or "" for c in codes)])
        found = _LANGUAGE.search(named)
        language = (found[1] or found[2]) if found else (element.get("lang") or "")
        inner = {name_of(e) for e in element.iterdescendants()} - {"code", "br", "span", "#"}
        if inner:
            said = f"{', '.join(f'<{name}>' for name in sorted(inner))} within it"
            self._setting.ledger.add("preformatted text", "code", said, text)
        return [node("CodeBlock", [attributes("", [language] if language else []), text])]

    # --- Lists ---

    def _list(self, element: _Element) -> list[Node]:
        items: list[list[Node]] = []
        loose: list[Node] = list(_paragraphs(list(self._inlines.text(element.text)), "Plain"))
        for child in element:
            name = name_of(child)
            if name == "li":
                items.append(self.inside(child, "Plain"))
            elif name == "#" or (name == PLACE and not self._placed(child)):
                continue
            elif items:
                items[-1] += self._block(child)
            else:
                items.append(self._block(child))
            free = _paragraphs(list(self._inlines.text(child.tail)), "Plain")
            if free and items:
                items[-1] += free
        if loose:
            items.insert(0, loose)
        items = [item if item else [node("Plain", [])] for item in items]
        if not items:
            return []
        if name_of(element) != "ol":
            return [node("BulletList", items)]
        kind = style_of(element).get("list-style-type") or element.get("type") or ""
        start = element.get("start") or "1"
        first = int(start) if re.fullmatch(r"\d{1,9}", start) else 1
        if element.get("reversed") is not None:
            self._setting.ledger.add("list", "a list", "Markdown has no list that counts down")
        style = {"t": _LIST_STYLES.get(kind, "Decimal")}
        return [node("OrderedList", [[first, style, {"t": "Period"}], items])]

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

    # --- Figures ---

    def _cell(self, element: _Element) -> list[Node]:
        return self.inside(element, "Plain")

    def _figure(self, element: _Element) -> list[Node]:
        captions = [child for child in element if name_of(child) == "figcaption"]
        caption = [trimmed(self._inlines.inside(one)) for one in captions]
        for one in captions:
            _take_out(one)
        words = [inline for line in caption if line for inline in (*line, LINE_BREAK)][:-1]
        blocks = self.inside(element, "Para")
        return self._captioned(blocks, words)

    def _captioned(self, blocks: list[Node], caption: list[Node]) -> list[Node]:
        if len(blocks) == 1 and blocks[0]["t"] == "Div":  # an alignment of the image's
            inner = blocks[0]["c"][1]
            if len(inner) == 1 and forms.is_picture(inner[0]):
                blocks = inner
        if not caption:
            return blocks
        if len(blocks) == 1 and forms.is_picture(blocks[0]):
            return forms.figure(blocks[0], caption)
        if len(blocks) == 1 and blocks[0]["t"] == "Table":
            return forms.captioned_table(blocks[0], caption)
        said = "it stands below as a paragraph"
        self._setting.ledger.add("caption", TEXT, said, words_of(caption))
        return [*blocks, node("Para", caption)]

    def _details(self, element: _Element) -> list[Node]:
        summaries = [child for child in element if name_of(child) == "summary"]
        summary = trimmed(self._inlines.inside(summaries[0])) if summaries else []
        if summaries:
            _take_out(summaries[0])
        return forms.details(summary, self.inside(element, "Para"))


def _paragraphs(line: list[Node], kind: str) -> list[Node]:
    """Return a run of inlines as paragraphs, cut where classic content has blank lines."""
    parts: list[list[Node]] = [[]]
    for one in tidy(line):
        if one["t"] == "NewParagraph":
            parts.append([])
        else:
            parts[-1].append(LINE_BREAK if one["t"] == "SoftBreak" else one)
    filled = [part for part in map(trimmed, parts) if part]
    kind = "Para" if len(filled) > 1 else kind
    return [node(kind, part) for part in filled]


def _lines(inlines: Sequence[Node]) -> list[list[Node]]:
    lines: list[list[Node]] = [[]]
    for one in trimmed(inlines):
        if one["t"] in ("LineBreak", "SoftBreak"):
            lines.append([])
        else:
            lines[-1].append(one)
    return lines


def _verbatim(element: _Element) -> str:
    """Return an element's text with its own line ends and breaks."""
    parts = [element.text or ""]
    for child in element:
        if name_of(child) == "br":
            parts.append("\n")
        elif name_of(child) != "#":
            parts.append(_verbatim(child))
        parts.append(child.tail or "")
    return "".join(parts).strip("\n")


def _take_out(element: _Element) -> None:
    """Remove an element from its parent; what follows it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _own_identifier(words: str) -> str:
    """Return the identifier that pandoc gives a heading (gfm_auto_identifiers)."""
    return re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
