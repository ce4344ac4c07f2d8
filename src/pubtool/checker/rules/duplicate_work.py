"""Q406: one work is in the bibliography under two keys."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q406"), Severity.WARNING, "duplicate_work")
