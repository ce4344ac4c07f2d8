"""Former addresses of posts: where a page must stand that leads on.

An alias is written as the path that it was on the site (``/2010/05/old-post/``, ``old.html``) or as
the whole address. A folder gets an ``index.html``. What asks a server for something (``/?p=123``)
cannot be a file; such a one is left out and told, since every blog that moved has them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pubtool.errors import BadAlias
from pubtool.writers.site import Page, Site

_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
_MOST_BYTES = 255
"""The longest name that common file systems take."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A page that leads from a former address to a post's."""

    url: str
    """Relative to the site's root, with the file's name."""
    page: Page
    written: str
    """As the post has it."""


def plan_aliases(
    site: Site, given: Mapping[str, Sequence[str]], taken: Iterable[str]
) -> tuple[tuple[Alias, ...], tuple[str, ...]]:
    """Return the pages for former addresses, and a sentence for each that there can be none for.

    `given` are the aliases by the post's path, `taken` the files that the site has anyhow, relative
    to its root. Raises `BadAlias` for one that leads out of the site, is another page's address, or
    is claimed by two posts.
    """
    if not any(given.values()):
        return (), ()
    # two names that differ in capitals alone are one file on many systems
    owners = {url.casefold(): "" for url in taken}
    own = {page.url.casefold(): page for page in site.every}
    found, left_out = list[Alias](), list[str]()
    for page in site.pages:
        for written in dict.fromkeys(given[page.path]):
            url = _file_of(written, page.path, site.url)
            if not url:
                left_out.append(
                    f"{page.path}: the alias {written} asks a server for something, which no file "
                    "can answer; have the server redirect it"
                )
            elif own.get(url.casefold()) != page:
                _claim(owners, url, page, written)
                found.append(Alias(url, page, written))
    _refuse_nested(found, owners)
    return tuple(sorted(found, key=lambda alias: alias.url)), _told(left_out)


def _told(left_out: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences, of very many the first: a blog that moved has one for each post."""
    if len(left_out) <= _MOST:
        return tuple(left_out)
    more = len(left_out) - _MOST
    return (*left_out[:_MOST], f"{more} more aliases ask a server for something in that way")


_MOST = 10
"""Aliases left out that are named."""


def _claim(owners: dict[str, str], url: str, page: Page, written: str) -> None:
    name = url.casefold()
    if name in owners and owners[name] != page.path:
        other = owners[name]
        whose = f"an alias of {other} too" if other else "another page's address"
        raise BadAlias(page.path, written, f"is {whose}", "take it out of one of the two")
    owners[name] = page.path


def _refuse_nested(found: Iterable[Alias], files: Mapping[str, str]) -> None:
    """Raise where a file would have to be a folder too."""
    for alias in found:
        folder = posixpath.dirname(alias.url.casefold())
        while folder:
            if folder in files:
                why = "would stand below a file"
                raise BadAlias(alias.page.path, alias.written, why, "take it out")
            folder = posixpath.dirname(folder)


def _file_of(written: str, path: str, site_url: str) -> str:
    """Return the file of a former address; empty for one that no file can answer."""
    try:
        parts = urlsplit(written.strip())
    except ValueError:
        raise BadAlias(path, written, "is no address", "write it as /2010/05/old-post/") from None
    _refuse_elsewhere(parts.scheme, parts.netloc, site_url, written, path)
    if parts.query:
        return ""
    plain = unquote(parts.path)
    base = unquote(urlsplit(site_url).path)
    if base and (plain == base or plain.startswith(f"{base}/")):
        plain = plain[len(base) :]
    names = [name for name in plain.split("/") if name not in ("", ".")]
    if ".." in names or _CONTROL.search(plain) or _CONTROL.search(written.strip()):
        raise BadAlias(path, written, "leads out of the site", "write it as /2010/05/old-post/")
    if not names:
        raise BadAlias(path, written, "is the address of the site's first page", "take it out")
    if any(len(name.encode()) > _MOST_BYTES for name in names):
        raise BadAlias(path, written, "is too long for a file's name", "take it out")
    is_file = re.search(r"\.[A-Za-z][A-Za-z0-9]{0,5}$", names[-1]) and not plain.endswith("/")
    return "/".join(names if is_file else [*names, "index.html"])


def _refuse_elsewhere(scheme: str, host: str, site_url: str, written: str, path: str) -> None:
    if not scheme and not host:
        return
    if scheme not in ("http", "https", "") or host.lower() != urlsplit(site_url).netloc.lower():
        mend = f"begin it with /, or with {site_url}/" if site_url else "begin it with /"
        raise BadAlias(path, written, "is on another site", mend)
