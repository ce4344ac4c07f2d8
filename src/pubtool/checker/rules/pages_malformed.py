"""Q409: pages of an entry mean nothing."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q409"), Severity.WARNING, "pages_malformed")
