"""Q405: an entry of the bibliography is cited nowhere."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q405"), Severity.INFO, "entry_unused")
