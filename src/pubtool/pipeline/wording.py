"""A report's words, of which those on posts that stay are known from before."""

from __future__ import annotations

from collections.abc import Callable

from pubtool.model import PostReport, Report
from pubtool.pipeline.recalling import digest_of_report
from pubtool.pipeline.store import digest_of
from pubtool.pipeline.targets import Look
from pubtool.pipeline.workspace import Workspace
from pubtool.reporters.text import PostText


def word(workspace: Workspace, report: Report, look: Look) -> str:
    """Return a report as it is shown."""
    shown = digest_of(*look.told)

    def recall(post: PostReport, make: Callable[[], PostText]) -> PostText:
        digest = digest_of_report(post)
        if not digest:
            return make()
        return workspace.memory.keep(post.path, "words", f"{digest}{shown}", PostText, make)

    return look.show(report, recall)
