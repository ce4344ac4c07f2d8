"""Words joined to stretches: most of a post is plain text.

pandoc puts every word, space and mark into a wrapper of its own that says where it stands, some
three thousand for a post, and each walk over the tree would meet them all. So they are joined while
the tree is still text: leaves that follow each other on one line, each standing in the file as
itself, are one ``Str`` in one wrapper, spaces included. Where a line ends, and wherever the file
has something else than what is rendered (an escape, an entity, a dash of hyphens), a stretch ends.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from unicodedata import is_normalized

_ANY_LEAF = (
    r'\{"t":"Span","c":\[\["",\[\],\[\["wrapper","1"\],\["data-pos","\d+:\d+-\d+:\d+"\]\]\],'
    r'\[\{"t":"S(?:pace|tr","c":"[^"\\]+)"\}\]\]\}'
)
_LEAVES = re.compile(rf"{_ANY_LEAF}(?:,{_ANY_LEAF})+")
"""Words and spaces as pandoc writes them in JSON, the words such as need no escapes there."""
_LEAF = re.compile(r'"(\d+):(\d+)-(\d+):(\d+)"\]\]\],\[\{"t":"S(?:pace|tr","c":"([^"]+))"')
_LINE_END = re.compile(r"\r\n|\r|\n")

_Leaf = tuple[str, str, str, str, str]
"""A leaf's first line and column, its last, and its word; empty for a space."""


def join_words(tree: str, text: str) -> str:
    """Return a syntax tree, as pandoc writes it in JSON for the file `text`, with fewer leaves.

    A stretch has as many columns as code points, in the tree as in the file.
    """
    odd = _odd_lines(text)
    return _LEAVES.sub(lambda found: _joined(_LEAF.findall(found[0]), odd), tree)


def _odd_lines(text: str) -> Collection[str]:
    """Return the numbers of the lines whose columns are not their code points.

    pandoc counts them with tabs expanded and after NFC normalisation.
    """
    if "\t" not in text and is_normalized("NFC", text):
        return ()
    lines = enumerate(_LINE_END.split(text), 1)
    return {str(n) for n, line in lines if "\t" in line or not is_normalized("NFC", line)}


def _joined(leaves: list[_Leaf], odd: Collection[str]) -> str:
    """Return leaves that follow each other, those that may be joined as one."""
    joined: list[_Leaf] = []
    words: list[str] = []
    line = first = after = ""
    for leaf in leaves:
        at, start, to, end, word = leaf
        if to == at and int(end) - int(start) == (len(word) or 1):
            if start == after and at == line:
                words.append(word or " ")
                after = end
                continue
            if at not in odd:
                joined += _stretch(words, line, first, after)
                words, line, first, after = [word or " "], at, start, end
                continue
        joined += _stretch(words, line, first, after)
        joined.append(leaf)
        words, after = [], ""
    joined += _stretch(words, line, first, after)
    return ",".join(map(_written, joined))


def _stretch(words: list[str], line: str, first: str, after: str) -> list[_Leaf]:
    """Return the stretch of some words; nothing of none."""
    said = "".join(words)
    return [(line, first, line, after, "" if said == " " else said)] if words else []


def _written(leaf: _Leaf) -> str:
    *place, word = leaf
    inner = f'"Str","c":"{word}"' if word else '"Space"'
    at = "{}:{}-{}:{}".format(*place)
    return f'{{"t":"Span","c":[["",[],[["wrapper","1"],["data-pos","{at}"]]],[{{"t":{inner}}}]]}}'
