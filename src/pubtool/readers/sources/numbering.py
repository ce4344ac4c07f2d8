"""Numbers that run through a whole text: sections, verses, paragraphs, notes.

Each is believed only where it counts on from one to the next, over a good part of the text; a
number that stands alone is anything. A wrong locator makes a right citation an error, a missing one
costs a suggestion.

* Sections: ``2.3 Definitions`` on a line by itself, after a blank one, as technical and legal texts
  number them.
* Verses: ``1:1`` or ``Genesis 1:1`` at the beginning of a line.
* Paragraphs: ``12.``, ``[12]`` or ``¶ 12`` at the beginning of paragraphs of prose, as judgments
  and reports number them throughout.
* Notes: ``[^3]:`` at the beginning of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pubtool.model import Landmark, Locator

_FEWEST_SECTIONS = 4
_FEWEST_VERSES = 5
_FEWEST_PARAGRAPHS = 6
_LEAST_PROSE = 40
"""Characters of a line that begins a paragraph of prose."""
_WIDEST_GAP = 0.25
"""Share of the text that may lie between two numbered paragraphs."""
_SECTION = re.compile(
    r"(?:\A|(?<=\n\n))[ \t]*(\d{1,3}(?:\.\d{1,3}){0,4})\.?[ \t]+([^\W\d_][^\n]{1,90})(?=\n\s*\n)"
)
_SENTENCE_END = (".", ";", ",", ":")
_VERSE = re.compile(
    r"^[ \t]*(?:[1-3]?[ ]?[^\W\d_]\w{1,14}\.?[ \t]+)?(\d{1,3}):(\d{1,3})(?![\d:])", re.MULTILINE
)
_PARAGRAPH = re.compile(
    r"(?:\A|(?<=\n\n))[ \t]*(?:(\d{1,4})\.|\[(\d{1,4})\]|¶[ \t]?(\d{1,4})\.?)[ \t]+(?=\S)([^\n]*)"
)
_PARAGRAPH_LINE = re.compile(_PARAGRAPH.pattern.replace(r"(?<=\n\n)", r"(?<=\n)"))
"""The same where each paragraph is a line and none is blank, as in the text of a web page."""
_NOTE = re.compile(r"^\[\^([^\]\s]{1,32})\]:[ \t]", re.MULTILINE)


def find_sections(text: str) -> tuple[Landmark, ...]:
    """Return the numbered headings of a text, if they count on: each follows from the last."""
    found: list[tuple[int, tuple[int, ...], str]] = []
    for heading in _SECTION.finditer(text):
        number = tuple(int(part) for part in heading[1].split("."))
        if heading[2].rstrip().endswith(_SENTENCE_END):
            continue
        last = found[-1][1] if found else ()
        if _follows(last, number):
            found.append((heading.start(1), number, heading[1]))
    if len(found) < _FEWEST_SECTIONS:
        return ()
    return tuple(Landmark(at, Locator("section", value)) for at, _, value in found)


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a section's number is the next after another: 2.3 after 2.2 or 2.2.4, 2.1 after 2."""
    if not last:
        return number in ((1,), (0,), (1, 0))
    if number[:-1] == last and number[-1] in (0, 1):
        return True
    depth = len(number)
    return depth <= len(last) and number == (*last[: depth - 1], last[depth - 1] + 1)


def find_verses(text: str) -> tuple[Landmark, ...]:
    """Return the verses of a text, if nearly all count on within their chapters."""
    found = [(m.start(), int(m[1]), int(m[2])) for m in _VERSE.finditer(text)]
    running = [
        here
        for before, here in zip([(0, 0, 0), *found], found, strict=False)
        if here[1:] == (before[1], before[2] + 1) or here[2] == 1
    ]
    if len(found) < _FEWEST_VERSES or 10 * len(running) < 9 * len(found):
        return ()
    return tuple(Landmark(at, Locator("verse", f"{c}:{v}")) for at, c, v in running)


def find_paragraphs(text: str) -> tuple[Landmark, ...]:
    """Return the paragraphs that a text numbers throughout.

    A short one is no item of a list, nor a line of contents, once a run of long ones leads to it.
    """
    last, found = 0, list[Landmark]()
    for paragraph in (_PARAGRAPH if "\n\n" in text else _PARAGRAPH_LINE).finditer(text):
        value = next(group for group in paragraph.groups() if group)
        long = len(paragraph[4]) >= _LEAST_PROSE or len(found) >= _FEWEST_PARAGRAPHS
        if long and int(value) == last + 1:
            last += 1
            found.append(Landmark(paragraph.start(), Locator("paragraph", value)))
    if len(found) < _FEWEST_PARAGRAPHS:
        return ()
    spread = found[-1].at - found[0].at
    gap = max(b.at - a.at for a, b in pairwise(found))
    return tuple(found) if 2 * spread > len(text) and gap <= _WIDEST_GAP * spread else ()


def find_notes(text: str) -> Iterator[Landmark]:
    """Yield the notes that Markdown's markup names; what stands behind them is theirs."""
    for note in _NOTE.finditer(text):
        yield Landmark(note.start(), Locator("note", note[1]))


def find_numbering(text: str, labels: Iterable[str]) -> tuple[Landmark, ...]:
    """Return what a text numbers throughout; `labels` are those that it has otherwise."""
    known = set(labels)
    found = [*find_notes(text), *find_verses(text)]
    if not known & {"article-locator", "section"}:
        found += find_sections(text)
    if not known & {"article-locator", "paragraph"}:
        found += find_paragraphs(text)
    return tuple(found)
