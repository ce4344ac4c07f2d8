"""The small mark after each checked quotation: a button that opens what was found out about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape
from typing import Any

from pubtool.model import Node
from pubtool.writers.ast import QUOTATION_MARKS, attr, element
from pubtool.writers.html.notes import is_reference
from pubtool.writers.marking import CLOSING, place_marks
from pubtool.writers.proof import Proof
from pubtool.writers.words import Words

_BUTTON = '<button class="mark'
"""How a mark begins."""


def with_marks(blocks: list[Node], proofs: Sequence[Proof], words: Words) -> list[Node]:
    """Return the blocks with a button after each checked quotation; `tied` has yet to tie them."""
    return place_marks(blocks, {proof.id: _mark(proof, words) for proof in proofs})


def state(proof: Proof) -> str:
    """Return the class of what shows a proof: ``open`` where nothing was compared, or ``failed``.

    One that was compared and passed has none: most do.
    """
    if not proof.compared:
        return "open"
    return "" if proof.passes else "failed"


def mark_id(proof: Proof) -> str:
    """Return the id of a quotation's mark: short, since it stands three times in a page."""
    return f"Mark{proof.number}"


def _mark(proof: Proof, words: Words) -> Node:
    label = escape(words("proof.mark", number=proof.number, verdict=proof.verdict))
    return element(
        "RawInline",
        [
            "html",
            f'{_BUTTON}{f" {kind}" if (kind := state(proof)) else ""}" id="{mark_id(proof)}" '
            f'popovertarget="proof-{proof.id}" aria-label="{label}">{proof.symbol}</button>',
        ],
    )


def _is_mark(node: Any) -> bool:
    raw = type(node) is dict and node["t"] == "RawInline"
    return raw and str(node["c"][1]).startswith(_BUTTON)


def _is_note(node: Node) -> bool:
    return node["t"] == "RawInline" and is_reference(node["c"][1])


# --- No line ends between a word and its mark -----------------------------------------------------


def tied(items: list[Any]) -> list[Any]:
    """Return inlines in which each mark is tied to the character before and to what clings to it.

    A line may end before and after a button, unlike a letter; a quotation mark or a comma at the
    beginning of a line is what a typesetter never lets pass.
    """
    if not any(_is_mark(item) for item in items):
        return items
    result = list[Node]()
    rest = [item for item in items if item != _NOTHING]  # what citeproc leaves of a moved stop
    while rest:
        if _is_mark(rest[0]):
            before = _cut_last(result)
            clinging, rest = _clinging(rest)
            result.append(element("Span", [attr("", ["tie"]), [*before, *clinging]]))
        else:
            result.append(rest.pop(0))
    return result


_NOTHING = element("Str", "")


def _cut_last(items: list[Node]) -> list[Node]:
    """Take the last character off some inlines, in place, and return it as an inline."""
    if items and items[-1]["t"] == "Quoted":
        kind, inner = items.pop()["c"]
        opening, closing = QUOTATION_MARKS[kind["t"]]
        items += [element("Str", opening), *inner, element("Str", closing)]
    if not items or items[-1]["t"] != "Str" or items[-1]["c"][-1:].isspace():
        return []
    text = items.pop()["c"]
    if unicodedata.category(text[-1]).startswith("M"):  # it belongs to the letter before
        return [element("Str", text)]
    if text[:-1]:
        items.append(element("Str", text[:-1]))
    return [element("Str", text[-1])]


def _clinging(items: list[Node]) -> tuple[list[Node], list[Node]]:
    """Return the marks, notes and closing punctuation that inlines begin with, and the others."""
    taken, rest = list[Node](), list(items)
    while rest and (_is_mark(rest[0]) or _is_note(rest[0])):
        taken.append(rest.pop(0))
    if rest and rest[0]["t"] == "Str":
        text = rest[0]["c"]
        end = next((at for at, char in enumerate(text) if not _clings(char)), len(text))
        if end:
            rest[0:1] = [element("Str", text[end:])] if text[end:] else []
            more, rest = _clinging(rest) if end == len(text) else ([], rest)
            return [*taken, element("Str", text[:end]), *more], rest
    return taken, rest


def _clings(char: str) -> bool:
    """Whether a character is punctuation that belongs to what stands before it."""
    return unicodedata.category(char) in ("Pe", "Pf", "Po") or char in CLOSING
