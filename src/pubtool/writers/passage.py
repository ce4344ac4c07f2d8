"""A passage as readers are shown it: the source's own words, what the post left out told apart.

A reader takes what is highlighted for what was quoted. So of a passage with an ellipsis only that
is highlighted which the post has; what the ellipsis passes over stands between in plain letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pubtool.model import Difference, DifferenceKind, Match, Span
from pubtool.text.collation import ends
from pubtool.writers.line_ends import undivided
from pubtool.writers.words import Words

_LONGEST_GAP = 400
"""Code points between two parts of a passage, of which an ellipsis leaves them out; of a longer gap
a reader is shown the ends."""
_SHOWN_OF_GAP = 120

_LEFT_OUT = frozenset({DifferenceKind.ELLIPSIS, DifferenceKind.DELETION})

_STOPS = re.compile(r"[.,;:!?…]+")
"""What stands at the end of the words that were left out is left out with them."""

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage."""

    text: str
    """Flat; the blanks between two parts belong to the one that was left out."""
    quoted: bool
    """Whether the post has it; what it left out is shown, and not highlighted."""


def passage_parts(
    match: Match,
    differences: Sequence[Difference],
    words: Words,
    said: Collection[str] = frozenset(),
) -> tuple[Part, ...]:
    """Return the passage's parts in order; their texts joined are the source's own words.

    Of what a long ellipsis passes over only the ends are there, and how much is between them. Words
    that the source's lines divide are whole; `said` are the quotation's own, folded.
    """
    parts, at = list[Part](), match.span.start
    for difference in sorted(differences, key=lambda one: one.there):
        gap = difference.there
        if difference.kind not in _LEFT_OUT or gap.start < at or gap.end > match.span.end:
            continue
        stop = _STOPS.match(match.text, gap.end - match.span.start)
        parts.append(Part(_said(match, Span(at, gap.start)), quoted=True))
        parts.append(Part(_left_out(match, difference, words), quoted=False))
        parts.append(Part(stop[0] if stop else "", quoted=False))
        at = gap.end + (len(stop[0]) if stop else 0)
    parts.append(Part(_said(match, Span(at, match.span.end)), quoted=True))
    return _flat([replace(part, text=undivided(part.text, said)) for part in parts])


def _said(match: Match, span: Span) -> str:
    return match.text[span.start - match.span.start : span.end - match.span.start]


def _left_out(match: Match, difference: Difference, words: Words) -> str:
    gap = _said(match, difference.there)
    if difference.kind is not DifferenceKind.ELLIPSIS:
        return gap
    found = ends(gap, _LONGEST_GAP, _SHOWN_OF_GAP)
    if found is None:
        return gap
    return f"{found.head} {words('proof.skipped', count=found.skipped)} {found.tail}"


def _flat(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts with single blanks, none at the ends of a quoted one or of the whole.

    Quoted and left out take turns: two neighbours of one kind are one, and none is without words.
    """
    runs = list[Part]()
    for part in parts:
        if runs and (runs[-1].quoted == part.quoted or not part.text.strip()):
            runs[-1] = Part(runs[-1].text + part.text, quoted=runs[-1].quoted)
        else:
            runs.append(part)
    said = [_SPACES.sub(" ", run.text) for run in runs]
    for at, run in enumerate(runs):
        if not run.quoted:
            before, after = at and said[at - 1][-1:] == " ", said[at + 1 : at + 2]
            lead = " " if before and said[at][:1] != " " else ""
            trail = " " if after and after[0][:1] == " " and said[at][-1:] != " " else ""
            said[at] = f"{lead}{said[at]}{trail}"
    texts = [text.strip() if run.quoted else text for run, text in zip(runs, said, strict=True)]
    flat = [Part(text, quoted=run.quoted) for run, text in zip(runs, texts, strict=True) if text]
    if flat:
        flat[0] = Part(flat[0].text.lstrip(), quoted=flat[0].quoted)
        flat[-1] = Part(flat[-1].text.rstrip(), quoted=flat[-1].quoted)
    return tuple(flat)
