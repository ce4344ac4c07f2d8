"""The XML of styles: read with nothing in it obeyed, and written as short as it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from xml.etree import ElementTree

from pubtool.errors import BadStyle

Element = ElementTree.Element

NAMESPACE = "http://purl.org/net/xbiblio/csl"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DEEPEST = 100
"""Levels of elements; the repository's styles have 40 at most."""


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree of a document that declares no type of its own, and thus no entities."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._depth = 0

    def doctype(self, *_: str | None) -> None:
        raise BadStyle(self._name, "it has a DOCTYPE, which no style needs")

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadStyle(self._name, "its elements are nested too deeply")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse(name: str, data: bytes | str) -> Element:
    """Return the root of a style; comments are gone. `name` is told where it is none (`BadStyle`).

    A document type is refused unread: it is what entities that grow without end, and those that
    name a file, are declared in.
    """
    parser = ElementTree.XMLParser(target=_Builder(name))
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ElementTree.ParseError as error:
        line = error.position[0]
        raise BadStyle(name, f"it is not well-formed XML (line {line})") from None
    except (LookupError, ValueError):
        raise BadStyle(name, "its encoding is not known") from None
    if root.tag != f"{{{NAMESPACE}}}style":
        raise BadStyle(name, f"its root is <{tag(root)}>, not the <style> of CSL")
    return root


def tag(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def check(name: str, root: Element) -> None:
    """Raise `BadStyle` where citeproc would refuse an independent style, or never come to an end.

    Of the rest it says itself what it does not understand.
    """
    citations = [part for part in root if tag(part) == "citation"]
    if not any(tag(layout) == "layout" for citation in citations for layout in citation):
        raise BadStyle(name, "it has no <citation> with a <layout>")
    macros = {str(part.get("name")): part for part in root if tag(part) == "macro"}
    circle = _circle(macros)
    if circle:
        raise BadStyle(name, f"its macro {circle!r} calls itself")
    if max(_most(part, macros, {}) for part in root if tag(part) != "macro") > _LONGEST:
        raise BadStyle(name, "its macros call each other too often")


_LONGEST = 100_000
"""Elements that are gone through for a citation; the repository's styles have 3,046 at most."""


def _most(element: Element, macros: Mapping[str, Element], known: dict[str, int]) -> int:
    """Return how many elements are gone through at most, those of macros with each call."""
    parts = [_most(part, macros, known) for part in element]
    if tag(element) == "choose":
        return 1 + max(parts, default=0)
    macro = element.get("macro", "")
    if macro in macros and macro not in known:
        known[macro] = _most(macros[macro], macros, known)
    return 1 + sum(parts) + (known[macro] if macro in macros else 0)


def called(element: Element) -> Iterator[str]:
    """Yield the names of the macros that an element calls, itself and in all that it holds."""
    for part in element.iter():
        macro = part.get("macro")
        if macro is not None:
            yield macro


def _circle(macros: Mapping[str, Element]) -> str:
    """Return the name of a macro that calls itself, over however many others; else nothing."""
    calls = {name: set(called(macro)) & macros.keys() for name, macro in macros.items()}
    while True:
        ends = {name for name, others in calls.items() if not others}
        if not ends:
            return min(calls, default="")
        calls = {name: others - ends for name, others in calls.items() if name not in ends}


def quoted(value: str) -> str:
    """Return an attribute's value as XML has it, between quotation marks."""
    return f'"{escape(value).translate(_WHITE)}"'


_WHITE = {ord(char): f"&#{ord(char)};" for char in "\t\n\r"}
"""White space that would be a plain space when the XML is read again."""


def open_tag(element: Element, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element's start tag without its closing bracket; `attributes` are added."""
    told = {**element.attrib, **(attributes or {})}
    pairs = (f" {_attribute(key)}={quoted(value)}" for key, value in told.items())
    return f"<{tag(element)}{''.join(pairs)}"


def _attribute(key: str) -> str:
    return "xml:lang" if key == _LANG else key.rpartition("}")[2]


def write(element: Element) -> str:
    """Return an element and all that it holds as XML, without the blanks between elements."""
    inside = "".join(write(part) for part in element)
    if tag(element) == "term" and inside:
        # to citeproc a term that has no words is no term, unless there are blanks in it
        inside = escape(element.text or "") + inside
    return closed(element, inside, open_tag(element))


def closed(element: Element, inside: str, opening: str) -> str:
    """Return an element's XML from its start tag and the XML of the elements inside it."""
    text = "" if inside else escape(element.text or "")
    body = inside or (text if text.strip() or tag(element) in _TEXTUAL else "")
    return f"{opening}>{body}</{tag(element)}>" if body else f"{opening}/>"


_TEXTUAL = frozenset({"term", "single", "multiple"})


def standing(root: Element, inside: str) -> str:
    """Return a whole style from its root and the XML of the elements inside it."""
    opening = open_tag(root).replace("<style", f'<style xmlns="{NAMESPACE}"', 1)
    return f"{opening}>{inside}</style>"


_ROOT = re.compile(r"<style\b[^>]*>")


def with_attributes(style: str, attributes: Mapping[str, str]) -> str:
    """Return a style's text with attributes of its root set."""

    def changed(found: re.Match[str]) -> str:
        start = found[0]
        for key, value in attributes.items():
            start = re.sub(rf"\s{key}=(?:\"[^\"]*\"|'[^']*')", "", start)
            start = start.replace("<style", f"<style {key}={quoted(value)}", 1)
        return start

    return _ROOT.sub(changed, style, count=1)


def root_attribute(style: str, key: str) -> str:
    """Return an attribute of a style's root, from its text; empty where it has none."""
    root = _ROOT.search(style)
    found = re.search(rf"\s{key}=[\"']([^\"']*)[\"']", root[0]) if root else None
    return found[1] if found else ""
