"""Citations in notes: which note each is in, and how one in a note of the author's reads.

citeproc tells a first citation from a later one, and says in which note the first one was, by the
numbers that it is given. So they have to be those that are printed: each citation in the text is a
note of a note style, each note of the author's counts as well, and a citation inside of one stands
in that note. That gives the manuals' rules for *ibid.* as they are: not after a note with two
sources, not across a note that comes between (Chicago 17th ed. 14.34, 18th ed. 13.37; Bluebook
rule 4.1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pubtool.model import BARE, Document, Node
from pubtool.writers.ast import (
    ATTR_FIRST,
    CITES,
    attr,
    change,
    collect,
    element,
    has_class,
    meld,
    plain_text,
)
from pubtool.writers.csl.xml import Element, closed, open_tag, tag, write

_NOTE_STYLE = re.compile(r"<style\b[^>]*\bclass\s*=\s*[\"']note[\"']")
_STOPPED = re.compile(r"<citation\b[^>]*>.*?<layout\b[^>]*\bsuffix=\"\.\"", re.DOTALL)


def is_note_style(style: str) -> bool:
    """Whether a style makes notes of citations."""
    return bool(_NOTE_STYLE.search(style))


def number_notes(document: Document) -> Document:
    """Return the document with each citation told in which note of a note style it will stand."""
    return Document({**document.ast, "blocks": _Numbering().number(document.ast["blocks"])})


class _Numbering:
    def __init__(self) -> None:
        self._last = 0
        self._inside = False

    def number(self, tree: Any) -> Any:
        if isinstance(tree, list):
            return [
                self._node(value)
                if isinstance(value, dict)
                else self.number(value)
                if isinstance(value, list)
                else value
                for value in tree
            ]
        return self._node(tree) if isinstance(tree, dict) else tree

    def _node(self, node: Node) -> Node:
        content: Any = node.get("c")
        if not isinstance(content, list):
            return node
        if node["t"] == "Note":
            self._last += 1
            self._inside = True
            numbered = {**node, "c": self.number(content)}
            self._inside = False
            return numbered
        if node["t"] == "Cite":
            self._last += not self._inside
            told = [{**one, "citationNoteNum": self._last} for one in content[0]]
            return {**node, "c": [told, content[1]]}
        return {**node, "c": self.number(content)}


NUMBER = "note-number"
"""The class of the span round the number of a note that a citation names: *supra* note **3**."""

_OPEN, _SHUT = "\ue0f0", "\ue0f1"
_MARKED = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}")


def marked_number(element: Element) -> str:
    """Return what prints the number of a source's first note, with marks round the number."""
    group = Element("group")
    inner = Element(tag(element))
    for key, value in element.items():
        (group if key in ("prefix", "suffix") else inner).set(key, value)
    inner.set("prefix", _OPEN)
    inner.set("suffix", _SHUT)
    return closed(group, write(inner), open_tag(group))


def _with_numbers(node: Node) -> list[Node] | None:
    """Return a word with the numbers of notes in spans."""
    if _OPEN not in node["c"]:
        return None
    found: list[Node] = []
    for place, piece in enumerate(_MARKED.split(node["c"])):
        if place % 2:
            found.append(element("Span", [attr("", (NUMBER,)), [element("Str", piece)]]))
        elif piece:
            found.append(element("Str", piece))
    return found


def shift_numbers(tree: Any, notes: int) -> Any:
    """Return a tree in which notes are referred to by numbers that are higher by `notes`.

    So they are where a file counts the notes of several posts as one. For 0 the spans go.
    """

    def shifted(node: Node) -> list[Node] | None:
        if not has_class(node, NUMBER):
            return None
        said = plain_text(node["c"][1])
        return [element("Str", str(int(said) + notes) if said.isdecimal() else said)]

    return change(tree, shifted, _SPANS)


def tidy_notes(document: Document, style: str, *, numbered: bool) -> Document:
    """Return a document of a note style with the citations in its author's notes made to fit.

    citeproc cannot make a note inside a note. It puts the citation in brackets (jgm/pandoc#7569),
    which no style asks for, or, at the head of a note, leaves the full stop with which the style
    ends a note, whatever follows. What the author wrote stays as it is. `numbered`: whether there
    are marks of `marked_number`. The document, citeproc's answer, is changed where it is.
    """
    stopped = bool(_STOPPED.search(style))
    for note, in_text in _notes(document.ast["blocks"]):
        if numbered:
            note["c"] = change(meld(note["c"]), _with_numbers, _WORDS)
        if not in_text and collect(note["c"], CITES):
            bare = change(meld(note["c"]), _without_brackets, CITES)
            note["c"] = change_blocks(bare, lambda one: _fit(one, stopped=stopped))
    return document


_SPANS = frozenset({"Span"})
_WORDS = frozenset({"Str"})


def has_marks(document: Document, style: str) -> bool:
    """Whether there are marks of `marked_number` in citeproc's answer, by a style of this text."""
    words = collect(document.ast["blocks"], _WORDS) if _OPEN in style else ()
    return any(_OPEN in word["c"] for word in words)


def _notes(items: list[Any], *, cited: bool = False) -> Iterator[tuple[Node, bool]]:
    """Yield the notes of a tree, and whether each is one that citeproc made of a citation."""
    for value in items:
        if type(value) is list:
            yield from _notes(value, cited=cited)
        elif type(value) is dict and (kind := value.get("t")) not in BARE:
            if kind == "Note":
                yield value, cited
            elif type(value.get("c")) is list:
                inner = value["c"][1:] if kind in ATTR_FIRST else value["c"]
                yield from _notes(inner, cited=cited or kind == "Cite")


def change_blocks(tree: Any, function: Callable[[list[Node]], list[Node]]) -> Any:
    """Return blocks with `function` applied to the inlines of each paragraph."""
    if isinstance(tree, list):
        return [change_blocks(value, function) for value in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.get("t") in ("Para", "Plain"):
        return {**tree, "c": function(tree["c"])}
    return {key: change_blocks(value, function) for key, value in tree.items()}


def _without_brackets(node: Node) -> list[Node] | None:
    if node["c"][0][0]["citationMode"]["t"] == "AuthorInText":
        return None
    inner: list[Node] = meld(node["c"][1])
    ends = [*inner[:1], *inner[-1:]]
    if not ends or any(end["t"] != "Str" for end in ends):
        return None
    if not (ends[0]["c"].startswith("(") and ends[1]["c"].endswith(")")):
        return None
    cut = [element("Str", inner[0]["c"].removeprefix("(")), *inner[1:]]
    cut[-1] = element("Str", cut[-1]["c"].removesuffix(")"))
    bare = [one for one in cut if one != element("Str", "")]
    return [element("Cite", [node["c"][0], bare])]


def _fit(inlines: list[Node], *, stopped: bool) -> list[Node]:
    """Return a paragraph with its citations' first letters and full stops as its sentences want."""
    fitted: list[Node] = []
    for number, node in enumerate(inlines):
        if node["t"] == "Cite":
            inner = node["c"][1]
            if not node["c"][0][0]["citationPrefix"] and _begins(plain_text(fitted)):
                inner = _at_start(inner, _capitalised)
            after = plain_text(inlines[number + 1 :])
            inner = _ended(inner, after, stopped=stopped)
            node = element("Cite", [node["c"][0], inner])  # noqa: PLW2901
        fitted.append(node)
    return fitted


_SENTENCE_END = re.compile(r"(\w*)([.?!])[\"'”’)\]»]*\s+\Z")
_ABBREVIATIONS = frozenset(
    "art arts bd ca cap cf cfr ch chap ed eds esp fol no nos nr op para pp pt resp sc sec sect "
    "srov tit usw vgl viz vol vols vs".split()
)
"""Words with a full stop behind which no sentence begins; single letters (e.g., i.e.) besides."""


def _begins(before: str) -> bool:
    """Whether a sentence begins behind `before`."""
    if not before.strip():
        return True
    end = _SENTENCE_END.search(before)
    if end is None:
        return False
    return end[2] != "." or (len(end[1]) > 1 and end[1].lower() not in _ABBREVIATIONS)


def _ended(inner: list[Node], after: str, *, stopped: bool) -> list[Node]:
    """Return a citation with the full stop that its place wants.

    Behind the last stands the style's own, in the midst none. The one of *id.* is no full stop;
    citeproc leaves an empty word where it has joined the two.
    """
    said = plain_text(inner)
    if not after.strip():
        return inner if not stopped or said.endswith((".", "?", "!")) else [*inner, _STOP]
    if after.startswith("."):
        return _at_end(inner, _unstopped) if said.endswith(".") else inner
    if _starts_anew(after) or _abbreviated(inner):
        return inner
    return _at_end(inner, _unstopped)


_STOP = element("Str", ".")


def _starts_anew(after: str) -> bool:
    text = after.lstrip()
    return text != after and bool(text) and not text[0].islower()


def _abbreviated(inner: list[Node]) -> bool:
    """Whether the full stop at the end belongs to the last word."""
    while inner and isinstance(inner[-1].get("c"), list) and inner[-1]["t"] in _WRAPPERS:
        inner = _inside(inner[-1])
    return bool(inner) and inner[-1] == element("Str", "")


_WRAPPERS = frozenset("Emph Strong SmallCaps Span Underline Link".split())


def _inside(node: Node) -> list[Node]:
    found: list[Node] = node["c"][1] if node["t"] in ("Span", "Link") else node["c"]
    return found


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


def _unstopped(word: str) -> str:
    return word.removesuffix(".")


def _at_start(inlines: list[Node], function: Callable[[str], str]) -> list[Node]:
    """Return inlines with their first word changed."""
    return _changed(inlines, function, 1)


def _at_end(inlines: list[Node], function: Callable[[str], str]) -> list[Node]:
    """Return inlines with their last word changed."""
    return _changed(inlines, function, -1)


def _changed(inlines: list[Node], function: Callable[[str], str], step: int) -> list[Node]:
    """Return inlines with one word changed: the first, or with a `step` of -1 the last."""
    changed = list(inlines)
    for place in range(len(inlines))[::step]:
        node = inlines[place]
        if node == element("Str", ""):
            continue
        if node["t"] == "Str":
            changed[place] = element("Str", function(node["c"]))
        elif node["t"] in _WRAPPERS:
            inner = _changed(_inside(node), function, step)
            whole = (
                [node["c"][0], inner, *node["c"][2:]] if _inside(node) is not node["c"] else inner
            )
            changed[place] = element(node["t"], whole)
        break
    return changed
