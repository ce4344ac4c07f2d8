"""Q302: the source has no text that could decide."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.evidence import Library
from pubtool.checker.reach import UNREAD, is_unread
from pubtool.checker.rules.rule import Case, Rule
from pubtool.checker.search import Place
from pubtool.checker.translated import why_foreign
from pubtool.checker.verdict import NO_SOURCE
from pubtool.model import Code, Extent, Finding, Key, Severity, VerdictKind

_MOST_NAMED = 5
_ELSEWHERE = frozenset({"poor-text", NO_SOURCE})
"""Reasons that another rule speaks of."""
RULE = Rule(Code("Q302"), Severity.WARNING, "no_text")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding where a source's text is missing, unreadable or only an excerpt."""
    judgement = case.judgement
    if judgement.kind is VerdictKind.UNCHECKED and judgement.reason not in _ELSEWHERE:
        why = _why(case)
        if why:
            yield case.finding(RULE, f"could not be checked: {why}")


def _why(case: Case) -> str:
    place = case.judgement.place
    if case.judgement.reason == UNREAD:
        return _unread(case)
    if place is not None:
        return _second_hand(place)
    if case.judgement.reason == "language":
        return why_foreign(case.quotation, case.elements, case.library)
    keys = [c.key for c in case.quotation.cited if c.key in case.library.bibliography.sources]
    firm = [c.key for c in case.quotation.cited if c.firm and c.key in keys]
    for key in firm:
        missing = case.library.missing.get(key)
        if missing is not None:
            return missing.detail
    if firm:
        return _not_in(firm[0], case.library)
    return "" if case.judgement.reason == "unknown-key" else _in_no_text(case.library)


def _second_hand(place: Place) -> str:
    """Return what a place in a second-hand excerpt is worth, in words."""
    said = "agrees with" if place.passes else "differs from"
    return (
        f"it {said} a second-hand excerpt of {place.key}, which only repeats what somebody else "
        "quotes"
    )


def _not_in(key: Key, library: Library) -> str:
    sort = "a second-hand" if library.extent(key) is Extent.SECOND_HAND else "an"
    pages = library.index.about(key).pages
    held = f" (pages {pages})" if pages else ""
    return f"not in the passages of {key} that are at hand, which are {sort} excerpt{held}"


def _unread(case: Case) -> str:
    """Return which pages of a source it may be on, and how to have them read."""
    cited = next(c for c in case.quotation.cited if c.firm and is_unread(c, case.library))
    about = case.library.index.about(cited.key)
    shown = ", ".join(about.unread[:_MOST_NAMED])
    more = f" and {len(about.unread) - _MOST_NAMED} more" * (len(about.unread) > _MOST_NAMED)
    one = len(about.unread) == 1
    return (
        f"it may stand on {'page' if one else 'pages'} {shown}{more} of {cited.key}, "
        f"{'a picture' if one else 'pictures'} without text; `pubtool sources add {about.path}` "
        "has them read"
    )


def _in_no_text(library: Library) -> str:
    """Return why words that stand in no text may still stand in a source."""
    extents = [library.extent(key) for key in library.bibliography.sources]
    counts = {
        "only an excerpt": extents.count(Extent.EXCERPT),
        "only a second-hand excerpt": extents.count(Extent.SECOND_HAND),
        "missing": extents.count(None),
    }
    missing = [what for what, count in counts.items() if count]
    if len(extents) == 1 and missing:
        return f"in no text that is at hand; the only source's is {missing[0]}"
    said = [
        f"{count} {'is' if count == 1 else 'are'} {what}" for what, count in counts.items() if count
    ]
    return f"in no text that is at hand; of {len(extents)} sources' texts, {', '.join(said)}"
