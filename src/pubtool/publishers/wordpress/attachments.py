"""The images of the posts: uploaded once, found again by what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pubtool.errors import OutcomeUnknown
from pubtool.model import Outgoing
from pubtool.publishers.wordpress.journal import Journal
from pubtool.publishers.wordpress.plan import Action, Kind
from pubtool.publishers.wordpress.remote import Media, Remote
from pubtool.publishers.wordpress.sending import Shown, pictures_of, words_digest
from pubtool.publishers.wordpress.state import Upload
from pubtool.publishers.wordpress.survey import as_upload

_PAUSES = (1.0, 4.0, 15.0)
"""Seconds to wait before the site is looked at again for what it may have taken."""


class Attachments:
    """Puts images into the site's library, and keeps their words as the posts have them.

    An image that several posts show has the words of the first one that was published with it: two
    posts that describe it differently would otherwise change it to and fro for ever.
    """

    def __init__(
        self,
        remote: Remote,
        journal: Journal,
        posts: Mapping[str, Outgoing],
        wait: Callable[[float], None],
    ) -> None:
        self._remote = remote
        self._journal = journal
        self._posts = posts
        self._wait = wait
        self._verified = set[str]()

    def place(self, action: Action) -> None:
        """See to it that the site has all images of a post, with their words."""
        writes = action.kind is Kind.CREATE or bool({"content", "featured"} & set(action.fields))
        for shown in pictures_of(self._posts[action.path]):
            upload = self._journal.state.media.get(shown.sha256)
            if upload and writes and not self._still_there(shown, upload):
                upload = None
            if upload is None:
                upload = self._upload(shown, action.path)
            self._describe(shown, upload, action.path)

    def _still_there(self, shown: Shown, upload: Upload) -> bool:
        if shown.sha256 not in self._verified:
            found = self._remote.media_of(upload.id)
            if found is None:
                return False
            self._verified.add(shown.sha256)
        return True

    def _upload(self, shown: Shown, path: str) -> Upload:
        upload = as_upload(self._send(shown), path)
        self._journal.keep_upload(shown.sha256, upload)
        self._verified.add(shown.sha256)
        return upload

    def _send(self, shown: Shown) -> Media:
        data, slug = shown.picture.data, shown.slug
        for pause in (*_PAUSES, None):
            try:
                return self._remote.upload(shown.file, slug, data, shown.media_type)
            except OutcomeUnknown:
                if pause is None:
                    raise
                self._wait(pause)
                found = self._remote.media(slug)
                if found:
                    return found[0]
        raise AssertionError("the last pause is none")

    def _describe(self, shown: Shown, upload: Upload, path: str) -> None:
        owner = upload.of
        known = self._journal.state.posts
        if owner != path and (owner in known or owner in self._posts):
            return
        if upload.words == shown.words:
            self._journal.keep_upload(shown.sha256, replace(upload, of=path))
            return
        picture = shown.picture
        for pause in (*_PAUSES, None):
            try:
                self._remote.describe(upload.id, alt=picture.alt, caption=picture.caption)
                break
            except OutcomeUnknown:  # asking again does no harm: the same words twice are the same
                if pause is None:
                    raise
                self._wait(pause)
        # what was sent, and not what came back: the server may have escaped a character
        words = words_digest(picture.alt, picture.caption)
        self._journal.keep_upload(shown.sha256, replace(upload, of=path, words=words))
