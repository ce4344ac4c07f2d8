"""Q410: an entry is read otherwise than it is written."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q410"), Severity.ERROR, "entry_misread")
