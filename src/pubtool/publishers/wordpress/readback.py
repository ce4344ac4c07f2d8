"""What a server made of what it was sent: pure.

A site may take out what an account may not write (KSES), rename a slug, drop a field or hold a post
for review, and answers 200 all the same. The content is compared block by block, and what is gone
is named with the line of the post that it is from.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

from pubtool.publishers.wordpress.compare import Known, alike
from pubtool.publishers.wordpress.remote import RemotePost
from pubtool.publishers.wordpress.wanted import Wanted, settled

_COMMENT = re.compile(r"<!-- (/?)wp:(\S+?)(?: \{.*?\})? (/?)-->", re.DOTALL)
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the site does not have as it was sent."""

    line: int
    """Of the post's file, 1-based; 0 where it is not of one line."""
    what: str
    """One sentence without a full stop."""


def losses(
    wanted: Wanted, names: Sequence[str], post: RemotePost, known: Known
) -> tuple[Loss, ...]:
    """Return what the site has otherwise than it was sent, of the fields that were."""
    found: list[Loss] = []
    for name in names:
        if name == "content":
            found += content_losses(wanted.content, post.content, wanted.lines)
        elif not alike(name, wanted, post, known):
            what = _field_loss(name, wanted, post)
            found += [Loss(0, what)] if what else []
    return tuple(found)


def _field_loss(name: str, wanted: Wanted, post: RemotePost) -> str:
    sent, kept = _count_notes(wanted.footnotes), _count_notes(post.footnotes)
    gone = f"{sent - kept} of {sent} notes were not kept by the site, and show nothing"
    scheduled = wanted.status == "publish" and post.status == "future"  # the plan said so
    dated = f"its date is {post.date_gmt} GMT and not {wanted.date}"
    said = {
        "footnotes": gone if kept < sent else "the notes' text was changed by the site",
        "slug": f"its address is {post.slug!r} and not {wanted.slug!r}, which was taken",
        "status": f"its status is {post.status} and not {wanted.status}" * (not scheduled),
        "date": dated * bool(wanted.date and post.date_gmt),
        "featured": "its featured image was not kept by the site",
        "categories": f"the site has not kept its categories: {', '.join(wanted.categories)}",
        "tags": f"the site has not kept its tags: {', '.join(wanted.tags)}",
    }
    if name in said:
        return said[name]
    return f"its {name} was changed by the site: {getattr(post, name)!r}"


def _count_notes(text: str) -> int:
    try:
        return len(json.loads(text)) if text.strip() else 0
    except ValueError:
        return 0


# --- Content --------------------------------------------------------------------------------------


def content_losses(sent: str, kept: str, lines: Sequence[int]) -> Iterator[Loss]:
    """Yield what the site changed in a post's blocks; `lines` are those of the sent blocks."""
    if settled(sent) == settled(kept):
        return
    ours, theirs = split_blocks(sent), split_blocks(kept)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, start, end, other, other_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        for at in range(start, end):
            line = lines[at] if at < len(lines) else 0
            there = theirs[other + at - start] if other + at - start < other_end else ""
            for what in _block_losses(ours[at], there):
                yield Loss(line, what)
        added = (other_end - other) - (end - start)
        if added > 0:
            yield Loss(0, f"the site has added {added} block(s) of its own")


def split_blocks(content: str) -> list[str]:
    """Return the blocks of the outermost level, and what stands between them, none empty."""
    pieces, depth, start = [], 0, 0
    for found in _COMMENT.finditer(content):
        closing, _, single = found.groups()
        if depth == 0:
            pieces.append(content[start : found.start()])
            start = found.start()
        depth += 0 if single else -1 if closing else 1
        if depth <= 0:
            pieces.append(content[start : found.end()])
            start, depth = found.end(), 0
    pieces.append(content[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def _block_losses(sent: str, kept: str) -> Iterator[str]:
    if not kept:
        yield "the block was taken out"
        return
    ours, theirs = _Parts(sent), _Parts(kept)
    tags = [tag for tag in ours.tags if ours.tags[tag] > theirs.tags[tag]]
    attributes = [
        (tag, name)
        for tag, name in ours.attributes
        if tag not in tags and ours.attributes[tag, name] > theirs.attributes[tag, name]
    ]
    for tag in tags:
        gone = ours.tags[tag] - theirs.tags[tag]
        yield f"{'the' if gone == 1 else gone} <{tag}>{'' if gone == 1 else 's'} taken out"
    for tag, name in attributes[:_MOST_NAMED]:
        yield f"the attribute {name} of <{tag}> taken out or changed"
    if ours.words != theirs.words:
        yield f"the text was changed: {_first_difference(ours.words, theirs.words)}"
    elif not tags and not attributes:
        yield "the markup was changed, nothing that a reader sees"


def parts_of(html: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Return the names of the tags of some HTML, and of the attributes with their tag's."""
    parts = _Parts(html)
    return frozenset(parts.tags), frozenset(
        (tag, name.partition("=")[0]) for tag, name in parts.attributes
    )


def _first_difference(ours: str, theirs: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), 0)
    start = max(at - 10, 0)
    return f"“{ours[start : at + 20]}” became “{theirs[start : at + 20]}”"


class _Parts(HTMLParser):
    """The tags, attributes and words of a block."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: Counter[tuple[str, str]] = Counter()
        self._words: list[str] = []
        self.feed(html)
        self.close()

    @property
    def words(self) -> str:
        """The text, white space settled."""
        return " ".join("".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count a tag and its attributes, each with its value."""
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes[tag, name if value is None else f"{name}={value!r}"] += 1

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self._words.append(data)
