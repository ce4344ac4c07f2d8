"""Alignment: how the words of a quotation lie on the words of a source.

Each fragment of the quotation (what stands between two ellipses) is laid on a window of the source
by semi-global alignment (Sellers 1980: the window's ends are free, the fragment's are not) with
words as the units. The contract is asymmetric: every word of the post is accounted for in order;
the source may have more, and what it has more is a step of its own. Costs only choose between
readings of the same words; no verdict depends on them.

Beside the textbook's three moves there are: words run together or apart (a hyphen at a line's end),
letters in brackets, and whole bracketed groups, which may stand literally in the source, be an
insertion, or replace up to twelve words. Page furniture is passed over almost for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from pubtool.checker.elements import Elements, Group, QuotedWord
from pubtool.checker.index import IndexPart
from pubtool.checker.place.lay_ends import with_moved_words, with_words_further_on, within_sentence
from pubtool.checker.place.likeness import OTHER, substitution_cost
from pubtool.checker.place.steps import Lay, Step, StepKind
from pubtool.text.typography import LINE_HYPHEN

_ADDED = 101
"""Dearer than any substitution, so that a changed word at an end is not read as an added one."""

_LEFT_OUT = 62
_FURNITURE = 1
"""For a stretch of it, however long: one page has more notes than another."""

_TOLL = 2
"""For a word of the quotation that is read in furniture: as good a one behind it is meant."""

_JOINED = 8
_FITS = 4
_GROUP_OPEN = 6
_GROUP_WORD = 12
_MOST_WIDENED = 600
"""Words of a window that is wide enough, whatever furniture stands in it."""

_MOST_REPLACED = 12
"""Source words that one bracketed group is tried against; above six it is refused (Q131)."""


def lay_fragment(
    elements: Elements, fragment: range, part: IndexPart, window: tuple[int, int]
) -> Lay | None:
    """Return the cheapest way to lay a fragment on a window of the source, None on an empty one."""
    first, end = _over_furniture(window, len(fragment), part)
    if first >= end:
        return None
    lay = _Table(elements, fragment, part, first, end).trace()
    lay = with_words_further_on(within_sentence(lay, elements, part), elements, part)
    return with_moved_words(lay, elements, part)


def _over_furniture(window: tuple[int, int], size: int, part: IndexPart) -> tuple[int, int]:
    """Return a window that reaches as far beyond furniture in it as a fragment may.

    A page's notes, foot and head may be longer than the fragment that they cut in two.
    """
    first, end = window
    inside = [number for number in range(first, end) if number in part.furniture]
    if not inside or end - first > _MOST_WIDENED:
        return window
    before, after = inside[0], inside[-1] + 1
    while before - 1 in part.furniture:
        before -= 1
    while after in part.furniture:
        after += 1
    reach = size + size // 4
    return max(min(first, before - reach), 0), min(max(end, after + reach), len(part.folded))


def lay_with_one_changed(elements: Elements, fragment: range, part: IndexPart, first: int) -> Lay:
    """Return the lay of a fragment of whose words all but one stand from word `first` on."""
    shift = first - fragment.start
    steps, cost = list[Step](), 0
    for n in fragment:
        one, other = elements.words[n].folded, part.folded[n + shift]
        kind = StepKind.EQUAL if one == other else StepKind.REPLACED
        if kind is StepKind.REPLACED:
            cost += substitution_cost(one, other)
        steps.append(Step(kind, range(n, n + 1), range(n + shift, n + shift + 1)))
    lay = Lay(tuple(steps), cost, first, first + len(fragment))
    return with_moved_words(within_sentence(lay, elements, part), elements, part)


class _Table:
    """The dynamic programme's table, filled row by row (a row is a word of the fragment)."""

    def __init__(
        self, elements: Elements, fragment: range, part: IndexPart, first: int, end: int
    ) -> None:
        self.words = elements.words
        self.fragment = fragment
        self.part = part
        self.first = first
        self.source = part.folded[first:end]
        self.vocabulary = frozenset(self.source)
        self.pairs: dict[str, list[tuple[int, int]]] = {}
        """The columns behind two words that give a fold, run together, and how many they take."""
        for number, (one, other) in enumerate(pairwise(self.source), 2):
            self.pairs.setdefault(one + other, []).append((number, 2))
        for low, high in _torn_by_furniture(part, first, end):
            pair = part.folded[low] + part.folded[high]
            self.pairs.setdefault(pair, []).append((high + 1 - first, high + 1 - low))
        self.skip = [
            _LEFT_OUT
            if number not in part.furniture
            else 0
            if number - 1 in part.furniture
            else _FURNITURE
            for number in range(first, end)
        ]
        self.tolls = [_TOLL * (number in part.furniture) for number in range(first, end)]
        self.groups = {
            group.end - fragment.start: group
            for group in elements.groups
            if fragment.start <= group.first and group.end <= fragment.stop
        }
        self.back: list[list[tuple[int, int]]] = []
        self.rows: list[list[int]] = []
        self._fill()

    def _fill(self) -> None:
        width = len(self.source) + 1
        self.rows.append([0] * width)
        self.back.append([(0, 0)] * width)
        self._jump(0)
        for i in range(1, len(self.fragment) + 1):
            self._row(i)
            self._jump(i)

    def _row(self, i: int) -> None:
        above = self.rows[i - 1]
        fits = self._fits(self.words[self.fragment.start + i - 1])
        best = above[0] + _ADDED
        row, back = [best], [(1, 0)]
        diagonal = above[0]
        for up, fit, skip in zip(islice(above, 1, None), fits, self.skip, strict=True):
            left = best + skip
            best, move = diagonal + fit, (1, 1)
            diagonal = up
            if up + _ADDED < best:
                best, move = up + _ADDED, (1, 0)
            if left < best:
                best, move = left, (0, 1)
            row.append(best)
            back.append(move)
        self._join(i, row, back)
        self.rows.append(row)
        self.back.append(back)

    def _fits(self, word: QuotedWord) -> list[int]:
        """Return what it costs to read a word as each of the window's."""
        costs = dict.fromkeys(self.vocabulary, OTHER)
        for other in self.vocabulary:
            if word.folded == other:
                costs[other] = 0
            elif word.pattern is not None and word.pattern.fullmatch(other):
                costs[other] = _FITS
            elif word.folded[0] == other[0] or word.folded[-1] == other[-1]:
                costs[other] = substitution_cost(word.folded, other)
        return [costs[other] + toll for other, toll in zip(self.source, self.tolls, strict=True)]

    def _join(self, i: int, row: list[int], back: list[tuple[int, int]]) -> None:
        """Offer the moves that run words together, on either side."""
        word = self.words[self.fragment.start + i - 1].folded
        for j, taken in self.pairs.get(word, ()):
            self._offer(row, back, j, self.rows[i - 1][j - taken] + _JOINED, (1, taken))
        if i >= 2:
            pair = self.words[self.fragment.start + i - 2].folded + word
            if pair in self.vocabulary:
                for j, other in enumerate(self.source, 1):
                    if other == pair:
                        self._offer(row, back, j, self.rows[i - 2][j - 1] + _JOINED, (2, 1))

    def _offer(
        self, row: list[int], back: list[tuple[int, int]], j: int, cost: int, move: tuple[int, int]
    ) -> None:
        if cost < row[j]:
            row[j], back[j] = cost, move
            self._spread(row, back, j)

    def _spread(self, row: list[int], back: list[tuple[int, int]], j: int) -> None:
        """Carry a cheaper cell on to the right, as far as passing source words over is cheapest."""
        while j + 1 < len(row) and row[j] + self.skip[j] < row[j + 1]:
            row[j + 1] = row[j] + self.skip[j]
            back[j + 1] = (0, 1)
            j += 1

    def _jump(self, i: int) -> None:
        """Offer the moves of a bracketed group that ends here: inserted, or for other words."""
        group = self.groups.get(i)
        if group is None:
            return
        size = group.end - group.first
        before = self.rows[i - size]
        row, back = self.rows[i], self.back[i]
        if size == 0:
            before = list(row)
        for j, cost in enumerate(before):
            for taken in range(0 if size else 1, _MOST_REPLACED + 1):
                if j + taken >= len(row):
                    break
                price = cost + _GROUP_OPEN + _GROUP_WORD * taken
                if price < row[j + taken]:
                    row[j + taken] = price
                    back[j + taken] = (-size - 1, taken)
        for j in range(len(row) - 1):
            self._spread(row, back, j)

    def trace(self) -> Lay:
        """Return the cheapest lay; of equal ones the first."""
        last = self.rows[-1]
        end = j = min(range(len(last)), key=lambda column: (last[column], column))
        i, steps = len(self.fragment), list[Step]()
        while i > 0:
            down, right = self.back[i][j]
            steps.append(self._step(i, j, down, right))
            i, j = i - (-down - 1 if down < 0 else down), j - right
            if down == -1 and i == 0:
                break
        steps.reverse()
        return Lay(tuple(steps), last[end], self.first + j, self.first + end)

    def _step(self, i: int, j: int, down: int, right: int) -> Step:
        high = self.fragment.start + i
        if down < 0:
            quoted = range(high - (-down - 1), high)
            kind = StepKind.BRACKETED
        else:
            quoted = range(high - down, high)
            kind = self._kind(i, j, down, right)
        return Step(kind, quoted, range(self.first + j - right, self.first + j))

    def _kind(self, i: int, j: int, down: int, right: int) -> StepKind:
        if down == 0:
            furniture = self.first + j - 1 in self.part.furniture
            return StepKind.FURNITURE if furniture else StepKind.LEFT_OUT
        if right == 0:
            return StepKind.ADDED
        if down + right > 2:
            return StepKind.JOINED
        word = self.words[self.fragment.start + i - 1]
        other = self.source[j - 1]
        if word.folded == other:
            return StepKind.EQUAL if word.pattern is None else StepKind.FITS
        fits = word.pattern is not None and word.pattern.fullmatch(other)
        return StepKind.FITS if fits else StepKind.REPLACED


def _torn_by_furniture(part: IndexPart, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the two halves of each word that a hyphen divides at the end of a page or a line.

    Between them stands the page's furniture, or the number of a line.
    """
    low = first
    for number in range(first, end):
        if number in part.furniture:
            continue
        apart = number - low > 1 and low not in part.furniture
        if apart and LINE_HYPHEN.match(part.between(low + 1)):
            yield low, number
        low = number


def group_of(elements: Elements, step: Step) -> Group | None:
    """Return the bracketed group that a step of kind BRACKETED handles."""
    for group in elements.groups:
        if range(group.first, group.end) == step.quoted:
            return group
    return None
