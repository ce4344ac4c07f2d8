"""The running text of printed pages: each page's head, columns and foot, and the notes of all.

A page is taken apart in steps: the numbers of lines, what stands sideways, heads and feet (which
only their neighbours tell), the order of reading, the notes. Nothing is left out; heads and feet
are marked as furniture, so that a passage can go on behind them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pubtool.model import Landmark, Locator, Sheet, Span
from pubtool.readers.sources.extracted import Extracted
from pubtool.readers.sources.layout.heads import count_heads
from pubtool.readers.sources.layout.notes import Carried, find_notes
from pubtool.readers.sources.layout.order import in_reading_order
from pubtool.readers.sources.layout.printed import PrintedLine, PrintedPage
from pubtool.readers.sources.layout.rows import join_pieces, on_one_row, part_line_numbers
from pubtool.readers.sources.page_numbers import number_pages

_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}|\d{1,3}(?=[.)]?\s)")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_HYPHENS = ("-", "‐", "\u00ad")
_MOST_BROKEN = 8
"""Lines in a row that end with a broken word, at most."""
_FEW_PAGES = 5
"""Pages of which two that show their number are enough, both at the same height."""
_BELIEVED = 0.25
"""Share of the pages on which printed numbers must run to be believed against the file's labels."""
_PARAGRAPH = 1.45
"""Distance between two lines that begins a paragraph, as a multiple of that between lines."""


@dataclass(frozen=True)
class _Page:
    """A page taken apart; all lines from top to bottom or in the order of reading."""

    head: Sequence[PrintedLine]
    body: Sequence[PrintedLine]
    foot: Sequence[PrintedLine]
    aside: Sequence[PrintedLine]
    """What stands sideways."""
    numbers: Sequence[PrintedLine]
    """The numbers of its lines."""
    is_recognised: bool


def lay_out(pages: Sequence[PrintedPage]) -> Extracted:
    """Return the running text of printed pages, joined by form feeds, with what is known of it.

    The notes of all pages stand behind the last one, so that neither the text nor a note that goes
    on over a page is cut; where each page's notes begin, so does the page once more.
    """
    parted = _take_apart(pages)
    labels = _labels(pages, parted)
    size = _text_size(parted)
    writer = _Writer()
    texts, below = _part_notes(parted, size)
    for number, (page, label) in enumerate(zip(parted, labels, strict=True)):
        if number:
            writer.put("\f")
        writer.begin_sheet(number + 1, label)
        text = texts[number]
        late = _lines_to_end_of_word(text) if number and _is_broken(texts[number - 1]) else 0
        early = max(_first_of_broken(text), late)
        writer.write(text[:late], numbers=page.numbers)
        writer.write(page.head, furniture=True)
        writer.write(text[late:early], numbers=page.numbers)
        writer.write((*page.aside, *page.foot), furniture=True)
        writer.write(text[early:], numbers=page.numbers)
    _write_notes(writer, labels, below)
    return Extracted(
        writer.text,
        landmarks=tuple(writer.landmarks),
        emphasis=tuple(writer.emphasis),
        furniture=tuple(writer.furniture),
        doubtful=tuple(writer.doubtful),
        unread=tuple(
            label or str(number)
            for number, (page, label) in enumerate(zip(pages, labels, strict=True), 1)
            if page.is_picture
        ),
        sheets=tuple(writer.sheets),
    )


def _part_notes(
    pages: Sequence[_Page], size: float
) -> tuple[list[list[PrintedLine]], list[list[PrintedLine]]]:
    """Return the lines of each page's text, and those of its notes."""
    texts, below = [], []
    carried = Carried()
    for page in pages:
        notes, carried = find_notes(page.body, size, carried, marked=not page.is_recognised)
        texts.append([line for place, line in enumerate(page.body) if place not in notes])
        below.append([line for place, line in enumerate(page.body) if place in notes])
    return texts, below


def _write_notes(
    writer: _Writer, labels: Sequence[str], below: Sequence[Sequence[PrintedLine]]
) -> None:
    """Put the pages' notes at the end, each with its number."""
    if not any(below):
        return
    writer.put("\f")
    for number, (label, lines) in enumerate(zip(labels, below, strict=True), 1):
        if lines:
            writer.begin_sheet(number, label)
        for line in lines:
            found = _NOTE.match(line.text)
            if found:
                writer.begin("note", found[0].translate(_LOWERED))
            writer.write((line,))


# --- Words that are broken at a page's end --------------------------------------------------------
#
# Head and foot must not stand between the halves of a word: nobody could tell whether its hyphen is
# its own. They are put where the next line ends with a whole word, and the last one before did.


def _is_broken(lines: Sequence[PrintedLine]) -> bool:
    return bool(lines) and lines[-1].text.endswith(_HYPHENS)


def _lines_to_end_of_word(lines: Sequence[PrintedLine]) -> int:
    """Return how many of a page's lines stand before its head, if a word is broken before it."""
    whole = (place for place, line in enumerate(lines, 1) if not line.text.endswith(_HYPHENS))
    return min(next(whole, _MOST_BROKEN), _MOST_BROKEN)


def _first_of_broken(lines: Sequence[PrintedLine]) -> int:
    """Return the first of a page's lines that stand behind its foot; if none, one past the last."""
    first = len(lines)
    if not _is_broken(lines):
        return first
    first -= 1
    while first and len(lines) - first < _MOST_BROKEN and _is_broken(lines[:first]):
        first -= 1
    return first


def _take_apart(pages: Sequence[PrintedPage]) -> list[_Page]:
    parted = [part_line_numbers([x for x in page.lines if not x.sideways]) for page in pages]
    upright = [join_pieces(lines) for lines, _ in parted]
    rows = [_rows(lines) for lines in upright]
    heads, feet = count_heads(rows)
    taken = []
    for number, page in enumerate(pages):
        head, foot = heads[number], feet[number]
        outside = {id(line) for row in rows[number][:head] for line in row}
        below = rows[number][len(rows[number]) - foot :]
        outside.update(id(line) for row in below for line in row)
        lone = [line for line in upright[number] if line.lone and id(line) not in outside]
        outside.update(map(id, lone))
        body = [line for line in upright[number] if id(line) not in outside]
        taken.append(
            _Page(
                head=[line for row in rows[number][:head] for line in row],
                body=in_reading_order(body),
                foot=[*(line for row in below for line in row), *lone],
                aside=[line for line in page.lines if line.sideways],
                numbers=parted[number][1],
                is_recognised=page.is_recognised,
            )
        )
    return taken


def _rows(lines: Iterable[PrintedLine]) -> list[list[PrintedLine]]:
    """Return the lines at a page's edges as rows, from top to bottom, each from left to right.

    Rows that are no edge may hold lines of two columns; nobody looks at those.
    """
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: (line.box.top, line.box.left)):
        if rows and on_one_row(rows[-1][0].box, line.box):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.left) for row in rows]


def _text_size(pages: Iterable[_Page]) -> float:
    """Return the size of most of the text's letters."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.body:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _labels(pages: Sequence[PrintedPage], parted: Sequence[_Page]) -> list[str]:
    """Return each page's printed number, or the label that the file gives it.

    Many a file labels its pages from 1, whatever is printed on them. So where numbers run on a
    good part of the pages and mostly contradict the labels, no label is believed.
    """
    edges = [[line.text for line in (*page.head, *page.foot)] for page in parted]
    printed = number_pages(edges, 2 if len(pages) <= _FEW_PAGES else 3)
    labels = [page.label for page in pages]
    both = [(a, b) for a, b in zip(printed, labels, strict=True) if a and b]
    contradicted = sum(a != b for a, b in both)
    if 2 * contradicted > len(both) and len(both) > _BELIEVED * len(pages):
        return printed
    return [label or number for label, number in zip(labels, printed, strict=True)]


class _Writer:
    """A text that grows line by line, and what is known of its parts."""

    def __init__(self) -> None:
        self.at = 0
        """Its length."""
        self.landmarks: list[Landmark] = []
        self.furniture: list[Span] = []
        self.emphasis: list[Span] = []
        self.doubtful: list[Span] = []
        self.sheets: list[Sheet] = []
        self._pieces: list[str] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    def put(self, piece: str) -> None:
        """Put characters at the end."""
        self._pieces.append(piece)
        self.at += len(piece)

    def begin(self, label: str, value: str) -> None:
        """Let a locator hold from here on; an empty value is none."""
        if value:
            self.landmarks.append(Landmark(self.at, Locator(label, value)))

    def begin_sheet(self, number: int, label: str) -> None:
        """Let a page of the file hold from here on, and its label, where it has one."""
        self.sheets.append(Sheet(self.at, number))
        self.begin("page", label)

    def write(
        self,
        lines: Sequence[PrintedLine],
        *,
        furniture: bool = False,
        numbers: Sequence[PrintedLine] = (),
    ) -> None:
        """Put lines at the end, a blank line where a paragraph begins.

        A line's number would cut the text, and words that are broken at its end, so it is no part
        of it: it is a locator.
        """
        step = _step(lines)
        start = self.at
        for place, line in enumerate(lines):
            if place and _is_parted(lines[place - 1], line, step):
                self.put("\n")
            number = next((n for n in numbers if on_one_row(n.box, line.box)), None)
            self.begin("line", number.text if number else "")
            self.emphasis += [Span(self.at + s.start, self.at + s.end) for s in line.emphasis]
            self.doubtful += [Span(self.at + s.start, self.at + s.end) for s in line.doubtful]
            self.put(line.text + "\n")
        if furniture and lines:
            self.furniture.append(Span(start, self.at - 1))


def _step(lines: Sequence[PrintedLine]) -> float:
    """Return the distance between the tops of lines that follow each other, in the median."""
    steps = sorted(
        b.box.top - a.box.top for a, b in pairwise(lines) if 0 < b.box.top - a.box.top < 4 * a.size
    )
    return steps[len(steps) // 2] if steps else 0.0


def _is_parted(before: PrintedLine, line: PrintedLine, step: float) -> bool:
    """Whether a gap shows that a paragraph begins with a line."""
    return bool(step) and line.box.top - before.box.top > _PARAGRAPH * step
