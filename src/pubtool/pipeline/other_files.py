"""Findings about files that are no posts: the bibliography, the sources' lock, misnamed ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

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
from pubtool.pipeline.workspace import LOCK, Workspace
from pubtool.readers.lock import find_changed, report_changed

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn"})
_MISNAMED = "this file is not read, since its name does not end in .md: rename it"


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


def misnamed_reports(workspace: Workspace) -> tuple[FileReport, ...]:
    """Return a finding for each file below `posts/` that is Markdown, but no post by its name."""
    others = (Path(path) for path in workspace.visible_files() if not path.endswith(".md"))
    found = sorted(path for path in others if path.suffix.lower() in _MARKDOWN)
    finding = Finding(Code("Q607"), Severity.WARNING, _MISNAMED, Span(0, 0))
    return tuple(FileReport(workspace.name(path), "", (finding,)) for path in found)


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
