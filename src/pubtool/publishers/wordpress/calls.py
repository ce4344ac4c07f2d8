"""Requests to a site's REST API: repeated where that is safe, and what comes back put into words.

What is safe: a request that only reads; one that sets an image's words or makes a term, since
doing it twice is doing it once; and any that was certainly not taken: the connection was never
made, or the server says 429. Everything else is asked once, and where its answer is lost or is no
answer of WordPress's, `OutcomeUnknown` says so.

Redirects are followed for what only reads, to the same origin (https for http where no password is
sent along), never to another host, and never for what writes.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from pubtool.errors import (
    NoPermission,
    NotFetched,
    OutcomeUnknown,
    PubtoolError,
    SiteRefused,
    SiteUnreachable,
)
from pubtool.publishers.wordpress.answers import (
    LATER,
    Fault,
    Odd,
    fault_of,
    mend_of,
    read,
    why_no_application_password,
)
from pubtool.system.messages import Exchange, Limits, Message, retry_after, unpack, wait_for_next
from pubtool.system.network import Broken, Lost, send
from pubtool.system.secret import Secret
from pubtool.system.web_address import WebAddress

PATIENCE = Limits(
    silence=90.0,  # a small host cuts an image to six sizes before it answers
    size=64_000_000,
    waits=(1.0, 2.0, 4.0, 8.0),
    longest_wait=60.0,
)
_HOPS = 5
_BEFORE = "rest_upload_"
"""How WordPress's codes begin that come with a 5xx before anything was stored."""
_AFTER = frozenset({"rest_cannot_update"})
"""Its codes that come with a 4xx when the post is there already, and a field of it was refused."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A request, with what it is for."""

    doing: str
    """``creating the post``."""
    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    repeatable: bool = False
    """Whether a request that writes may be sent twice."""
    anonymous: bool = False
    """Whether it goes without the password."""

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.method in ("GET", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered."""

    status: int
    value: Any
    """JSON, or `Odd`."""
    body: bytes
    exchange: Exchange

    @property
    def fault(self) -> Fault | None:
        """WordPress's error, if it is one."""
        return fault_of(self.value) if self.status >= 400 else None

    @property
    def definite(self) -> bool:
        """Whether it leaves no doubt that the request was, or was not, done."""
        code = self.fault.code if self.fault else ""
        if self.status >= 500:
            return code.startswith(_BEFORE)
        if self.status < 300:
            return not isinstance(self.value, Odd)
        return code not in _AFTER


_PASSWORD_REFUSED = frozenset({"rest_not_logged_in", "incorrect_password"})


def _why_not(login: Secret) -> str:
    """Return what helps where a header's password is no application password; empty for others."""
    scheme, _, word = login.reveal().partition(" ")
    if scheme != "Basic":
        return ""
    said = base64.b64decode(word).decode("utf-8", "replace")
    return why_no_application_password(said.partition(":")[2])


@dataclass(frozen=True, slots=True)
class Calls:
    """The way to one site."""

    site: str
    """Its address as the user wrote it, for messages."""
    login: Secret
    """The whole Authorization header's value."""
    allowed: Sequence[str] = ()
    """Hosts that may be private."""
    limits: Limits = PATIENCE
    pause: Callable[[float], None] = field(default_factory=lambda: time.sleep)

    def want(self, errand: Errand) -> Any:
        """Return the JSON that a request was to bring; raise where it did not."""
        return self.settle(errand, self.ask(errand))

    def settle(self, errand: Errand, answer: Answer) -> Any:
        """Return the answer's JSON, or raise what its status or its form means."""
        if answer.status < 300 and not isinstance(answer.value, Odd):
            return answer.value
        why, mend = self._words(answer)
        if answer.definite:
            self._refuse(errand, answer, why, mend)
        raise self.unusable(errand, Odd(why, mend))

    def unusable(self, errand: Errand, odd: Odd) -> PubtoolError:
        """Return what an answer means that does not tell whether the request was done."""
        if errand.reads:
            return SiteUnreachable(self.errand(errand), odd.why, odd.mend or LATER)
        return OutcomeUnknown(self.errand(errand), odd.why, odd.mend)

    def errand(self, errand: Errand) -> str:
        """Return how messages begin."""
        return f"{self.site}: {errand.doing}"

    def ask(self, errand: Errand) -> Answer:
        """Return the answer, whatever its status; redirects followed, tried again where safe."""
        deadline = time.monotonic() + self.limits.whole
        asked = [WebAddress.parse(errand.url)]
        while True:
            answer = self._persist(errand, asked[-1], deadline)
            if not answer.exchange.redirect:
                return answer
            asked.append(self._next(errand, asked[-1], answer.exchange.redirect))
            if len(asked) > _HOPS or asked[-1] in asked[:-1]:
                why = f"it redirects without end, last to {asked[-1].url}"
                raise SiteRefused(self.errand(errand), why, "check the site's address")

    def _next(self, errand: Errand, here: WebAddress, location: str) -> WebAddress:
        """Return where a redirect leads; raise `SiteRefused` where it is not followed."""
        try:
            there = here.follow(location)
        except NotFetched:
            why = "it redirects to what is no web address"
            raise SiteRefused(self.errand(errand), why, "look at the site in a browser") from None
        shown = there.url.partition("?")[0]
        why = f"it redirects to {shown}"
        if "wp-login.php" in there.target and not errand.anonymous:
            mend = "let /wp-json/ through whatever closes the site to visitors"
            raise SiteRefused(self.errand(errand), f"{why}, a login page", mend)
        safer = (here.scheme, there.scheme) == ("http", "https") and here.host == there.host
        same = here.site == there.site or (safer and errand.anonymous)
        if errand.reads and same:
            return there
        kept = "the password is not sent there" if errand.reads else "nothing is sent on there"
        mend = "if that is the site, write its address so in pubtool.toml"
        raise SiteRefused(self.errand(errand), f"{why}, and {kept}", mend)

    def _persist(self, errand: Errand, address: WebAddress, deadline: float) -> Answer:
        """Return the answer, asked for again where that is safe and may help."""
        waits = iter(self.limits.waits)
        while True:
            found = self._try(errand, address, deadline)
            if not self._again(errand, found):
                break
            last = found.exchange if isinstance(found, Answer) else None
            wait = wait_for_next(self.limits, waits, last, deadline - time.monotonic())
            if wait is None:
                break
            self.pause(wait)
        if isinstance(found, Answer):
            return found
        if isinstance(found, Lost) and not errand.reads:
            raise OutcomeUnknown(self.errand(errand), str(found))
        where = "check the site's address, or " if errand.anonymous else ""  # nothing answered yet
        raise SiteUnreachable(self.errand(errand), str(found), f"{where}try again later")

    @staticmethod
    def _again(errand: Errand, found: Answer | Broken) -> bool:
        """Whether the same request may be sent once more."""
        repeatable = errand.reads or errand.repeatable
        if isinstance(found, Broken):
            return repeatable or not isinstance(found, Lost)
        if found.status == 429:
            return True
        return repeatable and not found.definite and found.status >= 500

    def _try(self, errand: Errand, address: WebAddress, deadline: float) -> Answer | Broken:
        """Return the answer, or how it broke off."""
        headers = {"Accept": "application/json, */*;q=0.1", **errand.headers}
        login = None if errand.anonymous else self.login
        message = Message(errand.method, headers, errand.body, login)
        try:
            found = send(address, message, self.limits, deadline, self.allowed)
        except Broken as broken:
            return broken
        except NotFetched as error:
            raise SiteUnreachable(self.errand(errand), error.why, error.mend) from None
        try:
            body = unpack(found, self.limits.size)
        except NotFetched as error:
            return Lost(error.why)
        value = read(found.status, body, found.header("Content-Type"))
        return Answer(found.status, value, body, found)

    def _words(self, answer: Answer) -> tuple[str, str]:
        """Return what a failed answer says, and its mend."""
        fault, status = answer.fault, answer.status
        if fault is not None:
            said = f" ({fault.message})" if fault.message else ""
            why, mend = f"it answers {status} {fault.code}{said}", mend_of(status, fault.code)
            if fault.code in _PASSWORD_REFUSED:
                mend = _why_not(self.login) or mend
        elif isinstance(answer.value, Odd):
            why, mend = answer.value.why, answer.value.mend or mend_of(status, "")
        else:
            why, mend = f"it answers {status}", mend_of(status, "")
        wait = retry_after(answer.exchange)
        return why + (f", and asks to wait {wait:.0f} seconds" if wait else ""), mend

    def _refuse(self, errand: Errand, answer: Answer, why: str, mend: str) -> NoReturn:
        kind: type[SiteRefused] = NoPermission if answer.status in (401, 403) else SiteRefused
        error = kind(self.errand(errand), why, mend or "see what the site says to that")
        error.status = answer.status
        if answer.fault is not None:
            error.code, error.data = answer.fault.code, answer.fault.data
        raise error
