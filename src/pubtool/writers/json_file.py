"""JSON as we write it to a file: indented, in UTF-8, with a line end behind it."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

_HALF = re.compile("[\ud800-\udfff]")


def json_file(record: Any) -> bytes:
    """Return a record of dictionaries, lists and scalars as the content of a file.

    Half a surrogate pair, which a source may hold by mistake and UTF-8 cannot, becomes U+FFFD.
    """
    try:
        compact = msgspec.json.encode(record)
    except UnicodeEncodeError:
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        compact = _HALF.sub("\ufffd", text).encode()
    return msgspec.json.format(compact, indent=1) + b"\n"
