"""Q501: a run of words stands in a source, but in no quotation marks."""

from __future__ import annotations

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q501"), Severity.WARNING, "unmarked_borrowing")
