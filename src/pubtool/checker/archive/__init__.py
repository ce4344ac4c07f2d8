"""What only shows when all posts are looked at together: over a series, or a whole blog.

A post's own verdicts never hang on other posts. What is found here comes on top of them, in a run
that has seen every post.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pubtool.checker.archive.keys import find_second_keys
from pubtool.checker.archive.parts import find_misplaced_parts
from pubtool.checker.archive.wordings import Passages, find_other_wordings, passages_of
from pubtool.model import Bibliography, Finding, PostReport

__all__ = ["Passages", "find_over_archive", "passages_of"]


def find_over_archive(
    reports: Sequence[PostReport],
    bibliography: Bibliography,
    passages: Callable[[PostReport], Passages] = passages_of,
) -> Mapping[str, Sequence[Finding]]:
    """Return what is found over all posts of a project: by post, the findings to be added.

    Q701 (one passage in two wordings), Q702 (one work cited under two keys), Q703 (the parts of a
    series). `reports` are of every post, in the order of their paths; `passages` may know from
    before where in the sources a post's quotations stand.
    """
    found: dict[str, list[Finding]] = {}
    for path, finding in (
        *find_other_wordings(reports, passages),
        *find_second_keys(reports, bibliography.same),
        *find_misplaced_parts(reports, lambda report: passages(report).series),
    ):
        found.setdefault(path, []).append(finding)
    return found
