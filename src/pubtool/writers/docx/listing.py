"""The list of a chapter's checked quotations at its end, as elements of the tree."""

from __future__ import annotations

from collections.abc import Mapping

from pubtool.model import Node
from pubtool.writers.ast import attr, element, words
from pubtool.writers.book import Chapter
from pubtool.writers.proof import Proof
from pubtool.writers.words import words_in

_DECIMAL = [1, {"t": "Decimal"}, {"t": "Period"}]


def styled(style: str, inlines: list[Node]) -> Node:
    """Return a paragraph in a style of the reference document."""
    return element("Div", [attr("", (), [("custom-style", style)]), [element("Para", inlines)]])


def proof_blocks(chapter: Chapter, targets: Mapping[str, str]) -> list[Node]:
    """Return the list; `targets` are the bookmarks of quotations in the text by their ids."""
    say = words_in(chapter.lang)
    items = [_item(chapter, proof, targets.get(proof.id, "")) for proof in chapter.proofs]
    return [
        styled("Proof", words(f"{chapter.summary} {say('proof.how')}")),
        element("OrderedList", [_DECIMAL, items]),
    ]


def _item(chapter: Chapter, proof: Proof, target: str) -> list[Node]:
    say = words_in(chapter.lang)
    quoted = words(say("proof.quoted", text=proof.quoted))
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
        passage = [*words(proof.before), element("Strong", words(proof.passage))]
        blocks.append(styled("Proof", [*passage, *words(proof.after)]))
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
