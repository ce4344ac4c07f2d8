"""What readers of a WordPress post see, as lists of facts of some kinds: the judge's own telling.

It shares nothing with pubtool's readers and writers but lxml. With a real WordPress the HTML is
what that shows; without one it is the raw content, its comments and caption shortcodes taken as
they are meant.
"""

from __future__ import annotations

import json
import re
import unicodedata
import urllib.request
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

Facts = dict[str, list[str]]
Show = Callable[[str, str], str]
"""From raw content and the field ``footnotes`` to HTML."""

KINDS: Mapping[str, str] = {
    "emphasis": "em i",
    "strong": "strong b",
    "strike": "s del strike",
    "underline": "u ins",
    "code": "code pre",
    "details": "details summary",
    "definition": "dt dd",
    "heading": "h1 h2 h3 h4 h5 h6",
    **{name: name for name in "abbr acronym big cite dfn kbd label mark q samp small".split()},
    **{name: name for name in "sub sup tt var".split()},
}
TAGS = {tag: kind for kind, tags in KINDS.items() for tag in tags.split()}
EMBEDS = frozenset({"iframe", "video", "audio", "object", "embed"})
CONTROLS = frozenset({"form", "select", "input", "textarea", "button"})
LINES = frozenset(
    "address article aside blockquote br center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td "
    "tfoot th thead tr caption ul".split()
)
UNSEEN = frozenset({"script", "style", "template"})
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\[\]]*)\](.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_PICTURE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL)
_MARK = re.compile(r"<!--\s*(more|nextpage)\b(.*?)-->", re.DOTALL)
_EMBED = re.compile(r"\[embed\b[^\]]*\](.*?)\[/embed\]", re.DOTALL)
_FLAT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."})


def as_kept(content: str, footnotes: str) -> str:
    """Return a post's raw content as HTML, its notes at the end as WordPress's block has them."""
    html = _EMBED.sub(r"\1", _CAPTION.sub(_figure, content))
    notes = json.loads(footnotes or "[]")
    items = "".join(f'<li id="{note["id"]}">{note["content"]}</li>' for note in notes)
    return f'{html}<ol class="wp-block-footnotes">{items}</ol>' if items else html


def _figure(found: re.Match[str]) -> str:
    said = re.search(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""", found[1])
    side = re.search(r"\balign=[\"']?(\w+)", found[1])
    picture = _PICTURE.fullmatch(found[2])
    image, words = (picture[1], picture[2]) if picture else (found[2], "")
    words = (said[1] or said[2] or "") if said else words
    name = side[1] if side else ""
    return f'<figure class="{name}">{image}<figcaption>{words}</figcaption></figure>'


def shown_by(site: Mapping[str, str]) -> Show:
    """Return what asks a WordPress for what it shows; it keeps one draft there to ask with."""
    token = b64encode(f"{site['user']}:{site['app_password']}".encode()).decode()
    head = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}

    def ask(path: str, said: Mapping[str, Any]) -> Any:
        address = f"{site['url']}/index.php?rest_route=/wp/v2/posts{path}"
        request = urllib.request.Request(address, json.dumps(said).encode(), head)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)

    post = ask("", {"title": "Round trip", "status": "draft"})["id"]

    def show(content: str, footnotes: str) -> str:
        said = ask(f"/{post}", {"content": content, "meta": {"footnotes": footnotes}})
        return str(said["content"]["rendered"])

    return show


def facts_of(html: str, *, strict: bool) -> Facts:
    """Return what a post shows; unless `strict`, typography counts for nothing."""
    marked = _MARK.sub(r"<pubtool-mark>\1</pubtool-mark>", html)
    legal = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", marked)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<html><body><div>{legal}</div></body></html>".encode(), parser)
    telling = _Telling(strict=strict)
    telling.tell(root)
    return telling.facts()


class _Telling:
    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.found: Facts = {}
        self.lines: list[str] = [""]
        self.typed = False

    def facts(self) -> Facts:
        lines = [line for line in map(self.plain, self.lines) if line]
        words = re.findall(r"\w+", " ".join(lines))  # raw classic content has no paragraphs yet
        return {**self.found, "text": lines if self.strict else words}

    def plain(self, text: str) -> str:
        text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
        text = text if self.strict else text.translate(_FLAT)
        return " ".join(text.split())

    def words(self, element: _Element) -> str:
        return self.plain("".join(_texts(element)))

    def add(self, kind: str, said: str) -> None:
        if said:
            self.found.setdefault(kind, []).append(said)

    def tell(self, element: _Element) -> None:
        name = str(element.tag)
        if name in UNSEEN:
            pass
        elif name == "pubtool-mark":
            seen = sum(len(line.split()) for line in self.lines)
            self.add(element.text or "", f"after {seen} words")
        elif "fn" in _classes(element) and name == "sup":
            self.add("note reference", self.plain(self.lines[-1])[-30:])
        else:
            self.facts_of(element, name)
            outer, self.typed = self.typed, self.typed or name == "pre"
            self.inside(element, apart=name in LINES)
            self.typed = outer
        self.text(element.tail)

    def text(self, text: str | None) -> None:
        first, *others = (text or "").split("\n") if self.typed else [text or ""]
        self.lines[-1] += first
        self.lines += others

    def inside(self, element: _Element, *, apart: bool) -> None:
        if apart:
            self.lines.append("")
        self.text(element.text)
        for child in element:
            self.tell(child)
        if apart:
            self.lines.append("")

    def facts_of(self, element: _Element, name: str) -> None:
        words = self.words(element)
        kind = TAGS.get(name)
        if kind and words and not (name == "code" and element.getparent().tag == "pre"):
            self.add(kind, f"{name} {words}" if kind in ("heading", "definition") else words)
        if words and re.search(r"text-decoration:\s*underline", element.get("style") or ""):
            self.add("underline", words)
        if name == "a":
            self.link(element, words)
        elif name == "img":
            self.image(element)
        elif name == "li":
            self.item(element)
        elif name in ("td", "th"):
            self.cell(element, words)
        else:
            self.block(element, name, words)
        side = _side(element, _classes(element))
        if side in ("wide", "full"):
            self.add("width", f"{side} {words[:40]}")
        elif side and (words or name == "img" or element.find(".//img") is not None):
            self.add("alignment", f"{side} {words[:40]}")

    def block(self, element: _Element, name: str, words: str) -> None:
        if name in ("caption", "figcaption"):
            self.add("caption", words)
        elif name == "blockquote":
            self.add("quote", words)
        elif name == "hr":
            self.add("rule", "rule")
        elif name in EMBEDS:
            self.add("embed", f"{name} {element.get('src') or ''}")
        elif name in CONTROLS:
            self.add("form", f"{name} {element.get('name') or ''}")

    def link(self, element: _Element, words: str) -> None:
        target = unescape(element.get("href") or "").strip()
        if target.startswith("#") and "↩" in words:
            return
        shown = words or ("an image" if element.find(".//img") is not None else "")
        if target and shown:
            self.add("link", f"{target} {shown}")

    def image(self, element: _Element) -> None:
        figure = next(element.iterancestors("figure"), None)
        caption = figure.find("figcaption") if figure is not None else None
        words = self.words(caption) if caption is not None else ""
        alt = self.plain(element.get("alt") or "")
        self.add("image", f"{element.get('src')} alt={alt} caption={words}")

    def item(self, element: _Element) -> None:
        path = [self.ordering(e) for e in element.iterancestors("ul", "ol")][::-1]
        if path and path[-1] == "notes":
            self.add("note", re.sub(r"\s*↩\ufe0e?$", "", self.words(element)))
            return
        own = self.plain("".join(_texts(element, frozenset({"ul", "ol"}))))
        at = sum(1 for _ in element.itersiblings("li", preceding=True)) + 1
        self.add("list", f"{'>'.join(path)} {at}. {own}")

    def ordering(self, element: _Element) -> str:
        if "wp-block-footnotes" in _classes(element):
            return "notes"
        style = re.search(r"list-style-type:\s*([\w-]+)", element.get("style") or "")
        types = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
        kind = style[1] if style else types.get(element.get("type") or "", "")
        first = element.get("start") or "1"
        start = f"from {first}" if first != "1" else ""
        counted = "reversed" if element.get("reversed") is not None else ""
        return " ".join(filter(None, [str(element.tag), kind, start, counted]))

    def cell(self, element: _Element, words: str) -> None:
        row = element.getparent()
        rows = list(next(row.iterancestors("table")).iter("tr"))
        wide = element.get("colspan", "1"), element.get("rowspan", "1")
        spans = "" if wide == ("1", "1") else f" over {wide[0]}x{wide[1]}"
        at = f"{rows.index(row) + 1},{list(row).index(element) + 1}"
        self.add("table", f"{element.tag} {at}{spans} {words}")


def _texts(element: _Element, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Give an element's text; blocks within it stand apart."""
    yield element.text or ""
    for child in element:
        name = str(child.tag)
        apart = " " if name in LINES else ""
        yield apart
        if name not in without and name not in UNSEEN and name != "pubtool-mark":
            yield from () if "fn" in _classes(child) else _texts(child, without)
        yield apart
        yield child.tail or ""


def _classes(element: _Element) -> list[str]:
    return (element.get("class") or "").split()


def _side(element: _Element, classes: list[str]) -> str:
    for name in classes:
        found = re.fullmatch(r"(?:align|has-text-align-)(left|right|center|wide|full)", name)
        if found:
            return found[1]
    styled = re.search(r"text-align:\s*(\w+)", element.get("style") or "")
    return styled[1] if styled else (element.get("align") or "").lower()


def differences(one: Facts, other: Facts) -> Iterator[tuple[str, str]]:
    """Give the kind and a sentence of each fact that only one of two tellings has."""
    for kind in {**one, **other}:
        before, after = one.get(kind, []), other.get(kind, [])
        gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
        yield from ((kind, f"gone: {said}") for said in gone.elements())
        yield from ((kind, f"come: {said}") for said in come.elements())
        if before != after and not gone and not come:
            yield kind, "in another order"
