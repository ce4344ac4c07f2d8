"""Q608: a quotation stands where it is not read."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q608"), Severity.WARNING, "quotation_unread")
