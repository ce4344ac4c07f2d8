"""Passwords of sites: where one is looked for, and that nobody else could have read it.

In this order: the environment (``PUBTOOL_PASSWORD_SITE``), a file of the user's
(``PUBTOOL_CREDENTIALS``, else ``credentials.toml`` in the user's folder for settings), and the
system's keyring where the package `keyring` is installed (``pip install "pubtool[keyring]"``).
Never the project, which is under version control and may be a stranger's: so the file and the
keyring name the address beside the password, and it goes to no other, whatever a project calls its
sites.

    [sites.blog]
    url = "https://blog.example"
    user = "anna"
    password = "abcd EFGH 1234 ijkl MNOP 5678"
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubtool.errors import BadCredentials, CannotRead, NoPassword
from pubtool.system.files import read_text
from pubtool.system.secret import Secret

FILE = "PUBTOOL_CREDENTIALS"
_AT_LINE = re.compile(r"at line (\d+)")
_EXAMPLE = '[sites.NAME], then url = "https://…" and password = "…" below it'


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who we are on a site."""

    user: str
    """The account's name; may be empty, which is enough for a token."""
    secret: Secret
    """The password, or the token."""


def credentials_of(
    site: str, url: str, user: str = "", environment: Mapping[str, str] = os.environ
) -> Credentials:
    """Return the credentials for a site that the project calls `site`.

    `user` is the project's; where that is empty it is the one that stands beside the password.
    Raises `NoPassword` where none is anywhere, `BadCredentials` and `CannotRead` where the file
    that may hold it cannot be used.
    """
    variable = variable_of(site)
    given = environment.get(variable, "").strip()
    if given:
        return Credentials(user, Secret(given))
    path = file_of(environment)
    found = _in_file(path, site, url, named=FILE in environment)
    if found is not None:
        return Credentials(user or found.user, found.secret)
    kept, without = _in_keyring(url, user)
    if kept is not None:
        return kept
    raise NoPassword(site, variable, str(path), without)


def variable_of(site: str) -> str:
    """Return the name of the variable of the environment that holds a site's password."""
    return "PUBTOOL_PASSWORD_" + re.sub(r"[^A-Z0-9]", "_", site.upper())


def file_of(environment: Mapping[str, str]) -> Path:
    """Return where the file with passwords is, if there is one.

    By the XDG Base Directory Specification where nothing else is named; a relative path in
    ``XDG_CONFIG_HOME`` is to be ignored by it.
    """
    named = environment.get(FILE)
    if named:
        return Path(named).expanduser()
    folder = Path(environment.get("XDG_CONFIG_HOME") or "~")
    if not folder.is_absolute():
        folder = Path("~/.config").expanduser()
    return folder / "pubtool" / "credentials.toml"


def service_of(url: str) -> str:
    """Return the name under which the keyring keeps the password of a site's address."""
    return f"pubtool:{url.rstrip('/')}"


def _in_file(path: Path, site: str, url: str, *, named: bool) -> Credentials | None:
    """Return what the file says, None where it does not speak of the site."""
    try:
        found = path.stat()
    except OSError as error:
        if named or not isinstance(error, FileNotFoundError):
            raise CannotRead(str(path), error) from None
        return None
    if os.name != "nt" and stat.S_IMODE(found.st_mode) & 0o077:
        raise BadCredentials(str(path), "others may read it", f"run `chmod 600 {path}`")
    table = _table(path, site)
    return _said(path, site, table, url) if table else None


def _table(path: Path, site: str) -> Mapping[str, Any]:
    """Return the section of a site, empty where there is none."""
    try:
        said = tomllib.loads(read_text(path, str(path)))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))  # the rest of its message may quote a password
        place = f"{path}:{at[1]}" if at else str(path)
        raise BadCredentials(place, "not TOML", f"write {_EXAMPLE}") from None
    sites = said.get("sites", {})
    table = sites.get(site, {}) if isinstance(sites, dict) else None
    if not isinstance(table, dict):
        raise BadCredentials(str(path), f"it has no section [sites.{site}]", f"write {_EXAMPLE}")
    return table


def _said(path: Path, site: str, table: Mapping[str, Any], url: str) -> Credentials:
    """Return what a section says, which must be said of this address."""
    password, address, user = (table.get(name, "") for name in ("password", "url", "user"))
    if not (isinstance(password, str) and isinstance(user, str) and password.strip()):
        why = f"[sites.{site}] has no `password` in quotation marks"
        raise BadCredentials(str(path), why, f"write {_EXAMPLE}")
    if not isinstance(address, str) or address.rstrip("/") != url.rstrip("/"):
        given = f"is for {address}" if address else "has no `url`"
        why = f"[sites.{site}] {given}, and the project's {site} is {url}"
        raise BadCredentials(str(path), why, "a password goes to its own `url` alone: mend one")
    return Credentials(user, Secret(password.strip()))


def _in_keyring(url: str, user: str) -> tuple[Credentials | None, str]:
    """Return what the keyring says, and the end of a sentence that there is no password in it."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None, 'or in a keyring (`pip install "pubtool[keyring]"`)'
    try:
        found = keyring.get_credential(service_of(url), user or None)
    except (KeyringError, OSError):
        return None, "and the system's keyring cannot be asked"
    if found is None or not found.password:
        return None, f"or in the keyring under {service_of(url)}"
    return Credentials(user or found.username or "", Secret(found.password.strip())), ""
