"""Q603: a waiver waives nothing."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q603"), Severity.WARNING, "waiver_unused")
