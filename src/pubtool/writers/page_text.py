"""The text of a page that we wrote, and where each quotation stands in it.

The text is what `document.body.textContent` gives: every character that stands between the tags of
the body, entities resolved, hidden or not. The Web Annotation Data Model counts positions in such a
text, in code points. Our pages are well formed, so their tags can be told from their text without
building a tree; what an author puts there raw is trusted to be so too, and else its quotations are
found by their words alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pubtool.model import Span

_ATTRIBUTES = r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+"
_TOKEN = re.compile(rf"<!--.*?-->|<!?(/?)([A-Za-z][^\s/>]*)({_ATTRIBUTES})>|[^<]++|<", re.DOTALL)
_TAG = re.compile(rf"<!--.*?-->|<!?/?[A-Za-z][^\s/>]*{_ATTRIBUTES}>", re.DOTALL)
_WHOLE = re.compile(rf"(?:[^<]++|{_TAG.pattern})*+", re.DOTALL)
_OTHERWISE = re.compile(r"<(?:script|style|pre)\b", re.IGNORECASE)
"""Elements that are more than their tags and the text between."""
_UNFINISHED = re.compile(r"/?[A-Za-z]|!--")
_CLASS = re.compile(r"\sclass=\"([^\"]*)\"")
_QUOTED = 'data-verdict="'
_VERDICT = re.compile(rf"\s{_QUOTED}")
"""What tells the elements of checked quotations from all others."""
_ID = re.compile(r"\sid=\"([^\"]*)\"")
_PART_OF = re.compile(r"\sdata-part-of=\"([^\"]*)\"")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RAW = frozenset({"script", "style"})
_NOTE_REFERENCE = ' role="doc-noteref"'
_NOT_QUOTED = frozenset({"mark", "citation"})
"""Classes of what stands inside a quotation's element and is none of its words, as is a reference
to a note."""
_DEEPEST = 64
"""Quotations inside one another: no author means more."""
_WORD = re.compile(r"[^\W_]+")
_MARKS = str.maketrans("‘’‚‛“”„‟«»‹›`´", "'" * 4 + '"' * 6 + "''''")
"""Quotation marks, which a page may have otherwise than the post."""


@dataclass(frozen=True)
class PageText:
    """A page's text, and the ranges of its quotations by their ids."""

    text: str
    quotations: Mapping[str, Span] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    """What each quotation's elements hold, without marks, notes and citations."""

    def place(self, name: str, words: str) -> Span | None:
        """Return where a quotation's words stand, None where the page does not mark them.

        `words` are the quotation's own: what else stands in its element is left out, as far as the
        words are found in it in one piece.
        """
        marked = self.quotations.get(name)
        if marked is None:
            return None
        inside, wanted = self.text[marked.start : marked.end], _flat(words)
        at = _flat(inside).find(wanted) if wanted else -1
        if at < 0:
            return marked
        start, last = (_unflat(inside, place) for place in (at, at + len(wanted) - 1))
        return Span(marked.start + start, marked.start + last + 1)

    def carries(self, name: str, words: str) -> bool:
        """Whether a quotation's element has its words, in one piece and in their order.

        What stands for a formula or a picture (U+FFFC) may be anything.
        """
        there = _words(self.words.get(name, ""))
        at = 0
        for part in words.split("\ufffc"):
            wanted = _words(part)
            found = there.find(wanted, at)
            if found < 0:
                return False
            at = found + len(wanted) - 1
        return True


def read_page(page: str) -> PageText:
    """Return the text of a page of ours."""
    body = re.search(r"<body\b[^>]*>", page)
    reading = _Reading()
    at = body.end() if body else 0
    last = page.rfind(_QUOTED)
    while found := _TOKEN.match(page, at):
        at = found.end()
        said, ends, named, attributes = found.group(0, 1, 2, 3)
        if named is None:
            if said == "<" and _UNFINISHED.match(page, at):
                break  # a tag or a comment without an end takes all that follows
            reading.put(_read(said))
            continue
        name = named.lower()
        if ends:
            reading.end(name)
            if at > last and not reading.quoting:
                rest = _rest(page[at:])
                if rest is not None:
                    reading.put(rest)
                    break
                last = len(page)  # it needs a look, from here to its end
        elif name in _RAW:
            end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(page, at)
            reading.put(page[at : end.start() if end else len(page)])
            at = end.end() if end else len(page)
        elif name not in _VOID:
            reading.begin(name, attributes)
            if name == "pre" and page.startswith("\n", at):
                at += 1  # HTML drops it
    words = {name: "".join(parts) for name, parts in reading.words.items()}
    return PageText("".join(reading.pieces), reading.quotations, words)


def _rest(page: str) -> str | None:
    """Return the text of the end of a page, in which no quotation is; None where it needs a look.

    Half of a page is the list of what was found out.
    """
    if _OTHERWISE.search(page) or not _WHOLE.fullmatch(page):
        return None
    return "".join(map(_read, _TAG.split(page)))


def _read(said: str) -> str:
    """Return what is read of a stretch between two tags: nothing of a comment."""
    if said.startswith("<!--"):
        return ""
    return html.unescape(said) if "&" in said else said


class _Reading:
    """A page's text as it grows; each tag costs the same, however deep it stands."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.quotations: dict[str, Span] = {}
        self.words: dict[str, list[str]] = {}
        self._at = 0
        self._open: list[tuple[str, str]] = []
        """Elements, each with the quotation that it belongs to, or with a class of no words."""
        self._names: dict[str, int] = {}
        """How many elements of each name are open."""
        self._told: list[str] = []
        """What is said of those of which anything is."""

    @property
    def quoting(self) -> bool:
        """Whether an element is open that bears on what is quoted."""
        return bool(self._told)

    def begin(self, name: str, attributes: str) -> None:
        told = ""
        if not attributes:
            pass
        elif "data-verdict" in attributes and _VERDICT.search(attributes):
            own = _PART_OF.search(attributes) or _ID.search(attributes)
            told = html.unescape(own[1]) if own else ""
        elif _NOTE_REFERENCE in attributes:
            told = "\0note"
        elif "class" in attributes and (found := _CLASS.search(attributes)):
            told = next((f"\0{c}" for c in found[1].split() if c in _NOT_QUOTED), "")
        if len(self._told) >= _DEEPEST:
            told = ""
        self._open.append((name, told))
        self._names[name] = self._names.get(name, 0) + 1
        if told:
            self._told.append(told)

    def end(self, name: str) -> None:
        while self._names.get(name):
            last, told = self._open.pop()
            self._names[last] -= 1
            if told:
                self._told.pop()
            if last == name:
                break

    def put(self, text: str) -> None:
        if self._told and not self._told[-1].startswith("\0"):
            for told in dict.fromkeys(self._told):
                if not told.startswith("\0"):
                    self._quote(told, text)
        self.pieces.append(text)
        self._at += len(text)

    def _quote(self, name: str, text: str) -> None:
        self.words.setdefault(name, []).append(text)
        if text.strip():
            low = self._at + len(text) - len(text.lstrip())
            high = self._at + len(text.rstrip())
            before = self.quotations.get(name, Span(low, high))
            self.quotations[name] = Span(before.start, max(before.end, high))


def _words(text: str) -> str:
    """Return the runs of letters and digits of a text, a space round each."""
    return " ".join(["", *_WORD.findall(text), ""])


def _flat(text: str) -> str:
    """Return a text with single spaces and marks of one shape."""
    return " ".join(text.split()).translate(_MARKS)


def _unflat(text: str, place: int) -> int:
    """Return where a character of a word of a text's `_flat` stands in the text."""
    shown = 0
    for word in re.finditer(r"\S+", text):
        end = shown + len(word[0])
        if place < end:
            return word.start() + place - shown
        shown = end + 1
    return len(text)
