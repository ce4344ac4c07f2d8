"""What readers are told of the check: plain words, no more than was found out.

A quotation that passed against an excerpt of its source says so; one that could not be checked
says why. Nothing here says "verified": the words were compared with a text, and the text is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pubtool.model import (
    Difference,
    DifferenceKind,
    Extent,
    Locator,
    Match,
    QuotationKind,
    Verdict,
    VerdictKind,
)
from pubtool.writers.annotate import is_checked, source_key

SHORT: Mapping[VerdictKind, str] = {
    VerdictKind.VERBATIM: "word for word",
    VerdictKind.ADAPTED: "adapted, every change marked or permitted",
    VerdictKind.MISLOCATED: "at another place of the source than cited",
    VerdictKind.ALTERED: "altered without a mark",
    VerdictKind.ABSENT: "not found in any source",
    VerdictKind.MISATTRIBUTED: "in another source than the one named",
    VerdictKind.UNCHECKED: "not checked",
    VerdictKind.EXEMPT: "not checked, waived by an editor",
}
"""A verdict's words, in the order in which the summary gives them."""

SYMBOLS: Mapping[VerdictKind, str] = {
    VerdictKind.VERBATIM: "✓",
    VerdictKind.ADAPTED: "✓",
    VerdictKind.UNCHECKED: "○",
    VerdictKind.EXEMPT: "○",
}
"""The mark after a quotation; a failed one has ``✗``."""

REASONS: Mapping[str, str] = {
    "missing": "no text of the source is at hand",
    "no-source": "the post was imported, and its source is not cited yet",
    "unreadable": "the source’s text cannot be read",
    "empty": "the source’s file holds no words",
    "scan": "the source is a scan whose words were not read",
    "unsupported": "the source’s file is in a format that cannot be read",
    "excerpt": "only an excerpt of the source is at hand, and it does not reach these words",
    "second-hand": "the source is known here only as someone else quotes it",
    "incomplete": "the texts at hand do not hold the words, and not every source is at hand whole",
    "unknown-key": "the source that is cited is not in the bibliography",
    "poor-text": "the source’s text was misread by a scanner here",
    "unread-pages": "some pages of the source are pictures whose text was not read",
    "language": "the words are in another language than the source’s text",
    "waived": "waived by an editor",
}
"""Why a quotation was not compared; another reason is shown as it is named."""

_COUNTED: Mapping[VerdictKind, str] = {
    VerdictKind.VERBATIM: "word for word",
    VerdictKind.ADAPTED: "adapted",
    VerdictKind.MISLOCATED: "cited at the wrong place",
    VerdictKind.ALTERED: "altered",
    VerdictKind.ABSENT: "not found",
    VerdictKind.MISATTRIBUTED: "attributed to the wrong source",
}

_DIFFERENCES: Mapping[DifferenceKind, str] = {
    DifferenceKind.CASE: "capital letter changed",
    DifferenceKind.PUNCTUATION: "punctuation changed",
    DifferenceKind.SPELLING: "spelling changed",
    DifferenceKind.BRACKET: "changed in brackets",
    DifferenceKind.ELLIPSIS: "words left out",
    DifferenceKind.TRANSPOSITION: "words in another order",
    DifferenceKind.EMPHASIS: "emphasis changed",
    DifferenceKind.SUBSTITUTION: "words changed",
    DifferenceKind.INSERTION: "words added",
    DifferenceKind.DELETION: "words left out",
}
"""Typography is none of them: it never counts as a difference."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One quotation of the list at a post's end."""

    number: int
    """Counts the post's checked quotations from 1."""
    id: str
    """The quotation's id; the list's entry is ``proof-`` and this."""
    symbol: str
    verdict: str
    """In words, the reason and the extent of the text included."""
    passes: bool
    quoted: str
    """The quotation's first words, or all of them."""
    source: str
    """The source's author and title; empty where no source is known."""
    place: str
    """``page 253``; empty where the source has none."""
    before: str
    """The source's words before the passage."""
    passage: str
    """The source's own words; empty where nothing was located."""
    after: str
    changes: tuple[str, ...]
    """What is not as in the source, a phrase each."""
    key: str = ""
    """The source's citation key; empty where no source is known."""
    url: str = ""
    """Into the source at the passage, or else where the source is; http or https, or empty."""
    archive: str = ""
    """Where an archive keeps the source, at the passage; http or https, or empty."""
    citation: str = ""
    """The source's author and title, what it stands in and its year, as far as known."""


def proofs(verdicts: Sequence[Verdict], names: Mapping[str, str]) -> tuple[Proof, ...]:
    """Return the list of a post's quotations, terms left out, in the post's order.

    `names` says what to call the source of a key.
    """
    listed = sorted(
        (verdict for verdict in verdicts if is_checked(verdict)),
        key=lambda verdict: (verdict.quotation.span, verdict.quotation.id),
    )
    return tuple(_proof(number, verdict, names) for number, verdict in enumerate(listed, 1))


def summary(verdicts: Sequence[Verdict]) -> str:
    """Return the sentence on all of a post's quotations; empty where it has none.

    ``12 quotations: 9 word for word, 3 adapted; 2 could not be checked: …``
    """
    listed = [verdict for verdict in verdicts if is_checked(verdict)]
    if not listed:
        return ""
    kinds = Counter(verdict.kind for verdict in listed)
    parts = []
    compared = [f"{kinds[kind]} {words}" for kind, words in _COUNTED.items() if kinds[kind]]
    if compared:
        parts.append(", ".join(compared))
    if kinds[VerdictKind.UNCHECKED]:
        reasons = _reasons(listed, VerdictKind.UNCHECKED)
        parts.append(f"{kinds[VerdictKind.UNCHECKED]} could not be checked: {reasons}")
    if kinds[VerdictKind.EXEMPT]:
        parts.append(f"{kinds[VerdictKind.EXEMPT]} waived by an editor")
    noun = "quotation" if len(listed) == 1 else "quotations"
    return f"{len(listed)} {noun}: {'; '.join(parts)}.{_extents(listed)}"


def _extents(verdicts: Sequence[Verdict]) -> str:
    """Return the sentence on what was compared with less than the whole source."""
    partly, passed = _excerpts(verdicts), sum(map(_was_found, verdicts))
    if not partly:
        return ""
    those = (
        f"{partly} of those that passed"
        if partly < passed
        else "All that passed"
        if passed > 1
        else "It"
    )
    was = "was" if partly == 1 else "were"
    return f" {those} {was} compared with an excerpt of the source, not with all of it."


def _was_found(verdict: Verdict) -> bool:
    return verdict.kind in (VerdictKind.VERBATIM, VerdictKind.ADAPTED)


def _excerpts(verdicts: Sequence[Verdict]) -> int:
    """Return how many of the quotations that passed were compared with an excerpt alone."""
    return sum(
        1
        for verdict in verdicts
        if verdict.match is not None
        and verdict.match.extent is Extent.EXCERPT
        and _was_found(verdict)
    )


def _reasons(verdicts: Sequence[Verdict], kind: VerdictKind) -> str:
    reasons = Counter(verdict.reason or "" for verdict in verdicts if verdict.kind is kind)
    named = [(REASONS.get(reason, reason), count) for reason, count in sorted(reasons.items())]
    if len(named) == 1:
        return named[0][0]
    return "; ".join(f"{words} ({count})" for words, count in named)


def _proof(number: int, verdict: Verdict, names: Mapping[str, str]) -> Proof:
    match = verdict.match
    key = source_key(verdict)
    return Proof(
        number=number,
        id=verdict.quotation.id,
        symbol=SYMBOLS.get(verdict.kind, "✗"),
        verdict=_verdict(verdict),
        passes=verdict.kind.passes,
        quoted=_nested(_shortened(verdict.quotation.text)),
        source=names.get(key, key),
        place=_place(match.locator if match is not None else _cited(verdict)),
        before=_before(match) if match is not None else "",
        passage=match.text.strip() if match is not None else "",
        after=_after(match) if match is not None else "",
        changes=_changes(verdict.differences),
        key=key,
        citation=names.get(key, key),
    )


def _verdict(verdict: Verdict) -> str:
    words = SHORT[verdict.kind]
    if verdict.kind is VerdictKind.EXEMPT:
        reasons = "; ".join(dict.fromkeys(w.reason for w in verdict.quotation.waivers if w.reason))
        return f"{words}: {reasons}" if reasons else words
    if verdict.kind is VerdictKind.UNCHECKED:
        return f"{words}: {REASONS.get(verdict.reason or '', verdict.reason or '')}"
    if verdict.quotation.kind is QuotationKind.TITLE:
        return f"{words}, as a title, with the entry in the bibliography"
    if verdict.match is not None and verdict.match.extent is Extent.EXCERPT:
        return f"{words}, compared with an excerpt of the source"
    return words


def _cited(verdict: Verdict) -> Locator | None:
    return verdict.quotation.cited[0].locator if verdict.quotation.cited else None


def _place(locator: Locator | None) -> str:
    return f"{locator.label.removesuffix('-locator')} {locator.value}" if locator else ""


def _changes(differences: Sequence[Difference]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            _change(difference)
            for difference in differences
            if difference.kind is not DifferenceKind.TYPOGRAPHY
        )
    )


def _change(difference: Difference) -> str:
    said = _DIFFERENCES[difference.kind]
    here, there = difference.quoted.strip(), difference.source.strip()
    if difference.kind is DifferenceKind.ELLIPSIS or not here:
        words = f"{said}: “{_shortened(there)}”" if there else said
    elif not there:
        words = f"{said}: “{here}”"
    else:
        words = f"{said}: “{here}” for “{there}”"
    return words if difference.marked or difference.permitted else f"{words} (not marked)"


def _shortened(text: str, limit: int = 160) -> str:
    """Return `text`, cut after a word where it is longer than `limit` code points."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[:limit].rsplit(' ', 1)[0]} …"


def _nested(text: str) -> str:
    """Return a text that is shown in quotation marks, with single ones inside."""
    return text.replace("“", "‘").replace("”", "’")


def _before(match: Match) -> str:
    """Return what stands before the passage, after an ellipsis where the source begins earlier."""
    text = match.before
    lead = "… " if text.strip() and match.span.start > len(text) else ""
    return f"{lead}{_flat(text)}{' ' if text[-1:].isspace() else ''}"


def _after(match: Match) -> str:
    """Return what stands behind the passage, and an ellipsis where the source goes on."""
    text = match.after
    trail = " …" if text.strip() and match.span.end + len(text) < match.length else ""
    return f"{' ' if text[:1].isspace() else ''}{_flat(text)}{trail}"


def _flat(text: str) -> str:
    return " ".join(text.split())
