"""Fixing: a post's safe fixes made in memory, each proved, and written where all is as it was.

Fixes are made in rounds: none in a round touches another, and what a round brings to light is fixed
in the next. A round that the proof refuses is halved until the fix that is at fault stands alone;
that one is dropped, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pubtool.checker.waiving.baseline import beside_baseline
from pubtool.checker.waiving.decisions import still_holds
from pubtool.errors import PubtoolError
from pubtool.model import Baseline, Choice, Finding, Fix, Key, PostReport, Where
from pubtool.pipeline.checking import check_files
from pubtool.pipeline.deciding import decisions_of
from pubtool.pipeline.judging import check_text, judge_post
from pubtool.pipeline.other_files import changed_sources
from pubtool.pipeline.proving import Examined, apply_edits, key_of, why_refused
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import Project
from pubtool.system.files import read_bytes, shown_name
from pubtool.system.transaction import Change, apply_changes

Choose = Callable[[PostReport, Finding], bool]
"""Tells whether a finding's fix is to be made."""

_MOST_ROUNDS = 10
_NOTHING = Baseline()


@dataclass(frozen=True)
class Dropped:
    """A fix that was not made, because the proof refused it."""

    finding: Finding
    why: str


@dataclass(frozen=True)
class Fixed:
    """What fixing would make of one post."""

    path: str
    before: str
    """The post's text as it was checked."""
    text: str
    """The text with all fixes made; the same where none was."""
    applied: tuple[Finding, ...]
    """What was fixed, by rounds, then place; their spans are those of their round's text."""
    offered: tuple[Finding, ...]
    """What has a fix that only a person may apply, in the text as it is now."""
    dropped: tuple[Dropped, ...]
    report: PostReport
    """The checker's report on the text as it is now: without what was decided elsewhere."""


@dataclass(frozen=True)
class FixedPosts:
    """What fixing made of some posts."""

    posts: tuple[Fixed, ...]
    errors: tuple[str, ...] = ()
    """A sentence for each post that could not be read, or was not written."""


def plan(
    workspace: Workspace,
    report: PostReport,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> Fixed:
    """Return what a post's safe fixes make of it; nothing is written.

    `select` and `ignore` are codes or their beginnings. What the report says is suppressed is left
    alone, and so is a quotation that an editor has decided about: with other words it would be
    another quotation, and the decision lost. Of one that was accepted nothing is offered either.
    """
    changed = frozenset(changed_sources(workspace))

    def asked(finding: Finding) -> bool:
        selected = finding.code.startswith(select or "Q")
        return selected and not (ignore and finding.code.startswith(ignore))

    def choose(now: PostReport, finding: Finding) -> bool:
        safe = finding.fix is not None and finding.fix.safe
        return safe and asked(finding) and not _rests_on(now, finding, changed)

    if not any(finding.fix and asked(finding) for finding in report.findings):
        return Fixed(report.path, report.text, report.text, (), (), (), report)
    held = _held(workspace, report)
    now, applied, dropped = _in_rounds(workspace, report, choose, held.unasked)

    def told(finding: Finding) -> bool:
        return asked(finding) and finding.quotation not in held.accepted

    return _fixed(report, now, applied, dropped, told)


def fix_posts(  # noqa: PLR0913 - the command's own arguments
    project: Project,
    paths: Sequence[Path] = (),
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    known: Baseline = _NOTHING,
    jobs: int | None = 1,
    write: bool = False,
) -> FixedPosts:
    """Return what fixing makes of a project's posts, or of those that `paths` name.

    What is `known` is left alone. With `write` the files are changed, each by itself: one that
    somebody changed since it was checked is left alone and named among the errors. Raises
    NoSuchPost.
    """
    settings = project.settings
    select, ignore = select or settings.select, (*ignore, *settings.ignore)
    with Workspace(project) as workspace:
        reports, errors = check_files(workspace, workspace.post_paths(paths), jobs=jobs)
        posts = []
        for report in reports:
            news = beside_baseline(report, known)
            fixed = plan(workspace, news, select=select, ignore=ignore)
            if write:
                try:
                    _write(workspace, fixed)
                except PubtoolError as error:
                    errors.append(str(error))
                    continue
            posts.append(fixed)
    return FixedPosts(tuple(posts), tuple(errors))


def fix_text(  # noqa: PLR0913 - as for posts
    project: Project,
    name: str,
    text: str,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    known: Baseline = _NOTHING,
) -> Fixed:
    """Return what fixing makes of a text that is checked as a post of this name."""
    settings = project.settings
    with Workspace(project) as workspace:
        report = beside_baseline(check_text(workspace, shown_name(name), text), known)
        chosen, left = select or settings.select, (*ignore, *settings.ignore)
        return plan(workspace, report, select=chosen, ignore=left)


# --- Rounds ---------------------------------------------------------------------------------------


def _in_rounds(
    workspace: Workspace, report: PostReport, choose: Choose, held: frozenset[str]
) -> tuple[PostReport, list[Finding], list[Dropped]]:
    """Return the report on the fixed post, what was fixed, and what the proof refused.

    The quotations that are `held` are left alone.
    """
    if not any(choose(report, finding) for finding in report.findings):
        return report, [], []
    state = _examine(workspace, report)
    applied: list[Finding] = []
    dropped: list[Dropped] = []
    for _ in range(_MOST_ROUNDS):
        refused = {key_of(state.report, each.finding) for each in dropped}
        wanted = [
            finding
            for finding in state.report.findings
            if choose(state.report, finding)
            and finding.quotation not in held
            and key_of(state.report, finding) not in refused
        ]
        chosen = list(_apart(wanted))
        if not chosen:
            break
        state, settled, refusals = _settle(workspace, state, chosen)
        applied += settled
        dropped += refusals
    return state.report, applied, dropped


def _settle(
    workspace: Workspace, state: Examined, findings: Sequence[Finding]
) -> tuple[Examined, list[Finding], list[Dropped]]:
    """Return the post with some fixes made, which were made, and which the proof refused.

    The later half goes first, so that the places of the earlier one stay as they are.
    """
    after, why = with_fixes(workspace, state, findings)
    if not why:
        return after, [*findings], []
    if len(findings) == 1:
        return state, [], [Dropped(findings[0], why)]
    middle = len(findings) // 2
    state, later, refused = _settle(workspace, state, findings[middle:])
    state, earlier, others = _settle(workspace, state, findings[:middle])
    return state, earlier + later, others + refused


def with_fixes(
    workspace: Workspace, state: Examined, findings: Sequence[Finding]
) -> tuple[Examined, str]:
    """Return a post with some fixes made, none of which touches another, and why not to keep it.

    The reason is empty where the proof holds. Raises as `check_text` does.
    """
    edits = sorted((e for f in findings for e in _fix(f).edits), key=lambda e: e.span)
    after = examine_text(workspace, state.post.path, apply_edits(state.post.text, edits))
    return after, why_refused(state, after, findings, edits)


def _apart(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield, by place, those whose edits touch none before; the same edit is made once."""
    end = -1
    for finding in sorted(findings, key=lambda each: (_fix(each).edits[0].span, each.code)):
        edits = _fix(finding).edits
        if edits[0].span.start > end:
            yield finding
            end = edits[-1].span.end


def _fix(finding: Finding) -> Fix:
    if finding.fix is None:
        raise ValueError(f"{finding.code} has no fix")
    return finding.fix


def _fixed(
    report: PostReport,
    now: PostReport,
    applied: Sequence[Finding],
    dropped: Sequence[Dropped],
    told: Callable[[Finding], bool],
) -> Fixed:
    refused = {key_of(now, each.finding) for each in dropped}
    waived = {(each.quotation, each.code) for each in report.suppressed}
    offered = tuple(
        finding
        for finding in now.findings
        if finding.fix
        and told(finding)
        and (finding.quotation, finding.code) not in waived
        and key_of(now, finding) not in refused
    )
    text = now.text
    return Fixed(report.path, report.text, text, tuple(applied), offered, tuple(dropped), now)


class _Held(NamedTuple):
    """Quotations, by their ids, that somebody has spoken of elsewhere than in the post."""

    unasked: frozenset[str]
    """Those of which nothing may be mended unasked."""
    accepted: frozenset[str]
    """Of them, those that an editor lets stand as they are."""


def _held(workspace: Workspace, report: PostReport) -> _Held:
    suppressed = (
        finding.quotation
        for finding in report.suppressed
        if finding.quotation and finding.suppression and finding.suppression.where is not Where.POST
    )
    last = {each.quotation: each.last for each in decisions_of(workspace.root, report.path)}
    held = {
        verdict.quotation.id: decision.choice
        for verdict in report.verdicts
        if (decision := last.get(verdict.quotation.id)) and still_holds(report, verdict, decision)
    }
    accepted = frozenset(name for name, choice in held.items() if choice is Choice.ACCEPT)
    return _Held(frozenset({*suppressed, *held}), accepted)


def _rests_on(report: PostReport, finding: Finding, changed: frozenset[Key]) -> bool:
    """Whether a finding's quotation stands in a source whose text is not the one pinned."""
    return bool(changed) and any(
        verdict.quotation.id == finding.quotation and verdict.match and verdict.match.key in changed
        for verdict in report.verdicts
    )


def _examine(workspace: Workspace, report: PostReport) -> Examined:
    return examine_text(workspace, report.path, report.text)


def examine_text(workspace: Workspace, path: str, text: str) -> Examined:
    """Return a post's text with all that is known of it; raises as `check_text` does."""
    post, report = judge_post(workspace, path, text)
    return Examined(post, workspace.parse(text, path), report)


def _write(workspace: Workspace, fixed: Fixed) -> None:
    """Replace the post's file, if it is as it was checked; raise ChangedMeanwhile.

    One that has the fixes already was written under another name, which a link gives it.
    """
    path, data = workspace.root / fixed.path, fixed.text.encode()
    if fixed.text == fixed.before or read_bytes(path) == data:
        return
    apply_changes(workspace.root, [Change(path, data, fixed.before.encode())])
