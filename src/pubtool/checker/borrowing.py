"""Unmarked borrowing: runs of the post's own prose that stand in a source, but in no quotation.

A run that matters holds six words in a row unchanged (eight words without a change, or twelve with
one, cannot do with less). All sixes are looked up at once (see `shared_sixes`), and count where one
of their words is the rarest of some six and no common one, as in winnowing (Schleimer, Wilkerson
and Aiken 2003); each grows to both sides while at most one word in twelve is changed. The longest
are weighed first, until no words are left: formulas, names, titles and words that every text has
say nothing about where the author has them from.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import log

from pubtool.checker.attribution.titles import TitleIndex
from pubtool.checker.conventions import Conventions
from pubtool.checker.evidence import Library
from pubtool.checker.index import IndexPart
from pubtool.checker.index.shared_sixes import find_shared
from pubtool.checker.index.sixes import SIX
from pubtool.checker.index.stretches import find_stretches
from pubtool.checker.locating import best_locator, name_locator
from pubtool.checker.place.candidates import exact_places
from pubtool.checker.rules import unmarked_borrowing
from pubtool.model import Block, BlockKind, ContainerKind, Finding, Post, Quotation, Span
from pubtool.text.languages import is_function_word, language_of
from pubtool.text.words import Word, WordTable, is_spaceless, read_words

_LEAST_WORDS = 8
_SEED = SIX
"""Words in a row that every run holds unchanged; see above."""

_WORDS_A_CHANGE = 12
_LEAST_BEHIND = 3
"""Words that must agree behind a change for the run to go on there."""

_MOST_PLACES = 512
"""A word that stands more often leads nowhere: six words, none of them rarer, are a formula."""

_MOST_REFUSED = 24
"""Runs about the same words that are looked at, the longest first, if none says anything: two in
each source that is looked at for them."""

_LONG = 20
"""From so many words on, a passage that stands in several places is no formula any more."""

_LEAST_CONTENT = 4
_LEAST_WEIGHT = 2.5
"""Different content words, and what they weigh together (one that stands once weighs 1)."""

_SPACELESS_WORD = 0.4
"""How much of a word a character is in scripts without spaces."""

_PROSE = (BlockKind.PARAGRAPH, BlockKind.CELL, BlockKind.TERM, BlockKind.CAPTION, BlockKind.LINES)
_CHANGES = ((1, 1), (1, 0), (0, 1))
"""A changed word: another one, one more, one less; words of the post, words of the source."""

_SENTENCE_START = re.compile(r"(?:\A|[.!?:…]\W*)\Z")


@dataclass(frozen=True, slots=True)
class _Prose:
    """The post's own words, a gap wherever something else stands between."""

    post: Post
    places: tuple[tuple[int, int, int] | None, ...]
    """Each word's block, and where it begins and ends there; None for a gap."""
    folds: tuple[str, ...]
    """Empty for a gap."""

    def words(self, run: _Run) -> list[tuple[int, Word] | None]:
        """Return a run's words, each with its block's number; None for a gap."""
        return [self._word(number) for number in range(run.first, run.end)]

    def _word(self, number: int) -> tuple[int, Word] | None:
        place = self.places[number]
        if place is None:
            return None
        block, start, end = place
        said = self.post.blocks[block].flow.text[start:end]
        return block, Word(said, self.folds[number], Span(start, end))


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of the post, `first` up to `end`, that are the source's from `there` up to `stop`."""

    part: IndexPart
    first: int
    end: int
    there: int
    stop: int
    changes: int = 0


def find_borrowing(
    post: Post, quotations: Sequence[Quotation], library: Library, conventions: Conventions
) -> list[Finding]:
    """Return a finding for each run of prose that a source has too, in order of their places."""
    prose = _read_prose(post, quotations)
    runs = [
        run
        for shared in find_shared(prose.folds, library.index)
        for run in _find_runs(prose.folds, library.index.parts[shared.key], shared.pairs)
    ]
    titles = library.naming.titles

    def tells(run: _Run) -> bool:
        return _tells(run, prose, post, titles) and not _is_formula(run, library)

    return [_finding(run, prose, post, conventions) for run in _chosen(runs, tells)]


def _read_prose(post: Post, quotations: Sequence[Quotation]) -> _Prose:
    places: list[tuple[int, int, int] | None] = []
    folds: list[str] = []
    quoted = [quotation.span for quotation in quotations]
    for number, block in enumerate(post.blocks):
        if block.kind not in _PROSE or _is_block_quote(block):
            continue
        words = read_words(block.flow.text)
        places += zip(repeat(number), words.starts, words.ends)
        folds += words.folded
        for at in _quoted_words(block, words, quoted):
            places[at - len(words.folded)], folds[at - len(words.folded)] = None, ""
        places.append(None)
        folds.append("")
    return _Prose(post, tuple(places), tuple(folds))


def _is_block_quote(block: Block) -> bool:
    return any(container.kind is ContainerKind.BLOCK_QUOTE for container in block.containers)


def _quoted_words(block: Block, words: WordTable, spans: Sequence[Span]) -> Iterator[int]:
    """Yield the numbers of a block's words that stand in a quotation."""
    flow = block.flow
    whole = flow.place(0, len(flow.text))
    for span in spans:
        if span.overlaps(whole):
            start, end = flow.offset(span.start), flow.offset(span.end)
            yield from range(bisect_right(words.ends, start), bisect_left(words.starts, end))


def _find_runs(
    folds: Sequence[str], part: IndexPart, pairs: Iterable[tuple[int, int]]
) -> Iterator[_Run]:
    """Yield the runs that stand in one source; some of them may overlap.

    `pairs` are the places of the same six words, in order; where the words are others after all
    they count for nothing.
    """
    reached: dict[int, int] = {}
    for number, seed in sorted(
        _seeds(folds, part, pairs), key=lambda found: (found[0], found[1].there)
    ):
        place = seed.there + number - seed.first
        if reached.get(place - number, 0) > number:
            continue
        run = _grow(folds, seed)
        for end, stop in ((seed.end, seed.stop), (run.end, run.stop)):
            reached[stop - end] = max(end, reached.get(stop - end, 0))
        yield run


def _seeds(
    folds: Sequence[str], part: IndexPart, pairs: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, _Run]]:
    """Yield the longest stretches of six and more words that agree, each with its first anchor.

    One that has no anchor is left out.
    """
    ends: dict[int, int] = {}
    for number, place in pairs:
        if ends.get(place - number, 0) >= number + _SEED:
            continue  # a stretch that is known
        if tuple(folds[number : number + _SEED]) != part.folded[place : place + _SEED]:
            continue
        seed = _extend(folds, _Run(part, number, number, place, place))
        ends[place - number] = seed.end
        first = next((n for n in _anchors(folds, seed, part) if seed.first <= n < seed.end), None)
        if first is not None:
            yield first, seed


def _anchors(folds: Sequence[str], seed: _Run, part: IndexPart) -> list[int]:
    """Return, for every six words that share one with a seed, the number of the rarest, ascending.

    Words that the source does not have stand in no six.
    """
    first, end = seed.first, seed.end
    while first > max(seed.first - _SEED + 1, 0) and folds[first - 1] in part.postings:
        first -= 1
    while end < min(seed.end + _SEED - 1, len(folds)) and folds[end] in part.postings:
        end += 1
    size = len(folds)
    keys = [len(part.postings[folds[n]]) * size + n for n in range(first, end)]
    rarest = set(map(min, *(keys[shift:] for shift in range(_SEED))))
    return sorted(key % size for key in rarest if key // size <= _MOST_PLACES)


def _extend(folds: Sequence[str], run: _Run) -> _Run:
    """Return a run with all words on both sides that agree."""
    behind = _agreement(folds, run.end, run.part.folded, run.stop, 1)
    before = _agreement(folds, run.first - 1, run.part.folded, run.there - 1, -1)
    return _Run(
        run.part,
        run.first - before,
        run.end + behind,
        run.there - before,
        run.stop + behind,
        run.changes,
    )


def _agreement(
    folds: Sequence[str], here: int, source: tuple[str, ...], there: int, step: int
) -> int:
    """Return how many words agree from two places on, forwards or backwards."""
    count = 0
    while 0 <= here < len(folds) and 0 <= there < len(source) and folds[here] == source[there]:
        here, there, count = here + step, there + step, count + 1
    return count


def _grow(folds: Sequence[str], run: _Run) -> _Run:
    """Return a run, grown over changed words as long as there are few enough of them."""
    while True:
        larger = next((one for one in _grown(folds, run) if _may_be(one)), None)
        if larger is None:
            return run
        run = larger


def _grown(folds: Sequence[str], run: _Run) -> Iterator[_Run]:
    """Yield the runs with one more change and all that agrees beyond it."""
    part, changes = run.part, run.changes + 1
    for mine, theirs in _CHANGES:
        if "" not in folds[run.end : run.end + mine]:
            end, stop = run.end + mine, run.stop + theirs
            count = _agreement(folds, end, part.folded, stop, 1)
            if count >= _LEAST_BEHIND:
                yield _Run(part, run.first, end + count, run.there, stop + count, changes)
        if run.first >= mine and "" not in folds[run.first - mine : run.first]:
            first, there = run.first - mine, run.there - theirs
            count = _agreement(folds, first - 1, part.folded, there - 1, -1)
            if count >= _LEAST_BEHIND:
                yield _Run(part, first - count, run.end, there - count, run.stop, changes)


def _may_be(run: _Run) -> bool:
    return run.changes * _WORDS_A_CHANGE <= run.end - run.first


def _tells(run: _Run, prose: _Prose, post: Post, titles: TitleIndex) -> bool:
    """Whether a run is long enough, and says enough, to be its source's."""
    words = prose.words(run)
    if sum(_length(token[1]) for token in words if token) < _LEAST_WORDS:
        return False
    shown = _without_titles(prose.folds[run.first : run.end], titles)
    small = _small(run)
    content = {
        token[1].folded: _length(token[1]) * _weight(token[1].folded, run.part)
        for token, fold in zip(words, shown, strict=True)
        if token and fold and _is_content(token, post, small)
    }
    return len(content) >= _LEAST_CONTENT and sum(content.values()) >= _LEAST_WEIGHT


def _length(word: Word) -> float:
    return _SPACELESS_WORD if is_spaceless(word.text[0]) else 1.0


def _weight(fold: str, part: IndexPart) -> float:
    """Return how much a word says: 1 if it stands once in a source, 0 if nothing else does."""
    count = part.count(fold)
    return 1 - log(count) / log(len(part.folded) + 1) if count else 0.0


def _small(run: _Run) -> frozenset[str]:
    """Return the run's words that are no names: those that the source writes small.

    German writes every noun with a capital: there, all words are returned.
    """
    part, numbers = run.part, range(run.there, run.stop)
    german = language_of(part.count) == "German"
    return frozenset(part.folded[n] for n in numbers if german or not part.written(n)[0].isupper())


def _is_content(token: tuple[int, Word], post: Post, small: frozenset[str]) -> bool:
    """Whether a word is neither a function word nor a number nor (as far as known) a name."""
    number, word = token
    if is_function_word(word.folded) or any(map(str.isdigit, word.folded)):
        return False
    if word.folded in small or not word.text[0].isupper():
        return True
    before = post.blocks[number].flow.text[: word.span.start]
    return bool(_SENTENCE_START.search(before[-_LOOK_BACK:]))


_LOOK_BACK = 8
"""Characters before a word in which the end of the sentence before it would stand."""


def _without_titles(folds: Sequence[str], titles: TitleIndex) -> list[str]:
    """Return a run's words, those of titles emptied, so that the numbers stay."""
    kept = list(folds)
    text = _spaced(folds)
    if any(text in _spaced(title) for title in titles.with_all(folds)):
        return [""] * len(kept)
    for title in titles.within(folds):
        at = text.find(_spaced(title))
        if at >= 0:
            first = text[: at + 1].count(" ") - 1
            kept[first : first + len(title)] = [""] * len(title)
    return kept


def _spaced(folds: Sequence[str]) -> str:
    return f" {' '.join(folds)} "


def _is_formula(run: _Run, library: Library) -> bool:
    """Whether a short passage stands twice in its source, or in three places of all."""
    if run.end - run.first >= _LONG:
        return False
    words = run.part.folded[run.there : run.stop]
    if len(exact_places(words, run.part, most=2)) > 1:
        return True
    stretches = find_stretches([" ".join(words)], library.index)[0]
    parts = library.index.parts
    holding = {s.key for s in stretches if exact_places(words, parts.stretch(s.key, s.span))}
    return len(holding) > 2


def _chosen(runs: Sequence[_Run], tells: Callable[[_Run], bool]) -> list[_Run]:
    """Return the runs to report: of those about the same words the longest, then the most exact.

    Only such are asked whether they tell anything as could be chosen then, and no more than a few
    about the same words: what a text repeats without end is as often in its source.
    """
    chosen: list[_Run] = []
    taken: set[int] = set()
    refused = Counter[int]()
    ranked = sorted(
        runs, key=lambda r: (r.first - r.end, r.changes, r.part.source.key, r.first, r.there)
    )
    for run in ranked:
        words = set(range(run.first, run.end))
        if len(words - taken) < _LEAST_WORDS or all(refused[n] >= _MOST_REFUSED for n in words):
            continue
        if tells(run):
            chosen.append(run)
            taken |= words
        else:
            refused.update(words)
    return sorted(chosen, key=lambda run: run.first)


def _finding(run: _Run, prose: _Prose, post: Post, conventions: Conventions) -> Finding:
    rule = unmarked_borrowing.RULE
    words = [token for token in prose.words(run) if token]
    flow = post.blocks[words[0][0]].flow
    source = run.part.source
    locator = best_locator(source, run.part.span(run.there, run.stop))
    where = f"[@{source.key}, {name_locator(locator)}]" if locator else f"[@{source.key}]"
    but = {0: "", 1: ", one word changed"}.get(run.changes, f", {run.changes} words changed")
    message = f"these {len(words)} words stand in {where}{but}, but in no quotation marks"
    return Finding(
        rule.code,
        conventions.severities.get(rule.code, rule.severity),
        message,
        flow.place(words[0][1].span.start, words[-1][1].span.end),
    )
