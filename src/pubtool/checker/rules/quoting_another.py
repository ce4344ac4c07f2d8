"""Q205: the source is itself quoting someone else here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule
from pubtool.checker.talk import is_told_in_talk
from pubtool.model import Code, Finding, QuotationKind, Severity, Span
from pubtool.text.typography import QUOTES
from pubtool.text.words import read_folds

RULE = Rule(Code("Q205"), Severity.WARNING, "quoting_another")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where the passage is quoted by the source: in its marks, or set off by it."""
    if case.shown is None or case.quotation.kind is QuotationKind.TITLE:
        return
    places = (case.shown.alignment.span, *(equal.span for equal in case.shown.equals))
    quoted = all(_lead(case, place) or _is_spoken(case, place) for place in places)
    if quoted and not _says_so(case, _lead(case, places[0])):
        message = "the source is quoting somebody else here, and the post does not say so"
        yield case.finding(RULE, message)


def _is_spoken(case: Case, place: Span) -> bool:
    """Whether a place of the source stands in its quotation marks, and it is no story."""
    before = case.leading_to(place)
    if case.quotation.text[:1] in QUOTES:  # the mark that opens there is quoted with the rest
        before = before.rstrip().rstrip(QUOTES)
    return _is_open(before) and not is_told_in_talk(case.source_text())


def _is_open(before: str) -> bool:
    """Whether a double quotation mark is open at the end of a text.

    A mark opens where a word follows it and none stands before it, and closes the other way round,
    whatever its shape: »so«, «so», „so“ and ”so” are all in print. Only where neither can be told
    does the shape decide, and straight marks alternate.
    """
    opened: list[str] = []
    for found in _MARKS.finditer(before):
        mark = found.group()
        left, right = before[: found.start()][-1:], before[found.end() :][:1]
        leads, ends = left in _OPENERS, right.isspace() or right in _CLOSERS
        if leads != ends:
            opens = leads
        elif opened and mark in _CLOSED_BY.get(opened[-1], ""):
            opens = False
        else:
            opens = mark in _OPENING or (mark == '"' and not opened)
        if opens:
            opened.append(mark)
        elif opened:
            opened.pop()
    return bool(opened)


_MARKS = re.compile(r"``|''|[“”„«»\"]")
_OPENING = ("“", "„", "«", "``")
"""The marks that open in most languages."""
_CLOSED_BY = {"„": "“”", "»": "«"}
"""What closes those that others read the other way round."""
_CLOSERS = tuple(".,;:!?)]")
"""What may stand behind one that closes, besides a space; at the end the passage itself follows."""
_OPENERS = ("", " ", "\n", "\t", "\u00a0", "(", "[", "—", "–", "-")
"""What may stand before a mark that opens."""


def _lead(case: Case, place: Span) -> str:
    """Return what introduces the block quote of the source in which a place stands, if any.

    Pages also indent by block quotes what is their own; a colon before one makes it somebody's.
    """
    if case.part is None:
        return ""
    text = case.source_text()
    for span in case.part.source.quoted:
        lead = text[max(span.start - _AROUND, 0) : span.start].rstrip()
        if span.holds(place) and lead.endswith(_INTRODUCES):
            return lead
    return ""


_INTRODUCES = (":", "：", "—")


def _says_so(case: Case, lead: str) -> bool:
    """Whether the post says that somebody is quoted, or names whom the source quotes.

    `lead` is what introduces the block quote of the source that holds the passage.
    """
    own = f"{case.before[-_NEAR:]} {case.after[:_NEAR]}"
    said = f"{own} {case.quotation.remark}"
    if re.search(r"\bquot(?:e|es|ed|ing)\b|\bciting\b|\bcited in\b", said, re.IGNORECASE):
        return True
    if _leads_in_alike(case) or _names_a_speaker(case):
        return True
    around = (lead, case.source_before[-_AROUND:], case.source_after[:_AROUND])
    there = {name for text in around for name in _capitals(_NAME, text)}
    return not there.isdisjoint(_capitals(_WORD, own) - _names_of_source(case))


def _leads_in_alike(case: Case) -> bool:
    """Whether the post brings the words as the source does: 曾子曰：, the pilot shouted: “…”."""
    mine = list(read_folds(case.before[-_LEAD_IN:])[-2:])
    source = case.source_before
    opening = max(source.rfind(mark) for mark in _OPENING_SHAPES)
    if len(mine) < 2 or opening < 0:
        return False
    lead = source[max(opening - _LEAD_IN, 0) : opening]
    return list(read_folds(lead)[-2:]) == mine


def _names_a_speaker(case: Case) -> bool:
    """Whether the sentence that brings the words begins with a name that the source knows.

    Who speaks in a novel may be named pages before: “Gregor complains that …”. A word that the
    source has in small letters too is no name.
    """
    first = _WORD.search(_SENTENCE.split(case.before)[-1])
    if first is None or not first.group()[0].isupper() or first.group() in _names_of_source(case):
        return False
    name, text = re.escape(first.group()), case.source_text()
    inside = re.search(rf"(?<=[^\W\d_]\s){name}\b", text)
    return inside is not None and re.search(rf"\b{name.lower()}\b", text) is None


def _capitals(pattern: re.Pattern[str], text: str) -> set[str]:
    return {word for word in pattern.findall(text) if word[0].isupper()}


def _names_of_source(case: Case) -> set[str]:
    """Return the words of the source's author and title, which name nobody else."""
    if case.shown is None or case.shown.key not in case.library.bibliography.sources:
        return set()
    return set(_WORD.findall(str(case.library.bibliography.sources[case.shown.key].csl)))


_NEAR = 160
"""Characters of the post on either side in which the speaker is named."""
_AROUND = 400
"""Characters of the source on either side in which the speaker is named."""
_LEAD_IN = 40
"""Characters before a quotation that hold the two words next to it."""
_OPENING_SHAPES = '“„«»"'
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"\b[^\W\d_]{3,}")
_NAME = re.compile(r"(?<=[^.!?\s]\s)[^\W\d_]{3,}|(?<=\n)[^\W\d_]{3,}(?=[:.])")
"""A word that begins no sentence, or names who speaks the line."""
