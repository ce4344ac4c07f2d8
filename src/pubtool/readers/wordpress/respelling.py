"""What only spells our blocks otherwise, put back as we sent it: pure.

The Classic editor writes all of a post anew when anybody saves it: other line ends, attributes in
another order, `<br />` for `<br>`, a line for each row of a table and an empty paragraph behind the
last block. None of it is an edit. And who opens a post, goes to its end and writes on stands behind
the sources and notes that we put there: that is an edit of the text before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from pubtool.readers.wordpress.merging import (
    BETWEEN,
    Edited,
    Sent,
    is_proof,
    plain_block,
    same_blocks,
    split,
)

_BLANK = re.compile(r"[ \t\r\n\f]+")
_IN_LINE = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark math q s small span strong sub "
    "sup time u var wbr".split()
)
"""Elements beside which white space counts; others begin and end a line by themselves."""
_FEW = frozenset({"p", "br"})

_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")

_Token = tuple[str, ...]
_Form = tuple[_Token, ...]


@dataclass(frozen=True, slots=True)
class Spelled:
    """What the site has, in our spelling."""

    edited: Edited
    restored: bool
    """Whether it differs in more than spelling from what the site has, so that it should be sent:
    text stood behind our own blocks, or a formula had become bare text."""


def as_sent(edited: Edited, sent: Sent, before: str = "", *, unchanged: bool = False) -> Spelled:
    """Return what the site has in our spelling.

    A block that says the same as one of ours, or as one that the site gave back `before`, is that
    block; one that is empty and of no kind goes. With `unchanged`, ours is what the site was sent
    then, and what it made of a block at once (it takes out what an author may not write) is ours.
    """
    ours, olds = split(sent.content), split(before)
    theirs = [b for b in split(edited.content.replace("\r\n", "\n")) if not _is_empty(b)]
    meant = ours if unchanged and len(ours) == len(olds) else olds
    spelled = {_form(block): block for block in ours}
    bare = {_bare(block): block for block in ours if "<math" in block}
    known = same_blocks([_form(block) for block in olds], [_form(block) for block in theirs])
    found, restored = list[str](), False
    for at, block in enumerate(theirs):
        own = meant[known[at]] if at in known else spelled.get(_form(block))
        if own is None and "<math" not in block and _form(block) in bare:
            own, restored = bare[_form(block)], True
        found.append(block if own is None else own)
    if len(ours) != len(sent.lines):
        return Spelled(replace(edited, content=BETWEEN.join(found)), restored)
    in_order = _before_ours(
        [plain_block(block, sent.notes) for block in ours],
        found,
        [plain_block(block, edited.notes) for block in found],
        sent.lines,
    )
    content = BETWEEN.join(in_order)
    return Spelled(replace(edited, content=content), restored or in_order != found)


def _before_ours(
    ours: Sequence[str], theirs: list[str], plain: Sequence[str], lines: Sequence[int]
) -> list[str]:
    """Return their blocks, those that stand behind our trailing ones before these.

    As they are, unless all that we added at the end is there as it was.
    """
    end = next((at for at in range(len(lines), 0, -1) if lines[at - 1]), 0)
    tail = list(ours[end:])
    first = next((at for at, block in enumerate(plain) if tail and block == tail[0]), len(plain))
    own = [at for at in range(first, len(plain)) if plain[at] in tail]
    if [plain[at] for at in own] != tail or any(
        is_proof(plain[at]) for at in range(first, len(plain)) if at not in own
    ):
        return theirs
    added = [theirs[at] for at in range(first, len(plain)) if at not in own]
    return [*theirs[:first], *added, *(theirs[at] for at in own)]


def _is_empty(block: str) -> bool:
    """Whether it shows nothing and is no block: what TinyMCE leaves at the end."""
    return not block.startswith("<!--") and all(
        token[1] in _FEW if token[0] in ("start", "end") else not token[1].strip()
        for token in _form(block)
    )


def _form(block: str) -> _Form:
    """Return what a block says, without how it is spelled."""
    reader = _Reader()
    reader.feed(block)
    reader.close()
    return tuple(_settled(reader.tokens))


def _bare(block: str) -> _Form:
    """Return what a block says once its formulas have become their text."""
    return _form(_MATH.sub(lambda found: _TAG.sub("", found[0]), block))


class _Reader(HTMLParser):
    """Tags with their attributes in order of the alphabet, comments, and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[_Token] = []
        self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag; within `pre` all white space counts."""
        self._kept += tag == "pre"
        given = sorted(f"{name}={_value(name, value or '')}" for name, value in attrs)
        self.tokens.append(("start", tag, *given))

    def handle_endtag(self, tag: str) -> None:
        """Keep the end of an element."""
        self._kept -= tag == "pre"
        self.tokens.append(("end", tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take ``<br />`` for ``<br>``."""
        self.handle_starttag(tag, attrs)

    def handle_comment(self, data: str) -> None:
        """Keep a block's beginning or end, attributes included."""
        self.tokens.append(("comment", data.strip()))

    def handle_data(self, data: str) -> None:
        """Keep text; a space that ties words is a letter like any other."""
        self.tokens.append(("kept", data) if self._kept else ("text", _BLANK.sub(" ", data)))


def _value(name: str, value: str) -> str:
    if name != "style":
        return value
    rules = (rule.partition(":") for rule in value.split(";") if rule.strip())
    return ";".join(f"{what.strip()}:{given.strip()}" for what, _, given in rules)


def _settled(tokens: Sequence[_Token]) -> list[_Token]:
    """Return tokens without the white space that nobody sees: beside what begins a line."""
    found = []
    for at, token in enumerate(tokens):
        text = token[1]
        if token[0] == "text" and (at == 0 or _breaks(tokens[at - 1])):
            text = text.lstrip(" ")
        if token[0] == "text" and (at + 1 == len(tokens) or _breaks(tokens[at + 1])):
            text = text.rstrip(" ")
        if text:
            found.append((token[0], text, *token[2:]))
    return found


def _breaks(token: _Token) -> bool:
    return token[0] == "comment" or (token[0] in ("start", "end") and token[1] not in _IN_LINE)
