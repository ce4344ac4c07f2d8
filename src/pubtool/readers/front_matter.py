"""Front matter: the YAML at the head of a post, read key by key.

A fault in one key is a finding at its place and costs that key alone. A scalar counts as written:
``title: 1984`` is the title "1984", and a date stays the text that it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pubtool.model import Code, Comment, Finding, FrontMatter, SeriesPart, Severity, Span
from pubtool.system.body import find_front_matter

if TYPE_CHECKING:
    from yaml import MappingNode, ScalarNode, SequenceNode

    Node = MappingNode | ScalarNode | SequenceNode

STATUSES = ("draft", "publish", "future", "private")

_MALFORMED = Code("Q602")
_NOT_AS_MEANT = Code("Q608")
_LISTS = ("tags", "categories")
_SEVERAL = re.compile(r"\s*[,;]\s*")
_MOST_NODES = 10_000
"""Nodes that front matter may have once its aliases are written out (a few dozen are usual)."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_OTHER_FORMAT = re.compile(r"\ufeff?(\+\+\+(?=[ \t]*[\r\n])|\{(?=\s*\"[\w-]+\"\s*:))")
"""How Hugo's TOML and JSON begin."""
_COMMENT = re.compile(r"(?<=[\r\n])#([^\r\n]*)")
_KEY = re.compile(r"(?<=[\r\n])[^\s#-][^\r\n]*")
"""The first line of a key with its value; those that belong to it are indented, or a list's."""
_UNSAFE_IN_SLUG = re.compile(r"[\s/\\\x00-\x1f]|^\.|^$")


def read_front_matter(path: str, text: str) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """Return what the post in the file `path` says of itself, and what is wrong with it.

    The findings are Q602 and Q608. `text` is the whole file. Without front matter every field has
    its default; the slug is then the file's name.
    """
    place = find_front_matter(text)
    if place is None:
        return FrontMatter(slug=_slug_of(path)), tuple(_unreadable(text))
    reader = _Reader(text, place)
    fields = reader.read()
    fields.setdefault("slug", _slug_of(path))
    return FrontMatter(**fields), tuple(sorted(reader.findings, key=lambda found: found.span))


def front_matter_comments(text: str) -> tuple[Comment, ...]:
    """Return the comments that have a line of the front matter to themselves, by place."""
    place = find_front_matter(text)
    if place is None:
        return ()
    comments = _COMMENT.finditer(text, place.start, place.end)
    rest = ((found, Span(found.end(), place.end)) for found in comments)
    return tuple(
        Comment(found.group(1), Span(*found.span()), _entry_after(text, behind))
        for found, behind in rest
    )


def _entry_after(text: str, rest: Span) -> Span:
    """Return where the next key of the front matter stands with its value."""
    key = _KEY.search(text, rest.start, rest.end)
    if key is None:
        return Span(rest.end, rest.end)
    behind = _KEY.search(text, key.end(), rest.end)
    return Span(key.start(), behind.start() if behind else rest.end)


def _slug_of(path: str) -> str:
    return re.sub(r"[\s\\]+", "-", PurePosixPath(path).stem.strip().lower())


def _unreadable(text: str) -> Iterator[Finding]:
    opening = re.match(r"\ufeff?(---)[ \t]*(?:\r\n|\r|\n)[\w-]+:(?=\s)", text)
    if opening:
        message = "the front matter that begins here is never closed by a line of ---"
        yield Finding(_MALFORMED, Severity.ERROR, message, Span(*opening.span(1)))
    other = _OTHER_FORMAT.match(text)
    if other:
        name = "TOML" if other[1] == "+++" else "JSON"
        message = (
            f"the front matter is {name}, which is not read: write it as YAML, between lines of ---"
        )
        yield Finding(_MALFORMED, Severity.ERROR, message, Span(*other.span(1)))


class _WrongTypeError(Exception):
    """A value that its key cannot have; says what it can."""


class _Reader:
    """Reads the keys of one mapping and collects what is wrong."""

    def __init__(self, text: str, place: Span) -> None:
        self.findings: list[Finding] = []
        first_line = re.match(r"[^\r\n]*(?:\r\n|\r|\n)", text[place.start : place.end])
        self._start = place.start + (first_line.end() if first_line else 0)
        inside = text[self._start : place.end]
        self._yaml = re.sub(r"(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n)?\Z", "", inside)
        self._place = place

    def read(self) -> dict[str, Any]:
        """Return the fields of `FrontMatter` that the YAML has."""
        fields: dict[str, Any] = {}
        other: list[tuple[str, Any]] = []
        for name, key, value in self._entries():
            known = _FIELDS.get(name)
            try:
                if known is None:
                    other.append((name, _plain(value)))
                elif not _is_null(value):
                    fields[known.field] = known.read(value)
                    self._note_commas(name, value)
            except _WrongTypeError as wrong:
                self._report(f"{name} {wrong}", key)
        if other:
            fields["other"] = tuple(other)
        return fields

    def _note_commas(self, name: str, value: Node) -> None:
        """Report names with commas between them that are one name for want of brackets."""
        parts = _SEVERAL.split(str(value.value)) if value.id == "scalar" else []
        if name in _LISTS and len(parts) > 1 and all(parts):
            listed = f"{name}: [{', '.join(parts)}]"
            message = f"{name} without brackets is one name, commas and all: write {listed}"
            span = Span(self._start + value.start_mark.index, self._start + value.end_mark.index)
            self.findings.append(Finding(_NOT_AS_MEANT, Severity.WARNING, message, span))

    def _entries(self) -> Iterator[tuple[str, Node, Node]]:
        """Give each key of the mapping with its nodes, a repeated one only once."""
        root = self._compose()
        if root is None or _is_null(root):
            return
        if root.id != "mapping":
            self._report("the front matter is no list of keys with values (key: value)", root)
            return
        seen = set[str]()
        for key, value in root.value:
            if key.id != "scalar":
                self._report("a key of the front matter is no word", key)
            elif key.value in seen:
                self._report(f"{key.value} stands in the front matter twice; the first counts", key)
            else:
                seen.add(key.value)
                yield key.value, key, value

    def _compose(self) -> Node | None:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            root: Any = yaml.compose(self._yaml, Loader=loader)
        except yaml.YAMLError as error:
            at, why = _fault(error)
            place = self._start + min(at, len(self._yaml))
            self._find(f"the front matter is not YAML: {why}", Span(place, place))
        except RecursionError:
            self._find("the front matter is nested too deeply", self._place)
        else:
            if root is None or _weight(root) <= _MOST_NODES:
                composed: Node | None = root
                return composed
            self._find("the front matter is too large", self._place)
        return None

    def _report(self, message: str, node: Node) -> None:
        start, end = node.start_mark.index, node.end_mark.index
        self._find(message, Span(self._start + start, self._start + max(start, end)))

    def _find(self, message: str, span: Span) -> None:
        self.findings.append(Finding(_MALFORMED, Severity.ERROR, message, span))


_FAULTS = (
    (
        "mapping values are not allowed",
        "a value has a colon and a space in it, or a line is indented for no reason; put such a "
        'value in straight double quotation marks, as in title: "A title: its second half"',
    ),
    (
        "did not find expected key",
        "a value goes on behind its closing quotation mark, or a line is indented for no reason; "
        "between single quotation marks an apostrophe is written twice",
    ),
    (
        "cannot start any token",
        "a line begins with a tab, or a value with a character that YAML keeps for itself; use "
        "spaces, and put such a value in straight double quotation marks",
    ),
    ("found a tab character", "a line begins with a tab; use spaces"),
    ("undefined alias", "a value begins with *; put it in straight double quotation marks"),
    ("end of stream", "a quotation mark is opened and not closed; close it"),
    ("expected ',' or ", "a bracket is opened and not closed; close it"),
)
"""What the parser says, and what that means to somebody who does not know YAML."""


def _fault(error: Any) -> tuple[int, str]:
    """Return where a YAML error is (an offset in the YAML) and what it says."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        said = str(error.problem or error.context)
        return mark.index, next((words for part, words in _FAULTS if part in said), said)
    return getattr(error, "position", 0), str(getattr(error, "reason", error))


def _weight(root: Node) -> int:
    """Return how many nodes the tree has with its aliases written out, or a number too many."""
    known: dict[int, int] = {}
    waiting = [root]
    while waiting:
        node = waiting[-1]
        inner = [child for child in _children(node) if id(child) not in known]
        if id(node) in known or not inner:
            known[id(node)] = 1 + sum(known[id(child)] for child in _children(node))
            waiting.pop()
        elif len(waiting) > _MOST_NODES:  # an alias of a node within itself
            return _MOST_NODES + 1
        else:
            waiting.append(inner[0])
    return known[id(root)]


def _children(node: Node) -> list[Node]:
    if node.id == "mapping":
        return [child for pair in node.value for child in pair]
    return list(node.value) if node.id == "sequence" else []


def _is_null(node: Node) -> bool:
    return node.id == "scalar" and node.tag == "tag:yaml.org,2002:null"


def _plain(node: Node) -> Any:
    """Return a value as YAML's safe schema reads it; dates and what does not fit as written."""
    if node.id == "mapping":
        return {str(_plain(key)): _plain(value) for key, value in node.value}
    if node.id == "sequence":
        return [_plain(item) for item in node.value]
    return _scalar(node)


def _scalar(node: Node) -> Any:
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() in ("true", "yes", "on", "y")
    try:
        if kind == "int":
            return int(node.value.replace("_", ""), 10)
        if kind == "float":
            return float(node.value.replace("_", ""))
    except ValueError:  # octal, sexagesimal: as written
        return str(node.value)
    return str(node.value)


# --- The values of known keys ---------------------------------------------------------------------


def _text(node: Node) -> str:
    if node.id != "scalar":
        raise _WrongTypeError("must be a text")
    return str(node.value).strip()


def _texts(node: Node) -> tuple[str, ...]:
    nodes = node.value if node.id == "sequence" else [node]
    if any(item.id != "scalar" for item in nodes):
        raise _WrongTypeError("must be a text or a list of texts")
    return tuple(_text(item) for item in nodes if not _is_null(item))


def _names(node: Node) -> tuple[str, ...]:
    nodes = node.value if node.id == "sequence" else [node]
    named = [_mapping(item).get("name", item) if item.id == "mapping" else item for item in nodes]
    if any(item.id != "scalar" for item in named):
        raise _WrongTypeError("must be a name or a list of names")
    return tuple(_text(item) for item in named if not _is_null(item))


def _date(node: Node) -> str:
    written = _text(node)
    try:
        datetime.fromisoformat(written)
    except ValueError:
        raise _WrongTypeError("must be a date such as 2026-05-03") from None
    return written


def _status(node: Node) -> str:
    status = _text(node)
    if status not in STATUSES:
        raise _WrongTypeError(f"must be one of {', '.join(STATUSES)}")
    return status


def _lang(node: Node) -> str:
    lang = _text(node)
    if lang and not _LANGUAGE.fullmatch(lang):
        raise _WrongTypeError("must be a language by its BCP 47 tag, such as en or en-GB")
    return lang


def _slug(node: Node) -> str:
    slug = _text(node)
    if _UNSAFE_IN_SLUG.search(slug):
        raise _WrongTypeError("must be one word without spaces or slashes")
    return slug


def _series(node: Node) -> tuple[SeriesPart, ...]:
    nodes = node.value if node.id == "sequence" else [node]
    return tuple(_series_part(item) for item in nodes if not _is_null(item))


def _series_part(node: Node) -> SeriesPart:
    if node.id == "scalar":
        return SeriesPart(_text(node), None)
    entries = _mapping(node)
    if "name" not in entries or not set(entries) <= {"name", "part"}:
        raise _WrongTypeError("must be a name, {name, part}, or a list of these")
    part = _scalar(entries["part"]) if "part" in entries else None
    if isinstance(part, bool | str):
        raise _WrongTypeError("must have a number as its part")
    return SeriesPart(_text(entries["name"]), part)


def _mapping(node: Node) -> dict[str, Node]:
    if node.id != "mapping":
        return {}
    return {str(key.value): value for key, value in node.value if key.id == "scalar"}


@dataclass(frozen=True, slots=True)
class _Field:
    """A known key: the field of `FrontMatter` that it fills, and how its value is read."""

    field: str
    read: Callable[[Node], Any]


_FIELDS = {
    "title": _Field("title", _text),
    "date": _Field("date", _date),
    "updated": _Field("updated", _date),
    "slug": _Field("slug", _slug),
    "status": _Field("status", _status),
    "author": _Field("authors", _names),
    "series": _Field("series", _series),
    "categories": _Field("categories", _texts),
    "tags": _Field("tags", _texts),
    "excerpt": _Field("excerpt", _text),
    "image": _Field("image", _text),
    "image-alt": _Field("image_alt", _text),
    "lang": _Field("lang", _lang),
    "csl": _Field("csl", _text),
    "aliases": _Field("aliases", _texts),
}
