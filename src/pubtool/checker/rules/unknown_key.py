"""Q304: citation key not in the bibliography."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from pubtool.checker.rules.rule import Case, Rule
from pubtool.model import Bibliography, Code, Finding, Key, Severity

RULE = Rule(Code("Q304"), Severity.ERROR, "unknown_key")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a key that the bibliography lacks."""
    bibliography = case.library.bibliography
    for key in dict.fromkeys(cited.key for cited in case.quotation.cited):
        if key not in bibliography.sources:
            yield case.finding(RULE, message(key, bibliography) + _where(case))


def _where(case: Case) -> str:
    """Return where the words stand, which the post does not name."""
    place = case.judgement.elsewhere
    return f" (the words stand in @{place.key})" if place else ""


def message(key: Key, bibliography: Bibliography) -> str:
    """Return the sentence about a key that cannot be used: unknown, ambiguous or broken."""
    if key in bibliography.ambiguous:
        return f"@{key} is the key of two entries of {bibliography.path}; give one another key"
    if key in bibliography.broken:
        return f"the entry @{key} of {bibliography.path} did not parse"
    if not bibliography.text.strip():
        return f"@{key} has no entry: {bibliography.path} is missing or empty"
    near = get_close_matches(key, list(bibliography.sources), n=1)
    hint = f"; did you mean @{near[0]}?" if near else "; add its entry there"
    return f"@{key} is not in {bibliography.path}{hint}"
