"""Asking the site what it has of the posts that are to be published; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from pubtool.model import Outgoing
from pubtool.publishers.wordpress.base import remember_blocks
from pubtool.publishers.wordpress.compare import Known
from pubtool.publishers.wordpress.marker import NAME, has_marker
from pubtool.publishers.wordpress.plan import Seen
from pubtool.publishers.wordpress.remote import Account, Media, Remote, RemotePost
from pubtool.publishers.wordpress.sending import pictures_of, words_digest
from pubtool.publishers.wordpress.state import State, Upload

_FEW = 5
"""Posts that are asked for one by one."""
_LONGEST = 1500
"""Characters of slugs in one address; servers take 8,000, and proxies less."""


@dataclass(frozen=True)
class Survey:
    """What the site says."""

    posts: Mapping[str, Seen]
    """By path."""
    known: Known
    state: State
    """The state, with what was found: images that the site has though we had forgotten them, the
    posts' present addresses, and the digests of blocks where an older lock file has none."""


def look(
    remote: Remote,
    account: Account,
    posts: Sequence[Outgoing],
    state: State,
    new: Mapping[str, str],
) -> Survey:
    """Return what the site says of the posts; `new` are the markers of those not in the state."""
    search = _Search(remote, posts)
    markers = {post.path: new.get(post.path, "") for post in posts}
    markers |= {p: e.marker for p, e in state.posts.items() if p in markers}
    seen = {}
    for post in posts:
        entry = state.posts.get(post.path)
        seen[post.path] = search.find(entry.id if entry else 0, markers[post.path])
    slugs = [post.slug for post in posts if not _is_found(seen[post.path], markers[post.path])]
    strangers = _by_slug(remote, slugs)
    for post in posts:
        if not _is_found(seen[post.path], markers[post.path]):
            seen[post.path] = _with_slugged(
                seen[post.path], markers[post.path], strangers.get(post.slug.lower(), ())
            )
    for path, found in seen.items():
        entry = state.posts.get(path)
        if entry and found.by_id:
            now = remember_blocks(replace(entry, link=found.by_id.link), found.by_id)
            if now != entry:
                state = state.with_post(path, now)
    state = _find_images(remote, posts, state)
    known = Known(
        tuple(remote.terms("category")),
        tuple(remote.terms("post_tag")),
        {sha: upload.id for sha, upload in state.media.items()},
        account.gmt_offset,
    )
    return Survey(seen, known, state)


class _Search:
    """Finds posts by id and marker: one by one, or where many are sought, all of ours at once.

    The name of the mark is in each of our posts, so that a search for it brings them all, a hundred
    an answer. Where a site's search does not find it, ids are still asked for one by one.
    """

    def __init__(self, remote: Remote, posts: Sequence[Outgoing]) -> None:
        self._remote = remote
        self._many = len(posts) > _FEW
        found = remote.posts(search=NAME) if self._many else ()
        self._ours = [post for post in found if NAME in post.content]
        self._by_id = {post.id: post for post in self._ours}

    def find(self, identifier: int, marker: str) -> Seen:
        """Return the post of an id, 0 for none, and if that has not the marker, those that have."""
        by_id = None
        if identifier:
            by_id = self._by_id.get(identifier) or self._remote.post(identifier)
        if by_id is not None and has_marker(by_id.content, marker):
            return Seen(by_id)
        among = self._ours if self._many else self._remote.posts(search=marker)
        return Seen(by_id, tuple(post for post in among if has_marker(post.content, marker)))


def _is_found(seen: Seen, marker: str) -> bool:
    found = seen.by_id is not None and has_marker(seen.by_id.content, marker)
    return found or bool(seen.marked)


def _with_slugged(seen: Seen, marker: str, slugged: Sequence[RemotePost]) -> Seen:
    """Return what was seen, with the posts that have our slug.

    The search of some sites is another program, which may not know the marker yet or at all, so
    these are looked at for it too.
    """
    ours = tuple(post for post in slugged if has_marker(post.content, marker))
    if ours:
        return replace(seen, marked=ours)
    own = seen.by_id.id if seen.by_id else 0
    return replace(seen, slugged=tuple(post for post in slugged if post.id != own))


def _by_slug(remote: Remote, slugs: Sequence[str]) -> dict[str, list[RemotePost]]:
    """Return the posts with these slugs, by slug in lower case, as WordPress keeps it."""
    found: dict[str, list[RemotePost]] = {}
    for part in _parts(slugs):
        for post in remote.posts(slug=part):
            found.setdefault(unquote(post.slug).lower(), []).append(post)
    return found


def _parts(slugs: Sequence[str]) -> Iterator[str]:
    """Yield slugs joined by commas, as many as an address and one answer have room for."""
    part: list[str] = []
    for slug in dict.fromkeys(slugs):
        if part and (len(part) == _FEW * 10 or len(quote(",".join([*part, slug]))) > _LONGEST):
            yield ",".join(part)
            part = []
        part.append(slug)
    if part:
        yield ",".join(part)


def find_marked(
    remote: Remote, marker: str, slug: str
) -> tuple[tuple[RemotePost, ...], tuple[RemotePost, ...]]:
    """Return the posts with our marker, and where there is none, strangers with our slug."""
    marked = [p for p in remote.posts(search=marker) if has_marker(p.content, marker)]
    if marked:
        return tuple(marked), ()
    slugged = remote.posts(slug=slug)
    ours = tuple(other for other in slugged if has_marker(other.content, marker))
    return (ours, ()) if ours else ((), tuple(slugged))


def _find_images(remote: Remote, posts: Sequence[Outgoing], state: State) -> State:
    """Return the state with the images that the site has and we do not know of."""
    unknown = {
        shown.slug: shown.sha256
        for post in posts
        for shown in pictures_of(post)
        if shown.sha256 not in state.media
    }
    for part in _parts(list(unknown)):
        for found in remote.media(part):
            sha256 = unknown.get(found.slug)
            if sha256 is not None and sha256 not in state.media:
                state = state.with_upload(sha256, as_upload(found))
    return state


def as_upload(media: Media, of: str = "") -> Upload:
    """Return an attachment as the state keeps it."""
    return Upload(
        id=media.id,
        url=media.url,
        slug=media.slug,
        width=media.width,
        height=media.height,
        of=of,
        words=words_digest(media.alt, media.caption),
    )
