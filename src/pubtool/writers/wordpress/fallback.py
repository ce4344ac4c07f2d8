"""Plain HTML for what the block editor has no block for; it stands in a Custom HTML block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pubtool.model import Node
from pubtool.writers.wordpress.inlines import Inlines, escape, escape_brackets

_LIST_TYPES: Mapping[str, str] = {
    "LowerAlpha": "lower-alpha",
    "UpperAlpha": "upper-alpha",
    "LowerRoman": "lower-roman",
    "UpperRoman": "upper-roman",
}


def plain_html(nodes: Iterable[Node], inlines: Inlines) -> str:
    """Return blocks as HTML, one a line; inside an element that has no form here, its text."""
    written = (_block(node, inlines) for node in nodes)
    return "\n".join(html for html in written if html)


def _block(node: Node, inlines: Inlines) -> str:
    kind, content = node["t"], node.get("c")
    if kind == "Para":
        return f"<p>{inlines.html(node['c'])}</p>"
    if kind == "CodeBlock":
        return f"<pre><code>{escape_brackets(escape(node['c'][1]))}</code></pre>"
    if kind == "Div":
        return plain_html(node["c"][1], inlines)
    if kind in _ENCLOSING:
        tag, inner = _ENCLOSING[kind](content, inlines)
        return f"<{tag}>\n{inner}\n</{tag.split(' ')[0]}>"
    return inlines.lines([node])


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


def _items(items: list[list[Node]], inlines: Inlines) -> str:
    return "\n".join(f"<li>{plain_html(item, inlines)}</li>" for item in items)


_ENCLOSING: Mapping[str, Callable[[Any, Inlines], tuple[str, str]]] = {
    "BulletList": _bullets,
    "OrderedList": _numbers,
    "BlockQuote": _quote,
    "DefinitionList": _definitions,
}


def ordering(attributes: list[Any]) -> tuple[dict[str, Any], str]:
    """Return an ordered list's block attributes and its HTML attributes."""
    start, style, _ = attributes
    block: dict[str, Any] = {"ordered": True}
    html = ""
    if start != 1:
        block["start"] = start
        html += f' start="{start}"'
    if kind := _LIST_TYPES.get(style["t"]):
        block["type"] = kind
        html += f' style="list-style-type:{kind}"'
    return block, html
