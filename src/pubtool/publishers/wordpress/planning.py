"""The plan of a whole run: the site is asked, and each post decided on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pubtool.errors import OtherSite
from pubtool.model import Outgoing
from pubtool.publishers.wordpress.marker import make_marker
from pubtool.publishers.wordpress.moves import Moves, find_moves
from pubtool.publishers.wordpress.plan import (
    Action,
    Case,
    Kind,
    Rules,
    Side,
    decide,
)
from pubtool.publishers.wordpress.preflight import Needs, foresee
from pubtool.publishers.wordpress.readback import Loss
from pubtool.publishers.wordpress.remote import Account, Remote
from pubtool.publishers.wordpress.sending import Habits, pictures_of, want
from pubtool.publishers.wordpress.state import Entry, State
from pubtool.publishers.wordpress.survey import Survey, look
from pubtool.publishers.wordpress.wanted import Wanted, term_of

_WRITES = (Kind.CREATE, Kind.UPDATE)


@dataclass(frozen=True)
class Circumstances:
    """What a run is about, besides the posts."""

    lock: str
    """The path of the state's file, for its errors."""
    project: str
    """The project's title."""
    present: frozenset[str]
    """The paths of all the project's posts, chosen or not."""
    habits: Habits
    side: Side
    now: str
    """GMT, ``2026-05-03T10:20:30Z``."""


@dataclass(frozen=True)
class Plan:
    """What is to be done on a site."""

    account: Account
    actions: tuple[Action, ...]
    """One a post, by path."""
    uploads: tuple[tuple[str, str], ...]
    """The images that the site lacks: the first post that shows each, and its name."""
    new_terms: tuple[tuple[str, str], ...]
    """The terms that the site lacks: ``category`` or ``tag``, and the name."""
    gone: tuple[str, ...]
    """Posts that were published and whose files are no longer there; nothing is done about them."""
    foreseen: Mapping[str, tuple[Loss, ...]]
    """By path, what the account's rights would cost a post, and the images that are not here."""
    state: State
    """What is known before anything is done."""
    rules: Rules
    remembered: Mapping[str, str] = field(default_factory=dict)
    """By path, the content that the site gave back after our last write, where that is at hand."""

    @property
    def writes(self) -> bool:
        """Whether anything would be sent to the site."""
        return any(action.kind in _WRITES for action in self.actions)

    @property
    def leaves_something(self) -> bool:
        """Whether the user has still to look at something afterwards."""
        return any(action.leaves_something for action in self.actions)


def make_plan(
    remote: Remote,
    account: Account,
    posts: Sequence[Outgoing],
    state: State,
    about: Circumstances,
) -> Plan:
    """Ask the site and return the plan; nothing is written anywhere.

    Raises `OtherSite` where the state is that of another site, and what `remote` raises.
    """
    if state.site and state.site != account.url:
        raise OtherSite(about.lock, state.site, account.url)
    state = replace(state, site=account.url)
    moves = _moves(posts, state, about)
    state = _renamed(state, moves)
    markers = _markers(posts, state, about)
    survey = look(remote, account, posts, state, markers)
    rules = Rules(about.side, about.now, survey.known)
    addressed = _addressed(survey, markers)
    actions = []
    for post in sorted(posts, key=lambda post: post.path):
        entry = survey.state.posts.get(post.path)
        marker = entry.marker if entry else markers[post.path]
        wanted = want(post, marker, addressed, about.habits)
        case = Case(
            path=post.path,
            wanted=wanted,
            entry=entry,
            marker=marker,
            seen=survey.posts[post.path],
            moved_from=moves.old.get(post.path, ""),
            ambiguous=moves.ambiguous.get(post.path, ()),
        )
        actions.append(decide(case, rules))
    sent = [action for action in actions if action.kind in _WRITES]
    by_path = {post.path: post for post in posts}
    return Plan(
        account=account,
        actions=tuple(actions),
        uploads=_uploads(posts, sent, survey.state),
        new_terms=_new_terms(sent, rules),
        gone=tuple(sorted(set(survey.state.posts) - about.present)),
        foreseen={
            action.path: found
            for action in sent
            if (found := _foreseen(action, by_path[action.path], account, survey))
        },
        state=survey.state,
        rules=rules,
    )


def _addressed(survey: Survey, markers: Mapping[str, str]) -> State:
    """Return the state with the addresses of posts that were found by their mark alone.

    Others link to them: without these, no text would be as it was sent once the state is lost.
    """
    state = survey.state
    for path, marker in markers.items():
        marked = survey.posts[path].marked
        if len(marked) == 1:
            state = state.with_post(path, Entry(marker, id=marked[0].id, link=marked[0].link))
    return state


def _foreseen(action: Action, post: Outgoing, account: Account, survey: Survey) -> tuple[Loss, ...]:
    names = action.wanted.categories if "categories" in action.fields else ()
    needs = Needs(
        tuple(s.picture.name for s in pictures_of(post) if s.sha256 not in survey.state.media),
        tuple(name for name in names if term_of(name, survey.known.categories) is None),
    )
    unseen = (Loss(line, f"the project has no image {name}") for name, line in post.absent)
    withheld = post.left_out if "content" in action.fields else ()
    unsent = (Loss(line, what) for line, what in withheld)
    return (*unseen, *unsent, *foresee(action.wanted, action.fields, account, needs))


def _moves(posts: Sequence[Outgoing], state: State, about: Circumstances) -> Moves:
    def made(post: Outgoing) -> Callable[[Entry], Wanted]:
        return lambda entry: want(post, entry.marker, state, about.habits)

    return find_moves(state, [(post.path, made(post)) for post in posts], about.present)


def _renamed(state: State, moves: Moves) -> State:
    for new, old in moves.old.items():
        entry = state.posts[old]
        state = state.without_post(old).with_post(new, entry)
        media = {
            sha: replace(upload, of=new) if upload.of == old else upload
            for sha, upload in state.media.items()
        }
        state = replace(state, media=media)
    return state


def _markers(posts: Sequence[Outgoing], state: State, about: Circumstances) -> Mapping[str, str]:
    """Return the marks of the posts that have none yet, each unlike all others."""
    taken = {entry.marker for entry in state.posts.values()}
    markers: dict[str, str] = {}
    for post in posts:
        if post.path not in state.posts:
            markers[post.path] = make_marker(state.site, about.project, post.path, taken)
            taken.add(markers[post.path])
    return markers


def _uploads(
    posts: Sequence[Outgoing], actions: Sequence[Action], state: State
) -> tuple[tuple[str, str], ...]:
    paths = {action.path for action in actions}
    found: dict[str, tuple[str, str]] = {}
    for post in posts:
        if post.path in paths:
            for shown in pictures_of(post):
                if shown.sha256 not in state.media:
                    found.setdefault(shown.sha256, (post.path, shown.picture.name))
    return tuple(found.values())


def _new_terms(actions: Sequence[Action], rules: Rules) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for action in actions:
        for names, kind, terms in (
            ("categories", "category", rules.known.categories),
            ("tags", "tag", rules.known.tags),
        ):
            for name in getattr(action.wanted, names) if names in action.fields else ():
                if term_of(name, terms) is None:
                    found.setdefault((kind, name.casefold()), (kind, name))
    return tuple(found.values())
