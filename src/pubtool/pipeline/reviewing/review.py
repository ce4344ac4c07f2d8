"""A project on its editor's desk: what is shown of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path

from pubtool.checker.elsewhere import other_places
from pubtool.checker.rules import codes
from pubtool.checker.rules.examples import reader_page
from pubtool.errors import PubtoolError
from pubtool.model import Finding, NoPicture, PagePicture, Post, Verdict
from pubtool.pipeline.following import Following
from pubtool.pipeline.judging import read
from pubtool.pipeline.picturing import picture
from pubtool.pipeline.remarking import ORDER
from pubtool.pipeline.reviewing.looking import Look, Looking, Named, Other
from pubtool.pipeline.reviewing.prose import Paragraph, paragraphs
from pubtool.pipeline.reviewing.reviewed import (
    FILTERS,
    WORDS,
    Item,
    Reviewed,
    other_findings,
    reviewed_post,
)
from pubtool.pipeline.reviewing.steps import Steps
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.baseline import FILE as BASELINE
from pubtool.system.git import user_name
from pubtool.text.collation import quoted_parts
from pubtool.writers.naming import cite_source
from pubtool.writers.proof import shown_match
from pubtool.writers.recent import Recent

_MOST_FOUND = 12
"""Sources that a search shows."""
_MOST_LOOKS = 64
_WIDTH = 1200
"""Pixels across a page's picture: its small print can be read on a screen of two for one."""
_ALIKE = 0.6
"""How alike a quotation's old and new words are at least: other words are another quotation."""


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post on the list of all."""

    path: str
    title: str
    counts: tuple[tuple[str, int], ...]
    """How many quotations have a verdict, by verdict, the most serious first."""
    waiting: int
    """How many quotations wait for a decision."""
    checked: bool
    fault: str
    shown: tuple[Item, ...]
    """Its quotations that the list is cut down to."""


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post as its editor reads it."""

    path: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    items: tuple[Item, ...]
    others: tuple[Finding, ...]
    """The findings that are about no quotation."""


class Review:
    """A project under its editor's eyes. Use it from one thread, and close it there."""

    def __init__(self, root: Path) -> None:
        """Take a project's folder; nothing is looked at yet."""
        self.root = root
        self.following: Following[Reviewed] = Following(root, reviewed_post)
        self.following.note_read(root / BASELINE)
        self._no_baseline = ""
        self.steps = Steps(root)
        self.who = user_name(root)
        """Who decides, where that is known."""
        self._items: dict[str, tuple[Item, ...]] = {}
        """All quotations of a filter, in order, until anything changes."""
        self._looking: tuple[Workspace, Looking] | None = None
        self._read: Recent[tuple[str, str], Post] = Recent(4)
        self._others: Recent[tuple[str, str], tuple[Other, ...]] = Recent(_MOST_LOOKS)
        self._words: dict[tuple[str, str], str] = {}
        """The words of quotations that were shown, to know them again when they are changed."""

    # --- What changes ---

    def close(self) -> None:
        """End the pandoc that was started."""
        self.following.close()

    def look(self) -> bool:
        """Look whether files have changed and take in what has; say whether any did."""
        changed = self.following.look()
        if changed:
            self._items.clear()
            self._no_baseline = self._why_no_baseline()
        return changed

    def glance(self) -> bool:
        """Say whether a post that was shown or changed lately is another now."""
        return self.following.glance()

    def check_next(self) -> bool:
        """Check one post that waits; say whether there was one."""
        name = self.following.next_waiting()
        if name:
            self.check(name)
        return bool(name)

    def check(self, name: str) -> None:
        """Find out how a post stands now."""
        self._items.clear()
        self.following.check(name)

    # --- What is shown ---

    @property
    def fault(self) -> str:
        """Why there is nothing to show at all; empty where there is."""
        return self.following.fault or self._no_baseline

    def lines(self, show: str) -> tuple[PostLine, ...]:
        """Return the posts, by path, and of each the quotations that pass a filter."""
        return tuple(
            PostLine(
                name,
                known.front.title or name,
                _count(known.found) if known.found else (),
                sum(item.waits for item in known.found.items) if known.found else 0,
                known.found is not None,
                known.fault,
                known.found.shown[show] if known.found else (),
            )
            for name, known in self.following.posts.items()
        )

    def counts(self) -> dict[str, int]:
        """Return how many quotations pass each filter."""
        founds = [known.found for known in self.following.posts.values() if known.found]
        return {show: sum(len(found.shown[show]) for found in founds) for show in FILTERS}

    def items(self, show: str) -> tuple[Item, ...]:
        """Return the quotations of all posts that pass a filter, in order."""
        if show not in self._items:
            founds = (known.found for known in self.following.posts.values() if known.found)
            self._items[show] = tuple(chain.from_iterable(found.shown[show] for found in founds))
        return self._items[show]

    def neighbours(self, item: Item, show: str) -> tuple[Item | None, Item | None]:
        """Return the quotations before and behind one, of those that pass a filter."""
        items, place = self.items(show), _order(item)
        before = bisect_left(items, place, key=_order)
        behind = bisect_right(items, place, key=_order)
        return (
            items[before - 1] if before else None,
            items[behind] if behind < len(items) else None,
        )

    def reviewed(self, path: str) -> Reviewed | None:
        """Return how a post stands, checked now if it waits; None where there is none, or broken.

        A post whose file cannot be read has a `fault`.
        """
        if self.fault or path not in self.following.posts:
            return None
        self.following.note(path)
        if self.following.glance():
            self.look()
        known = self.following.posts.get(path)
        if known is None:
            return None
        if known.waits and self.following.workspace is not None:
            self.check(path)
        return self.following.posts[path].found

    def post_fault(self, path: str) -> str:
        """Return why a post cannot be read; empty where it can."""
        known = self.following.posts.get(path)
        return known.fault if known else ""

    def title(self, path: str) -> str:
        """Return a post's title, its path where it has none."""
        known = self.following.posts.get(path)
        return known.front.title if known and known.front.title else path

    def lang(self, path: str) -> str:
        """Return the language of a post, or else of the project."""
        known = self.following.posts.get(path)
        return (known.front.lang if known else "") or self.workspace.project.settings.lang

    def post(self, path: str) -> PostPage | None:
        """Return a post as its editor reads it; None where there is none that can be read."""
        reviewed = self.reviewed(path)
        if reviewed is None:
            return None
        quotations = [verdict.quotation for verdict in reviewed.verdicts]
        text = paragraphs(self.read(path, reviewed), quotations)
        others = other_findings(self.workspace, reviewed)
        return PostPage(path, self.title(path), text, reviewed.items, others)

    def find(self, path: str, quotation: str) -> Item | None:
        """Return a quotation of a post; None where the post has it no more, or not at all."""
        reviewed = self.reviewed(path)
        items = reviewed.items if reviewed else ()
        return next((item for item in items if item.id == quotation), None)

    def item(self, path: str, number: int) -> Item:
        """Return a post's quotation by its number; the last where it has fewer."""
        reviewed = self.reviewed(path)
        assert reviewed is not None
        return reviewed.items[min(number, len(reviewed.items)) - 1]

    def successor(self, path: str, quotation: str) -> Item | None:
        """Return what a quotation that is gone has become, by the words that were shown of it."""
        reviewed, words = self.reviewed(path), self._words.get((path, quotation))
        if reviewed is None or words is None:
            return None
        likely = [
            (SequenceMatcher(None, words, verdict.quotation.text, autojunk=False).ratio(), item)
            for verdict, item in zip(reviewed.verdicts, reviewed.items, strict=True)
        ]
        alike, item = max(likely, key=lambda one: one[0], default=(0.0, None))
        return item if alike >= _ALIKE else None

    def at(self, item: Item) -> Look:
        """Return all that is known of a quotation that was found."""
        reviewed = self.reviewed(item.post)
        assert reviewed is not None
        verdict = reviewed.verdicts[item.number - 1]
        self._words[item.post, item.id] = verdict.quotation.text
        return self._sight.at(self.read(item.post, reviewed), reviewed, item.number)

    def others(self, item: Item) -> tuple[Other, ...]:
        """Return the other places where a quotation may stand."""
        reviewed, workspace = self.reviewed(item.post), self.workspace
        assert reviewed is not None
        verdict = reviewed.verdicts[item.number - 1]
        key = workspace.sources_digest, repr(verdict)
        if key not in self._others:
            self._others[key] = self._find_others(verdict)
        return self._others[key]

    def pictures(self, item: Item) -> tuple[PagePicture, ...] | NoPicture:
        """Return the pages of the source's file that a quotation's passage stands on."""
        reviewed = self.reviewed(item.post)
        assert reviewed is not None
        match = shown_match(reviewed.verdicts[item.number - 1])
        if match is None:
            return NoPicture("nothing like it was found in a source")
        parts = quoted_parts(match, reviewed.verdicts[item.number - 1].differences)
        return picture(self.workspace, match.key, parts or (match.span,), width=_WIDTH)

    def search_sources(self, words: str, first: str = "") -> tuple[Named, ...]:
        """Return the sources whose key, authors, title or year hold all words; `first` leads."""
        sources = self.workspace.bibliography.sources
        wanted = words.casefold().split()
        named = [
            Named(key, cite_source(source, WORDS), "", "search") for key, source in sources.items()
        ]
        found = [
            one for one in named if all(w in f"{one.key} {one.citation}".casefold() for w in wanted)
        ]
        return tuple(sorted(found, key=lambda one: (one.key != first, one.key)))[:_MOST_FOUND]

    def rule(self, code: str) -> str:
        """Return a rule's page as HTML, as `explain` shows it; nothing for a code of no rule."""
        if code not in codes():
            return ""
        page = reader_page(code)
        return self.workspace.store.keep(
            "rule-page", (page,), str, lambda: self.following.pandoc.convert(page, "gfm", "html")
        )

    def read(self, path: str, reviewed: Reviewed) -> Post:
        """Return a post as it was read; the last few are kept."""
        key = path, reviewed.report.text
        if key not in self._read:
            self._read[key] = read(self.workspace, path, reviewed.report.text)
        return self._read[key]

    @property
    def workspace(self) -> Workspace:
        """The project as it stands now; asked only where there is no fault."""
        assert self.following.workspace is not None
        return self.following.workspace

    @property
    def _sight(self) -> Looking:
        if self._looking is None or self._looking[0] is not self.workspace:
            self._looking = self.workspace, Looking(self.workspace)
        return self._looking[1]

    def _why_no_baseline(self) -> str:
        """Return why the baseline cannot be read; empty where it can, or there is none."""
        try:
            _ = self.following.workspace and self.following.workspace.baseline
        except PubtoolError as error:
            return str(error)
        return ""

    def _find_others(self, verdict: Verdict) -> tuple[Other, ...]:
        from pubtool.checker.conventions import CONVENTIONS

        conventions = CONVENTIONS[self.workspace.project.settings.convention]
        found = other_places(verdict, self.workspace.library, conventions)
        return tuple(self._sight.other(one) for one in found)


def _order(item: Item) -> tuple[str, int]:
    return item.post, item.number


def _count(reviewed: Reviewed) -> tuple[tuple[str, int], ...]:
    found = Counter(item.verdict for item in reviewed.items)
    return tuple((kind.value, found[kind.value]) for kind in ORDER if found[kind.value])
