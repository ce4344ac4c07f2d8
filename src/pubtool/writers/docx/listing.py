"""The list of a chapter's checked quotations at its end, as elements of the tree."""

from __future__ import annotations

from collections.abc import Mapping

from pubtool.model import Node
from pubtool.writers.ast import Attr, attr, element, words
from pubtool.writers.book import Chapter
from pubtool.writers.passage import Part
from pubtool.writers.proof import Proof
from pubtool.writers.words import direction, words_in

_DECIMAL = [1, {"t": "Decimal"}, {"t": "Period"}]


def styled(style: str, inlines: list[Node]) -> Node:
    """Return a paragraph in a style of the reference document."""
    return element("Div", [attr("", (), [("custom-style", style)]), [element("Para", inlines)]])


def ours(blocks: list[Node], lang: str) -> list[Node]:
    """Return words of ours, said to be in their language where we have none in `lang`."""
    say = words_in(lang)
    if say.speak(lang):
        return blocks
    return [element("Div", [_spoken(say.lang), blocks])]


def _theirs(inlines: list[Node], lang: str, foreign: str) -> list[Node]:
    """Return words of a chapter in `lang` that stand among ours; `foreign`: of another language."""
    if not foreign and words_in(lang).speak(lang):
        return inlines
    return [element("Span", [_spoken(foreign or lang), inlines])]


def _spoken(lang: str) -> Attr:
    return attr("", (), [("lang", lang), ("dir", direction(lang))])


def _part(part: Part) -> list[Node]:
    """Return a part of a passage; what the post has is strong."""
    said = words(part.text)
    return [element("Strong", said)] if part.quoted else said


def proof_blocks(chapter: Chapter, targets: Mapping[str, str]) -> list[Node]:
    """Return the list; `targets` are the bookmarks of quotations in the text by their ids."""
    say = words_in(chapter.lang)
    items = [_item(chapter, proof, targets.get(proof.id, "")) for proof in chapter.proofs]
    told = styled("Proof", words(f"{chapter.summary} {say('proof.how')}"))
    return ours([told, element("OrderedList", [_DECIMAL, items])], chapter.lang)


def _item(chapter: Chapter, proof: Proof, target: str) -> list[Node]:
    say = words_in(chapter.lang)
    quoted = _theirs(words(say("proof.quoted", text=proof.quoted)), chapter.lang, proof.lang)
    first = [element("Link", [attr(), quoted, [f"#{target}", ""]])] if target else quoted
    verdict = words(f"{proof.verdict[0].upper()}{proof.verdict[1:]}.")
    place = f", {proof.place}" if proof.place else ""
    named = proof.citation or proof.source
    source = words(f" {named}{place}") if named else []
    blocks = [
        styled("Proof", first),
        styled("Proof", [*words(f"{proof.symbol} "), element("Strong", verdict), *source]),
    ]
    if proof.passage:
        middle = [node for part in proof.parts for node in _part(part)]
        passage = [*words(proof.before), *middle, *words(proof.after)]
        blocks.append(styled("Proof", _theirs(passage, chapter.lang, proof.lang)))
    if proof.changes:
        lines = [f"{change[0].upper()}{change[1:]}" for change in proof.changes]
        blocks.append(element("BulletList", [[styled("Proof", words(line))] for line in lines]))
    leads = [
        ("proof.open" if proof.passage else "proof.source", proof.url),
        ("proof.archive", proof.archive),
    ]
    for key, address in leads:
        if address:
            link = element("Link", [attr(), words(say(key)), [address, ""]])
            blocks.append(styled("Proof", [link]))
    return blocks
