"""Q606: a waiver gives no reason."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q606"), Severity.WARNING, "waiver_without_reason")
