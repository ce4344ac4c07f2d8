"""Reports of former runs, which are decoded when somebody asks for more than what is short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property, partial
from typing import NamedTuple

from pubtool.model import (
    Finding,
    FrontMatter,
    Key,
    Manuscript,
    PostLink,
    PostReport,
    SeriesPart,
    Verdict,
    Waiver,
)
from pubtool.pipeline.store import digest_of, encode
from pubtool.system.files import text_sha256


@dataclass(frozen=True)
class Outline:
    """What of a report is asked for in every run. Its fields are those of `PostReport`."""

    keys: tuple[Key, ...]
    links: tuple[PostLink, ...]
    anchors: tuple[str, ...]
    date: str
    series: tuple[SeriesPart, ...]
    waivers: tuple[Waiver, ...]


_SHORT = ("keys", "links", "anchors", "date", "series", "waivers")


def outline_of(report: PostReport) -> Outline:
    """Return what is short in a report."""
    return Outline(*(getattr(report, name) for name in _SHORT))


class Recalled(PostReport):
    """A report of which the outline is at hand, the rest when it is asked for.

    What is made of it by `dataclasses.replace` is a report like any other, of no digest.
    """

    digest: str = ""
    """Of all that it is made from; empty where that is not known."""
    check: str = ""
    """The SHA-256 of its text."""
    _load: Callable[[], PostReport]
    _read: Callable[[], str]

    @cached_property
    def text(self) -> str:
        """As in any report."""
        return self._read()

    @cached_property
    def _whole(self) -> PostReport:
        return self._load()

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """As in any report."""
        return self._whole.verdicts

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """As in any report."""
        return self._whole.findings

    @cached_property
    def suppressed(self) -> tuple[Finding, ...]:
        """As in any report."""
        return self._whole.suppressed

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PostReport):
            return NotImplemented
        return all(getattr(self, each.name) == getattr(other, each.name) for each in fields(self))

    __hash__ = PostReport.__hash__


class Written(NamedTuple):
    """A post's text, which is read when somebody asks for it."""

    path: str
    check: str
    """Its SHA-256."""
    read: Callable[[], str]


def recall(
    written: Written, outline: Outline, digest: str, load: Callable[[], PostReport]
) -> Recalled:
    """Return the report that `load` gives; `digest` is of all that it is made from."""
    path, check, read = written
    report = object.__new__(Recalled)
    short = {name: getattr(outline, name) for name in _SHORT}
    vars(report).update(path=path, check=check, digest=digest, _read=read, _load=load, **short)
    return report


class RecalledPost(Manuscript):
    """A post of which the front matter is at hand, and the text when it is asked for."""

    _read: Callable[[], str]

    @cached_property
    def text(self) -> str:
        """As of any post."""
        return self._read()


def recall_post(report: PostReport, front: FrontMatter) -> RecalledPost:
    """Return the post that a report is about."""
    post = object.__new__(RecalledPost)
    object.__setattr__(post, "path", report.path)
    object.__setattr__(post, "front", front)
    object.__setattr__(post, "_read", partial(getattr, report, "text"))
    return post


def then(report: PostReport, make: Callable[[], PostReport], *given: object) -> PostReport:
    """Return what is made of a report: it differs from it in verdicts and findings alone.

    `given` is all that it depends on besides, to be encoded. Of one that is recalled it is made
    when somebody asks for it.
    """
    digest = digest_of_report(report)
    if not digest:
        return make()
    try:
        told = encode(given).decode()
    except UnicodeEncodeError:  # half a character, out of a damaged source
        return make()
    written = Written(report.path, check_of(report), partial(getattr, report, "text"))
    return recall(written, outline_of(report), digest_of(digest, told), make)


def check_of(report: PostReport) -> str:
    """Return the SHA-256 of a report's text."""
    return report.check if isinstance(report, Recalled) else text_sha256(report.text)


def digest_of_report(report: PostReport) -> str:
    """Return a digest of all that a report is made from; empty where that is not known."""
    return report.digest if isinstance(report, Recalled) else ""
