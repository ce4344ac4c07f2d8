"""Citations that have a paragraph to themselves at a block quotation, put behind its last word.

Authors put the citation of a block quotation into a paragraph behind the words, within it or after
it. Of that a note style leaves a number in a line by itself, and so does a style that numbers its
sources (``[4, p. 99]``, or the raised figure alone); both are set behind the last word. Authors and
dates in parentheses stay in the paragraph that they were written in.
"""

from __future__ import annotations

import re

from pubtool.model import BLANKS, Node
from pubtool.writers.ast import element, plain_text
from pubtool.writers.marking import is_note

_NUMBERS = re.compile(r"<category\s[^>]*citation-format\s*=\s*[\"'](?:numeric|label)[\"']")
_SPACE: Node = {"t": "Space"}
_IDLE = BLANKS | {"LineBreak"}


def numbers_sources(style: str) -> bool:
    """Whether a style cites by the numbers, or short labels, of its list of sources."""
    return bool(_NUMBERS.search(style))


def citations_behind_blocks(blocks: list[Node]) -> list[Node]:
    """Return the blocks with what cites a block quotation, and nothing else, at its end."""
    done = list[Node]()
    for block in map(_inside, blocks):
        joined = _joined(done[-1], block) if done else None
        if joined:
            done[-1] = joined
        else:
            done.append(block)
    return done


def _inside(block: Node) -> Node:
    """Return a block with the block quotations that stand in it so treated."""
    match block["t"]:
        case "Div":
            return {**block, "c": [block["c"][0], citations_behind_blocks(block["c"][1])]}
        case "BlockQuote":
            return {**block, "c": _ended(citations_behind_blocks(block["c"]))}
        case "BulletList":
            return {**block, "c": list(map(citations_behind_blocks, block["c"]))}
        case "OrderedList":
            items = list(map(citations_behind_blocks, block["c"][1]))
            return {**block, "c": [block["c"][0], items]}
    return block


def _ended(blocks: list[Node]) -> list[Node]:
    """Return a block quotation's blocks with the citation of its last paragraph one earlier."""
    if len(blocks) < 2:
        return blocks
    *before, last = blocks
    joined = _with(before[-1], last)
    return [*before[:-1], joined] if joined else blocks


def _joined(quote: Node, behind: Node) -> Node | None:
    """Return a block quotation with the citation that stands behind it; None where it is none."""
    if quote["t"] == "Div":
        inner = quote["c"][1]
        joined = _joined(inner[-1], behind) if inner else None
        return {**quote, "c": [quote["c"][0], [*inner[:-1], joined]]} if joined else None
    if quote["t"] != "BlockQuote" or not quote["c"]:
        return None
    *before, last = quote["c"]
    joined = _with(last, behind)
    return {**quote, "c": [*before, joined]} if joined else None


def _with(words: Node, number: Node) -> Node | None:
    """Return a paragraph with the citation that has another to itself; None where none has."""
    if words["t"] == "Div" and len(words["c"][1]) == 1 and not any(words["c"][0][:2]):
        joined = _with(words["c"][1][0], number)
        return {**words, "c": [words["c"][0], [joined]]} if joined else None
    if number["t"] == "Div" and len(number["c"][1]) == 1 and not any(number["c"][0][:2]):
        return _with(words, number["c"][1][0])
    if not {words["t"], number["t"]} <= {"Para", "Plain"}:
        return None
    cites = [node for node in number["c"] if node["t"] == "Cite"]
    others = [n for n in number["c"] if n["t"] not in ("Cite", *_IDLE) and n not in _NO_WORDS]
    if not cites or others or any(map(_names_author, cites)):
        return None
    bare = list(map(_without_stop, cites))
    stopped = bare != cites or _STOP in number["c"]
    ended = plain_text(words["c"]).rstrip().endswith(_ENDS)
    raised = is_note(bare[0]) or _first_kind(bare[0]) == "Superscript"
    stop = [_STOP] if stopped and not ended else []
    return {**words, "c": [*words["c"], *stop, *([] if raised else [_SPACE]), *bare]}


def _without_stop(cite: Node) -> Node:
    """Return a citation without the full stop that its note has been put behind."""
    own, shown = cite["c"]
    return {**cite, "c": [own, shown[1:]]} if shown[:1] == [_STOP] else cite


_STOP = element("Str", ".")
_ENDS = tuple('.!?…:”’"»')
_NO_WORDS = (element("Str", ""), _STOP)


def _names_author(cite: Node) -> bool:
    return bool(cite["c"][0][0]["citationMode"]["t"] == "AuthorInText")


def _first_kind(cite: Node) -> str:
    return str(cite["c"][1][0]["t"]) if cite["c"][1] else ""
