"""A post read again after an edit: pandoc reads the blocks that the edit touches, no others.

pandoc's CommonMark reader goes through a file line by line, and what it knows when a block begins
at the top level is only: the blocks that are closed, the definitions of links and notes, the
identifiers of headings, attributes that wait for a block, and whether a list of definitions came
last. So where a top-level block begins that began there before the edit, all further ones are as
they were, moved by some lines at most; and one that begins before the edit begins there still. The
lines between two such places are read by themselves, the second place's first line with them, to
see that a block begins there. All other lines are made empty, so that every position is right, but
for those that define links and notes or are headings, which brackets may refer to.

Where that does not hold, `reparse` says so, and the whole post must be read: where the edit touches
a definition or a heading, or a block is not found where it was. tests/system/test_reparsing.py
holds it to what reading the whole gives, over random posts and edits.
"""

from __future__ import annotations

from collections import OrderedDict

from pubtool.errors import IndentedBlock, PandocFailed
from pubtool.model import Document
from pubtool.system.body import body_of
from pubtool.system.dialect import read_dialect
from pubtool.system.dialect.cites import number_notes
from pubtool.system.note_cycles import find_note_cycle
from pubtool.system.own_attribute import NAME
from pubtool.system.pandoc import Pandoc
from pubtool.system.reparsing.blocks import Parsed, placed, with_gaps
from pubtool.system.reparsing.edits import edit_between
from pubtool.system.reparsing.lines import lines_to_read

_MOST_KEPT = 16
"""Posts whose trees are kept."""


class Reparser:
    """Reads posts that are being written, each again and again."""

    def __init__(self, pandoc: Pandoc) -> None:
        """Take a pandoc."""
        self._pandoc = pandoc
        self._kept: OrderedDict[str, Parsed] = OrderedDict()

    def parse(self, text: str, name: str) -> Document:
        """Return what `Pandoc.parse` returns, and raise what it raises.

        The trees of one post share what has not changed, and none must be altered.
        """
        before = self._kept.pop(name, None)
        after = reparse(before, text, name, self._pandoc) if before else None
        if after is None:
            document = self._pandoc.parse(text, name)
            after = parsed(text, document)
            if after is None:
                return document
        self._kept[name] = after
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return after.document

    def forget(self, name: str) -> None:
        """Let go of a post's tree."""
        self._kept.pop(name, None)


def parsed(text: str, document: Document) -> Parsed | None:
    """Return a post that was read as a whole; None where its blocks cannot be told apart."""
    blocks = placed(document.ast["blocks"])
    if blocks is None or NAME in text:
        return None
    lines = body_of(text).split("\n")
    return Parsed(lines, with_gaps(blocks, lines), document)


def reparse(before: Parsed, text: str, name: str, pandoc: Pandoc) -> Parsed | None:
    """Return a post with another text; None where the whole must be read to know."""
    if NAME in text or find_note_cycle(text) is not None:
        return None
    lines = body_of(text).split("\n")
    if lines == before.lines:
        return before
    edit = edit_between(before, lines)
    shown = lines_to_read(edit) if edit else None
    if edit is None or shown is None:
        return None
    try:
        nodes = pandoc.parse_lines(shown.text, text, name)
    except (PandocFailed, IndentedBlock):
        return None
    read = placed(nodes)
    new = None if read is None else edit.found(read, shown.starts)
    if new is None:
        return None
    read_dialect({"blocks": [block.node for block in new]}, text)
    kept = edit.moved()
    blocks = [*kept.before, *new, *kept.behind]
    tree = [block.node for block in blocks]
    if "@" in text:
        number_notes(tree)
    document = Document({**before.document.ast, "blocks": tree})
    return Parsed(lines, with_gaps(blocks, lines), document)
