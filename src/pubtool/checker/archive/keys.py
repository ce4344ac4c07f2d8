"""One work cited under two keys (Q702)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pubtool.model import Finding, Key, PostReport, Span


def find_second_keys(
    reports: Sequence[PostReport], same: Sequence[tuple[Key, Key]]
) -> Iterator[tuple[str, Finding]]:
    """Yield the path and the finding of each post that cites a work by the key that fewer use.

    `same` are the keys of one work, as the bibliography says. Where as many posts use the one as
    the other, the one that comes first in the bibliography is the work's.
    """
    if not same:
        return
    citing: dict[Key, list[PostReport]] = {}
    for report in reports:
        for key in dict.fromkeys(report.keys):
            citing.setdefault(key, []).append(report)
    uses = Counter(key for report in reports for key in report.keys)
    groups: dict[Key, list[Key]] = {}
    for first, other in same:
        groups.setdefault(first, [first]).append(other)
    for keys in groups.values():
        cited = [key for key in keys if uses[key]]
        chosen = max(cited, key=lambda key: uses[key], default=None)  # the first of equals
        for key in cited:
            for report in citing[key] if key != chosen else ():
                yield report.path, _finding(report, key, str(chosen), uses)


def _finding(report: PostReport, key: Key, chosen: str, uses: Counter[Key]) -> Finding:
    from pubtool.checker.rules import cited_under_two_keys  # not where nothing is found

    number = uses[Key(chosen)]
    posts = "1 post" if number == 1 else f"{number} posts"
    rule = cited_under_two_keys.RULE
    message = f"@{key} is the same work as @{chosen}, which {posts} cite{'s' * (number == 1)}"
    return Finding(rule.code, rule.severity, message, _place(report.text, key))


def _place(text: str, key: Key) -> Span:
    """Return where a post first cites a key."""
    at = re.search(rf"@\{{?{re.escape(key)}(?![\w]|[:.#$%&\-+?<>~/]\w)", text)
    return Span(*at.span()) if at else Span(0, 0)
