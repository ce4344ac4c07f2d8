"""Looking at one quotation: all that an editor needs to decide about it."""

from __future__ import annotations

from dataclasses import dataclass

from pubtool.checker.elsewhere import OtherPlace
from pubtool.model import (
    Decision,
    Edit,
    Finding,
    Key,
    Locator,
    Match,
    Post,
    Verdict,
)
from pubtool.pipeline.picturing import has_pages
from pubtool.pipeline.reviewing.prose import surroundings
from pubtool.pipeline.reviewing.reviewed import WORDS, Item, Reviewed, shortened
from pubtool.pipeline.shelf import sources_of
from pubtool.pipeline.workspace import Workspace
from pubtool.text.collation import Piece, abridged, collate
from pubtool.text.lines import PARAGRAPH_END, Lines
from pubtool.writers.addresses import Links, Passage, links_to
from pubtool.writers.annotate import source_key
from pubtool.writers.naming import cite_source
from pubtool.writers.proof import Proof, Told, place_in_words, proofs, shown_match
from pubtool.writers.text_fragment import Searched

_AROUND = 60
"""Code points on either side of an edit that are shown with it."""
_LONGEST_GAP = 400
"""Code points of the source that an ellipsis leaves out; of more, the ends are shown."""
_SHOWN_OF_GAP = 120


@dataclass(frozen=True, slots=True)
class Named:
    """A source that the post names for the quotation."""

    key: Key
    citation: str
    """Author and title, as far as they are known."""
    place: str
    """``page 253``; empty where the post says none."""
    how: str
    """``citation`` or ``attribution``."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the post's file, as it is and as a fix would make it."""

    line: int
    before: str
    old: str
    new: str
    after: str


@dataclass(frozen=True, slots=True)
class Mend:
    """What would mend a finding."""

    number: int
    """Of the finding among the quotation's."""
    description: str
    safe: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as the editor is told of it."""

    code: str
    severity: str
    message: str
    mend: Mend | None
    waived: str
    """Why it does not count; empty where it does."""
    known: bool
    """Whether it does not count because the baseline has it."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another place where the quotation may stand."""

    key: Key
    citation: str
    locator: Locator | None
    place: str
    """The locator in words."""
    passes: bool
    before: str
    passage: str
    after: str


@dataclass(frozen=True, slots=True)
class Look:
    """A quotation under its editor's eyes."""

    item: Item
    kind: str
    line: int
    before: str
    """What the post says before it, in the same paragraph."""
    after: str
    pieces: tuple[Piece, ...]
    """The quotation and its passage, piece by piece."""
    named: tuple[Named, ...]
    proof: Proof
    has_pages: bool
    """Whether the source that the passage stands in is in files that have pages."""
    match: Match | None
    findings: tuple[Remark, ...]
    decisions: tuple[Decision, ...]
    """What was decided of it, in order; the last one holds."""
    current: bool
    """Whether the last is about the verdict that it has now."""
    fault: str
    """Why what was decided cannot be read, where that is so."""


class Looking:
    """What is known of the sources, for looking at one quotation after the other."""

    def __init__(self, workspace: Workspace) -> None:
        self._sources = workspace.bibliography.sources
        self._known = sources_of(workspace)
        self._paths = workspace.source_paths
        self._searched: tuple[Key, Searched | None] | None = None

    def at(self, post: Post, reviewed: Reviewed, number: int) -> Look:
        """Return all that is known of a post's quotation, by its number."""
        verdict, item = reviewed.verdicts[number - 1], reviewed.items[number - 1]
        before, after = surroundings(post, verdict.quotation)
        lines = Lines(post.text)
        [proof] = proofs([verdict], Told(WORDS, self._sources, self._links))
        shown = shown_match(verdict)
        standing = reviewed.standings.get(verdict.quotation.id)
        return Look(
            item,
            verdict.quotation.kind.value,
            lines.position(verdict.quotation.span.start).line,
            before,
            after,
            collate(verdict, _shown),
            self._named(verdict),
            proof,
            shown is not None and has_pages(self._paths.get(shown.key, ())),
            shown,
            _remarks(reviewed, verdict, lines),
            standing.decisions if standing else (),
            reviewed.decision(verdict) is not None,
            str(standing.fault or "") if standing else "",
        )

    def other(self, found: OtherPlace) -> Other:
        """Return another place of a quotation, in words."""
        match = found.match
        return Other(
            match.key,
            self._cited(match.key),
            match.locator,
            place_in_words(match.locator, WORDS),
            found.passes,
            match.before[-_AROUND * 2 :],
            shortened(match.text, 400),
            match.after[: _AROUND * 2],
        )

    def _named(self, verdict: Verdict) -> tuple[Named, ...]:
        return tuple(
            Named(
                cited.key,
                self._cited(cited.key),
                place_in_words(cited.locator, WORDS),
                cited.how.value,
            )
            for cited in verdict.quotation.cited
        )

    def _cited(self, key: Key) -> str:
        source = self._sources.get(key)
        return cite_source(source, WORDS) if source else str(key)

    def _links(self, verdict: Verdict) -> Links:
        key, match = Key(source_key(verdict)), shown_match(verdict)
        passage = Passage(match, lambda: self._text(key)) if match else None
        return links_to(self._sources.get(key), self._known.provenance(key), passage)

    def _text(self, key: Key) -> Searched | None:
        """Return a source's text; the last is kept, since the next quotation may be of it too."""
        if self._searched is None or self._searched[0] != key:
            text = self._known.text(key)
            self._searched = key, Searched(text) if text else None
        return self._searched[1]


def _shown(words: str) -> str:
    """Return the source's words in a difference as the page has room for them."""
    return abridged(words, _LONGEST_GAP, _SHOWN_OF_GAP)


def _remarks(reviewed: Reviewed, verdict: Verdict, lines: Lines) -> tuple[Remark, ...]:
    """Return what was found, and what would be if nobody had said that it does not matter."""
    waived = (f for f in reviewed.report.suppressed if f.quotation == verdict.quotation.id)
    text, decision = reviewed.report.text, reviewed.decision(verdict)
    return tuple(
        Remark(
            finding.code,
            finding.severity.word,
            finding.message,
            mend_of(finding, number, text, lines),
            _why_waived(finding, decision),
            finding in reviewed.known,
        )
        for number, finding in enumerate((*verdict.findings, *waived))
    )


def _why_waived(finding: Finding, decision: Decision | None) -> str:
    """Return why a finding does not count, as who waived it says; nothing where it does."""
    if finding.suppression is not None:
        return finding.suppression.reason
    return decision.reason if decision is not None and finding.code in decision.codes else ""


def mend_of(finding: Finding, number: int, text: str, lines: Lines) -> Mend | None:
    """Return what would mend a finding, shown on the post's text; None where nothing would."""
    if finding.fix is None:
        return None
    changes = tuple(_change(edit, text, lines) for edit in finding.fix.edits)
    return Mend(number, finding.fix.description, finding.fix.safe, changes)


def _change(edit: Edit, text: str, lines: Lines) -> Change:
    start, end = edit.span.start, edit.span.end
    return Change(
        lines.position(start).line,
        PARAGRAPH_END.split(text[max(start - _AROUND, 0) : start])[-1],
        text[start:end],
        edit.text,
        PARAGRAPH_END.split(text[end : end + _AROUND], maxsplit=1)[0],
    )
