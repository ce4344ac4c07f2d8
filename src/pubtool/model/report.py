"""The report: one run of `check`."""

from __future__ import annotations

from dataclasses import dataclass

from pubtool.model.finding import Finding
from pubtool.model.places import Key
from pubtool.model.post import PostLink, SeriesPart
from pubtool.model.quotation import Verdict, Waiver


@dataclass(frozen=True)
class PostReport:
    """Verdicts and findings of one post."""

    path: str
    text: str
    """The post's code points, so that a reporter can show its lines."""
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    """All of them, the quotations' own among them, by place, then code."""
    keys: tuple[Key, ...] = ()
    """Every key that the post cites or names, ascending."""
    links: tuple[PostLink, ...] = ()
    """Its links within the project and its images, by place."""
    anchors: tuple[str, ...] = ()
    """The names in it that a link can lead to."""
    date: str = ""
    """As the front matter has it."""
    series: tuple[SeriesPart, ...] = ()
    """The series that it is in."""
    suppressed: tuple[Finding, ...] = ()
    """What would be findings if nobody had waived them, each with its suppression; by place, then
    code. None of them is among the findings."""
    waivers: tuple[Waiver, ...] = ()
    """Those that stand in the post, used or not, by place."""
    known: tuple[str, ...] = ()
    """The ids of quotations that do not pass, and that the baseline has as they are."""


@dataclass(frozen=True)
class FileReport:
    """Findings about a file that is no post: the bibliography, the lock."""

    path: str
    text: str
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    """What would be findings if the baseline did not have them."""


@dataclass(frozen=True)
class Report:
    """One run of `check`."""

    posts: tuple[PostReport, ...]
    files: tuple[FileReport, ...] = ()
    errors: tuple[str, ...] = ()
    """One sentence for each thing that could not be done while the rest went on."""
