"""pandoc's HTML of a chapter as XHTML that every e-reader takes: only what is named here stays.

What is no element or attribute of these lists goes, whatever wrote it; the words of an unknown
element stay. Notes become asides that readers show beside the text, identifiers are made unique
and fit for XML, and a link within the book that leads nowhere becomes plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from pubtool.writers.printable import printable

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
MATHML = "http://www.w3.org/1998/Math/MathML"
_XML = "http://www.w3.org/XML/1998/namespace"

Element = Any
"""An element of lxml, which has no types of its own."""

_TYPE = f"{{{OPS}}}type"
_ELEMENTS = frozenset(
    "body p h1 h2 h3 h4 h5 h6 blockquote pre code em strong u del ins sub sup span div br hr ul ol "
    "li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure figcaption img a "
    "section aside mark kbd small abbr bdi bdo q cite samp var dfn time".split()
)
_EVERYWHERE = frozenset(
    f"id class lang dir title role aria-label aria-hidden data-verdict data-source data-locator "
    f"data-part-of {_TYPE}".split()
)
_SOMEWHERE: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "ol": frozenset({"start", "type"}),
}
_STYLES = re.compile(r"text-align: (left|right|center);?")
_SIZES = re.compile(r"((width|height): ?\d+(\.\d+)?(px|cm|mm|in|pt|em|%);? ?)+")
_CHECKED, _UNCHECKED = "☑", "☐"


def parse(fragment: str) -> Element:
    """Return the body that holds what pandoc wrote, a fragment of XHTML, with nothing foreign."""
    text = printable(fragment)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    body = etree.fromstring(f'<body xmlns="{XHTML}" xmlns:epub="{OPS}">{text}</body>', parser)
    _unwrap_foreign(body)
    for node in list(body.iter()):
        _strip_attributes(node)
    _mend(body)
    _notes(body)
    return body


def serialise(body: Element) -> str:
    """Return what the body holds as text."""
    whole = etree.tostring(body, encoding="unicode", with_tail=False)
    return str(whole[whole.index(">") + 1 : whole.rindex("</")]) if len(body) or body.text else ""


def name_of(node: Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(node).localname)


def is_formula(node: Element) -> bool:
    """Whether the element is of MathML."""
    return bool(etree.QName(node).namespace == MATHML)


def words_of(node: Element) -> str:
    """Return what a heading says: no marks of notes or quotations."""
    parts = [node.text or ""]
    for child in node:
        if child.get(_TYPE) != "noteref" and name_of(child) != "annotation":
            parts.append(words_of(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


# --- What stays -----------------------------------------------------------------------------------


def _unwrap_foreign(body: Element) -> None:
    for node in list(body.iter(etree.Element)):
        if is_formula(node) or name_of(node) in _ELEMENTS:
            continue
        if name_of(node) == "input":
            _put_text(node, _CHECKED if node.get("checked") is not None else _UNCHECKED)
        unwrap(node)


def unwrap(node: Element) -> None:
    """Take an element away; what it holds stays in its place."""
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    _put_text(node, node.text or "", before=True)
    children = list(node)
    for number, child in enumerate(children):
        parent.insert(at + number, child)
    tail = node.tail or ""
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
    else:
        _put_text(node, tail, before=True)
    node.tail = None
    parent.remove(node)


def _put_text(node: Element, text: str, *, before: bool = False) -> None:
    """Put text before an element, or at its start."""
    if not before:
        node.text = f"{text} {node.text or ''}"
        return
    previous, parent = node.getprevious(), node.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _strip_attributes(node: Element) -> None:
    if is_formula(node):
        for name in list(node.attrib):
            if name.startswith("on") or name in ("href", "style", f"{{{_XML}}}base"):
                del node.attrib[name]
        return
    allowed = _EVERYWHERE | _SOMEWHERE.get(name_of(node), frozenset())
    style = node.get("style", "").strip()
    for name in list(node.attrib):
        if name not in allowed:
            del node.attrib[name]
    if found := _STYLES.fullmatch(style):
        node.set("class", " ".join(filter(None, [node.get("class"), f"at-{found[1]}"])))
    elif _SIZES.fullmatch(style) and name_of(node) in ("img", "col"):
        node.set("style", style)
    if lang := node.get("lang"):
        node.set(f"{{{_XML}}}lang", lang)


# --- What is mended -------------------------------------------------------------------------------


def _mend(body: Element) -> None:
    for node in list(body.iter(etree.Element)):
        if is_formula(node):
            if name_of(node) == "math":
                _say_formula(node)
            continue
        name = name_of(node)
        if name == "th" and not words_of(node) and not len(node):
            node.tag = f"{{{XHTML}}}td"
        elif name == "th":
            node.set("scope", "col")
        elif name == "img" and node.get("alt") is None:
            node.set("alt", "")
        elif _is_pointless(node):
            unwrap(node)


def _is_pointless(node: Element) -> bool:
    """Whether it is a heading or link that shows nothing, or a link with another one inside."""
    name = name_of(node)
    if re.fullmatch("h[1-6]|a", name) and not _shows(node):
        return True
    return name == "a" and any(name_of(inner) == "a" for inner in node.iterdescendants("{*}*"))


def _shows(node: Element) -> bool:
    shown = (name_of(child) in ("img", "math") for child in node.iter(etree.Element))
    return bool("".join(node.itertext()).strip()) or any(shown)


def _say_formula(node: Element) -> None:
    """Give a formula its TeX as what is read out where MathML is not understood."""
    tex = node.find(f".//{{{MATHML}}}annotation")
    if tex is not None and tex.text:
        node.set("alttext", tex.text.strip())


def _notes(body: Element) -> None:
    """Make asides of the notes that pandoc lists at the end."""
    for link in body.iter(f"{{{XHTML}}}a"):
        if link.get("role") == "doc-noteref":
            link.set(_TYPE, "noteref")
            if _touches_another(link):
                link.set("class", f"{link.get('class', '')} beside".strip())
    for section in body.findall(f"{{{XHTML}}}section"):
        if section.get("role") != "doc-endnotes":
            continue
        items = section.findall(f"{{{XHTML}}}ol/{{{XHTML}}}li")
        section.attrib.clear()
        section.set("class", "notes")
        section.set("aria-label", "Notes")
        for child in list(section):
            section.remove(child)
        for number, item in enumerate(items, 1):
            section.append(_note(item, number))


def _touches_another(link: Element) -> bool:
    """Whether a note's mark stands right behind another one: 3 and 4 must not read as 34."""
    node, around = link, link.getparent()
    while node.getprevious() is None and name_of(around) == "span" and not around.text:
        node, around = around, around.getparent()
    before = node.getprevious()
    if before is None or before.tail:
        return False
    last = before if before.get("role") else next(iter(before.iter(f"{{{XHTML}}}a")), None)
    return last is not None and last.get("role") == "doc-noteref"


def _note(item: Element, number: int) -> Element:
    back = next((a for a in item.iter(f"{{{XHTML}}}a") if a.get("role") == "doc-backlink"), None)
    href = back.get("href") if back is not None else ""
    if back is not None:
        holder = back.getparent()
        holder.remove(back)
        if name_of(holder) == "p" and not _shows(holder):
            holder.getparent().remove(holder)
    item.tag = f"{{{XHTML}}}aside"
    item.set(_TYPE, "footnote")
    item.set("role", "doc-footnote")
    item.tail = "\n"
    first = item[0] if len(item) and name_of(item[0]) == "p" else None
    if first is None:
        first = etree.Element(f"{{{XHTML}}}p")
        item.insert(0, first)
    link = etree.Element(f"{{{XHTML}}}a", {"class": "back", "href": href, "role": "doc-backlink"})
    link.text = str(number)
    link.tail = f". {first.text or ''}"
    first.text = None
    first.insert(0, link)
    return item


# --- Identifiers and links ------------------------------------------------------------------------


def name_elements(body: Element, taken: Iterable[str]) -> dict[str, str]:
    """Make every identifier unique and a name of XML's; return the new one by the old.

    Of two elements that have the same the first keeps it. `taken` are those of the page round it.
    """
    used, renamed = set(taken), dict[str, str]()
    for node in body.iter(etree.Element):
        old = node.get("id")
        if old is None:
            continue
        new = re.sub(r"[^\w.-]", "-", old)
        new = new if re.match(r"[^\W\d]|_", new) else f"_{new}"
        if new in used or old in renamed:
            del node.attrib["id"]
            continue
        used.add(new)
        renamed[old] = new
        node.set("id", new)
    return renamed


def links(body: Element) -> Iterator[Element]:
    """Yield the links that lead somewhere, so that they may be changed or taken away."""
    yield from [node for node in body.iter(f"{{{XHTML}}}a") if node.get("href") is not None]
