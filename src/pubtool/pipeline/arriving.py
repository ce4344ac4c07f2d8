"""A post of a blog on its way into the project: made, read back and compared before it is written.

What the finished file says when pubtool reads it must be what WordPress showed, word for word, and
its front matter what was put in; anything else is said with the post's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from pubtool.checker.quotations import find_quotations
from pubtool.errors import CannotRead, PandocFailed
from pubtool.model import IMPORTED, Entry, Fallback
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.front_matter import read_front_matter
from pubtool.readers.post import read_post
from pubtool.readers.wordpress import Addresses, notes_of, to_markdown
from pubtool.readers.wordpress.front import front_of, slug_of
from pubtool.readers.wordpress.visible import (
    first_difference,
    words_of_content,
    words_of_markdown,
)
from pubtool.system.collector import without_collection
from pubtool.system.files import read_bytes
from pubtool.writers.front_matter import write_front_matter

_UNPLACED = frozenset({"draft", "pending", "auto-draft"})
"""The statuses of what is at no address yet: WordPress makes their slugs no different."""


class State(Enum):
    """What becomes of a post's file."""

    NEW = "new"
    SAME = "unchanged"
    THERE = "left alone"
    """Another file has its name; it is not touched."""


@dataclass(frozen=True)
class Arrived:
    """One post, made."""

    path: str
    """Relative to the project, with forward slashes."""
    text: str
    """The whole file."""
    state: State
    losses: tuple[Fallback, ...]
    """Lines are those of the file."""
    difference: str
    """The first difference between the words that WordPress shows and the file's; empty: none."""
    images: tuple[str, ...]
    """The addresses of its images on the web."""
    quotations: int
    uncited: int
    """Quotations that cite nothing."""
    again: bool = False
    """Whether the file that has its name is this very post, changed since it came."""


@dataclass(frozen=True)
class Choice:
    """What an import makes of a blog."""

    folder: str
    """Where the posts go, relative to the project: ``posts``."""
    series: frozenset[str] = frozenset()
    """Categories that are series, in lower case."""
    lang: str = ""
    """The blog's language where it is not the project's."""


def name_posts(entries: Iterable[Entry], folder: str) -> dict[int, tuple[str, str]]:
    """Return each entry's slug and file, by its place among the entries; no two are the same.

    Of two with the same slug one has its id behind it: what is at no address yet, which WordPress
    lets share any, then a page, then the later one. Nor does that make a slug that another has.
    File systems that see no difference between capitals see two files all the same.
    """
    every = list(entries)
    slugs = [slug_of(entry) for entry in every]
    own, taken = {slug.lower() for slug in slugs}, set[str]()
    named: dict[int, tuple[str, str]] = {}
    for number in sorted(range(len(every)), key=lambda number: _precedence(every[number])):
        entry, slug = every[number], slugs[number]
        while slug.lower() in taken or (slug != slugs[number] and slug.lower() in own):
            slug = f"{slug}-{entry.id or number}"
        taken.add(slug.lower())
        named[number] = slug, f"{folder}/{_file_name(slug)}.md"
    return dict(sorted(named.items()))


def _precedence(entry: Entry) -> tuple[bool, bool]:
    """Return what decides which of two posts keeps a slug that both have, the lesser first."""
    return not entry.slug or entry.status in _UNPLACED, entry.kind != "post"


def _file_name(slug: str) -> str:
    """Return a slug as a name that every file system takes."""
    return re.sub(r'[<>:"|?*\x7f]+', "-", slug)[:120].rstrip(". ") or "post"


def links_to(
    named: Mapping[int, tuple[str, str]], entries: tuple[Entry, ...]
) -> Callable[[str], str]:
    """Return what turns the address of one of the posts into its file's name, and leaves others."""
    files = {
        _bare(entry.link): named[number][1].rpartition("/")[2]
        for number, entry in enumerate(entries)
        if entry.link and entry.status == "publish" and "?" not in entry.link
    }

    return _Links(files)


@dataclass(frozen=True)
class _Links:
    """What `links_to` returns; it can be sent to a worker."""

    files: Mapping[str, str]

    def __call__(self, address: str) -> str:
        plain, mark, fragment = address.partition("#")
        file = self.files.get(_bare(plain))
        return f"{file}{mark}{fragment}" if file else address


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")


@without_collection()  # a post's trees are many small things without a circle
def make(
    workspace: Workspace,
    entry: Entry,
    place: tuple[str, str],
    choice: Choice,
    addresses: Addresses,
) -> Arrived:
    """Return a post's file as it is to be, and what was found when it was read back.

    `place` is its slug and its path. Raises PandocFailed where pandoc itself is missing.
    """
    slug, path = place
    front, said = front_of(entry, choice.lang, choice.series)
    head = write_front_matter(replace(front, slug=slug, image=addresses.image(front.image)))
    written = to_markdown(entry, workspace.pandoc, addresses)
    text = f"{head}\n{written.markdown}" if written.markdown else head
    down = head.count("\n") + 1
    losses = [*said, *(replace(one, line=one.line and one.line + down) for one in written.losses)]
    difference, quotations, uncited = _read_back(workspace, entry, path, text)
    state, again = _state(workspace.root / path, text, entry)
    images = (*((front.image,) if front.image else ()), *written.images)
    return Arrived(
        path=path,
        text=text,
        state=state,
        losses=tuple(losses),
        difference=difference,
        images=tuple(dict.fromkeys(one for one in images if one.startswith(("http", "//")))),
        quotations=quotations,
        uncited=uncited,
        again=again,
    )


def _state(path: Path, text: str, entry: Entry) -> tuple[State, bool]:
    """Return what becomes of a post's file, and whether one that is left alone is the post's."""
    if not path.exists():
        return State.NEW, False
    try:
        data = read_bytes(path)
    except CannotRead:
        return State.THERE, False
    if data == text.encode():
        return State.SAME, False
    front, _ = read_front_matter(path.name, data.decode("utf-8", "replace"))
    said = dict(front.other).get(IMPORTED)
    return State.THERE, isinstance(said, dict) and bool(entry.id) and said.get("id") == entry.id


def _read_back(workspace: Workspace, entry: Entry, path: str, text: str) -> tuple[str, int, int]:
    """Return the first difference, and how many quotations the post has, and uncited ones."""
    try:
        document = workspace.pandoc.parse(text, path)
    except PandocFailed as error:
        return f"it cannot be read back: {error.why}", 0, 0
    post = read_post(path, text, document, lang=workspace.project.settings.lang)
    quotations, _ = find_quotations(post)
    _, faults = read_front_matter(path, text)
    try:
        shown = words_of_content(entry.content, notes_of(entry.footnotes))
        difference = first_difference(shown, words_of_markdown(document))
    except RecursionError:
        difference = "it is nested too deeply to be compared"
    if faults:
        difference = f"its front matter: {faults[0].message}"
    return difference, len(quotations), sum(not one.cited for one in quotations)
