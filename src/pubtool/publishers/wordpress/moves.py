"""Posts whose files were moved since they were last sent: pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pubtool.publishers.wordpress.state import Entry, State
from pubtool.publishers.wordpress.wanted import Wanted


@dataclass(frozen=True)
class Moves:
    """Which posts stand under another path than when they were last sent."""

    old: Mapping[str, str] = field(default_factory=dict)
    """New path -> old path."""
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """New path -> the old paths that it may have had."""


def find_moves(
    state: State,
    posts: Sequence[tuple[str, Callable[[Entry], Wanted]]],
    present: frozenset[str],
) -> Moves:
    """Return which of the posts are known under a path that the project has no longer.

    Such a post has the slug, the content or the title that was last sent. `posts` are paths, each
    with what makes the post as it would be sent under an entry's marker; `present` are the paths of
    all the project's posts.
    """
    gone = {path: entry for path, entry in state.posts.items() if path not in present}
    new = [(path, wanted) for path, wanted in posts if path not in state.posts]
    if not gone or not new:
        return Moves()
    claims = {path: _claims(wanted, gone) for path, wanted in new}
    old, ambiguous = {}, {}
    for path, found in claims.items():
        rivals = [other for other in claims if other != path and set(claims[other]) & set(found)]
        if len(found) == 1 and not rivals:
            old[path] = found[0]
        elif found:
            ambiguous[path] = found
    return Moves(old, ambiguous)


def _claims(wanted: Callable[[Entry], Wanted], gone: Mapping[str, Entry]) -> tuple[str, ...]:
    """Return the old paths that a new post may have had, by the surest sign that any gives.

    The content is the post's with the old one's marker, and made only where the slug says nothing.
    """
    any_entry = next(iter(gone.values()))
    here = wanted(any_entry).digests
    for name in ("slug", "content", "title"):
        found = [
            path
            for path, entry in gone.items()
            if _last_sent(entry).get(name)
            == (wanted(entry).digests if name == "content" else here).get(name)
        ]
        if found:
            return tuple(sorted(found))
    return ()


def _last_sent(entry: Entry) -> Mapping[str, str]:
    return {**entry.sent, **entry.pending}
