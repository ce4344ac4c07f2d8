"""Q305: the source's text is not the one that was pinned."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q305"), Severity.ERROR, "text_changed")
