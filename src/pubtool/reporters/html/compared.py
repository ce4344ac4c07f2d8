"""The post's words and the source's beside each other, what differs marked in both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.model import Difference, DifferenceKind, Match, Verdict, VerdictKind
from pubtool.reporters.html.prose import escaped
from pubtool.text.collation import in_step

MOST = 1_500
"""Characters of one stretch between two differences; the middle of a longer one is left out."""

_LINE_END = re.compile(r"(?<!\n)\n(?![ \t]*\n)")
"""The end of a line that ends no paragraph."""

_QUIET = frozenset({DifferenceKind.TYPOGRAPHY})
"""Kinds that are no difference to a reader."""

_WORDS = {
    DifferenceKind.SUBSTITUTION: "“{quoted}” for “{source}”",
    DifferenceKind.SPELLING: "“{quoted}” for “{source}”, another spelling",
    DifferenceKind.CASE: "“{quoted}” for “{source}”, another capital",
    DifferenceKind.PUNCTUATION: "“{quoted}” for “{source}”, other punctuation",
    DifferenceKind.BRACKET: "“{quoted}” in brackets for “{source}”",
    DifferenceKind.TRANSPOSITION: "“{quoted}” stands where the source has “{source}”",
    DifferenceKind.EMPHASIS: "“{quoted}” is emphasised otherwise",
}


def both_sides(verdict: Verdict) -> Iterator[str]:
    """Yield the words of the post, and those of the source where they are not the same."""
    match = verdict.match
    if match is None or verdict.kind is VerdictKind.VERBATIM:
        yield f'<blockquote dir="auto">{escaped(_cut(verdict.quotation.text))}</blockquote>'
        return
    shown = [each for each in in_step(verdict.differences) if each.kind not in _QUIET]
    yield '<div class="sides">'
    yield _side("The post", _post_side(verdict.quotation.text, shown))
    yield _side("The source", _source_side(match, shown))
    yield "</div>"
    told = [_in_words(each) for each in shown if each.code is None]
    if told:
        yield f'<p class="told">Marked or permitted: {escaped("; ".join(told))}.</p>'


def _side(name: str, parts: Iterator[str]) -> str:
    words = f'<blockquote dir="auto">{"".join(parts)}</blockquote>'
    return f"<figure><figcaption>{name}</figcaption>{words}</figure>"


def _post_side(text: str, differences: list[Difference]) -> Iterator[str]:
    at = 0
    for each in differences:
        yield escaped(_cut(text[at : each.at.start]))
        yield _marked("del", each.quoted, each)
        at = each.at.end
    yield escaped(_cut(text[at:]))


def _source_side(match: Match, differences: list[Difference]) -> Iterator[str]:
    """Yield the passage with a few words before and after it."""
    start, at = match.span.start, 0
    yield f'<span class="round">{escaped(_cut(match.before))}</span>'
    for each in differences:
        there = max(each.there.start - start, at)
        yield escaped(_cut(match.text[at:there]))
        yield _marked("ins", each.source, each)
        at = max(each.there.end - start, at)
    yield escaped(_cut(match.text[at:]))
    yield f'<span class="round">{escaped(_cut(match.after))}</span>'


def _marked(element: str, words: str, difference: Difference) -> str:
    """Return what differs: struck or underlined where it gave a finding, tinted where not."""
    excused = ' class="excused"' if difference.code is None else ""
    if not words.strip():
        return f"<{element}{excused}>‸</{element}>" if difference.code else ""
    return f"<{element}{excused}>{escaped(_cut(words))}</{element}>"


def _in_words(difference: Difference) -> str:
    quoted, source = (" ".join(_cut(w, 80).split()) for w in (difference.quoted, difference.source))
    if difference.kind is DifferenceKind.ELLIPSIS:
        return f"an ellipsis for “{source}”" if source else "an ellipsis"
    if not quoted:
        return f"“{source}” left out"
    if not source:
        return f"“{quoted}” added"
    words = _WORDS.get(difference.kind, _WORDS[DifferenceKind.SUBSTITUTION])
    return words.format(quoted=quoted, source=source)


def _cut(text: str, most: int = MOST) -> str:
    """Return a stretch as it is shown: lines joined to paragraphs, its middle left out if long."""
    text = _LINE_END.sub(" ", text)
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half].rstrip()} ⋯ {text[-half:].lstrip()}"
