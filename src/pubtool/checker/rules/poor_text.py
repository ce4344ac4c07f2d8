"""Q306: the source's text is of poor quality here."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.rules.rule import Case, Rule, shorten
from pubtool.checker.search import Place
from pubtool.model import Code, Finding, Severity, VerdictKind
from pubtool.text.folding import fold
from pubtool.text.meaning import MODALS, is_negation, is_number

_PASSING = (VerdictKind.VERBATIM, VerdictKind.ADAPTED)
RULE = Rule(Code("Q306"), Severity.WARNING, "poor_text")


def find(case: Case) -> Iterator[Finding]:
    """Yield one finding a stretch that looks misread."""
    for difference in case.coded(RULE.code):
        quoted, source = shorten(difference.quoted), shorten(difference.source)
        said = f"“{source}” for “{quoted}”" if quoted else f"“{source}” besides"
        message = f"the source's text has {said}, which looks misread by a scanner"
        yield case.finding(RULE, message, difference)
    if case.judgement.kind in _PASSING and case.judgement.place is not None:
        words = ", ".join(f"“{word}”" for word in _doubtful(case.judgement.place))
        if words:
            yield case.finding(RULE, f"it rests on {words}, of which the recogniser was not sure")


def _doubtful(place: Place) -> Iterator[str]:
    """Yield the words of a passage on which the sense turns, and that may be misread."""
    part = place.alignment.part
    for span in part.source.doubtful:
        if span.overlaps(place.alignment.span):
            word = part.source.text[span.start : span.end].strip(".,;:!?()[]“”‘’\"'")
            folded = fold(word)
            if is_negation(folded) or is_number(folded) or folded in MODALS:
                yield word
