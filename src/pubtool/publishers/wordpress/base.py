"""What a site gave back last, remembered block by block: pure.

Who merges two people's edits needs the text that both began with. A digest of each of its blocks
is enough: a block that nobody changed here, or nobody on the site, is still there to be recognised,
and only one that both changed is lost. So the base is a line of ``published/SITE.lock``, which is
under version control, and not a text in a cache that somebody deletes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pubtool.publishers.wordpress.marker import unmarked
from pubtool.publishers.wordpress.readback import split_blocks
from pubtool.publishers.wordpress.remote import RemotePost
from pubtool.publishers.wordpress.state import Entry
from pubtool.publishers.wordpress.wanted import digest, settled
from pubtool.text.block_comments import NOTE, notes_of

_LENGTH = 10
"""Hexadecimal digits of a digest: 40 bits tell apart the blocks of two versions of a post."""
_LOST = "<!-- wp:paragraph -->\n<p>[…]<!-- {} --></p>\n<!-- /wp:paragraph -->"
"""Stands for a block that neither side has any more."""


def remember_blocks(entry: Entry, seen: RemotePost | None) -> Entry:
    """Return the entry with the digests of a post's blocks, if it is what `back` speaks of."""
    if entry.blocks.startswith(_sign(entry)):
        return entry
    back, site = entry.back, _Side(seen.content, seen.footnotes) if seen else None
    if site is None or any(back.get(name, "") != site.digests[name] for name in site.digests):
        return replace(entry, blocks="")
    return replace(entry, blocks=" ".join([_sign(entry), *(one for one, _ in site.blocks())]))


def rebuild(entry: Entry, *sides: tuple[str, str]) -> tuple[str, str] | None:
    """Return the content and the footnotes that the site gave back, from what is there now.

    `sides` are contents with their footnotes: what would be sent, what the site has. None where the
    blocks were not remembered.
    """
    sign, *digests = entry.blocks.split() or [""]
    if sign != _sign(entry) or not digests:
        return None
    there: dict[str, tuple[str, Mapping[str, str]]] = {}
    for content, footnotes in sides:
        side = _Side(content, footnotes)
        for one, block in side.blocks():
            there.setdefault(one, (block, side.notes))
    blocks, notes = [], dict[str, str]()
    for one in digests:
        block, said = there.get(one, (_LOST.format(one), {}))
        blocks.append(block)
        notes |= {name: said[name] for name in NOTE.findall(block) if name in said}
    listed = [{"content": said, "id": name} for name, said in notes.items()]
    return "\n\n".join(blocks), json.dumps(listed) if listed else ""


def _sign(entry: Entry) -> str:
    """Return what the digests are of: those of another text are of no use."""
    return digest([entry.back.get("content", ""), entry.back.get("footnotes", "")])[:_LENGTH]


class _Side:
    """A content with its notes."""

    def __init__(self, content: str, footnotes: str) -> None:
        self._content = content
        self.digests = {
            name: digest(settled(text)) if settled(text) else ""
            for name, text in (("content", content), ("footnotes", footnotes))
        }
        self.notes = notes_of(footnotes)

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Yield the digest and the markup of each block of the outermost level.

        A note is what it says: its number changes with the notes before it. Line ends are what the
        last editor wrote.
        """
        for block in split_blocks(self._content):
            names = NOTE.findall(block)
            said = [self.notes.get(name, "") for name in names]
            yield digest([NOTE.sub("<note>", unmarked(settled(block))), *said])[:_LENGTH], block
