"""A project while somebody writes at it: what an editor's program asks, answered from open files.

A post is checked as it stands in the editor, whether it is saved or not; nothing of the author's is
ever written. The bibliography, the sources and the settings are as they stand on disk: `look` says
whether they have changed, and what was made from them is then made anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pubtool.model import Key, Locator, Match, PostReport, Source, SourceText, Verdict
from pubtool.pipeline.judging import judge_post
from pubtool.pipeline.keystrokes import BorrowedBefore, KeptVerdicts, find_unless
from pubtool.pipeline.looking import Looked
from pubtool.pipeline.one_post import as_decided, as_shown
from pubtool.pipeline.sight import POSTS
from pubtool.pipeline.workspace import BIBLIOGRAPHY, Workspace
from pubtool.readers.sources.own_lines import lines_before
from pubtool.system.collector import Circles, without_collection
from pubtool.system.config import Project, find_project
from pubtool.system.files import write_atomic
from pubtool.system.pandoc import Pandoc
from pubtool.system.reparsing import Reparser

_PARTING = 1.0
"""Seconds that pandoc has left for what nobody waits for any more."""
_KEYSTROKES = 128
"""How many may leave something for the collector where the author never pauses."""
_TEXTS = Path(".pubtool") / "texts"
"""Where a source's extracted text is put to be looked at."""


@dataclass(frozen=True)
class Entry:
    """An entry of the bibliography, as it is offered to who cites."""

    key: str
    title: str
    authors: str
    """``Kunze and Müller``."""
    year: str
    container: str
    line: int
    """In the bibliography, 1-based."""


@dataclass(frozen=True)
class Target:
    """A place to go to."""

    path: Path
    line: int
    """0-based."""


class Writing:
    """A project under its author's hands. Use it from one thread, and close it there."""

    def __init__(self, root: Path) -> None:
        """Take a project's folder; nothing is read yet."""
        self.root = root
        self._pandoc = Pandoc()
        self._reparser = Reparser(self._pandoc)
        self._workspace: Workspace | None = None
        self._entries: tuple[Entry, ...] | None = None
        self._files = Looked(root, posts=False)
        self._kept = KeptVerdicts()
        self._borrowed: dict[str, BorrowedBefore] = {}
        self._circles = Circles(_KEYSTROKES)
        self._skipped: dict[Key, int | None] = {}
        """Lines of a source's file before its text; None where the text's lines are not its."""

    def close(self) -> None:
        """End what was started."""
        self._pandoc.close()
        if self._workspace is not None:
            self._workspace.store.close()
            self._workspace = None

    def look(self) -> bool:
        """Say whether anything but posts has changed since it was last looked; take it in."""
        changed = self._files.look()
        if not changed and self._workspace is not None:
            return False
        self._forget()
        return True

    def _forget(self) -> None:
        if self._workspace is not None:
            self._workspace.store.close()
        self._workspace, self._entries = None, None
        self._kept = KeptVerdicts()
        self._skipped = {}

    def forget(self, name: str) -> None:
        """Let go of what is known of a post that nobody writes at any more."""
        self._borrowed.pop(name, None)
        self._reparser.forget(name)

    def hurry(self) -> None:
        """Let what is under way come to an end; may be called from any thread."""
        self._pandoc.patience.hurry(_PARTING)

    @property
    def workspace(self) -> Workspace:
        """The project as its files are; raises what reading the settings raises."""
        if self._workspace is None:
            workspace = Workspace(find_project(self.root), self._pandoc, self._reparser.parse)
            self._files.note(path for paths in workspace.source_paths.values() for path in paths)
            self._workspace = workspace
        return self._workspace

    # --- Checking ---

    def check(self, name: str, text: str) -> PostReport:
        """Return the report on a post as it is being typed; see `pipeline.keystrokes`."""
        before = self._borrowed.setdefault(name, BorrowedBefore())
        with without_collection(), self._pandoc.patience.soon():
            _, report = judge_post(self.workspace, name, text, self._kept.judge, before.carry)
            finished = self._finished(report)
        if self._circles.leave():
            self._circles.collect()
        return finished

    def with_fixes(self, name: str, text: str) -> PostReport:
        """Return the same report, each finding with its fix."""
        before = self._borrowed.setdefault(name, BorrowedBefore())
        with self._pandoc.patience.soon():
            _, report = judge_post(self.workspace, name, text, None, before.carry)
        return self._finished(report)

    def settle(self, name: str, text: str, stale: Callable[[], bool]) -> PostReport:
        """Return the report that `pubtool check` would give; raises Superseded where it is stale.

        What was found to be borrowed is kept for `settled`.
        """
        before = BorrowedBefore()
        find = find_unless(stale)
        self.workspace.addresses = None  # other posts may have changed, which nobody looks at

        def finding(*given):  # type: ignore[no-untyped-def]
            found = find(*given)
            before.keep(given[0], found)
            return found

        _, report = judge_post(self.workspace, name, text, None, finding)
        self._borrowed[name] = before
        self._circles.collect()  # the author pauses
        return self._finished(report)

    def _finished(self, report: PostReport) -> PostReport:
        return as_shown(self.workspace, as_decided(self.workspace, report))

    # --- What is asked for ---

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The bibliography's entries, in its order; the same object while it is unchanged."""
        if self._entries is None:
            sources = self.workspace.bibliography.sources.values()
            self._entries = tuple(_entry(source) for source in sources)
        return self._entries

    def text_of(self, key: str) -> SourceText | None:
        """Return a source's text, None where there is none."""
        parts = self.workspace.library.index.parts
        return parts.text(Key(key)) if key in parts else None

    def file_of(self, key: str) -> Path | None:
        """Return the file that a source's text is from, None where there is none."""
        text = self.text_of(key)
        path = self.root / text.path if text and text.path else None
        return path if path and path.is_file() else None

    def locators(self, key: str, verdict: Verdict | None) -> tuple[str, ...]:
        """Return the places that a source has, as a citation writes them, a verdict's own first."""
        from pubtool.checker.locating import name_locator

        text = self.text_of(key)
        if text is None:
            return ()
        match = verdict.match if verdict else None
        first = [match.locator] if match and match.key == key and match.locator else []
        every = [*first, *(mark.locator for mark in text.landmarks)]
        return tuple(dict.fromkeys(name_locator(locator) for locator in every))

    def target_of_entry(self, key: str) -> Target | None:
        """Return where an entry stands in the bibliography."""
        source = self.workspace.bibliography.sources.get(Key(key))
        return Target(self.root / BIBLIOGRAPHY, source.line - 1) if source else None

    def target_of_match(self, match: Match) -> Target | None:
        """Return where a passage stands: in the source's own file if that is its text.

        Else in its extracted text, which is put below ``.pubtool``.
        """
        text = self.text_of(match.key)
        if text is None:
            return None
        own = self.place_of(match)
        if own is not None and self._skipped_in(text) is not None:
            return own
        path = self.root / _TEXTS / f"{match.key.replace('/', '_')}.txt"
        write_atomic(path, text.text.encode())
        return Target(path, _line(text, match))

    def place_of(self, match: Match) -> Target | None:
        """Return the file that a passage is from, and its line; the first where it has none."""
        text, path = self.text_of(match.key), self.file_of(match.key)
        if text is None or path is None:
            return None
        skipped = self._skipped_in(text)
        return Target(path, 0 if skipped is None else skipped + _line(text, match))

    def _skipped_in(self, text: SourceText) -> int | None:
        """Return how many lines stand in a source's file before its text."""
        if text.key not in self._skipped:
            self._skipped[text.key] = lines_before(self.root / text.path, text.text)
        return self._skipped[text.key]


def _line(text: SourceText, match: Match) -> int:
    return text.text.count("\n", 0, match.span.start)


def _entry(source: Source) -> Entry:
    families = [name.family for name in source.authors]
    authors = " and ".join(families) if len(families) < 3 else f"{families[0]} et al."
    return Entry(str(source.key), source.title, authors, source.year, source.container, source.line)


def post_name(path: Path) -> tuple[Path, str] | None:
    """Return the project that a file is a post of, and the post's name; None where it is none.

    Raises what reading the settings raises.
    """
    project = project_of(path)
    if project is None:
        return None
    posts = project.root / POSTS
    if path.suffix != ".md" or not path.is_relative_to(posts):
        return None
    if any(part.startswith(".") for part in path.relative_to(posts).parts):
        return None
    return project.root, path.relative_to(project.root).as_posix()


def project_of(path: Path) -> Project | None:
    """Return the project that a file lies in, if any; raises BadSettings."""
    from pubtool.errors import NoProject

    try:
        return find_project(path.parent)
    except NoProject:
        return None


def name_place(locator: Locator) -> str:
    """Return a locator as a citation writes it: ``p. 253``."""
    from pubtool.checker.locating import name_locator

    return name_locator(locator)
