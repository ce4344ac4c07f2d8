"""TOML, as our files are written in it: texts spelled, and what is wrong put into words."""

from __future__ import annotations

import re
import tomllib

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


def quote_text(value: str) -> str:
    """Return a text as a basic string (TOML 1.0)."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda c: f"\\u{ord(c[0]):04x}", escaped) + '"'


def place_fault(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """Return the line, 1-based, at which `text` is no TOML, and why it is none."""
    at = _AT_LINE.search(str(error))
    line = int(at[1]) if at and at[1] else text.rstrip().count("\n") + 1
    return line, f"not TOML ({_AT_LINE.sub('', str(error)).strip().rstrip('.')})"


def conflict_line(text: str) -> int | None:
    """Return the line, 1-based, of the first mark that git left where two branches differ."""
    mark = _CONFLICT.search(text)
    return text.count("\n", 0, mark.start()) + 1 if mark else None
