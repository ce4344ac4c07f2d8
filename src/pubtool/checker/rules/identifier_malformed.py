"""Q407: a DOI, ISBN, ISSN or address cannot be right."""

from pubtool.checker.rules.rule import Rule
from pubtool.model import Code, Severity

RULE = Rule(Code("Q407"), Severity.WARNING, "identifier_malformed")
