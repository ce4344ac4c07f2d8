"""Where a site's REST API is, and what its index says; asked without a password.

The home page names the API in a Link header or a link element (rel ``https://api.w.org/``); where
neither is there, the two usual places are tried: ``wp-json/`` and, with plain permalinks,
``?rest_route=/``. WordPress.com serves all its sites at an address of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from pubtool.errors import NotFetched, NotWordPress, SiteRefused
from pubtool.publishers.wordpress.answers import Odd
from pubtool.publishers.wordpress.calls import Answer, Calls, Errand
from pubtool.system.web_address import WebAddress

_HOSTED = "https://public-api.wordpress.com/wp/v2/sites/"
"""Where WordPress.com serves its sites: https://developer.wordpress.com/docs/api/"""
_API = re.compile(r"/(?:wp-json\b|wp-admin(?=/|$)|wp-login\.php|index\.php|\?).*")
"""What makes a home's address one of its API, of its back rooms or of a page."""
_LINK = re.compile(r'<([^>]*)>\s*;[^,]*?rel="?https://api\.w\.org/"?')
_ELEMENT = re.compile(r"<link\b[^>]*\brel=[\"']https://api\.w\.org/[\"'][^>]*>")
_HREF = re.compile(r"\bhref=[\"']([^\"']+)[\"']")
_GENERATOR = re.compile(r"<meta\b[^>]*content=[\"']WordPress ([\d.]+)")
_HTML = {"Accept": "text/html,*/*;q=0.8"}
_FIELDS = {"_fields": "name,url,home,namespaces,authentication,gmt_offset"}


@dataclass(frozen=True, slots=True)
class Api:
    """An API's address."""

    root: str
    """``https://blog.example/wp-json/``, ``https://blog.example/index.php?rest_route=/`` or, of
    WordPress.com, the whole way to a site."""
    namespace: str = "/wp/v2"

    def at(self, route: str, query: Mapping[str, str] | None = None) -> str:
        """Return the address of a route such as ``/posts``."""
        address = self.root.rstrip("/") + self.namespace + route
        joint = "&" if "?" in self.root else "?"
        return f"{address}{joint}{urlencode(query)}" if query else address


@dataclass(frozen=True, slots=True)
class Found:
    """A site's API."""

    api: Api
    home: str
    """Without a slash at the end."""
    name: str
    version: str
    """WordPress's; empty where the home page does not tell."""
    passwords: bool | None
    """Whether application passwords are there; None where the index cannot be read."""
    gmt_offset: float = 0.0
    """Hours that the site's clock is ahead of GMT."""


def is_hosted(url: str) -> bool:
    """Whether an address is of WordPress.com, which takes bearer tokens alone."""
    host = urlsplit(url).hostname or ""
    return host == "wordpress.com" or host.endswith(".wordpress.com")


def discover(calls: Calls, url: str) -> Found:
    """Return a site's API.

    Raises `NotWordPress` where there is none, `SiteRefused` where another host would have it, and
    `SiteUnreachable`.
    """
    url = _API.sub("", url).rstrip("/")
    parts = urlsplit(url)
    if "/wp/v2/sites/" in parts.path:
        return Found(Api(url, ""), url, url.rpartition("/")[2], "", None)
    if is_hosted(url):
        host = parts.hostname or ""
        return Found(Api(f"{_HOSTED}{host}", ""), url, host, "", None)
    page = calls.ask(Errand("looking at the home page", f"{url}/", headers=_HTML, anonymous=True))
    version = _GENERATOR.search(page.body.decode("utf-8", "replace"))
    base = page.exchange.url.partition("?")[0].rstrip("/")
    if base.endswith("/wp-login.php"):  # closed to visitors, which its API need not be
        base = url
    named, said = _named(page), list[str]()
    roots = [f"{base}/wp-json/", f"{base}/?rest_route=/"]
    for root in [_same_place(calls, page, named)] if named else roots:
        found = _index(calls, Api(root), base, said)
        if found is not None:
            return replace(found, version=version[1] if version else "")
    mend = "check the site's address, and see whether a plugin switches the REST API off"
    raise NotWordPress(url, said[0], mend)


def _named(page: Answer) -> str:
    """Return the API that a home page names, or an empty string."""
    for name, value in page.exchange.headers:
        link = _LINK.search(value) if name.lower() == "link" else None
        if link:
            return link[1]
    element = _ELEMENT.search(page.body.decode("utf-8", "replace"))
    href = _HREF.search(element[0]) if element else None
    return html.unescape(href[1]) if href else ""


def _same_place(calls: Calls, page: Answer, root: str) -> str:
    """Return the API's root; raise `SiteRefused` where another host has it.

    A site behind a proxy that ends TLS often names itself by http: it is asked by https.
    """
    here = WebAddress.parse(page.exchange.url)
    try:
        there = WebAddress.parse(root)
    except NotFetched as error:
        raise NotWordPress(calls.site, f"it names {error.url}", "mend the site's address") from None
    if here.scheme == "https" and root.startswith("http://") and here.host == there.host:
        root = f"https://{root.removeprefix('http://')}"
        there = WebAddress.parse(root)
    if here.site != there.site:
        errand = f"{calls.site}: finding the REST API"
        why = f"the site names that of {there.site}, and no password is sent to another host"
        mend = f"if that is the site, write its address as {there.site} in pubtool.toml"
        if there.host == urlsplit(_HOSTED).hostname:
            mend = f'write the site\'s address as {_HOSTED}{here.host}, with auth = "bearer"'
        raise SiteRefused(errand, why, mend)
    return root


def _index(calls: Calls, api: Api, base: str, said: list[str]) -> Found | None:
    """Return what an index says, None where none is there; why is added to `said`.

    One that is closed to visitors (401, 403 with WordPress's own error) is one all the same.
    """
    address = Api(api.root, "").at("/", _FIELDS)
    errand = Errand("reading the index", address, anonymous=True)
    answer = calls.ask(errand)
    value = answer.value
    if answer.status >= 500 or answer.status == 429:  # nothing can be said of the site just now
        calls.settle(errand, answer)
    if isinstance(value, dict) and "wp/v2" in _names(value.get("namespaces")):
        home = str(value.get("home") or base).rstrip("/")
        passwords = "application-passwords" in _names(value.get("authentication"))
        offset = _hours(value.get("gmt_offset"))
        return Found(api, home, str(value.get("name") or home), "", passwords, offset)
    if answer.status in (401, 403) and answer.fault is not None:
        return Found(api, base, base, "", None)
    if isinstance(value, Odd):
        said.append(value.why)
    elif answer.fault is not None:
        said.append(f"its index answers {answer.status} {answer.fault.code}")
    else:
        said.append(f"its index answers {answer.status}")
    return None


def _hours(value: Any) -> float:
    """Return an offset, which WordPress gives as a number or a text; 0 for anything else."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _names(value: Any) -> Collection[Any]:
    """Return what a list or an object names."""
    return value if isinstance(value, list | dict) else ()
