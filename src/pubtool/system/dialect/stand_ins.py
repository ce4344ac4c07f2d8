"""One long word in the place of many plain ones, for pandoc to read.

pandoc puts each word and each space into a wrapper of its own, and that is most of what reading a
post with positions costs. Words in the midst of a line, of letters and with single spaces between
them, mean nothing to Markdown but that they are words. So pandoc reads one word as wide as all of
them, and finds the same elements in the same columns; the words are put back where it has said that
they stand. A tree in which one stands anywhere else (in code, in an attribute, in a heading's
identifier) is not used: the caller then has the text read as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import is_normalized

_WORD = r"[^\W_]+(?:[-–—’…][^\W_]+)*"
_CLOSED = rf"[(“‘]*{_WORD}[)”’]*[,.;:?!]?[)”’]*"
"""A word with its marks; never two that pandoc would make one of, as of three full stops."""
_RUN = re.compile(rf"(?<=[^\W_,;”] )(?:{_CLOSED} )+(?:{_CLOSED}(?=[ \n])|{_WORD}(?![^\W_]))")
"""What stands behind a word, so never at the head of a line, where words can begin a list, and has
a letter or a space on each side: whatever looks at its neighbour sees what it would see."""

_CHUNK = re.compile(r"(?:[^\n]+\n)+")
"""Lines between empty ones: no label and no link goes on behind an empty line."""
_HARD = re.compile(r"[`<$#|\\{~\t]")
_HARD_LINE = re.compile(r"^[ >]*(?:(?:=+|-+) *$|\[[^\]^]+\]:)", re.MULTILINE)
"""What makes lines less than plain: brackets that count for nothing, or code, formulas, headings,
tables, attributes, definitions of links, which are no running text."""
_BRACKETS = re.compile(r"\[|\](\(?)|\)")
_SIGNS = [f"q{one}{other}" for one in "zxjv" for other in "zxjkv"]
_FILLING = "x"


@dataclass(frozen=True)
class StandIns:
    """A text in which words stand for others."""

    text: str
    """As long as the original, line by line."""
    words: Mapping[tuple[str, str], str]
    """What is to be put back, by the line and the column where it begins, both from 1."""
    sign: str
    """What each word that stands for others begins with, and nothing else has in it."""

    def put_back(self, tree: str) -> str | None:
        """Return pandoc's JSON of the text with the words that the file has.

        None if a word that stands for others is in another place than as a word of running text.
        """
        back = 0

        def original(found: re.Match[str]) -> str:
            nonlocal back
            line, start, last, end, said = found.groups()
            words = self.words.get((line, start), "")
            if line != last or len(words) != len(said) or int(end) - int(start) != len(said):
                return found[0]
            back += 1
            return f'"{line}:{start}-{line}:{end}"]]],[{{"t":"Str","c":"{words}"'

        leaf = rf'"(\d+):(\d+)-(\d+):(\d+)"\]\]\],\[\{{"t":"Str","c":"({self.sign}{_FILLING}*)"'
        tree = re.sub(leaf, original, tree)
        return None if back != len(self.words) or self.sign in tree.lower() else tree


PutBack = Callable[[str], str | None]
"""From pandoc's JSON to that of the text itself; None where that cannot be told."""


def readings(text: str) -> Iterator[tuple[str, PutBack]]:
    """Yield what pandoc is to read for a text; the next one where its answer is of no use."""
    short = stand_in(text)
    if short is not None:
        yield short.text, short.put_back
    yield text, str


def stand_in(text: str) -> StandIns | None:
    """Return a text, its lines ended by line feeds, with few words; None if it has few to spare."""
    lower = text.lower()
    sign = next((sign for sign in _SIGNS if sign not in lower), "")
    if not sign or not is_normalized("NFC", text):
        return None
    words: dict[tuple[str, str], str] = {}
    parts: list[str] = []
    line, done, counted = 1, 0, 0
    for start, end in _plain(text):
        for found in _RUN.finditer(text, start, end):
            first, said = found.start(), found[0]
            line += text.count("\n", counted, first)
            counted = first
            column = first - text.rfind("\n", 0, first)
            words[str(line), str(column)] = said
            parts += (text[done:first], sign.ljust(len(said), _FILLING))
            done = found.end()
    if not words:
        return None
    return StandIns("".join([*parts, text[done:]]), words, sign)


def _plain(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges that are running text, or of which the tree will tell that they are not.

    None is within brackets: what stands there may be a label, and labels are compared.
    """
    begun = ""
    for chunk in _CHUNK.finditer(text):
        said = chunk[0]
        if begun or _is_hard(said):
            begun = _left_open(begun + said)
        else:
            yield from _outside(text, *chunk.span())


def _is_hard(said: str) -> bool:
    lines = "]:" in said or said.find("\n") < len(said) - 1
    return (
        said.startswith("    ")
        or _HARD.search(said) is not None
        or (lines and _HARD_LINE.search(said) is not None)
    )


def _left_open(said: str) -> str:
    """Return what begins the comment or the code that some lines leave open; empty for neither."""
    if said.rfind("<!--") > said.rfind("-->"):
        return "<!--"
    return next((fence for fence in ("```", "~~~") if said.count(fence) % 2), "")


def _outside(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of some lines that stand in no brackets, nor in a link's parentheses."""
    depth, in_link, free = 0, False, start
    for found in _BRACKETS.finditer(text, start, end):
        was_free = not depth and not in_link
        if found[0] == "[":
            depth += 1
        elif found[0] == ")":
            in_link = False
        else:
            depth, in_link = max(depth - 1, 0), in_link or bool(found[1])
        is_free = not depth and not in_link
        if was_free and not is_free:
            yield free, found.start()
        elif is_free and not was_free:
            free = found.end()
    if not depth and not in_link:
        yield free, end
