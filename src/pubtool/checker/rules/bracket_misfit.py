"""Q131: a bracketed change does not fit the source or turns its sense."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.differences.turned import what_turns
from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.model import Code, Finding, Severity
from pubtool.text.words import read_folds

RULE = Rule(Code("Q131"), Severity.ERROR, "bracket_misfit")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a bracket that may not stand."""
    for difference in case.coded(RULE.code):
        source = shorten(difference.source)
        mine, theirs = (list(read_folds(text)) for text in (difference.quoted, difference.source))
        what = what_turns(mine, theirs)
        if difference.source:
            change = f", and changes {what}" if what else ""
            message = f"“{difference.quoted}” stands for the source's “{source}”{change}"
        else:
            message = f"“{difference.quoted}” adds {what or 'a denial'}"
        yield case.finding(RULE, message, difference)
