"""Q602: the front matter is malformed."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q602"), Severity.ERROR, "front_matter")
