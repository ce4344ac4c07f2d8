"""Reports of former runs, which are decoded when somebody asks for more than what is short."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

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
from pubtool.writers.recent import Recent


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


HELD = 64
"""Reports that a run holds which comes to all of them some four times."""


class Held:
    """The reports and texts that were asked for last: the others are read again.

    Those of an archive's posts at once would take a third of a megabyte a post.
    """

    def __init__(self, most: int = sys.maxsize) -> None:
        """Hold at most so many; all where a report on all is to be made anyway."""
        self.reports: Recent[str, PostReport] = Recent(most)
        self.texts: Recent[str, str] = Recent(most)


if TYPE_CHECKING:
    from functools import cached_property as asked_for
else:

    class asked_for:  # noqa: N801 - as the library's own
        """A field that is looked for each time it is asked for, unless it was set."""

        def __init__(self, find: Callable[[Any], Any]) -> None:
            self._find = find

        def __get__(self, held: object, kind: type | None = None) -> Any:
            return self._find(held)


class Recalled(PostReport):
    """A report of which the outline is at hand, the rest when it is asked for.

    What is made of it by `dataclasses.replace` is a report like any other, of no digest.
    """

    digest: str = ""
    """Of all that it is made from; empty where that is not known."""
    check: str = ""
    """The SHA-256 of its text."""
    held: Held
    _load: Callable[[], PostReport]
    _read: Callable[[], str]

    @asked_for
    def text(self) -> str:
        """As in any report."""
        return self.held.texts.get(self.check, self._read)

    @asked_for
    def verdicts(self) -> tuple[Verdict, ...]:
        """As in any report."""
        return self._whole.verdicts

    @asked_for
    def findings(self) -> tuple[Finding, ...]:
        """As in any report."""
        return self._whole.findings

    @asked_for
    def suppressed(self) -> tuple[Finding, ...]:
        """As in any report."""
        return self._whole.suppressed

    @property
    def _whole(self) -> PostReport:
        return self.held.reports.get(self.digest, self._load)

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
    written: Written, outline: Outline, digest: str, load: Callable[[], PostReport], held: Held
) -> Recalled:
    """Return the report that `load` gives; `digest` is of all that it is made from."""
    path, check, read = written
    report = object.__new__(Recalled)
    short = {name: getattr(outline, name) for name in _SHORT}
    own = {"path": path, "check": check, "digest": digest, "held": held}
    vars(report).update(own, _read=read, _load=load, **short)
    return report


class RecalledPost(Manuscript):
    """A post of which the front matter is at hand, and the text when it is asked for."""

    _read: Callable[[], str]

    @asked_for
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
    if not isinstance(report, Recalled) or not report.digest:  # what `replace` makes has none
        return make()
    try:
        told = encode(given).decode()
    except UnicodeEncodeError:  # half a character, out of a damaged source
        return make()
    written = Written(report.path, report.check, partial(getattr, report, "text"))
    digest = digest_of(report.digest, told)
    return recall(written, outline_of(report), digest, make, report.held)


def check_of(report: PostReport) -> str:
    """Return the SHA-256 of a report's text."""
    return report.check if isinstance(report, Recalled) else text_sha256(report.text)


def digest_of_report(report: PostReport) -> str:
    """Return a digest of all that a report is made from; empty where that is not known."""
    return report.digest if isinstance(report, Recalled) else ""
