"""An entry's ``file`` field, in the spellings of the reference managers.

* JabRef: ``description:path:type``, several joined by ``;``; a backslash escapes ``:``, ``;`` and
  itself.
* Zotero and Better BibTeX: ``Title.pdf:files/12/Title.pdf:application/pdf``, or the path alone.
* By hand: a path. Windows paths come with backslashes, doubled or not, and a drive letter.
"""

from __future__ import annotations

import re

from pubtool.readers.sources.formats import EXTENSIONS

_ESCAPED = re.compile(r"\\([\\:;_&#%$~{}^ ])")
_DRIVE = re.compile(r"[A-Za-z]$")
_ADDRESS = re.compile(r"\s*(?:https?|ftp)\\?://", re.IGNORECASE)
_TYPE = re.compile(r"[\w.+-]*(?:/[\w.+-]+)?$")


def choose_file(value: str) -> str:
    """Return the path of the file to read, with forward slashes, or an empty string.

    Of several files the first wins that is relative and of a format that can be read, then the
    first that is relative, then the first.
    """
    paths = [path for path in map(_path, _cut(value, ";")) if path]
    ranked = sorted(paths, key=_rank)
    return ranked[0] if ranked else ""


def _rank(path: str) -> int:
    if path.startswith(("/", "~")) or re.match(r"[A-Za-z]:", path):
        return 2
    return 0 if path[path.rfind(".") :].lower() in EXTENSIONS else 1


def _path(item: str) -> str:
    """Return the path part of one file of the field."""
    if _ADDRESS.match(item):
        return ""
    parts = _join_drive(_cut(item, ":"))
    if len(parts) == 1:
        path = parts[0]
    elif len(parts) == 2:
        path = parts[0] if _is_type(parts[1]) and parts[0] else parts[1]
    else:
        path = ":".join(parts[1:-1])
    return _ESCAPED.sub(r"\1", path).replace("\\", "/").strip()


def _is_type(part: str) -> bool:
    """Whether it names a type (``PDF``, ``application/pdf``) rather than a file."""
    return bool(_TYPE.match(part)) and "." not in part


def _cut(text: str, mark: str) -> list[str]:
    """Split at `mark` where no backslash escapes it."""
    if "\\" not in text:
        return text.split(mark)
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in ("\\", ":", ";"):
            at += 2
            continue
        if text[at] == mark:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def _join_drive(parts: list[str]) -> list[str]:
    r"""Put a Windows drive letter back before its path: ``C`` and ``\x.pdf``."""
    joined: list[str] = []
    for part in parts:
        if joined and _DRIVE.match(joined[-1]) and part.startswith(("\\", "/")):
            joined[-1] = f"{joined[-1]}:{part}"
        else:
            joined.append(part)
    return joined
