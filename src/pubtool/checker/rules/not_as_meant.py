"""Q608: the page will not look as it is meant."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q608"), Severity.WARNING, "not_as_meant")
