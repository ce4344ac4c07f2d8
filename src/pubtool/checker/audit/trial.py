"""The mutants before the judge: which are refused, which are warned of, which would pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pubtool.checker.audit.mutations import KINDS, WRONG_PLACE, Mutant, Stock, make_mutants
from pubtool.checker.check import check_quotations
from pubtool.checker.conventions import Conventions
from pubtool.checker.evidence import Library
from pubtool.model import (
    Flow,
    FrontMatter,
    Key,
    Leaf,
    Post,
    PostReport,
    Quotation,
    QuotationKind,
    Severity,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.text.words import find_words

MOST = 100
"""Quotations that are put to the trial: those with the first ids, which are as good as drawn."""
_SHORT = 8
"""Words below which a quotation may stand elsewhere by chance, or be taken for a term."""
_SHORT_WORD = 4
"""Letters of a word that says too little to be put in another's place."""
_PASSED = (VerdictKind.VERBATIM, VerdictKind.ADAPTED)
_NO_TRIAL = (QuotationKind.TITLE, QuotationKind.TERM)


@dataclass(frozen=True, slots=True)
class Passed:
    """A misquotation that would pass."""

    kind: str
    path: str
    """The post that the quotation is in."""
    quotation: str
    change: str
    text: str
    verdict: str
    warned: bool
    """Whether a warning that the right quotation does not give stands beside it."""
    found: str
    """The source and the words that it was taken for; empty where there are none."""
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one kind."""

    kind: str
    made: int
    warned: int
    """How many pass with a warning."""
    passed: int
    """How many pass without one."""
    true: int
    """How many stand in a source all the same, which is no misquotation; not counted as made."""


@dataclass(frozen=True)
class Audit:
    """What an audit found out."""

    quotations: int
    """How many were put to the trial."""
    of: int
    """How many passed, of which they are some."""
    rows: tuple[Row, ...]
    evidence: tuple[Passed, ...]
    """Those that would pass, by kind, then post."""


def audit(
    reports: Iterable[PostReport], library: Library, conventions: Conventions, lang: str
) -> Audit:
    """Return what would pass of the misquotations that can be made of a project's quotations."""
    passing = [
        (report.path, verdict)
        for report in reports
        for verdict in report.verdicts
        if verdict.kind in _PASSED and verdict.quotation.kind not in _NO_TRIAL and verdict.match
    ]
    passing.sort(key=lambda each: (each[1].quotation.id, each[0]))
    stock = _stock([verdict for _, verdict in passing], lang)
    trial = _Trial(library, conventions)
    for path, verdict in passing[:MOST]:
        trial.try_all(path, verdict, [*make_mutants(verdict, stock)])
    return Audit(min(len(passing), MOST), len(passing), trial.rows(), trial.evidence())


def _stock(verdicts: Sequence[Verdict], lang: str) -> Stock:
    words, names, others = set[str](), set[str](), dict[Key, str]()
    for verdict in verdicts:
        match = verdict.match
        assert match is not None
        beside = f"{match.before} {match.after}".split()
        words |= {word for word in beside if len(word) > 4 and word.isalpha() and word.islower()}
        names |= {
            word for word in beside[1:] if len(word) > 4 and word.isalpha() and word.istitle()
        }
        if match.key not in others:
            others[match.key] = verdict.quotation.text
    keys = sorted(others)
    return Stock(
        tuple(sorted(words)), tuple(sorted(names)), {key: others[key] for key in keys}, lang
    )


class _Trial:
    """Mutants tried so far."""

    def __init__(self, library: Library, conventions: Conventions) -> None:
        self._library = library
        self._conventions = conventions
        self._made = Counter[str]()
        self._true = Counter[str]()
        self._passed: list[Passed] = []
        self._texts: dict[Key, str] = {}

    def try_all(self, path: str, verdict: Verdict, mutants: Sequence[tuple[str, Mutant]]) -> None:
        """Judge the mutants of one quotation."""
        quotations = [_quotation(verdict.quotation, mutant) for _, mutant in mutants]
        post = Post(path, "", FrontMatter(), ())
        found = check_quotations(quotations, post, self._library, self._conventions)
        known = {finding.code for finding in verdict.findings}
        for (kind, mutant), judged in zip(mutants, found, strict=True):
            if not judged.kind.passes:
                self._made[kind] += 1
            elif self._is_true(kind, verdict, mutant, judged):
                self._true[kind] += 1
            else:
                self._made[kind] += 1
                warned = any(
                    finding.severity is not Severity.INFO and finding.code not in known
                    for finding in judged.findings
                )
                self._passed.append(_passed(kind, path, verdict, mutant, judged, warned=warned))

    def rows(self) -> tuple[Row, ...]:
        """Return the kinds, in their order, of which there were any."""
        warned = Counter(one.kind for one in self._passed if one.warned)
        silent = Counter(one.kind for one in self._passed if not one.warned)
        return tuple(
            Row(kind, self._made[kind], warned[kind], silent[kind], self._true[kind])
            for kind in KINDS
            if self._made[kind] or self._true[kind]
        )

    def evidence(self) -> tuple[Passed, ...]:
        """Return what would pass, those without a warning first."""
        order = [*KINDS]
        return tuple(
            sorted(
                self._passed,
                key=lambda one: (one.warned, order.index(one.kind), one.path, one.quotation),
            )
        )

    def _is_true(self, kind: str, verdict: Verdict, mutant: Mutant, judged: Verdict) -> bool:
        """Whether a mutant's words stand somewhere as they are, so that it is no misquotation.

        Compared word by word with the whole text, as nothing of the checker does.
        """
        words = _folded(mutant.text)
        if kind == WRONG_PLACE:
            return self._text(judged.match.key).count(words) > 1 if judged.match else False
        keys = [cited.key for cited in mutant.cited or ()]
        keys = keys or [judged.match.key if judged.match else verdict.quotation.cited[0].key]
        return any(words in self._text(key) for key in keys)

    def _text(self, key: Key) -> str:
        if key not in self._texts:
            index = self._library.index
            self._texts[key] = _folded(index.source(key).text) if key in index.live else ""
        return self._texts[key]


def _folded(text: str) -> str:
    return f" {' '.join(word.folded for word in find_words(text))} "


def _quotation(quotation: Quotation, mutant: Mutant) -> Quotation:
    span = Span(0, len(mutant.text))
    return replace(
        quotation,
        flow=Flow(mutant.text, (Leaf(0, len(mutant.text), span),)),
        span=span,
        block=-1,
        joints=(),
        cited=quotation.cited if mutant.cited is None else mutant.cited,
        waivers=(),
        emphasis=(),
    )


def _passed(  # noqa: PLR0913 - what a reader needs to see why
    kind: str, path: str, verdict: Verdict, mutant: Mutant, judged: Verdict, *, warned: bool
) -> Passed:
    found = f"@{judged.match.key}: “{judged.match.text}”" if judged.match else ""
    return Passed(
        kind,
        path,
        verdict.quotation.id,
        mutant.change,
        mutant.text,
        judged.kind.value,
        warned,
        found,
        _why(mutant, judged, verdict),
    )


def _why(mutant: Mutant, judged: Verdict, right: Verdict) -> str:
    """Return what may explain that a mutant passes."""
    if judged.kind is VerdictKind.EXEMPT:
        return "taken for a term, not for a quotation"
    known = {(each.quoted, each.source) for each in right.differences}
    for each in judged.differences:
        if (each.permitted or each.marked) and (each.quoted, each.source) not in known:
            said = "marked by the author" if each.marked else "permitted by the convention"
            return f"“{each.quoted or '∅'}” for “{each.source or '∅'}” is {said}"
    if len(mutant.text.split()) < _SHORT:
        return "so short that it may stand elsewhere"
    return "no difference was seen"
