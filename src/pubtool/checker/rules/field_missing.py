"""Q404: an entry of the bibliography lacks a field."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q404"), Severity.WARNING, "field_missing")
