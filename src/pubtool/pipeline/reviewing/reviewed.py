"""How a post stands: each of its quotations, what was found out about it, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pubtool.checker.waiving.baseline import beside_baseline
from pubtool.model import (
    Choice,
    Decision,
    Finding,
    PostReport,
    Severity,
    Verdict,
    Where,
)
from pubtool.pipeline.comparing import with_late_findings
from pubtool.pipeline.deciding import Standing, decisions_of
from pubtool.pipeline.judging import judge_text
from pubtool.pipeline.one_post import as_shown
from pubtool.pipeline.remarking import ORDER, state_of
from pubtool.pipeline.workspace import Workspace
from pubtool.writers.proof import listed, verdict_in_words
from pubtool.writers.words import words_in

WORDS = words_in("en")
"""What the desk says is in English, as the command line is."""

WAITING, KNOWN, ALL = "waiting", "baseline", "all"
FILTERS = (WAITING, *(kind.value for kind in ORDER), KNOWN, ALL)
"""What a list can be cut down to: what waits for a decision, a verdict, what the baseline has, or
nothing."""

_SHOWN = 100
"""Code points of a quotation in a list."""


@dataclass(frozen=True, slots=True)
class Item:
    """A quotation in a list."""

    post: str
    id: str
    number: int
    """Counts the post's listed quotations from 1."""
    words: str
    """Its first words, or all of them."""
    verdict: str
    state: str
    """``passes``, ``open`` (not checked) or ``fails``."""
    sentence: str
    """The verdict in words."""
    waits: bool
    """Whether it waits for a decision."""
    known: bool
    """Whether the baseline has all that is wrong with it."""
    decided: str
    """What was decided of it as it stands: ``accept``, ``waive``, or nothing."""


@dataclass(frozen=True)
class Reviewed:
    """A post's quotations and what was decided of each."""

    report: PostReport
    standings: Mapping[str, Standing]
    """What was decided of each, by the quotation's id."""
    news: PostReport
    """The report with what the baseline has suppressed."""

    @cached_property
    def verdicts(self) -> Sequence[Verdict]:
        """What an editor is shown: all but terms, in the post's order."""
        return listed(self.report.verdicts)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The quotations that are shown, in the post's order."""
        return tuple(self._item(*numbered) for numbered in enumerate(self.verdicts, 1))

    @cached_property
    def shown(self) -> Mapping[str, tuple[Item, ...]]:
        """Those that pass each filter: lists and counts of a large archive are made of these."""
        return {show: tuple(item for item in self.items if _passes(item, show)) for show in FILTERS}

    @cached_property
    def known(self) -> frozenset[Finding]:
        """The findings that the baseline has."""
        return frozenset(
            replace(finding, suppression=None)
            for finding in self.news.suppressed
            if finding.suppression is not None and finding.suppression.where is Where.BASELINE
        )

    @cached_property
    def _new(self) -> frozenset[str]:
        """The ids of the quotations of which something is wrong that the baseline has not."""
        return frozenset(
            verdict.quotation.id
            for verdict in self.news.verdicts
            if _warns(verdict)
            or not (verdict.kind.passes or verdict.quotation.id in self.news.known)
        )

    def decision(self, verdict: Verdict) -> Decision | None:
        """Return what was decided of a quotation with this verdict; another says nothing of it."""
        standing = self.standings.get(verdict.quotation.id)
        last = standing.last if standing else None
        return last if last is not None and last.verdict == verdict.kind.value else None

    def _item(self, number: int, verdict: Verdict) -> Item:
        decision = self.decision(verdict)
        known = _wants_a_word(verdict) and verdict.quotation.id not in self._new
        return Item(
            self.report.path,
            verdict.quotation.id,
            number,
            shortened(verdict.quotation.text),
            verdict.kind.value,
            state_of(verdict),
            verdict_in_words(verdict, WORDS),
            not known and _waits(verdict, decision),
            known,
            decision.choice.value if decision else "",
        )


def reviewed_post(workspace: Workspace, name: str, text: str) -> Reviewed:
    """Return how a post stands; raises what reading it raises.

    What was decided changes nothing of what was found out: an editor sees both.
    """
    found = judge_text(workspace, name, text)
    report = as_shown(workspace, found)
    news = as_shown(workspace, beside_baseline(found, workspace.baseline))
    standings = {one.quotation: one for one in decisions_of(workspace.root, name)}
    return Reviewed(report, standings, news)


def other_findings(workspace: Workspace, reviewed: Reviewed) -> tuple[Finding, ...]:
    """Return the findings on a post that are about no quotation that is shown.

    Its links are looked at here: where they lead takes longer to find out than all else.
    """
    [report] = with_late_findings(workspace, [reviewed.report], (), whole=False)
    ids = {verdict.quotation.id for verdict in reviewed.verdicts}
    found = as_shown(workspace, report).findings
    return tuple(finding for finding in found if finding.quotation not in ids)


def shortened(text: str, limit: int = _SHOWN) -> str:
    """Return a text in one line, cut after a word where it is longer than that."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[:limit].rsplit(' ', 1)[0]} …"


def _passes(item: Item, show: str) -> bool:
    if show == KNOWN:
        return item.known
    return show == ALL or (item.waits if show == WAITING else item.verdict == show)


def _waits(verdict: Verdict, decision: Decision | None) -> bool:
    """Whether somebody must say something: it does not pass, or warns, and nobody has."""
    if decision is not None and decision.choice is Choice.ACCEPT:
        return False
    if decision is not None:
        left = (f for f in verdict.findings if f.code not in decision.codes)
        return any(finding.severity is Severity.ERROR for finding in left)
    return _wants_a_word(verdict)


def _wants_a_word(verdict: Verdict) -> bool:
    return not verdict.kind.passes or _warns(verdict)


def _warns(verdict: Verdict) -> bool:
    return any(finding.severity >= Severity.WARNING for finding in verdict.findings)
