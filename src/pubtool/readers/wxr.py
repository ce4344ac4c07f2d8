"""WXR: WordPress's export file, an RSS feed with the posts' raw content and what belongs to them.

The file is read as a stream, a piece at a time, so that it may be larger than the memory; nothing
in it is believed: no document type, no entity, no address. Versions 1.0 to 1.2 differ in their
namespaces' numbers and in nothing that is read here, so a file is known by its names and not by
what it says of its version. Characters that XML forbids (editors paste them, WordPress exports
them) are taken out and counted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from pubtool.errors import NoExport
from pubtool.model import Blog, Entry

if TYPE_CHECKING:
    from lxml.etree import _Element

_WP = re.compile(r"\{https?://wordpress\.org/export/[\d.]+/\}(.+)")
_EXCERPT = re.compile(r"\{https?://wordpress\.org/export/[\d.]+/excerpt/\}encoded")
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_FORBIDDEN = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UNPACK = "unpack it, and import the .xml file that is in it"
_NO_DATE = "0000-00-00"
_MOST_HOURS = 26
"""A local time further from UTC than that is none."""

UNFINISHED = frozenset({"auto-draft", "inherit"})
"""Statuses of what nobody has written yet, and of what belongs to another post."""


def read_wxr(name: str, chunks: Iterable[bytes]) -> Blog:
    """Return the blog that the export file `name` holds; `chunks` are its bytes, in order.

    Raises NoExport where it is no export of WordPress's, saying what it is instead, or is not well
    formed, with the line.
    """
    return _Reader(name).read(iter(chunks))


@dataclass
class _Reader:
    """Reads one file; what stands before the posts is gathered as it comes."""

    name: str
    channel: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    """Display names by login."""
    entries: list[Entry] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    """For each entry, the id of its featured image."""
    files: dict[int, str] = field(default_factory=dict)
    alts: dict[int, str] = field(default_factory=dict)
    removed: int = 0

    def read(self, chunks: Iterator[bytes]) -> Blog:
        from lxml import etree

        first = next(chunks, b"")
        self._refuse_what_is_no_xml(first)
        parser = etree.XMLPullParser(
            ("start", "end"),
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            strip_cdata=True,
        )
        try:
            for text in self._clean(first, chunks):
                parser.feed(text.encode())
                self._take(parser.read_events())
            parser.close()
            self._take(parser.read_events())
        except etree.XMLSyntaxError as error:
            raise NoExport(self.name, error.lineno, _said(error)) from None
        if "rss" not in self.channel:
            raise NoExport(self.name, None, "it holds no RSS feed")
        return self._blog()

    def _refuse_what_is_no_xml(self, first: bytes) -> None:
        if first.startswith(b"\x1f\x8b"):
            raise NoExport(self.name, None, "it is compressed with gzip", _UNPACK)
        if first.startswith(b"PK"):
            raise NoExport(self.name, None, "it is a ZIP archive", _UNPACK)
        if not first.strip():
            raise NoExport(self.name, None, "it is empty")
        head = first.removeprefix(codecs.BOM_UTF8).lstrip()
        if re.match(rb"<!doctype html|<html", head, re.IGNORECASE):
            raise NoExport(self.name, None, "it is a web page")

    def _clean(self, first: bytes, rest: Iterator[bytes]) -> Iterator[str]:
        """Give the text without what XML forbids; bytes that are no text count among that."""
        head = first.removeprefix(codecs.BOM_UTF8)
        blank = len(head) - len(head.lstrip())  # plugins print line ends before the declaration
        declared = _DECLARED.match(head[blank:])
        encoding = declared.group(1).decode() if declared else "utf-8"
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        try:
            decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        except LookupError:
            raise NoExport(self.name, 1, f"its encoding {encoding} is not known") from None
        lost = "\ufffd"
        for chunk in (head[blank:], *()), *((piece,) for piece in rest):
            for part in chunk:
                text = decoder.decode(part)
                legal = _FORBIDDEN.sub("", text)
                self.removed += len(text) - len(legal) + legal.count(lost)
                yield legal
        yield decoder.decode(b"", final=True)

    def _take(self, events: Iterable[tuple[str, Any]]) -> None:
        for event, element in events:
            if event == "start":
                if element.getparent() is None:
                    self._root(element)
                continue
            if element.tag == "item":
                self._item(element)
            elif (parent := element.getparent()) is not None and parent.tag == "channel":
                self._of_the_channel(element)
            else:
                continue
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]

    def _root(self, root: _Element) -> None:
        if root.getroottree().docinfo.doctype:
            raise NoExport(self.name, None, "it has a document type, which no export has")
        if root.tag != "rss":
            raise NoExport(self.name, None, f"it holds <{_local(root)}> and not an RSS feed")
        self.channel["rss"] = ""
        if not any(_WP.match(f"{{{address}}}x") for address in root.nsmap.values()):
            said, mend = "it is a feed of the newest posts", "export the blog under Tools > Export"
            raise NoExport(self.name, None, said, mend)

    def _of_the_channel(self, element: _Element) -> None:
        name = _wp(element)
        if name == "author":
            said = _fields(element)
            login = said.get("author_login", "")
            self.authors.setdefault(login, said.get("author_display_name") or login)
        elif element.tag in ("title", "link", "language"):
            self.channel.setdefault(str(element.tag), _text(element))

    def _item(self, item: _Element) -> None:
        said = _fields(item)
        meta = dict(_meta(item))
        identifier = _number(said.get("post_id", ""))
        if said.get("post_type") == "attachment":
            self.files[identifier] = said.get("attachment_url", "") or _first(item, "guid")
            self.alts[identifier] = meta.get("_wp_attachment_image_alt", "")
        terms = [_term(element) for element in item.iterfind("category")]
        self.images.append(meta.get("_thumbnail_id", ""))
        self.entries.append(
            Entry(
                id=identifier,
                kind=said.get("post_type", "") or "post",
                title=_first(item, "title"),
                slug=said.get("post_name", ""),
                status=said.get("status", "") or "publish",
                date=iso_date(said.get("post_date", ""), said.get("post_date_gmt", "")),
                link=_first(item, "link"),
                author=_first(item, _CREATOR),
                content=_first(item, _CONTENT),
                excerpt=_excerpt(item),
                footnotes=meta.get("footnotes", ""),
                categories=_distinct(name for domain, name in terms if domain == "category"),
                tags=_distinct(name for domain, name in terms if domain in ("post_tag", "tag")),
                terms=_distinct(t for t in terms if t[0] not in ("category", "post_tag", "tag")),
                password=bool(said.get("post_password")),
                sticky=said.get("is_sticky") == "1",
                comments=sum(1 for element in item if _wp(element) == "comment"),
                line=item.sourceline or 0,
            )
        )

    def _blog(self) -> Blog:
        entries = tuple(
            replace(
                entry,
                author=self.authors.get(entry.author, entry.author),
                image=self.files.get(_number(image), "") if image else "",
                image_alt=self.alts.get(_number(image), "") if image else "",
            )
            for entry, image in zip(self.entries, self.images, strict=True)
        )
        said = self.channel
        return Blog(
            title=said.get("title", ""),
            url=said.get("link", "").rstrip("/"),
            lang=said.get("language", ""),
            entries=entries,
            files=tuple(self.files.items()),
            removed=self.removed,
        )


def iso_date(local: str, gmt: str) -> str:
    """Return WordPress's two times as one: ISO 8601 with the blog's offset at that moment.

    Without a local time (a draft's is all zeros) it is empty; without a UTC one, it has no offset.
    """
    here, there = _moment(local), _moment(gmt)
    if here is None:
        return there.replace(tzinfo=UTC).isoformat() if there else ""
    if there is None:
        return here.isoformat()
    minutes = round((here - there).total_seconds() / 60)
    if abs(minutes) >= _MOST_HOURS * 60 // 2 + 60:
        return here.isoformat()
    return here.replace(tzinfo=timezone(timedelta(minutes=minutes))).isoformat()


def _moment(text: str) -> datetime | None:
    if not text or text.startswith(_NO_DATE):
        return None
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _fields(element: _Element) -> Mapping[str, str]:
    """Return the texts of an element's children in WordPress's namespace; the first of a name."""
    said: dict[str, str] = {}
    for child in element:
        if (name := _wp(child)) and not len(child):
            said.setdefault(name, _text(child))
    return said


def _meta(item: _Element) -> Iterator[tuple[str, str]]:
    for element in item:
        if _wp(element) == "postmeta":
            said = _fields(element)
            yield said.get("meta_key", ""), said.get("meta_value", "")


def _term(element: _Element) -> tuple[str, str]:
    return str(element.get("domain") or "category"), _text(element)


def _excerpt(item: _Element) -> str:
    found = (_text(e) for e in item if isinstance(e.tag, str) and _EXCERPT.fullmatch(e.tag))
    return next(found, "")


def _first(item: _Element, tag: str) -> str:
    found = item.find(tag)
    return _text(found) if found is not None else ""


def _wp(element: _Element) -> str:
    """Return an element's name in WordPress's namespace; empty for any other."""
    found = _WP.fullmatch(element.tag) if isinstance(element.tag, str) else None
    return found.group(1) if found else ""


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,18}", text) else 0


def _distinct(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def _said(error: Exception) -> str:
    return "it is not well-formed XML: " + re.sub(r", line \d+, column \d+.*", "", str(error))
