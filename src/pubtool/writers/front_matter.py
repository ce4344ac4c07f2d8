"""Front matter as YAML: the inverse of what `readers/front_matter.py` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pubtool.model import FrontMatter, SeriesPart
from pubtool.system.body import find_front_matter

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9])?|\d{4}-\d\d-\d\d(?:T[\d:.+-]+)?")
"""What means itself in YAML without quotation marks."""
_WORDS_OF_YAML = frozenset({"y", "yes", "n", "no", "true", "false", "on", "off", "null"})


def write_front_matter(front: FrontMatter) -> str:
    """Return front matter between its two fences, fields that are empty left out."""
    fields: list[tuple[str, Any]] = [
        ("title", front.title),
        ("date", front.date),
        ("updated", front.updated),
        ("slug", front.slug),
        ("status", front.status),
        ("author", _one_or_all(front.authors)),
        ("series", _one_or_all([_series(part) for part in front.series])),
        ("categories", list(front.categories)),
        ("tags", list(front.tags)),
        ("excerpt", front.excerpt),
        ("image", front.image),
        ("image-alt", front.image_alt),
        ("lang", front.lang),
        ("csl", front.csl),
        ("aliases", list(front.aliases)),
        *front.other,
    ]
    lines = [line for name, value in fields for line in _field(name, value)]
    return "\n".join(["---", *lines, "---", ""])


def _one_or_all(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else list(values)


def _series(part: SeriesPart) -> Any:
    return part.name if part.part is None else {"name": part.name, "part": part.part}


def _field(name: str, value: Any) -> Iterator[str]:
    if value not in ("", [], {}, None):
        yield f"{_value(name)}: {_value(value)}"


def _value(value: Any) -> str:
    """Return a value in one line: flow style for lists and mappings."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_value(key)}: {_value(one)}' for key, one in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escape(ord(c)) for c in quoted)


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def set_field(text: str, name: str, value: str) -> str:
    """Return a post's file with another value for a field of its front matter.

    The other lines stay as they are, and a field that is not there comes last; a file without front
    matter gets one.
    """
    place = find_front_matter(text)
    line = f"{name}: {_value(value)}\n"
    if place is None:
        return f"---\n{line}---\n\n{text}"
    head, rest = text[: place.end], text[place.end :]
    field = re.compile(rf"^{re.escape(name)}:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)
    if field.search(head):
        return field.sub(lambda _: line, head, count=1) + rest
    end = head.rstrip().rindex("\n") + 1  # where the closing fence stands
    return head[:end] + line + head[end:] + rest
