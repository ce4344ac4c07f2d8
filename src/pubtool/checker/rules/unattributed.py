"""Q303: no citation and no attribution."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checker.attribution.names import titles_of, words_of
from pubtool.checker.attribution.strangers import names_a_speaker
from pubtool.checker.fixing import cite_source
from pubtool.checker.locating import best_locator, name_locator
from pubtool.checker.rules.rule import Case, Rule
from pubtool.checker.verdict import NO_SOURCE
from pubtool.model import Code, Edit, Finding, Fix, Key, Severity, Span, VerdictKind

RULE = Rule(Code("Q303"), Severity.WARNING, "unattributed")


_BARE_KEY = re.compile(r"[\"'”’»“.,:;]*\s*\[([^\s\[\]@,;:]+)")


def find(case: Case) -> Iterator[Finding]:
    """Yield a finding that offers the source where the words were located."""
    if case.quotation.cited or case.judgement.kind is VerdictKind.EXEMPT:
        return
    says = "nothing says whose words these are"
    if at := _without_at(case):
        key = case.post.text[at.start : at.end]
        fix = Fix(f"write [@{key}]", (Edit(Span(at.start, at.start), "@"),))
        yield case.finding(RULE, f"{says}: [{key}] is no citation without its @", fix=fix)
        return
    place = case.judgement.place
    if place is None:
        untold = case.judgement.reason == NO_SOURCE  # and says how to tell
        if not untold and (names_a_speaker(case.before, case.after) or _named_above(case)):
            return
        mend = "; cite the source, and add its text with `pubtool sources add`"
        to_add = mend if untold else ""
        yield case.finding(RULE, f"{says}{to_add}")
        return
    if place.key in _named_above(case) or _is_headed(case, place.key):
        return
    locator = best_locator(place.alignment.part.source, place.alignment.span)
    where = f"@{place.key}, {name_locator(locator)}" if locator else f"@{place.key}"
    message = f"{says}; they stand in [{where}]"
    yield case.finding(RULE, message, fix=cite_source(case, place))


def _named_above(case: Case) -> set[Key]:
    """Return the sources that the post's title or a heading names, as notes on a book do."""
    mentions = case.library.naming.mentions
    return {key for text in case.above for mention in mentions(text) for key in mention.keys}


def _is_headed(case: Case, key: Key) -> bool:
    """Whether the post's title or a heading is a source's title or an author's name, all of it."""
    source = case.library.bibliography.sources[key]
    names = [*titles_of(source), *(f"{name.given} {name.family}" for name in source.authors)]
    return not {words_of(text) for text in case.above}.isdisjoint(map(words_of, names))


def _without_at(case: Case) -> Span | None:
    """Return where behind the quotation a known key stands in brackets that lack its @."""
    found = _BARE_KEY.match(case.post.text, case.quotation.span.end)
    if found and found[1] in case.library.bibliography.sources:
        return Span(*found.span(1))
    return None
