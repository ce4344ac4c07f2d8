"""``verification.json``, read back: a stranger's file until each of its words has been compared."""

from __future__ import annotations

from typing import Any

import msgspec

from pubtool.errors.verifying import BadVerification

MAX_BYTES = 64_000_000
"""A larger file is refused: 100,000 quotations do not fill it."""
_SCHEMA = 1


class Tool(msgspec.Struct, frozen=True):
    """What made the record."""

    name: str
    version: str


class PostFile(msgspec.Struct, frozen=True):
    """A post's file."""

    path: str
    """Relative to the project."""
    sha256: str


class Chosen(msgspec.Struct, frozen=True):
    """The settings that decide verdicts and findings."""

    convention: str
    select: list[str]
    ignore: list[str]


class Text(msgspec.Struct, frozen=True):
    """A source's extracted text."""

    sha256: str
    characters: int
    extent: str
    reader: str


class SourceRecord(msgspec.Struct, frozen=True):
    """A source as it was."""

    entry: str | None
    """The SHA-256 of what its entry says; None where there was none."""
    files: dict[str, str]
    pinned: str | None
    text: Text | None = None


class Place(msgspec.Struct, frozen=True):
    """A locator."""

    label: str
    value: str


class CitedRecord(msgspec.Struct, frozen=True):
    """A source that a quotation was said to be from."""

    key: str
    locator: Place | None


class MatchRecord(msgspec.Struct, frozen=True):
    """Where the words stood."""

    key: str
    start: int
    end: int
    locator: Place | None
    extent: str
    located: str | None = None


class DifferenceRecord(msgspec.Struct, frozen=True):
    """How the quotation was not the passage."""

    kind: str
    quoted: str
    source: str
    marked: bool
    permitted: bool


class WaiverRecord(msgspec.Struct, frozen=True):
    """An editor's word."""

    codes: list[str]
    reason: str


class QuotationRecord(msgspec.Struct, frozen=True):
    """A quotation and what was found out of it."""

    id: str
    kind: str
    start: int
    end: int
    text: str
    verdict: str
    reason: str | None
    cited: list[CitedRecord]
    match: MatchRecord | None
    differences: list[DifferenceRecord]
    findings: list[str]
    waivers: list[WaiverRecord]


class PostVerification(msgspec.Struct, frozen=True, tag_field="about", tag="post"):
    """What stands beside a post's page."""

    schema: int
    tool: Tool
    post: PostFile
    settings: Chosen
    quotations: list[QuotationRecord]
    sources: dict[str, SourceRecord]
    published: dict[str, str] = {}
    """The files beside it by name, each with the SHA-256 of its bytes."""


class PostListed(msgspec.Struct, frozen=True):
    """A post as the site's verification lists it."""

    path: str
    sha256: str
    verification: str
    """Relative to the site's root."""


class SiteVerification(msgspec.Struct, frozen=True, tag_field="about", tag="site"):
    """What stands at the site's root."""

    schema: int
    tool: Tool
    settings: Chosen
    posts: list[PostListed]
    sources: dict[str, SourceRecord]


def read_verification(data: bytes, path: str) -> PostVerification | SiteVerification:
    """Return what a file says; raise `BadVerification`, naming `path`."""
    if len(data) > MAX_BYTES:
        raise BadVerification(path, f"it has more than {MAX_BYTES // 1_000_000} MB")
    found = _decoded(data, path, PostVerification | SiteVerification)
    assert isinstance(found, PostVerification | SiteVerification)
    if found.schema != _SCHEMA:
        why = f"its schema is {found.schema}, and this version of pubtool knows {_SCHEMA}"
        raise BadVerification(path, why)
    return found


def all_that_is_said(data: bytes, path: str) -> dict[str, Any]:
    """Return all that a file says, also what nothing here has a name for.

    It is to be one that `read_verification` has read; raises `BadVerification` as that does.
    """
    found = _decoded(data, path, dict[str, Any])
    assert isinstance(found, dict)
    return found


def _decoded(data: bytes, path: str, form: Any) -> object:
    try:
        return msgspec.json.decode(data, type=form)
    except msgspec.ValidationError as error:
        raise BadVerification(path, _in_one_line(str(error))) from None
    except (msgspec.DecodeError, UnicodeError) as error:
        why = f"it is damaged or cut off ({_in_one_line(str(error))})"
        raise BadVerification(path, why) from None
    except RecursionError:
        raise BadVerification(path, "it is nested too deeply") from None


def _in_one_line(text: str) -> str:
    return " ".join(text.split())[:200]
