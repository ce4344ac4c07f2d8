"""Plain HTML for what the block editor has no block for; it stands in a Custom HTML block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pubtool.model import Node
from pubtool.writers.ast import content_of
from pubtool.writers.wordpress.inlines import Inlines
from pubtool.writers.wordpress.markup import comment, escape, escape_brackets
from pubtool.writers.wordpress.notes import ListedNotes
from pubtool.writers.wordpress.rawtags import raw_html
from pubtool.writers.wordpress.tables import table_caption, table_html

_LIST_TYPES: Mapping[str, str] = {
    "LowerAlpha": "lower-alpha",
    "UpperAlpha": "upper-alpha",
    "LowerRoman": "lower-roman",
    "UpperRoman": "upper-roman",
}


def custom_html(node: Node, inlines: Inlines, slug: str, letters: str) -> str:
    """Return an element as a Custom HTML block, which takes the notes in it along as a list.

    The editor looks for notes in its own blocks alone, and drops all others when a post is saved.
    `letters` tells this block's notes from those of others in the post.
    """
    notes = ListedNotes(slug, letters=letters)
    with inlines.noting(notes):
        html = plain_html([node], inlines)
    return comment("html", {}, f"{html}\n{notes.html()}" if len(notes) else html)


def plain_html(nodes: Iterable[Node], inlines: Inlines) -> str:
    """Return blocks as HTML, one a line; inside an element that has no form here, its text."""
    given = list(nodes)
    if sum(node["t"] in ("Plain", "Para") for node in given) > 1:  # a line end tells no two apart
        given = [{**node, "t": "Para"} if node["t"] == "Plain" else node for node in given]
    return "\n".join(html for node in given if (html := _block(node, inlines)))


def _block(node: Node, inlines: Inlines) -> str:
    kind, content = node["t"], content_of(node)
    writers: Mapping[str, Callable[[], str]] = {
        "Para": lambda: f"<p>{inlines.html(content)}</p>",
        "Plain": lambda: inlines.html(content),
        "Header": lambda: f"<h{content[0]}>{inlines.html(content[2])}</h{content[0]}>",
        "CodeBlock": lambda: f"<pre><code>{escape_brackets(escape(content[1]))}</code></pre>",
        "RawBlock": lambda: raw_html(node).strip(),
        "HorizontalRule": lambda: "<hr>",
        "Div": lambda: plain_html(content[1], inlines),
        "Table": lambda: _table(node, inlines),
    }
    if kind in writers:
        return writers[kind]()
    if kind in _ENCLOSING:
        tag, inner = _ENCLOSING[kind](content, inlines)
        return f"<{tag}>\n{inner}\n</{tag.split(' ')[0]}>"
    return inlines.lines([node])


def _table(node: Node, inlines: Inlines) -> str:
    caption = table_caption(node, inlines)
    words = f"<caption>{caption}</caption>" if caption else ""
    return table_html(node, inlines).replace("<table>", f"<table>{words}", 1)


def _bullets(content: Any, inlines: Inlines) -> tuple[str, str]:
    return "ul", _items(content, inlines)


def _numbers(content: Any, inlines: Inlines) -> tuple[str, str]:
    return f"ol{ordering(content[0])[1]}", _items(content[1], inlines)


def _quote(content: Any, inlines: Inlines) -> tuple[str, str]:
    return "blockquote", plain_html(content, inlines)


def _definitions(content: Any, inlines: Inlines) -> tuple[str, str]:
    lines = []
    for term, definitions in content:
        lines.append(f"<dt>{inlines.html(term)}</dt>")
        lines.extend(f"<dd>{plain_html(blocks, inlines)}</dd>" for blocks in definitions)
    return "dl", "\n".join(lines)


def _lines(content: Any, inlines: Inlines) -> tuple[str, str]:
    return "p", "<br>\n".join(inlines.html(line) for line in content)


def _items(items: list[list[Node]], inlines: Inlines) -> str:
    return "\n".join(f"<li>{plain_html(item, inlines)}</li>" for item in items)


_ENCLOSING: Mapping[str, Callable[[Any, Inlines], tuple[str, str]]] = {
    "BulletList": _bullets,
    "OrderedList": _numbers,
    "BlockQuote": _quote,
    "DefinitionList": _definitions,
    "LineBlock": _lines,
}


def ordering(attributes: list[Any]) -> tuple[dict[str, Any], str]:
    """Return an ordered list's block attributes and its HTML attributes."""
    start, style, _ = attributes
    block: dict[str, Any] = {"ordered": True}
    html = ""
    kind = _LIST_TYPES.get(style["t"])
    if kind:
        block["type"] = kind
    if start != 1:
        block["start"] = start
        html += f' start="{start}"'
    if kind:
        html += f' style="list-style-type:{kind}"'
    return block, html
