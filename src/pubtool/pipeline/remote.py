"""Checking on other machines: all that a worker needs beside the posts, none of it a source's file.

The index is the sources: its segments hold their texts. They lie where every worker can read them,
in the project's folder on a shared file system or, by the setting ``check.cluster-index``, at an
address of fsspec's, from where each worker's machine fetches them once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pubtool import __version__
from pubtool.checker.check import check_post
from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.evidence import Library
from pubtool.checker.index import Index
from pubtool.checker.index.segment import BadSegment, Segment
from pubtool.errors import IndexUnusable, OtherVersion, PubtoolError, TooDeep
from pubtool.model import Bibliography, Key, MissingText, Settings
from pubtool.pipeline.library import FOLDER, Shelved
from pubtool.pipeline.store import encode
from pubtool.readers.post import read_post
from pubtool.system.files import map_file
from pubtool.system.pandoc import Pandoc
from pubtool.system.storage import get_file, is_address, put_file


@dataclass(frozen=True)
class Shared:
    """What a run's workers have in common."""

    version: str
    place: str
    """Where the segments are: a folder, or an address."""
    shelved: tuple[Shelved, ...]
    bibliography: Bibliography
    missing: dict[Key, MissingText]
    convention: str
    lang: str
    """The project's language, for posts that name none."""


@dataclass(frozen=True)
class Sent:
    """A post on its way to a worker."""

    name: str
    text: str


def share(root: Path, shelved: tuple[Shelved, ...], library: Library, settings: Settings) -> Shared:
    """Return what workers need, the index's files put where they can read them."""
    folder = root / FOLDER
    place = settings.cluster_index
    if is_address(place):
        for one in shelved:
            put_file(place, folder / one.name)
    where = place or str(folder)
    return Shared(
        __version__,
        where,
        shelved,
        library.bibliography,
        dict(library.missing),
        settings.convention,
        settings.lang,
    )


@contextmanager
def remote_checker(shared: Shared) -> Iterator[Callable[[Sent], bytes | str]]:
    """Prepare a worker; it gives a post's encoded report, or why there is none.

    Raises OtherVersion, IndexUnusable and CannotReach.
    """
    if shared.version != __version__:
        raise OtherVersion(__version__, shared.version)
    segments = [_open(shared.place, one.name) for one in shared.shelved]
    index = Index(segments, [one.keys for one in shared.shelved])
    library = Library(shared.bibliography, index, shared.missing)
    convention = CONVENTIONS[shared.convention]
    with Pandoc() as pandoc:

        def check(sent: Sent) -> bytes | str:
            try:
                document = pandoc.parse(sent.text, sent.name)
                post = read_post(sent.name, sent.text, document, lang=shared.lang)
                return encode(check_post(post, library, convention))
            except RecursionError:
                return str(TooDeep(sent.name))
            except BadSegment:
                raise IndexUnusable(shared.place) from None
            except PubtoolError as error:
                return str(error)

        yield check


def _open(place: str, name: str) -> Segment:
    fetched = is_address(place)
    path = get_file(place, name) if fetched else Path(place) / name
    try:
        segment = Segment(map_file(path))
    except BadSegment:
        raise IndexUnusable(place) from None
    if fetched and not segment.is_whole():
        raise IndexUnusable(place)
    return segment
