"""Q402: two entries of the bibliography have one key."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q402"), Severity.ERROR, "duplicate_key")
