"""Doing what the plan says, so that a kill at any moment costs nothing but the time.

Before a request that writes leaves, the state says what is being sent; when the answer is there, it
says so; it is saved each time. A request whose answer is lost is not repeated before the site was
looked at. Just before each update the post is read once more: what somebody changed since the plan
was made is not overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pubtool.errors import OutcomeUnknown, SiteRefused
from pubtool.model import Outgoing
from pubtool.publishers.wordpress.attachments import Attachments
from pubtool.publishers.wordpress.base import remember_blocks
from pubtool.publishers.wordpress.compare import Known, settle
from pubtool.publishers.wordpress.journal import Journal
from pubtool.publishers.wordpress.plan import Action, Case, Kind, Rules, Seen, decide, record
from pubtool.publishers.wordpress.readback import Loss, losses
from pubtool.publishers.wordpress.remote import Remote, RemotePost, Taxonomy, Term
from pubtool.publishers.wordpress.sending import Habits, fields_of, want
from pubtool.publishers.wordpress.state import Entry
from pubtool.publishers.wordpress.survey import find_marked
from pubtool.publishers.wordpress.wanted import TEXTS, Wanted, site_digests, term_of

_PAUSES = (1.0, 4.0, 15.0)
"""Seconds to wait before the site is looked at again for what it may have done."""
_FOR_ALL = frozenset({401, 429})
"""Statuses that hold for every request: the account is not known, the site wants fewer."""
_ENOUGH = 3
"""Posts in a row that fail without a word of WordPress's, before a run is given up."""
_EDITED = "was edited on the site while this ran, so it was left alone; run it again"
_DELETED = "was deleted on the site while this ran; run it again"
_SETTLED_BY_SITE = ("slug", "status", "date")
"""What a site sets itself when another field is written: its word on them is the new base."""


@dataclass(frozen=True)
class Done:
    """What became of one post."""

    action: Action
    post: RemotePost | None = None
    """As the site has it now, where something was written."""
    losses: tuple[Loss, ...] = ()
    """What the server changed or took out."""
    failure: str = ""
    """Why it was not done: one sentence with the mend, without a full stop."""
    arose: bool = False
    """Whether a conflict was not there when the plan was made."""
    linked: bool = False
    """Whether this was the second update, for the addresses of posts made in this run."""


@dataclass
class Application:
    """A plan under way."""

    remote: Remote
    journal: Journal
    posts: Mapping[str, Outgoing]
    habits: Habits
    rules: Rules
    wait: Callable[[float], None]
    _failed: set[str] = field(default_factory=set)
    _in_a_row: int = 0
    """Posts that failed one after another for what may be no fault of theirs."""
    _last: dict[str, RemotePost] = field(default_factory=dict)
    _only_seen: dict[str, Entry] = field(default_factory=dict)
    """Posts that were found by their mark and are not remembered: others link to them."""
    _terms: dict[Taxonomy, list[Term]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._terms = {
            "category": list(self.rules.known.categories),
            "post_tag": list(self.rules.known.tags),
        }
        self._attachments = Attachments(self.remote, self.journal, self.posts, self.wait)

    def run(self, actions: Sequence[Action]) -> Iterator[Done]:
        """Do what can be done, post by post; a post that the site refuses keeps no other back.

        Raises what `Remote` raises where it makes no sense to go on: the site does not answer, or
        no longer knows the account.
        """
        self._only_seen = {
            action.path: Entry(action.entry.marker, id=action.seen.id, link=action.seen.link)
            for action in actions
            if action.seen is not None and action.path not in self.journal.state.posts
        }
        for action in actions:
            yield self._do(action, linked=False)
        for action in actions:
            again = self._link(action)
            if again is not None:
                yield self._do(again, linked=True)

    # --- One post ---

    def _do(self, action: Action, *, linked: bool) -> Done:
        try:
            done = self._act(action)
        except (SiteRefused, OutcomeUnknown) as error:
            self._stop_if_all_would_fail(error)
            done = Done(action, failure=str(error))
        else:
            self._in_a_row = 0
        if done.failure:
            self._failed.add(action.path)
        return replace(done, linked=linked)

    def _stop_if_all_would_fail(self, error: SiteRefused | OutcomeUnknown) -> None:
        """Raise the error again where going on makes it worse.

        WordPress's own refusals are of the one post. A page of a firewall's, or an answer that says
        nothing, may be: there the words of a post can be what it minds. Several in a row are not.
        """
        status, code = (error.status, error.code) if isinstance(error, SiteRefused) else (0, "")
        self._in_a_row = 0 if code else self._in_a_row + 1
        if status in _FOR_ALL or self._in_a_row == _ENOUGH:
            raise error

    def _act(self, action: Action) -> Done:
        if action.kind in (Kind.CONFLICT, Kind.REFUSED):
            self._failed.add(action.path)
            return Done(action)
        if action.kind is not Kind.CREATE:
            self.journal.keep(action.path, action.entry)
        if action.entry.deleted:
            return Done(action)
        self._attachments.place(action)
        action = replace(action, wanted=self._want(action.path, action.entry.marker))
        if action.kind is Kind.CREATE:
            return self._create(action)
        if action.fields:
            return self._update(action)
        return Done(action)

    def _create(self, action: Action) -> Done:
        wanted, marker = action.wanted, action.entry.marker
        names = [name for name in action.fields if wanted.digests.get(name)]
        fields = fields_of(wanted, names, self._ids(wanted, names))
        self.journal.intend(action.path, Entry(marker), wanted, names)
        answer, found = None, None
        try:
            answer = self._unless_refused(action, lambda: self.remote.create(fields))
        except OutcomeUnknown:
            found = self._look_again(marker, wanted.slug)
            if found is None:
                answer = self._unless_refused(action, lambda: self.remote.create(fields))
            copies, _ = find_marked(self.remote, marker, wanted.slug)
            if len(copies) > 1:
                return self._twice(action, copies)
        made = answer or found
        assert made is not None
        pending = self.journal.state.posts[action.path].pending
        self.journal.keep(action.path, Entry(marker, id=made.id, pending=pending))
        return self._finish(action, made.id, names, answer)

    def _twice(self, action: Action, copies: Sequence[RemotePost]) -> Done:
        """Return that a post was made twice: the first request was heard when nobody hoped for it.

        Which one is to stay is not ours to say, so that the next run finds both, and stops too.
        """
        why = "the site made it twice, for it answered too late; move one of them to the trash"
        conflict = replace(action, kind=Kind.CONFLICT, why=why, candidates=tuple(copies))
        return Done(conflict, arose=True)

    def _look_again(self, marker: str, slug: str) -> RemotePost | None:
        """Return the post that the site may have made although it did not say so."""
        for pause in _PAUSES:
            self.wait(pause)
            marked, _ = find_marked(self.remote, marker, slug)
            if marked:
                return marked[0]
        return None

    def _update(self, action: Action) -> Done:
        assert action.seen is not None
        identifier = action.seen.id
        now = self.remote.post(identifier)
        if now is None or _differs(now, action.seen):
            why = _DELETED if now is None else _EDITED
            return Done(replace(action, kind=Kind.CONFLICT, why=why, fields=()), arose=True)
        wanted = action.wanted
        fields = fields_of(wanted, action.fields, self._ids(wanted, action.fields))
        self.journal.intend(action.path, action.entry, wanted, action.fields)
        answer: RemotePost | None = None
        for pause in (*_PAUSES, None):
            try:
                answer = self._unless_refused(
                    action, lambda: self.remote.update(identifier, fields)
                )
                break
            except OutcomeUnknown:
                if pause is None:
                    raise
                self.wait(pause)
                found = self.remote.post(identifier)
                if found is None or _differs(found, now):
                    break  # it arrived, or somebody else was there: reading back tells
        return self._finish(action, identifier, action.fields, answer)

    def _finish(
        self, action: Action, identifier: int, names: Sequence[str], answer: RemotePost | None
    ) -> Done:
        """Read back what was written, and remember it.

        What the site had right after the write is in its answer: who edits the post before it is
        read back has edited it since. Where the answer was lost, only a text that is as it was sent
        is taken for ours.
        """
        post = self.remote.post(identifier)
        if post is None:
            return Done(replace(action, kind=Kind.CONFLICT, why=_DELETED), arose=True)
        before = self.journal.state.posts[action.path]
        entry = settle(before, post)
        if answer is not None:
            entry = record(before, action.wanted, names, answer)
            if action.kind is Kind.CREATE:
                entry = replace(entry, back=site_digests(answer))
        elif entry.sent == before.sent:
            self.journal.keep(action.path, entry)
            return Done(replace(action, kind=Kind.CONFLICT, why=_EDITED, fields=()), arose=True)
        site = site_digests(answer or post)
        back = {n: v for n, v in entry.back.items() if n not in _SETTLED_BY_SITE}
        back |= {name: site[name] for name in _SETTLED_BY_SITE if name in site}
        entry = replace(
            entry,
            id=post.id,
            link=post.link,
            modified=post.modified_gmt,
            kept=entry.kept and not set(TEXTS) & set(names),
            back=back,
            pending={},
        )
        entry = remember_blocks(entry, answer or post)
        self.journal.keep(action.path, entry)
        self._last[action.path] = post
        lost = losses(action.wanted, names, post, self._known())
        return Done(action, post, lost)

    # --- What belongs to a post ---

    def _ids(self, wanted: Wanted, names: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """Return the ids of terms and images that the fields need; terms are made when missing."""
        ids: dict[str, tuple[int, ...]] = {}
        if "categories" in names:
            ids["categories"] = tuple(self._term("category", n) for n in wanted.categories)
        if "tags" in names:
            ids["tags"] = tuple(self._term("post_tag", name) for name in wanted.tags)
        if "featured" in names:
            upload = self.journal.state.media.get(wanted.featured)
            ids["featured"] = (upload.id,) if upload else ()
        return ids

    def _term(self, taxonomy: Taxonomy, name: str) -> int:
        found = term_of(name, self._terms[taxonomy])
        if found is None:
            found = self._make_term(taxonomy, name)
            self._terms[taxonomy].append(found)
        return found.id

    def _make_term(self, taxonomy: Taxonomy, name: str) -> Term:
        """Make a term; the site answers with the one that it has where the first try was heard."""
        for pause in _PAUSES:
            try:
                return self.remote.create_term(taxonomy, name, "")
            except OutcomeUnknown:
                self.wait(pause)
                found = term_of(name, self.remote.terms(taxonomy))
                if found is not None:
                    return found
        return self.remote.create_term(taxonomy, name, "")

    def _known(self) -> Known:
        media = {sha: upload.id for sha, upload in self.journal.state.media.items()}
        return replace(
            self.rules.known,
            categories=tuple(self._terms["category"]),
            tags=tuple(self._terms["post_tag"]),
            media=media,
        )

    # --- Links between posts ---

    def _want(self, path: str, marker: str) -> Wanted:
        """Return a post as it is to be, with the addresses of others as they are known by now."""
        state = self.journal.state
        if self._only_seen:
            state = replace(state, posts={**self._only_seen, **state.posts})
        return want(self.posts[path], marker, state, self.habits)

    def _link(self, action: Action) -> Action | None:
        """Return the update that a post needs since the addresses of others are known, if any."""
        path = action.path
        entry = self.journal.state.posts.get(path)
        if path in self._failed or entry is None or not entry.id or entry.deleted:
            return None
        wanted = self._want(path, entry.marker)
        if wanted.digests.get("content") == entry.sent.get("content"):
            return None
        seen = self._last.get(path) or action.seen
        case = Case(path, wanted, entry, entry.marker, Seen(seen))
        return decide(case, replace(self.rules, known=self._known()))

    def _unless_refused(self, action: Action, write: Callable[[], RemotePost]) -> RemotePost:
        """Return the answer; where the site says that it did not do it, nothing is pending."""
        try:
            return write()
        except SiteRefused:
            entry = self.journal.state.posts[action.path]
            if entry.id:
                self.journal.keep(action.path, replace(entry, pending={}))
            else:
                self.journal.drop(action.path)
            raise


def _differs(now: RemotePost, then: RemotePost) -> bool:
    """Whether a post was changed on the site between two looks."""
    return now.modified_gmt != then.modified_gmt or site_digests(now) != site_digests(then)
