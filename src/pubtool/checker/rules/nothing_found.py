"""Q607: a post with quotation marks in which no quotation was found."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q607"), Severity.WARNING, "nothing_found")
