"""Capitals, vowel points and punctuation of words that are the same.

Allowed to differ in every convention: the shape and level of quotation marks, dashes, spaces, the
slash for a line's end in verse, and the marks that touch the quotation's ends, an ellipsis, a
bracket or the author's interruption.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pubtool.checker.conventions import Conventions
from pubtool.checker.differences.emphasis import are_capitals_emphasis, stands_among_capitals
from pubtool.checker.elements import Elements, QuotedWord
from pubtool.checker.index import IndexPart
from pubtool.checker.place import Alignment
from pubtool.checker.place.steps import Step, StepKind
from pubtool.model import Code, Difference, DifferenceKind, Quotation, Span
from pubtool.text.folding import APOSTROPHES, are_points_contrary, without_points
from pubtool.text.typography import ends_sentence, marks

_MOSTLY = 0.9
"""The share of capitals in a line that is set in them; a stray small letter is an OCR slip."""

_CLOSING = re.compile(r"[ \u00a0\u202f\"'”“’»」』)\]]*([.?!。？！؟।]+)")
_LINE_SLASH = re.compile(r"\s+//?\s+")
"""The end of a line or, doubled, of a stanza in verse that is run in with prose (Chicago 13.29)."""

_ONE_SHAPE = str.maketrans("。？！؟।", ".?!?.")

_SAME = (StepKind.EQUAL, StepKind.JOINED)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "Oe", "Æ": "Ae"})
_CAPITAL_LIGATURES = str.maketrans({"Œ": "OE", "Æ": "AE"})
_ONE_LOOK = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys("−–", "-")})


def mark_differences(
    quotation: Quotation, elements: Elements, alignment: Alignment, conventions: Conventions
) -> Iterator[Difference]:
    """Yield the differences in case, points and punctuation, in order."""
    previous: Step | None = None
    same = alignment.is_exact and alignment.is_copy(quotation.text, elements)
    for step in alignment.steps[-1:] if same else alignment.steps:
        if step.kind is StepKind.EQUAL:
            yield from _points(elements, alignment, step)
            yield from _case(quotation, elements, alignment, step, conventions)
        if step.kind in _SAME and previous is not None:
            yield from _punctuation(quotation, elements, alignment, previous, step)
        previous = step if step.kind in _SAME else None
    if previous is not None:
        yield from _closing(quotation, elements, alignment, previous, conventions)


def _closing(
    quotation: Quotation,
    elements: Elements,
    alignment: Alignment,
    last: Step,
    conventions: Conventions,
) -> Iterator[Difference]:
    """Yield the difference between the marks that close the sentence, where one asks or exclaims.

    A full stop or a comma at the end is the author's own everywhere (Chicago 13.7); a question
    turned into a statement is not quite, nor is the reverse.
    """
    number, there = last.quoted.stop, last.source.stop
    tail = quotation.text[elements.words[number - 1].span.end :]
    if number < len(elements.words) or _is_free(
        quotation, elements, number, Span(len(quotation.text) - len(tail), len(quotation.text))
    ):
        return
    mine = _CLOSING.match(tail)
    theirs = _CLOSING.match(alignment.part.between(there))
    one = mine.group(1).translate(_ONE_SHAPE) if mine else ""
    other = theirs.group(1).translate(_ONE_SHAPE) if theirs else ""
    if mine is None or one[0] == other[:1] or not {one[0], other[:1]} & {"?", "!"}:
        return
    at, start = elements.words[number - 1].span.end, alignment.part.ends[there - 1]
    place = Span(at + mine.start(1), at + mine.end(1))
    behind = Span(start + theirs.start(1), start + theirs.end(1)) if theirs else Span(start, start)
    yield Difference(
        DifferenceKind.PUNCTUATION,
        quotation.text[place.start : place.end],
        alignment.part.source.text[behind.start : behind.end],
        place,
        behind,
        marked=False,
        permitted=conventions.closing_mark,
        code=Code("Q141"),
    )


def _points(elements: Elements, alignment: Alignment, step: Step) -> Iterator[Difference]:
    """Yield the difference between two words that have the same letters, but other vowels."""
    word, there = elements.words[step.quoted.start], step.source.start
    written = alignment.part.written(there)
    if word.text == written or not are_points_contrary(word.text, written):
        return
    yield _respelt(word, alignment, there, permitted=False)


def _respelt(word: QuotedWord, alignment: Alignment, there: int, *, permitted: bool) -> Difference:
    """Return the difference of a word whose letters or points fold to the same, but are others."""
    return Difference(
        DifferenceKind.SPELLING,
        word.text,
        alignment.part.written(there),
        word.span,
        alignment.part.span(there, there + 1),
        marked=False,
        permitted=permitted,
        code=Code("Q105"),
    )


def _case(
    quotation: Quotation,
    elements: Elements,
    alignment: Alignment,
    step: Step,
    conventions: Conventions,
) -> Iterator[Difference]:
    number, there = step.quoted.start, step.source.start
    word, written = elements.words[number], alignment.part.written(there)
    if word.text == written:
        return
    one, other = _uncased(word.text), _uncased(written)
    if one == other:
        return
    part = alignment.part
    span = part.span(there, there + 1)
    if any(group.first <= number < group.end for group in elements.groups):
        yield Difference(
            DifferenceKind.BRACKET, word.text, written, word.span, span, marked=True, permitted=True
        )
        return
    if _is_abbreviated(quotation.text, word.span) and _is_abbreviated(part.source.text, span):
        return  # B.C. and A.M. are set in small capitals, which a text layer has as small letters
    if not {one, other} & {one.upper(), other.upper()} and _lower(one) != _lower(other):
        yield _respelt(word, alignment, there, permitted=conventions.modernised_spelling)
        return
    shouted = _shouted(quotation, elements, alignment, step, conventions)
    if shouted is not None:
        yield from shouted
        return
    turned = one[:1].isupper() != other[:1].isupper()
    initial = turned and word.text[1:] == written[1:] and _begins(quotation, elements, number)
    capitals = not word.text.isupper() and _in_capitals(alignment, there)
    permitted = (initial and conventions.initial_capital) or (
        capitals and conventions.source_in_capitals
    )
    code = "Q107" if initial and not capitals else None if permitted else "Q113"
    yield Difference(
        DifferenceKind.CASE,
        word.text,
        written,
        word.span,
        span,
        marked=False,
        permitted=permitted,
        code=Code(code) if code else None,
    )


def _shouted(
    quotation: Quotation,
    elements: Elements,
    alignment: Alignment,
    step: Step,
    conventions: Conventions,
) -> tuple[Difference, ...] | None:
    """Return what capitals for emphasis come to, which one side has italics or nothing for.

    None where they are no emphasis. A word of a few letters alone that has neither may be an
    abbreviation.
    """
    word, there = elements.words[step.quoted.start], step.source.start
    part = alignment.part
    span = part.span(there, there + 1)
    if word.text.isupper():
        same = len(word.text) > 1 and any(s.holds(span) for s in part.source.emphasis)
        return () if same else None
    if not are_capitals_emphasis(part, there) or _in_capitals(alignment, there):
        return None
    if any(s.holds(word.span) for s in quotation.emphasis):
        return ()
    if len(word.text) < _LEAST_HEAD and not stands_among_capitals(part, there):
        return None
    found = Difference(
        DifferenceKind.EMPHASIS,
        word.text,
        part.written(there),
        word.span,
        span,
        marked=False,
        permitted=conventions.unstated_emphasis,
        code=Code("Q108"),
    )
    return (found,)


def _uncased(word: str) -> str:
    """Return a word without ligatures, points, shapes of apostrophe and minus; its case is kept."""
    kept = (c for c in without_points(word) if unicodedata.category(c) != "Cf")
    plain = "".join("".join(kept).split())
    ligatures = _CAPITAL_LIGATURES if plain.isupper() else _LIGATURES
    composed = unicodedata.normalize("NFKC", plain.translate(_ONE_LOOK).translate(ligatures))
    return composed.replace("⁄", "/")  # of which NFKC makes ½


def _lower(word: str) -> str:
    return word.replace("İ", "I").lower()


def _begins(quotation: Quotation, elements: Elements, number: int) -> bool:
    """Whether a word is the first of the quotation or of what follows an ellipsis or a joint.

    The author's own words in brackets before it make it no later one.
    """
    led = {n for group in elements.groups for n in range(group.first, group.end)}
    if led.issuperset(range(number)) or any(gap.before == number for gap in elements.gaps):
        return True
    left, right = elements.words[number - 1].span.end, elements.words[number].span.start
    return any(left <= joint <= right for joint in quotation.joints)


def _in_capitals(alignment: Alignment, number: int) -> bool:
    """Whether the source sets a word in capitals as those round it, or as the head of an entry.

    Those round it are in capitals too in a heading and in small capitals.
    """
    part = alignment.part
    if _heads_entry(part, number):
        return True
    text = part.source.text
    start = text.rfind("\n", 0, part.starts[number]) + 1
    end = text.find("\n", part.ends[number])
    line = [c for c in text[start : end if end >= 0 else len(text)] if c.isalpha()]
    if len(line) > 1 and sum(c.isupper() for c in line) >= _MOSTLY * len(line):
        return True
    low, high = max(number - 2, 0), min(number + 3, len(part.folded))
    near = [part.written(n) for n in range(low, high)]
    cased = [word for word in near if word.upper() != word.lower()]
    return len(cased) > 2 and sum(word.isupper() for word in cased) >= len(cased) - 1


def _is_abbreviated(text: str, span: Span) -> bool:
    """Whether a letter is one of an abbreviation's: it and its neighbour have a full stop each."""
    if len(span) != 1 or text[span.end : span.end + 1] != ".":
        return False
    before = text[max(span.start - 3, 0) : span.start]
    return bool(_DOTTED.match(text, span.end + 1) or _DOTTED_BEFORE.search(before))


_DOTTED = re.compile(r"\s?[^\W\d_]\.")
_DOTTED_BEFORE = re.compile(r"(?<!\w)[^\W\d_]\.\s?\Z")


def _heads_entry(part: IndexPart, number: int) -> bool:
    """Whether a word in capitals begins a paragraph, as in a dictionary or at a chapter's start.

    A shorter one is likelier an abbreviation (*US*, *EU*).
    """
    word, before = part.written(number), part.between(number)
    if len(word) < _LEAST_HEAD or not (word.isalpha() and word.isupper()):
        return False
    line = before.rpartition("\n")
    return number == 0 or (bool(line[1]) and ("\n\n" in before or ends_sentence(line[0])))


_LEAST_HEAD = 4


def _punctuation(
    quotation: Quotation, elements: Elements, alignment: Alignment, before: Step, step: Step
) -> Iterator[Difference]:
    if step.source.start != before.source.stop or step.quoted.start != before.quoted.stop:
        return
    number = step.quoted.start
    at = Span(elements.words[number - 1].span.end, elements.words[number].span.start)
    if _is_free(quotation, elements, number, at):
        return
    part = alignment.part
    mine, theirs = quotation.text[at.start : at.end], part.between(step.source.start)
    if "\n" in theirs and "/" not in theirs:
        mine = _LINE_SLASH.sub("\n", mine)
    if mine == theirs or marks(mine) == marks(theirs):
        return
    if {marks(mine), marks(theirs)} == {"", "-"} and _is_mixed(elements, number):
        return
    start = part.ends[step.source.start - 1]
    yield Difference(
        DifferenceKind.PUNCTUATION,
        quotation.text[at.start : at.end],
        theirs,
        at,
        Span(start, start + len(theirs)),
        marked=False,
        permitted=False,
        code=Code("Q112"),
    )


def _is_mixed(elements: Elements, number: int) -> bool:
    """Whether a whole number and a fraction are beside each other: 1½, 1 1/2 and 1-1/2 are one."""
    whole, fraction = elements.words[number - 1].folded, elements.words[number].folded
    return whole.isdecimal() and _FRACTION.fullmatch(fraction) is not None


_FRACTION = re.compile(r"\d+/\d+", re.ASCII)


def _is_free(quotation: Quotation, elements: Elements, number: int, at: Span) -> bool:
    """Whether the author's ellipsis, bracket or interruption stands at a place."""
    near = Span(at.start, at.end + 1)
    return (
        any(gap.before == number for gap in elements.gaps)
        or any(near.overlaps(g.span) or g.span.end == at.start for g in elements.groups)
        or any(near.overlaps(Span(s.start, s.end)) for _, s in elements.sics)
        or any(near.overlaps(span) for span in elements.remarks)
        or any(at.start <= joint <= at.end for joint in quotation.joints)
    )


def closes_sentence(quotation: Quotation, elements: Elements) -> bool:
    """Whether the quotation itself ends with a full stop or what stands for one."""
    if not elements.words:
        return False
    tail = quotation.text[elements.words[-1].span.end :]
    return ends_sentence(tail) and not any(
        gap.before == len(elements.words) for gap in elements.gaps
    )


def ended_before(part: IndexPart, number: int) -> bool:
    """Whether a sentence of the source ends between a word and the one before it."""
    return ends_sentence(part.between(number))
