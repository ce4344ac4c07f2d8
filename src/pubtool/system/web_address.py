"""Web addresses: taken apart, made fit to be asked for, and shown without secrets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from pubtool.errors import NotFetched

_PORTS = {"http": 80, "https": 443}
_KEPT = "%/:=&?~#+!$,;'@()*[]|"
"""Signs of a path or query that stay as they are; the rest is written as in RFC 3986."""
_WRITE = "write it as https://…"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address of http or https, without a fragment."""

    scheme: str
    host: str
    """In lower case and ASCII; an IPv6 address without its brackets."""
    port: int
    target: str
    """Path and query, as a request line has them."""

    @classmethod
    def parse(cls, url: str) -> WebAddress:
        """Return the address that `url` writes; raise `NotFetched` where it cannot be used.

        One with a name and password in it is refused, and shown without.
        """
        try:
            parts = urlsplit(url.strip())
            port = parts.port or _PORTS.get(parts.scheme, 0)
            host = _ascii(parts.hostname or "")
        except ValueError:
            raise NotFetched(_shown(url), "it is no web address", _WRITE) from None
        if parts.scheme not in _PORTS or not host:
            raise NotFetched(_shown(url), "only http and https can be fetched", _WRITE)
        path = quote(parts.path or "/", safe=_KEPT)
        query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
        address = cls(parts.scheme, host, port, path + query)
        if "@" in parts.netloc:
            why = "it has a name and a password in it, which would be kept in the project"
            mend = "fetch the file yourself, and add that"
            raise NotFetched(address.url, why, mend)
        return address

    def follow(self, location: str) -> WebAddress:
        """Return the address that a redirect from here leads to; raise `NotFetched` if to none."""
        try:
            return WebAddress.parse(urljoin(self.url, location.strip()))
        except ValueError:
            raise NotFetched(_shown(location), "it is no web address", _WRITE) from None

    @property
    def host_in_url(self) -> str:
        """The host as an address has it."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def netloc(self) -> str:
        """The host, and the port where it is not the scheme's own."""
        own = self.port == _PORTS[self.scheme]
        return self.host_in_url if own else f"{self.host_in_url}:{self.port}"

    @property
    def site(self) -> str:
        """What robots.txt holds for: scheme, host and port."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.site}{self.target}"


def is_named(address: WebAddress, hosts: Sequence[str]) -> bool:
    """Whether a host is one of some, given as ``name`` or ``name:port``."""
    names = {address.host, address.host_in_url, f"{address.host_in_url}:{address.port}"}
    return any(host.strip().lower().rstrip(".") in names for host in hosts)


def _ascii(host: str) -> str:
    """Return a host's name as the name servers know it; raise ValueError where it is none."""
    host = host.lower().rstrip(".")
    if host.isascii():
        if any(sign.isspace() or sign in '"<>\\^`{|}' for sign in host):
            raise ValueError(host)
        return host
    return host.encode("idna").decode("ascii")


def _shown(url: str) -> str:
    """Return what is no address as it can be printed: without a login, and nothing that steers."""
    head, slashes, rest = url.strip().partition("://")
    authority, slash, path = rest.partition("/")
    said = f"{head}{slashes}{authority.rpartition('@')[2]}{slash}{path}"
    return "".join(sign if sign.isprintable() else "�" for sign in said)
