"""What may be done about a finding: its fix, a citation, a waiver that wants its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from pubtool.lsp.texts import Text
from pubtool.model import Edit, Finding, Fix, How, PostReport, QuotationKind, Span, Verdict
from pubtool.pipeline.writing import name_place

FIX_ALL = "source.fixAll.pubtool"
_CLOSING = "”\"»“’'"

Made = tuple[str, str, Sequence[Edit], Sequence[Finding], bool]
"""Title, kind, edits, the findings that it mends, and whether it is the one to prefer."""


def actions(report: PostReport, text: Text, asked: Span, only: Sequence[str]) -> Iterator[Made]:
    """Yield what may be done at a place, the fixes first."""
    findings = [f for f in report.findings if _touches(f.span, asked)]
    quick = types.CodeActionKind.QuickFix.value
    if _wanted(quick, only):
        for finding in findings:
            if finding.fix:
                yield _of_fix(finding, finding.fix, quick)
        for verdict in report.verdicts:
            if _touches(verdict.quotation.span, asked):
                yield from _citation(verdict, text.text, quick)
        yield from _waivers(findings, report, text.text, quick)
    if _wanted(FIX_ALL, only):
        fixes = safe_fixes(report.findings)
        if fixes:
            edits = [edit for fix in fixes for edit in fix.edits]
            yield f"Apply all safe fixes ({len(fixes)})", FIX_ALL, edits, (), False


def _wanted(kind: str, only: Sequence[str]) -> bool:
    return not only or any(kind == one or kind.startswith(f"{one}.") for one in only)


def _touches(span: Span, asked: Span) -> bool:
    return span.start <= asked.end and asked.start <= span.end


def _of_fix(finding: Finding, fix: Fix, kind: str) -> Made:
    title = fix.description[:1].upper() + fix.description[1:]
    return f"{title} ({finding.code})", kind, fix.edits, (finding,), fix.safe


def safe_fixes(findings: Iterable[Finding]) -> list[Fix]:
    """Return the safe fixes of a post, none of which touches what another changes."""
    taken: list[Span] = []
    chosen = []
    for fix in (finding.fix for finding in findings):
        if fix is None or not fix.safe or fix in chosen:
            continue
        spans = [edit.span for edit in fix.edits]
        if any(_touches(span, other) for span in spans for other in taken):
            continue
        taken += spans
        chosen.append(fix)
    return chosen


def _citation(verdict: Verdict, text: str, kind: str) -> Iterator[Made]:
    """Yield the citation of a quotation that stands somewhere and cites nothing."""
    quotation, match = verdict.quotation, verdict.match
    if match is None or quotation.kind is not QuotationKind.INLINE or not verdict.kind.passes:
        return
    if any(cited.how is How.CITATION for cited in quotation.cited):
        return
    if any(finding.fix for finding in verdict.findings if finding.code in ("Q303", "Q203")):
        return
    at = quotation.span.end
    at += len(text[at : at + 1]) if text[at : at + 1] in _CLOSING else 0
    where = f", {name_place(match.locator)}" if match.locator else ""
    citation = f"[@{match.key}{where}]"
    edit = Edit(Span(at, at), f" {citation}")
    yield f"Add the citation {citation}", kind, (edit,), (), False


def _waivers(
    findings: Sequence[Finding], report: PostReport, text: str, kind: str
) -> Iterator[Made]:
    """Yield, for each finding about a quotation, a waiver that still wants its reason.

    Without one it waives nothing, and is a finding itself: nothing passes by a click.
    """
    spans = {verdict.quotation.id: verdict.quotation.span for verdict in report.verdicts}
    seen = set[tuple[str, str]]()
    for finding in findings:
        quotation = finding.quotation or ""
        if quotation not in spans or (finding.code, quotation) in seen:
            continue
        seen.add((finding.code, quotation))
        start = _paragraph(text, spans[quotation].start)
        end = "\r\n" if "\r\n" in text else "\n"
        edit = Edit(Span(start, start), f"<!-- pubtool: waive {finding.code} --  -->{end}")
        yield f"Waive {finding.code} (then write the reason)", kind, (edit,), (finding,), False


def _paragraph(text: str, offset: int) -> int:
    """Return where the lines begin that hold a place, up to the blank line before them."""
    start = text.rfind("\n", 0, offset) + 1
    while start > 1:
        before = text.rfind("\n", 0, start - 1) + 1
        if not text[before:start].strip():
            break
        start = before
    return start
