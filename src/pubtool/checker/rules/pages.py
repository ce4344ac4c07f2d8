"""The rules' pages in their parts, for reports that explain what they say."""

from __future__ import annotations

import re

from pubtool.checker.rules import load_page, rules
from pubtool.checker.rules.rule import Rule
from pubtool.model import RulePage

_HEADING = re.compile(r"^## (.+)\n", re.M)
_CASES = "\n## Cases\n"
"""Where a page ends for a reader: what follows is the rule's own test."""


def rule_pages() -> tuple[RulePage, ...]:
    """Return every rule with its page, by code."""
    return tuple(_page(rule) for rule in rules())


def _page(rule: Rule) -> RulePage:
    text = load_page(rule.code).partition(_CASES)[0].rstrip() + "\n"
    head, *parts = _HEADING.split(text)
    title = head.splitlines()[0].partition(": ")[2]
    sections = {name: part.strip() for name, part in zip(parts[::2], parts[1::2], strict=True)}
    return RulePage(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        title=title,
        meaning=sections["What it means"],
        why=sections["Why"],
        mend=sections["What to do"],
        text=text,
    )
