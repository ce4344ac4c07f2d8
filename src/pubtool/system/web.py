"""The web, as one command may use it: over `system/network.py`, with manners.

Redirects are followed here, each hop through the same gate; robots.txt is asked; what fails for the
moment is tried again, a little later each time; nothing of an answer is believed before it is
bounded. No cookies are kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pubtool.errors import Gone, NotFetched, NotPublic
from pubtool.system.messages import LOOK, Exchange, Limits, retry_after, unpack, wait_for_next
from pubtool.system.network import Broken, exchange
from pubtool.system.web_address import WebAddress, is_named

PAGES = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"
"""What is asked for where any readable text is welcome."""

_AGAIN = frozenset({429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_HOPS = 10
_ROBOTS_BYTES = 512_000
"""RFC 9309 asks for 500 KiB at least."""
_LATER = "try again later"

_Permit = Callable[[WebAddress, float], None]
"""Raises where an address must not be asked for; given the deadline too."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave, by way of its redirects."""

    exchanges: tuple[Exchange, ...]
    """The redirects, then the answer."""
    body: bytes
    """The answer's, unpacked."""

    @property
    def url(self) -> str:
        """The address that answered, after redirects."""
        return self.exchanges[-1].url

    @property
    def media_type(self) -> str:
        """The answer's Content-Type as the server says it; nothing that is to be believed."""
        return self.exchanges[-1].header("Content-Type")


class Web:
    """Fetches; remembers what each site's robots.txt says."""

    def __init__(
        self,
        allowed: Sequence[str] = (),
        limits: Limits = Limits(),  # noqa: B008 - frozen
        pause: Callable[[float], None] = time.sleep,
        services: Sequence[str] = (),
    ) -> None:
        """Take the hosts (``name`` or ``name:port``) that may be private or lack encryption.

        `services` are the addresses of sites for programs, whose robots.txt is not asked.
        """
        self._allowed = tuple(allowed)
        self._services = {WebAddress.parse(service).site for service in services}
        self._limits = limits
        self._pause = pause
        self._robots: dict[str, bytes | str] = {}

    def fetch(self, url: str, accept: str = PAGES) -> Fetched:
        """Return what stands at an address, unless the site's robots.txt forbids it to us.

        Raises `NotFetched`: `Gone` where the server says that nothing stands there (404, 410),
        `NotPublic` where the way leads to an address that is not public.
        """
        return self._fetch(url, accept, self._ask_robots)

    def ask(self, url: str, accept: str) -> Fetched:
        """Return the answer of a service for programs, such as a DOI resolver's; else `fetch`.

        robots.txt speaks to those who walk through a site's pages, and is not asked.
        """
        return self._fetch(url, accept, lambda address, deadline: None)

    def _fetch(self, url: str, accept: str, permit: _Permit) -> Fetched:
        deadline = time.monotonic() + self._limits.whole
        exchanges = self._follow(WebAddress.parse(url), accept, deadline, permit)
        last = exchanges[-1]
        if last.status != 200:
            raise _refused(last, self._limits)
        return Fetched(exchanges, unpack(last, self._limits.size))

    def _follow(
        self, address: WebAddress, accept: str, deadline: float, permit: _Permit
    ) -> tuple[Exchange, ...]:
        """Return the redirects and the last answer, whatever its status."""
        start, made = address, list[Exchange]()
        while True:
            permit(address, deadline)
            made.append(self._persist(address, accept, deadline))
            last = made[-1]
            if not last.redirect:
                return tuple(made)
            address = self._next(address, last.redirect)
            if any(address.url == one.url for one in made):
                why = f"it redirects in a circle, back to {address.url}"
                raise NotFetched(start.url, why)
            if len(made) > _HOPS:
                raise NotFetched(start.url, f"it redirects more than {_HOPS} times")

    def _next(self, address: WebAddress, location: str) -> WebAddress:
        """Return where a redirect leads."""
        try:
            found = address.follow(location)
        except NotFetched:
            why = "it redirects to what is no web address, or one with a password"
            raise NotFetched(address.url, why) from None
        unsafe = address.scheme == "https" and found.scheme == "http"
        if unsafe and not is_named(found, self._allowed):
            why = f"it redirects from https to {found.url}, which is not encrypted"
            mend = f"allow that with --allow-host {found.host}, if you trust the way there"
            raise NotFetched(address.url, why, mend)
        return found

    def _persist(self, address: WebAddress, accept: str, deadline: float) -> Exchange:
        """Return the answer, tried again where that may help."""
        waits = iter(self._limits.waits)
        while True:
            found = self._try(address, accept, deadline)
            if isinstance(found, Exchange) and found.status not in _AGAIN:
                return found
            answer = found if isinstance(found, Exchange) else None
            wait = wait_for_next(self._limits, waits, answer, deadline - time.monotonic())
            if wait is None:
                break
            self._pause(wait)
        if isinstance(found, Exchange):
            return found
        raise NotFetched(address.url, found, LOOK)

    def _try(self, address: WebAddress, accept: str, deadline: float) -> Exchange | str:
        """Return the answer, or how it broke off."""
        try:
            return exchange(address, accept, self._limits, deadline, self._allowed)
        except Broken as broken:
            return str(broken)

    def _ask_robots(self, address: WebAddress, deadline: float) -> None:
        """Raise `NotFetched` where the site's robots.txt forbids the address to us.

        As RFC 9309 has it: none there (4xx) permits all, one that cannot be had forbids all.
        """
        if address.site in self._services:
            return
        said = self._robots.get(address.site)
        if said is None:
            said = self._robots[address.site] = self._read_robots(address, deadline)
        if isinstance(said, str):
            raise NotFetched(address.url, said, _LATER)
        if said and not _may(said, address.url):
            raise NotFetched(address.url, "the site's robots.txt forbids it to programs")

    def _read_robots(self, address: WebAddress, deadline: float) -> bytes | str:
        """Return what a site's robots.txt says, or a sentence where that cannot be known."""
        place = WebAddress.parse(f"{address.site}/robots.txt")
        reader = Web(self._allowed, replace(self._limits, size=_ROBOTS_BYTES), self._pause)
        unknown = "its robots.txt, which says what programs may fetch, cannot be had"
        try:
            last = reader._follow(place, "text/plain,*/*", deadline, lambda *_: None)[-1]
            if 400 <= last.status < 500 and last.status != 429:
                return b""
            if last.status == 200:
                return unpack(last, _ROBOTS_BYTES)
        except NotPublic as error:
            raise NotPublic(address.url, *error.machine) from None
        except NotFetched as error:
            return f"{unknown} ({error.why})"
        return f"{unknown} (the server answers {last.status})"


def _refused(last: Exchange, limits: Limits) -> NotFetched:
    """Return what a status other than 200 means."""
    answers = f"the server answers {last.status} ({last.reason or 'no reason given'})"
    if last.status in _GONE:
        return Gone(last.url, f"nothing stands there: {answers}", "check the address")
    if last.status in _AGAIN:
        wait = retry_after(last)
        later = f"try again in {wait:.0f} seconds" if wait > limits.longest_wait else _LATER
        return NotFetched(last.url, answers, later)
    return NotFetched(last.url, answers)


def _may(robots: bytes, url: str) -> bool:
    from protego import Protego

    return bool(Protego.parse(robots.decode("utf-8", "replace")).can_fetch(url, "pubtool"))
