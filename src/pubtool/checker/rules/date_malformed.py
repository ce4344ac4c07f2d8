"""Q408: a date cannot be read."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q408"), Severity.WARNING, "date_malformed")
