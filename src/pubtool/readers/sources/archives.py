"""Documents that are zip archives: looked at before anybody unpacks them.

A small archive can hold far more than fits into memory. What its directory says is not believed for
good (pandoc's own bound of memory holds besides), but most bombs say what they are.
"""

from __future__ import annotations

import io
import zipfile

from pubtool.model import Unavailable
from pubtool.readers.sources.extracted import Unusable

MOST_BYTES = 500_000_000
"""Unpacked, all members together."""
MOST_MEMBERS = 20_000
_MOST_RATIO = 400
"""How much larger a member of some size may be than its packed form; text packs to a tenth."""
_SOME_SIZE = 10_000_000
_ENCRYPTED = 0x1


def refuse_unsafe(data: bytes, name: str) -> None:
    """Raise `Unusable` where a zip archive named `name` is damaged, encrypted or a bomb."""
    why = _why_unsafe(data)
    if why:
        raise Unusable(Unavailable.UNREADABLE, f"{name} {why}")


def _why_unsafe(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "is not a document that can be opened; it may be damaged, fetch it again"
    if any(member.flag_bits & _ENCRYPTED for member in members):
        return "is encrypted; save a copy without its password"
    bomb = any(
        member.file_size > _SOME_SIZE
        and member.file_size > _MOST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if bomb or sum(member.file_size for member in members) > MOST_BYTES:
        return "unpacks to more than any document has; it is taken for a trap, save it anew"
    if len(members) > MOST_MEMBERS:
        return f"holds more than {MOST_MEMBERS} files; it is taken for a trap, save it anew"
    return ""
