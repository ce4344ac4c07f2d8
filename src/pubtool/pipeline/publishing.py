"""`publish`: check, plan, apply, read back; the site's state is kept in ``published/``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pubtool.errors import ChangedMeanwhile, NoPassword, UnknownSite
from pubtool.model import (
    Cited,
    Key,
    Outgoing,
    Report,
    SiteSettings,
    Unavailable,
    Verdict,
    VerdictKind,
)
from pubtool.pipeline.building import check_for_build, material_of
from pubtool.pipeline.recalling import HELD, Held
from pubtool.pipeline.store import digest_of
from pubtool.pipeline.targets import BuildMode
from pubtool.pipeline.workspace import Workspace
from pubtool.publishers.wordpress.apply import Application, Done
from pubtool.publishers.wordpress.base import rebuild
from pubtool.publishers.wordpress.journal import Journal
from pubtool.publishers.wordpress.plan import Action, Side
from pubtool.publishers.wordpress.planning import Circumstances, Plan, make_plan
from pubtool.publishers.wordpress.remote import Account, Remote, RemotePost
from pubtool.publishers.wordpress.sending import Habits
from pubtool.publishers.wordpress.state import Entry, Rendering, State, read_state, state_path
from pubtool.publishers.wordpress.wanted import site_digests
from pubtool.system.cache import Cache
from pubtool.system.config import Project
from pubtool.system.files import read_text, write_atomic
from pubtool.writers.material import Material
from pubtool.writers.posting import outgoing

if TYPE_CHECKING:
    from pubtool.system.credentials import Credentials

_KEPT = "published"
"""What the cache calls the contents that sites gave back."""

Connect = Callable[[SiteSettings], Remote]
"""What reaches a site."""


Ask = Callable[[str], str]
"""What asks for the password of a site, by its name; the answer may be empty."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command was asked for."""

    site: str
    paths: tuple[Path, ...] = ()
    status: str = ""
    """Instead of the posts' own; empty leaves them theirs."""
    side: Side = Side.NEITHER
    now: str = ""
    """GMT, ``2026-05-03T10:20:30Z``."""
    ask: Ask | None = None
    """None where nobody can be asked."""


class Publication:
    """Posts on their way to a site. A context manager: it keeps a pandoc until they are there."""

    def __init__(
        self,
        project: Project,
        wishes: Wishes,
        connect: Connect | None = None,
        wait: Callable[[float], None] | None = None,
    ) -> None:
        """Take what reaches the site, by default over the network, and what waits for seconds."""
        self._project = project
        self._wishes = wishes
        self._site = find_site(project, wishes.site)
        self._connect = connect  # not a method of ours: the cache closes when we are let go
        self._wait = wait or time.sleep
        self._workspace = Workspace(project, held=Held(HELD))
        self._cache = Cache(project.root)
        self._material: Material | None = None
        self._chosen = frozenset[str]()
        self._lost: tuple[Key, ...] = ()
        self._posts: tuple[Outgoing, ...] = ()
        self._text = ""
        self._rendering = Rendering()
        self._remote: Remote | None = None
        self._plan: Plan | None = None

    def __enter__(self) -> Self:
        self._workspace.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._workspace.__exit__(kind, error, trace)
        self._cache.close()

    def check(self) -> tuple[Report, bool]:
        """Check the posts, and return what was found and whether it stands in the way.

        So does a pinned text that is gone, see `lost`. A password is looked for first: who has none
        yet would be shown the same findings again. Raises NoPassword.
        """
        if self._connect is None:
            _ = self._credentials
        checked = check_for_build(self._workspace, self._wishes.paths)
        self._lost = self._find_lost(checked.shown)
        if checked.stops or self._lost:
            return checked.shown, True
        self._material = material_of(self._workspace, checked.reports, BuildMode.STRICT)
        self._chosen = checked.names
        return checked.shown, False

    @property
    def lost(self) -> tuple[Key, ...]:
        """The cited sources whose text was pinned and is gone, sorted; after a check.

        What the site says of their quotations was found out from that text. Sending the posts
        without it would take the proof off the site.
        """
        return self._lost

    def _find_lost(self, report: Report) -> tuple[Key, ...]:
        verdicts = [verdict for post in report.posts for verdict in post.verdicts]
        cited = {one.key for verdict in verdicts for one in _unread(verdict)}
        missing = self._workspace.library.missing
        pins = self._workspace.lock.pins
        return tuple(
            key
            for key in sorted(cited & set(pins))
            if key in missing and missing[key].why is Unavailable.MISSING
        )

    def plan(self) -> Plan:
        """Ask the site and return what is to be done; only after a check that nothing stops.

        Raises `BadLock`, `OtherSite` and what reaching the site does.
        """
        self._text = self._read()
        connect = self._connect or self._over_network
        self._remote = connect(self._site)
        account = self._remote.account()
        self._posts = self._outgoing(account)
        present = (self._workspace.name(path) for path in self._workspace.post_paths())
        wishes, settings = self._wishes, self._project.settings
        plan = make_plan(
            self._remote,
            account,
            self._posts,
            self._load(),
            Circumstances(
                lock=self._name,
                project=settings.title,
                present=frozenset(present),
                habits=self._habits,
                side=wishes.side,
                now=wishes.now,
            ),
        )
        self._plan = replace(plan, remembered=self._remembered(plan))
        return self._plan

    def apply(self) -> Iterator[Done]:
        """Do what the plan says, post by post.

        Raises what reaching the site does, and `ChangedMeanwhile` where another run on this machine
        has changed what is remembered: it is of that run's posts, and is not overwritten.
        """
        assert self._remote is not None
        assert self._plan is not None
        plan = self._plan
        journal = Journal(plan.state, self._save)
        if plan.state.posts and plan.state != self._load():
            self._save(plan.state)
        application = Application(
            self._remote,
            journal,
            {post.path: post for post in self._posts},
            self._habits,
            plan.rules,
            self._wait,
        )
        for done in application.run(plan.actions):
            self._remember(done)
            yield done

    def _remembered(self, plan: Plan) -> dict[str, str]:
        """Return the contents that the site gave back and somebody has changed since."""
        found = {}
        for action in plan.actions:
            if (action.clashes or action.edited) and (base := self._base(action)):
                found[action.path] = base[0]
        return found

    def _remember(self, done: Done) -> None:
        if done.post is not None:
            self._keep(done.action.entry.marker, done.post)

    def _keep(self, marker: str, post: RemotePost) -> None:
        """Keep what the site has of a post, for the day on which somebody changes it there."""
        entry = Entry(marker, back=site_digests(post))
        for digest, text in (
            (_content_key(entry), post.content),
            (_notes_key(entry), post.footnotes),
        ):
            self._cache.put(_KEPT, digest, text.encode("utf-8", "surrogatepass"))

    def _base(self, action: Action) -> tuple[str, str] | None:
        """Return the content and the footnotes that the site gave back last, if they are known.

        They are in the cache, or put together from what is here and on the site.
        """
        entry, wanted, seen = action.entry, action.wanted, action.seen
        found = [self._cache.get(_KEPT, key(entry)) for key in (_content_key, _notes_key)]
        kept = [data.decode("utf-8", "surrogatepass") for data in found if data is not None]
        if len(kept) == len(found):
            return kept[0], kept[1]
        if seen is None:
            return None
        here = (wanted.content, wanted.footnotes)
        return rebuild(entry, (seen.content, seen.footnotes), here)

    @property
    def _habits(self) -> Habits:
        series = self._site.series
        if series == "auto":
            series = self._project.settings.wordpress_series
        return Habits(self._wishes.status, series)

    def _outgoing(self, account: Account) -> tuple[Outgoing, ...]:
        """Return the chosen posts; their footnotes are a list where the site has no others."""
        assert self._material is not None
        own, settings = self._site.footnotes, self._material.settings
        chosen = settings.wordpress_footnotes if own == "auto" else own
        if chosen == "auto":
            chosen = "core" if account.footnotes else "list"
        material = replace(self._material, settings=replace(settings, wordpress_footnotes=chosen))
        pages = [page for page in material.site.every if page.path in self._chosen]
        return tuple(outgoing(material, page, self._workspace.pandoc) for page in pages)

    def _over_network(self, site: SiteSettings) -> Remote:
        from pubtool.publishers.wordpress.rest import connect

        found, allowed = self._credentials, self._project.settings.allow_hosts
        return connect(site.url, found.user, found.secret, auth=site.auth, allowed=allowed)

    @cached_property
    def _credentials(self) -> Credentials:
        """Who we are on the site; raises NoPassword where nobody says."""
        from pubtool.system.credentials import Credentials, credentials_of
        from pubtool.system.secret import Secret

        site = self._site
        try:
            return credentials_of(site.name, site.url, site.user)
        except NoPassword:
            said = self._wishes.ask(site.name).strip() if self._wishes.ask else ""
            if not said:
                raise
            return Credentials(site.user, Secret(said))

    @property
    def _name(self) -> str:
        return state_path(self._site.name)

    @property
    def _path(self) -> Path:
        return self._project.root / self._name

    def _read(self) -> str:
        return read_text(self._path, self._name) if self._path.exists() else ""

    def _load(self) -> State:
        return read_state(self._text, self._name)

    def _save(self, state: State) -> None:
        if self._read() != self._text:
            raise ChangedMeanwhile(self._name)
        self._text = self._rendering.text(state)
        write_atomic(self._path, self._text.encode())


def _unread(verdict: Verdict) -> tuple[Cited, ...]:
    """Return what a quotation cites that could not be checked."""
    return verdict.quotation.cited if verdict.kind is VerdictKind.UNCHECKED else ()


def find_site(project: Project, name: str) -> SiteSettings:
    """Return a site's settings; raise `UnknownSite`."""
    sites = {site.name: site for site in project.settings.sites}
    if name not in sites:
        near = get_close_matches(name, sites, 1)
        raise UnknownSite(name, tuple(sites), near[0] if near else "")
    return sites[name]


def _content_key(entry: Entry) -> str:
    return digest_of(entry.marker, entry.back.get("content", ""))


def _notes_key(entry: Entry) -> str:
    return digest_of(entry.marker, "footnotes", entry.back.get("footnotes", ""))
