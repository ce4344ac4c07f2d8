"""A project as one run sees it: its bibliography, its sources' texts, its posts' files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pubtool.errors import CannotRead, NoSuchPost, NotUtf8
from pubtool.model import Bibliography, Document, Key, MissingText, Source, SourceText
from pubtool.pipeline.deciding import Standing, all_decisions
from pubtool.pipeline.memory import Memory
from pubtool.pipeline.recalling import Held
from pubtool.pipeline.sight import POSTS, ProjectFiles, Sight
from pubtool.pipeline.store import Store, code_digest, digest_after, digest_of
from pubtool.readers.lock import Lock, read_lock
from pubtool.readers.sources.find import FOLDER, find_files
from pubtool.system.collector import without_collection
from pubtool.system.config import Project
from pubtool.system.files import read_text, shown_name
from pubtool.system.pandoc import Pandoc
from pubtool.system.stamps import fingerprint_of
from pubtool.system.transaction import recover

if TYPE_CHECKING:
    from pubtool.checker.evidence import Library
    from pubtool.model import Baseline, FrontMatter
    from pubtool.pipeline.library import Opened

BIBLIOGRAPHY = "references.bib"
LOCK = "sources.lock"
Parse = Callable[[str, str], Document]
"""Gives a post's syntax tree, as `Pandoc.parse` does, from its text and its name."""

_LARGE = 100_000
"""Characters of a bibliography; a smaller one has too few entries for some to be passed over."""
_CITED = re.compile(r"@\{?([^\s\[\](){},;@\"]+)")
_STOPS = ".:?!*_'’”"


class Workspace:
    """What a run reads, each thing at most once and only when asked for.

    Use it as a context manager: it may start a pandoc.
    """

    def __init__(
        self,
        project: Project,
        pandoc: Pandoc | None = None,
        parse: Parse | None = None,
        sight: Sight | None = None,
        held: Held | None = None,
    ) -> None:
        """Take a project, a pandoc that runs already, and another way to parse posts by it.

        `sight` is what the file system said of the project before anything was read of it, and
        `held` what is held of its reports: all of them, unless it is told.
        """
        self.project = project
        self.sight = sight
        self.root = project.root
        self.store = Store(project.root)
        self.pandoc = pandoc or Pandoc()
        self.memory = Memory(self.store)
        self.held = held or Held()
        self._parse = parse or self.pandoc.parse
        self._parsed: tuple[str, str, Document] | None = None
        self.addresses: tuple[Mapping[str, str], frozenset[str]] | None = None
        """The folders of the posts' pages, by path, and the addresses of all pages: for links, and
        None before one asks.

        Whoever lives to see posts change forgets them then.
        """
        self.fronts: dict[str, tuple[tuple[int, ...], FrontMatter]] = {}
        """The posts' front matter as it was read for them, and what was said of the files then."""

    def __enter__(self) -> Self:
        recover(self.root)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.pandoc.dismiss()
        try:
            self.memory.save()
            self.store.close()
        finally:
            self.pandoc.close()

    def post_paths(self, paths: Sequence[Path] = ()) -> tuple[Path, ...]:
        """Return the posts' files, all or those that `paths` name (files or folders), sorted.

        Hidden files are none: an editor keeps its locks and copies there. Raises NoSuchPost for a
        path that names none.
        """
        folder, every = self.root / POSTS, self._find_posts()
        if not paths:
            return every
        below = _standing_at({_real(path) for path in paths}, every)
        for path in paths:
            whole = _real(path)
            if not below[whole] and not (whole == _real(folder) and folder.is_dir()):
                near = [post for post in every if _is_near(post, path.name)]
                other = whole.is_relative_to(_real(folder)) and _is_file(whole)
                typed = os.path.relpath(near[0]) if len(near) == 1 else ""  # from where we stand
                raise NoSuchPost(str(path), shown_name(typed), f"{path.stem}.md" if other else "")
        return tuple(sorted(set(chain.from_iterable(below.values()))))

    def _find_posts(self) -> tuple[Path, ...]:
        """Return all posts that there are now: an editor's workspace outlives their coming."""
        found = (path for path in self.visible_files() if path.endswith(".md"))
        ordered = sorted(found, key=lambda path: path.split(os.sep))  # noqa: PTH206 - as paths are
        return tuple(map(Path, ordered))

    def visible_files(self) -> Iterator[str]:
        """Yield the files below `posts/` that nothing hides, posts or not, in no order.

        Raises CannotRead for a folder that may not be looked into: its posts are not none.
        """
        with self._named():
            for folder, inner, names in os.walk(self.root / POSTS, onerror=_refused):
                inner[:] = [name for name in inner if not name.startswith(".")]
                here = os.path.join(folder, "")  # noqa: PTH118 - a thousand paths
                yield from (f"{here}{name}" for name in names if not name.startswith("."))

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Name the folder or file of the project that the system did not let us look at."""
        try:
            yield
        except OSError as error:
            raise CannotRead(self.name(Path(error.filename)), error) from None

    def parse(self, text: str, name: str) -> Document:
        """Return a post's syntax tree; the last one is held, for who asks next. See `Pandoc`."""
        if self._parsed is None or self._parsed[:2] != (text, name):
            self._parsed = None
            self._parsed = text, name, self._parse(text, name)
        return self._parsed[2]

    def name(self, path: Path) -> str:
        """Return a path relative to the project, with forward slashes."""
        whole, before = os.fspath(path), self._before
        if os.sep == "/" and whole.startswith(before):  # nearly all: `relative_to` is slow
            return shown_name(whole[len(before) :])
        return shown_name(path.relative_to(self.root).as_posix())

    @cached_property
    def _before(self) -> str:
        """What the path of everything in the project begins with."""
        return os.path.join(self.root, "")  # noqa: PTH118 - with the separator at its end

    @cached_property
    def bibliography(self) -> Bibliography:
        """The bibliography; an absent file is an empty one."""
        path = self.root / BIBLIOGRAPHY
        text = read_text(path, BIBLIOGRAPHY) if path.exists() else ""
        parts = (text,) if len(text) < _LARGE else (text, *sorted(self._wanted))
        with without_collection():
            kept = self.store.keep(
                "bibliography", parts, Bibliography, lambda: self._read_bibliography(text)
            )
        return replace(kept, text=text)

    def _read_bibliography(self, text: str) -> Bibliography:
        """Return the bibliography without its text, which need not be kept twice."""
        from pubtool.readers.bibliography import read_bibliography

        csl_json = self.pandoc.csl_json
        found = read_bibliography(BIBLIOGRAPHY, text, csl_json, lambda: self._wanted)
        return replace(found, text="")

    @cached_property
    def _wanted(self) -> frozenset[str]:
        """The keys that posts may cite, and those that files in the sources' folder are named by.

        What looks like a citation is taken for one: a key too many costs a millisecond.
        """
        cited = set[str]()
        for path in self.post_paths():
            with suppress(CannotRead, NotUtf8):
                for found in _CITED.findall(read_text(path, str(path))):
                    cited.update((found, found.rstrip(_STOPS)))
        folder = self.root / FOLDER
        with self._named():
            names = [path.stem for path in folder.iterdir()] if folder.is_dir() else []
        return frozenset(cited.union(names))

    @cached_property
    def files(self) -> ProjectFiles:
        """The project's files, as writers read them."""
        return ProjectFiles(self.root, self.sight)

    @cached_property
    def decisions(self) -> tuple[Standing, ...]:
        """Every file of decisions, by path."""
        return all_decisions(self.root)

    @cached_property
    def baseline(self) -> Baseline:
        """What was found when the project began to be checked; an absent file has nothing.

        Raises BadBaseline and what reading raises.
        """
        from pubtool.model import Baseline
        from pubtool.readers.baseline import FILE, read_baseline  # for who shows a project only

        path = self.root / FILE
        return read_baseline(read_text(path, FILE)) if path.exists() else Baseline()

    @cached_property
    def lock(self) -> Lock:
        """The sources' lock; an absent file pins nothing."""
        return read_lock(self._lock_text, LOCK)

    @cached_property
    def _lock_text(self) -> str:
        path = self.root / LOCK
        return read_text(path, LOCK) if path.exists() else ""

    @cached_property
    def sources_digest(self) -> str:
        """A digest of all that verdicts depend on besides the post and the settings."""
        if self.fingerprint:
            return self.store.keep("sources", (self.fingerprint,), str, self._digest_sources)
        return self._digest_sources()

    @cached_property
    def digest_judged(self) -> Callable[..., str]:
        """Gives the digest of some texts and all that verdicts on them depend on besides."""
        settings = self.project.settings
        return digest_after(code_digest(), settings.convention, settings.lang, self.sources_digest)

    def _digest_sources(self) -> str:
        parts = [self.bibliography.text, self._lock_text]
        for key, files in self._files.items():
            for name, digest in files:
                parts += [str(key), name, digest]
        return digest_of(*parts)

    @cached_property
    def source_paths(self) -> Mapping[Key, tuple[Path, ...]]:
        """Each source's files; looked for once a run."""
        with self._named():
            return find_files(self.bibliography.sources.values(), self.root)

    @cached_property
    def fingerprint(self) -> str:
        """What tells that no source has changed since the last run; empty where nothing does."""
        found = fingerprint_of(path for paths in self.source_paths.values() for path in paths)
        if found is None:
            return ""
        names = [f"{key}\0{len(paths)}" for key, paths in self.source_paths.items()]
        return digest_of(code_digest(), self.bibliography.text, self._lock_text, found, *names)

    def files_of(self, key: Key) -> tuple[tuple[str, str], ...]:
        """Return a source's files, relative to the project, each with the SHA-256 of its bytes.

        None of them is opened whose size and time of change are as they were.
        """
        return tuple((self.name(p), self._file_digest(p)) for p in self.source_paths.get(key, ()))

    @cached_property
    def _files(self) -> Mapping[Key, tuple[tuple[str, str], ...]]:
        """Each source's files, by their names and digests."""
        return {key: self.files_of(key) for key in self.source_paths}

    def _file_digest(self, path: Path) -> str:
        try:
            return self.store.file_digest(path)
        except CannotRead:
            return "unreadable"

    @cached_property
    def texts(self) -> tuple[SourceText | MissingText, ...]:
        """Every source's text, or why it has none, in the order of the bibliography."""
        return tuple(self.text(source) for source in self.bibliography.sources.values())

    def text(self, source: Source) -> SourceText | MissingText:
        """Return one source's text, or why it has none."""
        from pubtool.readers.sources.read import read_source  # not for what is remembered

        return read_source(source, self.root, self.lock)

    @cached_property
    def library(self) -> Library:
        """All that the checker needs to know of the sources."""
        from pubtool.checker.evidence import Library  # not for what is remembered

        return Library(self.bibliography, self.opened.index, self.opened.missing)

    @cached_property
    def opened(self) -> Opened:
        """The index of the sources' texts, brought up to date."""
        from pubtool.pipeline.library import Wanted, open_library  # not for what is remembered

        sources = self.bibliography.sources

        def wanted() -> list[Wanted]:
            return [Wanted(key, self._source_digest(source)) for key, source in sources.items()]

        root, lock = self.root, self.lock

        def read(key: Key) -> SourceText | MissingText:  # the index keeps it, and not this object
            from pubtool.readers.sources.read import read_source

            return read_source(sources[key], root, lock)

        return open_library(root, self.fingerprint, wanted, read)

    def _source_digest(self, source: Source) -> str:
        """Return a digest of all that a source's text is made from."""
        parts = [str(source.key), source.file, repr(self.lock.pins.get(source.key))]
        for name, digest in self._files[source.key]:
            parts += [name, digest]
        return digest_of("source", code_digest(), *parts)


def _standing_at(places: Iterable[Path], posts: Iterable[Path]) -> dict[Path, list[Path]]:
    """Return the posts by the places, files or folders, that they really stand at.

    A shell hands over each post of a folder: what each folder is in is asked once.
    """
    found: dict[Path, list[Path]] = {place: [] for place in places}
    real = cache(_real)
    holding = cache(lambda inner: [each for each in (inner, *inner.parents) if each in found])
    for post in posts:
        whole = _real(post) if post.is_symlink() else real(post.parent) / post.name
        for place in (*holding(whole.parent), *({whole} & found.keys())):
            found[place].append(post)
    return found


def _is_near(post: Path, name: str) -> bool:
    """Whether a name that was typed is a post's: without its end, or in capitals, or cut short."""
    near = (post.stem, post.name, post.name.partition(" ")[0])
    return name.casefold() in map(str.casefold, near)


def _refused(error: OSError) -> None:
    """Raise what `os.walk` passes over, but for a folder that is not there, or no more."""
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        raise error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no possible name
        return False


def _real(path: Path) -> Path:
    """Return where a path leads; itself where it leads nowhere (a loop, no possible name)."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()
