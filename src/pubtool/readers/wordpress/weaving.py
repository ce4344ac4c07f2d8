"""A post that was edited on its site and in its file: what both did, each in its own place.

The merge is the three-way one of diff3 (Khanna, Kunal and Pierce, A Formal Investigation of Diff3,
2007), on blocks: what the site changed since it was published goes into what the file gives now,
unless the file changed the same blocks. There the file's stand, and it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pubtool.readers.wordpress.merging import (
    BETWEEN,
    Edited,
    is_proof,
    notes_in,
    plain_block,
    split,
)

_Texts = Sequence[str]


@dataclass(frozen=True, slots=True)
class Woven:
    """What the site would have with the edits of both sides."""

    edited: Edited
    taken: int
    """Stretches that the site alone changed, and that are in it."""
    clashes: int
    """Stretches that both changed, and of which the file's is in it."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Blocks of the base, and those of one side that stand in their place; half-open."""

    start: int
    end: int
    first: int
    stop: int


def weave(base: Edited, ours: Edited, theirs: Edited) -> Woven:
    """Return what the site would have; `base` is what it gave back when it was published last."""
    olds, mines, news = (
        [block for block in split(side.content) if not is_proof(block)]
        for side in (base, ours, theirs)
    )
    old, mine, new = (
        [plain_block(block, side.notes) for block in blocks]
        for blocks, side in ((olds, base), (mines, ours), (news, theirs))
    )
    own = list(_hunks(old, mine))
    found, notes = list(mines), dict(ours.notes)
    taken = clashes = 0
    for hunk in reversed(list(_hunks(old, new))):
        rivals = [rival for rival in own if _touch(hunk, rival)]
        wanted = new[hunk.first : hunk.stop]
        if any(_same_place(hunk, one) and mine[one.first : one.stop] == wanted for one in rivals):
            continue
        blocks = news[hunk.first : hunk.stop]
        shift = sum(_grown(rival) for rival in own if _is_before(rival, hunk))
        start, end = hunk.start + shift, hunk.end + shift
        names = notes_in(blocks)
        if rivals or names & notes_in([*found[:start], *found[end:]]):
            clashes += 1
            continue
        found[start:end] = blocks
        notes |= {name: theirs.notes[name] for name in names if name in theirs.notes}
        taken += 1
    return Woven(Edited(BETWEEN.join(found), notes), taken, clashes)


def _hunks(old: _Texts, new: _Texts) -> Iterator[_Hunk]:
    """Yield what differs, in order; as many blocks for as many are a hunk each."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, first, stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        if end - start == stop - first:
            yield from (
                _Hunk(start + step, start + step + 1, first + step, first + step + 1)
                for step in range(end - start)
            )
        else:
            yield _Hunk(start, end, first, stop)


def _touch(one: _Hunk, other: _Hunk) -> bool:
    """Whether two hunks change the same blocks, or put something into the same place."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _same_place(one: _Hunk, other: _Hunk) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _is_before(one: _Hunk, other: _Hunk) -> bool:
    return one.end <= other.start


def _grown(hunk: _Hunk) -> int:
    return (hunk.stop - hunk.first) - (hunk.end - hunk.start)
