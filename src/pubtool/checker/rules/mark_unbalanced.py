"""Q601: a quotation mark without its partner."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q601"), Severity.WARNING, "mark_unbalanced")
