"""`sources.lock`: what each source's text was when somebody last accepted it.

TOML, one table for each key, sorted, so that a change is a short diff. No clock is read here: the
date is given by whoever pins.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from pubtool.errors import BadLock
from pubtool.model import Code, Extent, Finding, Key, MissingText, Severity, SourceText, Span
from pubtool.system.files import sha256
from pubtool.system.toml import place_fault, quote_text

_HEADER = """\
# What each source's text was when it was last accepted. Written by `pubtool sources`; keep it under
# version control.
"""
_MOST_NAMED = 5
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Pin:
    """What is known of one source's text."""

    sha256: str
    """Of the file's bytes, in lower-case hexadecimal; of a folder's list of digests and names."""
    text: str = ""
    """SHA-256 of the text that was extracted from it; empty in locks of an older version."""
    origin: str = ""
    """Where the text is from: an address, a book, a person."""
    retrieved: str = ""
    """ISO 8601 date."""
    extractor: str = ""
    version: str = ""
    """The extractor's."""
    extent: Extent | None = None
    """None leaves it to what the file says of itself."""
    pages: str = ""
    """Of an excerpt, the printed pages that it holds whole, such as ``241-260``."""
    note: str = ""
    snapshot: str = ""
    """The WARC file that keeps what the web answered, relative to the project; empty for a text
    that was not fetched."""
    archive: str = ""
    """Where an archive keeps the page, as the entry says."""


@dataclass(frozen=True)
class Lock:
    """All pins, by key."""

    pins: Mapping[Key, Pin] = field(default_factory=dict)
    path: str = "sources.lock"
    text: str = ""
    """The file's code points, for its findings."""


def read_lock(text: str, path: str) -> Lock:
    """Return what a lock file says; raise `BadLock`, naming `path` and the line."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLock(path, *place_fault(error, text)) from None
    pins = {Key(key): _pin(key, table, text, path) for key, table in tables.items()}
    return Lock(pins, path, text)


def render_lock(lock: Lock) -> str:
    """Return the lock file's text: sorted by key, empty fields left out, the same for the same."""
    tables = [_HEADER]
    for key in sorted(lock.pins):
        pin = lock.pins[key]
        lines = [f"[{_quote_key(key)}]"]
        for item in fields(Pin):
            value = getattr(pin, item.name)
            value = value.value if isinstance(value, Extent) else value
            if value:
                lines.append(f"{item.name} = {quote_text(value)}")
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def find_changed(lock: Lock, texts: Mapping[Key, SourceText | MissingText]) -> dict[Key, str]:
    """Return the sources whose file is not the pinned one, with its path, sorted.

    A source without a pin is no fault, and one without a text is another finding's matter.
    """
    return {
        key: text.path
        for key in sorted(lock.pins)
        if isinstance(text := texts.get(key), SourceText) and text.sha256 != lock.pins[key].sha256
    }


def find_reread(lock: Lock, texts: Mapping[Key, SourceText | MissingText]) -> dict[Key, str]:
    """Return the sources whose file is the pinned one but reads differently, with its path."""
    return {
        key: text.path
        for key in sorted(lock.pins)
        if isinstance(text := texts.get(key), SourceText)
        and text.sha256 == lock.pins[key].sha256
        and lock.pins[key].text not in ("", text_digest(text.text))
    }


def text_digest(text: str) -> str:
    """Return the SHA-256 of an extracted text, in lower-case hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass"))


def report_changed(
    lock: Lock, changed: Mapping[Key, str], uses: Mapping[Key, Sequence[str]]
) -> tuple[Finding, ...]:
    """Return a Q305 for each source whose file has changed, at its place in the lock file.

    `uses` are the places of the quotations that rest on each source.
    """
    return _findings(
        lock,
        {
            key: f"{path} is not the text that was pinned for `{key}`"
            f"{_resting(uses.get(key, ()))}; look at what changed, then accept it with `pubtool "
            "sources add`, or bring the old file back"
            for key, path in changed.items()
        },
    )


def report_reread(
    lock: Lock, reread: Mapping[Key, str], uses: Mapping[Key, Sequence[str]]
) -> tuple[Finding, ...]:
    """Return a Q305 for each source whose unchanged file now gives another text.

    For `sources verify` alone: another version of a reader does that, and the verdicts of a check
    are about the text as it is read now.
    """
    return _findings(
        lock,
        {
            key: f"{path} is as it was pinned for `{key}`, but is read differently now"
            f"{_resting(uses.get(key, ()))}; look at `pubtool sources show {key} --text`, then "
            "accept it with `pubtool sources add`"
            for key, path in reread.items()
        },
    )


def _resting(places: Sequence[str]) -> str:
    """Return in words which quotations rest on a source."""
    if not places:
        return ""
    shown = ", ".join(places[:_MOST_NAMED])
    more = f" and {len(places) - _MOST_NAMED} more" * (len(places) > _MOST_NAMED)
    one = len(places) == 1
    return f", on which {len(places)} quotation{'' if one else 's'} rest{'s' * one} ({shown}{more})"


def _findings(lock: Lock, messages: Mapping[Key, str]) -> tuple[Finding, ...]:
    findings = [
        Finding(Code("Q305"), Severity.ERROR, message, _place(lock.text, key))
        for key, message in messages.items()
    ]
    return tuple(sorted(findings, key=lambda finding: finding.span))


def find_unverifiable(
    lock: Lock, texts: Mapping[Key, SourceText | MissingText]
) -> tuple[Finding, ...]:
    """Return a Q305 for each pin that there is no text to compare with, at its place in the file.

    For `sources verify` alone: posts may well be checked where the texts of some sources, which
    cannot be published, are not at hand.
    """
    messages = {}
    for key in lock.pins:
        text = texts.get(key)
        if isinstance(text, SourceText):
            continue
        why = text.detail if text else "references.bib has no such entry; take its table out here"
        messages[key] = f"`{key}` is pinned, but could not be compared: {why}"
    return _findings(lock, messages)


def _pin(key: str, table: Any, text: str, path: str) -> Pin:
    line = text.count("\n", 0, _place(text, key).start) + 1
    if not isinstance(table, dict):
        raise BadLock(path, line, f"{key} is not a table `[{_quote_key(key)}]`")
    known = [item.name for item in fields(Pin)]
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            raise BadLock(path, line, f"[{key}] has an unknown entry `{name}`")
        dated = isinstance(value, datetime.date) and name == "retrieved"
        if not isinstance(value, str) and not dated:
            raise BadLock(path, line, f"`{name}` of [{key}] is not a text in quotation marks")
        values[name] = value.isoformat() if dated else value
    if not re.fullmatch(r"[0-9a-f]{64}", values.get("sha256", "")):
        raise BadLock(path, line, f"[{key}] has no `sha256` of 64 hexadecimal digits")
    extents = [extent.value for extent in Extent]
    if "extent" in values:
        if values["extent"] not in extents:
            raise BadLock(path, line, f"`extent` of [{key}] is not one of {', '.join(extents)}")
        values["extent"] = Extent(values["extent"])
    return Pin(**values)


def _place(text: str, key: str) -> Span:
    """Return where the key's table begins: the first line that names it."""
    names = {key, quote_text(key), f"'{key}'"}
    either = "|".join(re.escape(name) for name in sorted(names))
    found = re.search(rf"^[ \t]*\[[ \t]*(?:{either})[ \t]*\]", text, re.MULTILINE)
    found = found or re.search(rf"^[ \t]*(?:{either})[ \t]*[=.]", text, re.MULTILINE)
    return Span(*found.span()) if found else Span(0, 0)


def _quote_key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else quote_text(key)
