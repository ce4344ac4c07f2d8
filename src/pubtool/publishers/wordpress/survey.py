"""Asking the site what it has of the posts that are to be published; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pubtool.model import Outgoing
from pubtool.publishers.wordpress.compare import Known
from pubtool.publishers.wordpress.marker import has_marker
from pubtool.publishers.wordpress.plan import Seen
from pubtool.publishers.wordpress.remote import Account, Media, Remote, RemotePost
from pubtool.publishers.wordpress.sending import pictures_of, words_digest
from pubtool.publishers.wordpress.state import State, Upload


@dataclass(frozen=True)
class Survey:
    """What the site says."""

    posts: Mapping[str, Seen]
    """By path."""
    known: Known
    state: State
    """The state, with what was found: images that the site has though we had forgotten them, and
    the posts' present addresses."""


def look(
    remote: Remote,
    account: Account,
    posts: Sequence[Outgoing],
    state: State,
    new: Mapping[str, str],
) -> Survey:
    """Return what the site says of the posts; `new` are the markers of those not in the state."""
    posts = list(posts)
    seen = {post.path: _look_for(remote, post, state, new) for post in posts}
    for path, found in seen.items():
        entry = state.posts.get(path)
        if entry and found.by_id and found.by_id.link != entry.link:
            state = state.with_post(path, replace(entry, link=found.by_id.link))
    for post in posts:
        state = _find_images(remote, post, state)
    known = Known(
        tuple(remote.terms("category")),
        tuple(remote.terms("post_tag")),
        {sha: upload.id for sha, upload in state.media.items()},
        account.gmt_offset,
    )
    return Survey(seen, known, state)


def _look_for(remote: Remote, post: Outgoing, state: State, new: Mapping[str, str]) -> Seen:
    entry = state.posts.get(post.path)
    by_id = remote.post(entry.id) if entry and entry.id else None
    marker = entry.marker if entry else new[post.path]
    if by_id is not None and has_marker(by_id.content, marker):
        return Seen(by_id)
    marked, slugged = find_marked(remote, marker, post.slug)
    if by_id is not None:
        slugged = tuple(other for other in slugged if other.id != by_id.id)
    return Seen(by_id, marked, slugged)


def find_marked(
    remote: Remote, marker: str, slug: str
) -> tuple[tuple[RemotePost, ...], tuple[RemotePost, ...]]:
    """Return the posts with our marker, and where there is none, strangers with our slug.

    The search of some sites is another program, which may not know the marker yet or at all, so
    those with our slug are looked at for it too.
    """
    marked = [p for p in remote.posts(search=marker) if has_marker(p.content, marker)]
    if marked:
        return tuple(marked), ()
    slugged = remote.posts(slug=slug)
    ours = tuple(other for other in slugged if has_marker(other.content, marker))
    return (ours, ()) if ours else ((), tuple(slugged))


def _find_images(remote: Remote, post: Outgoing, state: State) -> State:
    for shown in pictures_of(post):
        if shown.sha256 not in state.media:
            for found in remote.media(shown.slug)[:1]:
                state = state.with_upload(shown.sha256, as_upload(found))
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
