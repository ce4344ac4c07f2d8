"""Q703: the parts of a series do not follow one another."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q703"), Severity.WARNING, "series_parts")
