"""The words that readers of a post see, told twice: from WordPress's content and from Markdown.

Neither telling knows of the other's reader: one goes through the raw HTML, the other through
pandoc's tree of the finished post. Where they differ, the import has lost or changed something.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from html import unescape
from typing import TYPE_CHECKING, Any

from pubtool.model import BLANKS, Document
from pubtool.readers.wordpress.listed import listed_notes
from pubtool.readers.wordpress.setting import name_of, parse_html, without_comments
from pubtool.system.wrappers import without_positions
from pubtool.text.block_comments import MARK

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = re.compile(r"[^\W_]+")
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\[\]]*)\]|\[/(?:wp_)?caption\]|\[/?embed\b[^\[\]]*\]")
_CAPTION_WORDS = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")
_IN_LINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr pubtool-place".split()
)
_UNSEEN = frozenset({"script", "style", "template", "math"})
_SHOWN = 8
"""Words of a difference that are shown."""


def words_of_content(content: str, notes: Mapping[str, str]) -> list[str]:
    """Return the words that WordPress shows of a post's raw content, its notes' at the end."""
    plain = _CAPTION.sub(_caption_words, without_comments(content))
    telling = _Telling(notes, listed_notes(content))
    text = "".join(telling.of(parse_html(plain)))
    said = {**telling.listed, **notes}
    for identifier in telling.referred:
        text += " " + "".join(_Telling({}, {}).of(parse_html(said.get(identifier, ""))))
    return words(text)


def _caption_words(shortcode: re.Match[str]) -> str:
    """Return the words of a caption that stands in its shortcode's attribute."""
    found = _CAPTION_WORDS.search(shortcode[1] or "")
    return f" {found[1] or found[2] or ''} " if found else " "


def words_of_markdown(document: Document) -> list[str]:
    """Return the words of a post's syntax tree, its notes' at the end."""
    notes: list[Any] = []
    text = "".join(_tree_text(without_positions(document.ast["blocks"]), notes))
    while notes:
        inner: list[Any] = []
        for note in notes:
            text += " " + "".join(_tree_text(note, inner))
        notes = inner
    return words(text)


def words(text: str) -> list[str]:
    """Return the words of a text; typography makes none."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", ""))


def first_difference(one: Sequence[str], other: Sequence[str]) -> str:
    """Return where two tellings part, in words; empty where they are the same."""
    if list(one) == list(other):
        return ""
    matcher = SequenceMatcher(None, one, other, autojunk=False) if len(one) < 20_000 else None
    if matcher is None:
        at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
        return f"“{' '.join(one[at : at + _SHOWN])}” became “{' '.join(other[at : at + _SHOWN])}”"
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            before = " ".join(one[max(a - 3, 0) : a])
            was, now = (
                " ".join(one[a : min(b, a + _SHOWN)]),
                " ".join(other[c : min(d, c + _SHOWN)]),
            )
            where = f" after “{before}”" if before else " at the start"
            if not was:
                return f"“{now}” was added{where}"
            return f"“{was}” {f'became “{now}”' if now else 'is missing'}{where}"
    return ""


class _Telling:
    """Tells the words of some HTML, and gathers the notes that it refers to."""

    def __init__(self, notes: Mapping[str, str], listed: Mapping[str, str]) -> None:
        self.notes = notes
        self.listed = listed
        self.referred: list[str] = []

    def of(self, element: _Element) -> Iterator[str]:
        """Give the pieces of an element's text and of what follows it."""
        name = name_of(element)
        note = self._note(element, name)
        if note:
            self.referred.append(note)
        elif name not in _UNSEEN and name != "#" and not self._is_ours(element, name):
            apart = "" if name in _IN_LINE else " "
            yield apart
            yield element.text or ""
            for child in element:
                yield from self.of(child)
            yield apart
        yield element.tail or ""

    def _note(self, element: _Element, name: str) -> str:
        """Return the id of the note that an element refers to."""
        if name == "sup":
            identifier = element.get("data-fn") or ""
            return identifier if identifier in self.notes else ""
        target = (element.get("href") or "")[1:] if name == "a" else ""
        return target if target in self.listed else ""

    def _is_ours(self, element: _Element, name: str) -> bool:
        """Whether an element is a note of a list, or was added by pubtool's own writer."""
        classes = (element.get("class") or "").split()
        if {"series-navigation", "pubtool-proof", MARK} & set(classes):
            return True
        return name == "li" and element.get("id") in self.listed


def _tree_text(tree: Any, notes: list[Any]) -> Iterator[str]:
    if isinstance(tree, list):
        for one in _captions_below(tree):
            yield from _tree_text(one, notes)
    elif isinstance(tree, dict):
        yield from _node_text(str(tree.get("t", "")), tree.get("c", ""), notes)


def _node_text(kind: str, content: Any, notes: list[Any]) -> Iterator[str]:
    if kind == "Note":
        notes.append(content)
    elif kind in _SAID:
        yield _SAID[kind](content)
    elif kind in ("RawInline", "RawBlock"):
        yield from _raw_text(content[1], kind, notes)
    elif kind in ("Para", "Plain") and (caption := _title(content)):
        yield f" {caption} "
    elif kind == "Link":
        yield from _tree_text(content[1], notes)
    elif kind == "Div":
        yield f" {dict(content[0][2]).get('summary', '')} "
        yield from _tree_text(content[1], notes)
    else:
        apart = " " if kind in _BLOCKS else ""
        yield apart
        yield from _tree_text(content, notes)
        yield apart


def _captions_below(nodes: list[Any]) -> Iterator[Any]:
    """Give nodes with what is a table's caption behind the table, where readers see it."""
    caption = None
    for one in nodes:
        if caption is None and (words := _caption(one)):
            caption = words
            lead = one
            continue
        if caption is not None and not _is_table(one):
            yield lead
        yield one
        if caption is not None and _is_table(one):
            yield {"t": "Para", "c": caption}
        caption = None
    if caption is not None:
        yield lead


def _caption(one: Any) -> list[Any]:
    """Return the inlines of a paragraph that may be a table's caption, without its lead."""
    led = isinstance(one, dict) and one.get("t") == "Para"
    inlines: list[Any] = one["c"] if led else []
    return inlines[1:] if inlines[:1] == [{"t": "Str", "c": "Table:"}] else []


def _is_table(one: Any) -> bool:
    return isinstance(one, dict) and one.get("t") == "Table"


def _title(inlines: list[Any]) -> str:
    """Return the title of the image that a paragraph is: it stands below the image."""
    if len(inlines) > 2:  # a blank may stand beside it
        return ""
    given = [one for one in inlines if one["t"] not in BLANKS]
    if len(given) == 1 and given[0]["t"] == "Link":
        return _title(given[0]["c"][1])
    return str(given[0]["c"][2][1]) if len(given) == 1 and given[0]["t"] == "Image" else ""


_SAID: Mapping[str, Callable[[Any], str]] = {
    "Str": str,
    "Space": lambda _: " ",
    "SoftBreak": lambda _: " ",
    "LineBreak": lambda _: " ",
    "Code": lambda content: str(content[1]),
    "CodeBlock": lambda content: f" {content[1]} ",
    "Image": lambda _: "",
    "Math": lambda _: "",
}
_BLOCKS = frozenset(
    "Plain Para LineBlock BlockQuote OrderedList BulletList DefinitionList Header Table Figure "
    "Div".split()
)


def _raw_text(html: str, kind: str, notes: list[Any]) -> Iterator[str]:
    if kind == "RawInline" and html.startswith("<"):
        name = re.match(r"</?([a-zA-Z][\w-]*)", html)
        inner = html.find(">") == len(html) - 1
        if inner:  # one tag; what stands in it follows
            yield "" if name and name[1].lower() in _IN_LINE else " "
            return
    plain = without_comments(unescape(html) if "<" not in html else html)
    telling = _Telling({}, listed_notes(plain))
    yield from telling.of(parse_html(plain))
    for identifier in telling.referred:
        notes.append({"t": "RawBlock", "c": ["html", telling.listed[identifier]]})
