"""A quotation over its passage, word under word, cut down to where they differ.

Both texts become one row of cells. A cell holds what stands at one place in the post and in the
source and is as wide as the wider of the two, so equal words stand under each other and a missing
word leaves a gap. Long rows are cut round their marked cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from pubtool.model import Finding, Match, Severity, Span, Verdict
from pubtool.reporters.columns import CUT, columns, is_wide, printable
from pubtool.text.collation import in_step

MARKS = {Severity.ERROR: "^", Severity.WARNING: "~", Severity.INFO: "~"}
"""What stands under a marked cell."""

AT_END = frozenset({"Q106", "Q110"})
"""Findings about how a quotation ends: the source's next words are shown."""

AT_START = frozenset({"Q111"})
"""Findings about how a quotation begins: the source's words before it are shown."""

_PIECE = 20
"""Longer words (addresses, scripts without spaces) are broken into pieces of so many characters."""

_LONG, _KEPT = 10, 4
"""Of a difference of more pieces than the first, the second are kept at each end."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One place in the post and in the source."""

    quoted: str
    source: str
    at: Span
    """Offsets in the quotation's text."""
    mark: str = ""
    """What stands under it; empty for words that are no finding."""
    gap: bool = False
    """Whether a space follows."""
    ends: bool = False
    """Whether a row may end behind it."""

    @property
    def width(self) -> int:
        """Columns, the space behind it included."""
        return max(columns(self.quoted), columns(self.source)) + self.gap


_BLANK = Cell("", "", Span(0, 0), gap=True, ends=True)
"""A space before which no word of its own stretch stands."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells that fit beside each other."""

    cells: tuple[Cell, ...]
    cut_before: bool
    cut_after: bool

    @property
    def at(self) -> int:
        """The offset in the quotation's text of what the row is about."""
        marked = [cell.at.start for cell in self.cells if cell.mark]
        return marked[0] if marked else self.cells[0].at.start

    @property
    def differs(self) -> bool:
        """Whether the source has anything else than the post here."""
        return any(cell.quoted != cell.source for cell in self.cells)


def lay_out(verdict: Verdict, findings: Sequence[Finding], width: int) -> list[Row]:
    """Return the rows that show where a quotation differs from its passage.

    Marked are the differences that gave one of the findings, and the places of the findings that
    no difference gave. Where a finding is about the quotation as a whole and nothing else is
    marked, the one row is its beginning.
    """
    cells = list(_cells(verdict, findings))
    marks = _places(verdict, findings)
    cells = [_marked(cell, marks) for cell in cells]
    if verdict.match:
        cells = _with_context(cells, verdict.match, {finding.code for finding in findings})
    cells = _single_spaced(cells)
    if not cells:
        return []
    if not any(cell.mark for cell in cells):
        return [_first_row(cells, width, findings)]
    return list(_rows(cells, width))


# --- Cells ----------------------------------------------------------------------------------------


def _cells(verdict: Verdict, findings: Sequence[Finding]) -> Iterator[Cell]:
    """Yield the whole quotation; differences that gave one of the findings are marked."""
    text, match = verdict.quotation.text, verdict.match
    if match is None:
        yield from _paired(text, text, 0)
        return
    grades = _grades(findings)
    at, there = 0, match.span.start
    for difference in in_step(verdict.differences):
        yield from _equal(text, match, Span(at, difference.at.start), (there, difference.there))
        mark = MARKS[grades[difference.code]] if difference.code in grades else ""
        yield from _paired(difference.quoted, difference.source, difference.at.start, mark)
        at, there = difference.at.end, difference.there.end
    end = Span(match.span.end, match.span.end)
    yield from _equal(text, match, Span(at, len(text)), (there, end))


def _grades(findings: Sequence[Finding]) -> dict[str | None, Severity]:
    ordered = sorted(findings, key=lambda finding: finding.severity)
    return {finding.code: finding.severity for finding in ordered}


def _equal(text: str, match: Match, at: Span, ends: tuple[int, Span]) -> Iterator[Cell]:
    """Yield what stands between two differences, where only spacing can be another."""
    start = match.span.start
    source = match.text[max(ends[0] - start, 0) : max(ends[1].start - start, 0)]
    yield from _paired(text[at.start : at.end], source, at.start)


def _paired(quoted: str, source: str, at: int, mark: str = "") -> Iterator[Cell]:
    """Yield cells of the pieces of both texts, equal ones paired."""
    left, right = _pieces(quoted), _pieces(source)
    if mark:
        left, right = _clipped(left), _clipped(right)
    if _spaced(quoted, source) or _spaced(source, quoted):
        yield replace(_BLANK, at=Span(at, at))
    for one, other in _pairs(left, right):
        here = one.at.start + at if one else at + len(quoted)
        yield Cell(
            quoted=one.quoted if one else "",
            source=other.quoted if other else "",
            at=Span(here, here + (len(one.at) if one else 0)),
            mark=mark,
            gap=bool(one and one.gap) or bool(other and other.gap),
            ends=bool(one and one.ends) or bool(other and other.ends),
        )


def _spaced(text: str, other: str) -> bool:
    """Whether a text begins with a space that no punctuation of the other stands over."""
    return text[:1].isspace() and (not other or other[0].isspace() or other[0].isalnum())


def _pairs(left: list[Cell], right: list[Cell]) -> Iterator[tuple[Cell | None, Cell | None]]:
    """Yield the pieces of both texts beside each other; a piece alone stands beside None."""
    mine, theirs = [cell.quoted for cell in left], [cell.quoted for cell in right]
    if mine == theirs or not mine or not theirs:
        yield from zip_longest(left, right)
        return
    for _, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        yield from zip_longest(left[a:b], right[c:d])


def _pieces(text: str) -> list[Cell]:
    """Return the words of a text, long ones and wide characters in pieces."""
    pieces = []
    for word in _WORD.finditer(text):
        parts = list(_broken(word.group()))
        offset = word.start()
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            gap = last and word.end() < len(text)
            ends = not last or gap or is_wide(part[-1])
            shown = printable(part)
            pieces.append(Cell(shown, "", Span(offset, offset + len(part)), gap=gap, ends=ends))
            offset += len(part)
    return pieces


def _broken(word: str) -> Iterator[str]:
    part = ""
    for character in word:
        full = len(part) >= _PIECE or is_wide(part[-1:]) or is_wide(character)
        if part and full and columns(character):
            yield part
            part = ""
        part += character
    yield part


def _clipped(pieces: list[Cell]) -> list[Cell]:
    if len(pieces) <= _LONG:
        return pieces
    cut = replace(pieces[_KEPT], quoted=CUT, gap=True, ends=True)
    return [*pieces[: _KEPT - 1], replace(pieces[_KEPT - 1], gap=True), cut, *pieces[-_KEPT:]]


# --- Marks ----------------------------------------------------------------------------------------


def _places(verdict: Verdict, findings: Sequence[Finding]) -> list[tuple[Span, str]]:
    """Return the flow ranges to mark: those of differences and those of other findings.

    Where there are none, but the quotation differs (from an excerpt that cannot refute it), all
    differences are marked.
    """
    size = len(verdict.quotation.text)
    grades = _grades(findings)
    given = [each for each in verdict.differences if each.code in grades]
    places = [(each.at, MARKS[grades[each.code]]) for each in given]
    for finding in findings:
        mark = MARKS[finding.severity]
        if finding.code in AT_END:
            places.append((Span(max(size - 1, 0), size), mark))
        elif finding.code in AT_START:
            places.append((Span(0, 1), mark))
        elif finding.code not in {each.code for each in given} and not finding.span.holds(
            verdict.quotation.span
        ):
            places.append((_in_flow(verdict, finding.span), mark))
    return places or [
        (each.at, MARKS[Severity.WARNING])
        for each in verdict.differences
        if not each.marked and not each.permitted
    ]


def _in_flow(verdict: Verdict, span: Span) -> Span:
    """Return the range of the quotation's text that stands in a range of the file."""
    held = [
        leaf.at + min(max(offset - leaf.source.start, 0), leaf.length)
        for leaf in verdict.quotation.flow.leaves
        if leaf.source.start <= span.end and span.start <= leaf.source.end
        for offset in (max(span.start, leaf.source.start), min(span.end, leaf.source.end))
    ]
    return Span(min(held), max(held)) if held else Span(0, 0)


def _marked(cell: Cell, places: Iterable[tuple[Span, str]]) -> Cell:
    for place, mark in places:
        if cell.quoted and cell.mark != "^" and place.overlaps(cell.at):
            cell = replace(cell, mark=mark)
    return cell


def _single_spaced(cells: list[Cell]) -> list[Cell]:
    """Return the cells without spaces that follow a space, or begin the row."""
    before = [_BLANK, *cells]
    return [
        cell for last, cell in pairwise(before) if cell.width != 1 or not last.gap or not cell.gap
    ]


def _with_context(cells: list[Cell], match: Match, codes: Set[str]) -> list[Cell]:
    """Add the source's words round the passage where a finding is about an end of it."""
    if not cells:
        return cells
    if codes & AT_END:
        last = cells[-1]
        after = list(_paired("", match.suffix, last.at.end))
        if after and not last.gap:
            glued = last.source + after[0].source
            cells = [*cells[:-1], replace(last, source=glued, gap=after[0].gap, ends=True)]
            after = after[1:]
        cells = [*cells, *after]
    if codes & AT_START:
        before = list(_paired("", match.prefix, 0))
        cells = [*(replace(cell, at=Span(0, 0)) for cell in before), *cells]
    return cells


# --- Rows -----------------------------------------------------------------------------------------


def _first_row(cells: list[Cell], width: int, findings: Sequence[Finding]) -> Row:
    """Return the beginning of the quotation, all of it marked."""
    grade = max(finding.severity for finding in findings)
    end = _grown_right(cells, 0, len(cells), width - 2)
    marked = [replace(cell, mark=MARKS[grade]) for cell in cells[:end]]
    return Row(tuple(marked), cut_before=False, cut_after=end < len(cells))


def _rows(cells: list[Cell], width: int) -> Iterator[Row]:
    """Yield a row for each group of marked cells that fits, with what fits round it."""
    room = width - 4
    marked = [number for number, cell in enumerate(cells) if cell.mark]
    done = 0
    while marked:
        first, last = marked[0], marked[0]
        context = min(room // 3, 20)
        while len(marked) > 1 and _width(cells[first : marked[1] + 1]) <= room - context:
            last = marked.pop(1)
        marked.pop(0)
        spare = max(room - _width(cells[first : last + 1]), 0)
        right = _grown_right(cells, last + 1, marked[0] if marked else len(cells), spare // 2)
        left = _grown_left(cells, first, done, spare - _width(cells[last + 1 : right]))
        spare -= _width(cells[left:first])
        right = _grown_right(cells, last + 1, marked[0] if marked else len(cells), spare)
        yield Row(tuple(cells[left:right]), left > done, right < len(cells))
        done = right


def _grown_right(cells: Sequence[Cell], start: int, stop: int, room: int) -> int:
    """Return where to stop so that whole words fill at most the room."""
    best, used = start, 0
    for number in range(start, stop):
        used += cells[number].width
        if used > room:
            break
        if cells[number].ends or number == len(cells) - 1:
            best = number + 1
    return best


def _grown_left(cells: Sequence[Cell], start: int, stop: int, room: int) -> int:
    best, used = start, 0
    for number in range(start - 1, stop - 1, -1):
        used += cells[number].width
        if used > room:
            break
        if number == 0 or cells[number - 1].ends:
            best = number
    return best


def _width(cells: Iterable[Cell]) -> int:
    return sum(cell.width for cell in cells)
