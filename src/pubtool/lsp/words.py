"""Verdicts in words."""

from __future__ import annotations

from pubtool.model import Verdict, VerdictKind
from pubtool.pipeline.writing import name_place

_WORDS = {
    VerdictKind.EXEMPT: "Not checked",
    VerdictKind.UNCHECKED: "Could not be checked",
    VerdictKind.MISATTRIBUTED: "Stands in another source",
    VerdictKind.ABSENT: "Found in no source",
    VerdictKind.ALTERED: "Words differ from the source",
    VerdictKind.MISLOCATED: "Stands at another place of the source",
    VerdictKind.ADAPTED: "Adapted, every change marked or permitted",
    VerdictKind.VERBATIM: "Word for word",
}


def verdict_words(verdict: Verdict) -> str:
    """Return a verdict as a writer reads it: ``Could not be checked (missing)``."""
    reason = f" ({verdict.reason})" if verdict.reason else ""
    places = " or ".join(map(name_place, verdict.uncompared))
    unknown = f" ({places} not compared)" if places else ""
    return f"{_WORDS[verdict.kind]}{reason}{unknown}"


def lens_words(verdict: Verdict) -> str:
    """Return a verdict with the place: ``Word for word: @kunze2010, p. 253``."""
    match = verdict.match
    if match is None:
        return verdict_words(verdict)
    where = f", {name_place(match.locator)}" if match.locator else ""
    return f"{verdict_words(verdict)}: @{match.key}{where}"
