"""What is to be done so that the site has the posts: pure, from what we want, sent and see.

Every field is compared three ways: what we last sent, what the site gave back then and has now,
and what we want. A field that only we changed is sent; one that only the site changed is theirs
and stays; one that both changed is a conflict, unless both mean the same. Fields that are not sent
stay as they are on the site, so a category that somebody adds there survives.

Identity is the stored id, then our own marker, then the slug; a post that has our slug and neither
of the others is a stranger's, and whatever is ambiguous stops.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from pubtool.publishers.wordpress.base import remember_blocks
from pubtool.publishers.wordpress.compare import Known, alike, drifted, settle
from pubtool.publishers.wordpress.marker import has_marker
from pubtool.publishers.wordpress.remote import RemotePost
from pubtool.publishers.wordpress.state import Entry
from pubtool.publishers.wordpress.timing import why_not_then
from pubtool.publishers.wordpress.wanted import FIELDS, TEXTS, Wanted, site_digests


class Kind(Enum):
    """What is done with a post."""

    CREATE = "create"
    UPDATE = "update"
    RECORD = "record"
    """The site has it already as it should be; only our memory of it is brought up to date."""
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"
    """It cannot be sent as it is."""


class Side(Enum):
    """Who wins where both have changed a field."""

    NEITHER = "neither"
    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the site says when it is asked for one post."""

    by_id: RemotePost | None = None
    marked: tuple[RemotePost, ...] = ()
    """Those with our marker, by id; not asked for where the stored id was found."""
    slugged: tuple[RemotePost, ...] = ()
    """Those with our slug, by id; not asked for where the post was found."""


@dataclass(frozen=True)
class Action:
    """What is to be done with one post."""

    path: str
    kind: Kind
    wanted: Wanted
    entry: Entry
    """What is known of the post, a broken-off run's traces settled."""
    seen: RemotePost | None = None
    """The post as the site has it; None where it is to be made."""
    fields: tuple[str, ...] = ()
    """Those to send, of `FIELDS`."""
    clashes: tuple[str, ...] = ()
    """Those that both changed."""
    edited: tuple[str, ...] = ()
    """The text fields that were edited on the site since, ours being as it was sent."""
    kept: tuple[str, ...] = ()
    """The text fields of which the site's was kept over ours, and not brought home yet."""
    why: str = ""
    """Of a conflict or a refusal: one sentence with the mend, without a full stop."""
    candidates: tuple[RemotePost, ...] = ()
    """The posts on the site that a conflict is about."""
    moved_from: str = ""
    """The path that the post had when it was last sent; empty where that is the same."""
    notes: tuple[str, ...] = ()
    """What the user should know, in sentences without a full stop."""

    @property
    def leaves_something(self) -> bool:
        """Whether the user has still to look at it afterwards."""
        return self.kind in (Kind.CONFLICT, Kind.REFUSED) or bool(self.edited)


@dataclass(frozen=True, slots=True)
class Case:
    """All that the decision on one post rests on."""

    path: str
    wanted: Wanted
    entry: Entry | None
    marker: str
    seen: Seen
    moved_from: str = ""
    ambiguous: tuple[str, ...] = ()
    """The paths that it may have had, where several posts are gone that it may be."""


@dataclass(frozen=True)
class Rules:
    """What holds for all posts of a run."""

    side: Side = Side.NEITHER
    now: str = "1970-01-01T00:00:00Z"
    """GMT."""
    known: Known = field(default_factory=Known)


def decide(case: Case, rules: Rules) -> Action:
    """Return what is to be done with one post."""
    if case.ambiguous:
        names = " or ".join(case.ambiguous)
        why = (
            f"may be {names} under another name; name the post's old file again, or give it "
            f"another slug and title"
        )
        return _conflict(case, why)
    entry = case.entry or Entry(case.marker)
    found = _identify(case, entry)
    if isinstance(found, Action):
        return _settle_identity(found, case, rules)
    if found is not None:
        return _compare(case, entry, found, rules)
    if entry.deleted and rules.side is not Side.OURS:
        note = "was deleted on the site, which was accepted; --ours makes it again"
        return Action(case.path, Kind.UNCHANGED, case.wanted, entry, notes=(note,))
    return _create(case, rules)


def _identify(case: Case, entry: Entry) -> RemotePost | Action | None:
    """Return the post on the site, None where it has none, or the conflict that stands in the way.

    An id that leads to a post with neither our marker, our address nor our text is another's by
    now: the site was made anew, or restored.
    """
    by_id = case.seen.by_id
    if by_id is not None and _is_still_ours(by_id, entry):
        return by_id
    if len(case.seen.marked) > 1:
        why = "has several copies on the site; move all but one of them to the trash"
        return _conflict(case, why, case.seen.marked)
    if case.seen.marked:
        return case.seen.marked[0]
    strangers = case.seen.slugged
    if strangers:
        several = len(strangers) > 1
        mend = "choose another slug" + (
            "" if several else ", or overwrite and take over that post with --ours"
        )
        why = f"its address {case.wanted.slug!r} is that of a post that is not ours; {mend}"
        return _conflict(case, why, strangers)
    if entry.id and not entry.deleted:
        why = (
            f"was deleted or trashed on the site (id {entry.id}); restore it there, make it again "
            "with --ours, or accept that with --theirs"
        )
        return _conflict(case, why)
    return None


def _is_still_ours(post: RemotePost, entry: Entry) -> bool:
    site = site_digests(post)
    return has_marker(post.content, entry.marker) or any(
        site.get(name) and site.get(name) == entry.back.get(name) for name in ("slug", "content")
    )


def _settle_identity(found: Action, case: Case, rules: Rules) -> Action:
    """Return what --ours or --theirs makes of a conflict of identity; ambiguity stays one."""
    if rules.side is Side.NEITHER or len(found.candidates) > 1:
        return found
    if rules.side is Side.OURS:
        if found.candidates:
            stranger = found.candidates[0]
            action = _compare(case, Entry(case.marker), stranger, rules)
            note = f"takes over id {stranger.id}, “{stranger.title}”, which was not ours"
            return replace(action, notes=(note, *action.notes))
        return _create(case, rules)
    if found.candidates:
        return found
    gone = replace(found.entry, deleted=True)
    return replace(found, kind=Kind.RECORD, entry=gone, why="")


def _conflict(case: Case, why: str, candidates: Iterable[RemotePost] = ()) -> Action:
    entry = case.entry or Entry(case.marker)
    return Action(
        case.path,
        Kind.CONFLICT,
        case.wanted,
        entry,
        why=why,
        candidates=tuple(candidates),
        moved_from=case.moved_from,
    )


def _create(case: Case, rules: Rules) -> Action:
    wanted = case.wanted
    fields = tuple(name for name in FIELDS if wanted.digests.get(name))
    refusal, notes = why_not_then(wanted, rules.now, rules.known.offset)
    kind = Kind.REFUSED if refusal else Kind.CREATE
    entry = Entry(case.entry.marker if case.entry else case.marker)
    return Action(case.path, kind, wanted, entry, fields=fields, why=refusal, notes=notes)


def _compare(case: Case, entry: Entry, seen: RemotePost, rules: Rules) -> Action:
    """Return what is to be done with a post that the site has."""
    base = settle(entry, seen)
    wanted = case.wanted
    send, clashes, edited, recorded = [], [], [], []
    for name in FIELDS:
        changed = wanted.digests.get(name) != base.sent.get(name)
        drift = drifted(name, base, seen)
        same = alike(name, wanted, seen, rules.known)
        if changed and same:
            recorded.append(name)
        elif not changed:
            edited += [name] if drift and name in TEXTS and not same else []
        elif _is_left_to_the_site(name, wanted, base):
            recorded += [] if base.sent else [name]
        elif drift:
            clashes.append(name)
        else:
            send.append(name)
    kept = tuple(name for name in TEXTS if base.kept and not alike(name, wanted, seen, rules.known))
    action = Action(
        case.path,
        Kind.UNCHANGED,
        wanted,
        replace(base, id=seen.id, link=seen.link, deleted=False, kept=bool(kept)),
        seen,
        moved_from=case.moved_from,
        kept=kept,
    )
    return _resolve(action, _Split(send, clashes, edited, recorded), entry, rules)


def _is_left_to_the_site(name: str, wanted: Wanted, base: Entry) -> bool:
    """Whether a field that we want otherwise is not ours to say.

    WordPress gives a date to a post that has none, and the status of a post that we know nothing
    of is not taken back to a draft.
    """
    if name == "date" and not wanted.date:
        return True
    if base.sent:
        return False
    return (name == "status" and wanted.status == "draft") or not wanted.digests.get(name)


@dataclass(frozen=True, slots=True)
class _Split:
    send: list[str]
    clashes: list[str]
    edited: list[str]
    recorded: list[str]


def _resolve(action: Action, split: _Split, before: Entry, rules: Rules) -> Action:
    """Return the action, its clashes decided by the side that wins, if one does."""
    ours, theirs = rules.side is Side.OURS, rules.side is Side.THEIRS
    send, clashes, edited = split.send, split.clashes, split.edited
    entry = record(action.entry, action.wanted, split.recorded, action.seen)
    if ours:
        lost = [name for name in FIELDS if name in {*clashes, *edited}]
        if lost and before.sent:
            note = f"what the site has since as its {in_words(lost)} is overwritten"
            action = replace(action, notes=(note,))
        send, clashes, edited = [*send, *clashes, *edited], [], []
    elif theirs:
        entry = record(entry, action.wanted, [*clashes, *edited], action.seen)
        kept = tuple(name for name in TEXTS if name in {*clashes, *edited, *action.kept})
        entry = replace(entry, kept=bool(kept))
        action = replace(action, kept=kept)
        clashes, edited = [], []
    fields = tuple(name for name in FIELDS if name in send)
    action = replace(action, entry=entry, fields=fields, edited=tuple(edited))
    if action.kept and not fields:
        be, it = ("is", "it") if len(action.kept) == 1 else ("are", "them")
        names = in_words(action.kept)
        note = f"the site's {names} {be} kept over yours; `pubtool pull` brings {it} home"
        action = replace(action, notes=(note,))
    if clashes:
        clashing = [name for name in FIELDS if name in clashes]
        choice = "--ours overwrites the site's, --theirs keeps it and gives yours up"
        why = (
            f"its {in_words(clashing)} changed both here and on the site; `pubtool pull` merges "
            f"what was not changed twice; {choice}"
        )
        if not before.sent:
            why = f"{why_unknown(clashing)}; or choose: {choice}"
        return replace(action, kind=Kind.CONFLICT, clashes=tuple(clashes), why=why, candidates=())
    if "status" in fields or "date" in fields:
        refusal, notes = why_not_then(action.wanted, rules.now, rules.known.offset)
        if refusal:
            return replace(action, kind=Kind.REFUSED, why=refusal, notes=notes)
        action = replace(action, notes=(*action.notes, *notes))
    if fields:
        return replace(action, kind=Kind.UPDATE)
    return replace(action, kind=Kind.UNCHANGED if entry == before else Kind.RECORD)


def why_unknown(names: Sequence[str]) -> str:
    """Return why nobody can say on which side a post's fields changed, with the mend."""
    differ = "differs" if len(names) == 1 else "differ"
    return (
        f"its {in_words(names)} {differ} here and on the site, and the lock file in published/ "
        "does not know the post, so that nobody can tell who changed what; bring that file back, "
        "which belongs under version control"
    )


def in_words(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: ``title, content and slug``."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def record(entry: Entry, wanted: Wanted, names: Iterable[str], seen: RemotePost | None) -> Entry:
    """Return the entry as if these fields had been sent, and given back as `seen` has them."""
    ours, site = wanted.digests, site_digests(seen) if seen else {}
    sent, back = dict(entry.sent), dict(entry.back)
    for name in names:
        _set(sent, name, ours.get(name, ""))
        _set(back, name, site.get(name, ""))
    return remember_blocks(replace(entry, sent=sent, back=back), seen)


def _set(digests: dict[str, str], name: str, value: str) -> None:
    if value:
        digests[name] = value
    else:
        digests.pop(name, None)
