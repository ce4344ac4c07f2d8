"""The list of a chapter's checked quotations at its end, as elements of the tree."""

from __future__ import annotations

from collections.abc import Mapping

from pubtool.model import Node
from pubtool.writers.ast import attr, element, words
from pubtool.writers.book import Chapter
from pubtool.writers.proof import Proof
from pubtool.writers.words import words_in

_DECIMAL = [1, {"t": "Decimal"}, {"t": "Period"}]


def proof_blocks(chapter: Chapter, targets: Mapping[str, str]) -> list[Node]:
    """Return the list; `targets` are the bookmarks of quotations in the text by their ids."""
    say = words_in(chapter.lang)
    items = [_item(chapter, proof, targets.get(proof.id, "")) for proof in chapter.proofs]
    return [
        element("Para", words(f"{chapter.summary} {say('proof.how')}")),
        element("OrderedList", [_DECIMAL, items]),
    ]


def _item(chapter: Chapter, proof: Proof, target: str) -> list[Node]:
    say = words_in(chapter.lang)
    quoted = words(f"“{proof.quoted}”")
    first = [element("Link", [attr(), quoted, [f"#{target}", ""]])] if target else quoted
    verdict = words(f"{proof.verdict[0].upper()}{proof.verdict[1:]}.")
    place = f", {proof.place}" if proof.place else ""
    source = words(f" {proof.source}{place}.") if proof.source else []
    blocks = [
        element("Para", first),
        element("Para", [*words(f"{proof.symbol} "), element("Strong", verdict), *source]),
    ]
    if proof.passage:
        passage = [*words(proof.before), element("Strong", words(proof.passage))]
        blocks.append(element("BlockQuote", [element("Para", [*passage, *words(proof.after)])]))
    if proof.changes:
        lines = [f"{change[0].upper()}{change[1:]}" for change in proof.changes]
        blocks.append(element("BulletList", [[element("Plain", words(line))] for line in lines]))
    leads = [("proof.open", proof.url), ("proof.archive", proof.archive)]
    for key, address in leads:
        if address:
            link = element("Link", [attr(), words(say(key)), [address, ""]])
            blocks.append(element("Para", [link]))
    return blocks
