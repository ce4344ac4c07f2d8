"""What the page shows of one quotation, or of a finding that is in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubtool.model import (
    OWN_WORDS,
    TERM,
    FileReport,
    Finding,
    PostReport,
    Severity,
    Verdict,
    VerdictKind,
    Where,
)
from pubtool.reporters.html.compared import both_sides
from pubtool.reporters.html.prose import escaped
from pubtool.reporters.text import WHY, passage
from pubtool.text.lines import Lines

NO_QUOTATION = "other"
"""The kind of what is in no quotation."""

_EXEMPT = {
    TERM: "a term set off in quotation marks",
    OWN_WORDS: "the author's own words",
    "waived": "waived, with a reason",
}

_PLACES = {
    Where.POST: "waived in the post",
    Where.DECISION: "decided",
    Where.BASELINE: "in the baseline",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One quotation with its findings, or findings at a place where none is."""

    verdict: Verdict | None
    findings: Sequence[Finding]
    known: Sequence[Finding]
    """What is suppressed."""
    place: tuple[int, int]
    """Line and column, 1-based."""
    excerpt: str = ""
    """The line of the file, where there is no quotation."""
    in_baseline: bool = False
    """Whether the baseline has the quotation as it does not pass."""

    @property
    def kind(self) -> str:
        """The verdict's word, or that it is none."""
        return self.verdict.kind.value if self.verdict else NO_QUOTATION

    @property
    def codes(self) -> set[str]:
        """The codes that are named."""
        return {str(finding.code) for finding in (*self.findings, *self.known)}

    @property
    def wanting(self) -> bool:
        """Whether a person has something to mend here."""
        graver = any(finding.severity > Severity.INFO for finding in self.findings)
        wrong = self.verdict and self.verdict.kind.fails and not self.in_baseline
        return graver or bool(wrong and self.findings)

    def html(self, name: str) -> Iterator[str]:
        """Yield the lines of the page; `name` is the element's id."""
        more = " to-mend" if self.wanting else ""
        yield f'<article class="q {self.kind}{more}" id="{name}">'
        yield from self._heading(name)
        if self.verdict:
            yield from both_sides(self.verdict)
        elif self.excerpt:
            yield f'<p class="line" dir="auto">{escaped(self.excerpt)}</p>'
        if self.findings or self.known:
            yield "<ul>"
            yield from (_finding(finding) for finding in self.findings)
            yield from (_known(finding) for finding in self.known)
            yield "</ul>"
        yield "</article>"

    def _heading(self, name: str) -> Iterator[str]:
        line, column = self.place
        where = f'<a href="#{name}">line {line}, column {column}</a>'
        said = f'<strong class="verdict">{self.kind}</strong> ' if self.verdict else ""
        yield f"<h3>{said}{where}</h3>"
        about = _about(self.verdict) if self.verdict else ""
        about += f"{'; ' if about else ''}{_PLACES[Where.BASELINE]}" if self.in_baseline else ""
        if about:
            yield f'<p class="about">{escaped(about)}</p>'


def entries_of(part: PostReport | FileReport) -> Iterator[Entry]:
    """Yield what there is to show of a file, by place."""
    lines = Lines(part.text)
    verdicts = part.verdicts if isinstance(part, PostReport) else ()
    in_baseline = part.known if isinstance(part, PostReport) else ()
    known = part.suppressed
    ids = {verdict.quotation.id for verdict in verdicts}
    found: dict[str, tuple[list[Finding], list[Finding]]] = defaultdict(lambda: ([], []))
    alone = list[Entry]()
    for number, findings in enumerate((part.findings, known)):
        for finding in findings:
            if finding.quotation in ids:
                found[finding.quotation][number].append(finding)
            else:
                alone.append(_alone(finding, lines, known=bool(number)))
    quoted = []
    for verdict in verdicts:
        at = lines.position(verdict.quotation.span.start)
        name, place = verdict.quotation.id, (at.line, at.column)
        mine, others = (_sorted(findings) for findings in found[name])
        quoted.append(Entry(verdict, mine, others, place, in_baseline=name in in_baseline))
    yield from sorted([*quoted, *alone], key=lambda entry: entry.place)


def _alone(finding: Finding, lines: Lines, *, known: bool) -> Entry:
    """Return a finding that is in no quotation, with its line."""
    at = lines.position(finding.span.start)
    mine, others = ((), (finding,)) if known else ((finding,), ())
    return Entry(None, mine, others, (at.line, at.column), lines.line(at.line).strip())


def _sorted(findings: Sequence[Finding]) -> Sequence[Finding]:
    return sorted(findings, key=lambda each: (-each.severity, each.span, each.code, each.message))


def _about(verdict: Verdict) -> str:
    """Return where the passage stands, or why nothing can be said."""
    if verdict.kind is VerdictKind.EXEMPT:
        return _EXEMPT.get(verdict.reason or "", verdict.reason or "")
    if verdict.kind is VerdictKind.UNCHECKED:
        return WHY.get(verdict.reason or "", verdict.reason or "")
    return passage(verdict)


def _finding(finding: Finding) -> str:
    mend = ""
    if finding.fix:
        mend = f' <span class="mend">Mend: {escaped(finding.fix.description)}.</span>'
    return (
        f'<li class="{finding.severity.word}"><b>{finding.severity.word} {_code(finding)}</b> '
        f"{escaped(finding.message)}{mend}</li>"
    )


def _known(finding: Finding) -> str:
    why = finding.suppression
    told = [_PLACES[why.where], why.reason, why.by, why.on] if why else []
    reason = escaped(", ".join(part for part in told if part))
    return (
        f'<li class="known"><b>does not count {_code(finding)}</b> {escaped(finding.message)} '
        f'<span class="mend">({reason})</span></li>'
    )


def _code(finding: Finding) -> str:
    return f'<a href="#{finding.code}">{finding.code}</a>'
