"""Checking one post: its quotations found, placed, judged, and said in findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from pubtool.checker import context
from pubtool.checker.attribution import attribute
from pubtool.checker.borrowing import find_borrowing
from pubtool.checker.conventions import Conventions
from pubtool.checker.elements import Elements, take_apart
from pubtool.checker.evidence import Library, find_places, likely_stretches
from pubtool.checker.index.stretches import Stretch
from pubtool.checker.locating import best_locator
from pubtool.checker.own_words import are_own_words
from pubtool.checker.quotations import find_quotations
from pubtool.checker.quotations.waivers import all_waivers
from pubtool.checker.rules import find_findings
from pubtool.checker.rules.rule import Case
from pubtool.checker.search import Place
from pubtool.checker.setting import Asked, Judging, settings_of
from pubtool.checker.statements import modernises, modernises_post, stated
from pubtool.checker.titles import judge_title
from pubtool.checker.unread import unread_quotations
from pubtool.checker.verdict import NO_SOURCE, Judgement, judge
from pubtool.checker.waiving import Waived, in_order, of_post, waive, waive_at
from pubtool.checker.waiving.unused import with_unused
from pubtool.checker.whole_post import (
    cited_keys,
    images_without_text,
    links_within,
    title_again,
    uncompared_locators,
    unknown_citations,
)
from pubtool.model import (
    OWN_WORDS,
    Finding,
    Located,
    Match,
    Post,
    PostReport,
    Quotation,
    QuotationKind,
    SourceText,
    Span,
    Verdict,
    VerdictKind,
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
    borrowing: Borrowing | None = None,
) -> PostReport:
    """Return the verdicts and findings of one post, by place.

    Who knows verdicts or findings from before gives `judging` and `borrowing`; None means that all
    is found out now.
    """
    quotations, findings = find_quotations(post)
    attributed = attribute(quotations, post, library.naming)
    if modernises_post(post, attributed):
        conventions = conventions.with_spelling_announced()
    judged = (judging or judge_all)(settings_of(attributed, post), post, library, conventions)
    waived = [_waive(verdict) for verdict in judged]
    verdicts = tuple(each.verdict for each in waived)
    waivers = all_waivers(post)
    borrowed = (borrowing or find_borrowing)(post, attributed, library, conventions)
    own = [*post.findings, *findings, *borrowed]
    own += unknown_citations(post, attributed, library.bibliography)
    own += uncompared_locators(verdicts)
    own += images_without_text(post)
    own += title_again(post)
    own += unread_quotations(post, attributed)
    kept, suppressed = waive_at(own, waivers)
    report = PostReport(
        post.path,
        post.text,
        verdicts,
        in_order([*kept, *(finding for verdict in verdicts for finding in verdict.findings)]),
        cited_keys(post, verdicts),
        links_within(post),
        post.anchors,
        post.front.date,
        post.front.series,
        in_order([*(finding for each in waived for finding in each.suppressed), *suppressed]),
        waivers,
    )
    return with_unused(report)


def check_quotations(
    quotations: Sequence[Quotation], post: Post, library: Library, conventions: Conventions
) -> tuple[Verdict, ...]:
    """Return the verdict on each of some quotations, with its findings, waivers applied.

    They are looked up together, which costs much less than one by one, and judged each by itself.
    """
    found = judge_all(settings_of(quotations, post), post, library, conventions)
    return tuple(_waive(verdict).verdict for verdict in found)


def check_quotation(
    quotation: Quotation, post: Post, library: Library, conventions: Conventions
) -> Verdict:
    """Return the verdict on one quotation, with its findings, waivers applied."""
    return check_quotations((quotation,), post, library, conventions)[0]


def judge_all(
    every: Sequence[Asked], post: Post, library: Library, conventions: Conventions
) -> Iterator[Verdict]:
    """Yield the verdict on each quotation, with all its findings; `post` is for their fixes."""
    quotations = [asked.quotation for asked in every]
    apart = [take_apart(quotation) for quotation in quotations]
    stretches = likely_stretches(quotations, apart, library)
    for asked, elements, some in zip(every, apart, stretches, strict=True):
        yield _check(asked, elements, some, post, library, conventions)


def _check(  # noqa: PLR0913, PLR0917 - what a verdict hangs on
    asked: Asked,
    elements: Elements,
    stretches: Sequence[Stretch],
    post: Post,
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
        judgement = _in_setting(judge(quotation, elements, places, library), asked)
    case = Case(
        post,
        quotation,
        elements,
        setting.before,
        setting.after,
        setting.above,
        judgement,
        places,
        library,
        conventions,
    )
    shown = case.shown
    return Verdict(
        quotation,
        judgement.kind,
        judgement.reason,
        match_of(shown) if shown and quotation.kind is not QuotationKind.TITLE else None,
        case.differences,
        tuple(find_findings(case)),
    )


def _in_setting(judgement: Judgement, asked: Asked) -> Judgement:
    """Return the judgement on a quotation that cites nothing and stands nowhere, by its setting.

    The author's own words quote nobody. The author of a post that `pubtool import` brought from a
    blog never told us a source, so that one exists whose text nobody has added yet; absent would be
    said of texts that have nothing to do with it. Once the key `IMPORTED` is taken out of the front
    matter, it is judged like any other.
    """
    quotation, setting = asked.quotation, asked.setting
    if judgement.kind is not VerdictKind.ABSENT or quotation.cited:
        return judgement
    inline = quotation.kind is QuotationKind.INLINE
    if inline and are_own_words(setting.before, setting.after):
        return Judgement(VerdictKind.EXEMPT, OWN_WORDS)
    return Judgement(VerdictKind.UNCHECKED, NO_SOURCE) if setting.imported else judgement


def match_of(place: Place) -> Match:
    """Return a quotation's place in a source, with what stands round it."""
    source = place.alignment.part.source
    span = place.alignment.span
    return Match(
        place.key,
        span,
        source.text[span.start : span.end],
        source.text[max(span.start - _CONTEXT, 0) : span.start],
        source.text[span.end : span.end + _CONTEXT],
        best_locator(source, span, place.cited[0] if place.cited else None),
        round(place.alignment.share, 3),
        place.extent,
        context.before(source.text, span),
        context.after(source.text, span),
        len(source.text),
        _sheet(source, span),
        _LOCATED[place.located] if place.cited else None,
    )


_LOCATED = {True: Located.AGREES, False: Located.DIFFERS, None: Located.UNCOMPARED}


def _sheet(source: SourceText, span: Span) -> int:
    """Return the page of the source's file that a place begins on; 0 where it has none.

    Nor has a source of several files, since a page of one is none of the source.
    """
    after = bisect_right(source.sheets, span.start, key=lambda sheet: sheet.at)
    return source.sheets[after - 1].number if after and not source.sheets[-1].file else 0


def _waive(verdict: Verdict) -> Waived:
    """Return a verdict after the waivers in its post."""
    return waive(verdict, [of_post(waiver) for waiver in verdict.quotation.waivers])
