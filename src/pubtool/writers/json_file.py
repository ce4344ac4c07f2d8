"""JSON as we write it to a file: indented, in UTF-8, with a line end behind it."""

from __future__ import annotations

import json
from typing import Any

import msgspec


def json_file(record: Any) -> bytes:
    """Return a record of dictionaries, lists and scalars as the content of a file.

    Half a surrogate pair, which a post may hold by mistake and UTF-8 cannot, is escaped.
    """
    try:
        compact = msgspec.json.encode(record)
    except UnicodeEncodeError:
        compact = json.dumps(record, separators=(",", ":")).encode("ascii")
    return msgspec.json.format(compact, indent=1) + b"\n"
