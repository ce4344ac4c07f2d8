"""pandoc's JSON syntax tree: how the writers build, read and change it.

The tree is Text.Pandoc.Definition as pandoc writes it with ``-t json`` (API version 1.23): an
element is ``{"t": type, "c": content}``, an attribute list is ``[id, classes, [[name, value]]]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pubtool.model import Node
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

_ATTR_FIRST = frozenset({"Code", "Link", "Image", "Span", "CodeBlock", "Div", "Table", "Figure"})

_BARE = frozenset({"Str", "Space", "SoftBreak", "LineBreak", "HorizontalRule"})
"""Elements that hold no other."""

_ELEMENTS = INLINES | BLOCKS

ATTRIBUTED = _ATTR_FIRST | {"Header"}
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
    if node["t"] in _ATTR_FIRST:
        found: Attr = node["c"][0]
        return found
    return node["c"][1] if node["t"] == "Header" else None


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
    if isinstance(tree, list):
        return _changed(tree, function, kinds)
    return _changed_inside(tree, function, kinds) if isinstance(tree, dict) else tree


def _changed(items: list[Any], function: Change, kinds: frozenset[str]) -> list[Any]:
    """Return one list of a tree, changed: nearly all that it holds are words and spaces."""
    changed: list[Any] | None = None
    for place, value in enumerate(items):
        new, replaced = value, None
        if isinstance(value, dict):
            kind = value.get("t")
            if kind not in _BARE:
                new = _changed_inside(value, function, kinds)
            if kind in kinds:
                replaced = function(new)
        elif isinstance(value, list):
            new = _changed(value, function, kinds)
        if changed is None and (replaced is not None or new is not value):
            changed = items[:place]
        if changed is not None:
            if replaced is None:
                changed.append(new)
            else:
                changed.extend(replaced)
    return items if changed is None else changed


def _changed_inside(node: Node, function: Change, kinds: frozenset[str]) -> Node:
    changed = node
    for key, value in node.items():
        if isinstance(value, list | dict):
            new = change(value, function, kinds)
            if new is not value:
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
            if kind in _BARE:
                continue
            content: Any = value.get("c")
            if kind in _ATTR_FIRST:  # no element stands among the attributes
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
    """
    if isinstance(tree, list):
        melded: list[Any] = []
        last = None
        for value in tree:
            new, kind = value, None
            if isinstance(value, dict):
                kind = value.get("t")
                if kind not in _BARE:
                    new = {key: meld(content) for key, content in value.items()}
            elif isinstance(value, list):
                new = meld(value)
            joined = _join(melded[-1], new) if last in _JOINED and kind in _JOINED else None
            if joined is None:
                melded.append(new)
                last = kind
            else:
                melded[-1] = joined
                last = joined["t"]
        return melded
    if isinstance(tree, dict):
        return {key: meld(value) for key, value in tree.items()}
    return tree


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
