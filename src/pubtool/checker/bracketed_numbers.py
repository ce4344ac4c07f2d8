"""Numbers in brackets that count nothing: of notes, of places, of the parts of an enumeration.

A quotation from a page with notes keeps their marks (*in 1831,[4]*, *[note 5]*), which its text may
have lost or number otherwise; and an author may number what the source enumerates (*[1] the height,
[2] whether …*). Neither says how many of anything there are, which is known by where they stand.
"""

from __future__ import annotations

import re

from pubtool.checker.elements import Elements, Group
from pubtool.checker.index import IndexPart
from pubtool.text.patterns import late

_NOTE = late(r"\[\s*(?:(?:notes?|nb|fn|n\.?)\s*)?\d{1,3}\s*\]", re.IGNORECASE)
_GLUED = late(r"[^\s\[(“‘«„]\Z")
_FIGURES = late(r"(?<!\d)(?!\d{4}\[)\d+\[\d+\]\Z|\d[,.]\[\d{3}\]\Z")
"""Figures that go on in the bracket: *18[31]*, *1,[200]*; behind a year stands a note."""
_APART = late(r"[.!?][\"'”’»)\]]*\s+\Z")
_BEHIND_CLAUSE = late(r"[,;:][\"'”’»)\]]*\s+\Z")
_ENDED = late(r"[.,;:!?\"'”’»)\]]\s*\Z")
_SENTENCE = late(r"\s+[\[\"'“‘«„(]*[A-ZÀ-ÖØ-Þ]")
_JOINING = late(r"\s+(?:and|but|because|although|while|when|where)\b")
"""What may follow the mark of a note, and no number of things."""

_PLACE = late(
    r"[\s\"'“‘«„]*\[\s*(?:(?:[Pp]{1,2}|[Ll]oc|[Cc]h|[Ss]ec|[klsv]|§)\.?\s*)?\d{1,5}(?:\s*[-–]\s*\d{1,5})?\s*\]"
    r"(?=\s+[\"'“‘«„(\[]*[A-ZÀ-ÖØ-Þ])"
)
"""A page, or a place of an e-book, that note takers set before the words: ``[p12] The aim …``."""

_ITEM = late(r"\[\s*\(?\s*(\d{1,2})\s*[.)]?\s*\]")
_ITEM_BEGINS = late(
    r"\s+(?:the|an?|whether|that|if|he|she|it|they|his|her|its|their|this|these|those|there|when|"
    r"where|how|what|why|because)\b",
    re.IGNORECASE,
)
_TO = late(r"\s+to\s", re.IGNORECASE)
_PARTED = late(r"(?:\A|[,;:.—–-])\s*(?:(?:and|or)\s+)?\Z", re.IGNORECASE)
_LEAST_ITEMS = 2


def counts_nothing(
    text: str, elements: Elements, group: Group, part: IndexPart, source: range
) -> bool:
    """Whether a bracket of a quotation's text holds a note's number or an item's.

    `source` are the numbers of the source's words that it stands for: none, or its own number of
    the note.
    """
    start, end = group.span.start, group.span.end
    if source and not _is_note_of_source(part, source):
        return False
    if _is_note(text, start, end):
        return True
    place = _PLACE.match(text)
    led = place is not None and place.end() == end
    return not source and (led or group in _items(text, elements))


def _is_note_of_source(part: IndexPart, numbers: range) -> bool:
    """Whether a word of the source is a number in brackets at the end of the word before."""
    before, after = part.between(numbers.start), part.between(numbers.start + 1)
    return (
        len(numbers) == 1
        and part.folded[numbers.start].isdecimal()
        and bool(before[:-1] or numbers.start)
        and before.endswith("[")
        and not before[:1].isspace()
        and after.startswith("]")
    )


def _is_note(text: str, start: int, end: int) -> bool:
    """Whether what stands in brackets has the form and the place of a note's mark."""
    if not _NOTE.fullmatch(text, start, end):
        return False
    before, behind = text[:start], text[end:]
    if _FIGURES.search(before + text[start:end]):
        return False
    if _GLUED.search(before):
        return not behind[:1].isalnum()
    if not re.search(r"\w", behind):
        return bool(_ENDED.search(before))
    return bool(
        (_APART.search(before) and _SENTENCE.match(behind))
        or (_BEHIND_CLAUSE.search(before) and _JOINING.match(behind))
    )


def _items(text: str, elements: Elements) -> list[Group]:
    """Return the brackets that number an enumeration: from one on, each before its item."""
    found = [
        (group, int(number[1]))
        for group in elements.groups
        if (number := _ITEM.fullmatch(text, group.span.start, group.span.end))
        and not _is_note(text, group.span.start, group.span.end)
    ]
    numbered = [number for _, number in found] == list(range(1, len(found) + 1))
    if len(found) < _LEAST_ITEMS or not numbered:
        return []
    begun = all(_begins_item(text, group) for group, _ in found)
    return [group for group, _ in found] if begun else []


def _begins_item(text: str, group: Group) -> bool:
    behind = text[group.span.end :]
    parted = bool(_PARTED.search(text[: group.span.start]))
    return bool(_ITEM_BEGINS.match(behind)) or (parted and bool(_TO.match(behind)))
