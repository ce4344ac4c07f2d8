"""What readers are told of the check: plain words, no more than was found out.

A quotation that passed against an excerpt of its source says so; one that could not be checked
says why. Nothing here says "verified": the words were compared with a text, and the text is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pubtool.model import (
    Difference,
    DifferenceKind,
    Extent,
    Key,
    Locator,
    Match,
    QuotationKind,
    Source,
    Verdict,
    VerdictKind,
)
from pubtool.text.languages import foreign_tag
from pubtool.text.words import read_folds
from pubtool.writers.addresses import Links
from pubtool.writers.annotate import is_checked, source_key
from pubtool.writers.line_ends import undivided
from pubtool.writers.naming import cite_source, name_source
from pubtool.writers.passage import Part, passage_parts
from pubtool.writers.words import Words, direction, is_same_language

_OPEN = "○"
SYMBOLS: Mapping[VerdictKind, str] = {
    VerdictKind.VERBATIM: "✓",
    VerdictKind.ADAPTED: "✓",
    VerdictKind.UNCHECKED: _OPEN,
    VerdictKind.EXEMPT: _OPEN,
}
"""The mark after a quotation; a failed one has ``✗``."""

_COUNTED = tuple(
    VerdictKind(name) for name in "verbatim adapted mislocated altered absent misattributed".split()
)
"""What was compared, in the order in which the summary counts it."""

_SHOWING = frozenset({DifferenceKind.BRACKET, DifferenceKind.ELLIPSIS})
"""Changes whose words say by themselves how they are marked."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half a surrogate pair: what a damaged source may give."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One quotation of the list at a post's end."""

    number: int
    """Counts the post's checked quotations from 1."""
    id: str
    """The quotation's id; the list's entry is ``proof-`` and this."""
    symbol: str
    verdict: str
    """In words, the reason and the extent of the text included."""
    passes: bool
    quoted: str
    """The quotation's first words, or all of them."""
    source: str
    """The source's author and title; empty where no source is known."""
    place: str
    """``page 253``; empty where the source has none."""
    before: str
    """The source's words before the passage."""
    parts: tuple[Part, ...]
    """The passage: the source's own words, those apart that the post left out; none where nothing
    was located."""
    after: str
    changes: tuple[str, ...]
    """What is not as in the source, a phrase each."""
    key: str = ""
    """The source's citation key; empty where no source is known."""
    url: str = ""
    """Into the source at the passage, or else where the source is; http or https, or empty."""
    archive: str = ""
    """Where an archive keeps the source, at the passage; http or https, or empty."""
    citation: str = ""
    """The source's author and title, what it stands in and its year, as far as known."""
    lang: str = ""
    """The language of the passage, a BCP 47 tag; empty for the post's."""

    @property
    def passage(self) -> str:
        """The source's own words; empty where nothing was located."""
        return "".join(part.text for part in self.parts)

    @property
    def direction(self) -> str:
        """Which way the passage is read, where it is not in the post's language."""
        return direction(self.lang)

    @property
    def compared(self) -> bool:
        """Whether its words were compared with anything."""
        return self.symbol != _OPEN


@dataclass(frozen=True)
class Told:
    """What readers are told with: our words, and what is known of the sources."""

    words: Words
    sources: Mapping[Key, Source]
    links: Callable[[Verdict], Links]
    """Where a verdict's source, and the passage in it, can be seen."""
    lang: str = ""
    """The post's language, where it matters."""


def proofs(verdicts: Sequence[Verdict], told: Told) -> tuple[Proof, ...]:
    """Return the list of a post's quotations, terms left out, in the post's order."""
    return tuple(
        _proof(number, verdict, told) for number, verdict in enumerate(listed(verdicts), 1)
    )


def listed(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts that readers are told of, in the post's order."""
    return sorted(
        (verdict for verdict in verdicts if is_checked(verdict)),
        key=lambda verdict: (verdict.quotation.span, verdict.quotation.id),
    )


def summary(verdicts: Sequence[Verdict], words: Words) -> str:
    """Return the sentence on all of a post's quotations; empty where it has none.

    ``12 quotations: 9 word for word, 3 adapted; 2 could not be checked: …``
    """
    told = [verdict for verdict in verdicts if is_checked(verdict)]
    if not told:
        return ""
    kinds = Counter(verdict.kind for verdict in told)
    counted = [words(f"summary.{k.value}", count=kinds[k]) for k in _COUNTED if kinds[k]]
    parts = [", ".join(counted)] if counted else []
    if count := kinds[VerdictKind.UNCHECKED]:
        parts.append(words("summary.unchecked", count=count, reasons=_reasons(told, words)))
    if count := kinds[VerdictKind.EXEMPT]:
        parts.append(words("summary.exempt", count=count))
    sentence = words("summary.quotations", count=len(told), parts="; ".join(parts))
    uncompared = sum(bool(verdict.uncompared) for verdict in told)
    places = words("summary.uncompared", count=uncompared) if uncompared else ""
    return " ".join(filter(None, (sentence, _extents(told, words), places)))


def verdict_in_words(verdict: Verdict, words: Words) -> str:
    """Return what was found out of a quotation: the reason and the extent of the text included.

    A page that is cited and could not be compared is named, for the words' mark is beside it.
    """
    said = words(f"verdict.{verdict.kind.value}")
    if verdict.kind is VerdictKind.EXEMPT:
        reasons = "; ".join(dict.fromkeys(w.reason for w in verdict.quotation.waivers if w.reason))
        return words("proof.why", verdict=said, reason=reasons) if reasons else said
    if verdict.kind is VerdictKind.UNCHECKED:
        return words("proof.why", verdict=said, reason=_reason(verdict.reason or "", words))
    if verdict.quotation.kind is QuotationKind.TITLE:
        return words("proof.title", verdict=said)
    if verdict.match is not None and verdict.match.extent is Extent.EXCERPT:
        said = words("proof.excerpt", verdict=said)
    places = ", ".join(place_in_words(locator, words) for locator in verdict.uncompared)
    return words("proof.uncompared", verdict=said, place=places) if places else said


def shown_match(verdict: Verdict) -> Match | None:
    """Return the passage that may be shown as the source's own words; None where there is none.

    What is known of a source only as somebody else quotes it is not that.
    """
    match = verdict.match
    return None if match is None or match.extent is Extent.SECOND_HAND else match


def _extents(verdicts: Sequence[Verdict], words: Words) -> str:
    """Return the sentence on what was compared with less than the whole source."""
    passed = [v for v in verdicts if v.kind in (VerdictKind.VERBATIM, VerdictKind.ADAPTED)]
    partly = sum(v.match is not None and v.match.extent is Extent.EXCERPT for v in passed)
    if not partly:
        return ""
    if partly < len(passed):
        return words("summary.excerpts-some", count=partly)
    return words("summary.excerpts" if partly > 1 else "summary.excerpt")


def _reasons(verdicts: Sequence[Verdict], words: Words) -> str:
    """Return why some quotations could not be checked, each reason with its count."""
    unchecked = [v.reason or "" for v in verdicts if v.kind is VerdictKind.UNCHECKED]
    named = [(_reason(name, words), count) for name, count in sorted(Counter(unchecked).items())]
    if len(named) == 1:
        return named[0][0]
    return "; ".join(f"{said} ({count})" for said, count in named)


def _reason(name: str, words: Words) -> str:
    """Return a reason in words; one that has none is shown as it is named."""
    return words(f"reason.{name}") if f"reason.{name}" in words.lines else name


def _proof(number: int, verdict: Verdict, told: Told) -> Proof:
    match, key, words = shown_match(verdict), source_key(verdict), told.words
    source, links = told.sources.get(Key(key)), told.links(verdict)
    before = _before(match) if match is not None else ""
    parts = _parts(match, verdict, words) if match is not None else ()
    after = _after(match) if match is not None else ""
    passage = f"{before}{''.join(part.text for part in parts)}{after}"
    return Proof(
        number=number,
        id=verdict.quotation.id,
        symbol=SYMBOLS.get(verdict.kind, "✗"),
        verdict=verdict_in_words(verdict, words),
        passes=verdict.kind.passes,
        quoted=_nested(_shortened(verdict.quotation.text)),
        source=name_source(source, words) if source else key,
        place=place_in_words(match.locator if match is not None else _cited(verdict), words),
        before=before,
        parts=parts,
        after=after,
        changes=_changes(verdict, words),
        key=key,
        url=links.url,
        archive=links.archive,
        citation=cite_source(source, words) if source else key,
        lang=_language(source, passage, told.lang) if match is not None else "",
    )


_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _language(source: Source | None, passage: str, lang: str) -> str:
    """Return the language that a source's entry names, or else its words are clearly in.

    Empty where that is `lang`, or no tag, or where nobody can tell.
    """
    if not lang:
        return ""
    own = str(source.csl.get("language", "")) if source else ""
    if not own:
        return foreign_tag(passage, lang)
    return own if _TAG.fullmatch(own) and not is_same_language(own, lang) else ""


def _cited(verdict: Verdict) -> Locator | None:
    return verdict.quotation.cited[0].locator if verdict.quotation.cited else None


def place_in_words(locator: Locator | None, words: Words) -> str:
    """Return a place of a source as it is spoken of, ``page 253``; nothing where there is none."""
    if locator is None:
        return ""
    line = f"locator.{locator.label}"
    if line in words.lines:
        return words(line, value=locator.value)
    return f"{locator.label} {locator.value}"


def _parts(match: Match, verdict: Verdict, words: Words) -> tuple[Part, ...]:
    said = frozenset(read_folds(verdict.quotation.text))
    found = passage_parts(match, verdict.differences, words, said)
    if not any(_HALF.search(part.text) for part in found):
        return found
    return tuple(replace(part, text=_HALF.sub("\ufffd", part.text)) for part in found)


def _changes(verdict: Verdict, words: Words) -> tuple[str, ...]:
    """Return what is not as in the source, each change once; typography is no change."""
    told = [d for d in verdict.differences if d.kind is not DifferenceKind.TYPOGRAPHY]
    runs: list[list[Difference]] = []
    for difference in sorted(told, key=lambda difference: difference.at):
        if runs and _goes_on(runs[-1][-1], difference, verdict.quotation.text):
            runs[-1].append(difference)
        else:
            runs.append([difference])
    return tuple(dict.fromkeys(_change(run, verdict.quotation.text, words) for run in runs))


def _goes_on(last: Difference, new: Difference, text: str) -> bool:
    """Whether two changes are one to a reader: capitals of words next to each other."""
    alike = last.kind is new.kind is DifferenceKind.CASE
    same = (last.marked, last.permitted) == (new.marked, new.permitted)
    between = text[last.at.end : new.at.start]
    return alike and same and not any(char.isalnum() for char in between)


def _change(run: Sequence[Difference], text: str, words: Words) -> str:
    """Return a change in words, as the post has it: with its brackets."""
    first = run[0]
    here = _shortened(text[first.at.start : run[-1].at.end]) or first.quoted.strip()
    there = _shortened(" ".join(difference.source for difference in run))
    name = first.kind.value
    if first.kind is DifferenceKind.BRACKET and not there:
        name = "bracket-added"
    said = words(f"difference.{name}")
    if first.kind is DifferenceKind.ELLIPSIS:
        here = ""
    if here and there:
        said = words("difference.both", change=said, quoted=here, source=there)
    elif here or there:
        said = words("difference.one", change=said, words=here or there)
    if first.marked:
        return said if first.kind in _SHOWING else words("difference.marked", change=said)
    said_of = "difference.permitted" if first.permitted else "difference.unmarked"
    return words(said_of, change=said)


def _shortened(text: str, limit: int = 160) -> str:
    """Return `text`, cut after a word where it is longer than `limit` code points."""
    flat = _flat(text)
    return flat if len(flat) <= limit else f"{flat[:limit].rsplit(' ', 1)[0]} …"


def _nested(text: str) -> str:
    """Return a text that is shown in quotation marks, with single ones inside."""
    return text.replace("“", "‘").replace("”", "’")


def _before(match: Match) -> str:
    """Return what stands before the passage, after an ellipsis where the source begins earlier."""
    text = undivided(match.before)
    lead = "… " if text.strip() and match.span.start > len(match.before) else ""
    return f"{lead}{_flat(text)}{' ' if text[-1:].isspace() else ''}"


def _after(match: Match) -> str:
    """Return what stands behind the passage, and an ellipsis where the source goes on."""
    text = undivided(match.after)
    trail = " …" if text.strip() and match.span.end + len(match.after) < match.length else ""
    return f"{' ' if text[:1].isspace() else ''}{_flat(text)}{trail}"


def _flat(text: str) -> str:
    """Return a text with single spaces; half a character, which no page can hold, as unknown."""
    return _HALF.sub("\ufffd", " ".join(text.split()))
