"""`import`: a blog's export file to posts, offline.

Every post is made and read back first; then all new files are written as one, and none that exists
is touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pubtool.errors import CannotRead, ImportLost, NoPlaceForPosts
from pubtool.model import Blog, Entry
from pubtool.pipeline.arriving import Arrived, Choice, State, links_to, make, name_posts
from pubtool.pipeline.imaging import list_images
from pubtool.pipeline.sight import POSTS
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.wordpress import Addresses
from pubtool.readers.wxr import UNFINISHED, read_wxr
from pubtool.system.config import Project
from pubtool.system.transaction import Change, apply_changes

Progress = Callable[[int, int], None]

_CHUNK = 1 << 20
_FEW = 1_000_000
"""Characters of content that one process has read before others have started."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of an import."""

    into: Path
    """The folder of the posts, below the project's ``posts``."""
    series: tuple[str, ...] = ()
    """Categories that are series."""
    pages: bool = False
    """Whether pages are taken for posts."""
    dry: bool = False
    """Whether nothing is to be written."""


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do."""

    blog: str
    """The blog's title."""
    posts: tuple[Arrived, ...]
    left_out: Mapping[str, int]
    """What was left out: how many of each kind."""
    removed: int
    """Characters that XML forbids, taken out."""
    images: tuple[str, ...]
    """Addresses that were written to the list."""
    unknown_series: tuple[str, ...]
    """Categories that were to be series and that no post has."""


def import_file(
    project: Project, file: Path, wanted: Wanted, progress: Progress = lambda done, total: None
) -> Imported:
    """Read an export and write its posts.

    Raises NoExport and CannotRead for the file, NoPlaceForPosts for the folder, ImportLost for a
    worker, and what writing raises; then nothing was written.
    """
    folder = _folder(project, wanted.into)
    blog = read_wxr(str(file), _chunks(file))
    entries, left_out = _chosen(blog, wanted)
    lang = blog.lang if blog.lang != project.settings.lang else ""
    choice = Choice(folder, frozenset(name.lower() for name in wanted.series), lang)
    named = name_posts(entries, folder)
    pieces = [_Piece(entry, *named[number]) for number, entry in enumerate(entries)]
    given = _Given(project, choice, links_to(named, entries))
    with Workspace(project) as workspace:
        posts = _made(given, pieces, progress)
        new = [post for post in posts if post.state is State.NEW]
        images = tuple(dict.fromkeys(image for post in new for image in post.images))
        if not wanted.dry:
            _write(workspace.root, folder, posts, images)
    seen = {name.lower() for entry in entries for name in entry.categories}
    return Imported(
        blog=blog.title,
        posts=tuple(posts),
        left_out=left_out,
        removed=blog.removed,
        images=images,
        unknown_series=tuple(name for name in wanted.series if name.lower() not in seen),
    )


@dataclass(frozen=True)
class _Piece:
    """A post to be made."""

    entry: Entry
    slug: str
    path: str


@dataclass(frozen=True)
class _Given:
    """What all posts have in common."""

    project: Project
    choice: Choice
    links: Callable[[str], str]


@contextmanager
def _maker(given: _Given) -> Iterator[Callable[[_Piece], Arrived]]:
    """Prepare what makes posts, with a pandoc of its own."""
    addresses = Addresses(lambda address: address, given.links)
    with Workspace(given.project) as workspace:
        yield lambda piece: make(
            workspace, piece.entry, (piece.slug, piece.path), given.choice, addresses
        )


def _made(given: _Given, pieces: Sequence[_Piece], progress: Progress) -> list[Arrived]:
    """Make the posts, many or long ones by a worker for each core. Raises ImportLost."""
    from pubtool.system.workers import Lost, cores, work

    jobs = cores() if sum(len(one.entry.content) for one in pieces) > _FEW else 1
    found: dict[int, Arrived] = {}
    if min(jobs, len(pieces)) <= 1:
        with _maker(given) as do:
            for number, piece in enumerate(pieces):
                progress(number, len(pieces))
                found[number] = do(piece)
    else:
        with closing(work(_maker, given, pieces, jobs)) as results:
            for number, made in results:
                if isinstance(made, Lost):
                    raise ImportLost(pieces[number].path)
                found[number] = made
                progress(len(found), len(pieces))
    return [found[number] for number in range(len(pieces))]


def _folder(project: Project, into: Path) -> str:
    """Return the folder relative to the project; posts are read from below one folder alone."""
    root = project.root.resolve()
    whole = (into if into.is_absolute() else root / into).resolve()
    if not whole.is_relative_to(root / POSTS):
        raise NoPlaceForPosts(str(into))
    return whole.relative_to(root).as_posix()


def _chunks(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise CannotRead(str(file), error) from None


def _chosen(blog: Blog, wanted: Wanted) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """Return the entries that become posts, and how many of each other kind there are."""
    kinds = {"post", "page"} if wanted.pages else {"post"}
    chosen: list[Entry] = []
    left_out: Counter[str] = Counter()
    for entry in blog.entries:
        if entry.kind not in kinds:
            left_out[entry.kind] += 1
        elif entry.status in UNFINISHED or entry.status == "trash":
            left_out[f"{entry.kind} ({entry.status})"] += 1
        else:
            chosen.append(entry)
            left_out["comment"] += entry.comments
    return tuple(chosen), {kind: count for kind, count in sorted(left_out.items()) if count}


def _write(root: Path, folder: str, posts: list[Arrived], images: tuple[str, ...]) -> None:
    changes = [
        Change(root / post.path, post.text.encode(), None)
        for post in posts
        if post.state is State.NEW
    ]
    apply_changes(root, [*changes, *list_images(root / PurePosixPath(folder), images)])
