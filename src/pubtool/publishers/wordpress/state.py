"""``published/SITE.lock``: what a site was last sent, and what it made of that.

TOML, one table a post and one an image, sorted, so that a change is a short diff and two branches
merge. A field's value is kept as the first 16 digits of its SHA-256, and an empty one is left out:
the file tells whether a field has changed since, here or on the site, and not what it was. No clock
is read here.

The file is also the journal. What is about to be sent stands in `Entry.pending` before the request
leaves, and is taken out when the answer is there; whoever is killed in between leaves it, and the
next run sees by it what had been asked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from pubtool.errors import BadLock
from pubtool.system.toml import place_fault, quote_text

FOLDER = "published"
"""Where the files are, relative to the project; under version control."""

_HEADER = """\
# What pubtool last sent to a site, and what the site made of it. Written by `pubtool publish`; keep
# it under version control: without it nobody can tell an edit on the site from one of ours.
"""
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one post on the site."""

    marker: str
    """The UUID in its first block."""
    id: int = 0
    """0: the site was asked to make it, and has not answered."""
    link: str = ""
    modified: str = ""
    """GMT, as the site said after our last write."""
    deleted: bool = False
    """Whether somebody deleted it there, and the user accepted that."""
    kept: bool = False
    """Whether the site's text was kept over ours, and has not been brought home yet."""
    back: Mapping[str, str] = field(default_factory=lambda: _NONE)
    """The fields' digests as the site gave them back after our last write: a server may change what
    it is sent, so edits are measured against this."""
    blocks: str = ""
    """The digests of the blocks that the site gave back, after a sign of the text that they are of:
    see `base.py`."""
    pending: Mapping[str, str] = field(default_factory=lambda: _NONE)
    """The digests of what is being sent; empty where nothing is."""
    sent: Mapping[str, str] = field(default_factory=lambda: _NONE)
    """The digests of what was last sent."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An image that the site has."""

    id: int
    url: str
    slug: str = ""
    width: int = 0
    height: int = 0
    of: str = ""
    """The post whose alternative text and caption the attachment has."""
    words: str = ""
    """Their digest."""


@dataclass(frozen=True)
class State:
    """All that is known of a site."""

    site: str = ""
    """Its home's address; empty before the first run."""
    posts: Mapping[str, Entry] = field(default_factory=dict)
    """By path."""
    media: Mapping[str, Upload] = field(default_factory=dict)
    """By the SHA-256 of the image's bytes."""

    def with_post(self, path: str, entry: Entry) -> State:
        """Return the state with a post's entry set."""
        return replace(self, posts={**self.posts, path: entry})

    def without_post(self, path: str) -> State:
        """Return the state without a post."""
        return replace(self, posts={p: entry for p, entry in self.posts.items() if p != path})

    def with_upload(self, sha256: str, upload: Upload) -> State:
        """Return the state with an image's entry set."""
        return replace(self, media={**self.media, sha256: upload})


def state_path(site: str) -> str:
    """Return the path of a site's file, relative to the project."""
    return f"{FOLDER}/{site}.lock"


def read_state(text: str, path: str) -> State:
    """Return what the file says; raise `BadLock`, naming `path` and the line."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLock(path, *place_fault(error, text)) from None
    reader = _Reader(text, path)
    unknown = sorted(set(given) - {"site", "posts", "media"})
    if unknown:
        reader.refuse(unknown[0], f"there is nothing called `{unknown[0]}` in such a file")
    site = given.get("site", "")
    if not isinstance(site, str):
        reader.refuse("site", "`site` is not a text in quotation marks")
    posts = {path: reader.entry(path, table) for path, table in reader.tables(given, "posts")}
    media = {sha: reader.upload(sha, table) for sha, table in reader.tables(given, "media")}
    return State(site, posts, media)


def render_state(state: State) -> str:
    """Return the file's text: sorted, empty values left out, the same for the same."""
    return Rendering().text(state)


class Rendering:
    """Writes one state after another, of which each step changes one table in thousands."""

    def __init__(self) -> None:
        self._tables: dict[str, tuple[Entry | Upload, str]] = {}

    def text(self, state: State) -> str:
        """Return the file's text; see `render_state`."""
        tables = [_HEADER + (f"\nsite = {quote_text(state.site)}\n" if state.site else "")]
        tables += [self._table(f"media.{sha}", state.media[sha]) for sha in sorted(state.media)]
        for path in sorted(state.posts):
            tables.append(self._table(f"posts.{quote_text(path)}", state.posts[path]))
        return "\n".join(tables)

    def _table(self, name: str, value: Entry | Upload) -> str:
        known = self._tables.get(name)
        if known is None or known[0] is not value:
            known = self._tables[name] = (value, _table(name, value))
        return known[1]


def _table(name: str, value: Entry | Upload) -> str:
    return "\n".join([f"[{name}]", *_lines(value)]) + "\n"


def _lines(value: Entry | Upload) -> Iterator[str]:
    for item in sorted(fields(value), key=lambda item: item.name):
        found = getattr(value, item.name)
        if isinstance(found, Mapping):
            for key in sorted(found):
                if found[key] or item.name == "pending":
                    yield f"{item.name}.{key} = {quote_text(found[key])}"
        elif isinstance(found, bool):
            if found:
                yield f"{item.name} = true"
        elif found or item.name == "id":
            yield f"{item.name} = {found if isinstance(found, int) else quote_text(found)}"


class _Reader:
    """Reads the tables, and knows where in the file each stands."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path

    def refuse(self, name: str, why: str) -> None:
        """Raise `BadLock` at the first line that has `name`."""
        line = next(
            (at for at, line in enumerate(self._text.splitlines(), 1) if name in line), None
        )
        raise BadLock(self._path, line, why)

    def tables(self, given: Mapping[str, Any], section: str) -> Iterator[tuple[str, Any]]:
        """Yield a section's tables by name."""
        found = given.get(section, {})
        if not isinstance(found, dict):
            self.refuse(section, f"`{section}` is not a section of tables")
        for name, table in found.items():
            if not isinstance(table, dict):
                self.refuse(name, f"{name} is not a table")
            yield name, table

    def entry(self, path: str, table: Mapping[str, Any]) -> Entry:
        """Return a post's entry."""
        entry = Entry(**{"marker": "", **self._values(path, table, Entry)})
        if not entry.marker:
            self.refuse(path, f"{path} has no `marker`")
        if not entry.id and not entry.pending:
            self.refuse(path, f"{path} has no `id`")
        return entry

    def upload(self, sha: str, table: Mapping[str, Any]) -> Upload:
        """Return an image's entry."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha):
            self.refuse(sha, f"{sha} is no SHA-256 of 64 hexadecimal digits")
        values = self._values(sha, table, Upload)
        for name in ("id", "url"):
            if not values.get(name):
                self.refuse(sha, f"the image {sha[:12]} has no `{name}`")
        return Upload(**values)

    def _values(
        self, name: str, table: Mapping[str, Any], kind: type[Entry | Upload]
    ) -> dict[str, Any]:
        kinds = {item.name: str(item.type) for item in fields(kind)}
        for key, value in table.items():
            wanted = kinds.get(key)
            if wanted is None:
                self.refuse(name, f"{name} has an unknown entry `{key}`")
            elif not _fits(value, wanted):
                self.refuse(name, f"`{key}` of {name} is not what it should be")
        return dict(table)


def _fits(value: Any, kind: str) -> bool:
    if kind.startswith("Mapping"):
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if kind == "int":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, bool if kind == "bool" else str)
