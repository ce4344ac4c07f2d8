"""Whose words an uncited quotation is said to be, from the prose round it.

Three things are recognised, in this order: a *title* of an entry of the bibliography; the
*source* that the prose names (see `speakers`: firmly, or by a mere mention); and a *term*, a
word or short phrase that nobody is said to have said. What a paragraph attributed to one writer
carries over, loosely, to its later quotations that name nobody; a block quote takes the names of
its last line, or of the sentence that leads to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from pubtool.checker import speech
from pubtool.checker.attribution.behind import named_behind, note_at, note_blocks
from pubtool.checker.attribution.names import (
    Mention,
    NameIndex,
    NameKind,
    find_mentions,
    index_names,
    narrowed,
    words_of,
)
from pubtool.checker.attribution.settings import quoted_ranges, read_prose
from pubtool.checker.attribution.speakers import Spoken, find_speakers
from pubtool.checker.attribution.titles import (
    TitleIndex,
    find_title,
    index_titles,
    reads_as_title,
)
from pubtool.checker.quotations.block_quotes import held_with, holder
from pubtool.checker.sentences import sentence_of
from pubtool.model import (
    Bibliography,
    BlockKind,
    Cited,
    ContainerKind,
    How,
    Key,
    Post,
    Quotation,
    QuotationKind,
    Span,
)

_LONGEST_TERM = 3
_LONGEST_NAMED_TERM = 6
"""Words that a term may have where the prose calls it one."""


@dataclass(frozen=True)
class Naming:
    """How prose may name a bibliography's sources."""

    names: NameIndex
    titles: TitleIndex
    mentions: Callable[[str], tuple[Mention, ...]]
    """Finds the names in a paragraph, and keeps what it found: a post is checked as it is typed."""


_MOST_KEPT = 8192
"""Paragraphs."""


def index_naming(bibliography: Bibliography) -> Naming:
    """Return the names and titles of all sources; linear in their number."""
    names = index_names(bibliography)
    mentions = lru_cache(_MOST_KEPT)(partial(find_mentions, index=names))
    return Naming(names, index_titles(bibliography), mentions)


def attribute(quotations: Sequence[Quotation], post: Post, naming: Naming) -> tuple[Quotation, ...]:
    """Return the quotations with what the prose says of those that no citation is bound to.

    Titles in title marks that are no entry's are left out: they name a work, and quote nothing.

    `quotations` must be what `find_quotations` returned for the post, in that order.
    """
    return _Attribution(quotations, post, naming).attributed()


class _Attribution:
    """One pass over a post, in document order: what was named before decides what a name means."""

    def __init__(self, quotations: Sequence[Quotation], post: Post, naming: Naming) -> None:
        self._quotations = quotations
        self._post = post
        self._ranges = quoted_ranges(post, quotations)
        self._prose = read_prose(post, self._ranges)
        self._notes = note_blocks(post)
        self._titles = self._find_titles(naming.titles)
        self._mentions = self._find_mentions(naming.mentions)

    def attributed(self) -> tuple[Quotation, ...]:
        """Return the quotations, attributed."""
        done: list[Quotation] = []
        for number, quotation in enumerate(self._quotations):
            title = self._titles.get(number)
            if title is not None:
                done.append(_as_title(quotation, title))
            elif quotation.kind is QuotationKind.TITLE:
                continue  # in title marks, but of no source: nothing to compare it with
            elif quotation.kind is QuotationKind.TERM or any(one.firm for one in quotation.cited):
                done.append(quotation)
            else:
                done.append(self._from_prose(number, quotation, done))
        return tuple(done)

    def _find_titles(self, index: TitleIndex) -> dict[int, Key]:
        titles = {}
        for number, quotation in enumerate(self._quotations):
            if quotation.kind not in (QuotationKind.INLINE, QuotationKind.TITLE):
                continue
            key = find_title(quotation.text, self._before(number), index)
            if key is not None and (not quotation.cited or quotation.cited[0].key == key):
                titles[number] = key
        return titles

    def _before(self, number: int) -> str:
        """Return the prose of the quotation's sentence that stands before it."""
        block = self._quotations[number].block
        start = self._start(number)
        prose = self._prose[block]
        return prose.text[sentence_of(prose.sentences, start).start : start]

    def _start(self, number: int) -> int:
        spans = self._ranges[number].get(self._quotations[number].block)
        return spans[0].start if spans else 0

    def _find_mentions(
        self, find: Callable[[str], tuple[Mention, ...]]
    ) -> tuple[tuple[Mention, ...], ...]:
        titled: dict[int, list[Mention]] = {}
        for number, key in self._titles.items():
            for block, spans in self._ranges[number].items():
                titled.setdefault(block, []).append(Mention((key,), spans[0], NameKind.WORK))
        found, named = [], list[Key]()
        for number, prose in enumerate(self._prose):
            mentions = [*find(prose.text), *titled.get(number, ())]
            row = []
            for mention in sorted(mentions, key=lambda mention: mention.span):
                clear = narrowed(mention, named)
                named += clear.keys if len(clear.keys) == 1 else ()
                row.append(clear)
            found.append(tuple(row))
        return tuple(found)

    def _from_prose(
        self, number: int, quotation: Quotation, done: Sequence[Quotation]
    ) -> Quotation:
        spoken = self._spoken(number, quotation)
        if not spoken.firm and all(self._is_term(one) for one in self._series(number)):
            return replace(quotation, kind=QuotationKind.TERM, cited=())
        firm = [
            one for mention in spoken.firm for one in _cited(mention, firm=len(mention.keys) == 1)
        ]
        inner = [one for mention in spoken.inner for one in _cited(mention, firm=False)]
        loose = [one for mention in spoken.loose for one in _cited(mention, firm=False)]
        named = inner or firm or loose
        behind = [] if named else [c for m in self._behind(number) for c in _cited(m, firm=False)]
        carried = [] if any(one.firm for one in firm) else self._carried(number, quotation, done)
        said = {one.key for one in firm}
        seen = [one for one in quotation.cited if not said or one.key in said]
        places = [*seen, *inner, *firm, *loose, *behind, *carried]
        return replace(quotation, cited=_distinct(places))

    def _behind(self, number: int) -> list[Mention]:
        """Return what the text names right behind a quotation, and the note that stands there."""
        last, spans = max(self._ranges[number].items(), default=(0, []))
        if not spans:
            return []
        block, end = self._post.blocks[last], spans[-1].end
        note = note_at(block, end)
        noted = () if note is None else self._notes.get(note, ())
        mentions = [mention for other in noted for mention in self._mentions[other]]
        return [*named_behind(block, end, self._mentions[last]), *mentions]

    def _spoken(self, number: int, quotation: Quotation) -> Spoken:
        if quotation.kind is not QuotationKind.INLINE:
            return self._spoken_of_block(number, quotation)
        block = quotation.block
        parts = self._ranges[number].get(block) or [Span(0, 0)]
        spoken = self._in_sentence(block, parts)
        if spoken.firm or spoken.loose or parts[0].start > 0:
            return spoken
        return self._led_to(block)

    def _in_sentence(self, block: int, parts: Sequence[Span]) -> Spoken:
        prose = self._prose[block]
        first = sentence_of(prose.sentences, parts[0].start)
        last = sentence_of(prose.sentences, parts[-1].end - 1)
        sentence = Span(first.start, last.end)
        mentions = [
            m
            for m in _within(self._mentions[block], sentence)
            if not any(m.span.overlaps(part) for part in parts)
        ]
        return find_speakers(prose.text, sentence, parts, mentions)

    def _spoken_of_block(self, number: int, quotation: Quotation) -> Spoken:
        """Return the speakers that a block quote's last line names, or the sentence before it."""
        own = [
            mention
            for block in held_with(self._post, quotation.block)
            for mention in self._mentions[block]
            if not any(mention.span.overlaps(s) for s in self._ranges[number].get(block, ()))
        ]
        if own:
            return Spoken((own[0],), loose=tuple(own[1:]))
        return self._led_to(quotation.block)

    def _led_to(self, block: int) -> Spoken:
        """Return the speakers of the sentence that leads to a block."""
        lead = self._lead(block)
        if lead is None or not self._prose[lead].sentences:
            return Spoken()
        prose = self._prose[lead]
        sentence = prose.sentences[-1]
        end = Span(len(prose.text), len(prose.text))
        mentions = _within(self._mentions[lead], sentence)
        return find_speakers(prose.text.rstrip(" :\n"), sentence, [end], mentions)

    def _lead(self, block: int) -> int | None:
        """Return the paragraph before a block, past the items of its own list."""
        blocks = self._post.blocks
        quoted = holder(blocks[block]) is not None
        listed = any(c.kind is ContainerKind.LIST_ITEM for c in blocks[block].containers)
        for number in range(block - 1, -1, -1):
            before = blocks[number]
            if any(c.kind is ContainerKind.NOTE for c in before.containers):
                continue
            if before.kind is BlockKind.HEADING or holder(before) is not None:
                return None
            if listed and any(c.kind is ContainerKind.LIST_ITEM for c in before.containers):
                continue
            leads = quoted or before.flow.text.rstrip(" \ufffc").endswith((":", ",", "—"))
            return number if leads else None
        return None

    def _series(self, number: int) -> list[int]:
        """Return the quotations that one is enumerated with: ``(1) “…,” (2) “…,” and (3) “…”``.

        What is listed side by side is of one sort, so that a short item of a list of quotations is
        no term.
        """
        found = [number]
        for step in (-1, 1):
            at = number
            while 0 <= at + step < len(self._quotations) and self._listed(*sorted((at, at + step))):
                at += step
                found.append(at)
        return found

    def _listed(self, first: int, second: int) -> bool:
        block = self._quotations[first].block
        left, right = self._ranges[first].get(block), self._ranges[second].get(block)
        if not left or not right or self._quotations[first].cited:
            return False
        between = self._prose[block].text[left[-1].end : right[0].start]
        return bool(speech.ENUMERATES.fullmatch(between))

    def _is_term(self, number: int) -> bool:
        quotation = self._quotations[number]
        if quotation.kind is not QuotationKind.INLINE or quotation.joints:
            return False
        words = words_of(quotation.text)
        before = self._before(number)
        if reads_as_title(quotation.text, before):
            return True
        if len(words) <= _LONGEST_NAMED_TERM and speech.TERM_FOLLOWS.search(before):
            return True
        if words_of(before)[-1:] and words_of(before)[-1] in speech.SPEECH_VERBS:
            return False
        return len(words) <= _LONGEST_TERM and not speech.is_clause(quotation.text.rstrip(",.;"))

    def _carried(self, number: int, quotation: Quotation, done: Sequence[Quotation]) -> list[Cited]:
        """Return what the paragraph has attributed or named before, loosely."""
        for before in reversed(done):
            if before.block != quotation.block:
                break
            said = [
                one for one in before.cited if one.firm and before.kind is not QuotationKind.TITLE
            ]
            if said:
                return [Cited(one.key, None, How.ATTRIBUTION, firm=False) for one in said]
        start = self._start(number)
        sentence = sentence_of(self._prose[quotation.block].sentences, start)
        earlier = _within(self._mentions[quotation.block], Span(0, sentence.start))
        return [one for mention in earlier[-1:] for one in _cited(mention, firm=False)]


def _within(mentions: Sequence[Mention], place: Span) -> Sequence[Mention]:
    """Return the mentions of a block that stand in a range of its text."""
    low = bisect_left(mentions, place.start, key=lambda mention: mention.span.start)
    high = bisect_right(mentions, place.end, key=lambda mention: mention.span.end)
    return mentions[low:high]


def _as_title(quotation: Quotation, key: Key) -> Quotation:
    cited = quotation.cited or (Cited(key, None, How.ATTRIBUTION),)
    return replace(quotation, kind=QuotationKind.TITLE, cited=cited)


def _cited(mention: Mention, *, firm: bool) -> list[Cited]:
    return [Cited(key, None, How.ATTRIBUTION, firm) for key in mention.keys]


def _distinct(cited: Sequence[Cited]) -> tuple[Cited, ...]:
    """Return the sources once each, in order; a firm one stays firm."""
    firm = {one.key for one in cited if one.firm}
    found: dict[Key, Cited] = {}
    for one in cited:
        found.setdefault(one.key, replace(one, firm=one.key in firm))
    return tuple(found.values())
