"""A syntax tree made ready for pandoc's CommonMark writer, so that it reads back as it is.

That writer knows nothing of what our dialect adds (citations, notes in brackets, attributes, emoji)
and escapes every bracket; here each run of text is escaped as our reader needs it and no more, so
that ``[sic]`` stays ``[sic]``. An emphasis that Markdown's rules for ``*`` would not let begin or
end where it does is written in tags.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pubtool.model import Node
from pubtool.readers.wordpress.nodes import SPACE, node, words_of

_SPECIAL = re.compile(
    r"""
    (?P<always>[\\`*~^{|$])
    | (?P<underscore>_)
    | (?P<less><(?=[A-Za-z/!?]))
    | (?P<entity>&(?=\#?\w+;))
    | (?P<emoji>(?<!\d):(?=[a-z0-9_+-]+:))
    | (?P<cite>(?<![^\W_])(?<!\.)@(?=\S))
    | (?P<bracket>\[[^\[\]@^\\`*~{<]*\](?![(\[{:]))
    | (?P<open>\[)
    | (?P<close>\])
    | (?P<nbsp>\u00a0)
    | (?P<quote>(?<=\s)["'](?=\s)|\A["']\Z)
    """,
    re.VERBOSE,
)
_TASK = re.compile(r"\[[ xX]?\]|\[!\w+\]")
_LINE_START = re.compile(
    r"(?:[-+]|\#{1,6}|\#\.|:|\|)(?=\s|$)|:{3,}|=+\s*$|-+\s*$|>|"
    r"\(?(?:\d{1,9}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8}|[^\W\d_])[.)](?=\s|$)"
)
_TAGS: Mapping[str, tuple[str, str]] = {
    "Emph": ("<em>", "</em>"),
    "Strong": ("<strong>", "</strong>"),
    "Strikeout": ("<s>", "</s>"),
}
_HTML_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|center|details|dialog|dd|div|dl|dt|figure|figcaption|"
    r"footer|form|h[1-6]|header|hr|iframe|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|"
    r"thead|tr|ul|script|style|pre|!--)\b|<!--",
    re.IGNORECASE,
)


def ready(tree: Any) -> Any:
    """Return a tree whose text pandoc's writer ``commonmark_x-smart`` is to leave as it is."""
    if isinstance(tree, list):
        inline = tree and all(_is_inline(one) for one in tree)
        return _line(tree) if inline else [ready(one) for one in tree]
    if not isinstance(tree, dict) or tree.get("t") in _KEPT:
        return tree
    kind = tree["t"]
    content: Any = tree.get("c")
    if kind == "RawBlock":
        return _raw(tree)
    if kind in ("Para", "Plain"):
        return node(kind, _line_start(_line(content)))
    return node(kind, ready(content)) if isinstance(content, list) else tree


_KEPT = frozenset({"Code", "CodeBlock", "Math", "Str", "RawInline"})


def _is_inline(one: Any) -> bool:
    return isinstance(one, dict) and one.get("t") in _INLINES


_INLINES = frozenset(
    "Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space "
    "SoftBreak LineBreak Math RawInline Link Image Note Span".split()
)


def _raw(block: Node) -> Node:
    """Return raw HTML as Markdown has it: fenced, unless CommonMark ends it where it does end."""
    form, text = block["c"]
    if form != "html":
        return block
    bare = _HTML_BLOCK.match(text) and not re.search(r"\n[ \t]*(?:\n|$)", text)
    if bare and text.startswith("<!--"):
        bare = text.find("-->") == len(text) - 3
    if bare:
        return node("RawBlock", ["markdown", text])
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return node("RawBlock", ["markdown", f"{fence}{{=html}}\n{text}\n{fence}"])


def _line(inlines: Sequence[Node]) -> list[Node]:
    """Return one line's inlines, escaped."""
    written: list[Node] = []
    for run in _runs(inlines):
        if isinstance(run, str):
            written += _escaped(run)
        else:
            written.append(run)
    return [
        element
        for at, one in enumerate(written)
        for element in _element(one, written[at - 1] if at else None, _next(written, at))
    ]


def _next(nodes: Sequence[Node], at: int) -> Node | None:
    return nodes[at + 1] if at + 1 < len(nodes) else None


def _runs(inlines: Sequence[Node]) -> Iterator[str | Node]:
    """Give the text between elements in one piece, since what a bracket means hangs on the next."""
    text = ""
    for one in inlines:
        if one["t"] == "Str":
            text += one["c"]
        elif one["t"] == "Space":
            text += " "
        else:
            if text:
                yield text
            text = ""
            yield one
    if text:
        yield text


def _escaped(text: str) -> list[Node]:
    written: list[Node] = []
    for word in re.split(r"( )", _SPECIAL.sub(lambda found: _replacement(found, text), text)):
        if word == " ":
            written.append(SPACE)
        elif word:
            plain = re.fullmatch(r"[\w.,;?!]*", word, re.ASCII) and "_" not in word
            written.append(node("Str", word) if plain else _literal(word))
    return written


def _replacement(found: re.Match[str], text: str) -> str:
    said = found[0]
    if found["nbsp"]:
        return "&nbsp;"
    if found["bracket"]:
        if _TASK.fullmatch(said):
            return f"\\{said[:-1]}\\]"
        inner = said[1:-1]
        return f"[{_SPECIAL.sub(lambda one: _replacement(one, inner), inner)}]"
    if found["underscore"]:
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        return "_" if before.isalnum() and after.isalnum() else "\\_"
    return f"\\{said}"


def _element(one: Node, before: Node | None, after: Node | None) -> list[Node]:
    """Return what stands for an element between its neighbours."""
    kind = one["t"]
    if kind == "RawInline":
        form, text = one["c"]
        return [_literal(text) if form == "html" else one]
    if kind in ("Str", "Space", "SoftBreak", "LineBreak", "Code", "Math"):
        return [one]
    if kind in _TAGS:
        inner = _line(one["c"])
        if not _may_stand(one, before, after):
            start, end = _TAGS[kind]
            return [_literal(start), *inner, _literal(end)]
        return [node(kind, inner)]
    if kind in ("Link", "Image", "Span"):
        attr, inner, *target = one["c"]
        return [node(kind, [attr, _line(inner), *target])]
    return [ready(one)]


def _literal(text: str) -> Node:
    return node("RawInline", ["markdown", text])


def _may_stand(one: Node, before: Node | None, after: Node | None) -> bool:
    """Whether CommonMark lets the marks open and close here (its rules of flanking)."""
    words = words_of(one["c"]) or "x"
    previous, following = _edge(before, -1), _edge(after, 0)
    opens = _flanks(previous, words[0])
    closes = _flanks(following, words[-1])
    touching = any(other is not None and other["t"] in _TAGS for other in (before, after))
    return opens and closes and not touching


def _flanks(outside: str, inside: str) -> bool:
    if not _is_punctuation(inside):
        return True
    return not outside or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "PS"


def _edge(one: Node | None, at: int) -> str:
    """Return the character at the edge of a neighbour; empty where there is none."""
    if one is None or one["t"] in ("SoftBreak", "LineBreak"):
        return ""
    if one["t"] == "Note":
        return "["
    if one["t"] == "RawInline":
        return str(one["c"][1])[at]
    if one["t"] in ("Link", "Image", "Span"):
        return "[" if at == 0 else ")"
    if one["t"] in ("Code", "Math"):
        return "`"
    text = words_of(one) if one["t"] in ("Str", "Space") else "*"
    return text[at] if text else ""


def _line_start(inlines: list[Node]) -> list[Node]:
    """Return a paragraph whose lines begin no list, heading or the like."""
    if repr(inlines).count("$") == 1:  # one dollar begins no formula
        inlines = [_without_escape(one) for one in inlines]
    guarded: list[Node] = []
    starts = True
    for at, one in enumerate(inlines):
        begins = starts and one["t"] in ("Str", "RawInline")
        rest = "".join(_text(other) for other in inlines[at : at + 3]) if begins else ""
        guarded.append(_guarded(one, rest) if begins else one)
        starts = one["t"] in ("LineBreak", "SoftBreak")
    return guarded


def _text(one: Node) -> str:
    if one["t"] in ("Str", "Space"):
        return words_of(one)
    return str(one["c"][1]) if one["t"] == "RawInline" else "x"


def _guarded(one: Node, line: str) -> Node:
    found = _LINE_START.match(line)
    text = _text(one)
    if not found:
        return one
    mark = re.search(r"[^\w\s(]", text) or re.search(r"[^\w\s]", text)
    if mark is None:
        return one
    guarded = f"{text[: mark.start()]}\\{text[mark.start() :]}"
    return _literal(guarded)


def _without_escape(one: Node) -> Node:
    if one["t"] != "RawInline":
        return one
    return _literal(one["c"][1].replace("\\$", "$"))
