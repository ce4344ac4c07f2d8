"""Artefacts: words that only the source has and that need not be accounted for.

Either its author did not write them there (a page's head and foot), or every convention lets a
quotation drop them without a mark (Chicago 13.7: note reference marks; layout).
"""

from __future__ import annotations

import re

from pubtool.checker.differences.compared import Compared
from pubtool.checker.elements import REMARK, SIC, Elements
from pubtool.checker.index import IndexPart
from pubtool.checker.place import Alignment
from pubtool.checker.place.steps import Step
from pubtool.checker.statements import omits_citations, stated
from pubtool.model import Quotation
from pubtool.text.meaning import sense
from pubtool.text.patterns import late
from pubtool.text.typography import ends_sentence
from pubtool.text.words import read_folds

_NOTE_MARK = late(
    r"(?<=\S)\[\s*(?:\d{1,3}|[a-z*†‡])\s*\]|[\[(]\s*[*†‡]+\s*[\])]|(?<=\s)/\d{1,3}/(?!\S)"
)
"""``[3]``, ``(*)`` and, in texts that were typed without raised figures, ``/3/``."""
_LABELLED_MARK = late(
    r"(?<=\S)\[\s*(?:(?:notes?|nb|n\.?|fn\.?)\s*(?:\d{1,3}|[a-z])"
    r"|(?:citation|clarification|verification|pages?|quotation|better source|explanation) needed"
    r"|failed verification|original research\?|(?:according to |by |for )?whom\?"
    r"|(?:who|when|where|which|why|how)\?|dubious(?:\W+discuss)?|not in citation given)\s*\]",
    re.IGNORECASE,
)
"""``[note 3]``, and what an encyclopedia's editors ask each other: ``[citation needed]``."""
_GLUED = late(r"[.,;:!?”’\"')\]]\d{1,3}(?=[\s—]|\Z)")
_ITEM = late(r"(?:^|[\n;:.])\s*\(?(?:[a-z]{1,4}|\d{1,3})[).]", re.IGNORECASE)
_CITATION_WORDS = late(r"\bid\.|\bsee\b|\bv\.|\d|\bibid|\bcf\.|\bop\. cit|\bsupra\b", re.IGNORECASE)
_MOST_CITATION_WORDS = 40
"""A string of three cases with their parentheses; more is prose."""

_MOST_PAGE_WORDS = 30
"""A foot and a head of two lines each; a page break may not hide more than that."""

_MOST_EDGE_LINES = 2
_MOST_TITLE = 10
"""Words of a running title."""

_PAGE = r"(?:\d{1,5}|[ivxlc]{2,8}|[IVXLC]{2,8})"
_NUMBER_AT_END = late(
    rf"\A\W*{_PAGE}(?!\S)|(?<!\S)\W*{_PAGE}\W*\Z|\A\W*[ivxlcIVXLC]\W*\Z|\[\w+ {_PAGE}\]"
)
"""The number of a page, in figures or Roman; a lone ``I`` beside other words is a word."""

_MOST_INTERRUPTION = 15
"""Words of a speaker's name and what was done in speaking; more tells a story of its own."""

_DOUBLE = late(r"[\"“”„«»]|''|``")
_CLOSES = late(r"\A[^\s\w]*?(?:[\"”“»«’‘']|'')[,.]?\s+\Z")
_OPENS = late(r"\s(?:[\"“„«»‘']|``)\Z")
"""What stands before and behind the words of a teller: the one mark at a word, the other apart."""

_CLOSED = late(r"[.!?,;:][\"'”’)\]]*\s*\Z")


def is_artefact(
    quotation: Quotation, elements: Elements, alignment: Alignment, steps: list[Step]
) -> bool:
    """Whether a run of words that only the source has need not be accounted for."""
    part = alignment.part
    first, end = steps[0].source.start, steps[-1].source.stop
    text = part.source.text
    before = part.ends[first - 1] if first else 0
    after = part.starts[end] if end < len(part.starts) else len(text)
    around = text[before:after]
    return (
        bool(end - first == 1 and _NOTE_MARK.search(text[max(before - 1, 0) : after]))
        or _is_labelled_mark(text[max(before - 1, 0) : after], end - first)
        or bool(SIC.search(around) and any(n == steps[0].quoted.start for n, _ in elements.sics))
        or bool(REMARK.search(around) and _has_remark(elements, steps[0].quoted.start))
        or bool(end - first == 1 and _GLUED.match(around))
        or _is_page_break(around, end - first)
        or _is_item_label(quotation, elements, steps, around, end - first)
    )


def _is_labelled_mark(around: str, count: int) -> bool:
    """Whether the words are all of a mark in brackets that has words."""
    found = _LABELLED_MARK.search(around)
    return found is not None and len(read_folds(found.group())) == count


def _has_remark(elements: Elements, number: int) -> bool:
    """Whether a remark about the text stands before one of the quotation's words."""
    left = elements.words[number - 1].span.end if number else 0
    right = elements.words[number].span.start if number < len(elements.words) else left
    return any(left <= span.start < right for span in elements.remarks)


def has_glued_note(word: str, part: IndexPart, number: int) -> bool:
    """Whether a word of the source is the quotation's with the number of a note glued on.

    A PDF's text has ``persons12`` for a raised 12. That it is a note's number, and no part of the
    word nor a letter that a scanner took for a digit, is known by the notes before or behind it,
    which are glued on in their order: three of them at least run on from one to the next.
    """
    other = part.folded[number]
    digits = other[len(word) :]
    if not (other.startswith(word) and word.isalpha() and len(word) > 2 and digits.isdigit()):
        return False
    return part.starts[number] in part.whole.glued_notes


def _is_page_break(around: str, count: int) -> bool:
    """Whether the words are whole lines round a form feed that look like the foot and the head."""
    if "\f" not in around or count > _MOST_PAGE_WORDS:
        return False
    first, last = around.split("\n", 1)[0], around.rsplit("\n", 1)[-1]
    if "\n" not in around or re.search(r"\w", first) or re.search(r"\w", last):
        return False
    foot, _, head = around.partition("\f")
    return _is_edge(foot.split("\n")[::-1]) and _is_edge(head.split("\n"))


def _is_edge(lines: list[str]) -> bool:
    """Whether the lines between a form feed and the text are no text, the outermost one first.

    One or two lines. A line of text is not short, or closes a sentence, or stands close to the next
    one; a foot or a head has a number at its end, or is in capitals, or a blank line sets it off.
    """
    words = [line for line in lines if re.search(r"\w", line)]
    if len(words) > _MOST_EDGE_LINES:
        return False
    below = lines[lines.index(words[-1]) + 1 :] if words else []
    apart = any(not line.strip() for line in below[:-1])
    return all(
        len(line.split()) <= _MOST_TITLE
        and (_NUMBER_AT_END.search(line) or line.isupper() or (apart and not _CLOSED.search(line)))
        for line in words
    )


def _is_item_label(
    quotation: Quotation, elements: Elements, steps: list[Step], around: str, count: int
) -> bool:
    """Whether the word is the label of a list's item, which Markdown renders from its markup."""
    if count != 1 or not _ITEM.search(around):
        return False
    number = steps[0].quoted.start
    if number == 0 or number >= len(elements.words):
        return number == 0
    left, right = elements.words[number - 1].span.end, elements.words[number].span.start
    return "\n\n" in quotation.text[left:right]


def is_omitted_citation(compared: Compared, steps: list[Step]) -> bool:
    """Whether the author says that citations are left out, and this is one.

    A citation stands in brackets of its own or is a sentence of its own, and says nothing on which
    a sense could turn (Bluebook 5.2(f)).
    """
    if not omits_citations(stated(compared.quotation, compared.elements)):
        return False
    part = compared.alignment.part
    first, end = steps[0].source.start, steps[-1].source.stop
    text = part.source.text
    written = text[part.starts[first] : part.ends[end - 1]]
    before, after = part.between(first), part.between(end)
    bracketed = bool(re.search(r"[(\[]\W*\Z", before) and re.match(r"\W*[)\]]", after))
    alone = ends_sentence(before) and ends_sentence(after)
    classes = sense(list(part.folded[first:end])).keys() - {"number", "date"}
    return (
        (bracketed or alone)
        and end - first <= _MOST_CITATION_WORDS
        and not classes
        and bool(_CITATION_WORDS.search(written))
    )


def is_source_interruption(compared: Compared, steps: list[Step]) -> bool:
    """Whether the source breaks its own quoted speech off with these words where the author does.

    ``"The lamp," the keeper said, "is out."`` may be quoted with these words or others of the
    author's between the marks: nobody takes them for the speaker's.
    """
    quotation, words = compared.quotation, compared.elements.words
    number, part = steps[0].quoted.start, compared.alignment.part
    first, end = steps[0].source.start, steps[-1].source.stop
    if not 0 < number < len(words) or not 0 < first < end < len(part.starts):
        return False
    left, right = words[number - 1].span.end, words[number].span.start
    broken_off = any(left <= joint <= right for joint in quotation.joints)
    between = part.source.text[part.starts[first] : part.ends[end - 1]]
    return (
        broken_off
        and end - first <= _MOST_INTERRUPTION
        and bool(_CLOSES.search(part.between(first)))
        and bool(_OPENS.search(part.between(end)))
        and not _DOUBLE.search(between)
        and "\n\n" not in between
    )
