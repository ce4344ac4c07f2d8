"""A report's words, of which those on posts that stay are known from before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pubtool.model import PostReport, Report
from pubtool.pipeline.recalling import digest_of_report
from pubtool.pipeline.store import digest_of
from pubtool.pipeline.targets import Look
from pubtool.pipeline.workspace import Workspace
from pubtool.reporters.tally import Tally, add_up, tally
from pubtool.reporters.text import PostText


def word(workspace: Workspace, report: Report, look: Look) -> str:
    """Return a report as it is shown."""
    return word_and_count(workspace, report, look)[0]


def word_and_count(workspace: Workspace, report: Report, look: Look) -> tuple[str, Tally]:
    """Return a report as it is shown, and what it counts up to."""
    shown, counts = digest_of(*look.told), list[Tally]()

    def recall(post: PostReport, make: Callable[[], PostText]) -> PostText:
        digest, memory = digest_of_report(post), workspace.memory
        known = (post.path, "words", f"{digest}{shown}", PostText, make)
        found = memory.keep(*known) if digest else make()
        counts.append(found.counts)
        return found

    said = look.show(report, recall)
    return said, add_up([*counts, tally(replace(report, posts=()))])
