"""Quotations, what they are compared with, and what is found out about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pubtool.model.finding import Finding
from pubtool.model.places import Code, Flow, Key, Locator, Span
from pubtool.model.sources import Extent


class QuotationKind(Enum):
    """What a quotation is; the contract's section 3."""

    INLINE = "inline"
    BLOCK = "block"
    EPIGRAPH = "epigraph"
    TITLE = "title"
    TERM = "term"


class How(Enum):
    """How a quotation came to be compared with a source."""

    CITATION = "citation"
    ATTRIBUTION = "attribution"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that a quotation is said to be from."""

    key: Key
    locator: Locator | None
    how: How
    firm: bool = True
    """Whether the post says that the words are this source's (a citation; "Kunze explains that"),
    or only mentions it nearby ("the Protocol is the …"): that supports a place, but accuses
    nobody."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """An author's or editor's word that findings do not matter here."""

    codes: tuple[Code, ...]
    reason: str
    span: Span
    """Post offsets of the waiver itself."""
    place: Span
    """Post offsets of what it holds for, quotations or the author's own prose."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage that the post presents as somebody else's words."""

    id: str
    """``q-`` and hexadecimal digits; the same words in the same post, counted, give the same id."""
    kind: QuotationKind
    flow: Flow
    """The words between the marks, marks left off; paragraphs are joined by a blank line and the
    parts of an interrupted quotation by one space. Notes and citations inside are left out."""
    span: Span
    """Post offsets from the first to the last quoted character, marks left off."""
    block: int
    """The number of the post's block that it begins in."""
    joints: tuple[int, ...] = ()
    """Offsets in the flow's text where the author interrupts ("…," she writes, "…")."""
    remark: str = ""
    """What the author says of the quotation in parentheses behind it: ``emphasis added``."""
    cited: tuple[Cited, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    emphasis: tuple[Span, ...] = ()
    """What of the flow's text the post sets in italics or bold; sorted."""
    unseen: tuple[Span, ...] = ()
    """What of it readers see struck out or not at all; sorted."""

    @property
    def text(self) -> str:
        """The words as the post has them."""
        return self.flow.text

    def locators(self, key: Key) -> tuple[Locator, ...]:
        """Return the places in a source that the post cites for it, each once."""
        every = (cited.locator for cited in self.cited if cited.key == key)
        return tuple(dict.fromkeys(locator for locator in every if locator is not None))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a source that may hold the passage."""

    key: Key
    span: Span
    """Source offsets of the window."""
    score: float
    """Ranks candidates; never judges."""


class DifferenceKind(Enum):
    """The contract's kinds of difference."""

    SUBSTITUTION = "substitution"
    INSERTION = "insertion"
    DELETION = "deletion"
    TRANSPOSITION = "transposition"
    CASE = "case"
    PUNCTUATION = "punctuation"
    TYPOGRAPHY = "typography"
    SPELLING = "spelling"
    BRACKET = "bracket"
    ELLIPSIS = "ellipsis"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which the quotation is not the passage."""

    kind: DifferenceKind
    quoted: str
    """The quotation's characters; empty for a deletion."""
    source: str
    """The source's characters; empty for an insertion."""
    at: Span
    """Offsets in the quotation's text; empty where the source has more."""
    there: Span
    """Source offsets; empty where the post has more."""
    marked: bool
    """Whether the author shows it (brackets, ellipsis)."""
    permitted: bool
    """Whether the convention in force lets it stand."""
    code: Code | None = None
    """The finding that it gives, if any."""


class Located(Enum):
    """Whether a passage is where the post's citation says."""

    AGREES = "agrees"
    """As far as both say: a coarser place agrees with a finer one in it."""
    DIFFERS = "differs"
    UNCOMPARED = "not-compared"
    """The source's text marks no such places, or not there."""


@dataclass(frozen=True, slots=True)
class Match:
    """The best place of a quotation."""

    key: Key
    span: Span
    """Source offsets."""
    text: str
    """The source's own characters there."""
    prefix: str
    """Up to 32 characters before."""
    suffix: str
    """Up to 32 characters after."""
    locator: Locator | None
    """The most exact locator of the place that the source offers."""
    score: float
    """The share of the quotation's words that stand there, in order: 0 to 1."""
    extent: Extent = Extent.FULL
    before: str = ""
    """What a reader is shown of the source up to the passage: up to 160 code points, whole words,
    the paragraph's alone where that says enough."""
    after: str = ""
    """The same behind the passage."""
    length: int = 0
    """Code points of the source's text: whether it goes on behind `after`."""
    sheet: int = 0
    """The page of the source's file that the passage begins on, counted from 1, whatever number is
    printed there; 0 where the file has no pages of its own."""
    located: Located | None = None
    """Whether it is where the post says; None where the post cites no place in this source."""


class VerdictKind(Enum):
    """The contract's eight verdicts."""

    EXEMPT = "exempt"
    UNCHECKED = "unchecked"
    MISATTRIBUTED = "misattributed"
    ABSENT = "absent"
    ALTERED = "altered"
    MISLOCATED = "mislocated"
    ADAPTED = "adapted"
    VERBATIM = "verbatim"

    @property
    def passes(self) -> bool:
        """Whether a quotation with this verdict may be published as it is."""
        return self in (VerdictKind.EXEMPT, VerdictKind.ADAPTED, VerdictKind.VERBATIM)

    @property
    def fails(self) -> bool:
        """Whether it was compared and found wrong; `unchecked` neither passes nor fails."""
        return not self.passes and self is not VerdictKind.UNCHECKED


TERM = "term"
OWN_WORDS = "own-words"
"""Why a quotation is exempt that quotes nothing: words that are set off, or the author's own."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about one quotation."""

    quotation: Quotation
    kind: VerdictKind
    reason: str | None
    """Why it is exempt or unchecked: a word such as ``term``, ``waived``, ``missing``, ``excerpt``,
    ``second-hand``; else None."""
    match: Match | None
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]

    @property
    def uncompared(self) -> tuple[Locator, ...]:
        """The places that it cites and that could not be compared, where its words were."""
        match = self.match
        if match is None or match.located is not Located.UNCOMPARED:
            return ()
        if self.kind in (VerdictKind.UNCHECKED, VerdictKind.EXEMPT):
            return ()
        return self.quotation.locators(match.key)
