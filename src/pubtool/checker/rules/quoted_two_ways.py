"""Q701: one passage is quoted in two ways."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q701"), Severity.WARNING, "quoted_two_ways")
