"""Q605: an image has no alternative text."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q605"), Severity.WARNING, "image_without_text")
