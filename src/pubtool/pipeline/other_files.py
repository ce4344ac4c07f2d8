"""Findings about files that are no posts: the bibliography, the sources' lock, misnamed ones."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from pubtool.errors import CannotRead, typed
from pubtool.model import (
    Bibliography,
    Code,
    FileReport,
    Finding,
    Key,
    PostReport,
    Severity,
    Span,
)
from pubtool.pipeline.decided import decision_reports
from pubtool.pipeline.workspace import LOCK, Workspace
from pubtool.readers.lock import find_changed, report_changed
from pubtool.system.files import read_bytes, shown_name

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn"})
_OF_WORD_PROCESSORS = frozenset({".docx", ".doc", ".odt", ".rtf"})
_LIKE_A_POST = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n|(?s:.*?)\[-?@[\w{]")
"""How a text begins that has front matter, or a text with a citation."""


def file_reports(
    workspace: Workspace, reports: Sequence[PostReport], *, whole: bool
) -> tuple[FileReport, ...]:
    """Return the findings about files that are no posts; of what is unused if all is seen."""
    used = {key for report in reports for key in report.keys} if whole else None
    decided = decision_reports(workspace.root, reports, workspace.decisions, whole=whole)
    found = (
        bibliography_report(workspace, used),
        *lock_reports(workspace, reports),
        *decided,
        *(misnamed_reports(workspace, reports) if whole else ()),
    )
    return tuple(report for report in found if report.findings)


def bibliography_report(workspace: Workspace, used: set[Key] | None) -> FileReport:
    """Return the findings about the bibliography; `used` are the keys that posts cite, if known."""
    bibliography = workspace.bibliography
    parts = (bibliography.text, *(sorted(used) if used is not None else ("not whole",)))

    def make() -> FileReport:
        unused = _unused_entries(bibliography, used) if used is not None else []
        findings = sorted([*bibliography.findings, *unused], key=_place)
        return FileReport(bibliography.path, bibliography.text, tuple(findings))

    return workspace.store.keep("bibliography-report", parts, FileReport, make)


def lock_reports(workspace: Workspace, reports: Sequence[PostReport]) -> tuple[FileReport, ...]:
    """Return the findings about texts that are not the ones that were pinned."""
    changed = changed_sources(workspace)
    if not changed:
        return ()
    from pubtool.pipeline.uses import uses_of  # not for what is as it was

    findings = report_changed(workspace.lock, changed, uses_of(reports))
    return (FileReport(LOCK, workspace.lock.text, findings),)


def misnamed_reports(workspace: Workspace, reports: Sequence[PostReport]) -> tuple[FileReport, ...]:
    """Return a finding for each file below `posts/` that is a draft, but no post by its name.

    A word processor's document that a post links to is there to be downloaded.
    """
    others = [Path(path) for path in workspace.visible_files() if not path.endswith(".md")]
    drafts = sorted(path for path in others if _is_draft(path))
    linked = _linked(reports) if drafts else frozenset()
    named = ((path, workspace.name(path)) for path in drafts)
    return tuple(
        FileReport(name, "", (_misnamed(path),)) for path, name in named if name not in linked
    )


def _is_draft(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending in _OF_WORD_PROCESSORS:
        return not path.name.startswith("~$")  # Word's own mark of a file that is open
    if ending != ".txt":
        return ending in _MARKDOWN
    try:
        return bool(_LIKE_A_POST.match(read_bytes(path)))
    except CannotRead:
        return False


def _linked(reports: Sequence[PostReport]) -> frozenset[str]:
    """Return the files that posts link to, relative to the project."""
    return frozenset(
        posixpath.normpath(posixpath.join(posixpath.dirname(report.path), unquote(link.target)))
        for report in reports
        for link in report.links
    )


def _misnamed(path: Path) -> Finding:
    post = shown_name(path.with_suffix(".md").name)
    mend = f"since its name does not end in .md: rename it to {post}"
    if path.suffix.lower() in _OF_WORD_PROCESSORS:
        command = typed("pandoc", shown_name(path.name), "-o", post)
        mend = (
            f"since a post is a Markdown text: save it as Markdown, {post}, for example with "
            f"`{command}`"
        )
    message = f"this file is not read, {mend}"
    return Finding(Code("Q607"), Severity.WARNING, message, Span(0, 0))


def changed_sources(workspace: Workspace) -> dict[Key, str]:
    """Return the sources whose texts are not the ones that were pinned, with what they are."""
    if not workspace.lock.pins:
        return {}

    def find() -> dict[Key, str]:
        index = workspace.library.index
        return find_changed(workspace.lock, {key: index.about(key) for key in index.live})

    digest = workspace.sources_digest
    return workspace.store.keep("changed-sources", (digest,), dict[Key, str], find)


def _unused_entries(bibliography: Bibliography, used: set[Key]) -> list[Finding]:
    from pubtool.checker.rules import entry_unused  # not for what is remembered

    starts = [0, *(n + 1 for n, c in enumerate(bibliography.text) if c == "\n")]
    rule = entry_unused.RULE
    return [
        Finding(
            rule.code,
            rule.severity,
            f"no post cites @{source.key}",
            Span(starts[source.line - 1], starts[source.line - 1] + 1),
        )
        for source in bibliography.sources.values()
        if source.key not in used
    ]


def _place(finding: Finding) -> tuple[int, str, str]:
    return (finding.span.start, finding.code, finding.message)
