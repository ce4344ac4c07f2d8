"""Q403: an entry of the bibliography did not parse."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q403"), Severity.ERROR, "entry_unparsed")
