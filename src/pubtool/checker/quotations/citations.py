"""Which citation a quotation belongs to, by where the two stand.

In this order, the first that holds: behind the closing mark (past punctuation, a remark, into a
note); an author named before it in the sentence (``@key says "…"``); a key that stands by itself
behind it (``(see @key, p. 3)``, and in a sentence of its own, loosely); the next citation of its
sentence, which several quotations may share; a citation before it in the sentence that belongs
to no other quotation. In a note, the note's own citations. A block quote is cited in its last
line, behind it, or in the sentence that leads to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pubtool.checker import speech
from pubtool.checker.quotations.block_quotes import held_with, holder
from pubtool.checker.quotations.drafts import Draft
from pubtool.checker.sentences import sentence_of, sentences
from pubtool.model import (
    Block,
    BlockKind,
    Citation,
    CitationMode,
    Cited,
    ContainerKind,
    How,
    InlineKind,
    Post,
    Span,
)

_GAP = re.compile(r"[\s.,;:!?…)\]\"'”’»*†‡]*")
_LINK = re.compile(r"[\s;,]*")
_REMARK = re.compile(r"\s*[(\[]([^()\[\]\ufffc]{1,120})[)\]]")
_REMARK_BEHIND_SPEAKER = re.compile(
    r"[,.;:]?\s+(?:[^\s\W]+[.,]?\s+){1,6}[(\[]([^()\[\]\ufffc]{1,120})[)\]](?=[.,;:\s\ufffc]|\Z)"
)
"""“…,” she writes (my translation): a few words and no other quotation between."""
_ALONE = re.compile(
    rf"\s*(?P<open>[(\[]\s*)?(?P<signal>(?:{speech.SIGNAL})\s+)?\ufffc++"
    rf"(?:[\s,;]*(?:(?:{speech.SIGNAL})\s+)?\ufffc++)*+\s*(?(open)[)\]]|(?=[.!?](?:\s|\Z)|\Z|\n\n))"
)
"""Citations with nothing beside them but a word such as *see*; each is ``\ufffc`` throughout."""
_CLAUSE = re.compile(r"\b(?:and|but|while|whereas|although|though)\b|;", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation in a block's text, or a note that holds citations."""

    at: int
    """Its offset in the block's text."""
    citations: tuple[Citation, ...]
    names_author: bool
    """Whether the sentence names the author by it (``@key``), so that it can be a subject."""
    behind: int = 0
    """Code points of the text behind it that name the place."""
    firm: bool = True
    """Whether it says whose the words are; that a reader may see it does not quite."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A block with what binding needs to know of it."""

    block: Block
    references: tuple[Reference, ...]
    """In order."""
    sentences: tuple[Span, ...]
    quoted: tuple[Span, ...]
    """The ranges of the block's quotations, marks included; in order."""
    shown: str
    """The block's text, each citation and the place behind it ``\ufffc`` throughout."""

    def references_in(self, start: int, end: int) -> tuple[Reference, ...]:
        """Return the references that stand in a range of the block's text, in order."""
        low = bisect_left(self.references, start, key=lambda reference: reference.at)
        high = bisect_left(self.references, end, key=lambda reference: reference.at)
        return self.references[low:high]


@dataclass(frozen=True, slots=True)
class Bound:
    """What is known of a quotation from what stands round it."""

    cited: tuple[Cited, ...]
    remark: str


def settings(post: Post, drafts: Sequence[Draft]) -> dict[int, Setting]:
    """Return the setting of each block of a post, by its number."""
    quoted: dict[int, list[Span]] = {}
    for draft in drafts:
        for part in draft.outer:
            quoted.setdefault(part.block, []).append(Span(part.start, part.end))
    notes = _notes(post, quoted)
    found = {}
    for number, block in enumerate(post.blocks):
        spans = tuple(sorted(quoted.get(number, ())))
        references = tuple(_references(block, notes))
        shown = _shown(block.flow.text, references)
        found[number] = Setting(block, references, sentences(block, spans), spans, shown)
    return found


def _shown(text: str, references: Sequence[Reference]) -> str:
    parts, done = list[str](), 0
    for one in references:
        end = one.at + 1 + one.behind
        parts += (text[done : one.at], "\ufffc" * (end - max(one.at, done)))
        done = max(end, done)
    return "".join([*parts, text[done:]])


def _notes(post: Post, quoted: dict[int, list[Span]]) -> dict[int, tuple[Citation, ...]]:
    """Return the citations of each note: those before the first quotation in it, or else all."""
    notes: dict[int, tuple[list[Citation], list[Citation]]] = {}
    seen: set[int] = set()
    for number, block in enumerate(post.blocks):
        for container in block.containers:
            if container.kind is not ContainerKind.NOTE:
                continue
            before, others = notes.setdefault(container.number, ([], []))
            for inline in block.inlines:
                first = min((span.start for span in quoted.get(number, ())), default=None)
                late = first is not None and inline.span.start > first
                target = others if late or container.number in seen else before
                target.extend(inline.citations)
            if quoted.get(number):
                seen.add(container.number)
    return {number: tuple(before or others) for number, (before, others) in notes.items()}


def _references(block: Block, notes: dict[int, tuple[Citation, ...]]) -> Iterable[Reference]:
    for inline in block.inlines:
        if inline.kind is InlineKind.CITATION and inline.citations:
            subject = inline.citations[0].mode is CitationMode.AUTHOR_IN_TEXT
            behind = inline.citations[0].behind
            yield Reference(inline.span.start, inline.citations, subject, behind)
        elif inline.kind is InlineKind.NOTE and inline.note is not None and notes.get(inline.note):
            yield Reference(inline.span.start, notes[inline.note], names_author=False)


def bind(draft: Draft, where: dict[int, Setting], post: Post) -> Bound:
    """Return what a quotation is cited to, and what its author remarks on it."""
    setting = where[draft.last.block]
    remark, after = _remark(setting.block.flow.text, draft.last.end)
    if draft.container is not None:
        references = _of_block_quote(draft, where, post)
    else:
        references = _of_inline(draft, where, after)
    found = dict.fromkeys((c, r.firm) for r in references for c in r.citations)
    citations = [citation for citation, _ in found]
    cited = tuple(Cited(c.key, c.locator, How.CITATION, firm) for c, firm in found)
    remarks = [remark, *(speech.remark(c.suffix) for c in citations)]
    return Bound(cited, "; ".join(dict.fromkeys(filter(None, remarks))))


def _remark(text: str, end: int) -> tuple[str, int]:
    """Return the remark behind a closing mark or its citation, and where the search goes on."""
    place = end
    while place < len(text) and text[place] in " .,;:\u00a0\ufffc":
        place += 1
    found = _REMARK.match(text, place) or _REMARK_BEHIND_SPEAKER.match(text, end)
    if found is None or not speech.remark(found.group(1)):
        return "", end
    cited = "\ufffc" in text[end:place]
    return found.group(1).strip(), end if cited else found.end()


def _of_inline(draft: Draft, where: dict[int, Setting], after: int) -> list[Reference]:
    last = where[draft.last.block]
    direct = _behind(last, after)
    if direct:
        return direct
    if len(draft.outer) > 1:
        between = _between(draft, where)
        if between:
            return between
    first = where[draft.block]
    found = _named_before(first, draft.outer[0].start) or _alone(last, after)
    return found or _next(last, draft) or _before(first, draft) or _in_note(last, draft)


def _behind(setting: Setting, end: int) -> list[Reference]:
    """Return the citations directly behind a closing mark."""
    text = setting.block.flow.text
    found: list[Reference] = []
    gap = _GAP.match(text, end)
    place = gap.end() if gap else end
    for reference in setting.references_in(place, len(text)):
        link = _LINK.match(text, place)
        if reference.at != (link.end() if link and found else place):
            break
        between = text[end : reference.at]
        if reference.names_author and (found or not _stays_in_sentence(between, text, end)):
            break
        found.append(reference)
        place = reference.at + 1
    return found


def _alone(setting: Setting, end: int) -> list[Reference]:
    """Return the citations that stand by themselves behind a closing mark or a full stop.

    In a sentence of their own they are where a reader may look, and most often where the words are.
    """
    text = setting.block.flow.text
    references = setting.references_in(end, len(text))
    if not references:
        return []
    gap = _GAP.match(text, end)
    place = gap.end() if gap else end
    found = _ALONE.match(setting.shown, place)
    if found is None:
        return []
    return [
        replace(one, firm=found["open"] is not None)
        for one in references
        if found.start() <= one.at < found.end()
    ]


def _stays_in_sentence(between: str, text: str, end: int) -> bool:
    inside = text[max(end - 2, 0) : end]
    return not re.search(r"[.!?…]", between + (inside if ")" not in between else ""))


def _between(draft: Draft, where: dict[int, Setting]) -> list[Reference]:
    """Return the citations in the author's interruption of a quotation."""
    found: list[Reference] = []
    for left, right in zip(draft.outer, draft.outer[1:], strict=False):
        if left.block == right.block:
            found += where[left.block].references_in(left.end, right.start)
    return found


def _named_before(setting: Setting, start: int) -> list[Reference]:
    """Return the author that the sentence names by a citation before the quotation."""
    sentence = sentence_of(setting.sentences, start)
    before = setting.references_in(sentence.start, start)
    return list(before[-1:]) if before and before[-1].names_author else []


def _next(setting: Setting, draft: Draft) -> list[Reference]:
    """Return the next citations of the sentence."""
    end = draft.last.end
    sentence = sentence_of(setting.sentences, draft.last.start)
    text = setting.block.flow.text
    for reference in setting.references_in(end, sentence.end):
        between = text[end : reference.at]
        if reference.names_author:
            near = text[reference.at : reference.at + 40]
            if _CLAUSE.search(between) or not speech.says(between + " " + near):
                return []
            return [reference]
        return [reference, *_behind(setting, reference.at + 1)]
    return []


def _before(setting: Setting, draft: Draft) -> list[Reference]:
    """Return a citation before the quotation in its sentence that follows no other quotation."""
    start = draft.outer[0].start
    sentence = sentence_of(setting.sentences, start)
    text = setting.block.flow.text
    for reference in reversed(setting.references_in(sentence.start, start)):
        earlier = bisect_right(setting.quoted, reference.at, key=lambda span: span.end)
        behind = setting.quoted[earlier - 1].end if earlier else 0
        if earlier and not re.search(r"\w", text[behind : reference.at]):
            return []
        return [reference]
    return []


def _in_note(setting: Setting, draft: Draft) -> list[Reference]:
    """Return the next citation of the same note, or else the one before."""
    if not any(c.kind is ContainerKind.NOTE for c in setting.block.containers):
        return []
    after = setting.references_in(draft.last.end, len(setting.block.flow.text))
    before = setting.references_in(0, draft.outer[0].start)
    return list(after[:1] or before[-1:])


def _of_block_quote(draft: Draft, where: dict[int, Setting], post: Post) -> list[Reference]:
    held = list(held_with(post, draft.block))
    own = [(number, reference) for number in held for reference in where[number].references]
    last = draft.parts[-1]
    trailing = [r for number, r in own if (number, r.at) >= (last.block, last.end)]
    if trailing:
        return trailing
    found = _behind_block_quote(held[-1], where, post) or _leading_to(draft.block, where, post)
    return found or [reference for _, reference in own]


def _behind_block_quote(number: int, where: dict[int, Setting], post: Post) -> list[Reference]:
    """Return the citation that the next paragraph begins with."""
    after = _neighbour(number, 1, post)
    if after is None or holder(post.blocks[after]) is not None:
        return []
    alone = _alone(where[after], 0)
    if alone and any(one.names_author for one in alone):
        return alone
    references = where[after].references
    text = post.blocks[after].flow.text
    if not references or text[: references[0].at].strip(" \n([") or references[0].names_author:
        return []
    return [references[0]]


def _leading_to(number: int, where: dict[int, Setting], post: Post) -> list[Reference]:
    """Return the last citation of the sentence that leads to a block quote."""
    before = _neighbour(number, -1, post)
    if before is None or holder(post.blocks[before]) is not None:
        return []
    setting = where[before]
    text = setting.block.flow.text
    sentence = setting.sentences[-1]
    prose = text[sentence.start : sentence.end]
    references = [r for r in setting.references if r.at >= sentence.start]
    open_ = prose.rstrip("\ufffc \n").endswith((":", ",", "—", "–"))
    if not references or not (open_ or references[-1].names_author or speech.says(prose)):
        return []
    named = [r for r in references if r.names_author]
    return named[-1:] or references[-1:]


def _neighbour(number: int, step: int, post: Post) -> int | None:
    """Return the next block in a direction that stands in no note and is no heading."""
    number += step
    while 0 <= number < len(post.blocks):
        block = post.blocks[number]
        if not any(c.kind is ContainerKind.NOTE for c in block.containers):
            return None if block.kind is BlockKind.HEADING else number
        number += step
    return None
