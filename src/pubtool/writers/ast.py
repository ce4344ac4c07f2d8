"""pandoc's JSON syntax tree: how the writers build, read and change it.

The tree is Text.Pandoc.Definition as pandoc writes it with ``-t json`` (API version 1.23): an
element is ``{"t": type, "c": content}``, an attribute list is ``[id, classes, [[name, value]]]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pubtool.model import BARE, Node
from pubtool.system.wrappers import words as words  # noqa: PLC0414 - for all writers

Attr = list[Any]
"""``[identifier, [class, …], [[name, value], …]]``."""

INLINES = frozenset(
    "Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space "
    "SoftBreak LineBreak Math RawInline Link Image Note Span".split()
)
BLOCKS = frozenset(
    "Plain Para LineBlock CodeBlock RawBlock BlockQuote OrderedList BulletList DefinitionList "
    "Header HorizontalRule Table Figure Div".split()
)

LEAVES = frozenset("Plain Para LineBlock CodeBlock RawBlock Header HorizontalRule Table".split())
"""Blocks that hold no other blocks but those of notes and cells."""
HOLDERS = BLOCKS - LEAVES
"""Blocks that hold others."""

ATTR_FIRST = frozenset({"Code", "Link", "Image", "Span", "CodeBlock", "Div", "Table", "Figure"})
"""Elements whose content begins with their attributes, among which no element stands."""

_ELEMENTS = INLINES | BLOCKS

ATTRIBUTED = ATTR_FIRST | {"Header"}
"""Elements that have attributes."""
CITES = frozenset({"Cite"})
IMAGES = frozenset({"Image"})
LINKS = frozenset({"Link"})
RAW = frozenset({"RawBlock", "RawInline"})

QUOTATION_MARKS = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
"""The marks of a ``Quoted`` element, by the type of its first child."""


def attr(
    identifier: str = "",
    classes: Iterable[str] = (),
    attributes: Iterable[tuple[str, str]] = (),
) -> Attr:
    """Return an attribute list."""
    return [identifier, list(classes), [list(pair) for pair in attributes]]


def element(kind: str, content: Any) -> Node:
    """Return an element of type `kind`."""
    return {"t": kind, "c": content}


def is_element(value: Any, kinds: frozenset[str] = INLINES | BLOCKS) -> bool:
    """Whether `value` is an element of one of the types `kinds`."""
    return isinstance(value, dict) and value.get("t") in kinds


def attr_of(node: Node) -> Attr | None:
    """Return the element's own attribute list, not a copy; None for a type that has none."""
    if node["t"] in ATTR_FIRST:
        found: Attr = node["c"][0]
        return found
    return node["c"][1] if node["t"] == "Header" else None


def with_attr(node: Node, own: Attr) -> Node:
    """Return an element that has attributes with others."""
    at = 1 if node["t"] == "Header" else 0
    return {**node, "c": [*node["c"][:at], own, *node["c"][at + 1 :]]}


def content_of(node: Node) -> Any:
    """Return what the element holds; None for one that holds nothing, such as a space."""
    return node.get("c")


def has_class(node: Node, name: str) -> bool:
    """Whether the element has the class `name`."""
    attributes = attr_of(node)
    return attributes is not None and name in attributes[1]


def attribute(node: Node, name: str) -> str:
    """Return the value of the element's attribute `name`, empty where it has none."""
    attributes = attr_of(node) or attr()
    return next((str(value) for key, value in attributes[2] if key == name), "")


Change = Callable[[Node], Sequence[Node] | None]
"""Gives the elements that stand for its argument, or None to leave it as it is."""


def change(tree: Any, function: Change, kinds: frozenset[str] = _ELEMENTS) -> Any:
    """Return a tree in which `function` has replaced elements of some types, innermost first.

    An element that stands alone in its parent's content (as none does in pandoc's tree) is kept.
    What holds nothing that was replaced is the same object as before.
    """
    return _Walk(function, kinds).changed(tree)


class _Walk:
    """One way through a tree on which elements of some types are replaced."""

    def __init__(self, function: Change, kinds: frozenset[str]) -> None:
        self._function = function
        self._kinds = kinds
        self._idle = BARE - kinds
        """What needs no look: nearly all of a tree are words and spaces."""

    def changed(self, value: Any) -> Any:
        if type(value) is list:
            return self._items(value)
        return self._inside(value) if type(value) is dict else value

    def _items(self, items: list[Any]) -> list[Any]:
        changed: list[Any] = []
        end, idle = 0, self._idle
        for at, value in enumerate(items):
            if type(value) is dict:
                kind = value.get("t")
                if kind in idle:
                    continue
                new: Any = value if kind in BARE else self._inside(value)
                stands = self._function(new) if kind in self._kinds else None
            elif type(value) is list:
                new, stands = self._items(value), None
            else:
                continue
            if stands is None and new is value:
                continue
            changed += items[end:at]
            changed += [new] if stands is None else stands
            end = at + 1
        return [*changed, *items[end:]] if end else items

    def _inside(self, node: Node) -> Node:
        if node.get("t") in ATTR_FIRST:
            own, *content = node["c"]
            new = self._items(content)
            return node if new is content else {**node, "c": [own, *new]}
        changed = node
        for key, value in node.items():
            if type(value) is not str and (new := self.changed(value)) is not value:
                changed = {**changed, key: new}
        return changed


def collect(tree: Any, kinds: frozenset[str]) -> list[Node]:
    """Return the elements of some types, in order, an outer one before those inside it.

    What only citeproc reads (the words round a citation's key) is not searched.
    """
    found: list[Node] = []
    _collect([tree], kinds, found)
    return found


def _collect(items: list[Any], kinds: frozenset[str], found: list[Node]) -> None:
    for value in items:
        if isinstance(value, dict):
            kind = value.get("t")
            if kind in kinds:
                found.append(value)
            if kind in BARE:
                continue
            content: Any = value.get("c")
            if kind in ATTR_FIRST:  # no element stands among the attributes
                content = content[1:]
        else:
            content = value
        if isinstance(content, list):
            _collect(content, kinds, found)


_MELTING = frozenset("Emph Underline Strong Subscript Superscript Strikeout".split())
_WIDER = {"Space": 0, "SoftBreak": 1, "LineBreak": 2}
"""Of two blanks the wider stays."""
_JOINED = _MELTING | {"Str", *_WIDER}
"""What can be one with its neighbour."""


def meld(tree: Any) -> Any:
    """Return a tree with neighbours joined as pandoc's own readers join them.

    Two words are one, of two blanks one stays, two emphases are one: the rules of the ``Monoid``
    instance of Text.Pandoc.Builder.Inlines, which a reader that keeps positions has no use for.
    What holds nothing that was joined is the same object as before.
    """
    if type(tree) is list:
        return _melded(tree)
    return _melded_inside(tree) if type(tree) is dict else tree


def _melded(items: list[Any]) -> list[Any]:
    melded: list[Any] = []
    last, same = None, True
    for value in items:
        new, kind = value, None
        if type(value) is dict:
            kind = value.get("t")
            if kind not in BARE:
                new = _melded_inside(value)
        elif type(value) is list:
            new = _melded(value)
        joined = _join(melded[-1], new) if last in _JOINED and kind in _JOINED else None
        if joined is None:
            melded.append(new)
            last, same = kind, same and new is value
        else:
            melded[-1] = joined
            last, same = joined["t"], False
    return items if same else melded


def _melded_inside(node: Node) -> Node:
    if node.get("t") in ATTR_FIRST:
        own, *content = node["c"]
        new = _melded(content)
        return node if new is content else {**node, "c": [own, *new]}
    melded = node
    for key, value in node.items():
        if type(value) is not str and (new := meld(value)) is not value:
            melded = {**melded, key: new}
    return melded


def _join(one: Node, other: Node) -> Node | None:
    """Return the two as one element, or None where they stay two."""
    kinds = one["t"], other["t"]
    if kinds[0] in _WIDER and kinds[1] in _WIDER:
        widest: Node = max(one, other, key=lambda node: _WIDER[node["t"]])
        return None if kinds == ("LineBreak", "LineBreak") else widest
    if kinds == ("Str", "Str"):
        return element("Str", one["c"] + other["c"])
    if kinds[0] == kinds[1] and kinds[0] in _MELTING:
        return element(kinds[0], meld([*one["c"], *other["c"]]))
    return None


_BLANKS = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_UNSEEN = frozenset({"Note", "RawInline", "RawBlock"})
_VERBATIM = frozenset({"Code", "CodeBlock", "Math"})


def plain_text(tree: Any) -> str:
    """Return the words of a piece of tree as a reader sees them; notes and raw markup left out."""
    if isinstance(tree, list):
        return "".join(plain_text(value) for value in tree)
    if not isinstance(tree, dict) or tree.get("t") in _UNSEEN:
        return ""
    kind, content = tree.get("t", ""), tree.get("c")
    if kind == "Str" or kind in _BLANKS:
        return str(_BLANKS.get(kind, content))
    if kind in _VERBATIM:
        return str(tree["c"][1])
    if kind == "Quoted":
        opening, closing = QUOTATION_MARKS[tree["c"][0]["t"]]
        return f"{opening}{plain_text(tree['c'][1])}{closing}"
    return plain_text(content)


def is_comment(node: Node) -> bool:
    """Whether the element is an HTML comment and nothing else: for editors, never for readers."""
    if node["t"] not in ("RawInline", "RawBlock"):
        return False
    raw: str = node["c"][1].strip()
    return raw.startswith("<!--") and raw.find("-->") == len(raw) - 3


DASHES = ("—", "–", "―")
"""What begins the line under a block quotation that names its author."""


def is_attribution(blocks: Sequence[Node]) -> bool:
    """Whether the last of a block quotation's blocks names its author: ``— Author``."""
    if len(blocks) < 2 or blocks[-1]["t"] not in ("Para", "Plain"):
        return False
    return plain_text(blocks[-1]["c"][:1]).startswith(DASHES)
