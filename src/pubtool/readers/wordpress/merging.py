"""A post that was edited on its site, brought home into the Markdown that it was published from.

Only the blocks that differ from what we sent are read from the site; all others keep the author's
own Markdown, with its citations, waivers and comments. What stands for a changed block has its
notes within the line, so that no label of the author's is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial

from pubtool.readers.wordpress.grammar import Block, parse, serialise
from pubtool.text.block_comments import NOTE, without_marks

BETWEEN = "\n\n"
_MARKER = re.compile(r'(?:,?"metadata":\{"pubtool":"[0-9a-f-]{36}"\})')
_EMPTY = re.compile(r"^(<!-- wp:\S+) \{\} ")
_PROOF = '<!-- wp:details {"className":"pubtool-proof"} -->'
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_DEFINITION = re.compile(r"\[\^?[^\]\s]+\]:\s")
"""What stands between blocks and belongs to the whole post: notes' words, links' addresses."""
_WAIVER = "<!-- pubtool:"
"""What begins a line that belongs to the block below it."""


Convert = Callable[[str, Mapping[str, str]], str]

_REFERENCE = re.compile(
    r"(\[\^[^\]\s]+\])(?!:)|(\[[^\[\]]*@[^\[\]]*\])(?!\()|(?<!\w)(-?@[\w{])|(\^\[)"
)
"""What becomes a note: a label, a citation; and what may, but cannot stand for itself."""


@dataclass(frozen=True)
class Sent:
    """What the author's file was published as."""

    text: str
    """The file."""
    content: str
    notes: Mapping[str, str]
    lines: Sequence[int]
    """For each block of the outermost level, its line in the file; 0 for what was added."""


@dataclass(frozen=True)
class Edited:
    """What the site has now."""

    content: str
    notes: Mapping[str, str]


def merge(sent: Sent, edited: Edited, convert: Convert) -> str | None:
    """Return the file with the site's edits in it.

    `convert` gives the Markdown of some blocks, given what the author has for the notes in them: by
    the note's id, what refers to it or cites its source.

    None where the edits are not such that can be told apart: in what the writer adds by itself,
    such as the list of sources, or where a file's lines are not known.
    """
    ours, theirs = split(sent.content), split(edited.content)
    if len(ours) != len(sent.lines):
        return None
    if _only_proofs_differ(sent, edited):
        return None
    lines = [line for block, line in zip(ours, sent.lines, strict=True) if not is_proof(block)]
    sent = replace(sent, lines=lines)
    ours, theirs = ([one for one in blocks if not is_proof(one)] for blocks in (ours, theirs))
    same = same_blocks(
        [plain_block(block, sent.notes) for block in ours],
        [plain_block(block, edited.notes) for block in theirs],
    )
    matched = set(same.values())
    if any(not line and at not in matched for at, line in enumerate(sent.lines)):
        return None
    units = _units(sent)
    labels = _labels(units, ours, sent.notes, edited.notes)

    def read(blocks: str) -> str:
        return _before_marks(convert(blocks, labels), labels.values())

    parts = list(_parts(units, theirs, same, read))
    used = {unit.start for unit in parts if isinstance(unit, _Unit)}
    kept = [unit.kept for unit in units if unit.start not in used and unit.kept]
    return _joined(_head(sent, units), [*parts, *kept], units[-1:])


@dataclass(frozen=True)
class _Unit:
    """The lines of the file that one or several blocks were made of."""

    start: int
    """The first of its blocks, by number."""
    count: int
    text: str
    kept: str
    """What of the text stays even if its blocks go."""
    lead: str
    """The waivers that it begins with: for what comes in its place."""


def split(content: str) -> list[str]:
    """Return a content's blocks of the outermost level, without the marks behind quotations."""
    pieces = [p for p in parse(without_marks(content)) if isinstance(p, Block) or p.strip()]
    return [serialise([piece]) for piece in pieces]


def is_proof(block: str) -> bool:
    """Whether a block is what we tell of the quotations: it follows from the text."""
    return block.startswith(_PROOF)


def without_proof(content: str) -> str:
    """Return a content without what we tell of its quotations."""
    return BETWEEN.join(block for block in split(content) if not is_proof(block))


def _only_proofs_differ(sent: Sent, edited: Edited) -> bool:
    ours, theirs = (
        [plain_block(one, side.notes) for one in split(side.content)] for side in (sent, edited)
    )
    differing = {*ours} ^ {*theirs}
    return bool(differing) and all(map(is_proof, differing))


def plain_block(block: str, notes: Mapping[str, str]) -> str:
    """Return a block in which notes are their words and our marker is gone."""
    said = NOTE.sub(lambda found: f"<note>{notes.get(found[1], '')}</note>", block)
    return _EMPTY.sub(r"\1 ", _MARKER.sub("", said, count=1)).strip()


def notes_in(blocks: Iterable[str]) -> set[str]:
    """Return the ids of the notes that blocks refer to."""
    return {found[1] for block in blocks for found in NOTE.finditer(block)}


def same_blocks(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> dict[int, int]:
    """Return which of their blocks is which of ours, by number."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return {
        b + step: a + step for a, b, size in matcher.get_matching_blocks() for step in range(size)
    }


def _units(sent: Sent) -> list[_Unit]:
    lines = _LINE.findall(sent.text)
    starts = [at for at, line in enumerate(sent.lines) if line and _begins(sent.lines, at)]
    tops = [_top(lines, sent.lines[at] - 1) for at in starts]
    units = []
    for at, top, end in zip(starts, tops, [*tops[1:], len(lines)], strict=True):
        count = sum(1 for line in sent.lines[at:] if line == sent.lines[at])
        text = "".join(lines[top:end])
        lead = "".join(lines[top : sent.lines[at] - 1])
        units.append(_Unit(at, count, text, _kept(text), lead))
    return units


def _top(lines: list[str], first: int) -> int:
    """Return the line with which a block begins, the waivers above it included."""
    while first and lines[first - 1].startswith(_WAIVER):
        first -= 1
    return first


def _labels(
    units: list[_Unit], ours: list[str], before: Mapping[str, str], after: Mapping[str, str]
) -> dict[str, str]:
    """Return what the author's Markdown has for each note whose words are as they were.

    Only where a block's notes are as many as the references in its lines, so that each is known.
    """
    labels: dict[str, str] = {}
    for unit in units:
        blocks = "".join(ours[unit.start : unit.start + unit.count])
        ids = [found[1] for found in NOTE.finditer(blocks)]
        text = unit.text.removesuffix(unit.kept)
        given = list(_references(text))
        if len(ids) == len(given) and all(given):
            pairs = zip(ids, given, strict=True)
            labels |= {one: said for one, said in pairs if before.get(one) == after.get(one)}
    return labels


def _before_marks(text: str, labels: Iterable[str]) -> str:
    """Return Markdown with citations where an author writes them: a space, then the mark.

    pandoc puts what is a note by its style behind the mark.
    """
    for label in labels:
        if not label.startswith(("[^", "^[")):
            before = re.compile(rf"([.,;:!?]?) ?{re.escape(label)}")
            text = before.sub(partial(_swapped, label), text)
    return text


def _swapped(label: str, found: re.Match[str]) -> str:
    return f" {label}{found[1]}"


def _references(text: str) -> Iterator[str]:
    """Give what becomes a note, in order; empty for what may become one and cannot stand alone."""
    at = 0
    for found in _REFERENCE.finditer(text):
        if found.start() < at:
            continue  # within a note in the line
        at = _end_of_note(text, found.end()) if found[4] else found.end()
        yield text[found.start() : at] if found[4] else found[1] or found[2] or ""


def _end_of_note(text: str, at: int) -> int:
    """Return where a note in the line ends whose words begin at `at`: at the bracket of its own."""
    depth = 1
    while depth and at < len(text):
        escaped = text[at] == "\\"
        at += 2 if escaped else 1
        depth += 0 if escaped else {"[": 1, "]": -1}.get(text[at - 1], 0)
    return at


def _joined(head: str, parts: Sequence[_Unit | str], last: list[_Unit]) -> str:
    """Return the file; behind the author's lines stands what stood there, else a blank line."""
    text = head
    for part in parts:
        text += part.text if isinstance(part, _Unit) else f"{part.strip(chr(10))}\n\n"
        if part in last and not text.endswith("\n\n"):
            text += "\n"
    return text.rstrip("\n") + "\n"


def _begins(lines: Sequence[int], at: int) -> bool:
    return at == 0 or lines[at - 1] != lines[at]


def _kept(text: str) -> str:
    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if n and _DEFINITION.match(line)), None)
    return "".join(lines[first:]) if first is not None else ""


def _head(sent: Sent, units: list[_Unit]) -> str:
    """Return what stands before the first block: the front matter."""
    if not units:
        return sent.text if sent.text.endswith("\n\n") else sent.text.rstrip("\n") + "\n\n"
    rest = sum(len(unit.text) for unit in units)
    return sent.text[: len(sent.text) - rest]


def _parts(
    units: list[_Unit],
    theirs: list[str],
    same: Mapping[int, int],
    convert: Callable[[str], str],
) -> Iterator[_Unit | str]:
    """Give the author's lines for what is as it was, and Markdown for the rest, in their order."""
    by_start = {unit.start: unit for unit in units}
    added = {at for unit in units for at in range(unit.start, unit.start + unit.count)}
    waiting: list[str] = []
    at = done = 0  # of theirs, of ours
    while at < len(theirs):
        ours = same.get(at)
        unit = by_start.get(ours) if ours is not None else None
        if unit is not None and not _is_whole(unit, at, same):
            unit = None
        generated = ours is not None and ours not in added
        if (unit is not None or generated) and waiting:
            yield _instead(units, done, ours, convert(BETWEEN.join(waiting)))
            waiting = []
        if unit is not None:
            yield unit
            at, done = at + unit.count, unit.start + unit.count
            continue
        if not generated:
            waiting.append(theirs[at])
        at += 1
    if waiting:
        yield _instead(units, done, None, convert(BETWEEN.join(waiting)))


def _is_whole(unit: _Unit, at: int, same: Mapping[int, int]) -> bool:
    """Whether all of a unit's blocks stand in theirs, one behind the other, from a place on."""
    return all(same.get(at + step) == unit.start + step for step in range(unit.count))


def _instead(units: list[_Unit], first: int, end: int | None, text: str) -> str:
    """Return what comes in the place of some of our blocks, with the waivers that they had."""
    gone = [u for u in units if first <= u.start and (end is None or u.start < end)]
    return "".join(unit.lead for unit in gone) + _with_marks_of("".join(u.text for u in gone), text)


_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def _with_marks_of(gone: str, text: str) -> str:
    """Return Markdown with straight marks where what it stands for had no others.

    WordPress has all of them curly, and nobody changed those.
    """
    if {*"“”‘’"} & {*gone} or not {*"\"'"} & {*gone}:
        return text
    return text.translate(_STRAIGHT)
