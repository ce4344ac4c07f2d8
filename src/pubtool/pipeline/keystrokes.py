"""Verdicts while a post is being written: only what a keystroke has changed is judged anew.

A verdict is kept by all that it hangs on (see `checker.setting`): the quotation with its places
counted from its own beginning, its setting, and the conventions; and only as long as the sources
are as they were. What a keystroke cannot afford, the search for borrowed words in the whole post,
is carried over for paragraphs that are as they were, and done in full once the author pauses: then
a post is checked by the same functions, nothing remembered, as by `pubtool check`.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace

from pubtool.checker.borrowing import find_borrowing
from pubtool.checker.check import Borrowing, judge_all
from pubtool.checker.conventions import Conventions
from pubtool.checker.evidence import Library
from pubtool.checker.index import IndexPart, Parts
from pubtool.checker.setting import Asked
from pubtool.model import (
    Edit,
    Finding,
    Fix,
    Flow,
    Key,
    Leaf,
    Post,
    Quotation,
    SourceText,
    Span,
    Verdict,
)
from pubtool.text.languages import Tongue

_MOST_KEPT = 512
"""Verdicts, or twice those of the post; those that were asked for least lately are let go."""


class KeptVerdicts:
    """Verdicts from one library, kept by what they hang on."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Asked, str], Verdict] = OrderedDict()

    def judge(
        self, every: Sequence[Asked], post: Post, library: Library, conventions: Conventions
    ) -> tuple[Verdict, ...]:
        """Return the verdict on each quotation: kept, or found now. See `checker.setting.Judging`.

        The library must be the same one each time. The findings come without their fixes, which
        hang on all of the post.
        """
        force = repr(conventions)
        homes = [(_at_home(asked), force) for asked in every]
        new = [n for n, home in enumerate(homes) if home not in self._kept]
        judged = judge_all([every[n] for n in new], post, library, conventions) if new else ()
        found = dict(zip(new, map(_without_fixes, judged), strict=True))
        for number, verdict in found.items():
            self._kept[homes[number]] = _shifted(verdict, -_origin(every[number].quotation))
        told = []
        for number, (home, asked) in enumerate(zip(homes, every, strict=True)):
            if number in found:
                told.append(found[number])
                continue
            self._kept.move_to_end(home)
            moved = _shifted(self._kept[home], _origin(asked.quotation))
            told.append(replace(moved, quotation=asked.quotation))
        while len(self._kept) > max(_MOST_KEPT, 2 * len(every)):
            self._kept.popitem(last=False)
        return tuple(told)


def _without_fixes(verdict: Verdict) -> Verdict:
    return replace(verdict, findings=tuple(replace(f, fix=None) for f in verdict.findings))


def _origin(quotation: Quotation) -> int:
    return quotation.span.start


def _at_home(asked: Asked) -> Asked:
    """Return a quotation as if its file began with it; an empty one has no place to count from."""
    quotation = asked.quotation
    if not quotation.flow.leaves:
        return asked
    return replace(asked, quotation=_moved(quotation, -_origin(quotation)))


def _moved(quotation: Quotation, by: int) -> Quotation:
    flow = quotation.flow
    leaves = tuple(Leaf(leaf.at, leaf.length, _span(leaf.source, by)) for leaf in flow.leaves)
    return replace(
        quotation,
        flow=Flow(flow.text, leaves),
        span=_span(quotation.span, by),
        block=0,
        waivers=tuple(replace(each, span=_span(each.span, by)) for each in quotation.waivers),
    )


def _span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _shifted(verdict: Verdict, by: int) -> Verdict:
    """Return a verdict whose findings stand elsewhere in the file."""
    return replace(verdict, findings=tuple(shift(finding, by) for finding in verdict.findings))


def shift(finding: Finding, by: int) -> Finding:
    """Return a finding, and its fix, that stands so many code points further on."""
    fix = finding.fix
    if fix is not None:
        edits = tuple(Edit(_span(edit.span, by), edit.text) for edit in fix.edits)
        fix = Fix(fix.description, edits, fix.safe)
    return replace(finding, span=_span(finding.span, by), fix=fix)


# --- Borrowed words -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it stands in the file, and which of those that are alike it is."""

    words: str
    number: int


Borrowed = dict[Paragraph, tuple[Finding, ...]]
"""What was found in each paragraph; places count from its beginning."""


class Superseded(Exception):
    """The text that is looked at is not the post's any more."""


class BorrowedBefore:
    """What one post was found to have from its sources when it was last looked at as a whole."""

    def __init__(self) -> None:
        self._found: Borrowed = {}

    def carry(
        self, post: Post, quotations: Sequence[Quotation], library: Library, force: Conventions
    ) -> list[Finding]:
        """Return what is known of paragraphs that are as they were. See `checker.check`."""
        return [
            shift(finding, start)
            for paragraph, start in _paragraphs(post)
            for finding in self._found.get(paragraph, ())
        ]

    def keep(self, post: Post, findings: Sequence[Finding]) -> None:
        """Keep what was found in a post."""
        self._found = {
            paragraph: tuple(
                shift(finding, -start)
                for finding in findings
                if start <= finding.span.start < start + len(paragraph.words)
            )
            for paragraph, start in _paragraphs(post)
        }


def _paragraphs(post: Post) -> list[tuple[Paragraph, int]]:
    """Return the post's pieces of running text, each with its place in the file."""
    seen = Counter[str]()
    found = []
    for block in post.blocks:
        span = block.flow.place(0, len(block.flow.text))
        words = post.text[span.start : span.end]
        found.append((Paragraph(words, seen[words]), span.start))
        seen[words] += 1
    return found


def find_unless(stale: Callable[[], bool]) -> Borrowing:
    """Return `find_borrowing`, given up with `Superseded` where `stale` says so meanwhile."""

    def find(
        post: Post, quotations: Sequence[Quotation], library: Library, force: Conventions
    ) -> list[Finding]:
        index = copy(library.index)
        index.parts = _Watched(library.index.parts, stale)
        return find_borrowing(post, quotations, replace(library, index=index), force)

    return find


class _Watched(Parts):
    """The sources' words, each asked for only while it is still of use."""

    def __init__(self, parts: Parts, stale: Callable[[], bool]) -> None:
        self._parts = parts
        self._stale = stale

    def __iter__(self) -> Iterator[Key]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __contains__(self, key: object) -> bool:
        return key in self._parts

    def __getitem__(self, key: Key) -> IndexPart:
        self._look()
        return self._parts[key]

    def stretch(self, key: Key, span: Span, margin: int = 0) -> IndexPart:
        self._look()
        return self._parts.stretch(key, span, margin)

    def text(self, key: Key) -> SourceText:
        return self._parts.text(key)

    def tongue(self, key: Key) -> Tongue:
        return self._parts.tongue(key)

    def _look(self) -> None:
        if self._stale():
            raise Superseded
