"""A post's tree without anything that could run, fetch or pretend to be the page's own.

An author may be a stranger. Unless the project says that authors are trusted (``build.raw-html``),
what they wrote as HTML, attributes and addresses is held to a list of what may stay (`policy`), and
whatever goes is told with its line: nothing is left out in silence. The words themselves stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pubtool.model import BARE, Document, Node
from pubtool.writers.ast import (
    BLOCKS,
    INLINES,
    attr,
    attr_of,
    attribute,
    element,
    is_comment,
    is_element,
    with_attr,
    words,
)
from pubtool.writers.block_comments import is_for_wordpress
from pubtool.writers.sanitise.policy import Policy, address_fault
from pubtool.writers.sanitise.tags import (
    Balance,
    Tag,
    pieces,
    safe_classes,
    safe_id,
    safe_pairs,
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the author's that no reader gets."""

    line: int
    """In the post's file, 1-based; 0 where it is not known."""
    what: str
    """``the attribute onclick``."""
    why: str


@dataclass(frozen=True)
class Safe:
    """A document that may be shown to strangers."""

    document: Document
    left_out: tuple[LeftOut, ...]
    """In the order of the post, each thing of a line once."""


def sanitise(document: Document, policy: Policy) -> Safe:
    """Return a document, as `Pandoc.parse` gives it, with what a policy lets stay.

    The result is the same object where all of it may.
    """
    walk = _Walk(policy)
    blocks = walk.items(document.ast["blocks"])
    told = tuple(walk.told)
    if not told and blocks == document.ast["blocks"]:
        return Safe(document, ())
    return Safe(Document({**document.ast, "blocks": blocks}), told)


_PLACES = ("wrapper", "data-pos")
"""The attributes of pandoc's own wrappers."""
_LINE = re.compile(r"(\d+):")
_RAW = frozenset({"RawInline", "RawBlock"})
_HTML = frozenset({"html", "html4", "html5"})
_IMAGE_DATA = re.compile(r"data:image/(?:avif|gif|jpeg|png|webp);base64,[A-Za-z0-9+/=\s]+")
_ELEMENTS = BLOCKS | INLINES


class _Walk:
    """One way through a tree; what is met and goes is noted with its line."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._line = 0
        self.told: dict[LeftOut, None] = {}

    def _tell(self, what: str, why: str) -> None:
        self.told[LeftOut(self._line, what, why)] = None

    def items(self, items: Sequence[Node]) -> list[Node]:
        """Return the elements of one list, tags that the author wrote among them made whole."""
        others = [at for at, item in enumerate(items) if not _is_leaf(item)]
        if not others:
            return list(items)
        inline = items[0]["t"] in INLINES
        balance: Balance | None = None  # most lists hold no tag
        kept: list[Node] = []
        end = 0
        for at in others:
            kept.extend(items[end:at])
            end = at + 1
            self._stand(items[at])
            raw = _raw_inside(items[at])
            if raw is None:
                if balance and not inline and (ended := balance.before_block()):
                    kept.append(element("RawBlock", ["html", ended]))
                kept.extend(self._node(items[at]))
                continue
            balance = balance or Balance(self._policy, self._tell, inline=inline)
            if written := self._raw(raw, balance):
                kept.extend(_in_place_of(items[at], written))
        kept.extend(items[end:])
        if balance and (ended := balance.rest()):
            kept.append(element("RawInline" if inline else "RawBlock", ["html", ended]))
        return kept

    def _stand(self, item: Node) -> None:
        """Note the line that an element says it stands in."""
        attributes = attr_of(item)
        for name, value in attributes[2] if attributes else ():
            found = _LINE.match(value) if name == "data-pos" else None
            if found:
                self._line = int(found[1])

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            if value and is_element(value[0], _ELEMENTS):
                return self.items(value)
            return [self._value(item) for item in value]
        if isinstance(value, dict) and "t" in value and "c" not in value:
            return value
        if isinstance(value, dict):
            return {key: self._value(content) for key, content in value.items()}
        return value

    def _node(self, node: Node) -> list[Node]:
        """Return what stays of an element that is no raw markup."""
        if node["t"] in BARE:
            return [node]
        own = attr_of(node)
        if own is None:
            return [{**node, "c": self._value(node["c"])}]
        inner = [part if part is own else self._value(part) for part in node["c"]]
        new = with_attr({**node, "c": inner}, self._attr(node["t"], own))
        if new["t"] == "Link":
            return self._link(new)
        return self._image(new) if new["t"] == "Image" else [new]

    def _attr(self, kind: str, attributes: Any) -> Any:
        identifier, classes, pairs = attributes
        if not identifier and not classes and all(name in _PLACES for name, _ in pairs):
            return attributes
        places = [pair for pair in pairs if pair[0] in _PLACES]
        others = [(name, value) for name, value in pairs if name not in _PLACES]
        safe = safe_pairs(kind, others, self._policy, self._tell)
        return [
            self._id(kind, identifier),
            safe_classes(kind, classes, self._policy, self._tell),
            [*places, *(list(pair) for pair in safe)],
        ]

    def _id(self, kind: str, name: str) -> str:
        if kind != "Header":
            return safe_id(name, self._policy, self._tell)
        # pandoc makes an id of a heading's words, which are no fault of the author's
        return name if safe_id(name, self._policy, lambda *_: None) else f"heading-{name}"

    def _link(self, node: Node) -> list[Node]:
        """Return a link, or its words where it may not lead there."""
        target = node["c"][2][0]
        if why := address_fault(target):
            self._tell(f"the address {target[:40]}", why)
            inner: list[Node] = node["c"][1]
            return inner
        return [node]

    def _image(self, node: Node) -> list[Node]:
        """Return an image, or its words where its address may not be asked."""
        target = node["c"][2][0]
        if _IMAGE_DATA.fullmatch(target) or not (why := address_fault(target)):
            return [node]
        self._tell(f"the image {target[:40]}", why)
        said = attribute(node, "alt")
        return words(said) if said else list(node["c"][1])

    # --- Raw markup ---

    def _raw(self, node: Node, balance: Balance) -> list[Node]:
        """Return what stays of raw markup, as elements of its kind."""
        form, text = node["c"]
        if form not in _HTML:
            if not self._policy.whole:  # the blocks' writer leaves it out, and says so
                return [node]
            self._tell(f"raw {form}", "only HTML may stand in a post as it is")
            return []
        if is_comment(node):
            return [node] if is_for_wordpress(node) and _is_one_comment(text) else []
        kept: list[Node] = []
        written = ""
        if "-->" not in text[text.rfind("<!--") :] and "<!--" in text:
            self._tell("all that follows <!--", "the comment is never closed with -->")
        for piece in pieces(text, self._tell):
            if self._policy.whole and isinstance(piece, Tag) and piece.name == "img":
                kept.extend(_raw_of(node["t"], written))
                written = ""
                kept.extend(self._drawn(piece, node["t"]))
            else:
                written += balance.write(piece)
        return [*kept, *_raw_of(node["t"], written)]

    def _drawn(self, tag: Tag, kind: str) -> list[Node]:
        """Return an ``<img>`` as pandoc's own image, so that each format knows what to do."""
        if tag.ends:
            return []
        pairs = safe_pairs("img", tag.pairs, self._policy, self._tell)
        given = dict(pairs)
        source, title = given.pop("src", ""), given.pop("title", "")
        rest = [(name, value) for name, value in pairs if name in given]
        own = attr(
            given.get("id", ""),
            given.get("class", "").split(),
            [pair for pair in rest if pair[0] not in ("id", "class")],
        )
        image = element("Image", [own, words(given.get("alt", "")), [source, title]])
        shown = self._image(image) if source else []
        return shown if kind == "RawInline" or not shown else [element("Plain", shown)]


def _is_leaf(item: Node) -> bool:
    """Whether it is a word or a space, in nothing but pandoc's wrapper: most elements are."""
    if item["t"] != "Span":
        return item["t"] in BARE
    (identifier, classes, pairs), inner = item["c"]
    return (
        len(inner) == 1
        and inner[0]["t"] in BARE
        and not identifier
        and not classes
        and tuple(name for name, _ in pairs) == _PLACES
    )


def _raw_inside(item: Node) -> Node | None:
    """Return the raw markup that an element is, wrapped or not; None for any other."""
    while item["t"] in ("Span", "Div") and len(item["c"][1]) == 1:
        if not any(name == "wrapper" for name, _ in item["c"][0][2]):
            return None
        item = item["c"][1][0]
    return item if item["t"] in _RAW else None


def _in_place_of(item: Node, written: list[Node]) -> list[Node]:
    """Return elements in the wrapper of the one that they stand for."""
    if item["t"] not in ("Span", "Div"):
        return written
    places = [pair for pair in item["c"][0][2] if pair[0] in _PLACES]
    return [{**item, "c": [["", [], places], written]}]


def _raw_of(kind: str, html: str) -> list[Node]:
    return [element(kind, ["html", html])] if html.strip() else []


def _is_one_comment(text: str) -> bool:
    """Whether a comment ends for a browser where it ends for us (HTML standard, 13.2.5.43)."""
    inner = text.strip()[4:-3]
    return "--!>" not in inner and not inner.startswith((">", "->"))
