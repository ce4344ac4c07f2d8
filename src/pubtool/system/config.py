"""Settings: find the project, read `pubtool.toml`, say where each value comes from.

Every key is known and typed; a key that is not is refused with its line and the nearest known one,
for a misspelt setting that is silently ignored is worse than none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, NoReturn

from pubtool.errors import BadSettings, NoProject
from pubtool.model import FORMATS, PAPERS, Settings, Severity, SiteSettings
from pubtool.system.files import read_text
from pubtool.system.toml import place_fault, quote_text

FILE = "pubtool.toml"
CONVENTIONS = ("ap", "bluebook", "chicago", "guardian", "mla", "strict")
"""The names of the sets of quoting conventions."""
DEFAULT = "default"
"""The origin of a value that no file sets."""

OWN_NAMES = frozenset(
    {
        "posts",
        "sources",
        "decisions",
        "published",
        "filters",
        "fonts",
        "templates",
        "references.bib",
        "sources.lock",
        "baseline.toml",
        FILE,
    }
)
"""What stands beside the settings and is no place for pages."""

_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/:@?#\[\]]+)(?::\d+)?|[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*")
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Project:
    """A folder with posts, and its settings."""

    root: Path
    """Absolute."""
    settings: Settings = field(default_factory=Settings)
    origins: Mapping[str, str] = field(default_factory=dict)
    """For each key, such as ``check.fail-on``: ``default``, or ``pubtool.toml:LINE``."""


def find_project(start: Path) -> Project:
    """Return the project that `start` lies in: the nearest folder, upwards, that is one.

    A project has a `pubtool.toml`, or a `posts/` beside a `references.bib`. Raises `NoProject`, or
    `BadSettings` where the file cannot be used.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return load_settings(folder)
        if (folder / "posts").is_dir() and (folder / "references.bib").is_file():
            return load_settings(folder)
    below = [path.parent.name for path in here.glob(f"*/{FILE}")]
    raise NoProject(start, below[0] if len(below) == 1 else "")


def load_settings(root: Path) -> Project:
    """Return the project in the folder `root` with its settings merged with the defaults.

    Raises `BadSettings`, naming the file, the line and the mend, and what `read_text` raises.
    """
    root = root.resolve()
    path = root / FILE
    text = read_text(path, FILE) if path.is_file() else ""
    given = _parse(text)
    _refuse_unknown(given, text)
    values, origins = {}, {}
    for name, key in _KEYS.items():
        section, _, short = name.partition(".")
        origins[name] = DEFAULT
        if short in given.get(section, {}):
            place = _Place(name, _line(text, name), root)
            values[key.field] = key.read(given[section][short], place)
            origins[name] = f"{FILE}:{place.line}"
    sites = tuple(
        _site(name, table, text, root, origins)
        for name, table in sorted(given.get(_SITES, {}).items())
    )
    return Project(root, Settings(**values, sites=sites), origins)


def describe(project: Project) -> list[tuple[str, str, str]]:
    """Return each key with its value, in TOML, and its origin, in the order of the sections."""
    rows = []
    for name, key in _KEYS.items():
        value = getattr(project.settings, key.field)
        rows.append((name, _toml(value), project.origins.get(name, DEFAULT)))
    for site in project.settings.sites:
        for short, key in _SITE_KEYS.items():
            name = f"{_SITES}.{site.name}.{short}"
            value = _toml(getattr(site, key.field))
            rows.append((name, value, project.origins.get(name, DEFAULT)))
    return rows


# --- What may stand in the file -------------------------------------------------------------------


class _Place(NamedTuple):
    key: str
    line: int
    root: Path

    def refuse(self, why: str, mend: str) -> NoReturn:
        raise BadSettings(FILE, self.line, f"`{self.key}` {why}", mend)


class _Key(NamedTuple):
    field: str
    """The name in `Settings`."""
    read: Callable[[Any, _Place], Any]


def _text(value: Any, place: _Place) -> str:
    if not isinstance(value, str):
        place.refuse(f"is {_kind(value)}, not a text", "put it in quotation marks")
    return value


def _switch(value: Any, place: _Place) -> bool:
    if not isinstance(value, bool):
        place.refuse(f"is {_kind(value)}, not true or false", "write true or false, without marks")
    return value


def _one_of(*names: str) -> Callable[[Any, _Place], str]:
    def read(value: Any, place: _Place) -> str:
        if _text(value, place) not in names:
            near = get_close_matches(value, names, 1)
            hint = f"did you mean {near[0]}? It is" if near else "it is"
            place.refuse(f"has no choice {value!r}", f"{hint} one of {', '.join(names)}")
        return str(value)

    return read


def _texts(value: Any, place: _Place) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        found = _kind(value) if not isinstance(value, list) else "a list with other things in it"
        place.refuse(f"is {found}, not a list of texts", 'write it as ["…", "…"]')
    return tuple(value)


def _severity(value: Any, place: _Place) -> Severity:
    return Severity[_one_of("error", "warning", "info")(value, place).upper()]


def _codes(value: Any, place: _Place) -> tuple[str, ...]:
    for code in _texts(value, place):
        if not re.fullmatch(r"Q\d{0,3}", code):
            place.refuse(
                f"has {code!r}, which is no finding's code", "write Q103, or Q1 for all Q1…"
            )
    return tuple(value)


def _formats(value: Any, place: _Place) -> tuple[str, ...]:
    for name in _texts(value, place):
        _one_of(*FORMATS)(name, place)
    return tuple(dict.fromkeys(value))


def _url(value: Any, place: _Place) -> str:
    url = _text(value, place)
    if url and not re.fullmatch(r"https?://[^\s/]+\S*", url):
        place.refuse(f"is no web address: {url!r}", "begin it with https://, or leave it empty")
    return url


def _hosts(value: Any, place: _Place) -> tuple[str, ...]:
    for host in _texts(value, place):
        if not _HOST.fullmatch(host):
            place.refuse(f"has {host!r}, which is no host", 'write "wiki.lan" or "localhost:8000"')
    return tuple(value)


def _resolver(value: Any, place: _Place) -> str:
    return _url(value, place) or place.refuse("is empty", "write https://doi.org, or leave it out")


def _address(value: Any, place: _Place) -> str:
    """Return a site's address: a credential in it would end in a file that everybody reads."""
    url = _url(value, place)
    if not url:
        place.refuse("is empty", "write the site's address, such as https://example.org/blog")
    if re.match(r"https?://[^/]*@", url):
        place.refuse("has a name or a password in it", "take it out; `user` is a key of its own")
    if re.search(r"[?#]", url):
        place.refuse("has a ? or # in it", "write the site's address alone")
    return url.rstrip("/")


def _lang(value: Any, place: _Place) -> str:
    if not _LANG.fullmatch(_text(value, place)):
        place.refuse(f"is no language tag: {value!r}", "write one such as en-US or de")
    return str(value)


def _output(value: Any, place: _Place) -> str:
    """Return a folder below the project that holds nothing else: `build` replaces what is in it."""
    path = PurePosixPath(_text(value, place).replace("\\", "/"))
    first = next(iter(path.parts), "")
    target = (place.root / path).resolve()
    if path.is_absolute() or ":" in first or target == place.root:
        place.refuse("does not name a folder inside the project", "write a name such as public")
    if ".." in path.parts or not target.is_relative_to(place.root):
        place.refuse("leads out of the project", "write a name such as public")
    if first in OWN_NAMES or first.startswith("."):
        place.refuse(f"is {first}, which the project needs itself", "write a name such as public")
    return path.as_posix()


_KEYS: Mapping[str, _Key] = {
    "site.title": _Key("title", _text),
    "site.author": _Key("author", _text),
    "site.url": _Key("url", _url),
    "site.lang": _Key("lang", _lang),
    "site.search": _Key("search", _switch),
    "check.convention": _Key("convention", _one_of(*CONVENTIONS)),
    "check.fail-on": _Key("fail_on", _severity),
    "check.cluster-index": _Key("cluster_index", _text),
    "check.select": _Key("select", _codes),
    "check.ignore": _Key("ignore", _codes),
    "build.formats": _Key("formats", _formats),
    "build.output": _Key("output", _output),
    "build.csl": _Key("csl", _text),
    "build.raw-html": _Key("raw_html", _one_of("safe", "trusted")),
    "build.remote-images": _Key("remote_images", _switch),
    "images.keep-metadata": _Key("keep_metadata", _switch),
    "pdf.paper": _Key("pdf_paper", _one_of(*PAPERS)),
    "wordpress.footnotes": _Key("wordpress_footnotes", _one_of("auto", "core", "list")),
    "wordpress.proof": _Key("wordpress_proof", _one_of("data", "details", "none")),
    "wordpress.series": _Key("wordpress_series", _one_of("category", "tag")),
    "network.allow-hosts": _Key("allow_hosts", _hosts),
    "network.doi-resolver": _Key("doi_resolver", _resolver),
}

_SITES = "sites"
"""The section that has a section for each site in it."""
_SITE_KEYS: Mapping[str, _Key] = {
    "url": _Key("url", _address),
    "user": _Key("user", _text),
    "auth": _Key("auth", _one_of("basic", "bearer")),
    "footnotes": _Key("footnotes", _one_of("auto", "core", "list")),
    "series": _Key("series", _one_of("auto", "category", "tag", "none")),
}
_SITE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_SECRETS = frozenset({"password", "secret", "token", "key", "app-password", "application-password"})
"""What somebody may try to write where it must not stand."""


# --- Reading --------------------------------------------------------------------------------------


def _parse(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(FILE, *place_fault(error, text), "mend the line") from None


def _refuse_unknown(given: Mapping[str, Any], text: str) -> None:
    sections = sorted({_SITES, *(name.partition(".")[0] for name in _KEYS)})
    for section, table in given.items():
        if section not in sections:
            near = [name for name in _KEYS if name.partition(".")[2] == section]
            hint = f"write it as {near[0]}" if near else _hint(section, sections)
            _refuse(text, section, f"there is no section or key `{section}`", hint)
        if not isinstance(table, dict):
            why = f"`{section}` is {_kind(table)}, not a section"
            _refuse(text, section, why, f"write [{section}] on a line, and its keys below")
        if section == _SITES:
            _refuse_unknown_sites(table, text)
            continue
        known = [n.partition(".")[2] for n in _KEYS if n.startswith(f"{section}.")]
        for short in table:
            if short not in known:
                name = f"{section}.{short}"
                meant = section == "site" and isinstance(table[short], dict)
                hint = f"write [{_SITES}.{short}]" if meant else _hint(short, known, section)
                _refuse(text, name, f"there is no setting `{name}`", hint)


def _refuse_unknown_sites(sites: Mapping[str, Any], text: str) -> None:
    for name, table in sites.items():
        full = f"{_SITES}.{name}"
        if not isinstance(table, dict):
            why = f"`{full}` is {_kind(table)}, not a site's section"
            _refuse(text, full, why, f"write [{_SITES}.NAME] on a line, and its keys below")
        if not _SITE_NAME.fullmatch(name):
            mend = "use letters, digits and hyphens, as in [sites.my-blog]"
            _refuse(text, full, f"{name!r} is no name for a site", mend)
        for short in table:
            at = f"{full}.{short}"
            if short.lower().replace("_", "-") in _SECRETS:
                mend = "take the line out; docs/publishing.md says where it is kept"
                _refuse(text, at, f"`{at}` is a secret, which never stands here", mend)
            if short not in _SITE_KEYS:
                why = f"there is no setting `{at}`"
                _refuse(text, at, why, _hint(short, list(_SITE_KEYS)))
        if "url" not in table:
            mend = f'add url = "https://…" below [{full}]'
            _refuse(text, full, f"the site `{name}` has no url", mend)


def _site(
    name: str, table: Mapping[str, Any], text: str, root: Path, origins: dict[str, str]
) -> SiteSettings:
    """Return a site's settings; note in `origins` where each is from."""
    values = {}
    for short, key in _SITE_KEYS.items():
        full = f"{_SITES}.{name}.{short}"
        origins[full] = DEFAULT
        if short in table:
            place = _Place(full, _line(text, full), root)
            values[key.field] = key.read(table[short], place)
            origins[full] = f"{FILE}:{place.line}"
    return SiteSettings(name, **values)


def _refuse(text: str, name: str, why: str, mend: str) -> NoReturn:
    raise BadSettings(FILE, _line(text, name), why, mend)


def _hint(name: str, known: list[str], section: str = "") -> str:
    near = get_close_matches(name.lower().replace("_", "-"), known, 1)
    if near:
        return f"did you mean {near[0]}?"
    elsewhere = [full for full in _KEYS if full.partition(".")[2] == name]
    if section and elsewhere:
        return f"did you mean {elsewhere[0]}?"
    return f"it is one of {', '.join(known)}"


def _line(text: str, name: str) -> int:
    """Return the line that sets `name`, or begins its section; 1 where neither is found."""
    section, _, short = name.rpartition(".") if "." in name else (name, "", "")
    inside, head = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        table = re.match(r"\s*\[+([^\]]+)\]", line)
        if table:
            inside = re.sub(r"[\"']|\s*(\.)\s*", r"\1", table[1].strip())
        if table and inside == name:
            return number
        if table and inside == section:
            head = number
        key = re.match(r"\s*([^=#\[\]]+?)\s*=", line)
        if not key:
            continue
        written = re.sub(r"[\"'\s]", "", key[1])
        full = f"{inside}.{written}" if inside else written
        if full == name:
            return number
        if full == section or (not short and full.startswith(f"{section}.")):
            head = number
    return head


def _kind(value: Any) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),  # before int, of which it is one
        (int, "a number"),
        (float, "a number"),
        (str, "a text"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "a date or time")


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Severity):
        value = value.word
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return quote_text(str(value))
