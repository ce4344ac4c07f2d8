"""`baseline.toml`: what was found before; sorted, and one line an entry, so that git merges it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from pubtool.errors import BadBaseline
from pubtool.model import Baseline, VerdictKind
from pubtool.system.toml import conflict_line, place_fault, quote_text

FILE = "baseline.toml"

_HEADER = """\
# What `pubtool check` found when this project began to be checked. It only ever shrinks: what is
# mended is taken out by `pubtool check --write-baseline`.
"""
_KEY = re.compile(r"[qf]-[0-9a-f]+")
_SAID = re.compile("|".join([r"Q\d{3}", *(kind.value for kind in VerdictKind)]))


def read_baseline(text: str, path: str = FILE) -> Baseline:
    """Return what the file says; raise BadBaseline, naming `path`, the line and the mend."""
    conflict = conflict_line(text)
    if conflict is not None:
        mend = "take git's marks out; --write-baseline takes out what is too much"
        raise BadBaseline(path, conflict, f"two branches changed it; {mend}")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, why = place_fault(error, text)
        raise BadBaseline(path, line, f"{why}; {_TAKE_BACK}") from None
    for file, entries in tables.items():
        _refuse(file, entries, text, path)
    return Baseline(
        {
            file: {key: tuple(entries[key]) for key in sorted(entries)}
            for file, entries in sorted(tables.items())
        }
    )


def render_baseline(baseline: Baseline) -> str:
    """Return the file's text: the same for the same findings."""
    tables = [_HEADER]
    for path in sorted(baseline.entries):
        entries = baseline.entries[path]
        lines = [f"[{quote_text(path)}]\n"]
        for key in sorted(entries):
            said = ", ".join(quote_text(one) for one in entries[key])
            lines.append(f"{key} = [{said}]\n")
        tables.append("".join(lines))
    return "\n".join(tables)


_TAKE_BACK = "mend the line, or take the file back from version control"


def _refuse(file: str, entries: Any, text: str, path: str) -> None:
    if not isinstance(entries, dict):
        raise BadBaseline(path, _line(text, file), f"`{file}` is no table; {_TAKE_BACK}")
    for key, said in entries.items():
        listed = isinstance(said, list) and all(_SAID.fullmatch(str(one)) for one in said)
        if not _KEY.fullmatch(key) or not listed:
            why = f"`{key}` is no entry of a baseline"
            raise BadBaseline(path, _line(text, key), f"{why}; {_TAKE_BACK}")


def _line(text: str, name: str) -> int:
    """Return the line that a key or table stands at first, 1-based."""
    found = re.search(rf"^[^\n#]*{re.escape(name)}", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
