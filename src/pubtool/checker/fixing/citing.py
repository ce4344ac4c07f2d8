"""Citing: the citation of an uncited quotation, and the locator of one that is cited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pubtool.checker import speech
from pubtool.checker.fixing.certainty import why_not_text
from pubtool.checker.fixing.own_citation import own_citation
from pubtool.checker.locating import best_locator, name_locator
from pubtool.checker.sentences import sentence_of, sentences
from pubtool.model import (
    CitationMode,
    ContainerKind,
    Edit,
    Fix,
    Inline,
    InlineKind,
    Locator,
    Post,
    QuotationKind,
    Span,
)

if TYPE_CHECKING:
    from pubtool.checker.rules.rule import Case
    from pubtool.checker.search import Place

_LEAST_CITED = 8
"""Words that one author does not write by chance as another did (`verdict._LEAST_ACCUSING`)."""

_CLOSING = re.compile(r"(?:\*{1,3}|_{1,3})?[\"”’'»«“‘›」』](?:\]\{[^{}\n]*\})?")
_STOP = re.compile(r"[.,;:!?]")


def cite_source(case: Case, place: Place) -> Fix | None:
    """Return the fix that cites the source in which an uncited quotation stands, and where.

    It stands behind the closing mark, in a note where the post cites in notes, and at the end of a
    block quote. None where the file has no plain closing mark there.
    """
    locator = best_locator(place.alignment.part.source, place.alignment.span)
    told = f"@{place.key}, {name_locator(locator)}" if locator else f"@{place.key}"
    in_note = _cites_in_notes(case.post)
    at = _behind(case, past_stop=in_note)
    if at is None:
        return None
    cites = f"^[@{place.key}{told.removeprefix(f'@{place.key}')}.]" if in_note else f" [{told}]"
    why = _why_not_cited(case, place)
    what = f"cite [{told}]"
    return Fix(
        f"{what}, if you agree: {why}" if why else what, (Edit(Span(at, at), cites),), not why
    )


def give_locator(case: Case, place: Place, locator: Locator) -> Fix | None:
    """Return the fix that gives a quotation's citation a locator; it is only ever offered.

    It says more of the source than the author did, and a citation may be meant for more than this
    quotation. None where the citation is not found, or names several places.
    """
    cited = place.cited[0] if place.cited else None
    found = own_citation(case.post, case.quotation, place.key, cited)
    if found is None:
        return None
    span, inline = found
    same = [each for each in inline.citations if each.key == place.key]
    if len(same) > 1:
        return None
    new = name_locator(locator)
    what = f"cite {new}, if you agree: the author has to say where"
    if same[0].behind:
        written = _written_behind(case.post, span, inline)
        return Fix(what, (Edit(written, f" [{new}]"),)) if written else None
    edit = _locator_edit(case.post.text, span, f"@{place.key}", same[0].mode, cited, locator)
    return Fix(what, (edit,)) if edit else None


def _written_behind(post: Post, span: Span, inline: Inline) -> Span | None:
    """Return the range of the file where prose behind a bare key names the place.

    None where a parenthesis holds more.
    """
    flow = next(each.flow for each in post.blocks if any(one is inline for one in each.inlines))
    end = flow.place(inline.span.end, inline.span.end + inline.citations[0].behind).end
    written = post.text[span.end : end].strip()
    return None if written.startswith("(") and not written.endswith(")") else Span(span.end, end)


def _why_not_cited(case: Case, place: Place) -> str:
    """Return why a citation may not be given unasked; empty where it may."""
    passing = [each for each in case.places if each.passes]
    if not place.passes:
        return "the words differ from the source's"
    if len(case.elements.words) < _LEAST_CITED:
        return "so few words may stand anywhere"
    if len(passing) > 1:
        return f"it stands in {len(passing)} sources"
    if _stands_apart(place):
        return "it stands in several places of the source"
    if _names_speaker(case):
        return "the sentence says who speaks, and only you know whether that is the author"
    return why_not_text(place)


def _stands_apart(place: Place) -> bool:
    source = place.alignment.part.source
    own = best_locator(source, place.alignment.span)
    return any(best_locator(one.part.source, one.span) != own for one in place.equals)


def _names_speaker(case: Case) -> bool:
    """Whether the sentence round a quotation, or the one that leads to it, says that one speaks."""
    if not 0 <= case.quotation.block < len(case.post.blocks):
        return True
    if case.quotation.kind is not QuotationKind.INLINE:
        before = case.quotation.block - 1
        leads = case.post.blocks[before].flow.text[-_LEAD:] if before >= 0 else ""
        return speech.says(leads)
    flow = case.post.blocks[case.quotation.block].flow
    span = case.quotation.span
    start, end = flow.offset(span.start), flow.offset(span.end)
    quoted = (Span(max(start - 1, 0), min(end + 1, len(flow.text))),)
    sentence = sentence_of(sentences(case.post.blocks[case.quotation.block], quoted), start)
    return speech.says(f"{flow.text[sentence.start : start]} {flow.text[end : sentence.end]}")


_LEAD = 200
"""Characters of the paragraph before a block quote that may lead to it."""


def _behind(case: Case, *, past_stop: bool) -> int | None:
    """Return where in the file a quotation's citation belongs; None where nobody can tell."""
    file, end = case.post.text, case.quotation.span.end
    if case.quotation.kind in (QuotationKind.BLOCK, QuotationKind.EPIGRAPH):
        return end if file[end : end + 1] in ("", "\n", "\r") else None
    if case.quotation.kind is not QuotationKind.INLINE:
        return None
    closing = _CLOSING.match(file, end)
    if closing is None or file[closing.end() : closing.end() + 1] in ("]", "*", "_"):
        return None
    stop = _STOP.match(file, closing.end()) if past_stop else None
    return stop.end() if stop else closing.end()


def _cites_in_notes(post: Post) -> bool:
    """Whether most of a post's citations stand in notes."""
    inside = outside = 0
    for block in post.blocks:
        count = sum(1 for inline in block.inlines if inline.kind is InlineKind.CITATION)
        if any(each.kind is ContainerKind.NOTE for each in block.containers):
            inside += count
        else:
            outside += count
    return inside > outside


def _locator_edit(  # noqa: PLR0913, PLR0917 - a citation has that many parts
    file: str, span: Span, key: str, mode: CitationMode, old: Locator | None, new: Locator
) -> Edit | None:
    """Return the edit of a citation in the file that gives it a locator, or another one.

    What the author calls a place (``S.``) stays where the new one is of the same sort.
    """
    raw = file[span.start : span.end]
    spelt = re.search(
        rf"{re.escape(key)}(?![\w:.#$%&\-+?<>~/]*\w)|@\{{{re.escape(key[1:])}\}}", raw
    )
    if spelt is None:
        return None
    at = span.start + spelt.end()
    if old is None:
        named = name_locator(new)
        given = f" [{named}]" if mode is CitationMode.AUTHOR_IN_TEXT else f", {named}"
        return Edit(Span(at, at), given)
    rest = raw[spelt.end() :].partition(";")[0]
    written = re.search(
        rf"(?<=[\s,\[])([^\W\d_]*\.?[ \u00a0]?){re.escape(old.value)}(?![\w])", rest
    )
    if written is None:
        return None
    if written[1].strip() and old.label == new.label and _is_one(old):
        return Edit(Span(at + written.end(1), at + written.end()), new.value)
    return Edit(Span(at + written.start(), at + written.end()), name_locator(new))


def _is_one(locator: Locator) -> bool:
    """Whether a locator names one place, and not several (``pp. 3, 5``)."""
    return not re.search(r"[\s,;&–—-]", locator.value)
