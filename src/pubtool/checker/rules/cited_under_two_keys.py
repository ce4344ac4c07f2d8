"""Q702: one work is cited under two keys."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q702"), Severity.WARNING, "cited_under_two_keys")
