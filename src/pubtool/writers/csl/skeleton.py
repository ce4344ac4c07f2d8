"""What citeproc looks at of a post: its citations, its notes, and what stands beside a citation.

pandoc takes a tree apart and puts it together again for each of the walks that set citations, and
nearly all of it is words that no citation touches. What it looks at is known
(Text.Pandoc.Citeproc.processCitations): the ``Cite`` elements in their order, the element before
one and the blank between the two, punctuation behind one, and all of a note that holds one. So that
is what it gets, paragraph by paragraph, and the rest is put round its answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import msgspec

from pubtool.model import BARE, BLANKS, Node
from pubtool.writers.ast import element

_KEPT = (b'"t":"Cite"', b'"t":"Note"')
"""What is never left out. A note without citations counts among the others all the same."""
_SUSPECT = (
    *(b'"csl-note"', b'"csl-quoted"', b'"reset-citation-positions"', b'refs"'),
    *(b'"wrapper"', b'"data-pos"'),
    *("\ue0f0".encode(), "\ue0f5".encode()),
)
"""What would be looked at anywhere: classes and the identifier that citeproc uses itself, places in
the file, and signs of ours (`notes`). A tree that says such a thing goes to citeproc whole."""
_GAP = "\ue0f5"
"""Begins the word that stands for inlines between two citations; their number follows."""
_BEFORE = 2
"""Elements before a citation that count: what it is put behind, and the blank between the two."""


class Skeleton:
    """The blocks that citeproc gets in the place of others, and what its answer is put into."""

    def __init__(self, blocks: list[Node]) -> None:
        self._gaps: list[list[Node]] = []
        self._holes: list[_Hole] = []
        self._bones: list[Node] = []
        self._whole: list[Node] | None = None
        said = msgspec.json.encode(blocks)
        if not any(sign in said for sign in _SUSPECT):
            self._whole = self._copied(blocks)
            self._end(blocks)
        self.blocks = blocks if self._whole is None else self._bones
        """What citeproc gets."""

    def filled(self, answer: list[Node]) -> list[Node]:
        """Return citeproc's answer with all that it did not get; once only."""
        if self._whole is None:
            return answer
        for hole, bone in zip(self._holes, answer, strict=False):
            hole.node["c"] = [*hole.before, *self._closed(bone["c"]), *hole.behind]
        return [*self._whole, *answer[len(self._bones) :]]

    def _copied(self, blocks: list[Node]) -> list[Node]:
        return [self._copy(block) if _is_kept(block) else block for block in blocks]

    def _copy(self, block: Node) -> Node:
        """Return a block that is to be filled, and remember what citeproc has to see of it."""
        kind, content = block["t"], block["c"]
        match kind:
            case "Para" | "Plain":
                return self._hollow(kind, content)
            case "Div":
                return element(kind, [content[0], self._copied(content[1])])
            case "BlockQuote":
                return element(kind, self._copied(content))
            case "BulletList":
                return element(kind, [self._copied(item) for item in content])
            case "OrderedList":
                return element(kind, [content[0], [self._copied(item) for item in content[1]]])
        return self._hole(block)

    def _hole(self, bone: Node, before: Iterable[Node] = (), behind: Iterable[Node] = ()) -> Node:
        hole = element(bone["t"], bone["c"])
        self._bones.append(bone)
        self._holes.append(_Hole(hole, before, behind))
        return hole

    def _hollow(self, kind: str, inlines: list[Node]) -> Node:
        near = _near(inlines)
        first, last = near.index(True), len(near) - near[::-1].index(True)
        inner: list[Node] = []
        for is_near, run in groupby(range(first, last), near.__getitem__):
            nodes = [inlines[place] for place in run]
            if is_near:
                inner += map(_unwritten, nodes)
            else:
                self._gaps.append(nodes)
                inner.append(element("Str", f"{_GAP}{len(self._gaps) - 1}"))
        return self._hole(element(kind, inner), inlines[:first], inlines[last:])

    def _end(self, blocks: list[Node]) -> None:
        """See to it that citeproc's list of sources stands where it would.

        A heading at the end of a post is above that list, and pandoc gives it a class.
        """
        assert self._whole is not None
        if blocks[-1:] and blocks[-1]["t"] == "Header":
            if self._whole[-1] is blocks[-1]:
                self._whole[-1] = self._hole(blocks[-1])
        elif self._bones[-1:] and self._bones[-1]["t"] == "Header":
            self._bones.append(element("Para", []))

    def _closed(self, content: Iterable[Any]) -> Iterator[Any]:
        for node in content:
            if isinstance(node, dict) and node["t"] == "Str" and node["c"].startswith(_GAP):
                yield from self._gaps[int(node["c"][1:])]
            else:
                yield node


class _Hole:
    """A block that is to be filled, and what stands in it before and behind what citeproc gets."""

    def __init__(self, node: Node, before: Iterable[Node], behind: Iterable[Node]) -> None:
        self.node = node
        self.before = before
        self.behind = behind


def _near(inlines: list[Node]) -> list[bool]:
    """Return for each of a paragraph's inlines whether citeproc has to see it."""
    near = [False] * len(inlines)
    for place, node in enumerate(inlines):
        kind = node["t"]
        if kind == "Cite":
            behind = place + 1
            while behind < len(inlines) and not _ends_punctuation(inlines[behind]):
                behind += 1
            for one in range(max(0, place - _BEFORE), min(behind + 1, len(inlines))):
                near[one] = True
        elif kind not in BARE and _is_kept(node):
            near[place] = True
    return near


def _unwritten(node: Node) -> Node:
    """Return a citation without what it reads like in the file, which citeproc replaces."""
    if node["t"] != "Cite" or any(one["t"] not in BARE for one in node["c"][1]):
        return node
    return element("Cite", [node["c"][0], []])


def _ends_punctuation(node: Node) -> bool:
    """Whether pandoc, looking for punctuation behind a citation, does not look past an element.

    It does past a line break, code and an emphasis that says nothing.
    """
    if node["t"] == "Str":
        return any(map(str.isalnum, node["c"]))
    return node["t"] in BLANKS


def _is_kept(node: Node) -> bool:
    said = msgspec.json.encode(node)
    return any(sign in said for sign in _KEPT)
