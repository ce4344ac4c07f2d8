"""Checking one post: its quotations found, placed, judged, and said in findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from pubtool.checker import context
from pubtool.checker.attribution import attribute
from pubtool.checker.borrowing import find_borrowing
from pubtool.checker.conventions import Conventions
from pubtool.checker.elements import Elements, take_apart
from pubtool.checker.evidence import Library, find_places, likely_stretches
from pubtool.checker.locating import best_locator
from pubtool.checker.quotations import find_quotations
from pubtool.checker.quotations.waivers import find_prose_waivers
from pubtool.checker.rules import find_findings, no_text, unattributed, waiver_unused
from pubtool.checker.rules.rule import Case
from pubtool.checker.search import Place
from pubtool.checker.setting import Asked, Judging, settings_of
from pubtool.checker.statements import modernises, modernises_post, stated
from pubtool.checker.stretches import Stretch
from pubtool.checker.titles import judge_title
from pubtool.checker.verdict import NO_SOURCE, Judgement, judge
from pubtool.checker.whole_post import (
    cited_keys,
    images_without_text,
    links_within,
    unknown_citations,
)
from pubtool.model import (
    Code,
    Finding,
    Match,
    Post,
    PostReport,
    Quotation,
    QuotationKind,
    Severity,
    SourceText,
    Span,
    Verdict,
    VerdictKind,
    Waiver,
)

_CONTEXT = 32
"""Characters of prefix and suffix, as the Web Annotation model's TextQuoteSelector suggests."""

Borrowing = Callable[[Post, Sequence[Quotation], Library, Conventions], list[Finding]]
"""Finds what a post has from its sources outside of quotations."""


def check_post(
    post: Post,
    library: Library,
    conventions: Conventions,
    judging: Judging | None = None,
    borrowing: Borrowing = find_borrowing,
) -> PostReport:
    """Return the verdicts and findings of one post, by place.

    `judging` and `borrowing` may know verdicts and findings from before; what they give is what
    would be found out anew.
    """
    quotations, findings = find_quotations(post)
    attributed = attribute(quotations, post, library.naming)
    if modernises_post(post, attributed):
        conventions = conventions.with_spelling_announced()
    asked = settings_of(attributed, post)
    verdicts = tuple((judging or judge_all)(asked, library, conventions))
    own = [finding for verdict in verdicts for finding in verdict.findings]
    own += unknown_citations(post, attributed, library.bibliography)
    own += images_without_text(post)
    own += _waive_prose(borrowing(post, attributed, library, conventions), post)
    every = sorted(
        {*post.findings, *findings, *own},
        key=lambda f: (f.span.start, f.code, f.span.end, f.message),
    )
    return PostReport(
        post.path,
        post.text,
        verdicts,
        tuple(every),
        cited_keys(post, verdicts),
        links_within(post),
        post.anchors,
        post.front.date,
        post.front.series,
    )


def check_quotations(
    quotations: Sequence[Quotation], post: Post, library: Library, conventions: Conventions
) -> tuple[Verdict, ...]:
    """Return the verdict on each of some quotations, with its findings, waivers applied."""
    return judge_all(settings_of(quotations, post), library, conventions)


def check_quotation(
    quotation: Quotation, post: Post, library: Library, conventions: Conventions
) -> Verdict:
    """Return the verdict on one quotation, with its findings, waivers applied."""
    return check_quotations((quotation,), post, library, conventions)[0]


def judge_all(
    every: Sequence[Asked], library: Library, conventions: Conventions
) -> tuple[Verdict, ...]:
    """Return the verdict on each of some quotations, with its findings, waivers applied.

    They are looked up together, which costs much less than one by one, and judged each by itself.
    """
    quotations = [asked.quotation for asked in every]
    apart = [take_apart(quotation) for quotation in quotations]
    stretches = likely_stretches(quotations, apart, library)
    return tuple(
        _check(asked, elements, some, library, conventions)
        for asked, elements, some in zip(every, apart, stretches, strict=True)
    )


def _check(
    asked: Asked,
    elements: Elements,
    stretches: Sequence[Stretch],
    library: Library,
    conventions: Conventions,
) -> Verdict:
    quotation, setting = asked.quotation, asked.setting
    if modernises(stated(quotation, elements)):
        conventions = conventions.with_spelling_announced()
    places: tuple[Place, ...] = ()
    if quotation.kind is QuotationKind.TITLE and quotation.cited:
        source = library.bibliography.sources[quotation.cited[0].key]
        judgement = judge_title(quotation, elements, source, conventions)
    else:
        if elements.words:
            places = find_places(quotation, elements, library, conventions, stretches)
        judgement = _of_an_import(judge(quotation, elements, places, library), asked)
    case = Case(
        quotation,
        elements,
        setting.before,
        setting.after,
        judgement,
        places,
        library,
        conventions,
    )
    shown = case.shown
    verdict = Verdict(
        quotation,
        judgement.kind,
        judgement.reason,
        _match(shown, quotation) if shown and quotation.kind is not QuotationKind.TITLE else None,
        case.differences,
        tuple(find_findings(case)),
    )
    return _waive(verdict)


def _of_an_import(judgement: Judgement, asked: Asked) -> Judgement:
    """Return the judgement on a quotation of a post that `pubtool import` brought from a blog.

    Its author never told us a source, so that one exists whose text nobody has added yet; absent
    would be said of texts that have nothing to do with it. Once the key `IMPORTED` is taken out of
    the front matter, or the quotation cites something, it is judged like any other.
    """
    absent = judgement.kind is VerdictKind.ABSENT
    if asked.setting.imported and absent and not asked.quotation.cited:
        return Judgement(VerdictKind.UNCHECKED, NO_SOURCE)
    return judgement


def _match(place: Place, quotation: Quotation) -> Match:
    source = place.alignment.part.source
    span = place.alignment.span
    cited = next((c.locator for c in quotation.cited if c.key == place.key), None)
    return Match(
        place.key,
        span,
        source.text[span.start : span.end],
        source.text[max(span.start - _CONTEXT, 0) : span.start],
        source.text[span.end : span.end + _CONTEXT],
        best_locator(source, span, cited),
        round(place.alignment.share, 3),
        place.extent,
        context.before(source.text, span),
        context.after(source.text, span),
        len(source.text),
        _sheet(source, span),
    )


def _sheet(source: SourceText, span: Span) -> int:
    """Return the page of the source's file that a place begins on; 0 where it has none."""
    after = bisect_right(source.sheets, span.start, key=lambda sheet: sheet.at)
    return source.sheets[after - 1].number if after else 0


def _waive(verdict: Verdict) -> Verdict:
    """Return a verdict without its waived findings; one that fails by them alone is exempt."""
    waivers = verdict.quotation.waivers
    if not waivers:
        return verdict
    codes = {code for waiver in waivers for code in waiver.codes}
    kept = [finding for finding in verdict.findings if finding.code not in codes]
    used = {finding.code for finding in verdict.findings} & codes
    unused = [_unused(waiver, used, verdict) for waiver in waivers if not set(waiver.codes) <= used]
    exempt = (
        bool(used)
        and not verdict.kind.passes
        and not any(finding.severity is Severity.ERROR for finding in kept)
    )
    if exempt:  # the waiver's reason says whose words they are
        kept = [f for f in kept if f.code not in (no_text.RULE.code, unattributed.RULE.code)]
    return replace(
        verdict,
        kind=VerdictKind.EXEMPT if exempt else verdict.kind,
        reason="waived" if exempt else verdict.reason,
        findings=(*kept, *unused),
    )


def _waive_prose(findings: list[Finding], post: Post) -> list[Finding]:
    """Return findings about the post's own prose without the waived ones."""
    kept = findings
    unused = []
    for waiver, place in find_prose_waivers(post):
        waived = [f for f in findings if f.code in waiver.codes and place.overlaps(f.span)]
        kept = [finding for finding in kept if finding not in waived]
        if not waived:
            unused.append(_unused(waiver, set()))
    return [*kept, *unused]


def _unused(waiver: Waiver, used: set[Code], verdict: Verdict | None = None) -> Finding:
    idle = ", ".join(code for code in waiver.codes if code not in used)
    rule = waiver_unused.RULE
    message = f"the waiver of {idle} waives nothing"
    quotation = verdict.quotation.id if verdict else None
    return Finding(rule.code, rule.severity, message, waiver.span, quotation)
